//! What a consent covers, as a short hash: when it changes, that consent lapses, alone (requirement V-03).
//!
//! Recipient, country, data, storage and category of a service, the purpose of a category. A colour, a typo in a
//! translation or another language changes nothing: words mean what the first of them says, and Kelisim's own are known
//! by their id. The bytes are public: a change of them makes every visitor be asked anew.

use serde::Serialize;

use crate::config::category::Category;
use crate::config::lifetime::Lifetime;
use crate::config::words::CodeOrWords;
use crate::description::Description;
use crate::notice::text::sha256;

/// How much of a hash tells two terms apart.
const HEX_DIGITS: usize = 8;

#[derive(Serialize)]
struct ServiceTerms<'a> {
    recipient: &'a str,
    countries: Vec<&'a str>,
    data: Vec<&'a str>,
    storage: Vec<StoredTerms<'a>>,
    category: &'a str,
}

#[derive(Serialize)]
struct StoredTerms<'a> {
    name: &'a str,
    place: &'a str,
    lifetime: Lifetime,
}

#[derive(Serialize)]
struct CategoryTerms<'a> {
    category: &'a str,
    purpose: Option<&'a str>,
}

/// The terms of a service.
pub(crate) fn service_terms(service: &Description) -> String {
    hash(&ServiceTerms {
        recipient: service.recipient.meaning(),
        countries: service.countries.iter().map(|country| country.as_str()).collect(),
        data: service.data.iter().map(|data| meaning(&data.0)).collect(),
        storage: service
            .storage
            .iter()
            .map(|stored| StoredTerms {
                name: stored.name.as_str(),
                place: stored.place.as_str(),
                lifetime: stored.lifetime,
            })
            .collect(),
        category: &service.category,
    })
}

/// The terms of a category.
pub(crate) fn category_terms(category: &Category) -> String {
    hash(&CategoryTerms {
        category: category.id.as_str(),
        purpose: category.purpose.as_ref().map(|purpose| purpose.0.meaning()),
    })
}

fn meaning(words: &CodeOrWords) -> &str {
    match words {
        CodeOrWords::Code(code) => code,
        CodeOrWords::Words(each) => each.values().next().map(String::as_str).unwrap_or_default(),
    }
}

/// The first digits of the SHA-256 of terms as JSON.
fn hash(terms: &impl Serialize) -> String {
    let json = serde_json::to_string(terms).unwrap_or_default();
    sha256(&json).chars().take(HEX_DIGITS).collect()
}
