//! A JSON value as a plain tree: what every document from outside becomes before anything looks at it.
//!
//! The browser edge turns a `JsValue` into it, the owner's tool a `serde_json::Value`, so that the configuration, a
//! vendor's manifest and a stored record are read by the same code on both sides. It must not know where it came from.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

/// One JSON value. An object keeps its keys in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`, and everything that JSON has no word for (`undefined`, a function).
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number; JSON has one kind.
    Number(f64),
    /// A string, in Unicode normal form C.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The member `key` of an object; `None` for a missing or `null` member and for anything that is not an object.
    #[inline(never)]
    pub fn get(&self, key: &str) -> Option<&Value> {
        for (name, value) in self.entries() {
            if name == key && *value != Value::Null {
                return Some(value);
            }
        }
        None
    }

    /// The items of the array under `key`; none when there is none.
    #[inline(never)]
    pub fn list(&self, key: &str) -> &[Value] {
        self.get(key).map(Value::items).unwrap_or_default()
    }

    /// The text of a string.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of the member `key` of an object; empty when there is none.
    #[inline(never)]
    pub fn text(&self, key: &str) -> &str {
        self.get(key).and_then(Value::as_text).unwrap_or_default()
    }

    /// Whether this is `true`.
    pub fn is_true(&self) -> bool {
        matches!(self, Value::Bool(true))
    }

    /// The items of an array; of anything else, none.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The members of an object; of anything else, none.
    pub fn entries(&self) -> &[(String, Value)] {
        match self {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }
}

/// The parts of a configuration that have no fixed shape (texts, wordings per language) are read as they are.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

/// Builds a [`Value`] from whatever serde hands over.
struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, formatter: &mut core::fmt::Formatter) -> core::fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    #[allow(clippy::cast_precision_loss, reason = "JSON numbers are doubles in the page")]
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    #[allow(clippy::cast_precision_loss, reason = "JSON numbers are doubles in the page")]
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(String::from(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Value::Map(entries))
    }
}

/// The members of an object in the making.
#[derive(Debug, Default)]
pub struct Members {
    entries: Vec<(String, Value)>,
}

impl Members {
    /// Adds a member.
    #[inline(never)]
    pub fn value(&mut self, key: &str, value: Value) {
        self.entries.push((String::from(key), value));
    }

    /// Adds a text that says something; an empty one says nothing and is left out.
    #[inline(never)]
    pub fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.value(key, Value::Text(String::from(text)));
        }
    }

    /// Adds a yes or no.
    #[inline(never)]
    pub fn flag(&mut self, key: &str, flag: bool) {
        self.value(key, Value::Bool(flag));
    }

    /// Adds an array.
    #[inline(never)]
    pub fn list(&mut self, key: &str, items: Vec<Value>) {
        self.value(key, Value::List(items));
    }

    /// Whether there is such a member.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(known, _)| known == key)
    }

    /// The object.
    pub fn done(self) -> Value {
        Value::Map(self.entries)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Value {
        use unicode_normalization::UnicodeNormalization;
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(value),
            serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => Value::Text(text.nfc().collect()),
            serde_json::Value::Array(items) => Value::List(items.into_iter().map(Value::from).collect()),
            serde_json::Value::Object(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| (key.nfc().collect(), Value::from(value)))
                    .collect(),
            ),
        }
    }
}
