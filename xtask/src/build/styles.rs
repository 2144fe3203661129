//! The styles as one minified sheet. `styles/index.css` imports its files in the order of the cascade.

use super::script::SUPPORTED_BROWSERS;
use crate::{process, setup};
use anyhow::Result;

/// The sheet that the script adopts.
pub(super) fn minified() -> Result<String> {
    let mut esbuild = setup::esbuild();
    esbuild.args([
        "styles/index.css",
        "--bundle",
        "--minify",
        "--charset=utf8",
        "--log-level=warning",
    ]);
    esbuild.arg(SUPPORTED_BROWSERS);
    process::read(
        &mut esbuild,
        "minify the styles",
        "The message above names the file and line.",
    )
}
