// What the tests do to the page around Kelisim, where it takes JavaScript to do it.

let stage;
const console_error = console.error;
const storage = Object.getOwnPropertyDescriptor(window, "localStorage");

// Puts elements into the page, in place of those before, and forgets what ran.
export function setStage(html) {
  stage?.remove();
  // What a test that failed has left behind.
  allowStorage();
  stage = document.createElement("div");
  stage.innerHTML = html;
  window.ran = [];
  Document.prototype.querySelector.call(document, "body").append(stage);
}

// What the page's scripts said when they ran, in their order.
export const ran = () => window.ran.join(" ");

export const count = (selector) => Document.prototype.querySelectorAll.call(document, selector).length;

// Clicks as a visitor does. Whether somebody took the click for their own, so that the browser does nothing.
export function click(selector) {
  let taken = false;
  window.addEventListener("click", (event) => (taken = event.defaultPrevented), { once: true });
  Document.prototype.querySelector.call(document, selector).click();
  return taken;
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Kelisim's lines on the console while a test runs; a failing test's own go on.
let lines = [];

export function hearConsole() {
  lines = [];
  console.error = (line, ...more) => (String(line).startsWith("kelisim:") ? lines.push(line) : console_error(line, ...more));
}

export function consoleLines() {
  console.error = console_error;
  return lines.join("\n");
}

// A browser that denies storage throws where it is only looked at.
export const denyStorage = () =>
  Object.defineProperty(window, "localStorage", {
    configurable: true,
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });

export const allowStorage = () => Object.defineProperty(window, "localStorage", storage);

// Counts the events of a name from now on.
const heard = {};

export function countEvents(name) {
  if (heard[name] === undefined) window.addEventListener(name, () => heard[name]++);
  heard[name] = 0;
}

export const eventCount = (name) => heard[name];

// An uncaught error of a page's script is the page's own.
window.addEventListener("error", (event) => event.preventDefault());

// What `document.body` is for a script that trusts it.
export const plainBody = () => document.body.localName;

// Values that a page may hand over and JSON has no word for.
export function oddValue(name) {
  switch (name) {
    case "undefined":
      return undefined;
    case "function":
      return () => 1;
    case "symbol":
      return Symbol("x");
    case "bigint":
      return 1n;
    case "not a number":
      return NaN;
    case "infinity":
      return [Infinity, -Infinity];
    case "members without a word":
      return { a: 1, gone: undefined, called: () => 1, list: [undefined, () => 1] };
    case "a cycle": {
      const cycle = {};
      cycle.self = cycle;
      return cycle;
    }
    case "a getter that throws":
      return {
        get a() {
          throw new Error("mine");
        },
      };
    case "controls":
      return ["\b\f\n\r\t\u0001\u001f\u007f\"\\/", "\u{1f600}", "\u2028"];
    case "half a character":
      return "a\ud800b";
    case "no prototype":
      return Object.assign(Object.create(null), { a: [1] });
    case "numbers":
      return [0, -0, 0.1, -2.5, 1e21, 1e-7, 123456.789, 2 ** 53, 1735689600123];
  }
}

export function nested(levels) {
  let value = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}
