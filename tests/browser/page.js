// What the tests do to the page around the edge, where it takes JavaScript to do it.

let stage;
const consoleError = console.error;
const own = {
  localStorage: Object.getOwnPropertyDescriptor(window, "localStorage"),
  sessionStorage: Object.getOwnPropertyDescriptor(window, "sessionStorage"),
  setItem: Storage.prototype.setItem,
  cookie: Object.getOwnPropertyDescriptor(Document.prototype, "cookie"),
  fetch: window.fetch,
};
const body = () => Reflect.get(Document.prototype, "body", document);

// Puts elements into the page, in place of those before, and takes back whatever a test before this one has broken.
export function setStage(html) {
  stage?.remove();
  allowAll();
  stage = Document.prototype.createElement.call(document, "div");
  stage.innerHTML = html;
  window.ran = [];
  body().append(stage);
}

export function allowAll() {
  Object.defineProperty(window, "localStorage", own.localStorage);
  Object.defineProperty(window, "sessionStorage", own.sessionStorage);
  Object.defineProperty(Document.prototype, "cookie", own.cookie);
  Storage.prototype.setItem = own.setItem;
  window.fetch = own.fetch;
}

const denied = () => {
  throw new DOMException("denied", "SecurityError");
};

// A browser that denies storage throws where it is only looked at.
export function denyStorage() {
  for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { configurable: true, get: denied });
}

// A browser without a store.
export function removeStorage() {
  Object.defineProperty(window, "localStorage", { configurable: true, value: null });
}

// A store that is full: with something in it nothing has room, and without it a text that is not too long.
export function fillStorage(room) {
  Storage.prototype.setItem = function (key, text) {
    if (this.getItem(key) !== null || text.length > room) throw new DOMException("full", "QuotaExceededError");
    own.setItem.call(this, key, text);
  };
}

// A document in a sandbox has no cookies.
export const denyCookies = () => Object.defineProperty(Document.prototype, "cookie", { configurable: true, get: denied, set: denied });

// Whatever the page runs, as an expression; what it is, as text.
export const evaluate = (code) => String((0, eval)(code));

// Whatever the page runs, as an expression; what it is, as it is.
export const value = (code) => (0, eval)(code);

export const ran = () => window.ran.join(" ");
export const count = (selector) => Document.prototype.querySelectorAll.call(document, selector).length;
export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Kelisim's lines on the console while a test runs; a failing test's own go on.
let lines = [];

export function hearConsole() {
  lines = [];
  console.error = (line, ...more) => (String(line).startsWith("kelisim:") ? lines.push(line) : consoleError(line, ...more));
}

export function consoleLines() {
  console.error = consoleError;
  return lines.join("\n");
}

// What the page fetches from now on, and how it is answered: a status, 0 where the network fails, or 1 where it throws.
export function answerFetches(status) {
  window.fetched = [];
  window.fetch = (address, request) => {
    window.fetched.push([address, request.method, request.body, request.credentials, request.referrerPolicy, request.keepalive].join(" "));
    if (status === 1) throw new Error("mine");
    return status ? Promise.resolve(new Response(null, { status })) : Promise.reject(new TypeError("network"));
  };
}

// An uncaught error of a page's script is the page's own.
window.addEventListener("error", (event) => event.preventDefault());
