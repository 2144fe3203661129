//! The tests of the browser edge: compiled to WebAssembly, run in headless Chromium by wasm-bindgen's runner, which
//! lives in this very program so that it is always of the right version.

use crate::setup::{TARGET, Toolchain};
use crate::{BROWSER_TEST_RUNNER, project};
use anyhow::{Context, Result};
use serde_json::json;
use std::ffi::OsString;
use std::process::Command;

/// Chromium as root, without a screen, and without requests of its own.
const CHROMIUM_ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Lints of the code that only exists for WebAssembly.
pub(super) fn lints(toolchain: &Toolchain) -> Command {
    // Debian's compiler for WebAssembly has no clippy; the compiler's own warnings are what remains.
    let mut command = toolchain.cargo();
    command.arg(if toolchain.is_active() { "clippy" } else { "check" });
    command.args([
        "--quiet",
        "--package",
        "kelisim",
        "--target",
        TARGET,
        "--lib",
        "--test",
        "browser",
    ]);
    if toolchain.is_active() {
        command.args(["--", "-D", "warnings"]);
    }
    command
}

/// The tests themselves.
pub(super) fn tests(toolchain: &Toolchain) -> Command {
    let mut command = toolchain.cargo();
    command.args([
        "test",
        "--quiet",
        "--package",
        "kelisim",
        "--target",
        TARGET,
        "--test",
        "browser",
    ]);
    match runner() {
        Ok(runner) => command.args(["--config", &runner]),
        // Cargo then says that the module cannot be executed, below this line.
        Err(error) => {
            eprintln!("error: {error:#}");
            &mut command
        }
    };
    command.env(
        "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
        project::work().join("webdriver.json"),
    );
    // Seconds for all tests together, on a machine with other work.
    command
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    command
}

/// Runs one compiled module of tests; `cargo test` calls it through [`BROWSER_TEST_RUNNER`].
pub(crate) fn run_module(arguments: Vec<OsString>) -> Result<()> {
    let name = OsString::from(BROWSER_TEST_RUNNER);
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::iter::once(name).chain(arguments))
}

/// Cargo's setting that names the runner, as an array, because the path may contain spaces.
fn runner() -> Result<String> {
    let capabilities = json!({ "goog:chromeOptions": { "args": CHROMIUM_ARGUMENTS } });
    std::fs::create_dir_all(project::work()).context("could not make target/kelisim")?;
    std::fs::write(project::work().join("webdriver.json"), capabilities.to_string())
        .context("could not write target/kelisim/webdriver.json, which configures Chromium")?;
    let program = std::env::current_exe().context("could not find this program's own file")?;
    let command = json!([program.to_string_lossy(), BROWSER_TEST_RUNNER]);
    Ok(format!("target.{TARGET}.runner={command}"))
}
