// Stand-in for a container of Google Tag Manager: reads the layer from its beginning, as the real one does, and follows what
// is pushed later. Its owner has put one tag into it, a counter of Yandex Metrika, which starts on `gtm.js`.
(function () {
  var calls = (window.__calls = window.__calls || []);
  var layer = (window.dataLayer = window.dataLayer || []);
  function start(counter) {
    window.ym =
      window.ym ||
      function () {
        (window.ym.a = window.ym.a || []).push(arguments);
      };
    var script = document.createElement("script");
    script.src = "https://mc.yandex.ru/metrika/tag.js";
    document.head.append(script);
    window.ym(counter, "init", {});
  }
  function take(entry) {
    var real = Object.prototype.toString.call(entry) === "[object Arguments]";
    calls.push({ vendor: "gtm", with: real ? Array.prototype.slice.call(entry) : [entry] });
    if (entry.event === "gtm.js") start(87654321);
  }
  for (var index = 0; index < layer.length; index++) take(layer[index]);
  var push = layer.push;
  layer.push = function () {
    for (var index = 0; index < arguments.length; index++) take(arguments[index]);
    return push.apply(layer, arguments);
  };
})();
