//! The npm tools, exactly as `package-lock.json` names them: esbuild, Binaryen's wasm-opt, axe-core.

use super::say;
use crate::{process, project};
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Installs the tools when the lock file is not the one of the last installation.
pub(super) fn set_up() -> Result<()> {
    let lock = std::fs::read_to_string(project::path("package-lock.json"))
        .context("could not read package-lock.json, which names the npm tools")?;
    let stamp = project::work().join("npm-tools");
    let done = std::fs::read_to_string(&stamp).is_ok_and(|last| last == lock);
    if done && project::path("node_modules/esbuild").is_dir() {
        say("npm tools", "as the lock file names them");
        return Ok(());
    }
    if !process::exists("npm") {
        bail!("could not find npm. Install Node.js 18 or newer: apt-get install nodejs npm");
    }
    say(
        "npm tools",
        "installing esbuild, binaryen and axe-core from the lock file",
    );
    process::run_quietly(
        // No package of these needs an installation script.
        Command::new("npm")
            .args(["ci", "--ignore-scripts"])
            .current_dir(project::root()),
        "install the npm tools",
        "Check that this machine reaches the npm registry.",
    )?;
    std::fs::create_dir_all(project::work()).context("could not make target/kelisim")?;
    std::fs::write(&stamp, lock).with_context(|| format!("could not write {}", stamp.display()))
}

/// A call of esbuild in the root of the project.
pub(crate) fn esbuild() -> Command {
    tool("esbuild")
}

/// A call of wasm-opt in the root of the project.
pub(crate) fn wasm_opt() -> Command {
    tool("wasm-opt")
}

/// The tool as npm links it: a script, or the program that the package's installation script put in its place.
fn tool(name: &str) -> Command {
    let mut command = Command::new(project::path("node_modules/.bin").join(name));
    command.current_dir(project::root());
    command
}
