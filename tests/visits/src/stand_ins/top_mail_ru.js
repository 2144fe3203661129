// Stand-in for Top.Mail.Ru: drains _tmr as the real one does, and keeps its identifiers in both stores.
(function () {
  var calls = (window.__calls = window.__calls || []);
  var queue = window._tmr || [];
  var parent = location.hostname.split(".").slice(-2).join(".");
  function take(entry) {
    calls.push({ vendor: "top-mail-ru", realArguments: false, with: [entry] });
    try {
      document.cookie = "tmr_lvid=1; domain=" + parent + "; path=/; max-age=31536000";
      localStorage.setItem("tmr_lvid", "1");
    } catch (_) {}
    new Image().src = "https://top-fwz1.mail.ru/counter?id=" + entry.id;
  }
  for (var index = 0; index < queue.length; index++) take(queue[index]);
  window._tmr = { push: take };
})();
