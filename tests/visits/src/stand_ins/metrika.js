// Stand-in for Yandex Metrika: drains ym.a as the real one does, then takes calls directly. It keeps an identifier in a
// cookie and in localStorage and brings the one back from the other, sends failed hits again, sends every click of the
// page, heeds disableYaCounter only when a counter is made, and stops at `destruct`.
(function () {
  var calls = (window.__calls = window.__calls || []);
  var counters = {};
  var parent = location.hostname.split(".").slice(-2).join(".");
  function keep(name, value) {
    try {
      document.cookie = name + "=" + value + "; domain=" + parent + "; path=/; max-age=31536000";
    } catch (_) {}
  }
  function store(area, name, value) {
    try {
      window[area].setItem(name, value);
    } catch (_) {}
  }
  function identify(id) {
    var known = "1700000000";
    try {
      known = localStorage.getItem("_ym_uid") || known;
    } catch (_) {}
    keep("_ym_uid", known);
    keep("_ym_d", "1700000000");
    keep("_ym_isad", "2");
    store("localStorage", "_ym_uid", known);
    store("localStorage", "_ym" + id + "_lsid", "1");
    store("localStorage", "_ym" + id + ":0_reqNum", "1");
    store("localStorage", "_ym_retryReqs", "{}");
    store("sessionStorage", "__ym_tab_guid", "1");
  }
  function hit(id, what) {
    new Image().src = "https://mc.yandex.ru/watch/" + id + "?" + what;
  }
  function take(args) {
    var id = args[0];
    calls.push({
      vendor: "metrika",
      realArguments: Object.prototype.toString.call(args) === "[object Arguments]",
      with: Array.prototype.slice.call(args),
    });
    if (args[1] === "init") {
      if (window["disableYaCounter" + id]) return;
      counters[id] = true;
      identify(id);
      hit(id, "init");
    } else if (args[1] === "destruct") delete counters[id];
    else if (counters[id]) hit(id, args[1]);
  }
  window.addEventListener("click", function () {
    for (var id in counters) {
      identify(id);
      hit(id, "click");
    }
  });
  var queue = (window.ym && window.ym.a) || [];
  window.ym = function () {
    take(arguments);
  };
  for (var index = 0; index < queue.length; index++) take(queue[index]);
})();
