// Puts the module together again. In `kelisim.js` it travels as five strings, because numbers of locals and constants
// compress better among themselves than between the operations that they belong to, and no function says how long it is.
// `xtask/src/build/packed.rs` takes the module apart and says how; the build fails where this does not undo it.

// By operation: how many numbers follow it in the same string, up to two; 3 is a constant, 4 the number of a local.
const FOLLOWING = "0011100000001100100000000000000044411000222222222222222222222220033";
// Before an operation that stands as it is: how many bytes it has, and these.
const VERBATIM = 1;
const END = 11;
const OPERATIONS = 2;
// More than the module has; what is beyond it is lost, and the build would notice.
const ROOM = 131072;

/**
 * The module's bytes, of strings in this order: what stands before the functions, what stands after them, their
 * operations, their constants and the numbers of their locals. Throws where a character is no byte or a string ends too
 * early, so it always ends.
 */
export function unpack(strings) {
  const places = [0, 0, 0, 0, 0];
  const module = new Uint8Array(ROOM);
  let end = 0;
  const next = (part) => {
    const code = strings[part].charCodeAt(places[part]++);
    if (code < 256) return part < OPERATIONS ? code : code ^ __KELISIM_MASK__;
    throw part;
  };
  const copy = (part, count) => {
    while (count-- > 0) module[end++] = next(part);
  };
  const number = (part) => {
    do copy(part, 1);
    while (module[end - 1] > 127);
  };

  copy(0, strings[0].length);
  while (places[OPERATIONS] < strings[OPERATIONS].length) {
    const start = end;
    // The kinds of its locals: how many kinds, and of each how many locals and which type.
    number(OPERATIONS);
    for (let count = module[start] * 2; count > 0; count--) number(OPERATIONS);
    let operation;
    while ((operation = next(OPERATIONS))) {
      if (operation === VERBATIM) copy(OPERATIONS, next(OPERATIONS));
      else {
        module[end++] = operation;
        const following = +FOLLOWING[operation];
        if (following > 2) number(following);
        else for (let count = following; count > 0; count--) number(OPERATIONS);
      }
    }
    module[end++] = END;
    const length = end - start;
    const size = length > 127 ? 2 : 1;
    module.copyWithin(start + size, start, end);
    end += size;
    module[start] = size > 1 ? length | 128 : length;
    if (size > 1) module[start + 1] = length >> 7;
  }
  copy(1, strings[1].length);
  return module.subarray(0, end);
}
