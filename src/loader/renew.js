// A browser or a cache may have an older script than the server has files. Where a file is gone, the script is fetched once
// more past every cache, and one with other files runs in the place of this one. Never more than once.

import { goOnWith, policyInUse } from "kelisim/page";
import { run } from "./script.js";

// Whether a newer script has taken over. `file` is what did not come, `tag` the tag of this script, `api` what the page
// has already.
export async function renewed(file, tag, api) {
  try {
    return (await hasOthers(file, tag.src)) && (await runAnew(tag, api));
  } catch {
    return false;
  }
}

async function hasOthers(file, address) {
  const response = await fetch(address, { cache: "reload" });
  const text = await response.text();
  // A server may answer with a page where a script is missing.
  return response.ok && text.includes('"sha384-') && !text.includes(file.integrity);
}

// It goes on with the tag, the API that the page has already, and the Trusted Types policy, whose name a page gives out once.
// By another address: a browser keeps what it has loaded once in a document.
function runAnew(tag, api) {
  const address = tag.src + (tag.src.includes("?") ? "&" : "?") + "renewed";
  return run(address, { nonce: tag.nonce, crossOrigin: tag.crossOrigin }, { tag, api, policy: policyInUse() });
}

// What an older copy of this script leaves to this one; nothing where there was none.
export function takenOver(script) {
  const left = script?.kelisim?.();
  if (left) goOnWith(left.policy);
  return left;
}
