// What the wasm build says to values that no file could hold: a program for Node, which `parity.rs` runs.
//
//     node odd-values.mjs kelisim-compiler.mjs kelisim-compiler.wasm good.json
//
// Each line of its output is `name | path | sentence`. It stops with an error where a value does not have exactly one
// problem, where it is not said in Russian and Kazakh too, where `compile` and `notice` do not throw it, where the
// caller's object is changed, or where the compiler no longer works after.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [script, module, file] = process.argv.slice(2);
const { initSync, check, compile, notice } = await import(pathToFileURL(script).href);
const { memory } = initSync({ module: readFileSync(module) });
const text = readFileSync(file, "utf8");

/** The good configuration with something else in it. */
const good = (changes) => ({ ...JSON.parse(text), ...changes });

const throwing = { get name() { throw new Error("boom"); } };
const itself = good({});
itself.operator.friend = itself;
const list = [];
list.push([list]);
let doubled = {};
for (let level = 0; level < 100; level += 1) doubled = { left: doubled, right: doubled };
const nested = (levels) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
const endless = new Proxy({}, { ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }), get: () => endless });
const deeper = () => new Proxy({}, { ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }), get: () => deeper() });
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const revokedList = Proxy.revocable([], {});
revokedList.revoke();
const worst = new Error();
Object.defineProperty(worst, "message", { get() { throw worst; } });

const values = {
  "nothing": undefined,
  "a function": () => 1,
  "a class": class {},
  "a symbol": Symbol("kelisim"),
  "a big number": 1n,
  "no number": NaN,
  "a date": new Date(0),
  "a map": new Map([["law", ["kz"]]]),
  "a set": new Set(),
  "a promise": Promise.resolve({}),
  "an error": new Error("none"),
  "bytes": new Uint8Array(3),
  "a buffer": new ArrayBuffer(3),
  "a text in an object": new String("x"),
  "a revoked proxy": revoked.proxy,
  "a revoked proxy of a list": revokedList.proxy,
  "a proxy that throws": new Proxy({}, { ownKeys() { throw new Error("no keys"); } }),
  "a proxy that throws the worst": new Proxy({}, { getPrototypeOf() { throw worst; } }),
  "a proxy that throws nothing": new Proxy({}, { getPrototypeOf() { throw undefined; } }),
  "a proxy that holds itself": endless,
  "a proxy that never ends": deeper(),
  "a list that throws": good({ services: new Proxy([], { get() { throw new Error("no length"); } }) }),
  "an object that holds itself": itself,
  "a list that holds itself": list,
  "an object that doubles": doubled,
  "a list that is too deep": nested(128),
  "a text that is too long": good({ scope: "x".repeat(3_000_000) }),
  "a list of holes": good({ services: new Array(4_000_000_000) }),
  "a getter that throws": good({ operator: throwing }),
  "a member of nothing": good({ scope: undefined }),
  "a member that is a function": good({ onWithdraw: () => location.reload() }),
  "an item that is a big number": good({ services: [{ use: "yandex-metrika", counter: 12345678n }] }),
  "an infinite number": good({ expiresDays: Infinity }),
  "half a character": good({ scope: "a\ud800" }),
  "half a character in a key": good({ "a\udc00": 1 }),
};

for (const [name, value] of Object.entries(values)) {
  const problems = check(value);
  assert.equal(problems.length, 1, name);
  const [{ path, code, problem, mend, level, closesPage }] = problems;
  assert.deepEqual([code, level, closesPage], ["notJson", "error", true], name);
  assert.match(mend, /^[A-Z].*\.$/, name);
  for (const none of [null, 1, {}]) assert.equal(check(value, none)[0].problem, problem, name);
  for (const language of ["ru", "kk"]) {
    const [told] = check(value, language);
    assert.match(told.problem, /[а-яәіңғүұқөһ]/, name);
    assert.match(told.mend, /[а-яәіңғүұқөһ].*\.$/, name);
  }
  assert.throws(() => compile(value), (error) => error instanceof Error && error.problems[0].problem === problem, name);
  assert.throws(() => notice(value, "kk"), (error) => error.problems[0].problem === problem, name);
  const place = path.length > 40 ? `${path.slice(0, 9)}…` : path;
  console.log(`${name} | ${place} | ${problem}`);
}

// What is read as a file would be: objects of another frame or of none, of a proxy, with keys that are no names.
const expected = JSON.stringify(compile(JSON.parse(text)));
const bare = Object.assign(Object.create(null), JSON.parse(text));
for (const value of [bare, new Proxy(good({}), {}), good({ [Symbol("mine")]: () => 1 }), Object.freeze(good({}))]) {
  assert.equal(JSON.stringify(compile(value)), expected);
}
assert.ok(check(JSON.parse(`{"__proto__": {"law": ["kz"]}}`)).some(({ path, code }) => path === "__proto__" && code === "unknownKey"));
assert.deepEqual(check(nested(127)).map(({ code }) => code).includes("notJson"), false);

// Nothing is left behind, however often a page hands in what throws.
const before = memory.buffer.byteLength;
for (let time = 0; time < 20_000; time += 1) check(values["a getter that throws"]);
assert.equal(JSON.stringify(compile(JSON.parse(text))), expected);
assert.ok(memory.buffer.byteLength - before < 1_000_000, "the memory grew");

const names = Object.keys(globalThis).filter((name) => /kelisim/i.test(name));
assert.deepEqual(names, [], "the compiler left something on the page");
