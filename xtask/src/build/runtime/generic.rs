//! The scripts for pages without a build, which compile there: `kelisim.js` with `data-config`; the entries for bundlers,
//! `kelisim.mjs` and, with the module in it, `kelisim-inline.mjs`; and what only owners fetch, `kelisim-audit.js`.
//!
//! No site is in them, but the styles are, and the hashes of the module and the compiler that they fetch.

use super::super::dist::Files;
use super::module::Module;
use super::script::{bundle, check};
use super::styles;
use anyhow::{Context, Result};
use kelisim_compiler::bundle::digest::integrity;
use serde_json::Value;

/// What lies beside them and is no part of them.
const BESIDE: [&str; 2] = ["--external:./kelisim-compiler.js", "--external:./kelisim-audit.js"];

/// The scripts, as what is in them.
pub(super) struct Generic {
    pub(super) script: String,
    pub(super) for_bundlers: String,
    pub(super) inline: String,
    pub(super) audit: String,
}

/// Bundles them, once the compiler is among the files.
pub(super) fn build(module: &Module, files: &Files) -> Result<Generic> {
    let integrity_of = |name: &str| files.get(name).map(integrity).context("the compiler is built first");
    let places = [
        ("FIRST_LAYER_STYLES", styles::every_look()?),
        ("SETTINGS_STYLES", styles::settings()?),
        ("MODULE_INTEGRITY", integrity(&module.bytes)),
        ("COMPILER_INTEGRITY", integrity_of("kelisim-compiler.wasm")?),
        ("COMPILER_SCRIPT_INTEGRITY", integrity_of("kelisim-compiler.js")?),
    ];
    // JSON's string is a literal.
    let filled = places.map(|(place, text)| format!("--define:__KELISIM_{place}__={}", Value::from(text)));
    let filled: Vec<&str> = filled.iter().map(String::as_str).collect();
    let as_module = [&["--format=esm"], &BESIDE[..]].concat();
    let made = |entry: &str, arguments: &[&str]| {
        let script = bundle(&format!("src/loader/{entry}"), &module.glue, arguments)?;
        check(&script, &[])?;
        Ok::<_, anyhow::Error>(script)
    };
    let module_inside = [
        format!("--alias:kelisim/module={}", module.file.display()),
        "--loader:.wasm=base64".to_owned(),
    ];
    let module_inside: Vec<&str> = module_inside.iter().map(String::as_str).collect();
    let panel = format!("--define:__KELISIM_AUDIT_STYLES__={}", Value::from(styles::audit()?));
    Ok(Generic {
        script: made("develop.js", &filled)?,
        for_bundlers: made("module.js", &[&filled[..], &as_module[..]].concat())?,
        inline: made(
            "inline.js",
            &[&filled[..], &["--format=esm"], &module_inside[..]].concat(),
        )?,
        audit: made("owners.js", &[&[panel.as_str()], &as_module[..]].concat())?,
    })
}
