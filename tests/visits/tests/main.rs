//! Every visit, in every engine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod harness;

use std::process::ExitCode;

fn main() -> ExitCode {
    visits::runner::run(harness::cases())
}
