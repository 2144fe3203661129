// Kelisim on a page whose site nobody has built: once it is given a configuration it fetches the compiler, compiles in the
// page, and hands the site to what every page runs. The script with a tag and the entry for bundlers share it. It decides
// nothing about consent; where anything fails, nothing is started, and the console says why.

import instantiate, { Kelisim } from "kelisim/glue";
import { makeApi } from "./api.js";
import { cookiesNow, offerAudit, refuseAudit } from "./audit.js";
import { compile } from "./compiling.js";
import { asFailure, blocked, complain, missing } from "./failure.js";
import { fetchWhole, makeFiles } from "./files.js";
import { mayCompile } from "./first-layer.js";
import { denyByDefault } from "./google.js";
import { start, whenOpened } from "./start.js";

// The build puts here the styles of the first layer and of the settings, and the hashes of both modules.
const firstLayerStyles = __KELISIM_FIRST_LAYER_STYLES__;
const settingsStyles = __KELISIM_SETTINGS_STYLES__;
const module = { name: "kelisim.wasm", integrity: __KELISIM_MODULE_INTEGRITY__ };
const compilerModule = { name: "kelisim-compiler.wasm", integrity: __KELISIM_COMPILER_INTEGRITY__ };

// Publishes `window.kelisim`, which waits for `start`. `beside` is `{base, compiler, audit}`: the address that files are
// relative to, and what fetches the two scripts there. `denies` says whether Google's consent mode is told so at once.
export function makeGeneric({ beside, nonce, layer, denies }) {
  const cookies = cookiesNow();
  let audit = refuseAudit;
  let isStarted = false;
  const api = makeApi(__KELISIM_VERSION__, {
    start(given) {
      if (isStarted) complain({ code: "alreadyStarted" });
      else startWith(given);
    },
    audit: () => audit(),
  });
  if (layer && denies) denyByDefault(layer);
  api.publish();

  // `given` is a configuration, or what compiling one gave, or a promise of either.
  async function startWith(given) {
    isStarted = true;
    // What fails is said once, below.
    Promise.resolve(given).catch(() => {});
    try {
      if (!mayCompile()) throw blocked();
      const files = makeFiles({ module }, bind, beside.base);
      files.module();
      const { configuration, compiled } = await compiledOf(given, beside);
      const { site, settings, tokens } = compiled;
      if (site.audit) audit = offerAudit(beside.audit, cookies, configuration);
      files.settings = settingsOf(settings);
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

// The module's bindings are in this script.
const bind = ({ take }) => take({ instantiate, Kelisim });

// The compiler is on its way while the configuration is; what is compiled needs none.
async function compiledOf(given, beside) {
  if (isCompiled(given)) return { compiled: given };
  const fetched = fetchCompiler(beside);
  fetched.catch(() => {});
  const configuration = await given;
  if (isCompiled(configuration)) return { compiled: configuration };
  return { configuration, compiled: compile(configuration, await fetched) };
}

const isCompiled = (given) => !!given?.site?.format;

async function fetchCompiler({ base, compiler }) {
  const [script, bytes] = await Promise.all([
    compiler().catch(({ message }) => {
      throw missing(undefined, new URL("kelisim-compiler.js", base), message);
    }),
    fetchWhole(compilerModule, base, (response) => response.arrayBuffer()),
  ]);
  await script.default({ module_or_path: bytes });
  return script;
}

// The settings as the files of a built site hand them out.
const settingsOf = (settings) => async (wanted) => {
  const { html } = settings.find(({ language }) => language === wanted);
  return { html, styles: settingsStyles };
};
