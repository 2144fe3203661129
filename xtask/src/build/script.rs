//! Bundles the loader with `host.js`, minifies both, and puts the literals in place of the identifiers that
//! stand for them.
//!
//! The literals go in after minifying: a bundler would escape more than needed, and parsing them would only take time.

use super::literal;
use super::packed::Packed;
use crate::{process, project, setup};
use anyhow::Result;
use base64::Engine as _;
use kelisim::owner::literals::put;
use serde_json::Value;

/// The oldest browsers that Kelisim runs in, as esbuild is told.
pub(super) const SUPPORTED_BROWSERS: &str = "--target=chrome99,firefox101,safari16.4";

/// How a script writes what is not ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As it is, the module as a text of byte values: the small one.
    Utf8,
    /// Escaped, the module's text in base64: for servers that change the bytes of a script.
    Ascii,
}

/// Where a script has its configuration.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Configuration {
    /// Its tag or a call of the page names it.
    Named,
    /// It stands in the script.
    Inside,
}

/// What travels beside the code.
pub(super) struct Data<'a> {
    pub(super) module: &'a Packed,
    pub(super) styles: &'a str,
    /// The template of the first layer.
    pub(super) layer: &'a str,
    /// Language to texts.
    pub(super) texts: Value,
    /// Id to manifest.
    pub(super) services: Value,
    /// Of what the script fetches beside it.
    pub(super) digest: String,
}

impl Data<'_> {
    /// One classic script with everything in it.
    pub(super) fn script(&self, encoding: Encoding) -> Result<String> {
        let ascii = encoding == Encoding::Ascii;
        let code = bundle("src/boot.js", "iife", encoding, Configuration::Named)?;
        let mut literals = self.literals(ascii);
        literals.push(("__KELISIM_MODULE__", self.travelling(encoding)));
        let code = put(&code, &literals)?;
        // The mark makes every browser read the script as UTF-8, whatever the page or the server says.
        Ok(if ascii { code } else { format!("\u{feff}{code}") })
    }

    /// What `kelisim-pack` makes a script of one site from: the identifiers of its configuration, texts and services still
    /// stand in it. A pack has all words of its languages, so the styles of the settings are with the others.
    pub(super) fn template(&self, settings_styles: &str) -> Result<String> {
        let code = bundle("src/boot.js", "iife", Encoding::Utf8, Configuration::Inside)?;
        let literals = [
            ("__KELISIM_MODULE__", self.travelling(Encoding::Utf8)),
            ("__KELISIM_LAYER__", literal::of_text(self.layer, false)),
            (
                "__KELISIM_STYLES__",
                literal::of_text(&format!("{}{settings_styles}", self.styles), false),
            ),
            self.digest(),
        ];
        Ok(format!("\u{feff}{}", put(&code, &literals)?))
    }

    /// The module of the page, for bundlers, which fetches `kelisim.wasm` beside it.
    pub(super) fn module_script(&self) -> Result<String> {
        put(
            &bundle("src/module.js", "esm", Encoding::Utf8, Configuration::Named)?,
            &self.literals(false),
        )
    }

    /// The module as it travels, which the loader has put together.
    fn travelling(&self, encoding: Encoding) -> String {
        self.module.literals(bytes(self.module, encoding))
    }

    fn digest(&self) -> (&'static str, String) {
        ("__KELISIM_DIGEST__", literal::of_text(&self.digest, true))
    }

    fn literals(&self, ascii: bool) -> Vec<(&'static str, String)> {
        vec![
            ("__KELISIM_STYLES__", literal::of_text(self.styles, ascii)),
            ("__KELISIM_LAYER__", literal::of_text(self.layer, ascii)),
            ("__KELISIM_TEXTS__", literal::of_json(&self.texts, ascii)),
            ("__KELISIM_SERVICES__", literal::of_json(&self.services, ascii)),
            self.digest(),
        ]
    }
}

/// A literal of the module's bytes. In ASCII the loader reads it by `atob`.
pub(super) fn bytes(module: &Packed, encoding: Encoding) -> String {
    match encoding {
        Encoding::Utf8 => literal::of_bytes(&module.bytes()),
        Encoding::Ascii => literal::of_text(&base64::engine::general_purpose::STANDARD.encode(module.bytes()), true),
    }
}

/// What a page fetches only for its owner.
pub(super) fn diagnosis() -> Result<String> {
    bundle("src/diagnosis.js", "esm", Encoding::Ascii, Configuration::Named)
}

/// A script that stands in a page by itself, and leaves no name there.
pub(super) fn inline(path: &str) -> Result<String> {
    let mut esbuild = setup::esbuild();
    esbuild.args([
        path,
        "--minify",
        "--charset=ascii",
        "--log-level=warning",
        SUPPORTED_BROWSERS,
    ]);
    process::read(
        &mut esbuild,
        &format!("minify {path}"),
        "The message above names the file and line.",
    )
}

/// The loader with `host.js`, without what travels beside it: what glues the module to the page.
pub(super) fn glue() -> Result<String> {
    bundle("src/boot.js", "iife", Encoding::Utf8, Configuration::Named)
}

fn bundle(entry: &str, format: &str, encoding: Encoding, configuration: Configuration) -> Result<String> {
    let ascii = encoding == Encoding::Ascii;
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
    let packed = configuration == Configuration::Inside;
    esbuild.arg(format!("--define:__KELISIM_PACKED__={packed}"));
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
