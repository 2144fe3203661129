//! The JSON Schema of `site.json`, with which an editor completes and explains a configuration while it is written.
//!
//! The keys, their sentences and the forms of their values are those of the types in [`config`](crate::config), by way of
//! `schemars`. What a type cannot say is added here, step by step: what may be left out in `presence.rs`, what the files
//! of the languages say in `languages.rs`, the vendors in `services.rs`, what hangs on another key in `conditions.rs`,
//! and on the law or the offered languages in `demands.rs`. `parts.rs` has what these share.
//!
//! It must not refuse what the check accepts. What no schema can say stays with the check: whether a check digit is
//! right, a category exists, an id is used twice, a colour stands out or words press the visitor.

mod conditions;
mod demands;
mod languages;
mod parts;
mod presence;
mod services;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::{Map, Value, json};

use self::services::ParameterForms;
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::config::parameter::{ParameterNumber, ParameterText};
use crate::languages::Languages;

/// The schema of a configuration that names the vendors of this catalogue and offers these languages. The same input
/// gives the same schema.
pub fn schema(catalogue: &Catalogue, languages: &Languages) -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let forms = ParameterForms {
        number: generator.subschema_for::<ParameterNumber>(),
        text: generator.subschema_for::<ParameterText>(),
    };
    let mut schema = generator.into_root_schema_for::<Config>();
    // They follow the types from key to key, so they are found before anything is put in between.
    let demands = demands::demands(&schema, languages);
    RecursiveTransform(tidy).transform(&mut schema);
    presence::say_what_may_be_left_out(&mut schema);
    languages::name_languages_and_codes(&mut schema, languages);
    services::name_vendors(&mut schema, catalogue, &forms);
    conditions::add(&mut schema);
    allow_notes(&mut schema);
    schema.insert("allOf".to_owned(), demands.into());
    schema.to_value()
}

/// Leaves out what only Rust needs: ends of lines in a comment, the width of a number, defaults that say nothing.
fn tidy(schema: &mut Schema) {
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = description.replace('\n', " ");
    }
    if schema.get("type").is_some_and(|kind| kind == "integer") {
        schema.remove("format");
    }
    let says_nothing = |default: &Map<String, Value>| default.values().all(Value::is_null);
    if schema
        .get("default")
        .and_then(Value::as_object)
        .is_some_and(says_nothing)
    {
        schema.remove("default");
    }
}

/// Keys that begin with `$` are for the owner's editor. They are allowed at the top only.
fn allow_notes(schema: &mut Schema) {
    let notes = json!({
        r"^\$": { "description": "A note for you or your editor: Kelisim reads no key here that begins with `$`." },
    });
    schema.insert("patternProperties".to_owned(), notes);
    if let Some(Value::Object(keys)) = schema.get_mut("properties") {
        let address = json!({ "description": "The address of this schema, for your editor." });
        keys.insert("$schema".to_owned(), address);
    }
}
