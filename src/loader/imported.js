// Brings a module script that lies beside this one. Unlike a script element it does not hold up the page's `load` while it is
// on its way. It must not know what is in it.

import { ofDocument } from "./document.js";

// What the script exports, once `checked` says that its bytes are right.
export async function imported(address, integrity, nonce, checked) {
  const link = preload(address, integrity, nonce);
  try {
    await checked;
    return await import(address);
  } finally {
    link.remove();
  }
}

// `import` takes no hash. Where a browser preloads modules, it imports that very module, or none if it has another hash; in an
// older one what was checked has to do.
function preload(address, integrity, nonce) {
  const link = Document.prototype.createElement.call(document, "link");
  Object.assign(link, { rel: "modulepreload", href: address, integrity, nonce: nonce ?? "", crossOrigin: "anonymous" });
  ofDocument("documentElement").append(link);
  return link;
}
