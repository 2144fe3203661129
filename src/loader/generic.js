// Kelisim on a page whose site nobody has built into its script: once it is given a configuration it fetches the compiler,
// compiles in the page, and hands the site to what every page runs; what is compiled already it hands on at once. The script
// with a tag and the entries for bundlers share it. It decides nothing about consent; where anything fails, nothing is
// started, and the console says why.

import { initSync as instantiate, Kelisim } from "kelisim/glue";
import { makeApi } from "./api.js";
import { cookiesNow, offerAudit, refuseAudit } from "./audit.js";
import { compile } from "./compiling.js";
import { asFailure, blocked, complain } from "./failure.js";
import { quiet } from "./files.js";
import { mayCompile } from "./first-layer.js";
import { denyByDefault } from "./google.js";
import { start, whenOpened } from "./start.js";

// The build puts here the styles of the first layer and of the settings.
const firstLayerStyles = __KELISIM_FIRST_LAYER_STYLES__;
const settingsStyles = __KELISIM_SETTINGS_STYLES__;

// Publishes `window.kelisim`, which waits for `start`. `beside` brings what lies beside the script, each when it is called:
// `module` and `compilerModule` bytes, `compiler` and `audit` what their scripts export. `denies` says whether Google's consent
// mode is told so at once.
export function makeGeneric({ beside, nonce, layer, denies }) {
  const cookies = cookiesNow();
  let audit = refuseAudit;
  let isStarted = false;
  let first;
  const api = makeApi(__KELISIM_VERSION__, {
    // A component that is drawn twice starts the same site twice.
    start(given) {
      if (!isStarted) startWith(given);
      else if (given !== first) complain({ code: "alreadyStarted" });
    },
    audit: () => audit(),
  });
  if (layer && denies) denyByDefault(layer);
  api.publish();

  // `given` is a configuration, or what compiling one gave, or a promise of either.
  async function startWith(given) {
    isStarted = true;
    first = given;
    // What fails is said once, below.
    Promise.resolve(given).catch(() => {});
    try {
      if (!mayCompile()) throw blocked();
      const module = quiet(compiledModule(beside.module()));
      const { configuration, compiled } = await compiledOf(given, beside);
      const { site, settings, tokens } = compiled;
      if (site.audit) audit = offerAudit(beside.audit, cookies, configuration);
      const files = { module: () => module, bindings: () => ({ instantiate, Kelisim }), settings: settingsOf(settings) };
      const styles = firstLayerStyles + tokens;
      whenOpened(() => start({ site, styles, files, layer, nonce, api, renew: () => false }));
    } catch (thrown) {
      const failure = asFailure(thrown);
      complain(failure);
      api.fail(failure);
    }
  }

  return { startWith, isStarted: () => isStarted };
}

// A page may have compiled it already.
async function compiledModule(fetched) {
  const module = await fetched;
  return module instanceof WebAssembly.Module ? module : WebAssembly.compile(module);
}

// The compiler is on its way while the configuration is; what is compiled needs none.
async function compiledOf(given, beside) {
  if (isCompiled(given)) return { compiled: given };
  const fetched = quiet(fetchCompiler(beside));
  const configuration = await given;
  if (isCompiled(configuration)) return { compiled: configuration };
  return { configuration, compiled: compile(configuration, await fetched) };
}

const isCompiled = (given) => !!given?.site?.format;

async function fetchCompiler(beside) {
  const [script, bytes] = await Promise.all([beside.compiler(), beside.compilerModule()]);
  await script.default({ module_or_path: bytes });
  return script;
}

// The settings as the files of a built site hand them out.
const settingsOf = (settings) => async (wanted) => {
  const { html } = settings.find(({ language }) => language === wanted);
  return { html, styles: settingsStyles };
};
