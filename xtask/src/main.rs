//! `cargo xtask`: sets up, builds, serves, tests and measures Kelisim.
//!
//! - [`setup`] brings the toolchain, the npm tools and the browsers here, each only when it is missing;
//! - [`build`] fills `dist/` and holds every file against its budget;
//! - [`configurator`] makes the page on which owners click a banner together;
//! - [`package`] packs it for npm, and as a ZIP;
//! - [`pictures`] takes the pictures of the documents;
//! - [`serve`] shows the demo under `www/` and rebuilds it while it is edited;
//! - [`site`] makes one static site of documents, demo, configurator and packages;
//! - [`mod@bench`] measures Kelisim side by side with what people would pick instead;
//! - [`mod@test`] runs every check of the project and ends with one line that counts them.
//!
//! Programs are started directly, never through a shell: see [`process`].

mod bench;
mod build;
mod configurator;
mod package;
mod pictures;
mod process;
mod project;
mod serve;
mod setup;
mod site;
mod test;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

/// The name under which `cargo test` calls this program to run a test module in a browser.
pub(crate) const BROWSER_TEST_RUNNER: &str = "wasm-test-runner";

/// The name under which `serve` calls this program anew, when the compiler in it has changed.
pub(crate) const BUILD_SITES: &str = "build-sites";

/// Builds, serves, tests and measures Kelisim.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Bring here what building and testing need
    Setup,
    /// Fill dist/ and print the size of each file
    Build,
    /// Build, and pack what was built into packages/: for npm, and as a ZIP
    Package,
    /// Build, and make the page on which owners click a banner together, in target/kelisim/configurator/
    Configurator,
    /// Build, serve the demo and rebuild it while it is edited
    Serve(serve::Options),
    /// Build, pack, and make one static site of the documents, the demo, the configurator and the packages
    Site(site::Options),
    /// Build the demo's sites from what dist/ holds; `serve` calls this
    #[command(name = BUILD_SITES, hide = true)]
    BuildSites,
    /// Run every check: formatting, lints, documentation, native, browser and visit tests, size budgets
    Test(test::Options),
    /// Take the pictures of docs/ anew: each look of both layers
    Pictures,
    /// Print the sizes of what dist/ holds, without building
    Size {
        /// Print as well which files and functions the module's bytes belong to; compiles it when it changed.
        #[arg(long)]
        report: bool,
    },
    /// Measure Kelisim side by side with what people would pick instead, and how its cost grows
    Bench(bench::Options),
    /// Run a compiled test module in a browser; `cargo test` calls this
    #[command(name = BROWSER_TEST_RUNNER, hide = true, disable_help_flag = true)]
    BrowserTestRunner {
        /// What `cargo test` passes on.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(code) => code,
        Err(error) => {
            // Without the backtrace that a `Result` from `main` prints: whoever reads this wants the mend.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
    match task {
        Task::Setup => setup::everything()?,
        Task::Build => build::run()?,
        Task::Package => package::run()?,
        Task::Configurator => configurator::run()?,
        Task::Pictures => pictures::run()?,
        Task::Serve(options) => serve::run(&options)?,
        Task::Site(options) => site::run(&options)?,
        Task::BuildSites => serve::sites::Sites::of_the_demo().build_all()?,
        Task::Test(options) => return test::run(&options),
        Task::Size { report } => {
            build::sizes::print_of_last_build()?;
            if report {
                build::report::print()?;
            }
        }
        Task::Bench(options) => bench::run(&options)?,
        Task::BrowserTestRunner { arguments } => test::browser::run_module(arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}
