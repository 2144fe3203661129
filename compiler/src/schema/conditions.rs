//! What hangs on another key of the same object.

use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use super::parts::{definition, with};
use crate::config::aliases::Names;
use crate::config::appearance::{Appearance, Layout};
use crate::config::category::Category;
use crate::config::consent_mode::ConsentMode;
use crate::config::operator::Operator;
use crate::languages::BUILT_IN_CATEGORIES;

/// Adds every condition to the object that it is about.
pub(super) fn add(schema: &mut Schema) {
    say::<Operator>(schema, [("not", json!({ "allOf": [with("bin"), with("iin")] }))]);
    say::<Category>(
        schema,
        [
            (
                "if",
                json!({ "not": { "properties": { "id": { "enum": BUILT_IN_CATEGORIES } } } }),
            ),
            (
                "then",
                json!({ "required": ["purpose"], "properties": { "purpose": { "not": { "type": "null" } } } }),
            ),
        ],
    );
    say::<Appearance>(schema, [("allOf", Layout::all().map(positions_of).collect())]);
    explain_granted_types(schema);
    explain_meant_ids(schema);
}

/// Adds keywords to the definition of a type.
fn say<T: JsonSchema>(schema: &mut Schema, keywords: impl IntoIterator<Item = (&'static str, Value)>) {
    if let Some(definition) = definition::<T>(schema) {
        definition.extend(keywords.into_iter().map(|(keyword, value)| (keyword.to_owned(), value)));
    }
}

/// A layout stands only where it has a look (requirement K-02).
fn positions_of(layout: Layout) -> Value {
    let is_meant = if layout == Layout::default() {
        json!({ "properties": { "layout": { "enum": [layout, null] } } })
    } else {
        json!({ "required": ["layout"], "properties": { "layout": { "const": layout } } })
    };
    let mut positions: Vec<Value> = layout.positions().iter().map(|position| json!(position)).collect();
    positions.push(Value::Null);
    json!({ "if": is_meant, "then": { "properties": { "position": { "enum": positions } } } })
}

/// The keys are the categories of the owner, so no type has a sentence for them.
fn explain_granted_types(schema: &mut Schema) {
    let categories = definition::<ConsentMode>(schema).and_then(|mode| mode.get_mut("patternProperties"));
    for (_, types) in categories.and_then(Value::as_object_mut).into_iter().flatten() {
        if let Some(members) = types.as_object_mut() {
            let sentence = "The consent types that this category grants.";
            members.insert("description".to_owned(), sentence.into());
        }
    }
}

/// The keys are the names of another manager, so no type has a sentence for them either.
fn explain_meant_ids(schema: &mut Schema) {
    let id = definition::<Names>(schema).and_then(|names| names.get_mut("additionalProperties"));
    if let Some(members) = id.and_then(Value::as_object_mut) {
        let sentence = "The id of the category or service that this name means.";
        members.insert("description".to_owned(), sentence.into());
        members.insert("examples".to_owned(), json!(["google-analytics", "marketing"]));
    }
}
