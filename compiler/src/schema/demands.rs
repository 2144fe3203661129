//! What the schema demands under a condition: what a law asks for, and words in every language that the site offers.

use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};
use strum::VariantArray;

use super::languages::{DATA_CODE, STORAGE_PURPOSE_CODE};
use super::parts::{BLANK, reference_to, referred, with};
use crate::config::hidden::SAYS_SOMETHING;
use crate::config::words::{CodeOrWords, Data, Purpose, StoragePurpose, Words};
use crate::languages::Languages;
use crate::law::{Demand, Law, kz};

/// Every demand, each with its condition.
pub(super) fn demands(schema: &Schema, languages: &Languages) -> Vec<Value> {
    let laws = Law::VARIANTS.iter().map(|law| under(*law));
    let languages = languages.tags().filter_map(|language| {
        let offered =
            json!({ "required": ["languages"], "properties": { "languages": { "contains": { "const": language } } } });
        Some(json!({ "if": offered, "then": in_language(schema, language)? }))
    });
    let several = json!({ "required": ["languages"], "properties": { "languages": { "minItems": 2 } } });
    let in_several = in_several(schema).map(|demand| json!({ "if": several, "then": demand }));
    laws.chain(languages).chain(in_several).collect()
}

/// What is demanded where the configuration has to satisfy a law; where it names none, it has to satisfy each.
fn under(law: Law) -> Value {
    let named = json!({ "properties": { "law": { "contains": { "const": law } } } });
    let demands: Vec<Value> = law.rules().iter().map(|rule| of_law(rule.demand)).collect();
    json!({ "if": { "anyOf": [{ "not": { "required": ["law"] } }, named] }, "then": { "allOf": demands } })
}

/// What a law asks of a configuration, as a schema.
fn of_law(demand: Demand) -> Value {
    match demand {
        Demand::OperatorNumber => json!({ "properties": { "operator": { "anyOf": [with("bin"), with("iin")] } } }),
        Demand::OperatorEmail => json!({ "properties": { "operator": with("email") } }),
        Demand::OperatorAddress => json!({ "properties": { "operator": with("address") } }),
        Demand::LetterOfWithdrawal => {
            json!({ "required": ["withdrawal"], "properties": { "withdrawal": { "type": "object" } } })
        }
        Demand::CollectedData => {
            let data = json!({ "required": ["data"], "properties": { "data": { "type": "array", "minItems": 1 } } });
            // The manifest of a vendor says what it collects.
            json!({ "properties": { "services": { "items": { "if": { "not": with("use") }, "then": data } } } })
        }
        Demand::KazakhAndRussian => {
            let each: Vec<Value> = kz::LANGUAGES
                .iter()
                .map(|tag| json!({ "contains": { "const": tag } }))
                .collect();
            json!({ "properties": { "languages": { "allOf": each } } })
        }
    }
}

/// Words by language have some in a language that is offered.
fn in_language(schema: &Schema, language: &str) -> Option<Value> {
    let words = json!({ "type": "string", "pattern": SAYS_SOMETHING });
    let there = json!({ "required": [language], "properties": { language: words } });
    let names = [Words::schema_name(), CodeOrWords::schema_name()];
    wherever(schema, &|definition| {
        names.iter().any(|name| name == definition).then(|| there.clone())
    })
}

/// One text for several languages is no sentence, and a code where there is a table.
fn in_several(schema: &Schema) -> Option<Value> {
    let code = |table: &str| json!({ "if": { "type": "string" }, "then": reference_to(table) });
    let demands = [
        (Purpose::schema_name(), json!({ "pattern": BLANK })),
        (Data::schema_name(), code(DATA_CODE)),
        (StoragePurpose::schema_name(), code(STORAGE_PURPOSE_CODE)),
    ];
    wherever(schema, &|definition| {
        let mut demands = demands.iter();
        demands
            .find(|(name, _)| name == definition)
            .map(|(_, demand)| demand.clone())
    })
}

/// What is demanded of every place of a configuration whose value has a definition with a demand.
fn wherever(schema: &Schema, demand: &dyn Fn(&str) -> Option<Value>) -> Option<Value> {
    let definitions = schema.get("$defs")?;
    below(schema.as_value(), definitions, demand)
}

fn below(schema: &Value, definitions: &Value, demand: &dyn Fn(&str) -> Option<Value>) -> Option<Value> {
    if let Some(name) = referred(schema) {
        return demand(name).or_else(|| below(definitions.get(name)?, definitions, demand));
    }
    let mut found = Map::new();
    let keys = schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let keys: Map<String, Value> = keys
        .filter_map(|(key, value)| Some((key.clone(), below(value, definitions, demand)?)))
        .collect();
    if !keys.is_empty() {
        found.insert("properties".to_owned(), keys.into());
    }
    if let Some(demanded) = schema.get("items").and_then(|items| below(items, definitions, demand)) {
        found.insert("items".to_owned(), demanded);
    }
    let forms = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    for form in forms.filter_map(|form| below(form, definitions, demand)) {
        merge(&mut found, form);
    }
    (!found.is_empty()).then(|| found.into())
}

/// Demands of one place that come from several forms of its value.
fn merge(demands: &mut Map<String, Value>, more: Value) {
    let Value::Object(more) = more else { return };
    for (key, value) in more {
        match demands.get_mut(&key) {
            Some(Value::Object(there)) => merge(there, value),
            _ => {
                demands.insert(key, value);
            }
        }
    }
}
