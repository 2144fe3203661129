// The document as it is, whatever its elements are called: `<img name="cookie">` shadows `document.cookie`, so members are
// read through the accessors of the prototype.

export const ofDocument = (name) => Reflect.get(Document.prototype, name, document);

// What a page has broken, shadowed or forbidden is undefined.
export function attempt(call) {
  try {
    return call();
  } catch {
    return undefined;
  }
}

// As soon as there is a body: a script in the head comes before it.
function whenBody(go) {
  const body = () => ofDocument("body");
  if (body()) {
    go(body());
    return;
  }
  const observer = new MutationObserver(() => {
    if (!body()) return;
    observer.disconnect();
    go(body());
  });
  observer.observe(ofDocument("documentElement"), { childList: true });
}

// Puts the root before the page's body, in the top layer where the browser has one: there it takes no part in the page's layout,
// and nothing of that reaches it (requirement P-07).
export function putFirst(root) {
  whenBody((body) => {
    body.before(root);
    rise(root);
  });
}

// Nothing rises above a modal of the page, where nobody could press it.
function rise(root) {
  attempt(() => Document.prototype.querySelector.call(document, ":modal") || root.showPopover());
}

const sheets = [];

// Styles for the whole document, which no Content-Security-Policy stops.
export function adopt(styles) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  sheets.push(sheet);
  adoptLost();
}

// A page that puts its own sheets in the place of all others takes these away with them.
export function adoptLost() {
  const adopted = ofDocument("adoptedStyleSheets");
  adopted.push(...sheets.filter((sheet) => !adopted.includes(sheet)));
}
