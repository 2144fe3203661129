// The inline script of a first layer that the owner's server printed, right behind its markup: it shows the layer before
// the loader is there, under the loader's own rules, and in doubt it does not. The loader takes the layer over, or replaces
// it. Whatever throws leaves the layer hidden, and so does a browser that cannot read this.
//
// Its tag says in `data-signals` which members of `navigator` may have answered, and in `data-apology` what the status line
// says to who had pressed in vain.

import { putFirst } from "./document.js";
import { keepPresses, mayShow } from "./first-layer.js";

try {
  const { signals, apology } = document.currentScript.dataset;
  const root = document.querySelector("body > #kelisim-root[hidden]");
  // The loader was faster, or the page has this markup twice.
  if (document.querySelectorAll(":root > #kelisim-root, body > #kelisim-root")[1]) root.remove();
  // Where a policy stopped its styles, or a browser cannot read them, it would stand in the middle of the page. To ask what
  // became of the element itself would have the page styled twice before the first paint.
  else if (document.querySelector("style[data-kelisim=styles]").sheet?.cssRules.length && mayShow(signals.split(" "), true)) {
    root.hidden = false;
    putFirst(root);
    const { giveUp } = keepPresses(root, { patience: 0, apology });
    // Without waiting for the page's last image.
    addEventListener("error", ({ target }) => target.localName === "script" && /\/kelisim[^/?]*\.js/.test(target.src) && giveUp(), true);
  }
} catch {}
