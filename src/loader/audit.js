// The owner's audit of a page: `kelisim.audit()`, and `#kelisim-audit` in the address. What looks at the page, and what judges
// that, is fetched where the owner allows an audit and somebody asks for one, and never else.

import { attempt, ofDocument } from "./document.js";
import { KelisimError, complain } from "./failure.js";

export async function refuseAudit() {
  throw new KelisimError("noAudit", 'the configuration allows no audit; `"audit": true` does');
}

// What `kelisim.audit` does where it is allowed. `fetchAudit` fetches `kelisim-audit.js`; `cookies` are those that were there
// when the page began; `configuration` is what the page was started with, where it has that.
export function offerAudit(fetchAudit, cookies, configuration) {
  const call = async (name) => (await fetchAudit())[name]({ cookies, configuration });
  if (location.hash === "#kelisim-audit") call("watch").catch(({ message }) => complain({ code: "unavailable", message }));
  return () => call("audit");
}

// Nothing where a page may not have any.
export const cookiesNow = () => attempt(() => ofDocument("cookie")) ?? "";
