// What the program `kelisim` asks of Node: each function one step of a disk's, as `native.rs` has it of the standard library. It
// must not decide anything. What it throws says what the operating system says, in the words that the native program prints.

import fs from "node:fs";
import { fileURLToPath } from "node:url";

// Where Node's words for an error are others than the system's.
const WORDS = { EEXIST: "file exists", EISDIR: "is a directory" };

function attempt(step) {
  try {
    return step();
  } catch (error) {
    throw new Error(sentence(error), { cause: error });
  }
}

// `ENOENT: no such file or directory, open 'x'` is "No such file or directory (os error 2)".
function sentence({ code, errno, message }) {
  if (!errno) return message;
  const words = WORDS[code] ?? message.slice(message.indexOf(": ") + 2, message.lastIndexOf(`, `));
  return `${words[0].toUpperCase()}${words.slice(1)} (os error ${Math.abs(errno)})`;
}

// The program knows one way to write a path.
const withSlashes = (path) => (process.platform === "win32" ? path.replaceAll("\\", "/") : path);

export const read = (path) => attempt(() => fs.readFileSync(path));
export const write = (path, content) => attempt(() => fs.writeFileSync(path, content));
export const makeDirectory = (path) => attempt(() => void fs.mkdirSync(path, { recursive: true }));
export const canonical = (path) => attempt(() => withSlashes(fs.realpathSync(path)));
export const isFile = (path) => attempt(() => fs.statSync(path).isFile());
export const checkWritable = (path) => attempt(() => fs.closeSync(fs.openSync(path, "r+")));
export const copyPermissions = (from, to) => attempt(() => fs.chmodSync(to, fs.statSync(from).mode));
export const rename = (from, to) => attempt(() => fs.renameSync(from, to));
export const remove = (path) => attempt(() => fs.unlinkSync(path));

// The program lies in `bin/` of the package, beside its `dist/`.
export const build = () => withSlashes(fileURLToPath(new URL("../dist", import.meta.url)));
export const processId = () => process.pid;
