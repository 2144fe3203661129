// What must be JavaScript: real `arguments` objects, the Trusted Types policy, promises, and the page's API over the
// module. It decides nothing: every call becomes an event for the core.

const nothing = () => {};

// A failure is a value: whatever the page has broken, shadowed or forbidden is undefined.
const attempt = (call) => {
  try {
    return call();
  } catch {}
};

// `document.body` and the like through the accessors of the prototype: `<img name="body">` shadows the plain ones.
const read = (object, name) => attempt(() => (object === document ? Reflect.get(Document.prototype, name, document) : object?.[name]));

export const page = (name) => read(document, name);

const block = () => Document.prototype.createElement.call(document, "div");

// What the module holds of the page: to the module each thing is a number, and what is missing, null or false is 0. The
// first are the host, the window, the document and true; the others are let go when the call that brought them in has
// returned.
const held = [];
const hold = (thing) => (thing == null || thing === false ? 0 : held.push(thing) - 1);

const decoder = new TextDecoder();
export const encoder = new TextEncoder();
// The module's memory, in which words stand at an address, so many bytes of them.
let memory;
const bytes = (at, length) => new Uint8Array(memory.buffer, at, length);
// What `measure` has measured.
let measured;

export const get = (object, name) => hold(read(held[object], held[name]));
export const set = (object, name, value) => {
  attempt(() => {
    held[object][held[name]] = held[value];
  });
};
export const call = (object, name, first, second) => hold(attempt(() => read(held[object], held[name])?.call(held[object], held[first], held[second])));
export const say = (at, length) => hold(decoder.decode(bytes(at, length)));
export const measure = (object) => {
  const words = held[object];
  if (typeof words !== "string") return -1;
  measured = encoder.encode(words);
  return measured.length;
};
export const copy = (at) => bytes(at, measured.length).set(measured);
export const number = (object) => attempt(() => +held[object]);
// One of the others, and what was held since: of a thousand elements each is done with before the next.
export const release = (object) => (held.length = object);

// What the module imports.
export const imports = { get, set, call, say, measure, copy, number, release };

// The ways into the module: `src/exports.rs` has the same numbers.
const START = 0;
const CLICK = 1;
const CHANGE = 2;
const CLOSE = 3;
const CHANGED = 4;
const RESUME = 5;
const PROCEED = 6;
const ACCEPT = 7;
const REJECT = 8;
const WITHDRAW = 9;
const RECORD = 10;
const ALLOWS = 11;
const SHOW = 12;
const SETTINGS = 13;
const DIAGNOSE = 14;
const LOOK = 15;
const SENT = 16;
const FETCHED = 17;
const AUDIT = 18;
const PAD = 19;
const NAMES = 20;

// A copy of JSON that the page can read and cannot change.
const frozen = (json) => JSON.parse(json, (_, value) => Object.freeze(value));

const complain = (code, about) => console.error("kelisim: " + (about ? about + ": " : "") + code);

// After the next frame; a page in the background has no frames, and some have taken them away.
const painted = () =>
  new Promise((go) => {
    setTimeout(go, 100);
    attempt(() => requestAnimationFrame(() => setTimeout(go)));
  });

// The object that the module is given at its start, and `window.kelisim`.
export function makeHost({ version, base, nonce, layer, google, styles, whole = String, locales, services, template }) {
  // It allows what this closure hands it and nothing else: URLs of the configuration, and the page's own gated scripts.
  // Where the page's policy forbids the name, nothing can be started under enforcement, and all stays closed.
  const policy = attempt(() => window.trustedTypes.createPolicy("kelisim", { createScriptURL: (url) => url, createScript: (code) => code }));
  let module;
  let start;
  let taken;
  let running;
  let started;

  const tell = (way, thing) => {
    const mark = held.length;
    try {
      return held[module?.(way, hold(thing))];
    } finally {
      held.length = mark;
    }
  };
  const ask = (way, thing) => JSON.parse(tell(way, thing));

  // Lets a module answer; returns the one that did.
  const enter = (exports) => {
    const before = { memory, tell: module };
    memory = exports.memory;
    module = exports.tell;
    held.splice(0, 999, undefined, host, window, document, true, ...held[module(NAMES, 0)].split("|"));
    return before;
  };
  const audited = () => running?.configuration.audit;

  const promised = [];
  const line = [];
  const listeners = new Map();
  const api = { version };
  api.ready = new Promise((resolve, reject) => {
    start = { resolve, reject };
  });
  api.ready.catch(nothing);

  // An element of the page may have the queue's name.
  function gtag() {
    if (!Array.isArray(window[layer])) window[layer] = [];
    window[layer].push(arguments);
  }

  // Google's consent mode was told of a decision.
  let updated;
  const consent = (command, signals) => google && gtag("consent", command, signals);

  // Words stand at their places and without their keys: those of another build, which a browser may still have, would come
  // to stand in wrong ones.
  const json = async (path) => {
    const response = await fetch(base + path + ".json?" + __KELISIM_DIGEST__);
    return response.ok ? response.json() : null;
  };

  const dress = (styles) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(whole(styles));
    page("adoptedStyleSheets").push(sheet);
  };

  // Placeholders and the elements that they stand in for, each by the other. What a page builds itself is not among them.
  const places = new WeakMap();

  // The languages whose words are on their way.
  const asked = {};
  // The words of a language bring the styles of the settings along, which are the same with each.
  let dressed;
  const locale = (language) =>
    json("locales/" + language)
      .then(({ styles, ...file }) => {
        dressed ||= !dress(styles);
        return file;
      })
      .catch(nothing);

  // Elements of the page that wait, neither started nor reported; those that were added since the last look.
  const WAITING = ":root [data-category]:not([data-kelisim-state])";
  const waits = (element) => Element.prototype.matches.call(element, WAITING);
  const added = [];

  // What the module asks for by name.
  const host = {
    nonce,
    // The page's own scripts that wait for their turn.
    enqueue: (script) => line.push(script),
    dequeue: () => line.shift(),
    complain,
    // What was made for vendors in this document.
    made: {},
    // What a page gets at its end while the first layer stands there.
    room: block(),
    // What the page called before the grant is dropped and never replayed; what was said of consent stays.
    get gtag() {
      const calls = window[layer];
      attempt(() => calls.splice(0, calls.length, ...calls.filter((call) => typeof call?.[0] !== "string" || /^(consent|set)$/.test(call[0]))));
      return gtag;
    },
    text: JSON.stringify,
    value: (json) => JSON.parse(json, (_, value) => (value?.$date ? new Date(value.$date) : value)),
    dress: () => dress(styles),
    waiting: () => page("documentElement").querySelectorAll(WAITING),
    added: () => added.splice(0).filter(waits),
    // At the start the page paints first: whoever reads the first layer has time for them. Later somebody waits. The same
    // words may be asked for again before they come.
    fetch: (language) => {
      asked[language] ||= (started ? locale(language) : painted().then(() => locale(language))).then((file) => {
        asked[language] = 0;
        tell(FETCHED, { language, file });
      });
    },
    // What stands before an element that waits. It may be anywhere in a page, so it has the owner's look of its own; and as
    // high as the element will be, so that nothing moves.
    place: (element) => {
      let place = places.get(element);
      if (!place) {
        place = block();
        place.className = "kelisim-embed";
        place.style.cssText = host.root.style.cssText;
        const { height } = element.content?.querySelector("[height]") ?? element;
        place.style.setProperty("--kelisim-height", (parseInt(height) || 0) + "px");
        places.set(element, place);
        places.set(place, element);
      }
      if (place.nextSibling !== element) element.before(place);
      return place;
    },
    places,
    // The keyboard goes on with what was in it, if it was there.
    displace: (element) => {
      const place = places.get(element);
      const next = place?.contains(page("activeElement")) && place.nextElementSibling;
      place?.remove();
      if (next) next.focus();
    },
    consent: (signals) => {
      if (google && !updated) {
        gtag("set", "ads_data_redaction", true);
        gtag("set", "url_passthrough", false);
      }
      updated = 1;
      consent("update", JSON.parse(signals));
    },
    // Meta's library sets `callMethod` once it is there, and answers by that.
    queue: (list) =>
      function queue() {
        if (queue.callMethod) queue.callMethod(...arguments);
        else (queue[list] = queue[list] || []).push(arguments);
      },
    silent: (before) => Object.assign(() => {}, before),
    url: (url) => (policy ? policy.createScriptURL(url) : url),
    code: (code) => (policy ? policy.createScript(code) : code),
    emit: (name, json) => {
      const detail = frozen(json);
      if (name === "ready") start.resolve(api);
      // A tag manager hears of a decision after its consent update, and of the record nothing.
      attempt(() => updated && google && detail.granted && window[layer].push({ event: "kelisim:" + name, granted: detail.granted, withdrawn: detail.withdrawn }));
      window.dispatchEvent(new CustomEvent("kelisim:" + name, { detail }));
    },
    post: (path, body) => {
      const headers = { "Content-Type": "application/json" };
      fetch(path, { method: "POST", keepalive: true, credentials: "omit", referrerPolicy: "no-referrer", headers, body }).then(
        (response) => response.ok && tell(SENT, body),
        nothing,
      );
    },
    copy: (field) => {
      field.select();
      navigator.clipboard.writeText(field.value).catch(nothing);
    },
    reply: (number, json) => promised[number](frozen(json)),
    later: () => painted().then(() => tell(RESUME)),
    // Before the next frame is laid out, which nobody should have to be twice.
    frame: () => requestAnimationFrame(() => tell(PAD)),
    // A script holds up the next one for five seconds at the longest.
    wait: (script) =>
      new Promise((go) => {
        script.addEventListener("load", go);
        script.addEventListener("error", go);
        setTimeout(go, 5000);
      }).then(() => tell(PROCEED)),
  };

  const listen = () => {
    let rests;
    const hear = (way, event) => ((host.scripted = !event.isTrusted), tell(way, event.target)) && event.preventDefault();
    const on = (type, way) => window.addEventListener(type, (event) => hear(way, event), true);
    on("click", CLICK);
    on("change", CHANGE);
    on("close", CLOSE);
    // A click of before, which the inline script of a printed layer has kept. Of the visitor's it is the event itself, which
    // no script can make: the accessor throws for whatever else looks like one.
    window.addEventListener("kelisim:kept", ({ detail }) => attempt(() => Reflect.get(Event.prototype, "type", detail)) === "click" && hear(CLICK, detail));
    window.addEventListener("input", ({ target }) => (host.edited ||= !target.closest?.("#kelisim-root")), true);
    // Another tab decided, or this page comes back into view; what other keys of the page hold is its own business.
    for (const type of ["storage", "pageshow", "visibilitychange"]) window.addEventListener(type, (event) => (event.key ?? "kelisim") === "kelisim" && tell(LOOK));
    // Most of what changes in a page is none of Kelisim's business. What is no element throws; of a form, any name may be
    // a field's.
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) attempt(() => added.push(...[node, ...Element.prototype.querySelectorAll.call(node, WAITING)].filter(waits)));
      if (added.length) tell(CHANGED);
      // Who takes the root out at every turn would keep the page busy for ever.
      if (!host.root?.isConnected) rests ||= (tell(CHANGED), painted().then(() => tell(CHANGED, (rests = 0))));
    }).observe(document, { childList: true, subtree: true });
  };

  // The visitor's decision through the page: a promise of the record, or of null when it was refused.
  const act = (way, ids) =>
    new Promise((resolve) => {
      if (running) tell(way, { ids, reply: promised.push(resolve) - 1 });
      else {
        if (way === ACCEPT) complain("noticeNotShown");
        resolve(null);
      }
    });

  const fail = (code, problems = []) => {
    start.reject({ code, problems });
  };

  // What is wrong is named, and a page is looked at, by what only their owners fetch.
  const forOwners = () => import(base + "diagnosis.mjs");
  const tools = { base, imports, complain, frozen, json, enter, tell, ask, api, DIAGNOSE, AUDIT };
  const refuse = (given, problems) =>
    forOwners()
      .then((owners) => owners.diagnose(tools, given, problems))
      .catch(() => {
        for (const { path, code } of problems) complain(code, path);
        if (!problems.length) complain("wrong; diagnosis.mjs, which says where, did not come. Run `kelisim check`", "configuration");
        return problems;
      })
      .then((problems) => fail("configuration", problems));

  // The module names the files that it still needs, or what is wrong, or has started.
  const begin = (given) => {
    // What it starts may call back, with a decision.
    running = given;
    const { wanted, problems } = ask(START, given);
    running = !wanted && !problems && given;
    if (wanted) {
      const fetched = wanted.map((path) => {
        const [directory, name] = path.split("/");
        const got = directory === "locales" ? locale(name) : json(path).catch(nothing);
        return got.then((file) => (given[directory][name] = file ?? null));
      });
      Promise.all(fetched).then(() => begin(given));
    } else if (problems) refuse(given, problems);
    else {
      started = 1;
      listen();
      if (audited() && location.hash === "#kelisim-audit") forOwners().then((owners) => owners.watch(tools, running), nothing);
    }
  };

  api.start = (config) => {
    if (module) {
      if (taken) complain("alreadyStarted");
      else {
        // Through JSON, so that no getter of the page runs while the module is at work; and in Unicode normal form C, so that
        // equal words have equal hashes.
        const configuration = JSON.parse(JSON.stringify(config ?? null), (_, value) => (typeof value === "string" ? value.normalize() : value));
        // Only an audit asks which cookies came later, and to read them takes a browser as long as half a start.
        const given = { configuration, locales, services, template, before: configuration?.audit && page("cookie") };
        taken = 1;
        // Nobody looks at a page that is rendered in advance.
        if (page("prerendering")) document.addEventListener("prerenderingchange", () => begin(given));
        else begin(given);
      }
    }
    return api.ready;
  };
  api.record = () => frozen(tell(RECORD) ?? null);
  api.allows = (id) => !!tell(ALLOWS, String(id));
  api.accept = (ids) => act(ACCEPT, ids !== undefined && [].concat(ids).map(String));
  api.reject = () => act(REJECT);
  api.withdraw = () => act(WITHDRAW);
  api.show = () => void tell(SHOW);
  api.settings = () => void tell(SETTINGS);
  api.audit = () => (audited() ? forOwners().then((owners) => owners.audit(tools, running)) : Promise.reject({ code: "noAudit" }));
  api.on = (name, listener) => {
    const heard = (event) => listener(event.detail);
    listeners.set(listener, heard);
    window.addEventListener("kelisim:" + name, heard);
  };
  api.off = (name, listener) => window.removeEventListener("kelisim:" + name, listeners.get(listener));

  return {
    api,
    fail: (code, sentence) => {
      complain(sentence, code);
      fail(code);
    },
    consentDefault: () => {
      const signals = { security_storage: "granted" };
      for (const type of ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage", "functionality_storage", "personalization_storage"]) {
        signals[type] = "denied";
      }
      consent("default", signals);
    },
    run: enter,
  };
}

// Puts the API on the page, and hands it to whoever waited for it.
export function publish(api) {
  const queue = window.kelisimQueue;
  window.kelisim = Object.freeze(api);
  window.kelisimQueue = {
    push: (call) => {
      try {
        call(api);
      } catch (error) {
        reportError(error);
      }
    },
  };
  if (Array.isArray(queue)) queue.forEach(window.kelisimQueue.push);
}
