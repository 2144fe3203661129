// A first layer that stands in the page before the module is there: whether it may, and what is pressed on it. The loader
// uses this for the layer that it shows, and `printed.js` for one that the owner's server printed. It decides nothing: a
// press is kept, and handed over once; where the module does not come, it counts for nothing.

import { ofDocument } from "./document.js";

// An empty module: where a browser may not compile this, it may compile nothing.
const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

export function mayCompile() {
  try {
    return !!new WebAssembly.Instance(new WebAssembly.Module(EMPTY_MODULE));
  } catch {
    return false;
  }
}

// Whether nobody was ever asked here, and somebody is there to be asked. `signals` are the members of `navigator` that may
// have answered, `shared` says whether a cookie may have. Where nobody may look, the module does.
export function mayShow(signals, shared) {
  try {
    return (
      !ofDocument("prerendering") &&
      localStorage.getItem("kelisim") === null &&
      !(shared && /(^|; ?)kelisim=/.test(ofDocument("cookie"))) &&
      !signals.some((signal) => /^(1|true)$/.test(navigator[signal])) &&
      mayCompile()
    );
  } catch {
    return false;
  }
}

// The control of the layer that a click is on. To refuse in the visitor's place harms nobody; whatever else a script of the
// page presses is no press.
export function controlOf(root, click) {
  const control = click.target.closest("[data-kelisim-action]");
  return root.contains(control) && (click.isTrusted || control.dataset.kelisimAction === "reject") ? control : null;
}

// Has the layer keep the last press until it is handed over, at most so many milliseconds after the page's load. `click` is
// one that was kept before, `onPress` hears what each press asks for, `onLate` that the time is over, and `apology` is what
// the status line says to who had pressed in vain.
export function keepPresses(root, { patience, apology, click, onPress, onLate }) {
  const banner = root.querySelector("[data-kelisim=banner]");
  let last;
  let isOver = false;
  let inVain = false;

  const release = () => {
    last?.control.removeAttribute("aria-busy");
    last = undefined;
  };
  const keep = (click) => {
    const control = controlOf(root, click);
    if (!control) return;
    release();
    control.setAttribute("aria-busy", "true");
    // With the words that it is an answer to.
    last = { click, control, words: banner.textContent };
    onPress?.(control.dataset.kelisimAction);
  };
  const end = () => {
    const kept = last;
    isOver = true;
    root.removeEventListener("click", keep);
    release();
    return kept;
  };

  // The last click, if the layer still says what it said then. From now on somebody else listens.
  const handOver = () => {
    const kept = isOver ? undefined : end();
    return kept?.words === banner.textContent ? kept?.click : undefined;
  };
  const giveUp = () => {
    if (isOver) return;
    inVain = !!end();
    if (inVain && apology) {
      banner.remove();
      // It would open nothing.
      root.querySelector("[data-kelisim=reopen]").hidden = true;
      root.querySelector("[data-kelisim=status]").textContent = apology;
    } else root.hidden = true;
  };
  const endLate = () => {
    if (isOver) return;
    giveUp();
    onLate?.();
  };

  root.addEventListener("click", keep);
  if (click) keep(click);
  const count = () => setTimeout(endLate, patience);
  if (ofDocument("readyState") === "complete") count();
  else addEventListener("load", count, { once: true });
  // The loader finds it here when it takes the root over, printed or shown by an older copy of itself.
  root.kelisim = handOver;
  return { handOver, giveUp, isOver: () => isOver, pressedInVain: () => inVain };
}
