//! The tests of the browser edge: compiled to WebAssembly, run in headless Chromium by wasm-bindgen's runner, which
//! lives in this very program so that it is always of the right version.

use crate::setup::{HEADLESS, TARGET, Toolchain};
use crate::{BROWSER_TEST_RUNNER, process, project};
use anyhow::{Context, Result};
use serde_json::json;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Lints of the code that only exists for WebAssembly.
pub(super) fn lints(toolchain: &Toolchain) -> Command {
    // Debian's compiler for WebAssembly has no clippy; the compiler's own warnings are what remains.
    let mut command = toolchain.tests_cargo(if toolchain.is_active() { "clippy" } else { "check" });
    command.args([
        "--quiet",
        "--package",
        "kelisim-compiler",
        "--package",
        "kelisim",
        "--lib",
        "--test",
        "browser",
    ]);
    if toolchain.is_active() {
        command.args(["--", "-D", "warnings"]);
    }
    command
}

/// The tests themselves; `program` is this one, which runs each module.
pub(super) fn tests(toolchain: &Toolchain, program: &Path) -> Result<Command> {
    let mut command = toolchain.tests_cargo("test");
    command.args(["--package", "kelisim", "--test", "browser"]);
    // As an array, because the path may contain spaces.
    let runner = json!([program.to_string_lossy(), BROWSER_TEST_RUNNER]);
    command.args(["--config", &format!("target.{TARGET}.runner={runner}")]);
    command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities()?);
    // Without it, the runner takes whichever driver it finds first.
    command.env(
        "CHROMEDRIVER",
        process::find("chromedriver").context("could not find chromedriver")?,
    );
    // Seconds for all tests together, on a machine with other work.
    command
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    Ok(command)
}

/// Runs one compiled module of tests; `cargo test` calls it through [`BROWSER_TEST_RUNNER`].
pub(crate) fn run_module(arguments: Vec<OsString>) -> Result<()> {
    let name = OsString::from(BROWSER_TEST_RUNNER);
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::iter::once(name).chain(arguments))
}

/// Writes the file that tells the runner how to start Chromium.
fn capabilities() -> Result<PathBuf> {
    let capabilities = json!({ "goog:chromeOptions": { "args": HEADLESS } });
    let file = project::work().join("webdriver.json");
    std::fs::create_dir_all(project::work()).context("could not make target/kelisim")?;
    std::fs::write(&file, capabilities.to_string()).with_context(|| format!("could not write {}", file.display()))?;
    Ok(file)
}
