// What can keep Kelisim from starting, as the page learns of it: an error with a code that does not change, and one line
// on the console with the cause and the mend. It must not throw: whatever fails, the page goes on.

import { attempt } from "./document.js";

export class KelisimError extends Error {
  // `problems` are those of a configuration that was refused.
  constructor(code, message, problems = []) {
    super(message);
    this.name = "KelisimError";
    this.code = code;
    this.problems = problems;
  }
}

export const blocked = () =>
  new KelisimError("blocked", "no WebAssembly here; does the Content-Security-Policy allow 'wasm-unsafe-eval' in script-src?");

export const late = () => new KelisimError("unavailable", "module or settings are still on their way, so the first layer is gone");

// `file` is what the script knows of it, `cause` what the browser says.
export function missing(file, address, cause) {
  const headers = address.origin === location.origin ? "" : ", with Access-Control-Allow-Origin";
  const mend = `serve the files beside the script as they are, all of one build${headers}`;
  return Object.assign(new KelisimError("unavailable", `${address}: ${cause}; ${mend}`), { file });
}

// What the module throws instead of opening, by its codes.
const REFUSALS = {
  otherFormat: "the site was compiled for another runtime; run `kelisim build` anew",
  scopeElsewhere: "the site's scope does not cover this host; build it with the scope of this host, or with none",
};

// Whatever was thrown.
export function asFailure(thrown) {
  if (thrown instanceof KelisimError) return thrown;
  if (REFUSALS[thrown]) return new KelisimError(thrown, REFUSALS[thrown]);
  return new KelisimError("unavailable", String(attempt(() => thrown.message) ?? thrown));
}

// One line on the console. A page may have replaced the function by one that throws.
export const complain = ({ code, message }) => attempt(() => console.error("kelisim: " + (message ? `${code}: ${message}` : code)));
