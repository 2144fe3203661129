//! What may be left out may be `null` as well, and what has to be there has to say something.
//!
//! Which keys have to be there, the types say.

use std::collections::BTreeSet;

use schemars::Schema;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::{Value, json};

use super::parts::{or, referred};

/// Says it of every key of every object.
pub(super) fn say_what_may_be_left_out(schema: &mut Schema) {
    let texts = texts(schema);
    let is_text = |key: &Value| referred(key).is_some_and(|name| texts.contains(name));
    RecursiveTransform(|object: &mut Schema| in_object(object, is_text)).transform(schema);
}

/// The definitions that are a text. A form leaves its fields empty, so where they may be missing, so may their letters.
fn texts(schema: &Schema) -> BTreeSet<String> {
    let definitions = schema.get("$defs").and_then(Value::as_object);
    definitions
        .into_iter()
        .flatten()
        .filter(|(_, definition)| definition.get("type").is_some_and(|kind| kind == "string"))
        .map(|(name, _)| name.clone())
        .collect()
}

fn in_object(object: &mut Schema, is_text: impl Fn(&Value) -> bool) {
    let required = object.get("required").cloned().unwrap_or_default();
    let is_needed = |key: &str| {
        required
            .as_array()
            .is_some_and(|keys| keys.iter().any(|needed| needed == key))
    };
    let Some(Value::Object(keys)) = object.get_mut("properties") else {
        return;
    };
    for (key, value) in keys {
        if !is_needed(key) {
            null_or(value);
        } else if is_text(value)
            && let Some(members) = value.as_object_mut()
        {
            members.insert("minLength".to_owned(), json!(1));
        }
    }
}

/// The same, or `null`.
fn null_or(value: &mut Value) {
    match value.get_mut("type") {
        // A type that may be `null` says so already.
        Some(Value::Array(_)) => {}
        Some(kind @ Value::String(_)) => *kind = json!([kind, "null"]),
        _ => or(value, json!({ "type": "null" })),
    }
}
