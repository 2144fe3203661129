//! The owner's program on the command line. What it does stands in `kelisim_compiler::owner::program`; this reads arguments
//! and lends it the terminal, and must not decide anything.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    terminal::main()
}

/// There is no command line in a browser; Node's is in `wasm/program.rs`.
#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod terminal {
    use std::io::{self, ErrorKind, Write};
    use std::process::ExitCode;

    use clap::Parser as _;
    use kelisim_compiler::owner::program::{Arguments, Console, run};

    /// Where the program prints. Whoever has read enough closes the pipe (`kelisim compile site.json | head`): the rest is
    /// dropped, and nothing went wrong.
    struct Output<W>(W);

    impl<W: Write> Write for Output<W> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match self.0.write(bytes) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
                written => written,
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            match self.0.flush() {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                flushed => flushed,
            }
        }
    }

    pub(crate) fn main() -> ExitCode {
        let console = Console {
            output: &mut Output(io::stdout().lock()),
            complaints: &mut Output(io::stderr().lock()),
        };
        ExitCode::from(run(Arguments::parse(), console))
    }
}
