//! The languages that Kelisim speaks: one JSON file each in this folder, and the types that read them.
//!
//! A file is named by the language's BCP 47 tag. Adding a language is adding its file and nothing else: serde refuses one
//! with a missing or an unknown key, and the tests hold it to what the others have. Nothing here chooses a language, fills
//! placeholders or draws anything.
//!
//! The countries are all 249 codes of ISO 3166-1, named as Unicode CLDR 48.2 names them (`cldr-localenames-full`); the ten
//! that Kelisim knew before it took CLDR's names kept theirs ("USA", «ОАЭ»). In Uzbek, CLDR's `‘` is written `ʻ` as in the
//! rest of the file. Kazakh in the Arabic script has CLDR's names of Kazakh in the letters of that alphabet, because CLDR's
//! own list for it has several mistakes and other words than Kazakhstan's.

mod calendar;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::BTreeMap;

use icu_locale_core::LanguageIdentifier;
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use thiserror::Error;

pub use calendar::{Counted, Unit};
pub use texts::{BUILT_IN_CATEGORIES, OwnTexts, Texts};

/// This folder, as it was when Kelisim was built.
static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/languages");

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// As HTML writes it in `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

/// One language: its sentences, and the words that sentences are made of.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Language {
    /// BCP 47 tag: the name of the file.
    #[serde(skip)]
    pub tag: String,
    /// Which way it is written.
    pub direction: Direction,
    /// All sentences.
    pub texts: Texts,
    /// The months as they stand in a date.
    pub months: [String; 12],
    /// "Days" beside a number, in the case that the sentence [`Texts::term_text`] needs.
    pub days: Counted,
    /// "Hours" beside a number.
    pub hours: Counted,
    /// "Minutes" beside a number.
    pub minutes: Counted,
    /// Countries by ISO 3166-1 alpha-2 code.
    pub countries: BTreeMap<String, String>,
    /// Kinds of collected data by code.
    pub data: BTreeMap<String, String>,
    /// Purposes of stored names by code.
    pub storage_purposes: BTreeMap<String, String>,
}

impl Language {
    /// Reads a language file.
    fn read(tag: String, content: &[u8]) -> Result<Language, LanguageError> {
        // A tag in another spelling would never be found, and one that is none has no plural rules.
        if !LanguageIdentifier::try_from_str(&tag).is_ok_and(|language| language.to_string() == tag) {
            return Err(LanguageError::Tag { tag });
        }
        match serde_json::from_slice(content) {
            Ok(language) => Ok(Language { tag, ..language }),
            Err(problem) => Err(LanguageError::Content { tag, problem }),
        }
    }

    /// The same language with the owner's own words in place of Kelisim's.
    #[must_use]
    pub fn with_own_texts(&self, own: &OwnTexts) -> Language {
        Language {
            texts: own.over(&self.texts),
            ..self.clone()
        }
    }
}

/// All languages, in the order of their tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Languages {
    by_tag: BTreeMap<String, Language>,
}

impl Languages {
    /// The languages of the house: the files of this folder.
    pub fn house() -> Result<Languages, LanguageError> {
        let files = FOLDER.files().filter_map(|file| {
            let is_language = file.path().extension().is_some_and(|extension| extension == "json");
            let tag = file.path().file_stem().filter(|_| is_language)?;
            Some((tag.to_string_lossy(), file.contents()))
        });
        Languages::from_files(files)
    }

    /// Languages from the tags and contents of their files.
    pub fn from_files(
        files: impl IntoIterator<Item = (impl Into<String>, impl AsRef<[u8]>)>,
    ) -> Result<Languages, LanguageError> {
        let languages = files.into_iter().map(|(tag, content)| {
            let language = Language::read(tag.into(), content.as_ref())?;
            Ok((language.tag.clone(), language))
        });
        let by_tag = languages.collect::<Result<_, _>>()?;
        Ok(Languages { by_tag })
    }

    /// The language with exactly this tag.
    pub fn get(&self, tag: &str) -> Option<&Language> {
        self.by_tag.get(tag)
    }

    /// The tags of all languages.
    pub fn tags(&self) -> impl Iterator<Item = &str> + Clone {
        self.by_tag.keys().map(String::as_str)
    }

    /// Every language.
    pub fn iter(&self) -> impl Iterator<Item = &Language> + Clone {
        self.by_tag.values()
    }

    /// The codes of the countries that every language names.
    pub fn country_codes(&self) -> impl Iterator<Item = &str> + Clone {
        self.codes(|language| &language.countries)
    }

    /// The codes of collected data that every language has words for.
    pub fn data_codes(&self) -> impl Iterator<Item = &str> + Clone {
        self.codes(|language| &language.data)
    }

    /// The codes of purposes of stored names that every language has words for.
    pub fn storage_purpose_codes(&self) -> impl Iterator<Item = &str> + Clone {
        self.codes(|language| &language.storage_purposes)
    }

    /// The codes of a table. They are the same in every language, so the first one tells them.
    fn codes(&self, table: fn(&Language) -> &BTreeMap<String, String>) -> impl Iterator<Item = &str> + Clone {
        self.iter()
            .take(1)
            .flat_map(move |language| table(language).keys())
            .map(String::as_str)
    }
}

/// Why a language file cannot be used.
#[derive(Debug, Error)]
pub enum LanguageError {
    /// The file's name is no language tag.
    #[error("the language file `{tag}.json` is not named by a BCP 47 tag in its usual spelling, such as `kk-Arab`")]
    Tag {
        /// The name that it has.
        tag: String,
    },
    /// The file is no JSON, or a key is missing, unknown or of another type.
    #[error("the language file `{tag}.json` cannot be read: {problem}")]
    Content {
        /// The language.
        tag: String,
        /// What serde says about it, with line and column.
        problem: serde_json::Error,
    },
}
