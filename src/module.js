// The entry for bundlers, `kelisim.mjs`: the same Kelisim with the module in a file of its own, `kelisim.wasm`.
// `import { start } from "kelisim"; await start(configuration)`. Nothing happens before `start` is called.

import { imports, makeHost, publish } from "./host.js";
import { whole } from "./styles.js";

let starting;

/**
 * Starts Kelisim with a configuration and resolves to `window.kelisim`; rejects with `{code, problems}`, and then
 * everything stays closed.
 */
export function start(configuration, { base = new URL(".", import.meta.url).href, nonce, layer = "dataLayer", google = true } = {}) {
  return (starting ??= load(configuration, { base, nonce, layer, google }));
}

async function load(configuration, options) {
  const { api, fail, consentDefault, run } = makeHost({
    ...options,
    version: __KELISIM_VERSION__,
    styles: __KELISIM_STYLES__,
    whole,
    locales: __KELISIM_TEXTS__,
    services: __KELISIM_SERVICES__,
    template: __KELISIM_LAYER__,
  });
  consentDefault();
  try {
    const response = await fetch(new URL("kelisim.wasm", import.meta.url));
    const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), { host: imports });
    run(instance.exports);
  } catch {
    fail("blocked", "kelisim.wasm could not be fetched or compiled; serve it beside kelisim.mjs and add 'wasm-unsafe-eval' to script-src");
  }
  publish(api);
  return api.start(configuration);
}
