//! The compiled site: what the compiler makes of a configuration, and all that the runtime knows of it.
//!
//! Plain data and nothing else. The compiler has resolved whatever can be known before a visit: vendors, words, dates,
//! terms, the notice and its hash. Ids stand in the order of the configuration. A change here is a change of
//! [`FORMAT`], and a runtime refuses a site of another format with a sentence that says to build anew.

mod layer;
mod step;

use serde::{Deserialize, Serialize};

pub use layer::{ParseError, Place, When};
pub use step::{Step, Value};

/// The format that this package describes.
pub const FORMAT: u32 = 1;

/// A site: its rules, and what it says in each of its languages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Site {
    /// The format of all this: [`FORMAT`].
    pub format: u32,
    /// The number of the operator, BIN or IIN, which a record names; `None` where the operator has none.
    pub operator: Option<String>,
    /// The version of the owner's policy. A new one lapses grants, not refusals.
    pub policy: String,
    /// The domain whose subdomains share the choice; `None` is this host only.
    pub scope: Option<String>,
    /// How long a choice holds, in days: 180 to 1095.
    pub expires_days: u32,
    /// What a visitor can agree to. Empty: there is nothing to ask, and the notice is still there.
    pub categories: Vec<Category>,
    /// What runs only when it and its category are granted.
    pub services: Vec<Service>,
    /// Whether something of the site listens to Google's consent mode.
    pub google_consent: bool,
    /// Signals of the browser that count as a refusal.
    pub signals: Signals,
    /// The owner's tokens, the values of `--kelisim-…` by their names without that: on a light ground.
    pub light: Vec<(String, String)>,
    /// The same in the dark.
    pub dark: Vec<(String, String)>,
    /// What a page does when something that ran in it is withdrawn.
    pub on_withdraw: OnWithdraw,
    /// A path of this site where a receipt of each decision is sent.
    pub receipts: Option<String>,
    /// Whether a page can be audited.
    pub audit: bool,
    /// The gated markup of other managers that the gate understands as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Alias>,
    /// The offered languages; the first is the default. Never empty.
    pub languages: Vec<Language>,
}

/// Something that a visitor can agree to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Category {
    /// Its id in the page, the record and the API: `[a-z][a-z0-9-]*`, unique over categories and services.
    pub id: String,
    /// A short hash of what a consent to it covers: its purpose. When it changes, the consent lapses (requirement V-03).
    pub terms: String,
    /// Google's consent types that it grants: `analytics_storage`.
    pub google_consent: Vec<String>,
}

/// Something that runs only when it and its category are granted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Service {
    /// Its id in the page, the record and the API.
    pub id: String,
    /// The id of its category.
    pub category: String,
    /// A short hash of what a consent to it covers: recipient, country, data, storage, category.
    pub terms: String,
    /// What it stores on this site, in the order in which a name is looked up.
    pub storage: Vec<Stored>,
    /// Names on `window` that are `true` while it is not granted (requirement M-03).
    pub flags: Vec<String>,
    /// What starts it.
    pub start: Vec<Step>,
    /// What stops it.
    pub stop: Vec<Step>,
}

/// A name, or names, that a service stores on this site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stored {
    /// The name, with `*` for any characters.
    pub name: String,
    /// Where it lies.
    pub place: Storage,
    /// How long it stays, in seconds; `None` where it stays until it is removed. What ends with the session or within
    /// hours is 0: it never outlives a consent.
    pub seconds: Option<u64>,
}

/// Where a name is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Storage {
    /// A cookie.
    Cookie,
    /// `localStorage`.
    LocalStorage,
    /// `sessionStorage`.
    SessionStorage,
}

/// Signals of the browser that count as a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Signals {
    /// What a signal refuses.
    pub refuses: Refuses,
    /// Whether Do Not Track counts like Global Privacy Control.
    pub do_not_track: bool,
}

/// What a signal refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Refuses {
    /// Everything optional.
    All,
    /// The category `marketing` with its services.
    Marketing,
}

/// A kind of gated markup of another manager.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Alias {
    /// Which elements wait by it, as a selector.
    pub selector: String,
    /// The attribute that names what they wait for; several names have commas between them.
    pub attribute: String,
    /// The attribute that carries their address, where it is another than `data-src`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Names, each with the id of a category or service that it means. Any other name is an id as it stands.
    pub names: Vec<(String, String)>,
}

/// What a page does when something that ran in it is withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OnWithdraw {
    /// It is loaded anew.
    Reload,
    /// It goes on, with what ran in it stopped.
    Stay,
}

/// What a site says in one language, but for the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Language {
    /// BCP 47 tag.
    pub tag: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// SHA-256 of the notice as text, in lowercase hex: the `notice` of a record (requirement R-02).
    pub notice: String,
    /// The root with the first layer, the control that stays and the status line, as HTML.
    pub first_layer: String,
    /// What stands in the place of an embed, as HTML.
    pub placeholder: String,
    /// What categories and services are called, in the order of categories, then services: for what is asked anew.
    pub names: Vec<String>,
    /// A date, with `{day}`, `{month}` and `{year}`.
    pub date: String,
    /// The twelve months as they stand in a date.
    pub months: Vec<String>,
    /// What the status line says.
    pub status: Status,
}

/// What the status line says after a press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Status {
    /// Everything was granted.
    pub accepted: String,
    /// Everything was refused.
    pub rejected: String,
    /// The switches were stored.
    pub saved: String,
    /// The consent was withdrawn.
    pub withdrawn: String,
    /// What was pressed could not be acted on: the module did not come.
    pub unavailable: String,
}

/// The settings in one language: the second layer, which comes in a file of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
    /// BCP 47 tag.
    pub language: String,
    /// The `<dialog>`, as HTML.
    pub html: String,
}
