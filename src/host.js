// What must be JavaScript: real `arguments` objects, the Trusted Types policy, promises, and the page's API over the
// module's exports. It decides nothing: every call becomes an event for the core.

const nothing = () => {};

// A failure is a value: whatever the page has broken, shadowed or forbidden is undefined.
const attempt = (call) => {
  try {
    return call();
  } catch {}
};

// `document.body` and the like through the accessors of the prototype: `<img name="body">` shadows the plain ones.
const get = (object, name) => attempt(() => (object === document ? Reflect.get(Document.prototype, name, document) : object[name]));

export const page = (name) => get(document, name);

// A copy of JSON that the page can read and cannot change.
const frozen = (json) => JSON.parse(json, (_, value) => Object.freeze(value));

const complain = (code, about) => console.error("kelisim: " + (about ? about + ": " : "") + code);

// 40 bits; where the browser has no source of chance, a lesser one: the code only tells two grants apart.
const chance = () => {
  const [high, low] = attempt(() => crypto.getRandomValues(new Uint32Array(2))) ?? [Math.random() * 256, Math.random() * 2 ** 32];
  return (high & 255) * 2 ** 32 + low;
};

// Whichever of two comes first calls, and the other does nothing.
const once = (call) => () => {
  const first = call;
  call = nothing;
  first();
};

// The object that the module is given at its start, and `window.kelisim`.
export function makeHost({ version, base, nonce, layer, google, styles, texts, services }) {
  // It allows what this closure hands it and nothing else: URLs of the configuration, and the page's own gated scripts.
  // Where the page's policy forbids the name, nothing can be started under enforcement, and all stays closed.
  const policy = attempt(() => window.trustedTypes.createPolicy("kelisim", { createScriptURL: (url) => url, createScript: (code) => code }));
  let module;
  let start;
  let taken;
  const waiting = [];
  const listeners = new Map();
  const api = { version };
  api.ready = new Promise((resolve, reject) => {
    start = { resolve, reject };
  });
  api.ready.catch(nothing);

  function gtag() {
    (window[layer] = window[layer] || []).push(arguments);
  }

  const consent = (command, signals) => google && gtag("consent", command, signals);

  // What the module asks for by name.
  const host = {
    window,
    nonce: nonce ?? "",
    get,
    set: (object, name, value) => {
      attempt(() => {
        object[name] = value;
      });
    },
    call: (object, method, first, second) => attempt(() => get(object, method).call(object, first, second)),
    complain,
    gtag,
    text: (value) => JSON.stringify(value, (_, value) => (typeof value === "string" ? value.normalize() : value)),
    value: (json) => JSON.parse(json, (_, value) => (value?.$date ? new Date(value.$date) : value)),
    dress: () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(styles);
      page("adoptedStyleSheets").push(sheet);
    },
    consent: (signals) => consent("update", JSON.parse(signals)),
    queue: (list) =>
      function queue() {
        (queue[list] = queue[list] || []).push(arguments);
      },
    silent: (before) => Object.assign(() => {}, before),
    url: (url) => (policy ? policy.createScriptURL(url) : url),
    code: (code) => (policy ? policy.createScript(code) : code),
    emit: (name, json) => {
      const detail = frozen(json);
      if (name === "ready") start.resolve(api);
      window.dispatchEvent(new CustomEvent("kelisim:" + name, { detail }));
    },
    reply: (number, json) => waiting[number](frozen(json)),
    // After the next frame; a page in the background has no frames.
    later: () => {
      const go = once(() => module.resume());
      requestAnimationFrame(() => setTimeout(go));
      setTimeout(go, 100);
    },
    // A script holds up the next one for five seconds at the longest.
    wait: (script) => {
      const go = once(() => module.proceed());
      script.addEventListener("load", go);
      script.addEventListener("error", go);
      setTimeout(go, 5000);
    },
  };

  const listen = () => {
    for (const type of ["click", "change", "close"]) {
      window.addEventListener(type, (event) => module.hear(type, event.target, Date.now(), chance()) && event.preventDefault(), true);
    }
    new MutationObserver(() => module.changed()).observe(document, { childList: true, subtree: true });
  };

  // The visitor's decision through the page: a promise of the record, or of null when it was refused.
  const act = (name, ids) =>
    new Promise((resolve) => {
      if (taken) module.act(name, ids, waiting.push(resolve) - 1, Date.now(), chance());
      else {
        if (name === "accept") complain("noticeNotShown");
        resolve(null);
      }
    });

  const fail = (code, problems = []) => {
    start.reject({ code, problems });
  };

  const json = (path) => fetch(base + path).then((response) => (response.ok ? response.json() : null));

  // Names every problem at once; the sentences with their mends are fetched only now.
  const refuse = (problems) => {
    for (const { path, code, hint } of problems) complain(code + (hint ? " (" + hint + ")" : ""), path);
    json("messages.json").then((messages) => {
      for (const code of new Set(problems.map((problem) => problem.code))) {
        if (messages?.[code]) console.error("kelisim: " + code + ": " + messages[code].problem + " " + messages[code].mend);
      }
    }, nothing);
    fail("configuration", problems);
  };

  const finish = (configuration, manifests) => {
    const problems = module.configure(configuration, texts, manifests, Date.now());
    if (problems) refuse(JSON.parse(problems));
    else listen();
  };

  api.start = (config) => {
    if (!module) return api.ready;
    if (taken) {
      complain("alreadyStarted");
      return api.ready;
    }
    taken = 1;
    // Through JSON, so that no getter of the page runs while the module is at work.
    config = JSON.parse(JSON.stringify(config ?? null));
    const manifests = { ...services };
    const missing = module.read(config).split(" ").filter((name) => name && !manifests[name]);
    if (missing.length) {
      const fetched = missing.map((name) => json("services/" + name + ".json").catch(nothing).then((manifest) => (manifests[name] = manifest ?? null)));
      Promise.all(fetched).then(() => finish(config, manifests));
    } else finish(config, manifests);
    return api.ready;
  };
  api.record = () => {
    const record = module?.record();
    return record ? frozen(record) : null;
  };
  api.allows = (id) => !!module?.allows(String(id));
  api.accept = (ids) => act("accept", ids && [].concat(ids).map(String));
  api.reject = () => act("reject");
  api.withdraw = () => act("withdraw");
  api.show = () => module?.show();
  api.settings = () => module?.settings();
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
    run: (exports) => {
      exports.begin(host);
      module = exports;
    },
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
