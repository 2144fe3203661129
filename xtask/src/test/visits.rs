//! Whole visits in Chromium, Firefox and WebKit, of what was just built.

use crate::{project, setup};
use std::process::Command;

/// The tests of the package `visits`.
pub(super) fn tests() -> Command {
    let mut command = super::cargo(&["test", "--package", "visits", "--test", "visits"]);
    command.env("KELISIM_DIST", project::dist());
    command.env("KELISIM_WWW", project::path("www"));
    command.env("GECKODRIVER", setup::geckodriver());
    command
}
