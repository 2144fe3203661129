// Stand-in for gtag.js: reads the layer in order, as the real one does, and follows what is pushed later.
(function () {
  var calls = (window.__calls = window.__calls || []);
  var layer = (window.dataLayer = window.dataLayer || []);
  function take(entry) {
    var real = Object.prototype.toString.call(entry) === "[object Arguments]";
    calls.push({
      vendor: "google",
      realArguments: real,
      with: real ? Array.prototype.slice.call(entry) : [entry],
    });
    if (real && entry[0] === "config") {
      var parent = location.hostname.split(".").slice(-2).join(".");
      try {
        document.cookie = "_ga=GA1.1.1.1700000000; domain=" + parent + "; path=/; max-age=63072000";
      } catch (_) {}
      new Image().src = "https://www.google-analytics.com/g/collect?tid=" + entry[1];
    }
  }
  for (var index = 0; index < layer.length; index++) take(layer[index]);
  var push = layer.push;
  layer.push = function () {
    for (var index = 0; index < arguments.length; index++) take(arguments[index]);
    return push.apply(layer, arguments);
  };
})();
