//! Services: an own one, or a vendor of the catalogue. Each vendor is an object of its own, so that an editor completes
//! the parameters of this one.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::languages::ENGLISH;
use super::parts::{BLANK, closed, define, definition, one_of, or, reference_to, reference_to_key, with};
use crate::catalogue::{Catalogue, Manifest, Parameter, ParameterKind};
use crate::config::service::{FIXED_BY_VENDOR, OwnService, Service, VendorService};
use crate::config::words::{CodeOrWords, Data, Name, Words};

/// The definition of the names of the vendors.
const VENDOR: &str = "Vendor";
/// The definition of what is as good as nothing beside `use`.
const LEFT_OUT: &str = "LeftOut";

/// The forms of what an owner gives for a vendor.
pub(super) struct ParameterForms {
    pub(super) number: Schema,
    pub(super) text: Schema,
}

/// Puts the vendors in.
pub(super) fn name_vendors(schema: &mut Schema, catalogue: &Catalogue, forms: &ParameterForms) {
    let Some(otherwise) = allow_blanks(schema) else { return };
    let vendors: Vec<Value> = catalogue
        .iter()
        .map(|manifest| {
            let is_meant = json!({ "properties": { "use": { "const": manifest.id } } });
            json!({ "if": is_meant, "then": of_vendor(manifest, &otherwise, forms) })
        })
        .collect();
    define(
        schema,
        LEFT_OUT,
        json!({ "anyOf": [{ "enum": [null, []] }, { "type": "string", "pattern": BLANK }] }),
    );
    let none = json!({ "type": ["string", "null"], "maxLength": 0 });
    let names = one_of(catalogue.iter().map(|manifest| (manifest.id.as_str(), told(manifest))));
    let sentence = otherwise.get("use").and_then(|vendor| vendor.get("description"));
    define(
        schema,
        VENDOR,
        json!({ "description": sentence, "anyOf": [{ "oneOf": names }, none] }),
    );
    if let Some(Value::Object(keys)) = definition::<OwnService>(schema).and_then(|own| own.get_mut("properties")) {
        keys.insert("use".to_owned(), reference_to(VENDOR));
    }
    if let Some(service) = definition::<Service>(schema) {
        service.shift_remove("anyOf");
        service.extend([
            ("type".to_owned(), json!("object")),
            ("properties".to_owned(), json!({ "use": reference_to(VENDOR) })),
            ("if".to_owned(), with("use")),
            ("then".to_owned(), json!({ "allOf": vendors })),
            ("else".to_owned(), reference_to(&OwnService::schema_name())),
        ]);
    }
}

/// What an owner says otherwise than the manifest of a vendor may be left blank. The keys are given back as the type has
/// them; in the schema they stand for all vendors to refer to.
fn allow_blanks(schema: &mut Schema) -> Option<Map<String, Value>> {
    let vendor = definition::<VendorService>(schema)?;
    vendor.retain(|keyword, _| keyword == "properties");
    let keys = vendor.get_mut("properties")?.as_object_mut()?;
    let written = keys.clone();
    keys.shift_remove("use");
    for (_, value) in keys {
        or(value, reference_to(LEFT_OUT));
    }
    Some(written)
}

/// A service of this vendor: its parameters, and what an owner may say otherwise than the manifest.
fn of_vendor(manifest: &Manifest, otherwise: &Map<String, Value>, forms: &ParameterForms) -> Value {
    let name = manifest.name.in_language(ENGLISH);
    let mut keys = Map::from_iter([("use".to_owned(), json!({ "const": manifest.id, "description": name }))]);
    let mut required = vec!["use"];
    for (name, parameter) in &manifest.parameters {
        keys.insert(name.clone(), of_parameter(parameter, forms));
        required.push(name);
    }
    let defaults = json!(of_catalogue(manifest));
    for key in otherwise.keys().filter(|key| *key != "use") {
        let mut value = reference_to_key::<VendorService>(key);
        let default = defaults.get(key).filter(|default| !default.is_null());
        if let (Some(default), Some(members)) = (default, value.as_object_mut()) {
            members.insert("default".to_owned(), default.clone());
        }
        keys.insert(key.clone(), value);
    }
    let mut object = closed(keys, &required);
    // Not among the keys, or editors would complete them.
    let fixed = json!({ "type": "null", "description": "The catalogue says this of the vendor: leave it out." });
    let pattern = format!("^({})$", FIXED_BY_VENDOR.join("|"));
    object.insert("patternProperties".to_owned(), json!({ pattern: fixed }));
    object.into()
}

/// What an owner has to give for a vendor, as its manifest tells it.
fn of_parameter(parameter: &Parameter, forms: &ParameterForms) -> Value {
    let mut form = match parameter.kind {
        ParameterKind::Number => forms.number.clone(),
        ParameterKind::Text => forms.text.clone(),
    };
    form.insert(
        "description".to_owned(),
        parameter.description.in_language(ENGLISH).into(),
    );
    form.insert("examples".to_owned(), parameter.examples.clone().into());
    form.to_value()
}

/// What holds where an owner says nothing, as far as it fits into a line of an editor.
fn of_catalogue(manifest: &Manifest) -> VendorService {
    let codes = manifest.data.iter();
    VendorService {
        vendor: manifest.id.clone(),
        parameters: BTreeMap::new(),
        id: manifest.id.parse().ok(),
        category: manifest.category.parse().ok(),
        name: matches!(manifest.name, Words::One(_)).then(|| Name(manifest.name.clone())),
        purpose: None,
        data: Some(codes.map(|code| Data(CodeOrWords::Code(code.clone()))).collect()),
    }
}

/// What an editor says of a vendor: its name, what it does, and where the data goes.
fn told(manifest: &Manifest) -> String {
    let countries: Vec<&str> = manifest.countries.iter().map(|country| country.as_str()).collect();
    format!(
        "{} ({}). {} Data goes to {}.",
        manifest.name.in_language(ENGLISH),
        manifest.category,
        manifest.purpose.in_language(ENGLISH),
        countries.join(", ")
    )
}
