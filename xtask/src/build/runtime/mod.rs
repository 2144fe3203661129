//! Makes what `kelisim build` makes a site from, `dist/runtime/`: the [`module`], the [`script`] that stands before it, the
//! [`styles`], and the inline script of a first layer that an owner's server prints. The same for every site. Beside it, what
//! pages without a build use: [`generic`].
//!
//! Nothing of a site is in it: the script has places for that, which the compiler fills.

mod generic;
pub(super) mod module;
mod script;
pub(super) mod sites;
mod styles;

use super::dist::Files;
use crate::setup::Toolchain;
use anyhow::Result;

/// The folder in `dist/`.
const FOLDER: &str = "runtime";

/// Builds it all and adds it to what is shipped.
pub(super) fn add(files: &mut Files, toolchain: &Toolchain) -> Result<()> {
    let module = module::build(toolchain)?;
    add_file(files, "kelisim.js", script::loader(&module.glue)?);
    add_file(files, "bindings.js", script::bindings(&module.glue)?);
    add_file(files, "first-layer.js", script::printed(&module.glue)?);
    add_file(files, "first-layer.css", styles::first_layer()?);
    for (name, sheet) in styles::looks()? {
        add_file(files, &name, sheet);
    }
    add_file(files, "settings.css", styles::settings()?);
    let generic = generic::build(&module, files)?;
    files.add("kelisim.js", generic.script);
    files.add("kelisim.mjs", generic.for_bundlers);
    files.add("kelisim-inline.mjs", generic.inline);
    files.add("kelisim-audit.js", generic.audit);
    files.add("kelisim.wasm", module.bytes);
    Ok(())
}

fn add_file(files: &mut Files, name: &str, content: impl Into<Vec<u8>>) {
    files.add(&format!("{FOLDER}/{name}"), content);
}
