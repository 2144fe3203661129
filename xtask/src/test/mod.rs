//! Runs every check of the project, each even when one before it failed, and ends with one line: how many passed, how
//! many failed.

pub(crate) mod browser;
mod compiler;
mod recipes;
mod tally;
mod visits;

use crate::setup::{self, Toolchain};
use crate::{build, configurator, package, project};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;
use tally::Tally;

/// What to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run only this depth (may be given more than once)
    #[arg(long, value_enum)]
    only: Vec<Depth>,
}

/// How far from the code a check stands.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Depth {
    /// Formatting
    Fmt,
    /// Clippy and the documentation, warnings as errors
    Lint,
    /// Tests of the pure core and of the tools
    Native,
    /// The compiler, and its build for pages and Node against it
    Compiler,
    /// The browser edge in headless Chromium
    Browser,
    /// The build with its budgets, then whole visits in three engines
    Visits,
    /// The recipes, each on the real thing; only where it is named
    Recipes,
}

/// Sets up what the chosen checks need and runs them.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let named = |depth| options.only.contains(&depth);
    let chosen = |depth| options.only.is_empty() || named(depth);
    // Now: Linux no longer knows the path when a build has replaced the file, and the path is what matters.
    let this_program = std::env::current_exe().context("could not find this program's own file")?;
    let toolchain = setup::for_building()?;
    if chosen(Depth::Browser) || chosen(Depth::Visits) || named(Depth::Recipes) {
        setup::for_visiting()?;
    }
    if named(Depth::Recipes) {
        setup::for_recipes()?;
    }
    let mut run = Run {
        toolchain: &toolchain,
        tally: Tally::default(),
    };
    if chosen(Depth::Fmt) {
        run.formatting();
    }
    if chosen(Depth::Lint) {
        run.lints();
    }
    if chosen(Depth::Native) {
        run.native_tests();
    }
    if chosen(Depth::Compiler) {
        run.compiler(chosen(Depth::Native));
    }
    if chosen(Depth::Browser) {
        run.check("browser tests", browser::tests(&toolchain, &this_program)?);
    }
    if chosen(Depth::Visits) {
        run.build_and_visits();
    }
    if named(Depth::Recipes) {
        run.recipes();
    }
    print!("{}", run.tally);
    Ok(if run.tally.all_passed() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

struct Run<'a> {
    toolchain: &'a Toolchain,
    tally: Tally,
}

impl Run<'_> {
    fn formatting(&mut self) {
        self.check("formatting", cargo(&["fmt", "--all", "--check"]));
    }

    fn lints(&mut self) {
        self.check(
            "lints",
            cargo(&[
                "clippy",
                "--quiet",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ]),
        );
        self.check("lints of what runs in a page", browser::lints(self.toolchain));
        let mut documentation = cargo(&["doc", "--quiet", "--workspace", "--no-deps"]);
        documentation.env("RUSTDOCFLAGS", "-D warnings");
        self.check("documentation", documentation);
    }

    fn native_tests(&mut self) {
        // In one call, so that the packages share what they depend on.
        let targets = ["--lib", "--bins", "--test", "native", "--no-fail-fast"];
        let mut tests = cargo(&["test", "--quiet", "--workspace"]);
        tests.args(targets);
        self.check("native tests", tests);
        self.check(
            "examples in the documentation",
            cargo(&["test", "--quiet", "--workspace", "--doc"]),
        );
    }

    /// `is_tested`: whether the packages of the compiler were tested already, as those of the whole workspace.
    fn compiler(&mut self, is_tested: bool) {
        if !is_tested {
            self.check("tests of the compiler", compiler::tests());
        }
        begin("compiler in WebAssembly");
        match build::compiler::build(self.toolchain).and_then(|built| built.for_node()) {
            Ok(directory) => {
                self.tally.add_check("compiler in WebAssembly", Ok(()));
                self.check("compiler in Node", compiler::in_node(&directory, is_tested));
            }
            Err(error) => self.tally.add_check("compiler in WebAssembly", Err(error)),
        }
    }

    fn build_and_visits(&mut self) {
        begin("build");
        match build::build(self.toolchain) {
            Ok(()) => {
                self.tally.add_check("build", build::sizes::print_of_last_build());
                self.tally.add_check("budgets", build::sizes::check());
                self.tally.add_check("runtime of built sites", visits::check_runtime());
                let packed = package::pack(self.toolchain);
                self.tally.add_check("packages", packed.map(drop));
                self.tally
                    .add_check("configurator", configurator::build(self.toolchain));
                self.check("programs that visits run", visits::programs());
                self.check("visits", visits::tests());
            }
            Err(error) => self.tally.add_check("build", Err(error)),
        }
    }

    /// Tries the recipes with what is built, and files what came of it.
    fn recipes(&mut self) {
        begin("what the recipes are tried with");
        let built = build::build(self.toolchain).and_then(|()| package::pack(self.toolchain));
        self.tally.add_check("what the recipes are tried with", built.map(drop));
        self.check("programs that recipes run", visits::programs());
        let mut tried = recipes::Tried::default();
        self.check_hearing("recipes", recipes::tests(), |line| tried.read(line));
        self.tally.add_check("the outcome of the recipes", tried.file());
    }

    /// Runs a check while its output streams by. One that counts tests is counted by its tests.
    fn check(&mut self, name: &str, command: Command) {
        self.check_hearing(name, command, |_| {});
    }

    /// The same, with somebody who hears each line.
    fn check_hearing(&mut self, name: &str, command: Command, mut hear: impl FnMut(&str)) {
        let started = begin(name);
        let mut counted = Tally::default();
        let result = stream(command, |line| {
            counted.read(line);
            hear(line);
        });
        println!("test   {name}: {} s", started.elapsed().as_secs());
        self.tally.add(name, &counted, result);
    }
}

fn begin(name: &str) -> Instant {
    println!("\ntest   {name}");
    Instant::now()
}

/// A call of the active toolchain's cargo in the root of the project.
fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(project::root());
    command
}

/// Runs a program, prints each line of its standard output and hands it on.
fn stream(mut command: Command, mut hear: impl FnMut(&str)) -> Result<bool> {
    let program = command.get_program().display().to_string();
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{program} did not start: is it installed?"))?;
    let output = child.stdout.take().context("the output of a test is not readable")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = line.context("the output of a test broke off")?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        hear(&line);
    }
    Ok(child.wait().context("could not wait for a test to end")?.success())
}
