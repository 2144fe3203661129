// The entry for bundlers, `kelisim.mjs`: `import { start } from "kelisim"; await start(site)`, with a compiled site or a
// configuration. Nothing happens before `start` is called. Scripts and modules beside it are named in a way that bundlers see.

import { makeGeneric } from "./generic.js";

// Starts Kelisim and gives a promise of `window.kelisim`. It rejects with a `KelisimError`, and then everything stays closed.
export function start(given, { nonce = "", layer = "dataLayer", google = true } = {}) {
  if (window.kelisim?.allows) return window.kelisim.start(given);
  const beside = {
    base: import.meta.url,
    compiler: () => import("./kelisim-compiler.js"),
    audit: () => import("./kelisim-audit.js"),
  };
  makeGeneric({ beside, nonce, layer: google ? layer : undefined, denies: true }).startWith(given);
  return window.kelisim.ready;
}
