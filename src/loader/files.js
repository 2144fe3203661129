// The module, its bindings, and the settings of each language: in files beside the script, each fetched by its name and
// checked by its hash, or inside the script, which then fetches nothing. It must not read what is in them.

import { policyInUse } from "kelisim/page";
import { missing } from "./failure.js";
import { imported } from "./imported.js";

// `known`, and `inside`, the bindings where they are in the script, are what the compiler wrote into it; `base` is the address
// that names are relative to, `tag` the script's own. Each is on its way from the first time that it is asked for.
export function makeFiles(known, inside, base, tag) {
  const module = once(() => moduleOf(known.module, base));
  const bindings = once(() => bindingsOf(inside, known.bindings, base, tag));
  const settings = {};
  return {
    module,
    bindings,
    begin() {
      module();
      bindings();
    },
    // The settings in one of the site's languages: `{language, html, styles}`. Where they could not be had, the next call
    // tries again.
    settings(language) {
      settings[language] ??= quiet(settingsOf(known.settings[language], base));
      settings[language].catch(() => delete settings[language]);
      return settings[language];
    },
  };
}

function once(begin) {
  let begun;
  return () => (begun ??= quiet(begin()));
}

// What fails is said where it is awaited; until then it is no failure of the page's.
export function quiet(promise) {
  promise.catch(() => {});
  return promise;
}

// It is compiled while the bindings are still on their way.
async function moduleOf(module, base) {
  const bytes = module.base64
    ? Uint8Array.from(atob(module.base64), (letter) => letter.charCodeAt(0))
    : await fetchWhole(module, base, (response) => response.arrayBuffer());
  return WebAssembly.compile(bytes);
}

// `{instantiate, Kelisim, rest}`: from the function in the script, or from the file, which has with it what the script does
// not say of the site.
async function bindingsOf(inside, file, base, tag) {
  let taken;
  const { default: bind, rest } = inside ? { default: inside } : await bindingsBeside(file, base, tag);
  bind({ policy: policyInUse(), take: (bindings) => (taken = bindings) });
  return { ...taken, rest };
}

async function bindingsBeside(file, base, tag) {
  const address = new URL(file.name, base);
  const checked = quiet(fetchWhole(file, base, (response) => response.arrayBuffer()));
  try {
    return await imported(address, file.integrity, tag?.nonce, checked);
  } catch (error) {
    throw error.file ? error : missing(file, address, error.message);
  }
}

async function settingsOf(settings, base) {
  if (settings.text) return JSON.parse(settings.text);
  return fetchWhole(settings, base, (response) => response.json());
}

// A file beside the script, held against its hash.
export async function fetchWhole(file, base, read) {
  const address = new URL(file.name, base);
  try {
    const response = await fetch(address, { integrity: file.integrity });
    if (!response.ok) throw new Error(response.status);
    return await read(response);
  } catch (error) {
    throw missing(file, address, error.message);
  }
}
