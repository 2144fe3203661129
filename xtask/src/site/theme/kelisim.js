// What mdBook leaves to the mouse: its button for the contents is a label, and code that is wider than the page can only be
// dragged. Both are reached and used by keyboard here.
(function () {
  "use strict";
  var contents = document.getElementById("mdbook-sidebar-toggle");
  contents.setAttribute("role", "button");
  contents.tabIndex = 0;
  contents.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    contents.click();
  });

  document.querySelectorAll("pre code").forEach(function (code) {
    if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
  });
})();
