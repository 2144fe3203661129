//! `kelisim.schema.json`: what an owner may write, for editors that complete and explain a configuration while it is
//! written. It is made of the same table as the check (`core::config::shapes`), of the languages and of the catalogue, so
//! it cannot promise a key that the check refuses.
//!
//! Objects and services stand here, single values in `forms.rs`, what hangs on the law and on the offered languages in
//! `demands.rs`, the sentences in `meanings.json`.
//!
//! What it cannot say stays with the check: whether a check digit is right, a category exists, an id is used twice or
//! words press the visitor.
#![allow(
    clippy::indexing_slicing,
    reason = "a member of a JSON object that was just made is assigned, which adds it"
)]

mod demands;
mod forms;
pub(super) mod meanings;

use anyhow::Result;
use serde_json::{Map, Value, json};

use self::meanings::Meanings;
use super::included;
use crate::core::config::{keys, may_be_replaced};
use crate::core::notice::texts::KEYS;

/// The schema, to be printed or written to a file.
///
/// # Errors
///
/// When this build of Kelisim is damaged.
pub fn schema() -> Result<Value> {
    let maker = Maker {
        languages: included::written_texts()?,
        vendors: included::written_manifests()?,
        meanings: Meanings::read()?,
    };
    let mut schema = maker.object("site");
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("Configuration of Kelisim");
    schema["properties"]["$schema"] = json!({"description": "The address of this schema, for your editor."});
    schema["patternProperties"] = json!({"^\\$": {
        "description": "A note for you or your editor: Kelisim reads no key here that begins with `$`."
    }});
    schema["allOf"] = maker.demands().into();
    schema["$defs"] = maker.definitions();
    Ok(schema)
}

/// What the table of shapes is filled in with.
struct Maker {
    /// The words of every language, by its tag.
    languages: Vec<(String, Value)>,
    /// Every manifest of the catalogue, by the vendor's id.
    vendors: Vec<(String, Value)>,
    meanings: Meanings,
}

/// The flags before a kind, and the kind.
fn split_flags(kind: &str) -> (&str, &str) {
    let end = kind.find(|letter| !"nkgoef".contains(letter)).unwrap_or(kind.len());
    kind.split_at(end)
}

/// The object that a kind is, or whose list it is.
fn object_of(kind: &str) -> Option<(&str, bool)> {
    let (item, is_list) = match kind.strip_prefix('[') {
        Some(item) => (item, true),
        None => (kind, false),
    };
    let name = match item.chars().next()? {
        '{' => item.get(1..)?,
        'O' => "operator",
        'A' => "category",
        'V' => "service",
        _ => return None,
    };
    Some((name, is_list))
}

impl Maker {
    /// What more than one place of the schema refers to.
    fn definitions(&self) -> Value {
        json!({
            "country": forms::country(),
            "name": self.words(&forms::written()),
            "data": self.words(&self.code_or_words("data")),
            "storagePurpose": self.words(&self.code_or_words("storagePurposes")),
            "texts": self.texts(),
            "otherwise": self.otherwise(),
            "leftOut": {"anyOf": [{"enum": [null, []]}, {"type": "string", "pattern": forms::BLANK}]},
        })
    }

    /// An object of the table.
    fn object(&self, name: &str) -> Value {
        match name {
            "service" => self.service(),
            "operator" => {
                let mut schema = self.plain_object(name);
                schema["not"] = json!({"allOf": [forms::with("bin"), forms::with("iin")]});
                schema
            }
            "category" => {
                let mut schema = self.plain_object(name);
                schema["properties"]["id"]["not"] = json!({"const": "necessary"});
                schema["if"] = json!({"not": {"properties": {"id": {"enum": built_in()}}}});
                schema["then"] = json!({"required": ["purpose"], "properties": {"purpose": {"not": {"type": "null"}}}});
                schema
            }
            _ => self.plain_object(name),
        }
    }

    /// An object with the keys of the table and no others.
    fn plain_object(&self, name: &str) -> Value {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for (key, written) in keys(name) {
            properties.insert(key.to_owned(), self.property(name, key, written));
            if split_flags(written).0.contains('n') {
                required.push(key);
            }
        }
        closed(&properties, &required)
    }

    /// A key of an object of the table. What may be absent may be `null` as well.
    fn property(&self, object: &str, key: &str, written: &str) -> Value {
        let (flags, kind) = split_flags(written);
        let path = format!("{object}.{key}");
        let schema = self.form(kind, flags, &path);
        let schema = if flags.contains('n') {
            schema
        } else {
            forms::or_null(schema)
        };
        self.meanings.explain(schema, &path)
    }

    /// A vendor of the catalogue with its parameters, or an own service with everything else. Each vendor is an object of
    /// its own, so that an editor completes the parameters of this one.
    fn service(&self) -> Value {
        let mut own = self.plain_object("service");
        own["properties"]["use"] = self.vendor_names();
        let vendors: Vec<Value> = self
            .vendors
            .iter()
            .map(|(id, manifest)| json!({"if": {"properties": {"use": {"const": id}}}, "then": self.vendor(id, manifest)}))
            .collect();
        json!({
            "type": "object",
            "properties": {"use": self.vendor_names()},
            "if": forms::with("use"),
            "then": {"allOf": vendors},
            "else": own,
        })
    }

    /// The vendors, each told by its name, what it does and where the data goes; or none, for an own service.
    fn vendor_names(&self) -> Value {
        let vendors: Vec<Value> = self
            .vendors
            .iter()
            .map(|(id, manifest)| json!({"const": id, "description": told(manifest)}))
            .collect();
        let none = json!({"type": ["string", "null"], "maxLength": 0});
        self.meanings
            .explain(json!({"anyOf": [{"oneOf": vendors}, none]}), "service.use")
    }

    /// The keys of a service of this vendor: its parameters, and what an owner may say otherwise than the manifest.
    fn vendor(&self, id: &str, manifest: &Value) -> Value {
        let mut properties =
            Map::from_iter([("use".to_owned(), json!({"const": id, "description": manifest["name"]}))]);
        let mut required = vec!["use"];
        for (name, kind) in manifest["parameters"].as_object().into_iter().flatten() {
            let form = self.form(if kind == "number" { "U" } else { "Z" }, "n", "");
            properties.insert(name.clone(), self.meanings.explain(form, &format!("{id}.{name}")));
            required.push(name);
        }
        for (key, _) in keys("service").into_iter().filter(is_for_the_owner) {
            let default = manifest
                .get(key)
                .filter(|stated| stated.is_string() || stated.is_array());
            properties.insert(key.to_owned(), defined("otherwise", key, default));
        }
        let mut schema = closed(&properties, &required);
        // Not among the properties, or editors would complete them.
        schema["patternProperties"] = json!({fixed(): {
            "type": "null", "description": "The catalogue says this of the vendor: leave it out."
        }});
        schema
    }

    /// What an owner may say otherwise than the manifest of a vendor, or leave out.
    fn otherwise(&self) -> Value {
        let members: Map<String, Value> = keys("service")
            .into_iter()
            .filter(is_for_the_owner)
            .map(|(key, written)| {
                let stated = self.property("service", key, written);
                let description = stated["description"].clone();
                let left_out = json!({"$ref": "#/$defs/leftOut"});
                (
                    key.to_owned(),
                    json!({"description": description, "anyOf": [stated, left_out]}),
                )
            })
            .collect();
        json!({"properties": members})
    }

    /// The owner's own words in the place of Kelisim's, told by the English ones.
    fn texts(&self) -> Value {
        let english = self.languages.iter().find(|(tag, _)| tag == "en");
        let members: Map<String, Value> = replaceable()
            .map(|key| {
                let mut schema = forms::or_null(forms::written());
                let words = english.and_then(|(_, words)| words[key].as_str()).unwrap_or_default();
                schema["description"] = json!(format!("In English: {words}"));
                (key.to_owned(), schema)
            })
            .collect();
        json!({"properties": members})
    }
}

/// The owner's own words in one language, whose `words` stand where there are none.
fn texts_of(words: &Value) -> Value {
    let members: Map<String, Value> = replaceable()
        .map(|key| (key.to_owned(), defined("texts", key, words.get(key))))
        .collect();
    closed(&members, &[])
}

/// A key that is defined once for many objects, and what holds where it is absent from this one.
fn defined(definition: &str, key: &str, default: Option<&Value>) -> Value {
    let mut schema = json!({"$ref": format!("#/$defs/{definition}/properties/{key}")});
    if let Some(default) = default {
        schema["default"] = default.clone();
    }
    schema
}

/// Whether a key of a service is one that an owner may write beside `use`.
fn is_for_the_owner((key, written): &(&str, &str)) -> bool {
    *key != "use" && !split_flags(written).0.contains('f')
}

/// The keys of a service that the manifest of a vendor fixes.
fn fixed() -> String {
    let keys = keys("service").into_iter();
    let fixed: Vec<&str> = keys
        .filter(|(_, written)| split_flags(written).0.contains('f'))
        .map(|(key, _)| key)
        .collect();
    format!("^({})$", fixed.join("|"))
}

/// The texts that are for the owner to replace.
fn replaceable() -> impl Iterator<Item = &'static str> {
    KEYS.split_terminator('|').filter(|key| may_be_replaced(key))
}

/// What editors say of a vendor.
fn told(manifest: &Value) -> String {
    let english = |words: &Value| words["en"].as_str().or(words.as_str()).unwrap_or_default().to_owned();
    let countries: Vec<&str> = match &manifest["country"] {
        Value::Array(codes) => codes.iter().filter_map(Value::as_str).collect(),
        code => code.as_str().into_iter().collect(),
    };
    format!(
        "{} ({}). {} Data goes to {}.",
        english(&manifest["name"]),
        english(&manifest["category"]),
        english(&manifest["purpose"]),
        countries.join(", ")
    )
}

/// The categories that Kelisim has a name and a purpose for.
fn built_in() -> Vec<&'static str> {
    KEYS.split_terminator('|')
        .filter_map(|key| key.strip_suffix("Purpose"))
        .collect()
}

/// An object with these members and no others.
fn closed(properties: &Map<String, Value>, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}
