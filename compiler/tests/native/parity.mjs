// What the wasm build says to configurations: a program for Node, which `parity.rs` runs and holds against itself.
//
//     node parity.mjs kelisim-compiler.mjs kelisim-compiler.wasm < {"texts": […], "languages": […], "asked": […]}
//
// Each line of its output is a list of texts: of the first line the schema, of each other what is said to one
// configuration. It judges nothing.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [script, module] = process.argv.slice(2);
const compiler = await import(pathToFileURL(script).href);
compiler.initSync({ module: readFileSync(module) });

const { texts, languages, asked } = JSON.parse(readFileSync(0, "utf8"));
print([JSON.stringify(compiler.schema())]);
for (const text of texts) {
  print(answer(text));
}

function answer(text) {
  let value;
  try {
    // A browser drops a byte-order mark when it reads a response.
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return ["no JSON"];
  }
  const problems = compiler.check(value);
  if (problems.some(({ code }) => code === "notJson")) {
    return ["no JSON"];
  }
  return [
    JSON.stringify(problems),
    ...asked.map((language) => JSON.stringify(compiler.check(value, language))),
    attempt(() => JSON.stringify(compiler.compile(value))),
    JSON.stringify(compiler.develop(value)),
    ...languages.map((language) => attempt(() => compiler.notice(value, language))),
  ];
}

function attempt(act) {
  try {
    return act();
  } catch (error) {
    return error.problems ? JSON.stringify(error.problems) : error.message;
  }
}

function print(answers) {
  process.stdout.write(`${JSON.stringify(answers)}\n`);
}
