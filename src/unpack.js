// Puts the module together again. In `kelisim.js` it travels as five strings, because numbers of locals and constants
// compress better among themselves than between the operations that they belong to, and no function says how long it is.
// `xtask/src/build/packed.rs` takes the module apart and says how; the build fails where this does not undo it.

// By operation: how many numbers follow it in the same string, up to two; 3 is a constant, 4 the number of a local.
const FOLLOWING = "0011100000001100100000000000000044411000222222222222222222222220033";
// Before an operation that stands as it is: how many bytes it has, and these.
const VERBATIM = 1;
const END = 11;
// More than the module has; what is beyond it is lost, and the build would notice.
const ROOM = 131072;

/**
 * The module's bytes, of strings in this order: what stands before the functions, what stands after them, their
 * operations, their constants and the numbers of their locals. Throws where a character is no byte; a string that ends
 * too early ends it as well. No function is called for a byte: the whole of it runs once, before anything is compiled.
 */
export function unpack([before, after, operations, constants, locals]) {
  const module = new Uint8Array(ROOM);
  let end = 0;
  let place = 0;
  let constant = 0;
  let local = 0;
  // Every bit that was ever set in a character.
  let seen = 0;
  let byte;
  const copy = (text) => {
    for (let place = 0; place < text.length; ) seen |= module[end++] = text.charCodeAt(place++);
  };

  copy(before);
  while (place < operations.length) {
    const start = end;
    // The kinds of its locals: how many kinds, and of each how many locals and which type.
    for (let count = 1; count--; ) {
      do seen |= module[end++] = byte = operations.charCodeAt(place++) ^ __KELISIM_MASK__;
      while (byte > 127);
      if (end === start + 1) count = byte * 2;
    }
    let operation;
    while ((operation = operations.charCodeAt(place++) ^ __KELISIM_MASK__) && place <= operations.length) {
      if (operation === VERBATIM) {
        for (let count = operations.charCodeAt(place++) ^ __KELISIM_MASK__; count-- > 0; ) module[end++] = operations.charCodeAt(place++) ^ __KELISIM_MASK__;
      } else {
        module[end++] = operation;
        let following = +FOLLOWING[operation];
        if (following > 3) {
          do seen |= module[end++] = byte = locals.charCodeAt(local++) ^ __KELISIM_MASK__;
          while (byte > 127);
        } else if (following > 2) {
          do seen |= module[end++] = byte = constants.charCodeAt(constant++) ^ __KELISIM_MASK__;
          while (byte > 127);
        } else {
          while (following-- > 0) {
            do seen |= module[end++] = byte = operations.charCodeAt(place++) ^ __KELISIM_MASK__;
            while (byte > 127);
          }
        }
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
  copy(after);
  if (seen > 255) throw seen;
  return module.subarray(0, end);
}
