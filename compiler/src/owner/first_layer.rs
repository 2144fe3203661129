//! The first layer for an owner whose server renders HTML (requirement F-13), as the visitor script of today draws it.
//! This file goes when that script does: it takes over only the markup that it draws itself, so it is asked for it here.
//!
//! Nothing else in this package may use the package `kelisim`.

use std::path::Path;

use anyhow::{Result, bail};
use kelisim::core::value::Value;
use kelisim::owner::check::configuration;
use kelisim::owner::distribution::Distribution;

pub use kelisim::owner::first_layer::FirstLayer;

/// The first layer of a configuration as it was written, in one of its languages; in the default one when none is named.
/// Its script and styles come from the `dist/` in `directory`.
///
/// # Errors
///
/// When the configuration does not offer the language, or asks nothing; when a file of the build is missing or damaged.
pub fn draw(written: &serde_json::Value, language: Option<&str>, directory: &Path) -> Result<FirstLayer> {
    let Ok(config) = configuration(Value::from(written.clone()).keep())? else {
        bail!("the script in {} does not know this configuration", directory.display());
    };
    FirstLayer::new(&config, language, &Distribution::open(Some(directory))?)
}

/// Whether the vendors and the words in a `dist/` are those of the script that this program draws with.
///
/// # Errors
///
/// When they are of another build.
pub fn refuse_another_build(directory: &Path) -> Result<()> {
    Distribution::open(Some(directory)).map(drop)
}
