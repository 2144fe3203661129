// The generic `kelisim.js`, for pages without a build: its tag names a configuration in `data-config`, or the page calls
// `kelisim.start(configuration)`. It publishes `window.kelisim` at once, and fetches nothing before it has a configuration to
// ask for.

import { findConfiguration } from "./configuration.js";
import { ofDocument } from "./document.js";
import { complain } from "./failure.js";
import { makeGeneric } from "./generic.js";
import { imported } from "./imported.js";

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
    beside: {
      base,
      compiler: () => imported(new URL("kelisim-compiler.js", base), __KELISIM_COMPILER_SCRIPT_INTEGRITY__, tag?.nonce),
      audit: () => import(new URL("kelisim-audit.js", base)),
    },
    nonce: tag?.nonce ?? "",
    layer: option("google") === "off" ? undefined : option("layer") || "dataLayer",
    // Nobody knows yet what an address names.
    denies: text === undefined || GOOGLES.test(text),
  });
  if (source) startWith(value);
  else onceLoaded(() => isStarted() || complain({ code: "noConfiguration", message: LOST }));
}

function onceLoaded(go) {
  if (ofDocument("readyState") === "complete") go();
  else addEventListener("load", go, { once: true });
}

if (window.kelisim?.allows) console.warn("kelisim: a second copy; it does nothing");
else begin(ofDocument("currentScript"));
