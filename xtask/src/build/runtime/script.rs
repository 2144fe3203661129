//! The loader as one classic script with places for a site, wasm-bindgen's bindings, and the inline script of a printed first
//! layer.
//!
//! The places are identifiers that nothing declares, so they survive minifying as they are.

use super::module::Glue;
use crate::{process, project, setup};
use anyhow::{Result, bail};

/// The oldest browsers that Kelisim runs in, as esbuild is told.
pub(super) const SUPPORTED_BROWSERS: &str = "--target=chrome99,firefox101,safari16.4";

/// What the compiler puts a site into.
const PLACES: &[&str] = &[
    "__KELISIM_SITE__",
    "__KELISIM_FILES__",
    "__KELISIM_STYLES__",
    "__KELISIM_BINDINGS__",
];

/// What a page could not have between `<script>` and `</script>`.
const NOT_INLINE: &[&str] = &["</script", "<!--"];

/// The script of a built site.
pub(super) fn loader(glue: &Glue) -> Result<String> {
    let script = bundle("src/loader/boot.js", glue, &[])?;
    check(&script, PLACES)?;
    Ok(script)
}

/// The module's bindings, as the body of a function of what the loader leaves them, `kelisim`.
pub(super) fn bindings(glue: &Glue) -> Result<String> {
    let script = bundle("src/loader/bindings.js", glue, &[])?;
    check(&script, &[])?;
    Ok(script)
}

/// The inline script of a first layer that an owner's server prints. It has no part of the glue.
pub(super) fn printed(glue: &Glue) -> Result<String> {
    let script = bundle("src/loader/printed.js", glue, &[])?;
    check(&script, &[])?;
    Ok(script)
}

/// One script of an entry and all that it imports. `more` goes over what every script is made with.
pub(super) fn bundle(entry: &str, glue: &Glue, more: &[&str]) -> Result<String> {
    let mut esbuild = setup::esbuild();
    esbuild.args([
        entry,
        "--bundle",
        "--minify",
        "--format=iife",
        // No server's charset changes it.
        "--charset=ascii",
        "--legal-comments=none",
        "--log-level=warning",
        SUPPORTED_BROWSERS,
    ]);
    esbuild.arg(format!("--alias:kelisim/glue={}", glue.bindings.display()));
    esbuild.arg(format!("--alias:kelisim/page={}", glue.page.display()));
    esbuild.arg(format!("--define:__KELISIM_VERSION__=\"{}\"", project::VERSION));
    esbuild.args(more);
    process::read(
        &mut esbuild,
        &format!("bundle {entry}"),
        "The message above names the file and line.",
    )
}

/// Holds a script against what is done with it: each place is there once and no other is, and it can stand in a page.
pub(super) fn check(script: &str, places: &[&str]) -> Result<()> {
    for place in places {
        let times = script.matches(place).count();
        if times != 1 {
            bail!("the runtime's script has {place} {times} times, and must have it once");
        }
    }
    if script.matches("__KELISIM_").count() != places.len() {
        bail!("the runtime's script has a place that the compiler does not fill");
    }
    if !script.is_ascii() {
        bail!("the runtime's script is not ASCII");
    }
    let small = script.to_ascii_lowercase();
    if let Some(part) = NOT_INLINE.iter().find(|part| small.contains(**part)) {
        bail!("the runtime's script has {part} in it, and so it cannot be inlined into a page");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{PLACES, check};

    #[test]
    fn a_script_has_each_place_once_and_no_other() {
        let script = "f(__KELISIM_SITE__,__KELISIM_FILES__,__KELISIM_STYLES__,__KELISIM_BINDINGS__)";
        assert!(check(script, PLACES).is_ok());
        for wrong in [
            "f(__KELISIM_SITE__,__KELISIM_FILES__)".to_owned(),
            format!("{script};g(__KELISIM_SITE__)"),
            format!("{script};g(__KELISIM_VERSION__)"),
        ] {
            assert!(check(&wrong, PLACES).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_script_can_stand_in_a_page() {
        for wrong in ["'ё'", "'</SCRIPT>'", "a<!--b"] {
            assert!(check(wrong, &[]).is_err(), "{wrong}");
        }
    }
}
