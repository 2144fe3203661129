// Adds a button that copies to each piece of code on the start page, and leads to the sites on another port when the
// server listens on one. Without this script the page lacks only that.
(function () {
  "use strict";
  if (location.port !== "8080") {
    document.querySelectorAll('a[href*=".localhost:8080"]').forEach(function (link) { link.port = location.port; });
  }
  if (!navigator.clipboard) return;
  document.querySelectorAll("figure").forEach(function (figure) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "Копировать";
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(figure.querySelector("code").textContent).then(function () {
        button.textContent = "Скопировано";
        setTimeout(function () { button.textContent = "Копировать"; }, 2000);
      });
    });
    figure.querySelector("figcaption").append(button);
  });
})();
