//! `kelisim notice`: what a visitor is told, as the bytes that a record is bound to.
//!
//! It must not word anything: the bytes are those of the compilation.

use anyhow::{Error, Result, anyhow};
use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::compile::{Compiled, compile};
use crate::config::Config;
use crate::languages::Languages;
use crate::notice::text::{notice_text, sha256};

/// What a visitor is told in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// BCP 47 tag.
    pub language: String,
    /// The notice, exactly the bytes whose SHA-256 is the `notice` of a record (requirement R-02).
    pub text: String,
}

impl Told {
    /// The hash, as a record has it.
    pub fn hash(&self) -> String {
        sha256(&self.text)
    }
}

/// What a visitor is told in each language that a configuration offers, the default first.
///
/// # Errors
///
/// When a template cannot be drawn, which is a fault of Kelisim's own.
pub fn told(config: &Config, catalogue: &Catalogue, languages: &Languages) -> Result<Vec<Told>> {
    let Compiled { site, settings } = compile(config, catalogue, languages)?;
    let layers = site.languages.into_iter().zip(settings);
    let told = layers.map(|(language, settings)| Told {
        text: notice_text(&[&language.first_layer, &settings.html]),
        language: language.tag,
    });
    Ok(told.collect())
}

/// The notice in one language; in the default language when none is named.
///
/// # Errors
///
/// When the configuration does not offer the language, and as [`told`].
pub fn notice(config: &Config, catalogue: &Catalogue, languages: &Languages, language: Option<&str>) -> Result<Told> {
    let is_wanted = |told: &Told| language.is_none_or(|language| told.language == language);
    match told(config, catalogue, languages)?.into_iter().find(is_wanted) {
        Some(told) => Ok(told),
        None => Err(not_offered(config, language.unwrap_or_default())),
    }
}

/// That a configuration does not offer a language, with those that it does.
pub(super) fn not_offered(config: &Config, language: &str) -> Error {
    let offered = config.languages.join(", ");
    anyhow!("this configuration does not offer the language {language}; it offers {offered}")
}
