//! The sheets of a built site: that of the first layer, to which the compiler adds that of the site's own layout, and that of
//! the settings, which comes with their words.

use super::script::SUPPORTED_BROWSERS;
use crate::{process, setup};
use anyhow::Result;
use kelisim_compiler::config::appearance::Layout;

/// The sheet of the first layer, with those that it imports.
const FIRST_LAYER: &str = "styles/first-layer.css";

/// The sheet of the settings.
const SETTINGS: &str = "styles/settings.css";

/// The styles of the first layer in any layout, of embeds, and of the control that stays.
pub(super) fn first_layer() -> Result<String> {
    bundled(FIRST_LAYER)
}

/// What one layout adds to them.
pub(super) fn layout(layout: Layout) -> Result<String> {
    bundled(&format!("styles/layouts/{}.css", layout.as_str()))
}

/// The styles of the first layer with every layout, for a page whose layout nobody knows before it is compiled there.
pub(super) fn every_layout() -> Result<String> {
    let layouts = Layout::all().map(layout);
    let sheets: Vec<String> = std::iter::once(first_layer()).chain(layouts).collect::<Result<_>>()?;
    Ok(sheets.iter().map(|sheet| sheet.trim_end()).collect())
}

/// The styles of the settings, which are in the root and nowhere else.
pub(super) fn settings() -> Result<String> {
    bundled(SETTINGS)
}

/// A sheet with those that it imports, minified.
fn bundled(sheet: &str) -> Result<String> {
    let mut esbuild = setup::esbuild();
    esbuild.args([sheet, "--bundle", "--minify", "--charset=utf8", "--log-level=warning"]);
    esbuild.arg(SUPPORTED_BROWSERS);
    process::read(
        &mut esbuild,
        "minify the styles",
        "The message above names the file and line.",
    )
}
