//! The shape of `site.json`, as lenient as JSON is: everything may be absent, an absent string is an empty one.
//!
//! These types only say which keys there are and of which kind; what must be there, and what it may say, is for
//! [`super::check`]. Wordings, texts and whatever else has no fixed shape stay a [`Value`]. Each field says that it may be
//! absent, not the type as a whole: serde would then make a whole empty value first, for every visitor to load.

use serde::Deserialize;

use super::{Layout, Place, Position, Reopen, Theme};
use crate::core::value::Value;

/// What the owner wrote.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Written {
    #[serde(default)]
    pub(super) operator: Operator,
    #[serde(default)]
    pub(super) policy: Policy,
    #[serde(default)]
    pub(super) law: Option<Vec<Law>>,
    #[serde(default)]
    pub(super) scope: String,
    #[serde(default)]
    pub(super) expires_days: Option<f64>,
    #[serde(default)]
    pub(super) categories: Vec<Category>,
    #[serde(default)]
    pub(super) services: Vec<Service>,
    #[serde(default)]
    pub(super) withdrawal: Withdrawal,
    #[serde(default)]
    pub(super) languages: Option<Vec<String>>,
    #[serde(default)]
    pub(super) texts: Value,
    #[serde(default)]
    pub(super) appearance: Appearance,
    #[serde(default)]
    pub(super) google_consent_mode: Value,
    #[serde(default)]
    pub(super) exclude_countries: Vec<String>,
    #[serde(default)]
    pub(super) audience: Audience,
    #[serde(default)]
    #[expect(dead_code, reason = "it has one value so far, and reading it refuses every other")]
    pub(super) on_withdraw: OnWithdraw,
}

/// Who asks.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Operator {
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) bin: String,
    #[serde(default)]
    pub(super) iin: String,
    #[serde(default)]
    pub(super) address: String,
    #[serde(default)]
    pub(super) email: String,
    #[serde(default)]
    pub(super) phone: String,
}

/// The owner's policy.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Policy {
    #[serde(default)]
    pub(super) url: String,
    #[serde(default)]
    pub(super) version: String,
}

/// A regime that the configuration must satisfy.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub(super) enum Law {
    /// Kazakhstan's Law 94-V.
    Kz,
    /// The General Data Protection Regulation.
    Gdpr,
}

/// An optional purpose.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Category {
    #[serde(default)]
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: Value,
    #[serde(default)]
    pub(super) purpose: Value,
}

/// A service: a vendor of the catalogue (`use`), or the owner's own. A vendor's manifest has the same keys, and more.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Service {
    #[serde(rename = "use", default)]
    pub(super) vendor: String,
    #[serde(default)]
    pub(super) id: String,
    #[serde(default)]
    pub(super) category: String,
    #[serde(default)]
    pub(super) src: String,
    #[serde(default)]
    pub(super) policy: String,
    #[serde(default)]
    pub(super) name: Value,
    #[serde(default)]
    pub(super) recipient: Value,
    #[serde(default)]
    pub(super) country: Value,
    #[serde(default)]
    pub(super) purpose: Value,
    #[serde(default)]
    pub(super) data: Vec<Value>,
    #[serde(default)]
    pub(super) storage: Option<Vec<Storage>>,
}

/// Something a service keeps on the visitor's device.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Storage {
    #[serde(default)]
    pub(super) name: String,
    #[serde(rename = "in", default)]
    pub(super) place: Option<Place>,
    #[serde(default)]
    pub(super) purpose: Value,
    #[serde(default)]
    pub(super) lifetime: String,
}

/// How to withdraw by letter.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Withdrawal {
    #[serde(default)]
    pub(super) email: String,
    #[serde(default)]
    pub(super) subject: String,
    #[serde(default)]
    pub(super) correction_subject: String,
}

/// How Kelisim looks.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Appearance {
    #[serde(default)]
    pub(super) layout: Layout,
    #[serde(default)]
    pub(super) position: Position,
    #[serde(default)]
    pub(super) theme: Theme,
    #[serde(default)]
    pub(super) reopen: Reopen,
    #[serde(default)]
    pub(super) tokens: Value,
}

/// Who visits.
#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub(super) enum Audience {
    /// Anybody.
    #[default]
    Everyone,
    /// Children: they are offered nothing optional, because none of it could be consented to.
    Minors,
}

/// What a page does when something that runs in it was withdrawn.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum OnWithdraw {
    /// It is loaded anew, so that nothing of it stays.
    #[default]
    Reload,
}
