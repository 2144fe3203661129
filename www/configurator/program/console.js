// Where the program `kelisim` prints in a page: texts that are read after each of its runs. It stands in the place of
// `compiler/src/wasm/program.js`.

const decoder = new TextDecoder();
let printed = { output: "", complaint: "" };

export const print = (bytes) => void (printed.output += decoder.decode(bytes));
export const complain = (bytes) => void (printed.complaint += decoder.decode(bytes));

// What was printed since the last call.
export function taken() {
  const all = printed;
  printed = { output: "", complaint: "" };
  return all;
}
