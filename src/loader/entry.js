// What the entries for bundlers share: `start`, with the options that a tag has as attributes. It must not know where anything
// lies that the entry brings.

import { KelisimError } from "./failure.js";
import { makeGeneric } from "./generic.js";

// On a page that has Kelisim already, another call of `start` gives the same promise, and starts nothing.
export async function startIn(given, { nonce = "", layer = "dataLayer", google = true } = {}, beside) {
  if (typeof window === "undefined") throw new KelisimError("unavailable", "there is no page here: call start in the browser");
  if (window.kelisim?.allows) return window.kelisim.start(given);
  makeGeneric({ beside, nonce, layer: google ? layer : undefined, denies: true }).startWith(given);
  return window.kelisim.ready;
}
