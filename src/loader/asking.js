// The first layer before the module: whether the loader shows one, and which element it is. A layer that the owner's server
// printed is taken over if it is, word for word, what this build shows in its language; any other gives way.

import { fragment } from "kelisim/page";
import { adopt, attempt, ofDocument, putFirst } from "./document.js";
import { complain, late } from "./failure.js";
import { controlOf, keepPresses, mayShow } from "./first-layer.js";

// How long after the page's load module and settings may take, in milliseconds.
const PATIENCE = 9000;

// The layer that asks from now on, in the language that was chosen or that it was printed in; nothing where nobody is to be
// asked before the module has looked. Its styles are there before it is.
export function ask(site, chosen, styles) {
  const [printed] = roots();
  const click = printed?.kelisim && kept(printed.kelisim());
  if (!site.categories.length || !mayShow(signalsOf(site), site.scope)) {
    printed?.remove();
    return undefined;
  }
  adopt(styles);
  const inLanguage = (tag) => site.languages.find((language) => language.tag === tag);
  const printedIn = printed && inLanguage(printed.lang);
  if (printedIn && printed.isEqualNode(drawn(printedIn))) return keepUp(printed, printedIn, click);
  const language = inLanguage(chosen);
  const root = drawn(language);
  put(root, printed);
  return keepUp(root, language);
}

const drawn = (language) => fragment(language.firstLayer).firstElementChild;

const signalsOf = ({ signals }) => ["globalPrivacyControl", ...(signals.doNotTrack ? ["doNotTrack"] : [])];

// Beside the body, or first in it, where an owner's server has printed one: an element of that name elsewhere is the page's.
const roots = () => ["documentElement", "body"].flatMap(childrenOf).filter((element) => element.id === "kelisim-root");

const childrenOf = (name) => [...(ofDocument(name)?.children ?? [])];

// One root is enough: a printed one may have come after the loader had looked.
export const removeOthers = (root) => roots().forEach((other) => other === root || other.remove());

// A click as only the browser makes it: the accessor throws for what merely looks like one.
const kept = (click) => attempt(() => Reflect.get(Event.prototype, "type", click)) === "click" && click;

// Puts the root before the page, in the place of another one. The keyboard goes on with the control that it was on.
function put(root, other) {
  const focused = other?.querySelector(":focus")?.dataset.kelisimAction;
  other?.remove();
  putFirst(root);
  if (focused) root.querySelector(`[data-kelisim-action=${focused}]`)?.focus();
}

// Keeps what is pressed until the module takes the root over.
function keepUp(root, language, click) {
  let goOn;
  // A refusal needs no settings, and neither does a layer that is gone.
  const needsNoSettings = new Promise((resolve) => (goOn = resolve));
  const keeping = keepPresses(root, {
    patience: PATIENCE,
    apology: language.status.unavailable,
    click,
    onPress: (action) => action === "reject" && goOn(),
    onLate() {
      goOn();
      complain(late());
    },
  });
  let taken;
  return {
    language: language.tag,
    needsNoSettings,
    pressedInVain: keeping.pressedInVain,
    // Also where the module took the root over and then failed.
    giveUp() {
      if (taken) taken.remove();
      else keeping.giveUp();
    },
    // The root for the module, and what was pressed last: `[action, language]`, or nothing. Where a page has changed the
    // layer, an answer to it is none, and it is asked anew.
    takeOver() {
      if (keeping.isOver()) {
        if (!root.hidden) return { root };
        root.remove();
        return {};
      }
      const last = keeping.handOver();
      taken = root;
      if (root.isEqualNode(drawn(language))) return { root, press: last && pressOf(controlOf(root, last)) };
      taken = drawn(language);
      put(taken, root);
      return { root: taken };
    },
  };
}

const pressOf = (control) => control && [control.dataset.kelisimAction, control.dataset.kelisimLanguage];
