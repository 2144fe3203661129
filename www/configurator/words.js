// What the page says, in three languages, one file each. The language is that of the address (`#kk`), or of the browser.

import { signal } from "@preact/signals";
import en from "./words/en.json";
import kk from "./words/kk.json";
import ru from "./words/ru.json";

const WORDS = { ru, kk, en };

export const LANGUAGES = { ru: "Русский", kk: "Қазақша", en: "English" };

function preferred() {
  const asked = [location.hash.slice(1), ...navigator.languages];
  return asked.map((tag) => tag.slice(0, 2)).find((tag) => tag in WORDS) ?? "ru";
}

export const languageOfPage = signal(preferred());

// The words under a key, with their places filled.
export function say(key, places = {}) {
  const words = key.split(".").reduce((inside, part) => inside?.[part], WORDS[languageOfPage.value]);
  if (words === undefined) throw new Error(`there are no words for ${key}`);
  return words.replace(/\{(\w+)\}/g, (whole, place) => places[place] ?? whole);
}
