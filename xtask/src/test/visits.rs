//! Whole visits in Chromium, Firefox and WebKit, of what was just built.

use crate::{project, setup};
use anyhow::Result;
use kelisim_compiler::config::appearance::Appearance;
use kelisim_compiler::owner::build::runtime;
use kelisim_compiler::owner::distribution::Distribution;
use std::process::Command;

/// Whether the build has made the runtime, whole: visits build their sites of it themselves.
pub(super) fn check_runtime() -> Result<()> {
    runtime(&Distribution::open(Some(&project::dist()))?, &Appearance::default()).map(drop)
}

/// Builds the programs that visits run as an owner does. With the features of the whole workspace, as everything before
/// it was compiled.
pub(super) fn programs() -> Command {
    super::cargo(&["build", "--quiet", "--workspace", "--bin", "kelisim"])
}

/// The tests of the package `visits`.
pub(super) fn tests() -> Command {
    let mut command = super::cargo(&["test", "--workspace", "--test", "visits"]);
    command.env("KELISIM_DIST", project::dist());
    command.env("KELISIM_WWW", project::path("www"));
    command.env("GECKODRIVER", setup::geckodriver());
    command
}
