//! The type of a configuration for TypeScript, `kelisim.configuration.d.ts`: made from the schema, so that it has no key of its
//! own.
//!
//! The schema says by conditions what a type says by alternatives, so some of it is put in other words first. What a type
//! cannot say (a number that two keys must agree on, a pattern) is left to the check.

use crate::{process, project, setup};
use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

/// What stands above the types.
const HEAD: &str = "/** The configuration, `site.json`. Made from `kelisim.schema.json`. */";

/// Keywords that hold conditions.
const CONDITIONS: &[&str] = &["allOf", "if", "then", "else", "not", "propertyNames"];

/// The types of a schema.
pub(super) fn of_configuration(schema: &Value) -> Result<String> {
    let adapted = project::work().join("types.schema.json");
    std::fs::create_dir_all(project::work()).context("could not make target/kelisim")?;
    std::fs::write(&adapted, for_types(schema.clone())?.to_string())
        .with_context(|| format!("could not write {}", adapted.display()))?;
    let mut command = setup::json_to_typescript();
    command
        .arg(&adapted)
        .args(["--ignoreMinAndMaxItems", "--unreachableDefinitions=false"]);
    command.args(["--bannerComment", HEAD]);
    let types = process::read(
        &mut command,
        "make the types of the schema",
        "The message above names what it does not understand.",
    )?;
    Ok(types + "\n")
}

/// The schema in words that a type has too.
fn for_types(mut schema: Value) -> Result<Value> {
    let services = alternatives(&schema).context("the schema of a service is not what it was")?;
    replace(&mut schema, "/title", json!("Configuration"))?;
    replace(
        &mut schema,
        "/properties/$schema",
        json!({ "type": "string", "description": "The address of the schema, for your editor." }),
    )?;
    replace(&mut schema, "/$defs/Service", services)?;
    drop_conditions(&mut schema);
    Ok(schema)
}

/// Puts something in the place of what stands there.
fn replace(schema: &mut Value, place: &str, value: Value) -> Result<()> {
    let found = schema.pointer_mut(place);
    *found.with_context(|| format!("the schema has no {place}"))? = value;
    Ok(())
}

/// A service is one of the vendors, each with its own parameters, or the owner's own.
fn alternatives(schema: &Value) -> Option<Value> {
    let service = schema.get("$defs")?.get("Service")?;
    let vendors = service.get("then")?.get("allOf")?.as_array()?;
    let vendors = vendors.iter().map(|vendor| vendor.get("then").cloned());
    let mut alternatives = vendors.collect::<Option<Vec<Value>>>()?;
    alternatives.push(service.get("else")?.clone());
    Some(json!({ "description": service.get("description")?, "anyOf": alternatives }))
}

fn drop_conditions(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.retain(|keyword, value| !is_condition(keyword, value));
            for (keyword, value) in members.iter_mut() {
                match value {
                    // What has names of its own there.
                    Value::Object(named) if keyword == "properties" || keyword == "$defs" => {
                        named.values_mut().for_each(drop_conditions);
                    }
                    _ => drop_conditions(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(drop_conditions),
        _ => {}
    }
}

/// A pattern of names is one too where it says what is not read, or not to be written.
fn is_condition(keyword: &str, value: &Value) -> bool {
    let says_nothing = |patterns: &Map<String, Value>| {
        let mut patterns = patterns.iter();
        patterns.any(|(pattern, value)| pattern.starts_with("^\\$") || value.get("type") == Some(&json!("null")))
    };
    CONDITIONS.contains(&keyword) || keyword == "patternProperties" && value.as_object().is_some_and(says_nothing)
}

#[cfg(test)]
mod tests {
    use super::for_types;
    use kelisim_compiler::catalogue::Catalogue;
    use kelisim_compiler::languages::Languages;
    use kelisim_compiler::schema::schema;
    use serde_json::{Value, json};

    /// A vendor that is added is an alternative of its own.
    #[test]
    fn every_vendor_is_an_alternative() -> anyhow::Result<()> {
        let (catalogue, languages) = (Catalogue::house()?, Languages::house()?);
        let adapted = for_types(schema(&catalogue, &languages))?;
        let services = adapted.pointer("/$defs/Service/anyOf").and_then(Value::as_array);
        let named = services.map(|services| {
            let names = services
                .iter()
                .filter(|service| service.pointer("/properties/use/const").is_some_and(Value::is_string));
            names.count()
        });
        assert_eq!(named, Some(catalogue.ids().count()));
        assert!(adapted.get("allOf").is_none() && adapted.get("patternProperties").is_none());
        assert_eq!(adapted.get("title"), Some(&json!("Configuration")));
        Ok(())
    }
}
