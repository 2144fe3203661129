//! What an editor finds in the schema: a sentence for every key and every word, and examples that hold.

use jsonschema::validator_for;
use kelisim::owner::schema::schema;
use serde_json::{Value, json};

/// A part of the schema, by the keywords that lead to it.
struct Part<'s> {
    path: String,
    schema: &'s Value,
}

/// Every object below a part of the schema, the part itself first.
fn parts<'s>(path: &str, value: &'s Value, found: &mut Vec<Part<'s>>) {
    match value {
        Value::Object(members) => {
            let path = path.to_owned();
            found.push(Part {
                path: path.clone(),
                schema: value,
            });
            for (key, member) in members
                .iter()
                .filter(|(key, _)| !["default", "examples"].contains(&key.as_str()))
            {
                parts(&format!("{path}/{key}"), member, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                parts(&format!("{path}/{index}"), item, found);
            }
        }
        _ => {}
    }
}

/// What a part says under a keyword, itself or where it refers to.
fn said<'s>(schema: &'s Value, part: &'s Value, keyword: &str) -> Option<&'s Value> {
    let referred = || {
        let reference = part.get("$ref")?.as_str()?.strip_prefix('#')?;
        said(schema, schema.pointer(reference)?, keyword)
    };
    part.get(keyword).or_else(referred)
}

/// Every key that an object may have, with the path of the object. An object that only demands something of keys that
/// are explained elsewhere says nothing of the others.
fn keys(schema: &Value) -> Vec<Part<'_>> {
    let mut all = Vec::new();
    parts("", schema, &mut all);
    let mut keys = Vec::new();
    for Part { path, schema } in all {
        let is_closed = schema.get("additionalProperties") == Some(&json!(false));
        let named = schema.get("properties").filter(|_| is_closed);
        for members in [named, schema.get("patternProperties")].into_iter().flatten() {
            let members = members.as_object().unwrap().iter();
            keys.extend(members.map(|(key, schema)| Part {
                path: format!("{path}/{key}"),
                schema,
            }));
        }
        if let Some(others @ Value::Object(_)) = schema.get("additionalProperties") {
            keys.push(Part {
                path: format!("{path}/*"),
                schema: others,
            });
        }
    }
    keys
}

/// O-02: an editor explains every key, at every depth.
#[test]
fn o_02_every_key_is_explained() {
    let schema = schema().unwrap();
    let keys = keys(&schema);
    assert!(keys.len() > 1000, "{} keys", keys.len());
    for Part { path, schema: key } in keys {
        let description = said(&schema, key, "description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        assert!(description.len() > 3, "{path} is not explained");
    }
}

/// O-02: an editor explains every word among which an owner chooses.
#[test]
fn o_02_every_word_of_a_choice_is_explained() {
    let schema = schema().unwrap();
    let mut all = Vec::new();
    parts("", &schema, &mut all);
    let choices = all.iter().filter(|part| part.path.contains("/oneOf/"));
    let mut count = 0;
    for Part { path, schema } in choices.filter(|part| part.schema.get("const").is_some()) {
        let description = schema["description"].as_str().unwrap_or_default();
        assert!(description.len() > 3, "{path} is not explained");
        count += 1;
    }
    assert!(count > 70, "{count} words");
}

/// What is asked for in a certain form is shown, and what is shown has that form.
#[test]
fn examples_and_defaults_are_there_and_hold() {
    let schema = schema().unwrap();
    // The words of a language file have no form.
    let keys = keys(&schema).into_iter();
    for Part { path, schema: key } in keys.filter(|key| !key.path.contains("/texts/")) {
        let (default, examples) = (said(&schema, key, "default"), said(&schema, key, "examples"));
        let asks_for_a_form = said(&schema, key, "pattern").is_some();
        assert!(
            !asks_for_a_form || default.or(examples).is_some(),
            "{path} shows nothing"
        );
        let shown = default
            .into_iter()
            .chain(examples.and_then(Value::as_array).into_iter().flatten());
        let validator = validator_for(&json!({"$defs": schema["$defs"], "allOf": [key]}));
        for value in shown {
            assert!(validator.as_ref().unwrap().is_valid(value), "{path}: {value}");
        }
    }
}
