//! The first layer for an owner whose server renders HTML (requirement F-13): the very markup that the loader would show,
//! hidden, the styles of the first layer, and the inline script of the build that shows it at first paint.
//!
//! It must not word or draw anything: the loader takes over only what is, element by element, its own.

use anyhow::{Context, Result, ensure};
use askama::Template;
use kelisim_site::{Language, Signals, Site};

use super::build::{RUNTIME, Source, first_layer_styles};
use super::distribution::Distribution;
use crate::bundle::digest::source_expression;
use crate::bundle::styles::with_tokens;
use crate::compile;

/// What an owner's server puts into a page.
#[derive(Debug)]
pub struct FirstLayer {
    /// The text of the [`<style>`](FirstLayer::style_element) for the head.
    pub style: String,
    /// The first element of the body.
    pub root: String,
    /// The `<script>` right behind it.
    pub tag: String,
    /// The text of that script, the same for every site.
    pub script: String,
}

impl FirstLayer {
    /// The first layer in one of the languages of a configuration; in the default one when none is named.
    ///
    /// # Errors
    ///
    /// When the configuration does not offer the language, or asks nothing; when a file of the build is missing or damaged.
    pub fn new(source: Source<'_>, language: Option<&str>, distribution: &Distribution) -> Result<FirstLayer> {
        let site = compile(source.config, source.catalogue, source.languages)?.site;
        let language = spoken(&site, language)?;
        ensure!(
            !site.categories.is_empty(),
            "this configuration asks nothing, so it has no first layer: take --first-layer away"
        );
        let text = |name: &str| distribution.read_text(&format!("{RUNTIME}/{name}"));
        let script = text("first-layer.js")?.trim_end().to_owned();
        Ok(FirstLayer {
            style: with_tokens(&first_layer_styles(distribution, &source.config.appearance)?, &site),
            root: hidden(&language.first_layer)?,
            tag: tag(&script, &site, language)?,
            script,
        })
    }

    /// The element of the style, by which its script finds it.
    pub fn style_element(&self) -> String {
        format!("<style data-kelisim=\"styles\">{}</style>", self.style)
    }

    /// The sources of a Content-Security-Policy that let the script and the style in: of `script-src`, of `style-src`.
    pub fn sources(&self) -> (String, String) {
        let source = |text: &str| source_expression(text.as_bytes());
        (source(&self.script), source(&self.style))
    }
}

/// The named language, or the default one.
fn spoken<'a>(site: &'a Site, wanted: Option<&str>) -> Result<&'a Language> {
    let mut offered = site.languages.iter();
    let found = offered.find(|language| wanted.is_none_or(|wanted| language.tag == wanted));
    found.with_context(|| {
        let offered: Vec<&str> = site.languages.iter().map(|language| language.tag.as_str()).collect();
        format!(
            "this configuration does not offer the language {}; it offers {}",
            wanted.unwrap_or_default(),
            offered.join(", ")
        )
    })
}

/// The one thing in which it differs from what the loader shows, until its script or the loader has looked.
fn hidden(root: &str) -> Result<String> {
    const ROOT: &str = "<div id=\"kelisim-root\"";
    let rest = root.strip_prefix(ROOT).context("a first layer is in the root")?;
    Ok(format!("{ROOT} hidden{rest}"))
}

/// The element of the script, which reads the site's part from its attributes.
#[derive(Template)]
#[template(
    source = r#"<script data-signals="{{ signals }}" data-apology="{{ apology }}">{{ script|safe }}</script>"#,
    ext = "html"
)]
struct Tag<'a> {
    /// Members of `navigator` that may have answered, as the loader asks them.
    signals: &'a str,
    /// What the status line says to who had pressed in vain.
    apology: &'a str,
    script: &'a str,
}

fn tag(script: &str, site: &Site, language: &Language) -> Result<String, askama::Error> {
    let tag = Tag {
        signals: signals(site.signals),
        apology: &language.status.unavailable,
        script,
    };
    tag.render()
}

/// By any of these signals somebody may have answered; what they answered, the module looks at.
fn signals(signals: Signals) -> &'static str {
    if signals.do_not_track {
        "globalPrivacyControl doNotTrack"
    } else {
        "globalPrivacyControl"
    }
}
