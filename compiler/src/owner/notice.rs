//! `kelisim notice`: what a visitor is told, as the bytes that a record is bound to.
//!
//! It must not word anything: the bytes are those of the compilation.

use anyhow::{Result, bail};
use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::compile::{Compiled, compile};
use crate::config::Config;
use crate::languages::Languages;
use crate::notice::text::{notice_text, sha256};

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

/// What a visitor is told in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// BCP 47 tag.
    pub language: String,
    /// The whole notice, exactly the bytes whose SHA-256 is the `notice` of a record (requirement R-02).
    pub whole: String,
    /// The first layer alone.
    pub first_layer: String,
}

impl Told {
    /// So much of it.
    pub fn text(&self, extent: Extent) -> &str {
        match extent {
            Extent::Whole => &self.whole,
            Extent::FirstLayer => &self.first_layer,
        }
    }

    /// The hash of so much of it, as a record has it.
    pub fn hash(&self, extent: Extent) -> String {
        sha256(self.text(extent))
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
        whole: notice_text(&[&language.first_layer, &settings.html]),
        first_layer: notice_text(&[&language.first_layer]),
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
        None => bail!(
            "this configuration does not offer the language {}; it offers {}",
            language.unwrap_or_default(),
            config.languages.join(", ")
        ),
    }
}
