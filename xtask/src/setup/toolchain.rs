//! The compiler for WebAssembly: the active toolchain with its target for that, or, where rustup cannot fetch the target,
//! Debian's compiler, which has the sources of the standard library and compiles them along.

use super::{install_debian_packages, say};
use crate::process;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The one target of the visitor's script.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler, for machines where rustup cannot fetch the target.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];

/// Its linker for WebAssembly: a link to a program that none of these packages brings by itself.
const LINKER: &str = "rust-lld";

/// Makes cargo compile the standard library too, which Debian has not compiled for WebAssembly: a feature that stable Rust
/// has with `RUSTC_BOOTSTRAP=1`. The active toolchain needs neither.
const COMPILED_LIBRARY: &str = "build-std=std,panic_abort";

/// A Rust compiler and its cargo.
pub(crate) struct Toolchain {
    cargo: PathBuf,
    rustc: PathBuf,
    active: bool,
}

impl Toolchain {
    /// The toolchain that runs this very program.
    fn active() -> Toolchain {
        let program = |variable, name: &str| {
            std::env::var_os(variable)
                .unwrap_or_else(|| OsString::from(name))
                .into()
        };
        Toolchain {
            cargo: program("CARGO", "cargo"),
            rustc: program("RUSTC", "rustc"),
            active: true,
        }
    }

    fn debian() -> Toolchain {
        Toolchain {
            cargo: "/usr/bin/cargo".into(),
            rustc: "/usr/bin/rustc".into(),
            active: false,
        }
    }

    /// A call of cargo with this toolchain, in the root of the project.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(&self.cargo);
        command.current_dir(crate::project::root());
        if !self.active {
            command.env("RUSTC", &self.rustc);
        }
        command
    }

    /// A call of cargo's `subcommand` for WebAssembly, as the tests need it: with the compiled library where there is
    /// one, which is quicker than compiling it.
    pub(crate) fn tests_cargo(&self, subcommand: &str) -> Command {
        let mut command = self.cargo();
        command.args([subcommand, "--target", TARGET]);
        if !self.active {
            command.args(["-Z", COMPILED_LIBRARY]).env("RUSTC_BOOTSTRAP", "1");
        }
        command
    }

    /// Whether it is the one that runs this very program.
    pub(crate) fn is_active(&self) -> bool {
        self.active
    }

    /// Whether the compiled standard library for WebAssembly is here.
    fn has_target(&self) -> bool {
        self.print(&["target-libdir", "--target", TARGET])
            .is_some_and(|directory| Path::new(&directory).is_dir())
    }

    /// Whether the sources of the standard library are here.
    fn has_sources(&self) -> bool {
        self.library_sources()
            .is_some_and(|sources| sources.join("library/Cargo.lock").is_file())
    }

    /// Where the sources of the standard library are, or would be.
    pub(crate) fn library_sources(&self) -> Option<PathBuf> {
        let sysroot = self.print(&["sysroot"])?;
        Some(Path::new(&sysroot).join("lib/rustlib/src/rust"))
    }

    /// Whether it can build and test for WebAssembly. Debian has no compiled library for it; see [`Self::tests_cargo`].
    fn is_complete(&self) -> bool {
        if self.active {
            self.has_target()
        } else {
            self.has_sources() && process::exists(LINKER)
        }
    }

    fn print(&self, what: &[&str]) -> Option<String> {
        let mut command = Command::new(&self.rustc);
        command.arg("--print").args(what);
        let output = command.output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout)
            .ok()
            .map(|text| text.trim_end().to_owned())
    }
}

/// Completes the active toolchain through rustup, or falls back to Debian's.
pub(super) fn set_up() -> Result<Toolchain> {
    let active = Toolchain::active();
    if active.is_complete() {
        say("toolchain", "the WebAssembly target is here");
        return Ok(active);
    }
    let Err(refusal) = complete_through_rustup(&active) else {
        return Ok(active);
    };
    say(
        "toolchain",
        &format!("rustup could not ({refusal}); falling back to Debian's compiler"),
    );
    let debian = Toolchain::debian();
    if !debian.is_complete() {
        install_debian_packages(DEBIAN_PACKAGES, "compiling to WebAssembly")?;
        install_linker()?;
    }
    Ok(debian)
}

/// `rust-lld` is a link to `lld-22` or another version; the package has the name of the program.
fn install_linker() -> Result<()> {
    let link = Path::new("/usr/bin").join(LINKER);
    let Ok(program) = std::fs::read_link(&link) else {
        return Ok(());
    };
    match program.file_name().and_then(|name| name.to_str()) {
        Some(package) if !link.exists() => install_debian_packages(&[package], "linking WebAssembly"),
        _ => Ok(()),
    }
}

fn complete_through_rustup(active: &Toolchain) -> Result<()> {
    const REMEDY: &str = "Install rustup from https://rustup.rs, or Debian's rustc-web.";
    if !active.has_target() {
        say("toolchain", "adding the WebAssembly target through rustup");
        process::run_quietly(
            Command::new("rustup").args(["target", "add", TARGET]),
            "add the WebAssembly target",
            REMEDY,
        )?;
    }
    active
        .is_complete()
        .then_some(())
        .context("rustup added it to another toolchain than the active one")
}
