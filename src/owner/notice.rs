//! What a visitor is told, as the bytes that a record of the script of today is bound to, from a checked configuration.

use anyhow::{Result, bail};

use super::included;
use crate::core::config::Config;
use crate::core::notice::texts::{Text, Texts};
use crate::core::value::Words;
use crate::core::view::notice_text;

/// The languages that a configuration offers, with the owner's own words in them, the default first.
///
/// # Errors
///
/// When this build of Kelisim is damaged.
pub fn offered(config: &Config) -> Result<Vec<Texts>> {
    let texts = included::texts()?;
    let known = |language| texts.iter().find(|texts| texts.language() == language);
    let own = config.document.get("texts");
    Ok(config
        .languages
        .iter()
        .filter_map(|language| known(*language).map(|texts| texts.with(own)))
        .collect())
}

/// How much of a notice had come when a visitor decided.
///
/// A grant waits for the whole notice. A refusal waits for nothing: one that is quicker than the words of the settings is
/// bound to those of the first layer, which is all that was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The first layer and the settings.
    Whole,
    /// The first layer alone.
    FirstLayer,
}

impl Extent {
    /// What had come of the notice in a language, of which these are all words.
    #[must_use]
    pub fn notice(self, config: &Config, texts: Texts) -> Words {
        let come = match self {
            Extent::Whole => texts,
            Extent::FirstLayer => texts.first(Text::FIRST_LAYER),
        };
        notice_text(config, &come)
    }
}

/// The notice in one language, exactly the bytes whose SHA-256 is the `notice` of a record (requirement R-02); in the
/// default language when none is named.
///
/// # Errors
///
/// When the configuration does not offer the language.
pub fn notice(config: &Config, language: Option<&str>, extent: Extent) -> Result<&'static str> {
    let offered = offered(config)?;
    let wanted = offered
        .iter()
        .find(|texts| language.is_none_or(|language| texts.language().are(language)));
    match wanted {
        Some(texts) => Ok(extent.notice(config, *texts).text()),
        None => bail!(
            "this configuration does not offer the language {}; it offers {}",
            language.unwrap_or_default(),
            offered
                .iter()
                .map(|texts| texts.language().text())
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}
