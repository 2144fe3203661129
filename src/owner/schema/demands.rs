//! What the schema demands under a condition: keys that a law needs, and words in every language that the site offers.
#![allow(
    clippy::indexing_slicing,
    reason = "a member of a JSON object that was just made is assigned, which adds it"
)]

use serde_json::{Map, Value, json};

use super::{Maker, forms, object_of, split_flags};
use crate::core::config::keys;

impl Maker {
    /// Every demand, each with its condition.
    pub(super) fn demands(&self) -> Vec<Value> {
        let mut demands = vec![
            under("kz", &kazakhstan()),
            under("gdpr", &of_law("site", 'g').unwrap_or_default()),
        ];
        for (language, _) in &self.languages {
            let offered =
                json!({"required": ["languages"], "properties": {"languages": {"contains": {"const": language}}}});
            let there = json!({"required": [language], "properties": {language: forms::written()}});
            demands.extend(of_words("site", &|_| Some(there.clone())).map(|then| json!({"if": offered, "then": then})));
        }
        let several = json!({"required": ["languages"], "properties": {"languages": {"minItems": 2}}});
        demands
            .extend(of_words("site", &|mark| self.in_several(mark)).map(|then| json!({"if": several, "then": then})));
        demands
    }

    /// What one text for several languages has to be: nothing where it is a sentence, a code where there is a table.
    fn in_several(&self, mark: char) -> Option<Value> {
        let is = match mark {
            'S' => json!({"pattern": forms::BLANK}),
            'P' => json!({"oneOf": self.codes("storagePurposes")}),
            'Q' => json!({"oneOf": self.codes("data")}),
            _ => return None,
        };
        Some(json!({"if": {"type": "string"}, "then": is}))
    }
}

/// What is demanded where the configuration has to satisfy a law; where it names none, it has to satisfy both.
fn under(law: &str, demand: &Value) -> Value {
    let named = json!({"properties": {"law": {"contains": {"const": law}}}});
    json!({"if": {"anyOf": [{"not": {"required": ["law"]}}, named]}, "then": demand})
}

/// The number of the operator, Kazakh and Russian, and the keys that the table says.
fn kazakhstan() -> Value {
    let mut demand = of_law("site", 'k').unwrap_or_default();
    demand["properties"]["operator"] = json!({"anyOf": [forms::with("bin"), forms::with("iin")]});
    demand["properties"]["languages"] =
        json!({"allOf": [{"contains": {"const": "kk"}}, {"contains": {"const": "ru"}}]});
    demand
}

/// What a law adds: the keys that it needs, in the object and in those below it.
fn of_law(name: &str, flag: char) -> Option<Value> {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (key, written) in keys(name) {
        let (flags, kind) = split_flags(written);
        let below = object_of(kind).and_then(|(below, is_list)| Some(in_object(below, is_list, of_law(below, flag)?)));
        if flags.contains(flag) {
            required.push(key);
            properties.insert(key.to_owned(), filled(kind, below));
        } else if let Some(below) = below {
            properties.insert(key.to_owned(), below);
        }
    }
    (!properties.is_empty()).then(|| json!({"required": required, "properties": properties}))
}

/// What a law needs here has to be there and say something.
fn filled(kind: &str, below: Option<Value>) -> Value {
    if let Some(mut below) = below {
        below["type"] = json!("object");
        return below;
    }
    match kind.chars().next() {
        Some('{') => json!({"type": "object"}),
        Some('[') => json!({"type": "array", "minItems": 1}),
        _ => forms::written(),
    }
}

/// What is demanded of words at any depth: `demand` says it by the kind.
fn of_words(name: &str, demand: &dyn Fn(char) -> Option<Value>) -> Option<Value> {
    let mut properties = Map::new();
    for (key, written) in keys(name) {
        let (_, kind) = split_flags(written);
        let item = kind.strip_prefix('[').unwrap_or(kind);
        let found = if let Some((below, is_list)) = object_of(kind) {
            of_words(below, demand).map(|below| if is_list { json!({"items": below}) } else { below })
        } else {
            let mark = item.chars().next().filter(|mark| ('P'..='S').contains(mark));
            let found = mark.and_then(demand);
            found.map(|demand| if item == kind { demand } else { json!({"items": demand}) })
        };
        properties.extend(found.map(|found| (key.to_owned(), found)));
    }
    (!properties.is_empty()).then(|| json!({"properties": properties}))
}

/// A demand on an object, or on each of a list. The manifest of a vendor has what a law needs.
fn in_object(name: &str, is_list: bool, mut demand: Value) -> Value {
    if name == "service" {
        demand = json!({"if": {"not": forms::with("use")}, "then": demand});
    }
    if is_list { json!({"items": demand}) } else { demand }
}
