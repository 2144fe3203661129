// What the edge needs and only JavaScript can make: functions that keep their real `arguments`, the one Trusted Types
// policy, and frozen objects. It decides nothing, keeps no state of a visit, and knows no vendor by name.

// The policy allows what this file hands it, and nothing of the page's reaches it: addresses of the compiled site, the
// page's own gated scripts, and this build's own HTML. Where the page forbids its name, a page that enforces Trusted
// Types refuses the plain strings, and everything stays closed.
const rules = { createHTML: String, createScriptURL: String, createScript: String };
let policy;

// It is made when it is first needed: a second copy of the script on a page must not ask for the name again.
const trusted = () => (policy ??= makePolicy());

function makePolicy() {
  try {
    return window.trustedTypes?.createPolicy("kelisim", rules) ?? rules;
  } catch {
    return rules;
  }
}

// A newer copy of the script goes on with the policy of the one before it.
export const policyInUse = () => trusted();
export const goOnWith = (earlier) => {
  policy = earlier;
};

export const trustedAddress = (address) => trusted().createScriptURL(address);
export const trustedScript = (code) => trusted().createScript(code);

// The one place where HTML is made of a string.
export function fragment(html) {
  const template = Document.prototype.createElement.call(document, "template");
  template.innerHTML = trusted().createHTML(html);
  return template.content;
}

// A function that keeps the `arguments` of each call in a list of its own. Once a vendor has put `callMethod` on it, that
// is called instead.
export const queue = (list) =>
  function queue() {
    if (queue.callMethod) queue.callMethod(...arguments);
    else (queue[list] ||= []).push(arguments);
  };

// A function that puts the `arguments` of each call into a list of `window`. An element of the page may have its name.
export const layered = (layer) =>
  function gtag() {
    if (!Array.isArray(window[layer])) window[layer] = [];
    window[layer].push(arguments);
  };

// A method that puts its name and its arguments as a list at the end of another list.
export const pushed = (list, name) =>
  function () {
    list.push([name, ...arguments]);
  };

// A function that does nothing and has the properties of the one before it. A page that waits to be called back, with a
// function or an `event_callback`, is called back: its forms and links go on working (requirement P-05).
export const silent = (before) =>
  Object.assign((...given) => {
    for (const one of given) {
      const back = typeof one === "function" ? one : one?.event_callback;
      if (typeof back === "function") setTimeout(back);
    }
  }, before);

// JSON as an object that the page can read and cannot change, however deep.
export const frozen = (json) => JSON.parse(json, (_, value) => Object.freeze(value));

// Selects the words of a field, and copies them where the browser lets a page do that; else they are selected.
export function copy(field) {
  field.select();
  navigator.clipboard.writeText(field.value).catch(() => {});
}

// The first element that a selector names in an open shadow root of the page.
export function inShadowRoot(selector) {
  for (const { shadowRoot } of document.querySelectorAll("*")) {
    const found = shadowRoot?.querySelector?.(selector);
    if (found) return found;
  }
}

// What `put` puts into the page runs, and what it writes into a document that is there already would take the place of the
// whole page (requirement P-08). Whether it tried to. A page with a way of its own to write keeps it.
export function withoutWriting(put) {
  let hasWritten = false;
  const note = () => {
    hasWritten = true;
  };
  const writers = ["write", "writeln"].filter((name) => !Object.hasOwn(document, name));
  for (const name of writers) document[name] = note;
  try {
    put();
  } finally {
    for (const name of writers) delete document[name];
  }
  return hasWritten;
}
