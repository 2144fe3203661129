//! Compiles the library to the WebAssembly module that visitors get, and shrinks it.

use super::guard;
use crate::setup::{self, Toolchain};
use crate::{process, project};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// How the module is shrunk, and what every supported browser has (Chrome 99, Firefox 101, Safari 16.4), named one by one
/// so that neither the compiler nor the optimiser may use more.
///
/// What counts is the size after brotli, which is good at small functions that look alike and bad at large ones that hold
/// others: a function of more than 150 bytes is not put into its only caller, and one of more than 5 not into all of its
/// callers. Nothing lies in the first kilobyte, so that offsets can be folded. Taking the flow of
/// every function apart and putting it together anew, and giving the functions that are called most the smallest
/// numbers, is 360 of 22,197 bytes; to move what is worked out to where it is used, before that, and to simplify the
/// locals after it, another 97 of the script, the mean of two modules and several settings of brotli. An alignment is a hint
/// that no engine needs; without any, none has to travel (`packed.rs`).
const WASM_OPT_ARGUMENTS: &[&str] = &[
    "--one-caller-inline-max-function-size=150",
    "--always-inline-max-function-size=5",
    "--low-memory-unused",
    "-Oz",
    "--flatten",
    "--code-pushing",
    "--rereloop",
    "--simplify-locals",
    "-Oz",
    "-Oz",
    "--reorder-functions",
    "--dealign",
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--strip-producers",
    "--strip-target-features",
];

/// What the loader asks of the module.
const EXPORTS: &[&str] = &["memory", "tell"];

/// Takes the names of functions out, or leaves them in.
const WITHOUT_NAMES: &str = "--strip-debug";
const WITH_NAMES: &str = "--debuginfo";

/// Without the machinery of panics, and without putting functions into others for the same reason as above: 55.3 instead
/// of 57.7 KB after brotli, before wasm-opt's own measures, and as much after them. What an instruction counts when it is
/// weighed against a call is 1 instead of 5: 193 bytes. Four optimisations for speed that make loops and loads longer are
/// off: 261 bytes for three of them, 43 for the fourth. The data lie before the stack, where most of their addresses take two
/// bytes instead of three: 200 of the script. That the stack, which grows down towards them, does not reach them is up to
/// `DEEPEST` in `src/exports.rs`, and guarded.
const RUST_FLAGS: &str = "-Zunstable-options -Zlocation-detail=none -Cpanic=immediate-abort -Cllvm-args=-inline-threshold=0 \
    -Cllvm-args=-inline-instr-cost=1 -Cllvm-args=-disable-lsr -Cllvm-args=-enable-load-pre=false \
    -Cllvm-args=-disable-licm-promotion -Cllvm-args=-disable-machine-sink \
    -Clink-arg=-zstack-size=65536 -Clink-arg=--no-stack-first -Clink-arg=--global-base=1024 -Ctarget-feature=-reference-types";

/// For whom a module is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Module {
    /// For every visitor.
    Visitors,
    /// For the page of a wrong configuration: it names what is wrong.
    Diagnosis,
}

impl Module {
    /// The name of its files.
    fn name(self) -> &'static str {
        match self {
            Module::Visitors => "kelisim",
            Module::Diagnosis => "diagnosis",
        }
    }
}

/// The optimised module. Cargo decides whether to compile; the rest is done only for a module that is new.
pub(super) fn build(toolchain: &Toolchain, module: Module) -> Result<Vec<u8>> {
    let name = module.name();
    let compiled = compile(toolchain, module)?;
    let optimised = project::work().join(format!("{name}.wasm"));
    let stamp = project::work().join(format!("{name}.wasm.made-from"));
    let made_from = fingerprint(&compiled)?;
    if !optimised.is_file() || std::fs::read_to_string(&stamp).ok().as_deref() != Some(&made_from) {
        let bound = bind(&compiled, name)?;
        optimise(&bound, &optimised, WITHOUT_NAMES)?;
        std::fs::write(&stamp, made_from).with_context(|| format!("could not write {}", stamp.display()))?;
    }
    let bytes = std::fs::read(&optimised).with_context(|| format!("could not read {}", optimised.display()))?;
    guard::check_paths(&bytes)?;
    guard::check_stack(&bytes)?;
    guard::check_exports(&bytes, EXPORTS)?;
    Ok(bytes)
}

/// The same module with the names of its functions, for a look at it.
pub(super) fn build_with_names(toolchain: &Toolchain, module: Module) -> Result<Vec<u8>> {
    let compiled = compile(toolchain, module)?;
    let optimised = project::work().join(format!("{}.named.wasm", module.name()));
    optimise(&bind(&compiled, module.name())?, &optimised, WITH_NAMES)?;
    std::fs::read(&optimised).with_context(|| format!("could not read {}", optimised.display()))
}

/// The small module that puts the visitors' one together: `src/unpack.wat`.
pub(super) fn unpacker() -> Result<Vec<u8>> {
    let assembled = project::work().join(format!("unpack-{:x}.wasm", getrandom::u64()?));
    let mut command = setup::wasm_opt();
    command
        .args([
            "src/unpack.wat",
            "-Oz",
            "-Oz",
            "--mvp-features",
            "--enable-bulk-memory",
            "--enable-bulk-memory-opt",
        ])
        .args([WITHOUT_NAMES, "-o"])
        .arg(&assembled);
    process::run(
        &mut command,
        "assemble src/unpack.wat",
        "The message above names the line.",
    )?;
    let bytes = std::fs::read(&assembled).with_context(|| format!("could not read {}", assembled.display()))?;
    std::fs::remove_file(&assembled).with_context(|| format!("could not remove {}", assembled.display()))?;
    Ok(bytes)
}

fn compile(toolchain: &Toolchain, module: Module) -> Result<PathBuf> {
    println!(
        "build  module       compiling the library to WebAssembly: {}.wasm",
        module.name()
    );
    let target_directory = project::path("target/wasm");
    let mut cargo = toolchain.cargo();
    // As a cdylib alone: of a library that is an rlib as well, Cargo makes no whole program, and the module weighs 400
    // bytes more.
    cargo.args([
        "rustc",
        "--quiet",
        "--package",
        "kelisim",
        "--lib",
        "--crate-type",
        "cdylib",
        "--release",
        "--target",
        setup::TARGET,
    ]);
    if module == Module::Visitors {
        cargo.arg("--no-default-features");
    }
    // The library is compiled with it: without the machinery of panics, which nobody reads in a visitor's browser.
    cargo.args(["-Z", setup::COMPILED_LIBRARY]);
    // The guard reads the names; the optimiser removes them.
    cargo.args(["--config", "profile.release.strip=false"]);
    cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", RUST_FLAGS);
    cargo.env("CARGO_TARGET_DIR", &target_directory);
    process::run(
        &mut cargo,
        "compile the library to WebAssembly",
        "The compiler's messages stand above.",
    )?;
    Ok(target_directory.join(setup::TARGET).join("release/kelisim.wasm"))
}

/// Everything that the optimised module depends on.
fn fingerprint(compiled: &Path) -> Result<String> {
    let module = std::fs::read(compiled).with_context(|| format!("could not read {}", compiled.display()))?;
    let mut hash = Sha256::new();
    hash.update(module);
    hash.update(super::read("package-lock.json")?);
    hash.update(super::read("Cargo.lock")?);
    for argument in WASM_OPT_ARGUMENTS.iter().chain(EXPORTS) {
        hash.update(argument);
    }
    Ok(kelisim::owner::distribution::hexadecimal(&hash.finalize()))
}

/// Turns what the compiler made into a module with the imports and the export that `src/browser/host.rs` and
/// `src/exports.rs` declare, and guards what it contains.
fn bind(compiled: &Path, name: &str) -> Result<PathBuf> {
    println!("build  module       wasm-bindgen makes the bindings");
    let directory = project::work().join("bindgen").join(name);
    let mut output = Bindgen::new()
        .input_path(compiled)
        .out_name("kelisim")
        .web(true)
        .and_then(|bindgen| {
            // `kelisim.mjs` and the loader both say themselves where the module is.
            bindgen
                .omit_default_module_path(true)
                .typescript(false)
                .remove_producers_section(true)
                .generate_output()
        })
        .context("wasm-bindgen could not read the module: is wasm-bindgen of the same version in every Cargo.toml?")?;
    guard::check(
        output
            .wasm()
            .funcs
            .iter()
            .filter_map(|function| function.name.as_deref()),
    )?;
    // Every import is of `host.js` and takes and gives numbers, so the loader needs no glue to provide it.
    for import in output.wasm_mut().imports.iter_mut() {
        "host".clone_into(&mut import.module);
    }
    // What wasm-bindgen's own glue would ask for, to find out whether the module has come to an end, nobody asks for here.
    let exports = &mut output.wasm_mut().exports;
    let mut unasked = Vec::new();
    for export in exports.iter() {
        if !EXPORTS.contains(&export.name.as_str()) {
            unasked.push(export.id());
        }
    }
    for export in unasked {
        exports.delete(export);
    }
    output
        .emit(&directory)
        .with_context(|| format!("could not write into {}", directory.display()))?;
    Ok(directory.join("kelisim_bg.wasm"))
}

fn optimise(bound: &Path, optimised: &Path, names: &str) -> Result<()> {
    println!("build  module       wasm-opt shrinks it");
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
