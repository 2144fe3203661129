// The panel of an audit, as an element beside the body: it takes no part in the page's layout, lies beneath whatever Kelisim
// shows, and has a shadow root, so that neither styles the other. Its words are text, and its styles a sheet, so that no policy of
// the page's stops it. It draws what it is given and knows nothing of it.

import { attempt, ofDocument } from "./document.js";

// The build puts here what `styles/audit.css` says.
const styles = __KELISIM_AUDIT_STYLES__;

const NAME = "kelisim-audit";

// How much room it needs above or below the first layer, and else beside it, in pixels.
const LOWEST = 300;
const NARROWEST = 480;

// Shows a panel without anything in it. `lookAgain` does what its button says, `report` is the text of the other.
export function openPanel({ lookAgain, report }) {
  const host = create("div", { id: NAME, lang: "en", dir: "ltr" });
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  shadow.adoptedStyleSheets = [sheet];

  const summary = create("span", { className: "summary" });
  const status = create("p", { role: "status" });
  const body = create("div", { id: "body" });
  const say = (words) => (status.textContent = words);
  const copyText = (text) => copied(text, body).then(say);
  const fold = button("Fold", () => {
    body.hidden = !body.hidden;
    fold.setAttribute("aria-expanded", !body.hidden);
    fold.textContent = body.hidden ? "Unfold" : "Fold";
  });
  fold.setAttribute("aria-expanded", true);
  fold.setAttribute("aria-controls", body.id);
  const buttons = create("div", { className: "buttons" }, [
    button("Look again", () => lookAgain().then(say)),
    button("Copy for a bug report", () => copyText(report())),
    fold,
    button("Close", () => host.remove()),
  ]);
  const head = create("header", {}, [create("h2", { id: "title" }, ["Kelisim audit ", summary]), buttons, status]);
  shadow.append(create("section", { "aria-labelledby": "title" }, [head, body]));
  ofDocument("documentElement").append(host);

  return {
    // Shows these sections in the place of those before. What was open or had the keyboard goes on.
    show(line, sections) {
      summary.textContent = line;
      place(host);
      const before = new Map([...body.querySelectorAll("details")].map((details) => [details.dataset.key, details.open]));
      const focused = shadow.activeElement?.dataset.key;
      body.replaceChildren(...sections.map((section) => sectionOf(section, copyText)));
      for (const details of body.querySelectorAll("details")) details.open = before.get(details.dataset.key) ?? details.open;
      if (focused) body.querySelector(`[data-key="${CSS.escape(focused)}"]:not(details)`)?.focus();
    },
    say,
  };
}

// Puts the panel to the edge of the window that is further from the first layer, and, where that leaves too little, beside it.
function place(host) {
  const layer = Document.prototype.querySelector.call(document, "#kelisim-root [data-kelisim=banner]");
  const { top, bottom, left, right } = layer?.getBoundingClientRect() ?? { top: innerHeight, bottom: innerHeight, left: 0, right: innerWidth };
  const [above, below, before, after] = [top, innerHeight - bottom, left, innerWidth - right];
  const isBeside = Math.max(above, below) < LOWEST && Math.max(before, after) > NARROWEST;
  host.dataset.edge = above < below ? "bottom" : "top";
  const set = (name, pixels) => host.style.setProperty(name, `${pixels}px`);
  set("--room", isBeside ? innerHeight : Math.max(above, below));
  set("--start", isBeside && before < after ? right : 0);
  set("--end", isBeside && before >= after ? innerWidth - left : 0);
}

const sectionOf = ({ title, parts, isOpen }, copyText) =>
  folding({ key: titleWithoutNumber(title), title, isOpen }, "h3", parts.map((part) => partOf(part, copyText)));

// A section is the same one, however much is in it.
const titleWithoutNumber = (title) => title.split(":")[0];

function partOf({ facts, lines, none, text, copy, key, title, parts }, copyText) {
  if (facts) return factsOf(facts);
  if (text) return create("div", {}, [keyed(copy, button(copy, () => copyText(text))), create("pre", {}, [text])]);
  if (parts) return folding({ key, title }, "h4", parts.map((part) => partOf(part, copyText)));
  if (lines.length) return create("ol", { role: "list" }, lines.map((line) => create("li", {}, [line])));
  return create("p", {}, [none]);
}

const factsOf = (facts) =>
  create("dl", {}, facts.flatMap(([term, value]) => [create("dt", {}, [term]), ...[].concat(value).map((one) => create("dd", {}, [one]))]));

function folding({ key, title, isOpen = false }, heading, inside) {
  const summary = keyed(key, create("summary", {}, [create(heading, {}, [title])]));
  const details = keyed(key, create("details", {}, [summary, ...inside]));
  details.open = isOpen;
  return details;
}

function keyed(key, element) {
  element.dataset.key = key;
  return element;
}

function button(words, press) {
  const made = create("button", { type: "button" }, [words]);
  made.addEventListener("click", press);
  return made;
}

function create(name, attributes, inside = []) {
  const element = Document.prototype.createElement.call(document, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(ATTRIBUTES[attribute] ?? attribute, value);
  element.append(...inside);
  return element;
}

const ATTRIBUTES = { className: "class" };

// Where a page may not write to the clipboard, the text stands there to be copied by hand. What came of it, in words.
async function copied(text, body) {
  if (await attempt(() => navigator.clipboard.writeText(text).then(() => true, () => false))) return "Copied.";
  const field = create("textarea", { readonly: "", "aria-label": "The text to copy" });
  field.value = text;
  body.hidden = false;
  body.querySelector("textarea")?.remove();
  body.prepend(field);
  field.select();
  return "This page may not write to the clipboard. The text is marked: copy it by hand.";
}
