//! Runs parts of the script under node, to see that what was taken out of the script comes back in the browser.

use crate::{process, project};
use anyhow::{Context, Result};
use std::process::Command;

/// What a JavaScript module writes on its standard output.
pub(super) fn run(program: &str) -> Result<String> {
    std::fs::create_dir_all(project::work()).context("could not make the work directory")?;
    let file = project::work().join(format!("program-{:x}.mjs", getrandom::u64()?));
    std::fs::write(&file, program).context("could not write a program for node")?;
    let output = process::read(
        Command::new("node").arg(&file),
        "run a part of the script under node",
        "What node says about it stands above.",
    );
    std::fs::remove_file(&file).context("could not remove a program for node")?;
    output
}
