// The site's own recommendation: points to the course that goes with the page the visitor came from. It runs only once
// "marketing" is granted, and looks at nothing but the address of the previous page of this site.
(function () {
  "use strict";
  var place = document.querySelector("[data-recommendation]");
  var cameFromCourses = document.referrer.indexOf(location.origin) === 0 && /\/courses(\.html)?$/.test(document.referrer);
  if (place) {
    place.textContent = cameFromCourses ? place.dataset.afterCourses : place.dataset.recommendation;
    place.hidden = false;
  }
  (window.demoRuns = window.demoRuns || []).push("promo.js");
  window.dispatchEvent(new Event("demo:run"));
})();
