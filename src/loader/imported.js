// Brings a module script that lies beside this one. Unlike a script element it does not hold up the page's `load` while it is
// on its way. It must not know what is in it.

import { ofDocument } from "./document.js";

// What the script exports. `import` takes no hash, but where a browser preloads modules it imports that very module, or none if
// it has another hash; where it does not, the script is fetched by its hash first. `whole`, if given, does that, and where
// nothing was imported it says why.
export async function imported(address, integrity, nonce, whole) {
  const link = preload(address, integrity, nonce);
  const isChecked = link.relList.supports("modulepreload");
  try {
    if (!isChecked) await whole?.();
    return await import(address);
  } catch (error) {
    if (isChecked) await whole?.();
    throw error;
  } finally {
    link.remove();
  }
}

function preload(address, integrity, nonce) {
  const link = Document.prototype.createElement.call(document, "link");
  Object.assign(link, { rel: "modulepreload", href: address, integrity, nonce: nonce ?? "", crossOrigin: "anonymous" });
  ofDocument("documentElement").append(link);
  return link;
}
