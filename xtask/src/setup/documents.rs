//! mdBook, which only the site needs. It is a program and no library of this one: that would make every cold `cargo xtask`
//! compile it.

use super::{compile_program, say};
use crate::project;
use anyhow::Result;
use std::path::PathBuf;

/// What [`crate::site`] says in other languages is what this version says.
const VERSION: &str = "0.5.4";

/// Where it lies; compiles it when it is missing.
pub(crate) fn mdbook() -> Result<PathBuf> {
    let program = project::path("target/tools/bin/mdbook");
    if program.is_file() {
        say("mdbook", "is here");
        return Ok(program);
    }
    // Neither its server nor its watcher; and it makes three small books, so nothing is gained by an optimiser.
    let flags = ["--no-default-features", "--features", "search", "--debug"];
    compile_program("mdbook", VERSION, &flags)?;
    Ok(program)
}
