//! The sheets of a built site: that of the first layer, to which the compiler adds those of the site's own look, and
//! that of the settings, which comes with their words; and that of the owner's panel.

use super::script::SUPPORTED_BROWSERS;
use crate::{process, setup};
use anyhow::Result;
use kelisim_compiler::config::appearance::{Layout, Reopen, Theme};

/// The sheet of the first layer, with those that it imports.
const FIRST_LAYER: &str = "styles/first-layer.css";

/// The sheet of the settings.
const SETTINGS: &str = "styles/settings.css";

/// The sheet of the audit's panel.
const AUDIT: &str = "styles/audit.css";

/// The styles of the first layer in any look, of embeds, and of the control that stays.
pub(super) fn first_layer() -> Result<String> {
    bundled(FIRST_LAYER)
}

/// What each look adds to them, by the name of its file.
pub(super) fn looks() -> Result<Vec<(String, String)>> {
    let themes = Theme::all().map(|theme| ("themes", theme.as_str()));
    let layouts = Layout::all().map(|layout| ("layouts", layout.as_str()));
    let ways_back = Reopen::all().map(|reopen| ("reopen", reopen.as_str()));
    let looks = themes.chain(layouts).chain(ways_back);
    looks
        .map(|(folder, look)| {
            let name = format!("{folder}/{look}.css");
            let sheet = bundled(&format!("styles/{name}"))?;
            Ok((name, sheet))
        })
        .collect()
}

/// The styles of the first layer in every look, for a page whose look nobody knows before it is compiled there. The themes come
/// first, because the visitor's own colours stand above them.
pub(super) fn every_look() -> Result<String> {
    let (themes, others): (Vec<_>, Vec<_>) = looks()?.into_iter().partition(|(name, _)| name.starts_with("themes/"));
    let sheets = |looks: Vec<(String, String)>| looks.into_iter().map(|(_, sheet)| sheet.trim_end().to_owned());
    let every = first_layer()?.trim_end().to_owned();
    Ok(sheets(themes).chain([every]).chain(sheets(others)).collect())
}

/// The styles of the settings, which are in the root and nowhere else.
pub(super) fn settings() -> Result<String> {
    bundled(SETTINGS)
}

/// The styles of the audit's panel, which only owners see.
pub(super) fn audit() -> Result<String> {
    bundled(AUDIT)
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
