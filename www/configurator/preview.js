// The page in the preview's frame, before Kelisim: a store and cookies in memory, which the frame has no right to have otherwise, and
// word to the page around of what would have been fetched. It must not know anything of the configuration.

const WORDS = {
  ru: { name: "Курсы", title: "Курс для начинающих", text: "Так ваша страница выглядит для посетителя.", settings: "Настройки cookie" },
  kk: { name: "Курстар", title: "Бастауыш курс", text: "Келуші бетіңізді осылай көреді.", settings: "Cookie баптаулары" },
  en: { name: "Courses", title: "A course for beginners", text: "This is how a visitor sees your page.", settings: "Cookie settings" },
};

const tell = (message) => parent.postMessage(message, "*");

// A store of the shape of `Storage`, which tells the page around of every change: that keeps it while this page loads itself again.
function storeOf(kept, changed) {
  const items = new Map(Object.entries(kept));
  const change = (act) => (act(), changed(Object.fromEntries(items)));
  return {
    getItem: (key) => items.get(String(key)) ?? null,
    setItem: (key, item) => change(() => items.set(String(key), String(item))),
    removeItem: (key) => change(() => items.delete(String(key))),
    clear: () => change(() => items.clear()),
    key: (place) => [...items.keys()][place] ?? null,
    get length() {
      return items.size;
    },
  };
}

const store = { local: {}, session: {}, cookies: {} };

function keepStores(kept) {
  Object.assign(store, kept);
  for (const name of ["local", "session"]) {
    const changed = (items) => ((store[name] = items), tell({ store }));
    Object.defineProperty(window, `${name}Storage`, { value: storeOf(store[name], changed), configurable: true });
  }
  Object.defineProperty(Document.prototype, "cookie", {
    get: () => Object.entries(store.cookies).map(([name, value]) => `${name}=${value}`).join("; "),
    set: (cookie) => setCookie(String(cookie)),
    configurable: true,
  });
}

function setCookie(cookie) {
  const [pair, ...attributes] = cookie.split(";").map((part) => part.trim());
  const [name, ...value] = pair.split("=");
  const isOver = attributes.some((attribute) => /^max-age=(0|-)/i.test(attribute) || /^expires=.*\b1970\b/i.test(attribute));
  if (isOver) delete store.cookies[name];
  else store.cookies[name] = value.join("=");
  tell({ store });
}

function write({ language, scheme }) {
  const words = WORDS[language] ?? WORDS.en;
  document.documentElement.lang = language;
  document.documentElement.dataset.scheme = scheme;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word];
}

function run(script) {
  const element = document.createElement("script");
  element.textContent = script;
  document.head.append(element);
}

const shown = () => new Promise((done) => addEventListener("kelisim:shown", done, { once: true }));

// What the visitor of a scene has done before: one who returns has answered on an earlier page.
const SCENES = {
  first: () => {},
  settings: (kelisim) => kelisim.settings(),
  return: (kelisim) => kelisim.accept(),
  refusal: (kelisim) => kelisim.reject(),
};

async function play({ script, scene }) {
  const hasAnswered = "kelisim" in store.local;
  const isAsked = shown();
  run(script);
  const kelisim = await window.kelisim.ready;
  if (hasAnswered || !(scene in SCENES)) return;
  if (scene === "return") await isAsked;
  const answer = await SCENES[scene](kelisim);
  // As on the next page.
  if (answer) location.reload();
}

addEventListener("securitypolicyviolation", ({ blockedURI }) => /^https?:/.test(blockedURI) && tell({ held: blockedURI }));
addEventListener("message", ({ source, data }) => {
  if (source !== parent) return;
  keepStores(data.store);
  write(data);
  play(data);
}, { once: true });
addEventListener("DOMContentLoaded", () => tell({ isReady: true }));
