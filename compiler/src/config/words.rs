//! Words of the owner that visitors read: one for all languages, or for each.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::hidden::{self, SAYS_SOMETHING, hidden_letter, says_something};
use super::language_tag::LanguageTag;
use super::phrase::Phrase;
use super::problem::Code;
use super::reading::{Read, Reading};
use crate::languages::Languages;
use crate::law::wording::{Role, faults};
use crate::law::{Demand, kz};

/// Words: one string for every language, or one string for each, in the order in which they were written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Words {
    /// The same in every language.
    One(#[schemars(regex(pattern = SAYS_SOMETHING))] String),
    /// By BCP 47 tag.
    Each(#[schemars(with = "IndexMap<LanguageTag, Option<String>>")] IndexMap<String, String>),
}

/// What most people read where there is nothing in their own language.
pub(crate) const ENGLISH: &str = "en";

impl Words {
    /// The words in a language. Where there are none, English is what most others read; without that, the first.
    pub fn in_language(&self, language: &str) -> &str {
        match self {
            Words::One(words) => words,
            Words::Each(each) => said(each, language)
                .or_else(|| said(each, ENGLISH))
                .or_else(|| each.values().next().map(String::as_str))
                .unwrap_or_default(),
        }
    }

    /// The language of [`Words::in_language`] where it is another, for `lang` (requirement L-04, WCAG 3.1.2). Which it
    /// is where there are no English ones either is the owner's secret.
    pub fn foreign_language(&self, language: &str) -> Option<&'static str> {
        match self {
            Words::Each(each) if said(each, language).is_none() && said(each, ENGLISH).is_some() => Some(ENGLISH),
            _ => None,
        }
    }

    /// What the words mean, whatever the language: words for each mean what the first of them says. A consent hangs on
    /// this, and not on a translation (requirement V-03).
    pub fn meaning(&self) -> &str {
        match self {
            Words::One(words) => words,
            Words::Each(each) => each.values().next().map(String::as_str).unwrap_or_default(),
        }
    }

    /// Reads words that are held to the lexicons of the law as `role` says.
    pub(crate) fn read_as(value: &Value, reading: &mut Reading<'_>, role: Option<Role>) -> Option<Words> {
        match value {
            Value::String(words) => {
                lint(words, reading, role);
                if let Some(fault) = hidden::fault(words) {
                    reading.report(fault);
                    return None;
                }
                Some(Words::One(words.clone()))
            }
            Value::Object(_) => Some(read_each(value, reading, role)),
            _ => {
                reading.wrong_type(Phrase::Words);
                None
            }
        }
    }
}

fn said<'w>(each: &'w IndexMap<String, String>, language: &str) -> Option<&'w str> {
    each.get(language).map(String::as_str).filter(|words| !words.is_empty())
}

/// Words in each language: every offered one has some.
fn read_each(value: &Value, reading: &mut Reading<'_>, role: Option<Role>) -> Words {
    let mut object = reading.object(value);
    for language in object.reading.offered.clone() {
        let says_nothing = |value: &Value| value.is_null() || value.as_str().is_some_and(|words| !can_be_read(words));
        if object.written(&language).is_none_or(says_nothing) {
            object
                .reading
                .within(&language, |reading| missing_language(&language, reading));
        } else {
            object.optional::<Written>(&language);
        }
    }
    for language in object.reading.languages.tags().map(str::to_owned).collect::<Vec<_>>() {
        if !object.reading.offered.contains(&language) {
            object.optional::<Written>(&language);
        }
    }
    let mut each = IndexMap::new();
    for (language, words) in object.keys() {
        if let Some(words) = words.as_str() {
            object.reading.within(language, |reading| {
                lint(words, reading, role);
                if let Some(fault) = hidden_letter(words) {
                    reading.report(fault);
                }
            });
            each.insert(language.clone(), words.to_owned());
        }
    }
    end_of_languages(object);
    Words::Each(each)
}

/// Whether there is something in words, seen or not: what is hidden has a code of its own.
fn can_be_read(words: &str) -> bool {
    says_something(words) || hidden_letter(words).is_some()
}

/// There are no words in an offered language.
fn missing_language(language: &str, reading: &mut Reading<'_>) {
    let may_go = !(reading.demands(Demand::KazakhAndRussian) && kz::LANGUAGES.contains(&language));
    let mend = if may_go {
        Phrase::MissingInLanguage
    } else {
        Phrase::MissingInLanguageOfLaw
    };
    reading.report_with_mend(Code::Missing, mend.with([("language", language.to_owned())]));
}

/// Names the keys of an object by language that are no language.
pub(crate) fn end_of_languages(object: super::reading::Object<'_, '_, '_>) {
    let languages = object.reading.languages;
    object.end_with(|key| (Code::UnknownLanguage, meant_language(key, languages)));
}

/// The tag that a slip is held against: of `ru-RU` and `ru_RU` the language, because Kelisim has it in no form of a
/// country. `kz`, a country's code that sites in the wild use, means `kk`.
pub(crate) fn meant_language<'w>(written: &'w str, languages: &'w Languages) -> &'w str {
    let has = |word: &str| languages.tags().any(|tag| tag.eq_ignore_ascii_case(word));
    let is_known = has(&written.replace('_', "-"));
    let (language, _) = written.split_once(['-', '_']).unwrap_or((written, ""));
    if language.eq_ignore_ascii_case("kz") {
        "kk"
    } else if has(language) && !is_known {
        language
    } else {
        written
    }
}

fn lint(words: &str, reading: &mut Reading<'_>, role: Option<Role>) {
    for fault in role.map(|role| faults(words, role)).unwrap_or_default() {
        reading.report(fault);
    }
}

/// A string, whatever it says.
struct Written;

impl Read for Written {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Written> {
        if value.is_string() {
            return Some(Written);
        }
        reading.wrong_type(Phrase::AString);
        None
    }
}

/// A name: it may be the same in every language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Name(pub Words);

impl Read for Name {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Name> {
        Words::read_as(value, reading, None).map(Name)
    }
}

/// Reads the name of a service: a product, which only may not be a picture.
pub(crate) struct ProductName(pub(crate) Name);

impl Read for ProductName {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<ProductName> {
        Words::read_as(value, reading, Some(Role::Name)).map(|words| ProductName(Name(words)))
    }
}

/// Reads the name of a category, which stands beside the choice.
pub(crate) struct CategoryName(pub(crate) Name);

impl Read for CategoryName {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<CategoryName> {
        Words::read_as(value, reading, Some(Role::Text)).map(|words| CategoryName(Name(words)))
    }
}

/// What something is for. A notice that stands in one language only counts as not given in the others, so one sentence
/// for several languages is a problem (requirement L-05).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Purpose(pub Words);

impl Read for Purpose {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Purpose> {
        let words = Words::read_as(value, reading, Some(Role::Purpose))?;
        if matches!(words, Words::One(_)) && reading.offered.len() > 1 {
            reading.report(Code::OneLanguage);
        }
        Some(Purpose(words))
    }
}

/// A code of one of Kelisim's tables, or words of the owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum CodeOrWords {
    /// A code that every language has words for; or, on a site of one language, the words themselves.
    Code(#[schemars(regex(pattern = SAYS_SOMETHING))] String),
    /// Words in each language.
    Words(#[schemars(with = "IndexMap<LanguageTag, Option<String>>")] IndexMap<String, String>),
}

impl CodeOrWords {
    fn read<'l>(
        value: &Value,
        reading: &mut Reading<'_>,
        role: Option<Role>,
        codes: impl IntoIterator<Item = &'l str> + Clone,
    ) -> Option<CodeOrWords> {
        let Some(written) = value.as_str() else {
            return match Words::read_as(value, reading, role)? {
                Words::Each(each) => Some(CodeOrWords::Words(each)),
                Words::One(one) => Some(CodeOrWords::Code(one)),
            };
        };
        let is_code = codes.clone().into_iter().any(|code| code == written);
        if is_code || reading.offered.len() > 1 {
            reading.knows(written, codes, Code::UnknownCode);
        } else {
            lint(written, reading, role);
            if let Some(fault) = hidden::fault(written) {
                reading.report(fault);
            }
        }
        Some(CodeOrWords::Code(written.to_owned()))
    }
}

/// A kind of data that a service collects (Law 94-V, art. 8(4)(7)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Data(pub CodeOrWords);

impl Read for Data {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Data> {
        let languages = reading.languages;
        CodeOrWords::read(value, reading, None, languages.data_codes()).map(Data)
    }
}

/// What something stored is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct StoragePurpose(pub CodeOrWords);

impl Read for StoragePurpose {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<StoragePurpose> {
        let languages = reading.languages;
        CodeOrWords::read(value, reading, Some(Role::Purpose), languages.storage_purpose_codes()).map(StoragePurpose)
    }
}
