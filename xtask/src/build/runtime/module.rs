//! Compiles the runtime to the WebAssembly module that visitors get, with wasm-bindgen's own bindings, and shrinks it.
//!
//! Stable Rust and the tools as they are: what makes it small is what is in it.

use super::super::compiler::without_places;
use super::super::guard;
use crate::setup::{self, Toolchain};
use crate::{process, project};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

const PACKAGE: &str = "kelisim";

/// The profile in the workspace's `Cargo.toml`.
const PROFILE: &str = "runtime";

/// The name of what wasm-bindgen writes.
const NAME: &str = "kelisim";

/// Has the crate of the hash take its compact form, which it knows by this name and by no feature: loops instead of rounds
/// that are written out.
const COMPACT_HASH: &str = "--cfg=sha2_backend_soft=\"compact\"";

/// How much of a page's memory is set apart for calls within calls, in bytes; Rust would take a megabyte. Nothing in the runtime
/// calls itself for as long as an input is, so this is a wide margin; whoever passed it all the same would be stopped.
const STACK: &str = "-Clink-arg=-zstack-size=131072";

/// How much memory the module may begin with, in pages of 64 KB.
const MEMORY: u64 = 4;

/// What every supported browser has (Chrome 99, Firefox 101, Safari 16.4), named one by one, so that the optimiser uses
/// nothing more.
const WASM_OPT_ARGUMENTS: &[&str] = &[
    "-Oz",
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--strip-producers",
    "--strip-target-features",
];

/// Takes the names of functions out, or leaves them in.
const WITHOUT_NAMES: &str = "--strip-debug";
const WITH_NAMES: &str = "--debuginfo";

/// What the loader calls, beside wasm-bindgen's own.
const EXPORTS: &[&str] = &[
    "memory",
    "kelisim_accept",
    "kelisim_allows",
    "kelisim_begin",
    "kelisim_language",
    "kelisim_open",
    "kelisim_press",
    "kelisim_record",
    "kelisim_reject",
    "kelisim_settings",
    "kelisim_show",
    "kelisim_withdraw",
];

/// The module, and the bindings that belong to it.
pub(super) struct Module {
    pub(super) bytes: Vec<u8>,
    /// Where it lies.
    pub(super) file: PathBuf,
    pub(super) glue: Glue,
}

/// wasm-bindgen's JavaScript.
pub(super) struct Glue {
    /// What instantiates the module and names its class.
    pub(super) bindings: PathBuf,
    /// The copy of `page.js` that the bindings import. The loader imports the same one, so that there is one of it.
    pub(super) page: PathBuf,
}

/// Builds both. Cargo decides whether to compile; the rest is done only for a module that is new.
pub(super) fn build(toolchain: &Toolchain) -> Result<Module> {
    let compiled = compile(toolchain)?;
    let directory = directory();
    let optimised = directory.join("optimised.wasm");
    let stamp = directory.join("made-from");
    let made_from = fingerprint(&compiled)?;
    if std::fs::read_to_string(&stamp).ok().as_deref() != Some(&made_from) {
        bind(&compiled, &directory)?;
        optimise(&bound(&directory), &optimised, WITHOUT_NAMES)?;
        std::fs::write(&stamp, made_from).with_context(|| format!("could not write {}", stamp.display()))?;
    }
    let bytes = std::fs::read(&optimised).with_context(|| format!("could not read {}", optimised.display()))?;
    guard::check_exports(&bytes, EXPORTS)?;
    guard::check_machine(&bytes)?;
    guard::check_memory(&bytes, MEMORY)?;
    let glue = glue(&directory)?;
    Ok(Module {
        bytes,
        file: optimised,
        glue,
    })
}

/// The same module with the names of its functions, for a look at it.
pub(in super::super) fn build_with_names(toolchain: &Toolchain) -> Result<Vec<u8>> {
    build(toolchain)?;
    let directory = directory();
    let named = directory.join("named.wasm");
    optimise(&bound(&directory), &named, WITH_NAMES)?;
    std::fs::read(&named).with_context(|| format!("could not read {}", named.display()))
}

/// Where the bindings are made.
fn directory() -> PathBuf {
    project::work().join("bindgen").join(PACKAGE)
}

/// The module as wasm-bindgen leaves it, with its names.
fn bound(directory: &Path) -> PathBuf {
    directory.join(format!("{NAME}_bg.wasm"))
}

fn compile(toolchain: &Toolchain) -> Result<PathBuf> {
    println!("build  runtime      compiling the runtime to WebAssembly");
    let mut cargo: Command = toolchain.tests_cargo("rustc");
    // As a cdylib alone: beside an rlib, Cargo makes no whole program.
    cargo.args(["--quiet", "--package", PACKAGE, "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--profile", PROFILE]);
    // Flags are apart by a character that stands in none of them.
    let flags = [COMPACT_HASH, STACK, &without_places(toolchain)].join("\u{1f}");
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags);
    process::run(
        &mut cargo,
        "compile the runtime to WebAssembly",
        "The compiler's messages stand above.",
    )?;
    let directory = project::path("target").join(setup::TARGET).join(PROFILE);
    Ok(directory.join("kelisim.wasm"))
}

/// Everything that is made of the compiled module depends on.
fn fingerprint(compiled: &Path) -> Result<String> {
    let module = std::fs::read(compiled).with_context(|| format!("could not read {}", compiled.display()))?;
    let mut hash = Sha256::new();
    hash.update(module);
    hash.update(super::super::read("package-lock.json")?);
    hash.update(super::super::read("Cargo.lock")?);
    hash.update(super::super::read("src/page/page.js")?);
    for argument in WASM_OPT_ARGUMENTS {
        hash.update(argument);
    }
    Ok(kelisim_compiler::bundle::digest::hexadecimal(&hash.finalize()))
}

fn bind(compiled: &Path, directory: &Path) -> Result<()> {
    println!("build  runtime      wasm-bindgen makes the bindings");
    // A copy of `page.js` from before may lie there under another name.
    if directory.exists() {
        std::fs::remove_dir_all(directory).with_context(|| format!("could not clear {}", directory.display()))?;
    }
    let mut output = Bindgen::new()
        .input_path(compiled)
        .out_name(NAME)
        .web(true)
        .and_then(|bindgen| {
            // The loader says where the module is, and checks it by its hash.
            bindgen
                .omit_default_module_path(true)
                .typescript(false)
                .remove_producers_section(true)
                .generate_output()
        })
        .context("wasm-bindgen could not read the runtime: is wasm-bindgen of the same version in every Cargo.toml?")?;
    let functions = output.wasm().funcs.iter();
    guard::check(functions.filter_map(|function| function.name.as_deref()))?;
    output
        .emit(directory)
        .with_context(|| format!("could not write into {}", directory.display()))
}

fn optimise(bound: &Path, optimised: &Path, names: &str) -> Result<()> {
    println!("build  runtime      wasm-opt shrinks the module");
    let mut command = setup::wasm_opt();
    command
        .args(WASM_OPT_ARGUMENTS)
        .arg(names)
        .arg(bound)
        .arg("-o")
        .arg(optimised);
    process::run(
        &mut command,
        "shrink the module",
        "Does it use a feature that the supported browsers lack?",
    )
}

/// Where the bindings are, and the copy of `page.js` that they name.
fn glue(directory: &Path) -> Result<Glue> {
    let bindings = directory.join(format!("{NAME}.js"));
    let text = std::fs::read_to_string(&bindings).with_context(|| format!("could not read {}", bindings.display()))?;
    let page = text
        .split(['"', '\''])
        .find(|part| part.starts_with("./snippets/") && part.ends_with("/page.js"))
        .context("wasm-bindgen's bindings import no page.js")?;
    let page = directory.join(page.trim_start_matches("./"));
    Ok(Glue { bindings, page })
}
