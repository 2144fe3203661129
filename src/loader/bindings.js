// What wasm-bindgen made for the module, in a script of its own that comes beside it: a first layer waits for neither. The
// loader leaves it `kelisim`, with the Trusted Types policy, whose name a page gives out once, and whom to hand itself to.

import { initSync as instantiate, Kelisim } from "kelisim/glue";
import { goOnWith } from "kelisim/page";

goOnWith(kelisim.policy);
kelisim.take({ instantiate, Kelisim });
