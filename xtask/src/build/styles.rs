//! The styles as two minified sheets: that of the script, whose files `styles/index.css` imports in the order of the
//! cascade, and that of the settings, which comes with their words.
//!
//! A sheet travels without what it repeats most, and `src/styles.js` puts that back: every declaration is important, and every
//! rule names the root. That is 5,307 bytes of the sheet, 156 of them after brotli, and 88 of the script with what undoes it.

use super::script::SUPPORTED_BROWSERS;
use super::{literal, node};
use crate::{process, setup};
use anyhow::{Result, bail};

/// The sheet of the script.
pub(super) const SCRIPT: &str = "styles/index.css";
/// The sheet of the settings.
pub(super) const SETTINGS: &str = "styles/settings.css";
/// The sheet of a first layer that an owner's server renders, whole, for `kelisim snippet`.
pub(super) const FIRST_LAYER: &str = "styles/first-layer.css";

/// What the root's name in a sheet stands for: a placeholder in the page looks like what is in the root.
const OURS: &str = ":is(#kelisim-root,.kelisim-embed)";

/// A sheet as it travels.
pub(super) fn minified(sheet: &str) -> Result<String> {
    without_repetitions(&bundled(sheet)?)
}

/// A sheet with those that it imports.
pub(super) fn bundled(sheet: &str) -> Result<String> {
    let mut esbuild = setup::esbuild();
    esbuild.args([sheet, "--bundle", "--minify", "--charset=utf8", "--log-level=warning"]);
    esbuild.arg(SUPPORTED_BROWSERS);
    process::read(
        &mut esbuild,
        "minify the styles",
        "The message above names the file and line.",
    )
}

/// A sheet without what `src/styles.js` puts back. Fails where that would not be the same sheet: where a declaration is not
/// important, or something else has the mark that stands for the root.
fn without_repetitions(sheet: &str) -> Result<String> {
    // Minifying leaves a space before it in the declarations of custom properties.
    let sheet = sheet.replace(" !important", "!important");
    let travelling = sheet.replace("!important", "").replace("#kelisim-root", "&");
    let program = super::read("src/styles.js")?;
    let travelled = literal::of_text(&travelling, true);
    if node::run(&format!("{program}\nconsole.log(whole({travelled}))"))? != sheet.replace("#kelisim-root", OURS) {
        bail!("src/styles.js does not put together the styles: is every declaration important, and no & among them?");
    }
    Ok(travelling)
}

#[cfg(test)]
mod tests {
    use super::without_repetitions;

    #[test]
    fn what_is_repeated_does_not_travel() -> anyhow::Result<()> {
        let sheet =
            "@layer k{#kelisim-root{--a: 1 !important;--b:2!important}@media print{#kelisim-root p{--c:3!important}}}";
        let travelling = "@layer k{&{--a: 1;--b:2}@media print{& p{--c:3}}}";
        assert_eq!(without_repetitions(sheet)?, travelling);
        Ok(())
    }

    #[test]
    fn a_sheet_that_would_not_come_back_fails() {
        for sheet in ["a{b:c;d:e!important}", "a{b:c}", "a{}", "a{&:hover{b:c!important}}"] {
            assert!(without_repetitions(sheet).is_err(), "{sheet}");
        }
    }
}
