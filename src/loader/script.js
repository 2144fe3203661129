// Runs a script of Kelisim's own in the page, and leaves it what nobody else may have: only while that very script runs, and
// once. It must not know what the script does.

import { trustedAddress } from "kelisim/page";
import { ofDocument } from "./document.js";

// Resolves when the script has run, with whether it took what was left to it; rejects where it could not be had.
export async function run(address, { nonce, crossOrigin }, left) {
  const script = Document.prototype.createElement.call(document, "script");
  let isTaken = false;
  script.kelisim = () => {
    if (isTaken || ofDocument("currentScript") !== script) return undefined;
    isTaken = true;
    return left;
  };
  script.nonce = nonce;
  script.crossOrigin = crossOrigin;
  const ended = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error("it could not be loaded"));
  });
  script.src = trustedAddress(String(address));
  ofDocument("documentElement").append(script);
  try {
    await ended;
  } finally {
    script.remove();
  }
  return isTaken;
}
