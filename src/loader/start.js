// What happens once a site is known, whoever knows it: a script that `kelisim build` made, or one that has just compiled a
// configuration. It shows the first layer where nobody was ever asked here, fetches what the module needs, and opens it.
// Where anything fails, nothing is started, the page goes on, and one line on the console says why.

import { ask, removeOthers } from "./asking.js";
import { adopt, adoptLost, ofDocument } from "./document.js";
import { asFailure, blocked, complain } from "./failure.js";
import { mayCompile } from "./first-layer.js";
import { chooseLanguage } from "./language.js";

// How long a frame is waited for, in milliseconds.
const LONGEST_FRAME = 500;

// Nobody looks at a page that is rendered in advance, and nothing happens in it.
export function whenOpened(go) {
  if (!ofDocument("prerendering")) go();
  else EventTarget.prototype.addEventListener.call(document, "prerenderingchange", go, { once: true });
}

// `files` are module, bindings and settings, on their way; `styles` those of the first layer. `renew` may put another script
// in the place of this one where a file is gone, and says whether it did.
export async function start({ site, styles, files, layer, nonce, api, renew }) {
  let asking;
  try {
    const chosen = chooseLanguage(site.languages.map((language) => language.tag));
    asking = ask(site, chosen, styles);
    if (asking) {
      api.asked();
      await painted();
    }
    const language = asking?.language ?? chosen;
    const fetchSettings = settingsWithStyles(files);
    const fetching = fetchAll(files, asking && fetchSettings(language), asking, renew);
    if (!asking) adopt(styles);
    const fetched = await fetching;
    if (!fetched) return;
    fetched.bindings.instantiate({ module: fetched.module });
    open(fetched.bindings.Kelisim, { site: whole(site, fetched.bindings.rest), language, settings: fetched.settings, layer, nonce, fetchSettings, adoptLost }, chosen, asking, api);
  } catch (thrown) {
    // To try it in advance would cost every page time.
    const failure = mayCompile() ? asFailure(thrown) : blocked();
    asking?.giveUp();
    complain(failure);
    api.fail(failure);
  }
}

// The site with what came with the bindings; a page that has it whole gets nothing there.
function whole(site, rest) {
  if (!rest) return site;
  const languages = rest.languages.map((language, place) => ({ ...language, firstLayer: site.languages[place].firstLayer }));
  return { ...rest, languages };
}

// What the visitor is to read comes before whatever is fetched for the time after it. A page in the background paints nothing.
const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_FRAME);
  });

// The HTML of the settings in a language; their styles are the same in each.
function settingsWithStyles(files) {
  let areDressed = false;
  return async (language) => {
    const { html, styles } = await files.settings(language);
    if (!areDressed) adopt(styles);
    areDressed = true;
    return html;
  };
}

// The module with its bindings, and, where a layer asks, the settings: nobody agrees to a notice that cannot be read. Without
// settings the layer goes, and the module starts all the same and says so. Nothing where a newer script has taken over.
async function fetchAll(files, settings, asking, renew) {
  const fetched = {};
  settings?.catch(() => {});
  const [module, bindings] = [files.module(), files.bindings()];
  try {
    fetched.bindings = await bindings;
    fetched.module = await module;
    fetched.settings = await (asking && Promise.race([settings, asking.needsNoSettings]));
  } catch (failure) {
    if (failure.file && (await renew(failure.file))) return undefined;
    if (!fetched.module) throw failure;
    asking.giveUp();
  }
  return fetched;
}

// Opens the module, which takes over the very layer that stands there; what was pressed on it is handed over once. A layer
// that was printed in another language than the visitor's goes on in the visitor's, unless somebody has answered it.
function open(Kelisim, surroundings, chosen, asking, api) {
  const { root, press } = asking?.takeOver() ?? {};
  removeOthers(root);
  const pressedInVain = !!asking?.pressedInVain();
  const module = Kelisim.open({ ...surroundings, root, pressedInVain });
  api.open(module, () => {
    module.begin();
    if (press) module.press(...press);
    else if (root && surroundings.language !== chosen) module.language(chosen);
  });
}
