//! The program `kelisim` under Node: what the package's `bin/kelisim.mjs` calls. It lends the program Node's own output, and
//! must not decide anything.

use std::io::{self, LineWriter, Write};

use clap::Parser as _;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::owner::program::{Arguments, Console, run};

#[wasm_bindgen(module = "/src/wasm/program.js")]
extern "C" {
    #[wasm_bindgen(js_name = print)]
    fn node_print(bytes: &[u8]);
    #[wasm_bindgen(js_name = complain)]
    fn node_complain(bytes: &[u8]);
}

/// One of Node's two streams.
struct Stream(fn(&[u8]));

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs the program with what follows its name on the command line, and gives the code that it ends with.
#[wasm_bindgen]
pub fn program(arguments: Vec<String>) -> u8 {
    // Each call of Node's writes a line.
    let mut output = LineWriter::new(Stream(node_print));
    let mut complaints = LineWriter::new(Stream(node_complain));
    let name = std::iter::once("kelisim".to_owned());
    match Arguments::try_parse_from(name.chain(arguments)) {
        Ok(arguments) => {
            let console = Console {
                output: &mut output,
                complaints: &mut complaints,
            };
            run(arguments, console)
        }
        // Help and the version come as errors too, and are none.
        Err(asked) => {
            let stream = if asked.use_stderr() {
                &mut complaints
            } else {
                &mut output
            };
            // Writing to these streams cannot fail.
            let _ = write!(stream, "{}", asked.render());
            u8::try_from(asked.exit_code()).unwrap_or(2)
        }
    }
}
