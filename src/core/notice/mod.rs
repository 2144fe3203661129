//! What the visitor is told: texts per language, dates, and the hashes that bind a record to what was said.

pub mod dates;
pub mod hash;
pub mod texts;

use super::config::{Config, Service};
use super::json;
use super::value::{Value, Words, Writer};

/// A short hash of what a consent to a service covers: recipient, country, data, storage, category. When one of them
/// changes, the consent lapses; a colour, a typo or a translation changes nothing (requirement V-03).
#[inline(never)]
pub fn service_terms(config: &Config, service: &Service) -> Words {
    let mut terms = Writer::default();
    let said = service.description;
    material(said.get("recipient"), &mut terms);
    json::write(said.get("country"), &mut terms);
    for data in *said.list("data") {
        material(data, &mut terms);
    }
    for stored in *said.list("storage") {
        terms.words(stored.text("name"));
        terms.words(stored.text("in"));
        terms.words(stored.text("lifetime"));
    }
    terms.words(config.id(service.category));
    short(terms)
}

/// A short hash of what a consent to a category covers: its purpose. Kelisim's own words are known by their id.
#[inline(never)]
pub fn category_terms(config: &Config, id: Words) -> Words {
    let mut terms = Writer::default();
    terms.words(id);
    material(config.category(id).get("purpose"), &mut terms);
    short(terms)
}

/// Appends what a wording means: words per language mean what the first of them says.
#[inline(never)]
fn material(wording: &'static Value, terms: &mut Writer) {
    let words = wording.entries().first().map_or(wording, |(_, words)| words);
    json::write(words, terms);
}

/// The first 8 hex digits of the SHA-256.
#[inline(never)]
pub fn short(text: Writer) -> Words {
    let mut digest = hash::digest(&text.done());
    digest.cut(8);
    digest.done()
}
