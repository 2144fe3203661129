//! Words in several languages: wordings of purposes, names and recipients, and the owner's own texts.

use super::Check;
use crate::core::config::Wording;
use crate::core::config::words::nearest;
use crate::core::notice::texts::{KEYS, Text};
use crate::core::value::Value;

impl Check<'_> {
    /// A wording: one string, or an object with the words of every offered language.
    ///
    /// A name may be the same in every language. A `sentence` may not: a notice that stands in one language only counts
    /// as not given in the others (requirement L-05).
    pub(super) fn wording(&mut self, key: &str, written: &Value, sentence: bool) -> Wording {
        let mut words = Vec::new();
        match written {
            Value::Text(text) => {
                self.walk.require(key, text);
                if sentence && self.languages.len() > 1 {
                    self.walk.report(key, "oneLanguage", "");
                }
                return Wording::Same(text.clone());
            }
            Value::Map(entries) => {
                let back = self.walk.enter(key);
                for (language, entry) in entries {
                    self.language(language, language);
                    if entry.as_text().is_none() {
                        self.walk.mistyped(language, "a string");
                    }
                }
                let mut index = 0;
                while let Some(language) = self.languages.get(index).copied() {
                    let text = written.get(language).and_then(Value::as_text).unwrap_or_default();
                    self.walk.require(language, text);
                    words.push((String::from(language), String::from(text)));
                    index += 1;
                }
                self.walk.leave(back);
            }
            Value::Null => self.walk.missing(key),
            _ => self
                .walk
                .mistyped(key, "a string, or an object with one string per language"),
        }
        Wording::Written(words)
    }

    /// An entry of one of Kelisim's tables by its code, or the owner's own words.
    pub(super) fn listed_wording(&mut self, key: &str, written: &Value, table: Text) -> Wording {
        if let Some(code) = written.as_text() {
            let Some(nearest) = self.unlisted(table, code) else {
                return Wording::Listed(table, String::from(code));
            };
            if self.languages.len() > 1 {
                self.walk.report(key, "unknownCode", nearest);
                return Wording::Same(String::new());
            }
        }
        self.wording(key, written, true)
    }

    /// The owner's texts over Kelisim's: `{"ru": {"title": "…"}}`.
    pub(super) fn texts(&mut self, written: &Value) -> Vec<(String, Text, String)> {
        let mut texts = Vec::new();
        for (language, entries) in self.members("texts", written) {
            let back = self.walk.enter("texts");
            self.language(language, language);
            let entries = self.members(language, entries);
            self.walk.enter(language);
            for (key, words) in entries {
                // What is no sentence to rewrite: the direction and the tables.
                let known = Text::from_key(key).filter(|text| {
                    !matches!(
                        text,
                        Text::Direction | Text::Countries | Text::Data | Text::StoragePurposes
                    )
                });
                match (known, words) {
                    (None, _) => self.walk.report(key, "unknownText", nearest(key, KEYS)),
                    (Some(text), Value::Text(words)) => {
                        self.walk.require(key, words);
                        texts.push((language.clone(), text, words.clone()));
                    }
                    (Some(_), _) => self.walk.mistyped(key, "a string"),
                }
            }
            self.walk.leave(back);
        }
        texts
    }
}
