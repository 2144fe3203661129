// What must be JavaScript: real `arguments` objects, the Trusted Types policy, promises, and the page's API over the
// module's exports. It decides nothing: every call becomes an event for the core.

const nothing = () => {};

// A copy of JSON that the page can read and cannot change.
const frozen = (json) => JSON.parse(json, (_, value) => Object.freeze(value));

const complain = (code, about) => console.error("kelisim: " + (about ? about + ": " : "") + code);

// `document.body` and the like through the accessors of the prototype: `<img name="body">` shadows the plain ones.
export const page = (name) => Reflect.get(Document.prototype, name, document);

// The object that the module is given at its start, and `window.kelisim`.
export function makeHost({ version, base, nonce, layer, google, styles, texts, services }) {
  let policy;
  try {
    // It allows what this closure hands it and nothing else: URLs of the configuration, and the page's own gated scripts.
    policy = window.trustedTypes?.createPolicy("kelisim", { createScriptURL: (url) => url, createScript: (code) => code });
  } catch {
    // The page's policy forbids the name: under enforcement nothing can be started, and all stays closed.
  }
  let module;
  let start;
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

  const host = {
    nonce,
    styles,
    texts,
    services,
    page,
    complain,
    gtag: () => gtag,
    consent: (command, signals) => google && gtag("consent", command, signals),
    queue: (list) =>
      function queue() {
        (queue[list] = queue[list] || []).push(arguments);
      },
    silent: (before) => Object.assign(() => {}, before),
    url: (url) => (policy ? policy.createScriptURL(url) : url),
    code: (code) => (policy ? policy.createScript(code) : code),
    // 40 bits; where the browser has no source of chance, a lesser one: the code only tells two grants apart.
    random: () => {
      try {
        const [high, low] = crypto.getRandomValues(new Uint32Array(2));
        return (high & 255) * 2 ** 32 + low;
      } catch {
        return Math.floor(Math.random() * 2 ** 40);
      }
    },
    emit: (name, json) => {
      const detail = frozen(json);
      if (name === "ready") start.resolve(api);
      window.dispatchEvent(new CustomEvent("kelisim:" + name, { detail }));
    },
    reply: (number, json) => waiting[number](json ? frozen(json) : null),
    // After the next frame; a page in the background has no frames.
    later: () => {
      let done;
      const go = () => done || ((done = 1), module.resume());
      requestAnimationFrame(() => setTimeout(go));
      setTimeout(go, 100);
    },
  };

  // The visitor's decision through the page: a promise of the record, or of null when it was refused.
  const act = (name, ids) =>
    new Promise((resolve) => {
      if (module) module.act(name, ids, waiting.push(resolve) - 1);
      else resolve(null);
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

  const finish = (names, manifests) => {
    const problems = module.configure(names, manifests);
    if (problems) refuse(JSON.parse(problems));
  };

  api.start = (config) => {
    if (!module) return api.ready;
    // Through JSON, so that no getter of the page runs while the module is at work.
    const names = module.read(JSON.parse(JSON.stringify(config ?? null)));
    if (!names) complain("alreadyStarted");
    else if (names.length) Promise.all(names.map((name) => json("services/" + name + ".json").catch(nothing))).then((manifests) => finish(names, manifests));
    else finish([], []);
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
      host.consent("default", signals);
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
