//! What schemas are put together of, whatever they are about. Nothing here knows a key of a configuration.

use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

/// Nothing but blanks, as the check has it: blank is a space and everything below it.
pub(super) const BLANK: &str = r"^[\x00-\x20]*$";

/// Where the definitions of a schema stand in it.
const DEFINITIONS: &str = "#/$defs/";

/// What explains a value and does not judge it.
const ANNOTATIONS: [&str; 3] = ["description", "default", "examples"];

/// The name of the definition that a schema refers to.
pub(super) fn referred(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(DEFINITIONS)
}

/// A reference to a definition by its name.
pub(super) fn reference_to(name: &str) -> Value {
    json!({ "$ref": format!("{DEFINITIONS}{name}") })
}

/// A reference to a key of the definition of a type.
pub(super) fn reference_to_key<T: JsonSchema>(key: &str) -> Value {
    reference_to(&format!("{}/properties/{key}", T::schema_name()))
}

/// The definition of a type; none where no key has such a value.
pub(super) fn definition<T: JsonSchema>(schema: &mut Schema) -> Option<&mut Map<String, Value>> {
    schema
        .pointer_mut(&format!("/$defs/{}", T::schema_name()))?
        .as_object_mut()
}

/// Adds a definition that no type has.
pub(super) fn define(schema: &mut Schema, name: &str, definition: Value) {
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        definitions.insert(name.to_owned(), definition);
    }
}

/// One of these words, each with what it means.
pub(super) fn one_of<'w>(words: impl IntoIterator<Item = (&'w str, String)>) -> Value {
    let words = words.into_iter();
    words
        .map(|(word, meaning)| json!({ "const": word, "description": meaning }))
        .collect()
}

/// An object with these keys and no others.
pub(super) fn closed(properties: Map<String, Value>, required: &[&str]) -> Map<String, Value> {
    Map::from_iter([
        ("type".to_owned(), json!("object")),
        ("properties".to_owned(), properties.into()),
        ("required".to_owned(), json!(required)),
        ("additionalProperties".to_owned(), json!(false)),
    ])
}

/// An object where a text that is not empty is written under a key.
pub(super) fn with(key: &str) -> Value {
    json!({ "required": [key], "properties": { key: { "type": "string", "minLength": 1 } } })
}

/// A value of the one form or of the other. What explains it stays where it was.
pub(super) fn or(schema: &mut Value, other: Value) {
    let Some(members) = schema.as_object_mut() else { return };
    if let Some(Value::Array(forms)) = members.get_mut("anyOf") {
        if !forms.contains(&other) {
            forms.push(other);
        }
        return;
    }
    let (outside, form): (Map<String, Value>, Map<String, Value>) = std::mem::take(members)
        .into_iter()
        .partition(|(keyword, _)| ANNOTATIONS.contains(&keyword.as_str()));
    members.extend(outside);
    members.insert("anyOf".to_owned(), json!([form, other]));
}
