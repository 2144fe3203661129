// Has the module put together again. In `kelisim.js` it travels as six texts, because numbers of locals and constants
// compress better among themselves than between the operations that they belong to, and no function says how long it is.
// What puts it together is a module too, `unpack.wat`, small enough to travel as it is, before them.

import { encoder } from "./host.js";

// Where that module takes what travels, and where it begins the other.
const TEXTS = 216;
const MODULE = 100000;

/**
 * The module's bytes, of characters that are a byte each: so many of what puts the module together, then the texts. In
 * UTF-8 they have a length that no other encoding leaves as it is: where it is another, undefined. The places are those
 * at which the texts start. Throws where nothing may be compiled.
 */
export function unpack(travelling, before, length, ...places) {
  const bytes = encoder.encode(travelling);
  if (bytes.length === length) {
    const code = Uint8Array.from(travelling.slice(0, before), (character) => character.charCodeAt());
    const { memory, unpack } = new WebAssembly.Instance(new WebAssembly.Module(code)).exports;
    new Uint8Array(memory.buffer).set(bytes, TEXTS);
    return new Uint8Array(memory.buffer, MODULE, unpack(...places) - MODULE);
  }
}
