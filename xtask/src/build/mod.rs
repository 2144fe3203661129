//! Makes what is shipped: the [`runtime`] that sites are built from, the [`compiler`] for pages and Node, the schema and the
//! types, and `dist/` with its checksums ([`dist`]). [`guard`] and [`sizes`] fail the build when the visitor would pay for a
//! mistake.

pub(crate) mod compiler;
mod dist;
mod guard;
pub(crate) mod report;
mod runtime;
pub(crate) mod sizes;
mod types;

use crate::{project, setup};
use anyhow::{Context, Result};
use dist::Files;
use kelisim_compiler::catalogue::Catalogue;
use kelisim_compiler::languages::Languages;
use kelisim_compiler::schema::schema;

/// Sets up what it needs, fills `dist/`, and prints the sizes.
pub(crate) fn run() -> Result<()> {
    build(&setup::for_building()?)?;
    sizes::print_of_last_build()?;
    sizes::check()
}

/// Fills `dist/`.
pub(crate) fn build(toolchain: &setup::Toolchain) -> Result<()> {
    let mut files = Files::default();
    let compiler = compiler::build(toolchain)?;
    files.add("kelisim-compiler.js", compiler.script);
    files.add("kelisim-compiler.wasm", compiler.module);
    // With the hash of the compiler, which pages without a build fetch.
    runtime::add(&mut files, toolchain)?;
    files.add("kelisim.d.ts", read("src/loader/kelisim.d.ts")?);
    let schema = schema(&Catalogue::house()?, &Languages::house()?);
    files.add("kelisim.configuration.d.ts", types::of_configuration(&schema)?);
    files.add("kelisim.schema.json", serde_json::to_string(&schema)?);
    files.write()
}

/// Reads a text of the project.
pub(crate) fn read(path: &str) -> Result<String> {
    std::fs::read_to_string(project::path(path)).with_context(|| format!("could not read {path}"))
}

/// Reads a JSON file of the project.
pub(crate) fn read_json(path: &str) -> Result<serde_json::Value> {
    serde_json::from_str(&read(path)?).with_context(|| format!("{path} is not JSON"))
}
