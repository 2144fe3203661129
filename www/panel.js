// "What happened": the part of a demo page that shows, live, what Kelisim held back and what ran.
//
// It belongs to the demonstration and not to Kelisim. It only looks: it stores nothing, sends nothing, and asks for
// nothing but the page and two files of this same server. Whatever it shows is written as text.
(function () {
  "use strict";

  // The site's root, be it that of a host or a folder.
  var here = document.currentScript.src;
  var requests = new Map();
  var events = [];
  var problems = [];
  var configuration = null;
  var adapted = null;
  var kelisim = null;
  var started = performance.now();

  // ---------------------------------------------------------------- what is watched

  /** Notes a request to another origin, once per host and path. */
  function note(address, outcome) {
    var url;
    try {
      url = new URL(address, location.href);
    } catch (error) {
      return;
    }
    if (url.origin === location.origin || !/^https?:|^wss?:/.test(url.protocol)) return;
    var key = url.host + url.pathname;
    var known = requests.get(key);
    if (known) {
      if (outcome === "sent") known.outcome = outcome;
    } else {
      requests.set(key, { host: url.host, path: url.pathname, outcome: outcome });
    }
    draw();
  }

  document.addEventListener("securitypolicyviolation", function (event) {
    note(event.blockedURI, event.disposition === "report" ? "sent" : "stopped");
  });
  // What was asked for before this script was there stands in the document and in the timings, stopped or not; which of
  // the two it was, the page's own policy says.
  fetch(location.pathname)
    .then(function (answer) {
      var inPage = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
      var policy = inPage ? inPage.content : answer.headers.get("content-security-policy") || "";
      watchTimings(policy.indexOf("default-src 'self'") < 0 ? "sent" : "stopped");
    })
    .catch(function () {});

  function watchTimings(outcome) {
    document.querySelectorAll("script[src], img[src], iframe[src]").forEach(function (loaded) {
      note(loaded.src, outcome);
    });
    if (!window.PerformanceObserver) return;
    new PerformanceObserver(function (list) {
      list.getEntries().forEach(function (entry) { note(entry.name, outcome); });
    }).observe({ type: "resource", buffered: true });
  }

  ["kelisim:ready", "kelisim:shown", "kelisim:decision"].forEach(function (name) {
    window.addEventListener(name, function (event) {
      events.push({ name: name, at: Math.round(performance.now()), detail: event.detail });
      draw();
    });
  });
  window.addEventListener("demo:run", draw);
  window.addEventListener("storage", draw);

  (window.kelisimQueue = window.kelisimQueue || []).push(function (api) {
    kelisim = api;
    api.ready.then(draw, function (reason) {
      problems = (reason && reason.problems) || [];
      if (!problems.length) problems = [{ path: "", code: String((reason && reason.code) || reason) }];
      draw();
    });
    draw();
  });

  /** Asks for a file beside this script; what cannot be had stays unknown. */
  function ask(address, take) {
    fetch(new URL(address, here))
      .then(function (answer) {
        return answer.ok ? answer.json() : null;
      })
      .then(function (value) {
        take(value);
        draw();
      })
      .catch(function () {});
  }
  ask("demo/site.json", function (value) { configuration = value; });
  ask("demo/adapted.json", function (value) { adapted = value; });

  // ---------------------------------------------------------------- what is known

  /** The page's own gated elements, each once, with what became of it. */
  function gatedElements() {
    var runs = window.demoRuns || [];
    var seen = new Set();
    var found = [];
    document.querySelectorAll("[data-demo]").forEach(function (element) {
      var name = element.dataset.demo;
      if (seen.has(name)) return;
      seen.add(name);
      var times = runs.filter(function (run) { return run === name; }).length;
      found.push({
        name: name,
        needs: [element.dataset.category, element.dataset.service].filter(Boolean).join(" + "),
        open: times > 0,
        state: times === 0 ? "удержан" : times === 1 ? "выполнен один раз" : "выполнен раз: " + times,
      });
    });
    return found;
  }

  /** The services of the configuration, with whether they may run. */
  function services() {
    var listed = (configuration && configuration.services) || [];
    return listed.map(function (service) {
      var id = service.use || service.id;
      var allowed = Boolean(kelisim && kelisim.allows && kelisim.allows(id));
      return { name: id, needs: "", open: allowed, state: allowed ? "разрешён" : "не загружен" };
    });
  }

  /** What has been said to the vendors' globals in this page, in their own words. */
  function calls() {
    var lines = [];
    function add(name, values) {
      lines.push(name + "(" + Array.prototype.map.call(values, brief).join(", ") + ")");
    }
    if (window.ym && window.ym.a) Array.prototype.forEach.call(window.ym.a, function (values) { add("ym", values); });
    else if (window.ym) lines.push("ym: загружен сам счётчик");
    (window.dataLayer || []).forEach(function (entry) {
      if (entry && typeof entry.length === "number") add("gtag", entry);
      else lines.push("dataLayer.push(" + brief(entry) + ")");
    });
    if (Array.isArray(window._tmr)) window._tmr.forEach(function (entry) { add("_tmr.push", [entry]); });
    else if (window._tmr) lines.push("_tmr: загружен сам счётчик");
    return lines;
  }

  function brief(value) {
    if (typeof value === "function") return "функция";
    if (value instanceof Date) return "new Date()";
    var text = JSON.stringify(value);
    return text === undefined ? String(value) : text;
  }

  /** The names of everything that this host keeps in the browser. */
  function storedNames() {
    var names = [];
    try {
      document.cookie.split("; ").filter(Boolean).forEach(function (pair) {
        names.push("cookie " + pair.split("=")[0]);
      });
      [["localStorage", window.localStorage], ["sessionStorage", window.sessionStorage]].forEach(function (store) {
        for (var index = 0; index < store[1].length; index += 1) names.push(store[0] + " " + store[1].key(index));
      });
    } catch (error) {
      names.push("хранилища закрыты браузером");
    }
    return names;
  }

  function record() {
    try {
      return kelisim && kelisim.record ? kelisim.record() : null;
    } catch (error) {
      return null;
    }
  }

  // ---------------------------------------------------------------- how it is drawn

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function link(href, text) {
    var made = element("a", "", text);
    made.href = href;
    return made;
  }

  /** Replaces what stands in `place`, only when it says something else now. */
  function fill(place, key, children) {
    var stamp = JSON.stringify(key);
    if (place.demoStamp === stamp) return;
    place.demoStamp = stamp;
    place.replaceChildren.apply(place, children());
  }

  function stateRow(entry) {
    var row = element("li", "demo-row" + (entry.open ? " demo-open" : ""));
    var words = element("span", "demo-words");
    words.append(element("strong", "", entry.name));
    if (entry.needs) words.append(element("span", "demo-needs", entry.needs));
    row.append(words, element("span", "demo-state", entry.state));
    return row;
  }

  function section(title, hint) {
    var made = element("section", "demo-section");
    var place = element("div", "demo-place");
    made.append(element("h3", "", title));
    if (hint) made.append(element("p", "demo-hint", hint));
    made.append(place);
    return { made: made, place: place };
  }

  function list(entries, empty, row) {
    return function () {
      if (!entries.length) return [element("p", "demo-none", empty)];
      var made = element("ul", "demo-list");
      entries.forEach(function (entry) { made.append(row(entry)); });
      return [made];
    };
  }

  function codeRow(text) {
    var row = element("li", "demo-code");
    row.append(element("code", "", text));
    return row;
  }

  function startPage() {
    var names = location.host.split(".localhost");
    return names.length > 1 ? location.protocol + "//localhost" + names[1] + "/" : new URL("../index.html", here).href;
  }

  var panel = element("aside", "demo-panel");
  panel.lang = "ru";
  panel.setAttribute("aria-label", "Что произошло: часть демонстрации");
  panel.dataset.nosnippet = "";

  var opener = element("button", "demo-opener");
  opener.type = "button";
  opener.setAttribute("aria-controls", "demo-body");
  var openerTitle = element("span", "demo-opener-title", "Что произошло");
  var openerCount = element("span", "demo-opener-count");
  opener.append(openerTitle, openerCount);

  var body = element("div", "demo-body");
  body.id = "demo-body";
  var top = element("header", "demo-top");
  var about = element("p", "demo-about", "Часть демонстрации, а не сайта. Только смотрит: ничего не хранит и никуда не шлёт. ");
  about.append(link(startPage(), "Другие сайты"));
  var summary = element("p", "demo-summary");
  top.append(element("h2", "", "Что произошло"), about, summary);

  var gatedSection = section("Скрипты страницы");
  var serviceSection = section("Сервисы");
  var callSection = section("Обращения к сервисам", "Что сказано счётчикам внутри этой страницы.");
  var requestSection = section("Запросы наружу");
  var recordSection = section("Запись");
  var eventSection = section("События");
  var adaptedSection = section("Что приспособлено к этому адресу");
  body.append(
    top, gatedSection.made, serviceSection.made, requestSection.made, callSection.made, recordSection.made,
    eventSection.made, adaptedSection.made
  );
  panel.append(opener, body);

  function summaryWords(held, ran) {
    if (problems.length) return "Конфигурация не принята, поэтому всё закрыто.";
    if (!kelisim) return "Kelisim ещё не загружен. Всё закрыто.";
    var decided = record();
    if (configuration && !(configuration.categories || []).length) return "Спрашивать не о чем: на сайте нет ничего необязательного.";
    if (!decided) return "Ответа ещё нет. Всё закрыто.";
    if (!ran) return "Ответ: нет. Всё закрыто.";
    return held ? "Ответ: частично. Работает только разрешённое." : "Ответ: да. Работает всё, о чём спросили.";
  }

  function draw() {
    if (!panel || !panel.isConnected) return;
    var own = gatedElements();
    var vendors = services();
    var all = own.concat(vendors);
    var banner = document.querySelector('[data-kelisim="banner"]');
    // What the first layer covers of the drawer can still be scrolled to.
    panel.style.setProperty("--demo-covered", (banner ? banner.offsetHeight : 0) + "px");
    var ran = all.filter(function (entry) { return entry.open; }).length;
    var held = all.length - ran;
    var said = calls();
    var sent = Array.from(requests.values());
    var names = storedNames();
    var decided = record();

    fill(openerCount, [held, ran], function () {
      return [element("span", "", "закрыто " + held), element("span", ran ? "demo-open" : "", "работает " + ran)];
    });
    var words = summaryWords(held, ran);
    if (summary.textContent !== words) summary.textContent = words;
    fill(gatedSection.place, own, list(own, "На странице нет скриптов, которым нужно согласие.", stateRow));
    fill(serviceSection.place, vendors, list(vendors, "Сервисы не названы.", stateRow));
    fill(callSection.place, said, list(said, "Ни одного.", codeRow));
    fill(requestSection.place, sent, list(sent, "Ни одного.", function (request) {
      return stateRow({
        name: request.host,
        needs: request.path,
        open: request.outcome === "sent",
        state: request.outcome === "sent" ? "отправлен" : "остановлен CSP демонстрации",
      });
    }));
    fill(recordSection.place, [decided, names], function () {
      var shown = decided ? element("pre", "demo-json", JSON.stringify(decided, null, 2)) : element("p", "demo-none", "Записи нет.");
      if (decided) shown.tabIndex = 0;
      return [shown, element("p", "demo-hint", names.length ? "В браузере лежит: " + names.join(", ") + "." : "В браузере не лежит ничего.")];
    });
    var shownEvents = problems.length
      ? problems.map(function (problem) { return (problem.path || "—") + ": " + problem.code; })
      : events.map(function (event) { return event.at + " мс  " + event.name + eventWords(event); });
    fill(eventSection.place, shownEvents, list(shownEvents, "Пока ни одного.", codeRow));
    var changes = adaptedLines(adapted);
    adaptedSection.made.hidden = !changes.length;
    fill(adaptedSection.place, changes, list(changes, "", codeRow));
  }

  function eventWords(event) {
    var detail = event.detail || {};
    var parts = [];
    if (detail.standing) parts.push(brief(detail.standing));
    if (detail.granted && detail.granted.length) parts.push("+ " + detail.granted.join(", "));
    if (detail.withdrawn && detail.withdrawn.length) parts.push("− " + detail.withdrawn.join(", "));
    if (detail.source) parts.push(detail.source);
    return parts.length ? "  " + parts.join("  ") : "";
  }

  /** Lines of whatever shape the server reports: strings, or objects with a path and two values. */
  function adaptedLines(value) {
    if (!value) return [];
    var entries = Array.isArray(value) ? value : Object.entries(value).map(function (pair) {
      return pair[0] + ": " + (typeof pair[1] === "string" ? pair[1] : brief(pair[1]));
    });
    return entries.map(function (entry) {
      if (typeof entry === "string") return entry;
      if (entry && entry.path) return entry.path + ": " + brief(entry.from) + " → " + (entry.to === null ? "нет" : brief(entry.to));
      return brief(entry);
    });
  }

  // ---------------------------------------------------------------- open and closed

  /** Opens or closes the panel; the history entry remembers it, so that a reload does not lose it. */
  function setOpen(open) {
    document.documentElement.classList.toggle("demo-panel-open", open);
    opener.setAttribute("aria-expanded", String(open));
    body.hidden = !open;
    try {
      history.replaceState(Object.assign({}, history.state, { demoPanel: open }), "");
    } catch (error) {
      // A document that may not touch its history still has its panel.
    }
  }
  opener.addEventListener("click", function () {
    setOpen(opener.getAttribute("aria-expanded") !== "true");
  });

  document.querySelectorAll("form[data-demo-form]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var place = form.querySelector(".form-result");
      place.textContent = document.documentElement.lang === "kk"
        ? "Рақмет! Бұл көрсетілім, сондықтан өтінім ешқайда жіберілген жоқ."
        : "Спасибо! Это демонстрация, поэтому заявка никуда не ушла.";
    });
  });

  document.body.append(panel);
  setOpen(Boolean(history.state && history.state.demoPanel));
  draw();
  // Vendors' globals have no event of their own: look at them now and then, and only while somebody looks here.
  setInterval(function () {
    if (!document.hidden && (opener.getAttribute("aria-expanded") === "true" || performance.now() - started < 20000)) draw();
  }, 500);
})();
