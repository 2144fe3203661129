//! What the owner wrote, and what it means once it has been checked.
//!
//! `shapes` says what there may be, as a table. [`check()`] holds the document against it and against the laws it names,
//! and makes a [`Config`] of it, or a list of every [`Problem`]; [`verdict`] comes to the same end and names nothing.
//! Nothing else may make a [`Config`], so nothing runs on a configuration that does not satisfy its law.

mod check;
mod codes;
mod findings;
pub mod glob;
mod identifier;
mod link;
mod rules;
mod scope;
mod shapes;
#[cfg(any(feature = "diagnosis", not(target_arch = "wasm32")))]
mod wording;
mod words;

pub use check::{Known, check, languages, vendors, verdict};
pub use scope::covers as scope_covers;
#[cfg(any(feature = "diagnosis", not(target_arch = "wasm32")))]
pub use wording::wording;

/// Checks a configuration for somebody who reads what is wrong: where it does not hold, the owner's words are looked at
/// as well. Words alone close nothing: the visitor's script does not see them, and both have to come to the same end.
///
/// # Errors
///
/// Every problem there is.
#[cfg(any(feature = "diagnosis", not(target_arch = "wasm32")))]
pub fn diagnose(document: &'static Value, known: Known) -> Result<Config, &'static [Problem]> {
    check(document, known).map_err(|problems| {
        problems
            .iter()
            .chain(wording(document))
            .copied()
            .collect::<Pile<_>>()
            .done()
    })
}

/// The keys of an object of the table and their kinds, for the owner's tool.
#[cfg(not(target_arch = "wasm32"))]
pub fn keys(object: &str) -> Vec<(&'static str, &'static str)> {
    let mut left = shapes::shape(object);
    std::iter::from_fn(move || words::next(&mut left, b'|')).collect()
}

/// Google's consent types, for the owner's tool.
#[cfg(not(target_arch = "wasm32"))]
pub fn consent_types() -> Vec<&'static str> {
    let mut left = check::CONSENT_TYPES;
    std::iter::from_fn(move || words::next(&mut left, b'|'))
        .map(|(name, _)| name)
        .collect()
}

/// Whether a text is for the owner to replace, for the owner's tool.
#[cfg(not(target_arch = "wasm32"))]
pub fn may_be_replaced(key: &str) -> bool {
    words::find(check::FIXED_TEXTS, b'|', key).is_none()
}

use super::notice::texts::{Texts, key_of_category};
use super::value::{NULL, Value, Words, Writer};
use crate::core::pile::Pile;

/// A configuration that satisfies its law, with every vendor's manifest filled in.
///
/// It stays the document that the owner wrote: what is only shown is read from there by its key, and only what is
/// decided on has a field. A typed copy of seventy keys would weigh more than everything that reads them.
#[derive(Debug, PartialEq)]
pub struct Config {
    /// What the owner wrote.
    pub document: &'static Value,
    /// Term of consent and refusal, in days: 180 to 1095 (requirement V-01).
    pub expires_days: u32,
    /// The ids of the optional categories, in the owner's order; `necessary` is implied and not among them.
    pub categories: Pile<Words>,
    /// The services that need consent, in the owner's order.
    pub services: Pile<Service>,
    /// The offered languages; the first is the default. Never empty.
    pub languages: Pile<Words>,
    /// Index of a category, and a Google consent type that it grants.
    pub google_consent: Pile<(usize, Words)>,
}

/// A service that runs only when it and its category are granted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    /// Its id in the page, the record and the API.
    pub id: Words,
    /// Index of its category in [`Config::categories`].
    pub category: usize,
    /// Its description: the owner's keys over the vendor's manifest. The parameters of a vendor are among the keys.
    pub description: &'static Value,
}

/// Something wrong in a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `services[1].country`; empty for the whole document.
    pub path: Words,
    /// What, as a name that does not change: `missing`. Its sentence and its mend stand in `messages.json`.
    pub code: Words,
    /// What helps to mend it, where there is such a thing: the nearest known key, the glob to write.
    pub hint: Words,
}

impl Config {
    /// A text of the document: the member `key` of its object `object`; empty when there is none.
    #[inline(never)]
    pub fn text(&self, object: &str, key: &str) -> Words {
        self.document.get(object).text(key)
    }

    /// The domain whose subdomains share the choice; empty is this host only.
    pub fn scope(&self) -> Words {
        self.document.text("scope")
    }

    /// Whether a page goes on after a withdrawal, with what ran in it stopped.
    pub fn stays(&self) -> bool {
        self.document.text("onWithdraw").are("stay")
    }

    /// Whether the configuration is to satisfy the law of this name; without a word on it, every one.
    pub fn is_under(&self, law: &str) -> bool {
        let laws = self.document.list("law");
        laws.is_empty() || laws.iter().any(|known| known.words().are(law))
    }

    /// Name or purpose of a category: the owner's words, or Kelisim's for a built-in category.
    #[inline(never)]
    pub fn category_words(&self, id: Words, part: &str, texts: &Texts) -> Words {
        let mut words = texts.wording(self.category(id).get(part));
        if words.are_none() {
            words = texts.named(&key_of_category(id, part));
        }
        if words.are_none() { id } else { words }
    }

    /// What the owner wrote about a category.
    #[inline(never)]
    pub fn category(&self, id: Words) -> &'static Value {
        for category in *self.document.list("categories") {
            if category.text("id") == id {
                return category;
            }
        }
        &NULL
    }
}

impl Service {
    /// Whether a category that is not the service's own widens what it does: its steps ask for `{granted:id}`.
    #[inline(never)]
    pub fn widened_by(&self, category: Words) -> bool {
        let mut mark = Writer::of("{granted:");
        mark.words(category);
        mark.mark(b'}');
        asks_for(self.description.get("start"), mark.as_str())
    }

    /// Whether the service listens to Google's consent mode: one of its steps makes `gtag`.
    #[inline(never)]
    pub fn speaks_gtag(&self) -> bool {
        let makes = |step: &Value| !step.get("gtag").is_null();
        self.description.list("start").iter().any(makes)
    }

    /// ISO 3166-1 alpha-2 codes of the countries where the data goes (Law 94-V, art. 8(4)(5)).
    pub fn countries(&self) -> &'static [Value] {
        one_or_more(self.description.get("country"))
    }
}

/// The items of a list; anything else is the one item.
fn one_or_more(value: &'static Value) -> &'static [Value] {
    match value {
        Value::List(items) => items,
        one => core::slice::from_ref(one),
    }
}

/// Every id that can be answered has an index: categories first, in the owner's order.
impl Config {
    /// How many ids can be answered.
    pub fn len(&self) -> usize {
        self.categories.len() + self.services.len()
    }

    /// Whether nothing can be answered.
    pub fn is_empty(&self) -> bool {
        self.categories.is_empty()
    }

    /// The id with this index.
    #[inline(never)]
    pub fn id(&self, index: usize) -> Words {
        match self.service(index) {
            Some(service) => service.id,
            None => self.categories.get(index).copied().unwrap_or_default(),
        }
    }

    /// The service with this index; `None` for a category.
    #[inline(never)]
    pub fn service(&self, index: usize) -> Option<&Service> {
        self.services.get(index.wrapping_sub(self.categories.len()))
    }

    /// The index of an id.
    #[inline(never)]
    pub fn index_of(&self, id: &str) -> Option<usize> {
        (0..self.len()).find(|index| self.id(*index).are(id))
    }
}

/// Whether a text that is exactly `mark` stands anywhere in a value.
#[inline(never)]
pub(super) fn asks_for(value: &'static Value, mark: &str) -> bool {
    value.words().are(mark)
        || value.items().iter().any(|item| asks_for(item, mark))
        || value.entries().iter().any(|(_, item)| asks_for(item, mark))
}
