//! The two sheets of a built site as they are adopted, whole: that of the first layer, and that of the settings, which
//! comes with their words.

use super::script::SUPPORTED_BROWSERS;
use crate::{process, setup};
use anyhow::Result;

/// The sheet of the first layer, with those that it imports.
const FIRST_LAYER: &str = "styles/first-layer.css";

/// The sheet of the settings.
const SETTINGS: &str = "styles/settings.css";

/// The styles of the first layer, of embeds, and of the control that stays.
pub(super) fn first_layer() -> Result<String> {
    bundled(FIRST_LAYER)
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
