//! What the visitor is told: texts per language, dates, and the hashes that bind a record to what was said.

pub mod dates;
pub mod hash;
pub mod texts;

use super::config::{Config, Service};
use super::json;
use super::value::Value;

/// A short hash of what a consent to a service covers: recipient, country, data, storage, category. When one of them
/// changes, the consent lapses; a colour, a typo or a translation changes nothing (requirement V-03).
pub fn service_terms(config: &Config, service: &Service) -> String {
    let mut terms = String::new();
    material(service.get("recipient"), &mut terms);
    json::write(service.get("country"), &mut terms);
    for data in service.description.list("data") {
        material(data, &mut terms);
    }
    for stored in service.description.list("storage") {
        terms.push_str(stored.text("name"));
        terms.push_str(stored.text("lifetime"));
    }
    terms.push_str(config.categories.get(service.category).map_or("", String::as_str));
    short(&terms)
}

/// A short hash of what a consent to a category covers: its purpose. Kelisim's own words are known by their id.
pub fn category_terms(config: &Config, id: &str) -> String {
    let mut terms = String::from(id);
    material(config.category(id).get("purpose").unwrap_or(&Value::Null), &mut terms);
    short(&terms)
}

/// Appends what a wording means: words per language mean what the first of them says.
fn material(wording: &Value, terms: &mut String) {
    let words = wording.entries().first().map_or(wording, |(_, words)| words);
    json::write(words, terms);
}

/// The first 8 hex digits of the SHA-256.
pub fn short(text: &str) -> String {
    let mut digest = hash::sha256(text);
    digest.truncate(8);
    digest
}
