// Stand-in for gtag.js: reads the layer in order, as the real one does, and follows what is pushed later. It sends every
// click of the page and brings its cookies back, unless the window forbids that by ga-disable.
(function () {
  var calls = (window.__calls = window.__calls || []);
  var layer = (window.dataLayer = window.dataLayer || []);
  var streams = [];
  var parent = location.hostname.split(".").slice(-2).join(".");
  function collect(stream, what) {
    if (window["ga-disable-" + stream]) return;
    try {
      document.cookie = "_ga=GA1.1.1.1700000000; domain=" + parent + "; path=/; max-age=63072000";
      document.cookie = "_ga_" + stream.slice(2) + "=GS1; domain=" + parent + "; path=/; max-age=63072000";
    } catch (_) {}
    new Image().src = "https://www.google-analytics.com/g/collect?tid=" + stream + "&en=" + what;
  }
  function take(entry) {
    var real = Object.prototype.toString.call(entry) === "[object Arguments]";
    calls.push({
      vendor: "google",
      realArguments: real,
      with: real ? Array.prototype.slice.call(entry) : [entry],
    });
    if (real && entry[0] === "config") {
      streams.push(entry[1]);
      collect(entry[1], "page_view");
    }
  }
  window.addEventListener("click", function () {
    streams.forEach(function (stream) {
      collect(stream, "click");
    });
  });
  for (var index = 0; index < layer.length; index++) take(layer[index]);
  var push = layer.push;
  layer.push = function () {
    for (var index = 0; index < arguments.length; index++) take(arguments[index]);
    return push.apply(layer, arguments);
  };
})();
