//! The owner's own words in the place of Kelisim's, per language. They say what Kelisim's say: what is filled in must not
//! be left out, and what is a fact of the law stays as it is.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::hidden;
use super::language_tag::LanguageTag;
use super::phrase::Phrase;
use super::placeholder;
use super::problem::Code;
use super::reading::{Read, Reading};
use super::words::{ENGLISH, end_of_languages};
use crate::languages::OwnTexts;
use crate::law::lexicon;
use crate::law::wording::{Role, faults};

/// What is no sentence to rewrite, though there is something of the name.
const FIXED: [&str; 8] = [
    "direction",
    "countries",
    "data",
    "storagePurposes",
    "months",
    "days",
    "hours",
    "minutes",
];

/// What no site has a word of its own for: whom one may turn to and by when, and that nothing is made public.
const FACTS_OF_THE_LAW: [&str; 5] = [
    "publicSourcesNo",
    "rightsKz",
    "rightsGdpr",
    "authorityKz",
    "authorityGdpr",
];

/// Whether an owner may put a sentence into words of their own.
pub(crate) fn is_for_the_owner(key: &str) -> bool {
    !FIXED.contains(&key) && !FACTS_OF_THE_LAW.contains(&key)
}

/// The owner's own words, by the tag of their language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct TextsByLanguage(
    #[schemars(with = "IndexMap<LanguageTag, Option<OwnTexts>>")] pub IndexMap<String, OwnTexts>,
);

impl Read for TextsByLanguage {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<TextsByLanguage> {
        let mut object = reading.object(value);
        let mut texts = IndexMap::new();
        let languages = object.reading.languages;
        for (language, written) in object.keys().filter(|(_, written)| !written.is_null()) {
            if languages.get(language).is_some() {
                object.knows(language);
            } else if !written.is_object() {
                // A text without a language: the language is what is wrong.
                continue;
            }
            let own = object
                .reading
                .within(language, |reading| read_texts(language, written, reading));
            texts.insert(language.clone(), own);
        }
        for language in languages.tags() {
            object.knows(language);
        }
        end_of_languages(object);
        Some(TextsByLanguage(texts))
    }
}

/// The owner's words in one language.
fn read_texts(language: &str, value: &Value, reading: &mut Reading<'_>) -> OwnTexts {
    let mut object = reading.object(value);
    let mut own = OwnTexts::default();
    for key in OwnTexts::KEYS.iter().chain(&FIXED) {
        object.knows(key);
    }
    for (key, written) in object.keys() {
        object.reading.within(key, |reading| match written {
            _ if FIXED.contains(&key.as_str()) => reading.report(Code::UnknownText),
            _ if FACTS_OF_THE_LAW.contains(&key.as_str()) => {
                reading.report_with_mend(Code::UnknownText, Phrase::FactOfLaw);
            }
            Value::Null => {}
            Value::String(text) => {
                let placeholders = house(key, reading).map(|house| placeholder::faults(text, house));
                let unreadable = hidden::fault(text);
                let is_empty = unreadable == Some(Code::Missing.into());
                for fault in unreadable.into_iter().chain(faults(text, role(language, key))) {
                    reading.report(fault);
                }
                // Of what says nothing it is enough to say so.
                for fault in placeholders.unwrap_or_default().into_iter().filter(|_| !is_empty) {
                    reading.report(fault);
                }
                own.set(key, text.clone());
            }
            _ if OwnTexts::KEYS.contains(&key.as_str()) => reading.wrong_type(Phrase::AString),
            _ => {}
        });
    }
    // Words of a language may have any name, so none of them asks for what is refused.
    object.end_with(|key| (Code::UnknownText, key));
    own
}

/// Kelisim's own words for a key. They have the same placeholders in every language.
fn house<'l>(key: &str, reading: &Reading<'l>) -> Option<&'l str> {
    let languages = reading.languages;
    let language = languages.get(ENGLISH).or_else(|| languages.iter().next())?;
    language.texts.get(key)
}

/// What a text of this key is for.
fn role(language: &str, key: &str) -> Role {
    if key == "necessaryPurpose" {
        Role::Necessary
    } else if key.ends_with("Purpose") {
        Role::Purpose
    } else if key == "reject" && lexicon::LANGUAGES.contains(&language) {
        Role::Refusal
    } else if key == "accept" && lexicon::LANGUAGES.contains(&language) {
        Role::Acceptance
    } else {
        Role::Text
    }
}
