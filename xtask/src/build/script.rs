//! Bundles the loader with `host.js`, minifies both, and puts the literals in place of the identifiers that
//! stand for them.
//!
//! The literals go in after minifying: a bundler would escape more than needed, and parsing them would only take time.

use super::{literal, packed};
use crate::{process, project, setup};
use anyhow::{Context, Result, bail};
use base64::Engine as _;
use serde_json::Value;

/// The oldest browsers that Kelisim runs in, as esbuild is told.
pub(super) const SUPPORTED_BROWSERS: &str = "--target=chrome99,firefox101,safari16.4";

/// How a script writes what is not ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As it is, the module as strings of byte values: the small one.
    Utf8,
    /// Escaped, the module's strings in base64: for servers that change the bytes of a script.
    Ascii,
}

/// What travels beside the code.
pub(super) struct Data<'a> {
    pub(super) module: &'a [u8],
    pub(super) styles: &'a str,
    /// Language to texts.
    pub(super) texts: Value,
    /// Id to manifest.
    pub(super) services: Value,
}

impl Data<'_> {
    /// One classic script with everything in it.
    pub(super) fn script(&self, encoding: Encoding) -> Result<String> {
        let ascii = encoding == Encoding::Ascii;
        let code = bundle("src/boot.js", "iife", ascii)?;
        let mut literals = self.literals(ascii);
        literals.push(("__KELISIM_MODULE__", self.packed_module(encoding)?));
        let code = put(&code, &literals)?;
        // The mark makes every browser read the script as UTF-8, whatever the page or the server says.
        Ok(if ascii { code } else { format!("\u{feff}{code}") })
    }

    /// The module of the page, for bundlers, which fetches `kelisim.wasm` beside it.
    pub(super) fn module_script(&self) -> Result<String> {
        put(&bundle("src/module.js", "esm", false)?, &self.literals(false))
    }

    /// The strings of the module, which the loader puts together.
    fn packed_module(&self, encoding: Encoding) -> Result<String> {
        let packed = packed::pack(self.module)?;
        let strings = packed.iter().map(|bytes| match encoding {
            Encoding::Utf8 => literal::of_bytes(bytes),
            Encoding::Ascii => literal::of_text(&base64::engine::general_purpose::STANDARD.encode(bytes), true),
        });
        let strings = literal::of_list(strings);
        packed::check(
            self.module,
            &match encoding {
                Encoding::Utf8 => strings.clone(),
                Encoding::Ascii => format!("{strings}.map(atob)"),
            },
        )?;
        Ok(strings)
    }

    fn literals(&self, ascii: bool) -> Vec<(&'static str, String)> {
        vec![
            ("__KELISIM_STYLES__", literal::of_text(self.styles, ascii)),
            ("__KELISIM_TEXTS__", literal::of_json(&self.texts, ascii)),
            ("__KELISIM_SERVICES__", literal::of_json(&self.services, ascii)),
        ]
    }
}

/// The loader with `host.js`, without what travels beside it: what glues the module to the page.
pub(super) fn glue() -> Result<String> {
    bundle("src/boot.js", "iife", false)
}

fn bundle(entry: &str, format: &str, ascii: bool) -> Result<String> {
    let mut esbuild = setup::esbuild();
    esbuild.args([
        entry,
        "--bundle",
        "--minify",
        "--legal-comments=none",
        "--log-level=warning",
        SUPPORTED_BROWSERS,
    ]);
    esbuild.arg(format!("--format={format}"));
    esbuild.arg(if ascii { "--charset=ascii" } else { "--charset=utf8" });
    esbuild.arg(format!("--define:__KELISIM_ASCII__={ascii}"));
    esbuild.arg(format!("--define:__KELISIM_MASK__={}", packed::MASK));
    esbuild.arg(format!(
        "--define:__KELISIM_VERSION__={}",
        literal::of_text(project::VERSION, true)
    ));
    process::read(
        &mut esbuild,
        &format!("bundle {entry}"),
        "The message above names the file and line.",
    )
}

/// Puts each literal in the one place of its identifier.
fn put(code: &str, literals: &[(&str, String)]) -> Result<String> {
    let mut places = Vec::new();
    for (identifier, literal) in literals {
        let mut found = code.match_indices(identifier);
        let (start, _) = found
            .next()
            .with_context(|| format!("the script does not use {identifier}"))?;
        if found.next().is_some() {
            bail!("the script uses {identifier} twice, so its literal would be shipped twice: keep it in a constant");
        }
        places.push((start, identifier.len(), literal));
    }
    places.sort_by_key(|(start, ..)| *start);

    let mut script = String::new();
    let mut rest = 0;
    for (start, length, literal) in places {
        script.push_str(code.get(rest..start).unwrap_or_default());
        script.push_str(literal);
        rest = start + length;
    }
    script.push_str(code.get(rest..).unwrap_or_default());
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::put;

    #[test]
    fn each_literal_takes_the_place_of_its_identifier() -> anyhow::Result<()> {
        let literals = [("__A__", "\"__B__\"".to_owned()), ("__B__", "[1]".to_owned())];
        assert_eq!(put("f(__B__,__A__);", &literals)?, "f([1],\"__B__\");");
        Ok(())
    }

    #[test]
    fn an_identifier_that_is_unused_or_used_twice_fails() {
        let literals = [("__A__", "1".to_owned())];
        assert!(put("f()", &literals).is_err());
        assert!(put("f(__A__,__A__)", &literals).is_err());
    }
}
