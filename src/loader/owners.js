// What owners alone fetch, `kelisim-audit.js`: it looks at what a page does besides Kelisim, and has the compiler judge that.
// It decides nothing and starts nothing, and all that it changes in the page is the list that the address asks for.

import startCompiler, { audit as judge } from "./kelisim-compiler.js";
import { attempt, ofDocument } from "./document.js";

// Where each kind of thing is found: a selector, and the property that says what it is. Kelisim marks what it starts.
const PLACES = [
  ["element", ":is(script,iframe,img,embed,video,audio,source)[src]:not([data-kelisim-state])", "src"],
  ["noScript", "noscript", "textContent"],
  ["hint", "link:is([rel~=preconnect],[rel~=dns-prefetch],[rel~=preload],[rel~=prefetch],[rel~=modulepreload])", "href"],
];

const LIST = "kelisim-audit-list";

// How long vendors may take to come and to set their cookies, in milliseconds.
const VENDORS_TAKE = 3000;

// Where this lies. A bundler takes an address that is written with `import.meta.url` itself for a file to copy, and there is no
// `site.json` in its reach.
const here = import.meta.url;

// What the console has said already.
const said = new Set();

// What was found: `[{code, about, sentence}]`. `cookies` are those that were there when the page began; `configuration` is what
// the page was started with, or else what lies beside this file. What is new is said on the console.
export async function audit({ cookies, configuration }) {
  const [checked] = await Promise.all([configuration ?? configurationBeside(), compilerStarted()]);
  const found = judge(checked, look(cookies));
  found.forEach(say);
  if (location.hash === "#kelisim-audit") list(found);
  return found;
}

// Looks once the page is ready, and again after every decision and when vendors have had the time to do what they do.
export function watch(given) {
  const lookNow = () => audit(given).catch(({ message }) => attempt(() => console.error(`kelisim: unavailable: ${message}`)));
  const lookLater = () => setTimeout(lookNow, VENDORS_TAKE);
  addEventListener("kelisim:decision", lookLater);
  return window.kelisim.ready
    .catch(() => {})
    .then(lookNow)
    .then(lookLater);
}

let starting;
const compilerStarted = () =>
  (starting ??= fetched(new URL("./kelisim-compiler.wasm", import.meta.url), "arrayBuffer").then((bytes) =>
    startCompiler({ module_or_path: bytes }),
  ));

let reading;
const configurationBeside = () => (reading ??= fetched(new URL("site.json", here), "json"));

async function fetched(address, as) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}; \`kelisim build\` writes it where "audit" is true`);
  return response[as]();
}

// As the compiler's `audit.rs` reads it.
const look = (cookiesBefore) => ({
  hosts: [location.hostname, new URL(here).hostname],
  seen: [...PLACES.flatMap(inPage), ...resources()],
  cookies: attempt(() => ofDocument("cookie")) ?? "",
  cookiesBefore,
  granted: granted(),
});

const inPage = ([place, selector, property]) =>
  [...Document.prototype.querySelectorAll.call(document, selector)].map((element) => ({ place, what: String(element[property] ?? "") }));

const resources = () => performance.getEntriesByType("resource").map(({ name }) => ({ place: "resource", what: name }));

// The services that the visitor's record grants.
function granted() {
  const services = Object.entries(window.kelisim.record()?.services ?? {});
  return services.filter(([, isGranted]) => isGranted).map(([id]) => id);
}

function say({ code, about, sentence }) {
  const line = `kelisim: ${about}: ${code}\n    ${sentence}`;
  if (!said.has(line)) attempt(() => console.error(line));
  said.add(line);
}

// Lists what was found at the end of the page, in the place of the list before.
function list(found) {
  const create = (name) => Document.prototype.createElement.call(document, name);
  const listed = create("ol");
  listed.id = LIST;
  const lines = found.map(({ code, about, sentence }) => `${code}: ${about}. ${sentence}`);
  for (const line of lines.length ? lines : ["Nothing was found that the configuration does not name."]) {
    const item = create("li");
    item.append(line);
    listed.append(item);
  }
  Document.prototype.querySelector.call(document, "#" + LIST)?.remove();
  ofDocument("body").append(listed);
}
