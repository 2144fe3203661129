// The generic `kelisim.js`, for pages without a build: its tag names a configuration in `data-config`, or the page calls
// `kelisim.start(configuration)`. It publishes `window.kelisim` at once, and fetches nothing before it has a configuration to
// ask for.

import { findConfiguration } from "./configuration.js";
import { ofDocument } from "./document.js";
import { complain, missing } from "./failure.js";
import { fetchWhole } from "./files.js";
import { makeGeneric } from "./generic.js";
import { imported } from "./imported.js";

// The build puts here the hashes of both modules and of the compiler's script.
const module = { name: "kelisim.wasm", integrity: __KELISIM_MODULE_INTEGRITY__ };
const compilerModule = { name: "kelisim-compiler.wasm", integrity: __KELISIM_COMPILER_INTEGRITY__ };
const compilerScript = { name: "kelisim-compiler.js", integrity: __KELISIM_COMPILER_SCRIPT_INTEGRITY__ };

// What Google has among its vendors, as an owner or this catalogue would write it.
const GOOGLES = /google|gtag|gtm/i;

const LOST =
  "no configuration by the page's load: the tag has no data-config (lost by a tag manager, by joining or inlining the script, " +
  "or by type=module), and nothing has called kelisim.start(configuration)";

function begin(tag) {
  const option = (name) => tag?.getAttribute("data-" + name);
  const base = tag?.src || ofDocument("baseURI");
  const source = option("config");
  const { text, value } = source ? findConfiguration(source) : {};
  const { startWith, isStarted } = makeGeneric({
    beside: besideOf(base, tag?.nonce),
    nonce: tag?.nonce ?? "",
    layer: option("google") === "off" ? undefined : option("layer") || "dataLayer",
    // Nobody knows yet what an address names.
    denies: text === undefined || GOOGLES.test(text),
  });
  if (source) startWith(value);
  else onceLoaded(() => isStarted() || complain({ code: "noConfiguration", message: LOST }));
}

function besideOf(base, nonce) {
  const bytes = (file) => fetchWhole(file, base, (response) => response.arrayBuffer());
  return {
    module: () => bytes(module),
    compilerModule: () => bytes(compilerModule),
    async compiler() {
      const address = new URL(compilerScript.name, base);
      try {
        return await imported(address, compilerScript.integrity, nonce);
      } catch ({ message }) {
        throw missing(compilerScript, address, message);
      }
    },
    audit: () => import(new URL("kelisim-audit.js", base)),
  };
}

function onceLoaded(go) {
  if (ofDocument("readyState") === "complete") go();
  else addEventListener("load", go, { once: true });
}

if (window.kelisim?.allows) console.warn("kelisim: a second copy; it does nothing");
else begin(ofDocument("currentScript"));
