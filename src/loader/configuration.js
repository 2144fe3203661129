// Where a page has its configuration: at an address, or in a script of its own. Whatever keeps it from coming is an error that
// names the place and the cause. It must not look into what it found.

import { ofDocument } from "./document.js";
import { KelisimError } from "./failure.js";

// `source` is what `data-config` says: an address, or `#` and the id of a `<script type="application/json">`. Gives the text
// where it is known already, and a promise of the value.
export function findConfiguration(source) {
  if (source[0] !== "#") return { value: fetchJson(source) };
  const text = Document.prototype.querySelector.call(document, `script[id="${CSS.escape(source.slice(1))}"]`)?.textContent;
  return { text, value: readScript(source, text) };
}

async function readScript(source, text) {
  if (text !== undefined) return parse(text, `<script id="${source.slice(1)}">`);
  throw new KelisimError("noConfiguration", `data-config="${source}": no script before the tag has this id`);
}

async function fetchJson(source) {
  const place = absolute(source);
  try {
    const response = await fetch(place);
    if (!response.ok) throw new Error(response.status);
    return parse(await response.text(), place);
  } catch (error) {
    if (error instanceof KelisimError) throw error;
    throw new KelisimError("unreachable", `${place}: ${error.message}${isElsewhere(place) ? FROM_ELSEWHERE : ""}`);
  }
}

const FROM_ELSEWHERE = "; a server of another origin has to send Access-Control-Allow-Origin with it";

// What is no address is told of as it is.
function absolute(source) {
  try {
    return new URL(source, ofDocument("baseURI"));
  } catch {
    return source;
  }
}

const isElsewhere = ({ origin }) => !!origin && origin !== location.origin;

// The parser's own words say what is wrong and where.
function parse(text, place) {
  try {
    return JSON.parse(text);
  } catch ({ message }) {
    throw new KelisimError("unreachable", `${place}: no JSON: ${message}`);
  }
}
