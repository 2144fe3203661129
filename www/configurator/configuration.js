// `site.json` as a value: what stands where, and the same value with one thing changed. Keys stand in the order of the
// documents, and nothing is left that says nothing. It must not know what a value means.

// The keys of the whole, in the order in which the documents list them.
const ORDER = [
  "$schema", "operator", "policy", "law", "scope", "expiresDays", "categories", "services", "googleConsentMode", "withdrawal",
  "texts", "receipts", "audit", "onWithdraw", "signals", "excludeCountries", "audience", "aliases", "languages", "appearance",
];

// Without these there is nothing to say what they lack.
const ALWAYS = ["operator", "policy", "withdrawal"];

// What somebody begins with who has nothing.
export const BEGINNING = {
  operator: {},
  policy: {},
  withdrawal: { subject: "Отзыв согласия на обработку персональных данных" },
  languages: ["ru", "kk", "en"],
};

// What stands in the preview where somebody has not come to yet.
const EXAMPLES = {
  operator: { name: "ТОО «Пример»", address: "г. Алматы, улица Примерная, дом 1", email: "privacy@example.kz" },
  policy: { url: "https://example.kz/privacy", version: "2026-01-01" },
  withdrawal: { email: "privacy@example.kz", subject: "Отзыв согласия на обработку персональных данных" },
};

// The same with examples for what every site has to say. Nothing of it is stored or handed over.
export function withExamples(value) {
  const whole = { ...value };
  for (const [key, examples] of Object.entries(EXAMPLES)) whole[key] = { ...examples, ...whole[key] };
  if (!whole.operator.bin && !whole.operator.iin) whole.operator.bin = "991240000003";
  if (whole.operator.iin === "") delete whole.operator.iin;
  return JSON.stringify(whole);
}

export const at = (value, path) => path.reduce((inside, key) => inside?.[key], value);

// A path as the check names it: `services[0].counter`.
export const named = (path) =>
  path.reduce((name, key) => (typeof key === "number" ? `${name}[${key}]` : name ? `${name}.${key}` : key), "");

// The same with another value at a path; without it, where that is `undefined`.
export function changed(value, path, next) {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  const inside = changed(value?.[key], rest, next);
  return Array.isArray(value) || typeof key === "number" ? inList(value ?? [], key, inside) : inObject(value ?? {}, key, inside);
}

function inList(list, index, item) {
  return item === undefined ? list.filter((_, place) => place !== index) : Object.assign([...list], { [index]: item });
}

function inObject(object, key, member) {
  const { [key]: _, ...others } = object;
  const says = member !== undefined && !isEmpty(member);
  return says ? (key in object ? { ...object, [key]: member } : { ...others, [key]: member }) : others;
}

const isEmpty = (value) => typeof value === "object" && value !== null && Object.keys(value).length === 0;

// As a file has it.
export function written(value) {
  const always = Object.fromEntries(ALWAYS.map((key) => [key, value[key] ?? {}]));
  const whole = { ...value, ...always };
  const known = ORDER.filter((key) => key in whole);
  const unknown = Object.keys(whole).filter((key) => !ORDER.includes(key));
  return `${JSON.stringify(Object.fromEntries([...known, ...unknown].map((key) => [key, whole[key]])), null, 2)}\n`;
}
