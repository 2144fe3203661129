// What owners alone fetch, `kelisim-audit.js`: it looks at what a page does besides Kelisim, has the compiler judge that, and
// shows it in a panel where the address asks for one. It decides nothing and starts nothing, and the panel is all that it
// changes in the page.

import { sectionsOf, summaryOf } from "./account.js";
import { attempt, ofDocument } from "./document.js";
import { hear } from "./heard.js";
import { elements, fetched, lookForAudit, namesIn } from "./look.js";
import { openPanel } from "./panel.js";
import { report } from "./report.js";

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
  const { compiler, checked } = await judges(configuration);
  const found = compiler.audit(checked, pageAsIs(cookies));
  found.forEach(say);
  return found;
}

// Shows the panel. Looks once the page is ready, and again after every decision and when vendors have had the time to do what
// they do.
export function watch({ cookies, configuration }) {
  let looked = {};
  const account = () => sectionsOf({ seen: pageToShow(), ...looked, heard });
  const panel = openPanel({
    lookAgain: () => look().then(() => "Looked again.", failed),
    report: () => report(head(), account()),
  });
  const draw = () => panel.show(summaryOf(looked), account());
  const heard = hear(draw);
  draw();

  async function look() {
    const { compiler, checked } = await judges(configuration);
    looked = { inspection: inspected(compiler, checked, cookies), at: performance.now() };
    looked.inspection.findings.forEach(say);
    draw();
  }
  const lookByItself = () => look().catch((error) => panel.say(failed(error)));
  const lookLater = () => setTimeout(lookByItself, VENDORS_TAKE);
  addEventListener("kelisim:decision", () => {
    lookByItself();
    lookLater();
  });
  return window.kelisim.ready
    .catch(() => {})
    .then(lookByItself)
    .then(lookLater);
}

function failed({ message }) {
  attempt(() => console.error(`kelisim: unavailable: ${message}`));
  return `Could not look: ${message}`;
}

// The compiler, and the configuration to hold the page against.
async function judges(configuration) {
  const [checked, compiler] = await Promise.all([configuration ?? configurationBeside(), compilerStarted()]);
  return { checked, compiler };
}

// It is imported only now: whoever listens for what Kelisim does must not wait for it.
let starting;
const compilerStarted = () => (starting ??= startCompiler());

async function startCompiler() {
  const address = new URL("./kelisim-compiler.wasm", import.meta.url);
  const [compiler, bytes] = await Promise.all([import("./kelisim-compiler.js"), fetchedAs("arrayBuffer", address)]);
  await compiler.default({ module_or_path: bytes });
  return compiler;
}

let reading;
const configurationBeside = () => (reading ??= fetchedAs("json", new URL("site.json", here)));

async function fetchedAs(kind, address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}; \`kelisim build\` writes it where "audit" is true`);
  return response[kind]();
}

const pageAsIs = (cookies) => lookForAudit([location.hostname, new URL(here).hostname], cookies);

// What the compiler says of the page, and whose each address is.
function inspected(compiler, checked, cookies) {
  const { gated, started, open } = elements();
  const addresses = [...new Set([...gated, ...started, ...open].map(({ address }) => address).filter(Boolean).concat(fetched()))];
  const seen = { page: pageAsIs(cookies), addresses, localStorage: namesIn("localStorage"), sessionStorage: namesIn("sessionStorage") };
  const inspection = compiler.inspect(checked, seen);
  return { ...inspection, owners: Object.fromEntries(addresses.map((address, place) => [address, inspection.owners[place]])) };
}

// What is shown of the page, as it is at this moment.
function pageToShow() {
  const root = Document.prototype.querySelector.call(document, "#kelisim-root");
  const { version, record, allows } = window.kelisim;
  return {
    version,
    page: location.origin + location.pathname,
    record: record(),
    allowed: allows,
    languages: { spoken: root?.lang, page: ofDocument("documentElement").lang },
    gpc: !!navigator.globalPrivacyControl,
    dnt: navigator.doNotTrack === "1",
    layer: layerIn(root),
    elements: elements(),
    fetched: fetched(),
  };
}

function layerIn(root) {
  if (root?.querySelector("[data-kelisim=settings][open]")) return "the settings are open";
  return root?.querySelector("[data-kelisim=banner]") ? "the first layer stands in the page" : "nothing is asked now";
}

const head = () => [
  `Kelisim ${window.kelisim.version}, audit of ${location.origin + location.pathname}`,
  `${new Date().toISOString()}, ${Math.round(performance.now())} ms after the page's start`,
  navigator.userAgent,
];

function say({ code, about, sentence }) {
  const line = `kelisim: ${about}: ${code}\n    ${sentence}`;
  if (!said.has(line)) attempt(() => console.error(line));
  said.add(line);
}
