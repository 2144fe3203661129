//! Makes the compiler that pages and Node load: `kelisim-compiler.js` and `kelisim-compiler.wasm`; and, for the package, the
//! same compiler with the program `kelisim` in it, which Node runs.
//!
//! It is heavy and may be: no visitor of a site fetches it. So there is nothing here that makes it small at the price of a
//! longer build. It must not end up in what visitors get, nor that in it: [`guard::check_exports`] looks at all of them.

use super::guard;
use crate::setup::{self, Toolchain};
use crate::{process, project};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// The name of its files.
const NAME: &str = "kelisim-compiler";

/// The profile in the workspace's `Cargo.toml`.
const PROFILE: &str = "compiler";

/// One of the two ways in which it is compiled.
struct Way {
    /// Completes "compiling …".
    what: &'static str,
    /// Where its bindings are made.
    folder: &'static str,
    /// What Cargo is told beyond what is the same for both.
    arguments: &'static [&'static str],
    /// What it exports beside wasm-bindgen's own.
    exports: &'static [&'static str],
}

/// Without the program, which would make it heavier by four fifths and is of no use to a page.
const FOR_PAGES: Way = Way {
    what: "the compiler",
    folder: "kelisim-compiler",
    arguments: &["--no-default-features"],
    exports: &[
        "memory", "audit", "check", "compile", "develop", "inspect", "notice", "schema",
    ],
};

const FOR_NODE: Way = Way {
    what: "the program `kelisim`",
    folder: "kelisim-program",
    arguments: &[],
    exports: &[
        "memory",
        "audit",
        "check",
        "compile",
        "develop",
        "draft",
        "forgetDraft",
        "found",
        "inspect",
        "keepDraft",
        "notice",
        "offer",
        "program",
        "schema",
    ],
};

/// The script and the module that belong together.
pub(crate) struct Compiler {
    pub(super) script: Vec<u8>,
    pub(super) module: Vec<u8>,
}

/// Builds both, as pages take them.
pub(crate) fn build(toolchain: &Toolchain) -> Result<Compiler> {
    let directory = build_in_a_way(toolchain, &FOR_PAGES)?;
    Ok(Compiler {
        script: read(&directory.join(format!("{NAME}.js")))?,
        module: read(&directory.join(format!("{NAME}_bg.wasm")))?,
    })
}

/// The program for Node: its bindings, which import what lies beside them, and its module.
pub(crate) struct Program {
    /// Where the bindings are.
    pub(crate) bindings: PathBuf,
    /// The module.
    pub(crate) module: Vec<u8>,
}

/// Builds both, for Node.
pub(crate) fn build_program(toolchain: &Toolchain) -> Result<Program> {
    let directory = build_in_a_way(toolchain, &FOR_NODE)?;
    Ok(Program {
        module: read(&directory.join(format!("{NAME}_bg.wasm")))?,
        bindings: directory.join(format!("{NAME}.js")),
    })
}

/// Builds both and names the directory. Cargo decides whether to compile; the bindings are made only for a module that is new.
fn build_in_a_way(toolchain: &Toolchain, way: &Way) -> Result<PathBuf> {
    let unbound = compile(toolchain, way)?;
    let directory = project::work().join("bindgen").join(way.folder);
    let stamp = directory.join("made-from");
    let made_from = fingerprint(&unbound)?;
    if std::fs::read_to_string(&stamp).ok().as_deref() != Some(&made_from) {
        bind(&unbound, &directory)?;
        std::fs::write(&stamp, made_from).with_context(|| format!("could not write {}", stamp.display()))?;
    }
    let module = read(&directory.join(format!("{NAME}_bg.wasm")))?;
    guard::check_exports(&module, way.exports)?;
    guard::check_machine(&module)?;
    Ok(directory)
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("could not read {}", file.display()))
}

impl Compiler {
    /// Puts both where Node takes the script for a module, and names the directory.
    pub(crate) fn for_node(&self) -> Result<PathBuf> {
        let directory = project::work().join("node");
        std::fs::create_dir_all(&directory).context("could not make target/kelisim/node")?;
        for (file, content) in [("mjs", &self.script), ("wasm", &self.module)] {
            let file = directory.join(format!("{NAME}.{file}"));
            std::fs::write(&file, content).with_context(|| format!("could not write {}", file.display()))?;
        }
        Ok(directory)
    }
}

fn compile(toolchain: &Toolchain, way: &Way) -> Result<PathBuf> {
    println!("build  compiler     compiling {} to WebAssembly", way.what);
    let mut cargo: Command = toolchain.tests_cargo("rustc");
    cargo.args(["--quiet", "--package", NAME, "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--profile", PROFILE]).args(way.arguments);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", without_places(toolchain));
    process::run(
        &mut cargo,
        "compile the compiler to WebAssembly",
        "The compiler's messages stand above.",
    )?;
    let directory = project::path("target").join(setup::TARGET).join(PROFILE);
    Ok(directory.join("kelisim_compiler.wasm"))
}

/// Flags that take out of the places of panics where on whose machine they were compiled.
pub(super) fn without_places(toolchain: &Toolchain) -> String {
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let places = [
        (Some(project::root().to_owned()), "kelisim"),
        (cargo, "cargo"),
        (toolchain.library_sources(), "rust"),
    ];
    let flags = places.into_iter().filter_map(|(place, name)| {
        let place = place?;
        Some(format!("--remap-path-prefix={}={name}", place.display()))
    });
    // What stands between two of these flags.
    flags.collect::<Vec<_>>().join("\u{1f}")
}

/// Everything that the bindings depend on.
fn fingerprint(compiled: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(read(compiled)?);
    hash.update(super::read("Cargo.lock")?);
    Ok(kelisim_compiler::bundle::digest::hexadecimal(&hash.finalize()))
}

fn bind(compiled: &Path, directory: &Path) -> Result<()> {
    println!("build  compiler     wasm-bindgen makes the bindings");
    // What an earlier module imported may lie there under another name.
    if directory.exists() {
        std::fs::remove_dir_all(directory).with_context(|| format!("could not clear {}", directory.display()))?;
    }
    let mut output = Bindgen::new()
        .input_path(compiled)
        .out_name(NAME)
        .web(true)
        .and_then(|bindgen| {
            // Whoever loads the script says where the module is: the loader checks it by its hash.
            bindgen
                .omit_default_module_path(true)
                .typescript(false)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate_output()
        })
        .context(
            "wasm-bindgen could not read the compiler: is wasm-bindgen of the same version in every Cargo.toml?",
        )?;
    output
        .emit(directory)
        .with_context(|| format!("could not write into {}", directory.display()))
}
