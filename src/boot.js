// The loader of `kelisim.js`: one classic script that needs no other file. It instantiates the module synchronously, puts
// `window.kelisim` on the page and hands over the configuration that its tag names. When anything fails, the page goes
// on, nothing is started, and the console says in one sentence what to do.

import { imports, makeHost, page, publish } from "./host.js";
import { whole } from "./styles.js";
import { unpack } from "./unpack.js";

const SENTENCES = {
  mangled: "the server or CMS changed it; serve it as UTF-8, or use kelisim.ascii.js",
  blocked: "no WebAssembly; does the Content-Security-Policy allow 'wasm-unsafe-eval' in script-src?",
  unreachable: "what data-config names could not be fetched or is not JSON",
  noConfiguration: "data-config names no JSON script before the tag",
};

// The module, or undefined where what came is not what was sent. Throws where nothing may be compiled.
function bytes([travelling, ...numbers]) {
  return unpack(__KELISIM_ASCII__ ? atob(travelling) : travelling, ...numbers);
}

function begin() {
  const tag = page("currentScript");
  const data = (name) => tag?.getAttribute("data-" + name);
  const source = data("config");
  const inPage = source?.[0] === "#";
  // `kelisim-pack` puts the configuration here, and everything that it names.
  const text = __KELISIM_PACKED__
    ? JSON.stringify(__KELISIM_CONFIGURATION__)
    : inPage && Document.prototype.querySelector.call(document, `script[id="${CSS.escape(source.slice(1))}"]`)?.textContent;
  if (__KELISIM_PACKED__ && source) console.error("kelisim: data-config: ignored, this script has its configuration in it; take the attribute away");
  const google = data("google") !== "off" && (!text || /google|gtag|gtm/i.test(text));
  const { api, fail, consentDefault, run } = makeHost({
    version: __KELISIM_VERSION__,
    base: tag ? new URL(".", tag.src).href : "",
    nonce: tag?.nonce,
    layer: data("layer") || "dataLayer",
    google,
    styles: __KELISIM_STYLES__,
    whole,
    locales: __KELISIM_TEXTS__,
    services: __KELISIM_SERVICES__,
    template: __KELISIM_LAYER__,
  });
  const stop = (code) => fail(code, SENTENCES[code]);
  // It comes while the module is put together and compiled.
  const fetched = !__KELISIM_PACKED__ && !inPage && source && (async () => (await fetch(source)).json())();

  consentDefault();
  try {
    const module = bytes(__KELISIM_MODULE__);
    if (module) run(new WebAssembly.Instance(new WebAssembly.Module(module), { host: imports }).exports);
    else stop("mangled");
  } catch {
    stop("blocked");
  }
  publish(api);
  if (text) {
    try {
      api.start(JSON.parse(text));
    } catch {
      stop("unreachable");
    }
  } else if (inPage) stop("noConfiguration");
  else if (fetched) {
    fetched.then(
      // Not handed on: what the configuration's own problems reject is said where they are found.
      (configuration) => void api.start(configuration),
      () => stop("unreachable"),
    );
  }
}

if (window.kelisim?.allows) console.warn("kelisim: a second copy; it does nothing");
else begin();
