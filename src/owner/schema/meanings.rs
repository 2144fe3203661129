//! What each key is for, for editors: `meanings.json`, by the object of the table of shapes and the key; for a vendor's
//! parameter, by the vendor and the parameter.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

/// The meaning of one key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meaning {
    description: String,
    /// What holds where it is absent.
    default: Option<Value>,
    /// What it may look like.
    #[serde(default)]
    examples: Vec<Value>,
    /// The meaning of each word that it may be.
    #[serde(default)]
    values: BTreeMap<String, String>,
}

/// The meaning of every key.
pub(in crate::owner) struct Meanings(BTreeMap<String, Meaning>);

impl Meanings {
    pub(in crate::owner) fn read() -> Result<Meanings> {
        let meanings = serde_json::from_str(include_str!("meanings.json")).context("meanings.json")?;
        Ok(Meanings(meanings))
    }

    /// The sentence about a key.
    pub(in crate::owner) fn sentence(&self, path: &str) -> Option<&str> {
        Some(self.0.get(path)?.description.as_str())
    }

    /// A schema with what is known about the key.
    pub(super) fn explain(&self, mut schema: Value, path: &str) -> Value {
        if let (Some(meaning), Some(members)) = (self.0.get(path), schema.as_object_mut()) {
            members.insert("description".to_owned(), meaning.description.clone().into());
            if let Some(default) = &meaning.default {
                members.insert("default".to_owned(), default.clone());
            }
            if !meaning.examples.is_empty() {
                members.insert("examples".to_owned(), meaning.examples.clone().into());
            }
        }
        schema
    }

    /// The meaning of one word that a key may be; empty where nothing is known.
    pub(super) fn of_word(&self, path: &str, word: &str) -> &str {
        let meaning = self.0.get(path).and_then(|meaning| meaning.values.get(word));
        meaning.map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Meanings;
    use crate::core::config::keys;
    use crate::owner::included;

    /// The objects of the table, and the vendors with their parameters.
    fn written() -> Vec<String> {
        let objects = "site operator policy category service stored withdrawal appearance tokens signals";
        let keys = objects
            .split(' ')
            .flat_map(|name| keys(name).into_iter().map(move |(key, _)| format!("{name}.{key}")));
        let vendors = included::written_manifests().unwrap();
        let parameters = vendors.iter().flat_map(|(id, manifest)| {
            let parameters = manifest["parameters"].as_object().unwrap().keys();
            parameters.map(move |name| format!("{id}.{name}"))
        });
        keys.chain(parameters).collect()
    }

    #[test]
    fn every_key_has_a_meaning_and_every_meaning_a_key() {
        let (meanings, written) = (Meanings::read().unwrap().0, written());
        for path in &written {
            assert!(meanings.contains_key(path), "{path} has no meaning");
        }
        for path in meanings.keys() {
            assert!(written.contains(path), "there is no {path}");
        }
    }

    #[test]
    fn every_word_that_has_a_meaning_is_one_that_may_be_written() {
        let words = [keys("site"), keys("signals"), keys("appearance"), keys("stored")].concat();
        let words: String = words.iter().map(|(_, kind)| *kind).collect();
        for (path, meaning) in Meanings::read().unwrap().0 {
            for word in meaning.values.keys().filter(|_| path != "site.googleConsentMode") {
                assert!(words.contains(word), "{path}: there is no {word}");
            }
        }
    }
}
