//! `kelisim.schema.json`: what an owner may write, for editors that complete and explain a configuration while it is
//! written. It is made of the same table as the check (`core::config::shapes`), of the languages and of the catalogue, so
//! it cannot promise a key that the check refuses.
//!
//! What it cannot say stays with the check: whether a check digit is right, a category exists, an id is used twice or a
//! wording is there in every offered language.
#![allow(
    clippy::indexing_slicing,
    reason = "a member of a JSON object that was just made is assigned, which adds it"
)]

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::included;
use crate::core::config::{consent_types, keys, may_be_replaced};
use crate::core::notice::texts::KEYS;
use crate::core::value;

/// What each key is for, by its object and its name.
const MEANINGS: &[(&str, &str)] = &[
    (
        "site.law",
        "The regimes this configuration has to satisfy: \"kz\", \"gdpr\". Absent: both.",
    ),
    ("site.languages", "The offered languages; the first is the default."),
    ("site.operator", "Who asks for consent."),
    ("site.policy", "The privacy policy that the notice leads to."),
    (
        "site.scope",
        "The domain whose subdomains share the choice. Absent: this host only.",
    ),
    (
        "site.expiresDays",
        "How long a choice holds, in days: 180 to 1095. Absent: 180.",
    ),
    (
        "site.categories",
        "What a visitor can agree to; `necessary` is implied.",
    ),
    (
        "site.services",
        "What needs consent: vendors of the catalogue, and your own.",
    ),
    (
        "site.excludeCountries",
        "Services that send data to one of these countries are left out.",
    ),
    (
        "site.googleConsentMode",
        "Which category grants which of Google's consent types.",
    ),
    ("site.withdrawal", "How consent is withdrawn by letter."),
    ("site.texts", "Your own words in the place of Kelisim's, per language."),
    ("site.appearance", "Where the first layer stands and how it looks."),
    ("site.audience", "\"minors\" offers nothing optional."),
    (
        "site.onWithdraw",
        "\"reload\" loads the page anew when what ran is withdrawn; \"stay\" only stops it.",
    ),
    ("site.signals", "Signals of the browser that count as a refusal."),
    (
        "site.audit",
        "Lets kelisim.audit() and #kelisim-audit in the address list what a page does besides Kelisim. Off unless true.",
    ),
    (
        "site.receipts",
        "A path of this site where a receipt of each decision is sent. Absent: none is.",
    ),
    (
        "signals.gpc",
        "What Global Privacy Control refuses: everything optional, or marketing only.",
    ),
    (
        "signals.dnt",
        "Whether Do Not Track counts like it. Absent: it does not.",
    ),
    ("operator.name", "The name of the company or person."),
    ("operator.email", "Where visitors can write to about their data."),
    ("operator.address", "The postal address."),
    ("operator.bin", "The BIN of a company: twelve digits."),
    (
        "operator.iin",
        "The IIN of a person: twelve digits. Either this or `bin`.",
    ),
    ("operator.phone", "A telephone number."),
    (
        "policy.url",
        "The address of the policy: https, or relative to the page.",
    ),
    (
        "policy.version",
        "Its version. A new one asks again for what was granted.",
    ),
    (
        "category.id",
        "The name of the category in the page, the record and the API.",
    ),
    ("category.name", "What visitors read; built-in categories have a name."),
    (
        "category.purpose",
        "What it is for; built-in categories have a purpose.",
    ),
    ("service.use", "A vendor of the catalogue, which says everything else."),
    (
        "service.id",
        "The name of the service in the page, the record and the API.",
    ),
    ("service.category", "The category it belongs to."),
    ("service.name", "What visitors read; absent: the id."),
    ("service.src", "A script that is loaded when the service is granted."),
    ("service.recipient", "Who gets the data."),
    ("service.country", "Where the data goes: ISO 3166-1 alpha-2 codes."),
    ("service.purpose", "What the service does with the data."),
    (
        "service.data",
        "Which data it collects: codes of Kelisim's table, or words.",
    ),
    (
        "service.storage",
        "What it stores in the browser; an empty list when it stores nothing.",
    ),
    ("service.policy", "The address of the recipient's own policy."),
    (
        "stored.name",
        "The name of what is stored; `*` stands for any characters.",
    ),
    ("stored.in", "Where it is stored."),
    (
        "stored.host",
        "The domain of a third party that keeps this on a host of its own. Absent: it is this site's.",
    ),
    ("stored.lifetime", "How long: session, unlimited, 30m, 20h, 365d."),
    ("stored.purpose", "What it is for: a code of Kelisim's table, or words."),
    ("withdrawal.email", "Where the letter of withdrawal goes."),
    ("withdrawal.subject", "The exact subject that your policy gives for it."),
    (
        "withdrawal.correctionSubject",
        "The subject of a letter that asks for a correction.",
    ),
    ("appearance.layout", "A bar over the whole width, or a box in a corner."),
    ("appearance.position", "The edge or corner."),
    ("appearance.theme", "\"auto\" follows the visitor's system."),
    (
        "appearance.reopen",
        "A floating button, or a plain link at the end of the page.",
    ),
    (
        "appearance.tokens",
        "Values of the custom properties `--kelisim-…`, by their names without that.",
    ),
];

/// The first letters of an address that is no other scheme than https.
const ADDRESS: &str = r"^(https://|(?!//)(?![A-Za-z][A-Za-z0-9+.\-]*:))[^\s\\]*$";
/// A path of this site, without a way up or out of it.
const OWN_PATH: &str = r"^/(?!.*(//|\.\.))(?!/)[^\s\\%?#\x00-\x20]*$";
const EMAIL: &str = "^$|^[^\\s@<>,;:\"?&]+@[^\\s@<>,;:\"?&]+$";
const DOMAIN: &str = r"^$|^([a-z0-9]([a-z0-9\-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9\-]*[a-z0-9])?$";
const ID: &str = r"^[a-z][a-z0-9\-]*$";
const NOT_BLANK: &str = r"\S";

/// The schema, to be printed or written to a file.
///
/// # Errors
///
/// When this build of Kelisim is damaged.
pub fn schema() -> Result<Value> {
    let maker = Maker {
        languages: included::texts()?
            .iter()
            .map(|texts| texts.language().text().to_owned())
            .collect(),
        vendors: included::manifests()?,
    };
    let mut schema = maker.object("site");
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("Configuration of Kelisim");
    // `$schema` and its like are for editors.
    schema["patternProperties"] = json!({"^\\$": {}});
    let under = |law: &str, needs: &Value| {
        json!({
            "if": {"anyOf": [{"not": {"required": ["law"]}}, {"properties": {"law": {"contains": {"const": law}}}}]},
            "then": needs,
        })
    };
    let mut kz = demands("site", 'k').unwrap_or_else(|| json!({}));
    kz["properties"]["operator"] = json!({"anyOf": [{"required": ["bin"]}, {"required": ["iin"]}]});
    kz["properties"]["languages"] = json!({"allOf": [{"contains": {"const": "kk"}}, {"contains": {"const": "ru"}}]});
    let gdpr = demands("site", 'g').unwrap_or_else(|| json!({}));
    schema["allOf"] = json!([under("kz", &kz), under("gdpr", &gdpr)]);
    Ok(schema)
}

/// What the table of shapes is filled in with.
struct Maker {
    languages: Vec<String>,
    vendors: Vec<(String, value::Value)>,
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
    /// An object of the table.
    fn object(&self, name: &str) -> Value {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for (key, written) in keys(name) {
            let (flags, kind) = split_flags(written);
            let mut schema = self.kind(kind, flags);
            let path = format!("{name}.{key}");
            if let Some((_, meaning)) = MEANINGS.iter().find(|(known, _)| *known == path) {
                schema["description"] = json!(meaning);
            }
            properties.insert(key.to_owned(), schema);
            if flags.contains('n') {
                required.push(key);
            }
        }
        match name {
            "service" => self.service(properties, &required),
            "operator" => {
                let mut schema = closed(&properties, &required);
                schema["not"] = json!({"required": ["bin", "iin"]});
                schema
            }
            "category" => {
                let built_in: Vec<&str> = KEYS
                    .split_terminator('|')
                    .filter_map(|key| key.strip_suffix("Purpose"))
                    .collect();
                properties["id"]["not"] = json!({"const": "necessary"});
                let mut schema = closed(&properties, &["id"]);
                schema["if"] = json!({"not": {"properties": {"id": {"enum": built_in}}}});
                schema["then"] = json!({"required": ["purpose"]});
                schema
            }
            _ => closed(&properties, &required),
        }
    }

    /// A vendor of the catalogue with its parameters, or an own service with everything else.
    fn service(&self, mut properties: Map<String, Value>, required: &[&str]) -> Value {
        let mut vendors = Vec::new();
        for (id, manifest) in &self.vendors {
            let mut needed = Vec::new();
            for (name, kind) in *manifest.get("parameters").keep().entries() {
                let schema = if kind.keep().words() == "number" {
                    self.kind("U", "n")
                } else {
                    self.kind("Z", "n")
                };
                properties.insert((*name).to_owned(), schema);
                needed.push(*name);
            }
            vendors.push(json!({"if": {"properties": {"use": {"const": id}}}, "then": {"required": needed}}));
        }
        let known: Vec<&String> = self.vendors.iter().map(|(id, _)| id).collect();
        properties["use"]["enum"] = json!(known);
        let fixed: Vec<Value> = keys("service")
            .into_iter()
            .filter(|(_, kind)| split_flags(kind).0.contains('f'))
            .map(|(key, _)| json!({"required": [key]}))
            .collect();
        let mut schema = closed(&properties, &[]);
        schema["if"] = json!({"required": ["use"]});
        schema["then"] = json!({"allOf": vendors, "not": {"anyOf": fixed}});
        schema["else"] = json!({"required": required});
        schema
    }

    /// A value of a kind: see `core::config::shapes`.
    fn kind(&self, kind: &str, flags: &str) -> Value {
        if let Some((name, false)) = object_of(kind) {
            return self.object(name);
        }
        let rest = kind.get(1..).unwrap_or_default();
        let text = |pattern: &str| json!({"type": "string", "pattern": pattern});
        let not_empty = usize::from((flags.contains('n') || flags.contains('o')) && !flags.contains('e'));
        let country = json!({"type": "string", "pattern": "^[A-Z]{2}$", "not": {"enum": ["UK", "EU"]}});
        match kind.chars().next() {
            Some('[') => json!({"type": "array", "items": self.kind(rest, ""), "minItems": not_empty}),
            Some('(') => json!({"enum": rest.split('/').collect::<Vec<_>>()}),
            Some('H') => json!({"type": "array", "items": self.kind("l", ""), "minItems": 1, "uniqueItems": true}),
            Some('l') => json!({"enum": self.languages}),
            Some('N') => json!({"type": "integer", "minimum": 180, "maximum": 1095}),
            Some('U') => json!({"type": "integer", "minimum": 1}),
            Some('L') => text(ADDRESS),
            Some('W') => text(OWN_PATH),
            Some('?') => json!({"type": "boolean"}),
            Some('E') => text(EMAIL),
            Some('B') => text("^([0-9]{12})?$"),
            Some('D') => text(DOMAIN),
            Some('Z') => text(r"^[A-Za-z0-9._\-]+$"),
            Some('I') => text(ID),
            Some('C') => json!({"type": "string", "pattern": ID, "not": {"const": "necessary"}}),
            Some('c') => country,
            Some('K') => json!({"anyOf": [country, {"type": "array", "items": country, "minItems": 1}]}),
            Some('G') => text(r"^(?!/.*/)\**[^*]\**[^*]"),
            Some('M') => text("^(session|unlimited|[0-9]{1,9}[mhd])$"),
            Some('P'..='S') => json!({"anyOf": [text(NOT_BLANK), self.per_language(&text(""))]}),
            Some('X') => self.per_language(&texts()),
            Some('Y') => json!({
                "type": "object",
                "propertyNames": {"pattern": ID},
                "additionalProperties": {"type": "array", "items": {"enum": consent_types()}},
            }),
            Some('~') => text(r"^[^;{}\\@]+$"),
            _ if not_empty == 1 || kind == "F" => text(NOT_BLANK),
            _ => json!({"type": "string"}),
        }
    }

    /// An object with a member for each language that there is.
    fn per_language(&self, member: &Value) -> Value {
        let members: Map<String, Value> = self.languages.iter().map(|tag| (tag.clone(), member.clone())).collect();
        closed(&members, &[])
    }
}

/// What a law adds: the keys that it needs, in the object and in those below it.
fn demands(name: &str, flag: char) -> Option<Value> {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (key, written) in keys(name) {
        let (flags, kind) = split_flags(written);
        if flags.contains(flag) {
            required.push(key);
        }
        if let Some((below, is_list)) = object_of(kind)
            && let Some(mut needs) = demands(below, flag)
        {
            if below == "service" {
                // The manifest of a vendor has it all.
                needs = json!({"if": {"not": {"required": ["use"]}}, "then": needs});
            }
            properties.insert(key.to_owned(), if is_list { json!({"items": needs}) } else { needs });
        }
    }
    if required.is_empty() && properties.is_empty() {
        return None;
    }
    Some(json!({"required": required, "properties": properties}))
}

/// The owner's own words in the place of Kelisim's.
fn texts() -> Value {
    let replaceable = KEYS.split_terminator('|').filter(|key| may_be_replaced(key));
    let members: Map<String, Value> = replaceable
        .map(|key| (key.to_owned(), json!({"type": "string", "pattern": NOT_BLANK})))
        .collect();
    closed(&members, &[])
}

/// An object with these members and no others.
fn closed(properties: &Map<String, Value>, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

#[cfg(test)]
mod tests {
    use super::{MEANINGS, keys};

    #[test]
    fn every_key_has_a_meaning_and_every_meaning_a_key() {
        let objects = [
            "site",
            "operator",
            "policy",
            "category",
            "service",
            "stored",
            "withdrawal",
            "appearance",
            "signals",
        ];
        let written: Vec<String> = objects
            .iter()
            .flat_map(|name| keys(name).into_iter().map(move |(key, _)| format!("{name}.{key}")))
            .collect();
        for path in &written {
            assert!(MEANINGS.iter().any(|(known, _)| known == path), "{path} has no meaning");
        }
        for (path, _) in MEANINGS {
            assert!(written.iter().any(|known| known == path), "there is no {path}");
        }
    }
}
