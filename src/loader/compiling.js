// A configuration becomes a site in the page, by the very compiler that `kelisim build` uses. Every problem is a line on the
// console, as `kelisim check` words it. A problem closes everything, but for words that press, pale colours and a layout
// without a look: those only `kelisim build` refuses.

import { attempt } from "./document.js";
import { KelisimError } from "./failure.js";

// What a configuration comes to: `{site, settings, tokens}`, the last of which are the owner's tokens as styles. `compiler` is
// what `kelisim-compiler.js` exports.
export function compile(configuration, compiler) {
  const { problems, compiled } = compiler.develop(configuration);
  problems.forEach(tell);
  if (compiled) return compiled;
  const closing = problems.filter(({ closesPage }) => closesPage).length;
  throw new KelisimError("configuration", `nothing is started; problems in the configuration, each named above: ${closing}`, problems);
}

// A page may have replaced these functions by ones that throw.
function tell({ path, code, problem, mend, level, closesPage }) {
  const line = `kelisim: ${path && path + ": "}${code}\n    ${problem}\n    ${mend}`;
  if (level === "advice") attempt(() => console.info(line));
  else if (closesPage) attempt(() => console.error(line));
  else attempt(() => console.warn(line));
}
