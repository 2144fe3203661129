//! Words in several languages: wordings of purposes, names and recipients, and the owner's own texts.

use super::Check;
use crate::core::config::Wording;
use crate::core::config::words::{member, nearest};
use crate::core::notice::texts::{KEYS, Text};
use crate::core::value::Value;

impl Check<'_> {
    /// A wording: one string, or an object with the words of every offered language.
    ///
    /// A name may be the same in every language. A `sentence` may not: a notice that stands in one language only counts
    /// as not given in the others (requirement L-05).
    pub(super) fn wording(&mut self, path: &str, written: &Value, sentence: bool) -> Wording {
        let mut words = Vec::new();
        match written {
            Value::Text(text) => {
                self.require(path, text);
                if sentence && self.languages.len() > 1 {
                    self.report(path, "oneLanguage", "");
                }
                return Wording::Same(text.clone());
            }
            Value::Map(entries) => {
                for (language, entry) in entries {
                    let path = member(path, language);
                    self.language(&path, language);
                    if entry.as_text().is_none() {
                        self.report(&path, "wrongType", "a string");
                    }
                }
                for language in self.languages.clone() {
                    let text = written.get(&language).and_then(Value::as_text).unwrap_or_default();
                    self.require(&member(path, &language), text);
                    words.push((language, String::from(text)));
                }
            }
            Value::Null => self.report(path, "missing", ""),
            _ => self.report(path, "wrongType", "a string, or an object with one string per language"),
        }
        Wording::Written(words)
    }

    /// An entry of one of Kelisim's tables by its code, or the owner's own words.
    pub(super) fn listed_wording(&mut self, path: &str, written: &Value, table: Text) -> Wording {
        let Some(code) = written.as_text() else {
            return self.wording(path, written, true);
        };
        match self.listed(table, code) {
            Ok(()) => Wording::Listed(table, String::from(code)),
            Err(_) if self.languages.len() == 1 => self.wording(path, written, true),
            Err(nearest) => {
                self.report(path, "unknownCode", &nearest);
                Wording::Same(String::new())
            }
        }
    }

    /// The owner's texts over Kelisim's: `{"ru": {"title": "…"}}`.
    pub(super) fn texts(&mut self, written: &Value) -> Vec<(String, Text, String)> {
        let mut texts = Vec::new();
        self.expect_object("texts", written);
        for (language, entries) in written.entries() {
            let path = member("texts", language);
            self.language(&path, language);
            self.expect_object(&path, entries);
            for (key, words) in entries.entries() {
                let path = member(&path, key);
                // What is no sentence to rewrite: the direction and the tables.
                let fixed = |text: &Text| {
                    matches!(
                        text,
                        Text::Direction | Text::Countries | Text::Data | Text::StoragePurposes
                    )
                };
                match (Text::from_key(key).filter(|text| !fixed(text)), words) {
                    (None, _) => self.report(&path, "unknownText", nearest(key, KEYS.iter().copied())),
                    (Some(text), Value::Text(words)) => {
                        self.require(&path, words);
                        texts.push((language.clone(), text, words.clone()));
                    }
                    (Some(_), _) => self.report(&path, "wrongType", "a string"),
                }
            }
        }
        texts
    }
}
