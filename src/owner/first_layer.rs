//! The first layer for an owner whose server renders HTML (requirement F-13): hidden markup, the few styles that it needs,
//! and the inline script `src/first-layer.js`, which shows it at first paint. The markup is what [`view`] draws at a first
//! visit, so Kelisim finds the very elements that it would make, and takes them over.

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use sha2::{Digest, Sha256};

use super::distribution::Distribution;
use super::notice::offered;
use crate::core::config::Config;
use crate::core::notice::texts::Texts;
use crate::core::record::Stored;
use crate::core::state::State;
use crate::core::update::{Opening, open};
use crate::core::value::{NULL, Words};
use crate::core::view::html::Html;
use crate::core::view::surface::Surface;
use crate::core::view::view;

/// The inline script, of the build: the same for every configuration and language.
pub const SCRIPT: &str = "first-layer.js";
/// The styles of the first layer, of the build, for every configuration.
pub const STYLES: &str = "first-layer.css";

/// What an owner's server puts into a page.
#[derive(Debug)]
pub struct FirstLayer {
    /// The text of a `<style>` for the head.
    pub style: String,
    /// The first element of the body.
    pub markup: String,
    /// The text of the `<script>` right behind it.
    pub script: String,
    /// The signals of a browser that answer in the visitor's place, by their names in `navigator`.
    pub signals: String,
}

impl FirstLayer {
    /// The first layer of a configuration in one of its languages; in the default one when none is named.
    ///
    /// # Errors
    ///
    /// When the configuration does not offer the language, or asks nothing; when a file of the build is missing or damaged.
    pub fn new(config: &Config, language: Option<&str>, distribution: &Distribution) -> Result<FirstLayer> {
        let languages: Vec<&'static Texts> = offered(config)?
            .into_iter()
            .map(|texts| &*Box::leak(Box::new(texts)))
            .collect();
        let texts = spoken(&languages, language)?;
        let state = first_visit(config, texts, Signals::default());
        if !state.asks() {
            bail!("this configuration asks nothing, so it has no first layer: take --first-layer away");
        }
        let mut hidden = Hidden::default();
        view(config, &state, &languages, &mut hidden);
        let markup = hidden.0.done();
        Ok(FirstLayer {
            style: style(config, &markup, &text(distribution, STYLES)?),
            markup,
            script: text(distribution, SCRIPT)?,
            signals: heeded(config, texts),
        })
    }

    /// The sources of a Content-Security-Policy that let the script and the style in: of `script-src`, of `style-src`.
    pub fn sources(&self) -> (String, String) {
        (source(&self.script), source(&self.style))
    }
}

/// The words of the named language, or of the default one.
fn spoken(languages: &[&'static Texts], language: Option<&str>) -> Result<&'static Texts> {
    let wanted = languages
        .iter()
        .find(|texts| language.is_none_or(|language| texts.language().are(language)));
    wanted.copied().with_context(|| {
        let offered: Vec<&str> = languages.iter().map(|texts| texts.language().text()).collect();
        format!(
            "this configuration offers {}, and no other language",
            offered.join(", ")
        )
    })
}

/// What a browser sends against tracking.
#[derive(Clone, Copy, Default)]
struct Signals {
    gpc: bool,
    dnt: bool,
}

/// What holds in the page of somebody who never was there. Neither the moment nor the host is in the first layer.
fn first_visit(config: &Config, texts: &'static Texts, Signals { gpc, dnt }: Signals) -> State {
    let opening = Opening {
        stored: Stored {
            record: &NULL,
            mirrors: &[],
        },
        texts,
        host: Words::NONE,
        secure: true,
        gpc,
        dnt,
        now: 0,
        reloaded: false,
    };
    open(config, opening).0
}

/// The signals with which nothing is asked: the core says.
fn heeded(config: &Config, texts: &'static Texts) -> String {
    let gpc = Signals {
        gpc: true,
        ..Signals::default()
    };
    let dnt = Signals {
        dnt: true,
        ..Signals::default()
    };
    let answers = |signals| !first_visit(config, texts, signals).asks();
    let names: Vec<&str> = [("globalPrivacyControl", gpc), ("doNotTrack", dnt)]
        .into_iter()
        .filter(|(_, signals)| answers(*signals))
        .map(|(name, _)| name)
        .collect();
    names.join(" ")
}

/// HTML whose root is `hidden`: the one thing in which it differs from what Kelisim draws, and which goes when it is drawn
/// over.
#[derive(Default)]
struct Hidden(Html);

impl Surface for Hidden {
    fn open(&mut self, tag: &str, class: &str) {
        self.0.open(tag, class);
    }

    fn attribute(&mut self, name: &str, value: Option<&str>) {
        self.0.attribute(name, if name == "hidden" { Some("") } else { value });
    }

    fn words(&mut self, words: &str) {
        self.0.words(words);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

/// A file of the build as text.
fn text(distribution: &Distribution, file: &str) -> Result<String> {
    let text = String::from_utf8(distribution.read(file)?).with_context(|| file.to_owned())?;
    Ok(text.trim_end().to_owned())
}

/// The styles that say something of this markup, and the owner's tokens where the script puts them too: outside any layer.
fn style(config: &Config, markup: &str, styles: &str) -> String {
    let tokens: Vec<String> = config
        .document
        .get("appearance")
        .get("tokens")
        .entries()
        .iter()
        // A value is one value, as the check sees to; what would end the element is written so that it does not.
        .map(|(name, value)| format!("--kelisim-{name}:{}", value.words().text().replace('<', "\\3c ")))
        .collect();
    // What stands beside the first layer is not seen while it asks: its styles come with Kelisim.
    let first_layer = markup
        .split_once("</section>")
        .map_or(markup, |(first_layer, _)| first_layer);
    let rules = rules_for(first_layer, styles);
    if tokens.is_empty() {
        rules
    } else {
        format!("{rules}#kelisim-root{{{}}}", tokens.join(";"))
    }
}

/// The rules of a minified sheet that can say something of this markup, each with those of its selectors.
fn rules_for(markup: &str, styles: &str) -> String {
    let mut rules = String::new();
    let mut rest = styles;
    while let Some((head, content, after)) = next_rule(rest) {
        rest = after;
        let (head, content) = if head.starts_with('@') {
            (head.to_owned(), rules_for(markup, content))
        } else {
            let selectors = head.split(',').filter(|selector| may_match(selector, markup));
            (selectors.collect::<Vec<_>>().join(","), content.to_owned())
        };
        if !head.is_empty() && !content.is_empty() {
            rules.extend([head.as_str(), "{", content.as_str(), "}"]);
        }
    }
    rules
}

/// The first rule of a sheet: what stands before its braces, between and after them.
fn next_rule(styles: &str) -> Option<(&str, &str, &str)> {
    let (head, rest) = styles.split_once('{')?;
    let mut depth = 1;
    for (place, mark) in rest.match_indices(['{', '}']) {
        depth = if mark == "{" { depth + 1 } else { depth - 1 };
        if depth == 0 {
            return Some((head, rest.get(..place)?, rest.get(place + 1..)?));
        }
    }
    None
}

/// Whether the markup has every class and every value of an attribute that a selector names.
fn may_match(selector: &str, markup: &str) -> bool {
    let is_of_a_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let classes = selector
        .split('.')
        .skip(1)
        .filter_map(|rest| rest.split(|letter| !is_of_a_name(letter)).next());
    let values = selector.split('[').skip(1).filter_map(|rest| {
        let (name, value) = rest.split_once(']')?.0.split_once('=')?;
        Some(format!(" {name}=\"{}\"", value.trim_matches('"')))
    });
    classes
        .map(|class| format!(" class=\"{class}\""))
        .chain(values)
        .all(|there| markup.contains(&there))
}

/// What a policy calls an inline script or style that has this text.
fn source(text: &str) -> String {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
    format!("'sha256-{hash}'")
}

#[cfg(test)]
mod tests {
    use super::{rules_for, source};

    const STYLES: &str = "@layer k{#r{a:b}#r .bar,#r .box{c:d}@media (min-width: 9em){#r[data-x=y] .bar:hover{e:f}}}\
        @layer k{#r.other{g:h}@media print{#r[data-x=\"z\"]{i:j}}}";

    /// F-13: a selector stays exactly where the markup has all that it names, so that no rule that Kelisim's own sheet adds
    /// later changes what is there.
    #[test]
    fn f_13_rules_that_can_match_stay() {
        assert_eq!(rules_for("<p>", STYLES), "@layer k{#r{a:b}}");
        assert_eq!(rules_for("<p class=\"box\">", STYLES), "@layer k{#r{a:b}#r .box{c:d}}");
        assert_eq!(
            rules_for("<p data-x=\"y\"><p class=\"bar\">", STYLES),
            "@layer k{#r{a:b}#r .bar{c:d}@media (min-width: 9em){#r[data-x=y] .bar:hover{e:f}}}"
        );
        assert_eq!(
            rules_for(
                "<p data-x=\"y\" data-x=\"z\" class=\"bar\"><p class=\"box\"><p class=\"other\">",
                STYLES
            ),
            STYLES
        );
    }

    /// B-01: the hash of a text as browsers reckon it; the example of the specification (CSP 3, section 7.2).
    #[test]
    fn b_01_an_inline_script_is_named_by_its_hash() {
        assert_eq!(
            source("alert('Hello, world.');"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }
}
