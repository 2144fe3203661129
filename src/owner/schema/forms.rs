//! The form of a single value in the schema, by its kind in the table of shapes.
//!
//! The patterns say what the rules of the check say, by the same classes of letters: blank is what the check calls
//! blank, a space and everything below it.
#![allow(
    clippy::indexing_slicing,
    reason = "a member of a JSON object that was just made is assigned, which adds it"
)]

use serde_json::{Map, Value, json};

use super::{Maker, closed, object_of, texts_of};
use crate::core::config::consent_types;

/// `https:`, or no scheme at all.
const ADDRESS: &str = r"^([Hh][Tt][Tt][Pp][Ss]://|(?!//)(?![^/?#:]*:))[^\x00-\x20\\]*$";
/// A path of this site, without a way up or out of it.
const OWN_PATH: &str = r"^/(?!/)(?!.*(//|\.\.))[^\x00-\x20\\%?#]*$";
const EMAIL: &str = r#"^$|^[^\x00-\x20@<>,;:"?&]+@[^\x00-\x20@<>,;:"?&]+$"#;
/// The last label of an address in numbers is a number.
const DOMAIN: &str = r"^$|^(?!.*\.[0-9]+$)([a-z0-9]([a-z0-9\-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9\-]*[a-z0-9])?$";
const TWELVE_DIGITS: &str = r"^$|^(?!([0-9])\1{11}$)[0-9]{12}$";
const ID: &str = r"^[a-z][a-z0-9\-]*$";
const PARAMETER: &str = r"^[A-Za-z0-9._\-]+$";
const LIFETIME: &str = "^(session|unlimited|[0-9]{1,9}[mhd])$";
/// No regular expression, and more than a star and a letter of ASCII.
const STORED_NAME: &str = r"^(?!/[^/]*/)\**([^*\x00-\x7f]|[^*]\**[^*])";
/// One value that loads nothing.
const TOKEN: &str = r"^(?![\s\S]*([Uu][Rr][Ll]|[Ii][Mm][Aa][Gg][Ee]))[^;{}\\@]+$";
const NOT_BLANK: &str = r"[^\x00-\x20]";
pub(super) const BLANK: &str = r"^[\x00-\x20]*$";

/// The greatest whole number that a JSON number holds exactly.
const GREATEST: u64 = 9_007_199_254_740_991;

/// Text that is not blank.
pub(super) fn written() -> Value {
    text(NOT_BLANK)
}

/// The code of a country. What the codes of the United Kingdom and of the Union are taken for is none.
pub(super) fn country() -> Value {
    json!({"type": "string", "pattern": "^[A-Z]{2}$", "not": {"enum": ["UK", "EU"]}})
}

/// An object where something is written under this key.
pub(super) fn with(key: &str) -> Value {
    json!({"required": [key], "properties": {key: {"type": "string", "minLength": 1}}})
}

fn text(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

fn reference(definition: &str) -> Value {
    json!({"$ref": format!("#/$defs/{definition}")})
}

/// The same, or `null`.
pub(super) fn or_null(mut schema: Value) -> Value {
    if let Some(kind) = schema["type"].as_str().map(str::to_owned) {
        schema["type"] = json!([kind, "null"]);
        return schema;
    }
    for choices in ["anyOf", "oneOf"] {
        if let Some(choices) = schema.get_mut(choices).and_then(Value::as_array_mut) {
            choices.push(json!({"type": "null"}));
            return schema;
        }
    }
    json!({"anyOf": [schema, {"type": "null"}]})
}

impl Maker {
    /// A value of a kind: see `core::config::shapes`. `path` leads to the meaning of its words.
    pub(super) fn form(&self, kind: &str, flags: &str, path: &str) -> Value {
        if let Some((name, false)) = object_of(kind) {
            return self.object(name);
        }
        let not_empty = (flags.contains('n') || flags.contains('o')) && !flags.contains('e');
        let rest = kind.get(1..).unwrap_or_default();
        match kind.chars().next() {
            Some('[') => {
                json!({"type": "array", "items": self.form(rest, "", path), "minItems": usize::from(not_empty)})
            }
            Some('(') => self.choice(rest.split('/'), path),
            Some('H') => {
                json!({"type": "array", "items": self.form("l", "", path), "minItems": 1, "uniqueItems": true})
            }
            Some('l') => self.offered_languages(),
            Some('N') => json!({"type": "integer", "minimum": 180, "maximum": 1095}),
            Some('U') => json!({"anyOf": [
                {"type": "integer", "minimum": 1, "maximum": GREATEST},
                {"type": "string", "pattern": "^[1-9][0-9]{0,19}$"},
            ]}),
            Some('?') => json!({"type": "boolean"}),
            Some('c') => reference("country"),
            Some('K') => {
                let list = json!({"type": "array", "items": reference("country"), "minItems": 1});
                json!({"anyOf": [reference("country"), list]})
            }
            Some('R' | 'S') => json!({"anyOf": [reference("name")]}),
            Some('Q') => json!({"anyOf": [reference("data")]}),
            Some('P') => json!({"anyOf": [reference("storagePurpose")]}),
            Some('X') => self.per_language(|words| or_null(texts_of(words))),
            Some('Y') => self.google_consent(path),
            Some(mark) => one_text(mark, not_empty),
            None => json!({}),
        }
    }

    /// One of these words, each with its meaning.
    fn choice<'w>(&self, words: impl Iterator<Item = &'w str>, path: &str) -> Value {
        let choices: Vec<Value> = words
            .map(|word| json!({"const": word, "description": self.meanings.of_word(path, word)}))
            .collect();
        json!({"oneOf": choices})
    }

    /// One of the languages, each with its own name.
    fn offered_languages(&self) -> Value {
        let choices: Vec<Value> = self
            .languages
            .iter()
            .map(|(tag, words)| json!({"const": tag, "description": words["languageName"]}))
            .collect();
        json!({"oneOf": choices})
    }

    /// Words: one text for all languages, or one for each.
    pub(super) fn words(&self, one: &Value) -> Value {
        json!({"anyOf": [one, self.per_language(|_| json!({"type": ["string", "null"]}))]})
    }

    /// A code of a table of the language files, each with its English words, or other words.
    pub(super) fn code_or_words(&self, table: &str) -> Value {
        json!({"anyOf": [{"oneOf": self.codes(table)}, written()]})
    }

    /// The codes of a table, each with its English words.
    pub(super) fn codes(&self, table: &str) -> Vec<Value> {
        let english = self.languages.iter().find(|(tag, _)| tag == "en");
        english
            .and_then(|(_, words)| words[table].as_object())
            .into_iter()
            .flatten()
            .map(|(code, words)| json!({"const": code, "description": words}))
            .collect()
    }

    /// An object with a member for each language that there is.
    fn per_language(&self, member: impl Fn(&Value) -> Value) -> Value {
        let members: Map<String, Value> = self
            .languages
            .iter()
            .map(|(tag, words)| {
                let mut schema = member(words);
                schema["description"] = words["languageName"].clone();
                (tag.clone(), schema)
            })
            .collect();
        closed(&members, &[])
    }

    /// Lists of Google's consent types, by the category that grants them.
    fn google_consent(&self, path: &str) -> Value {
        json!({
            "type": "object",
            "propertyNames": {"pattern": ID, "not": {"const": "necessary"}},
            "additionalProperties": {
                "description": "The consent types that this category grants.",
                "type": "array",
                "items": self.choice(consent_types().into_iter(), path),
            },
        })
    }
}

/// A text of a kind.
fn one_text(mark: char, not_empty: bool) -> Value {
    let mut schema = text(match mark {
        'L' => ADDRESS,
        'W' => OWN_PATH,
        'E' => EMAIL,
        'B' => TWELVE_DIGITS,
        'D' => DOMAIN,
        'Z' => PARAMETER,
        'I' | 'C' => ID,
        'G' => STORED_NAME,
        'M' => LIFETIME,
        '~' => TOKEN,
        _ if not_empty => NOT_BLANK,
        _ => return json!({"type": "string"}),
    });
    if not_empty {
        schema["minLength"] = json!(1);
    }
    if mark == 'C' {
        schema["not"] = json!({"const": "necessary"});
    }
    schema
}
