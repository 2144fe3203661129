// The very program `kelisim`, in this page, on a disk that lies in memory: what the configurator checks, shows and hands over is
// what the program says and writes on an owner's own machine. Nothing here decides anything about a configuration.

import start, { program } from "kelisim/program";
import { clear, filesIn, write } from "./disk.js";
import { taken } from "./console.js";

export { draft, forgetDraft, found, keepDraft, offer, schema } from "kelisim/program";

const SUMS = "SHA384SUMS";

// What only a site that looks at itself needs: megabytes.
const FOR_AUDITS = ["kelisim-audit.js", "kelisim-compiler.js", "kelisim-compiler.wasm"];

const here = (file) => new URL(file, document.baseURI);

async function fetched(file) {
  const answer = await fetch(here(file));
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

// Brings the program and what sites are built from.
export async function bring() {
  const sums = await fetched(`dist/${SUMS}`);
  write(`dist/${SUMS}`, sums);
  const names = new TextDecoder().decode(sums).split("\n").map((line) => line.split("  ")[1]);
  const needed = names.filter((name) => name?.startsWith("runtime/") || name === "kelisim.wasm");
  await Promise.all([start({ module_or_path: fetch(here("kelisim-program.wasm")) }), bringFiles(needed)]);
}

const bringFiles = (names) => Promise.all(names.map(async (name) => write(`dist/${name}`, await fetched(`dist/${name}`))));

let audits;
const bringAudits = () => (audits ??= bringFiles(FOR_AUDITS));

const encoder = new TextEncoder();

// Runs a command on the text of a configuration.
function run(text, command, ...options) {
  write("site.json", encoder.encode(text));
  const code = program([command, "site.json", ...options]);
  return { code, ...taken() };
}

// What it prints; what it complains of where it cannot.
function printed(text, command, ...options) {
  const { code, output, complaint } = run(text, command, ...options);
  if (code !== 0) throw new Error(complaint);
  return output;
}

// Everything wrong and all advice: `[{level, path, code, line, column, problem, mend}]`, in the words of a language.
export const check = (text, language) => JSON.parse(run(text, "check", "--json", "--lang", language).output);

// The files that `kelisim build` writes, by name.
export async function build(text, ...options) {
  if (JSON.parse(text).audit) await bringAudits();
  clear("out");
  printed(text, "build", "--out", "out", "--quiet", ...options);
  return filesIn("out");
}

// Like `build`, of a configuration that has no audit: the script of a single file.
export function singleFile(text) {
  clear("out");
  printed(text, "build", "--out", "out", "--quiet", "--single-file");
  return filesIn("out")["kelisim.js"];
}

// `{head, contentSecurityPolicy, accessControlAllowOrigin, inlineSource}`.
export const lines = (text, ...options) => JSON.parse(printed(text, "snippet", "--json", ...options));

export const notice = (text, language) => printed(text, "notice", "--lang", language);
export const declaration = (text, language) => printed(text, "declaration", "--lang", language);
