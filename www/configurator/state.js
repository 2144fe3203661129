// What the page knows: the text of `site.json`, which is the one truth that form and editor both show and change, and what follows
// from it. It must not know how anything looks.

import { batch, computed, effect, signal } from "@preact/signals";
import { at, BEGINNING, changed, named, written } from "./configuration.js";
import { check, draft, keepDraft, offer } from "./program/kelisim.js";
import { languageOfPage } from "./words.js";

// `site.json`.
export const text = signal("");

// What stands in it; `undefined` while it is no JSON object.
export const value = computed(() => {
  try {
    const parsed = JSON.parse(text.value);
    return typeof parsed === "object" && parsed && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
});

// What can be chosen, in the words of the page.
export const offered = computed(() => offer(languageOfPage.value));

// How long somebody has to pause before the check looks at what they wrote, in milliseconds.
const PAUSE = 120;

// Everything that the check says of the text that it has seen.
const checked = signal({ findings: [] });
export const findings = computed(() => checked.value.findings);

// Whether that is the text as it stands.
export const isChecked = computed(() => checked.value.text === text.value);

export const problems = computed(() => findings.value.filter(({ level }) => level === "error"));

// The places where somebody was: only there a problem is news.
const visited = signal(new Set());
const isAllShown = signal(false);

export const begin = () => {
  text.value = draft() ?? written(BEGINNING);
  effect(() => keepDraft(text.value));
  let pause;
  effect(() => {
    const [written, language] = [text.value, languageOfPage.value];
    clearTimeout(pause);
    pause = setTimeout(() => (checked.value = { text: written, findings: check(written, language) }), PAUSE);
  });
};

// Begins with another configuration, whose problems are all news.
export function take(next) {
  batch(() => {
    text.value = next;
    isAllShown.value = true;
  });
}

export function beginAnew() {
  batch(() => {
    text.value = written(BEGINNING);
    visited.value = new Set();
    isAllShown.value = false;
  });
}

export const read = (path) => at(value.value, path);

export function put(path, next) {
  text.value = written(changed(value.value, path, next));
}

// Several changes that belong together.
export function putAll(changes) {
  text.value = written(changes.reduce((whole, [path, next]) => changed(whole, path, next), value.value));
}

export const visit = (path) => {
  const name = named(path);
  if (!visited.value.has(name)) visited.value = new Set([...visited.value, name]);
};

// What is said of a field that was left comes when the press that left it is over: it would move away what is being pressed.
let pressed = Promise.resolve();
addEventListener("pointerdown", () => {
  pressed = new Promise((done) => ["click", "pointercancel", "dragend"].forEach((end) => addEventListener(end, done, { once: true })));
}, true);

export const leave = (path) => pressed.then(() => visit(path));

export const showAll = () => {
  isAllShown.value = true;
};

// What the check says of a place, and of what lies below it unless that has a field of its own.
export function saidOf(path, withInside = false) {
  const name = named(path);
  const isThere = ({ path: found }) => found === name || (withInside && (found.startsWith(`${name}.`) || found.startsWith(`${name}[`)));
  const isNews = isAllShown.value || visited.value.has(name);
  return isNews ? findings.value.filter(isThere) : [];
}
