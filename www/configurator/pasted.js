// The HTML that an owner pastes: who is in it. It may be hostile, so only a `DOMParser` sees it, whose document is never shown, loads
// nothing and runs nothing.

import { found } from "./program/kelisim.js";

const ADDRESSES = ["src", "href", "data-src", "data", "poster", "srcset", "action"];

export function vendorsIn(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const selector = ADDRESSES.map((name) => `[${name}]`).join();
  const addresses = [...page.querySelectorAll(selector)].flatMap((element) => ADDRESSES.map((name) => element.getAttribute(name) ?? ""));
  const scripts = [...page.querySelectorAll("script,noscript,template")].map((element) => element.textContent || element.innerHTML);
  return found([...addresses, ...scripts].filter((text) => text !== ""));
}
