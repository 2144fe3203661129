//! A JSON value as a plain tree: what every document from outside becomes before anything looks at it.
//!
//! The browser edge turns a `JsValue` into it, the owner's tool a `serde_json::Value`, so that the configuration, a
//! vendor's manifest and a stored record are read by the same code on both sides. It must not know where it came from.

/// One JSON value. An object keeps its keys in the order in which they were written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, and everything that JSON has no word for (`undefined`, a function).
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
    /// The member `key` of an object; `None` for a missing member and for anything that is not an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a string.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
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
            serde_json::Value::Object(entries) => {
                Value::Map(entries.into_iter().map(|(key, value)| (key.nfc().collect(), Value::from(value))).collect())
            }
        }
    }
}
