// Adds a button that copies to each piece of code on the start page. Without this script the page lacks only that.
(function () {
  "use strict";
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
