//! Every recipe, tried. Not part of the gate: `cargo xtask test --only recipes`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod frameworks;
mod google_tag_manager;
mod hosted;
mod html;
mod vite;
mod wordpress;

use std::process::ExitCode;
use std::time::Duration;

use visits::browsers::Engine;
use visits::runner::Case;

/// How long a trial may take: a framework builds, a database is made.
const LONGEST: Duration = Duration::from_mins(12);

fn main() -> ExitCode {
    let groups = [
        html::cases(),
        hosted::cases(),
        vite::cases(),
        google_tag_manager::cases(),
        wordpress::cases(),
        frameworks::cases(),
    ];
    // What Kelisim does is shown in three engines by the visits; here it is what platforms do, which is the same in each.
    let in_one_engine = |case: Case| case.only_in(&[Engine::Chromium]).lasting(LONGEST);
    let cases: Vec<Case> = groups.into_iter().flatten().map(in_one_engine).collect();
    visits::runner::run(&cases)
}
