// The loader of a built site, the first thing that a page gets: it begins to fetch the module, publishes `window.kelisim`,
// tells Google's consent mode that everything is denied, shows the first layer where nobody was ever asked here, and opens
// the module once it is there. It decides nothing about consent. Where anything fails, nothing is started, the page goes
// on, and one line on the console says why.

import { makeApi } from "./api.js";
import { cookiesNow, offerAudit, refuseAudit } from "./audit.js";
import { attempt, ofDocument } from "./document.js";
import { complain } from "./failure.js";
import { makeFiles } from "./files.js";
import { denyByDefault } from "./google.js";
import { renewed, takenOver } from "./renew.js";
import { start, whenOpened } from "./start.js";

// `kelisim build` puts here what the script must know of the site to ask, what it needs besides itself, and the styles of the
// first layer; in a single file the whole site, and the module's bindings.
const site = __KELISIM_SITE__;
const known = __KELISIM_FILES__;
const styles = __KELISIM_STYLES__;
const bindings = __KELISIM_BINDINGS__;

// `earlier` is what an older copy of this script leaves to the one that it fetched in its place (`renew.js`).
function begin(script, earlier) {
  const tag = earlier?.tag ?? script;
  const base = tag?.src || ofDocument("baseURI");
  const api = earlier?.api ?? makeApi(__KELISIM_VERSION__, callsOf(base));
  const files = makeFiles(known, bindings, base, tag);
  // Who has answered is shown no layer, and waits for what they granted.
  if (attempt(() => localStorage.getItem("kelisim"))) files.begin();
  const option = (name) => tag?.getAttribute("data-" + name);
  const layer = option("google") === "off" ? undefined : option("layer") || "dataLayer";
  if (!earlier) {
    if (layer && site.googleConsent) denyByDefault(layer);
    api.publish();
  }
  const renew = (file) => !earlier && renewed(file, tag, api);
  whenOpened(() => start({ site, styles, files, layer, nonce: tag?.nonce ?? "", api, renew }));
}

// What the API does that only the script of a built site knows: it has its site already, and the audit's files lie beside it.
const callsOf = (base) => ({
  start: () => complain({ code: "alreadyStarted" }),
  audit: site.audit ? offerAudit(() => import(new URL("kelisim-audit.js", base)), cookiesNow()) : refuseAudit,
});

const script = ofDocument("currentScript");
const earlier = takenOver(script);
if (window.kelisim?.allows && !earlier) console.warn("kelisim: a second copy; it does nothing");
else begin(script, earlier);
