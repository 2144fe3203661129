//! Whole visits in Chromium, Firefox and WebKit, of what was just built.

use crate::{project, setup};
use std::process::Command;

/// Builds the programs that visits run as an owner does. With the features of the whole workspace, as everything before
/// it was compiled.
pub(super) fn programs() -> Command {
    super::cargo(&[
        "build",
        "--quiet",
        "--workspace",
        "--bin",
        "kelisim",
        "--bin",
        "kelisim-pack",
    ])
}

/// The tests of the package `visits`.
pub(super) fn tests() -> Command {
    let mut command = super::cargo(&["test", "--workspace", "--test", "visits"]);
    command.env("KELISIM_DIST", project::dist());
    command.env("KELISIM_WWW", project::path("www"));
    command.env("GECKODRIVER", setup::geckodriver());
    command
}
