// The site's own counter: how many courses of this page were looked at. It runs only once "analytics" is granted,
// keeps its count in the memory of the page and sends nothing.
(function () {
  "use strict";
  var seen = new Set();
  var watcher = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (entry.isIntersecting) {
        seen.add(entry.target.id);
        watcher.unobserve(entry.target);
      }
    });
    document.documentElement.dataset.coursesSeen = String(seen.size);
  }, { threshold: 0.6 });
  document.querySelectorAll("[data-course]").forEach(function (course) { watcher.observe(course); });
  (window.demoRuns = window.demoRuns || []).push("counter.js");
  window.dispatchEvent(new Event("demo:run"));
})();
