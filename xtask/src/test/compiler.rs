//! The tests of the compiler: natively, and its build for pages and Node held against that.

use std::path::Path;
use std::process::Command;

/// The packages that the compiler consists of.
const PACKAGES: &[&str] = &["--package", "kelisim-site", "--package", "kelisim-compiler"];

/// Its own tests.
pub(super) fn tests() -> Command {
    let mut command = super::cargo(&["test", "--quiet"]);
    command.args(PACKAGES);
    command.args(["--lib", "--bins", "--test", "native", "--no-fail-fast"]);
    command
}

/// The tests that need the build for pages and Node, which is in `directory`.
///
/// `as_workspace`: with the features that the whole workspace has, where that was compiled already.
pub(super) fn in_node(directory: &Path, as_workspace: bool) -> Command {
    let mut command = super::cargo(&["test", "--quiet"]);
    command.args(if as_workspace { &["--workspace"] } else { PACKAGES });
    command.args(["--test", "native", "--", "--ignored", "parity::", "--nocapture"]);
    command.env("KELISIM_COMPILER", directory);
    command
}
