// The inline script of a first layer that the owner's server renders, right behind its markup. It shows the layer before
// Kelisim is there, where nothing says that there is nothing to ask; in doubt it does not, and Kelisim asks. What the
// visitor presses until then is kept, and handed on when Kelisim has taken the layer over: nothing here decides.
// Whatever throws leaves the layer hidden, and so does a browser that cannot read this.

try {
  // Without it Kelisim was faster.
  const root = document.querySelector("#kelisim-root[hidden]");
  // Where Kelisim was faster than this markup, it has a root of its own; or the page has this markup twice.
  const isSecond = () => document.querySelectorAll("#kelisim-root")[1];
  if (isSecond()) throw root.remove();
  const { lang } = root;
  const { signals } = document.currentScript.dataset;
  const busy = "aria-busy";
  let kept;
  let pressed;
  let words;

  // The visitor's last word, with what it was said to; without one, none holds.
  const keep = (click, control) => {
    pressed?.removeAttribute(busy);
    control?.setAttribute(busy, true);
    kept = click;
    pressed = control;
    words = root.innerText;
  };

  // Kelisim does not come, or not in time.
  const hide = () => {
    if (root.onclick) {
      keep();
      root.hidden = true;
    }
  };

  const handOver = () => {
    root.onclick = null;
    if (isSecond()) root.remove();
    if (kept) {
      pressed.removeAttribute(busy);
      // An answer is to what was read: in that language, and not to other words.
      if (root.lang !== lang) root.querySelector(`[data-kelisim-language=${lang}]`)?.click();
      // Firefox gives the words that it last laid out, and the height makes it do that.
      if (root.firstChild.offsetHeight && root.innerText === words) dispatchEvent(new CustomEvent("kelisim:kept", { detail: kept }));
    }
  };

  (window.kelisimQueue ||= []).push(({ ready }) => ready.then(handOver, hide));

  if (
    !localStorage.getItem("kelisim") &&
    !/\bkelisim=/.test(document.cookie) &&
    !signals.split(" ").some((signal) => /1|true/.test(navigator[signal])) &&
    // Where a policy stopped its style, it would stand in the middle of the page.
    getComputedStyle(root.firstChild).position === "fixed"
  ) {
    // Nobody but the visitor says yes; to refuse in their place harms nobody.
    root.onclick = (click) => {
      const control = click.target.closest("[data-kelisim-action]");
      if (control && (click.isTrusted || control.dataset.kelisimAction === "reject")) keep(click, control);
    };
    addEventListener("error", ({ target }) => target.localName === "script" && /\/kelisim[^/?]*\.js/.test(target.src) && hide(), true);
    // With the script there, its configuration may still be on its way.
    addEventListener("load", () => (window.kelisim ? setTimeout(hide, 9000) : hide()));
    root.hidden = false;
  }
} catch {}
