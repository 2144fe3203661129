// The entry for bundlers, `kelisim.mjs`: `import { start } from "kelisim"; await start(site)`, with a compiled site or a
// configuration. Nothing happens before `start` is called, and what only a configuration needs is fetched with one. Everything
// beside this file is named in the one form that bundlers know for it, `new URL("…", import.meta.url)`, and so copied by them.

import { ofDocument } from "./document.js";
import { startIn } from "./entry.js";
import { KelisimError } from "./failure.js";
import { fetchWhole } from "./files.js";

export { KelisimError };

// The build puts here the hashes of both modules.
const module = { integrity: __KELISIM_MODULE_INTEGRITY__, address: () => new URL("./kelisim.wasm", import.meta.url) };
const compiler = { integrity: __KELISIM_COMPILER_INTEGRITY__, address: () => new URL("./kelisim-compiler.wasm", import.meta.url) };

// Starts Kelisim and gives a promise of `window.kelisim`. It rejects with a `KelisimError`, and then everything stays closed.
export function start(given, options = {}) {
  return startIn(given, options, {
    module: () => bytesOf("module", module, options.module),
    compilerModule: () => bytesOf("compiler", compiler, options.compiler),
    compiler: () => import("./kelisim-compiler.js"),
    audit: () => import("./kelisim-audit.js"),
  });
}

// What `WebAssembly` takes: from where the caller says that it is, or from where the bundler has put it.
async function bytesOf(option, { integrity, address }, given) {
  const named = await given;
  if (named instanceof Response) return named.arrayBuffer();
  if (named && typeof named !== "string" && !(named instanceof URL)) return named;
  try {
    return await fetchWhole({ name: named ?? address(), integrity }, ofDocument("baseURI"), (response) => response.arrayBuffer());
  } catch ({ message }) {
    throw new KelisimError("unavailable", `${message}. Where a bundler copies no ${option}, name it: start(site, { ${option} })`);
  }
}
