// Stand-in for Top.Mail.Ru: drains _tmr as the real one does.
(function () {
  var calls = (window.__calls = window.__calls || []);
  var queue = window._tmr || [];
  function take(entry) {
    calls.push({ vendor: "top-mail-ru", realArguments: false, with: [entry] });
    new Image().src = "https://top-fwz1.mail.ru/counter?id=" + entry.id;
  }
  for (var index = 0; index < queue.length; index++) take(queue[index]);
  window._tmr = { push: take };
})();
