//! What the owner wrote, and what it means once it has been checked.
//!
//! `written` is the shape of `site.json`, as lenient as JSON is, and `read` reads it without stopping at a fault.
//! [`check()`] holds it against the laws it names and makes a [`Config`] of it, or a list of every [`Problem`]. Nothing
//! else may make a [`Config`], so nothing runs on a configuration that does not satisfy its law.

mod check;
pub mod glob;
mod identifier;
mod link;
mod read;
mod scope;
mod walk;
mod words;
mod written;

pub use check::{Known, check, vendors};
pub use scope::covers as scope_covers;

use serde::Deserialize;

use super::notice::texts::Text;
use super::value::Value;

/// A configuration that satisfies its law, with every vendor's manifest filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Who asks.
    pub operator: Operator,
    /// The policy that the notice links to.
    pub policy: Policy,
    /// Whether Kazakhstan's Law 94-V is one of the regimes.
    pub kz: bool,
    /// Whether the GDPR is one of the regimes.
    pub gdpr: bool,
    /// The domain whose subdomains share the choice; `None` is this host only.
    pub scope: Option<String>,
    /// Term of consent and refusal, in days: 180 to 1095 (requirement V-01).
    pub expires_days: u16,
    /// The optional categories, in the owner's order; `necessary` is implied and not among them.
    pub categories: Vec<Category>,
    /// The services that need consent, in the owner's order.
    pub services: Vec<Service>,
    /// How to withdraw by letter.
    pub withdrawal: Option<Withdrawal>,
    /// The offered languages; the first is the default. Never empty.
    pub languages: Vec<String>,
    /// The owner's own wording, over Kelisim's: language, text, words.
    pub texts: Vec<(String, Text, String)>,
    /// How it looks.
    pub appearance: Appearance,
    /// Index of a category, and a Google consent type that it grants.
    pub google_consent: Vec<(usize, String)>,
}

/// The operator (Law 94-V, art. 8(4)(1)).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operator {
    /// Name of the person or company.
    pub name: String,
    /// BIN or IIN: twelve digits with a valid check digit (requirement O-01).
    pub identifier: Option<Identifier>,
    /// Postal address.
    pub address: Option<String>,
    /// Address for letters about personal data.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// Number under which the Republic of Kazakhstan knows the operator.
#[derive(Clone, Debug, PartialEq)]
pub enum Identifier {
    /// Business identification number, of a company.
    Bin(String),
    /// Individual identification number, of a sole trader.
    Iin(String),
}

/// The owner's policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Where it is: `https:` or relative.
    pub url: String,
    /// Its version; a change lapses what was granted under another.
    pub version: String,
}

/// An optional purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// Its id in the page, the record and the API.
    pub id: String,
    /// Its name.
    pub name: Wording,
    /// Its specific purpose.
    pub purpose: Wording,
}

/// A service that runs only when it and its category are granted.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its id in the page, the record and the API.
    pub id: String,
    /// What it is called.
    pub name: Wording,
    /// Index of its category in [`Config::categories`].
    pub category: usize,
    /// Who receives the data.
    pub recipient: Wording,
    /// ISO 3166-1 alpha-2 codes of the countries where the data goes (Law 94-V, art. 8(4)(5)). Never empty.
    pub countries: Vec<String>,
    /// What it is for.
    pub purpose: Wording,
    /// What it collects (Law 94-V, art. 8(4)(7)).
    pub data: Vec<Wording>,
    /// What it stores on the visitor's device.
    pub storage: Vec<Storage>,
    /// The recipient's own policy.
    pub policy: Option<String>,
    /// What starts it, with placeholders unfilled: see `catalogue`.
    pub start: Vec<Value>,
    /// What stops it.
    pub stop: Vec<Value>,
    /// The owner's parameters by name: numbers and strings.
    pub parameters: Vec<(String, Value)>,
}

/// Something a service keeps on the visitor's device.
#[derive(Clone, Debug, PartialEq)]
pub struct Storage {
    /// Its name, or a glob for a family of names (`_ga_*`).
    pub name: String,
    /// Where it lies.
    pub place: Place,
    /// What it is for.
    pub purpose: Wording,
    /// How long it stays.
    pub lifetime: Lifetime,
}

/// A store of the browser.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// A cookie.
    Cookie,
    /// An entry of `localStorage`.
    #[serde(rename = "localStorage")]
    Local,
    /// An entry of `sessionStorage`.
    #[serde(rename = "sessionStorage")]
    Session,
}

/// How long a stored name stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// Until the browser or the tab is closed: `"session"`.
    Session,
    /// Until it is removed: `"unlimited"`, as `localStorage` is.
    Unlimited,
    /// Minutes: `"30m"`.
    Minutes(u32),
    /// Hours: `"20h"`.
    Hours(u32),
    /// Days: `"365d"`.
    Days(u32),
}

/// How to withdraw by letter (Law 94-V, art. 8(7)).
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawal {
    /// Where to write.
    pub email: String,
    /// The exact subject that the policy asks for.
    pub subject: String,
    /// The exact subject for a correction.
    pub correction_subject: Option<String>,
}

/// How Kelisim looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Appearance {
    /// Where the first layer lies.
    pub layout: Layout,
    /// At which edge: `bottom` or `top` for a bar, `bottom-start` or `bottom-end` for a box.
    pub position: Position,
    /// Light, dark, or as the visitor's system says.
    pub theme: Theme,
    /// What reopens the settings.
    pub reopen: Reopen,
    /// Custom properties: name without `--kelisim-`, value.
    pub tokens: Vec<(String, String)>,
}

/// The form of the first layer.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// Over the whole width.
    #[default]
    Bar,
    /// A card in a corner.
    Box,
}

/// The place of the first layer.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// At the lower edge; for a box, in its start corner.
    #[default]
    Bottom,
    /// At the upper edge; for a box, in its start corner.
    Top,
    /// In the lower corner where a line starts.
    BottomStart,
    /// In the lower corner where a line ends.
    BottomEnd,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the visitor's system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The control that stays on the page.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Reopen {
    /// A small round button in a corner.
    #[default]
    Button,
    /// A line of text at the end of the page.
    Link,
}

/// Words that depend on the language.
#[derive(Clone, Debug, PartialEq)]
pub enum Wording {
    /// One of Kelisim's own texts.
    Own(Text),
    /// An entry of one of Kelisim's tables (`Text::Data`, `Text::StoragePurposes`), by its code.
    Listed(Text, String),
    /// The same in every language: a name.
    Same(String),
    /// The owner's words: language, words. Complete for every offered language.
    Written(Vec<(String, String)>),
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
    /// The services of one category, in the owner's order.
    pub fn services_of<'a>(&'a self, category: &'a Category) -> impl Iterator<Item = &'a Service> {
        let index = self.categories.iter().position(|known| known.id == category.id);
        self.services
            .iter()
            .filter(move |service| Some(service.category) == index)
    }
}

impl Lifetime {
    /// The lifetime in minutes: 0 for a session, -1 for one without end.
    pub fn minutes(self) -> i64 {
        match self {
            Lifetime::Session => 0,
            Lifetime::Unlimited => -1,
            Lifetime::Minutes(number) => i64::from(number),
            Lifetime::Hours(number) => i64::from(number) * 60,
            Lifetime::Days(number) => i64::from(number) * 24 * 60,
        }
    }
}
