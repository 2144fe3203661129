// The entry for bundlers that copy no files, and for bundles that are one classic script: `import { start } from
// "kelisim/inline"`. The module is in it, a third heavier; the compiler is not, so it takes a compiled site and nothing else.

// The module in base64, as the build finds it.
import module from "kelisim/module";
import { startIn } from "./entry.js";
import { KelisimError } from "./failure.js";

export { KelisimError };

// Starts Kelisim and gives a promise of `window.kelisim`. It rejects with a `KelisimError`, and then everything stays closed.
export function start(given, options) {
  return startIn(given, options, {
    module: async () => Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0)),
    compilerModule: refuse,
    compiler: refuse,
    audit: refuse,
  });
}

async function refuse() {
  throw new KelisimError("unavailable", 'kelisim/inline has no compiler: give it what `kelisim build --module` wrote, or import "kelisim"');
}
