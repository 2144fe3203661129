// What an audit sees: what stands in the page, what the page has fetched, and the names of what is stored. It judges nothing
// and changes nothing.

import { attempt, ofDocument } from "./document.js";

// Where each kind of thing is found: a selector, and the property that says what it is. Kelisim marks what it starts.
const PLACES = [
  ["element", ":is(script,iframe,img,embed,video,audio,source)[src]:not([data-kelisim-state])", "src"],
  ["noScript", "noscript", "textContent"],
  ["hint", "link:is([rel~=preconnect],[rel~=dns-prefetch],[rel~=preload],[rel~=prefetch],[rel~=modulepreload])", "href"],
];

// What waits, or waited. The script that runs for one that waited stands beside it and has all of its attributes.
const GATED = ":root [data-category]:not([data-kelisim-state=ran])";

// What Kelisim has put into the page by itself to start a service.
const STARTED = "script[data-kelisim-state=started][src]:not([data-category])";

// What has an address and is neither gated nor Kelisim's, nor came out of a gated template.
const OPEN = ":is(script,iframe,img,embed,video,audio,source,object)";
const NOT_OPEN = "[data-category],[data-kelisim-state],[data-kelisim-unfolded],[data-kelisim-unfolded] *,noscript *";

// Attributes that may have the address of an element, the one first under which it waits.
const ADDRESSES = ["data-src", "src", "data-href", "href", "data-srcset", "srcset", "data", "data-poster", "poster"];

// As the compiler's `audit.rs` reads it. `hosts` are the site's own, `cookiesBefore` those that were there when the page began.
export const lookForAudit = (hosts, cookiesBefore) => ({
  hosts,
  seen: [...PLACES.flatMap(inPage), ...fetched().map((what) => ({ place: "resource", what }))],
  cookies: attempt(() => ofDocument("cookie")) ?? "",
  cookiesBefore,
  granted: granted(),
});

const inPage = ([place, selector, property]) => all(selector).map((element) => ({ place, what: String(element[property] ?? "") }));

const all = (selector) => [...Document.prototype.querySelectorAll.call(document, selector)];

// The addresses of all that the page has fetched.
export const fetched = () => performance.getEntriesByType("resource").map(({ name }) => name);

// The services that the visitor's record grants.
function granted() {
  const services = Object.entries(window.kelisim.record()?.services ?? {});
  return services.filter(([, isGranted]) => isGranted).map(([id]) => id);
}

// The elements of the page, each as `{what, address, category, service, state}`: those that are gated, those by which a service
// was started, and those that nobody has gated.
export const elements = () => ({
  gated: all(GATED).map(described),
  started: all(STARTED).map(described),
  open: all(OPEN)
    .filter((element) => !element.matches(NOT_OPEN))
    .map(described)
    .filter(({ address }) => address),
});

// A template is what it holds.
function described(element) {
  const [held] = element.content?.querySelectorAll("[src],[data-src],[data],script") ?? [];
  return {
    what: held ? `template with ${held.localName}` : element.localName,
    address: addressOf(held ?? element),
    category: element.getAttribute("data-category"),
    service: element.getAttribute("data-service"),
    state: element.getAttribute("data-kelisim-state"),
  };
}

// Whole; empty where there is none.
function addressOf(element) {
  const named = ADDRESSES.map((name) => element.getAttribute(name)).find(Boolean);
  return (named && attempt(() => new URL(named, ofDocument("baseURI")).href)) ?? "";
}

// The names in `localStorage` or `sessionStorage`; none where a page may not have any.
export const namesIn = (storage) => attempt(() => Object.keys(window[storage])) ?? [];
