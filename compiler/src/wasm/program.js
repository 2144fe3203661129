// Where the program `kelisim` prints under Node. Whoever has read enough closes the pipe: the rest is dropped, and nothing went
// wrong.

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// The bytes lie in the module's memory, which goes on changing.
export const print = (bytes) => void process.stdout.write(bytes.slice());
export const complain = (bytes) => void process.stderr.write(bytes.slice());
