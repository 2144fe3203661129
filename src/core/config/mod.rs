//! What the owner wrote, and what it means once it has been checked.
//!
//! `shapes` says what there may be, as a table. [`check()`] holds the document against it and against the laws it names,
//! and makes a [`Config`] of it, or a list of every [`Problem`]. Nothing else may make a [`Config`], so nothing runs on a
//! configuration that does not satisfy its law.

mod check;
mod codes;
pub mod glob;
mod identifier;
mod link;
mod rules;
mod scope;
mod shapes;
mod words;

pub use check::{Known, check, vendors};
pub use scope::covers as scope_covers;

use super::notice::texts::{Text, Texts};
use super::value::Value;

/// A configuration that satisfies its law, with every vendor's manifest filled in.
///
/// It stays the document that the owner wrote: what is only shown is read from there by its key, and only what is
/// decided on has a field. A typed copy of seventy keys would weigh more than everything that reads them.
#[derive(Debug, Default, PartialEq)]
pub struct Config {
    /// What the owner wrote.
    pub document: Value,
    /// Term of consent and refusal, in days: 180 to 1095 (requirement V-01).
    pub expires_days: u32,
    /// The ids of the optional categories, in the owner's order; `necessary` is implied and not among them.
    pub categories: Vec<String>,
    /// The services that need consent, in the owner's order.
    pub services: Vec<Service>,
    /// The offered languages; the first is the default. Never empty.
    pub languages: Vec<String>,
    /// Index of a category, and a Google consent type that it grants.
    pub google_consent: Vec<(usize, String)>,
}

/// A service that runs only when it and its category are granted.
#[derive(Debug, Default, PartialEq)]
pub struct Service {
    /// Its id in the page, the record and the API.
    pub id: String,
    /// Index of its category in [`Config::categories`].
    pub category: usize,
    /// Its description: the owner's keys over the vendor's manifest. The parameters of a vendor are among the keys.
    pub description: Value,
}

/// Something wrong in a configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where: `services[1].country`; empty for the whole document.
    pub path: String,
    /// What, as a name that does not change: `missing`. Its sentence and its mend stand in `messages.json`.
    pub code: &'static str,
    /// What helps to mend it, where there is such a thing: the nearest known key, the glob to write.
    pub hint: String,
}

impl Config {
    /// A text of the document: the member `key` of its object `object`; empty when there is none.
    pub fn text(&self, object: &str, key: &str) -> &str {
        self.document.get(object).map_or("", |object| object.text(key))
    }

    /// The domain whose subdomains share the choice; empty is this host only.
    pub fn scope(&self) -> &str {
        self.document.text("scope")
    }

    /// Name or purpose of a category: the owner's words, or Kelisim's for a built-in category.
    pub fn category_words(&self, id: &str, key: &str, texts: &Texts) -> String {
        match self.category(id).get(key) {
            Some(words) => texts.wording(words, None),
            None => Text::of_category(id, key).map_or_else(|| String::from(id), |text| texts.own(text)),
        }
    }

    /// What the owner wrote about a category.
    pub fn category(&self, id: &str) -> &Value {
        for category in self.document.list("categories") {
            if category.text("id") == id {
                return category;
            }
        }
        &Value::Null
    }
}

impl Service {
    /// A key of the description; `Value::Null` when there is none.
    pub fn get(&self, key: &str) -> &Value {
        self.description.get(key).unwrap_or(&Value::Null)
    }

    /// Whether a category that is not the service's own widens what it does: its steps ask for `{granted:id}`.
    pub fn widened_by(&self, category: &str) -> bool {
        let mut mark = String::from("{granted:");
        mark.push_str(category);
        mark.push('}');
        asks_for(self.get("start"), &mark)
    }

    /// Whether the service listens to Google's consent mode: one of its steps makes `gtag`.
    pub fn speaks_gtag(&self) -> bool {
        self.description
            .list("start")
            .iter()
            .any(|step| step.get("gtag").is_some())
    }

    /// ISO 3166-1 alpha-2 codes of the countries where the data goes (Law 94-V, art. 8(4)(5)).
    pub fn countries(&self) -> &[Value] {
        match self.get("country") {
            Value::List(codes) => codes,
            code => core::slice::from_ref(code),
        }
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
    pub fn id(&self, index: usize) -> &str {
        match (self.categories.get(index), self.service(index)) {
            (Some(id), _) => id,
            (_, Some(service)) => &service.id,
            _ => "",
        }
    }

    /// The service with this index; `None` for a category.
    pub fn service(&self, index: usize) -> Option<&Service> {
        self.services.get(index.wrapping_sub(self.categories.len()))
    }

    /// The index of an id.
    #[inline(never)]
    pub fn index_of(&self, id: &str) -> Option<usize> {
        (0..self.len()).find(|index| self.id(*index) == id)
    }
}

/// Whether a text that is exactly `mark` stands anywhere in a value.
fn asks_for(value: &Value, mark: &str) -> bool {
    match value {
        Value::Text(text) => text == mark,
        Value::List(items) => items.iter().any(|item| asks_for(item, mark)),
        Value::Map(entries) => entries.iter().any(|(_, item)| asks_for(item, mark)),
        _ => false,
    }
}
