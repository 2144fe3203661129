//! What the files of the languages say: which languages there are, the codes of their tables, and the words that an owner
//! may say otherwise. What most editors show is explained in English.

use std::collections::BTreeMap;

use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::parts::{closed, define, definition, one_of, or, reference_to, reference_to_key, referred};
use crate::config::country::Country;
use crate::config::language_tag::LanguageTag;
use crate::config::texts::is_for_the_owner;
use crate::config::words::{Data, StoragePurpose};
use crate::languages::{Language, Languages, OwnTexts};

/// The definition of the codes of collected data.
pub(super) const DATA_CODE: &str = "DataCode";
/// The definition of the codes of purposes of stored names.
pub(super) const STORAGE_PURPOSE_CODE: &str = "StoragePurposeCode";

/// The language of explanations.
pub(super) const ENGLISH: &str = "en";

/// Puts the languages, the countries, the codes and the words in, wherever there is place for them.
pub(super) fn name_languages_and_codes(schema: &mut Schema, languages: &Languages) {
    RecursiveTransform(|object: &mut Schema| put_languages_in(object, languages)).transform(schema);
    let tags = languages
        .iter()
        .map(|language| (language.tag.as_str(), name_of(language)));
    if let Some(definition) = definition::<LanguageTag>(schema) {
        *definition = choice("The tag of a language that Kelisim speaks.", one_of(tags));
    }
    let Some(english) = languages.get(ENGLISH).or_else(|| languages.iter().next()) else {
        return;
    };
    let country = |country: Country| {
        let code = country.as_str();
        (code, english.countries.get(code).cloned().unwrap_or_default())
    };
    if let Some(definition) = definition::<Country>(schema) {
        definition.shift_remove("enum");
        definition.insert("oneOf".to_owned(), one_of(Country::all().map(country)));
    }
    let words = |table: fn(&Language) -> &BTreeMap<String, String>| {
        one_of(
            table(english)
                .iter()
                .map(|(code, words)| (code.as_str(), words.clone())),
        )
    };
    let data = choice("A kind of data, by its code.", words(|language| &language.data));
    define(schema, DATA_CODE, data.into());
    let purposes = choice("A purpose, by its code.", words(|language| &language.storage_purposes));
    define(schema, STORAGE_PURPOSE_CODE, purposes.into());
    allow_code::<Data>(schema, DATA_CODE);
    allow_code::<StoragePurpose>(schema, STORAGE_PURPOSE_CODE);
    tell_own_texts(schema, english);
}

/// One of several words, with a sentence about all of them.
fn choice(sentence: &str, words: Value) -> Map<String, Value> {
    Map::from_iter([("description".to_owned(), json!(sentence)), ("oneOf".to_owned(), words)])
}

fn name_of(language: &Language) -> String {
    language.texts.language_name.clone()
}

/// An object for each language has a key for each that there is.
fn put_languages_in(object: &mut Schema, languages: &Languages) {
    let patterns = object.get_mut("patternProperties").and_then(Value::as_object_mut);
    let Some(value) = patterns.and_then(|patterns| patterns.shift_remove(LanguageTag::PATTERN)) else {
        return;
    };
    object.remove("patternProperties");
    let is_of_texts = value
        .get("anyOf")
        .and_then(Value::as_array)
        .is_some_and(|forms| forms.iter().any(is_own_texts));
    let keys: Map<String, Value> = languages
        .iter()
        .map(|language| {
            let mut value = if is_of_texts {
                own_texts(language)
            } else {
                value.clone()
            };
            if let Some(members) = value.as_object_mut() {
                members.insert("description".to_owned(), name_of(language).into());
            }
            (language.tag.clone(), value)
        })
        .collect();
    object.insert("properties".to_owned(), keys.into());
}

fn is_own_texts(schema: &Value) -> bool {
    referred(schema) == Some(OwnTexts::schema_name().as_ref())
}

/// The owner's own words in one language, each with those that stand where there are none.
fn own_texts(language: &Language) -> Value {
    let texts = language.texts.iter().filter(|(key, _)| is_for_the_owner(key));
    let texts = texts.map(|(key, words)| {
        let mut text = reference_to_key::<OwnTexts>(key);
        if let Some(members) = text.as_object_mut() {
            members.insert("default".to_owned(), words.into());
        }
        (key.to_owned(), text)
    });
    let mut object = closed(texts.collect(), &[]);
    object.insert("type".to_owned(), json!(["object", "null"]));
    object.into()
}

/// The owner's own words are told by the English ones. The keys stand here for all languages to refer to.
fn tell_own_texts(schema: &mut Schema, english: &Language) {
    let Some(definition) = definition::<OwnTexts>(schema) else {
        return;
    };
    definition.retain(|keyword, _| keyword == "properties");
    let Some(texts) = definition.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    texts.retain(|key, _| is_for_the_owner(key));
    for (key, text) in texts {
        let words = english.texts.get(key).unwrap_or_default();
        if let Some(members) = text.as_object_mut() {
            members.insert("description".to_owned(), format!("In English: {words}").into());
        }
    }
}

/// A code of a table may stand for words.
fn allow_code<T: JsonSchema>(schema: &mut Schema, code: &str) {
    if let Some(definition) = definition::<T>(schema) {
        let mut words = Value::Object(std::mem::take(definition));
        or(&mut words, reference_to(code));
        if let Value::Object(words) = words {
            *definition = words;
        }
    }
}
