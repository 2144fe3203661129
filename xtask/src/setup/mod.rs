//! Brings here what building and testing need. Every step looks first, says in one line what it does, and does nothing
//! when the last run left it done.

mod browsers;
mod documents;
mod packages;
mod platforms;
mod toolchain;

use crate::{process, project};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

pub(crate) use browsers::{HEADLESS, geckodriver};
pub(crate) use documents::mdbook;
pub(crate) use packages::{esbuild, json_to_typescript, wasm_opt};
pub(crate) use toolchain::{TARGET, Toolchain};

/// What `cargo xtask setup` brings: all of it.
pub(crate) fn everything() -> Result<()> {
    for_building()?;
    for_visiting()
}

/// What a build needs: a compiler for WebAssembly with the sources of its library, and the npm tools.
pub(crate) fn for_building() -> Result<Toolchain> {
    let toolchain = toolchain::set_up()?;
    packages::set_up()?;
    Ok(toolchain)
}

/// What the tests need beyond that: three browsers and their drivers, the bundlers that the package is tried with, and
/// the libraries that pages are made with.
pub(crate) fn for_visiting() -> Result<()> {
    browsers::set_up()?;
    packages::set_up_bundlers()?;
    packages::set_up_libraries()
}

/// What trying the recipes needs beyond visiting: WordPress with PHP and a database, and the frameworks.
pub(crate) fn for_recipes() -> Result<()> {
    platforms::set_up()?;
    packages::set_up_frameworks()
}

/// What measuring needs beyond building: Chromium, and the consent managers that Kelisim is measured against.
pub(crate) fn for_measuring() -> Result<()> {
    browsers::set_up_chromium()?;
    packages::set_up_peers()
}

/// Compiles a program of the registry into target/tools, in this version and with these flags.
fn compile_program(name: &str, version: &str, flags: &[&str]) -> Result<()> {
    say(
        name,
        &format!("compiling version {version} into target/tools (a minute or two)"),
    );
    let mut install = Command::new("cargo");
    install.args(["install", name, "--version", version, "--locked", "--quiet"]);
    install.args(flags);
    install.env("CARGO_PROFILE_DEV_DEBUG", "false");
    install.arg("--root").arg(project::path("target/tools"));
    process::run(
        &mut install,
        &format!("compile {name}"),
        "Check that this machine reaches the registry of Rust packages.",
    )
}

/// Says what a step does, or that there was nothing to do.
fn say(step: &str, what: &str) {
    println!("setup  {step:<12} {what}");
}

/// Whether `program` is root's: only root installs Debian packages.
fn is_root() -> bool {
    // The owner of the process's own entry is the effective user.
    std::fs::metadata("/proc/self").is_ok_and(|entry| std::os::unix::fs::MetadataExt::uid(&entry) == 0)
}

/// Installs Debian packages as root; otherwise fails with a sentence that names them.
fn install_debian_packages(packages: &[&str], what_for: &str) -> Result<()> {
    let names = packages.join(" ");
    if !is_root() {
        bail!("{what_for} needs the Debian packages {names}. Install them: sudo apt-get install {names}");
    }
    if !Path::new("/usr/bin/apt-get").exists() {
        bail!("{what_for} needs what Debian packages as {names}. Install these programs by the means of this system");
    }
    let remedy = format!("Install by hand: apt-get install {names}");
    let mut update = Command::new("apt-get");
    process::run_quietly(
        update.args(["update", "-qq"]),
        "read Debian's list of packages",
        &remedy,
    )?;
    let mut install = Command::new("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    install
        .args(["install", "--yes", "-qq", "--no-install-recommends"])
        .args(packages);
    process::run_quietly(&mut install, &format!("install {names}"), &remedy)
}
