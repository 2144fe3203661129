//! The shape of `site.json`, as lenient as JSON is: everything may be absent, an absent string is an empty one.
//!
//! These types only say which keys there are and of which kind; what must be there, and what it may say, is for
//! [`super::check`]. Wordings, texts and whatever else has no fixed shape stay a [`Value`].

use serde::Deserialize;

use super::{Layout, Place, Position, Reopen, Theme};
use crate::core::value::Value;

/// What the owner wrote.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Written {
    pub(super) operator: Operator,
    pub(super) policy: Policy,
    pub(super) law: Option<Vec<Law>>,
    pub(super) scope: String,
    pub(super) expires_days: Option<f64>,
    pub(super) categories: Vec<Category>,
    pub(super) services: Vec<Service>,
    pub(super) withdrawal: Withdrawal,
    pub(super) languages: Option<Vec<String>>,
    pub(super) texts: Value,
    pub(super) appearance: Appearance,
    pub(super) google_consent_mode: Value,
    pub(super) exclude_countries: Vec<String>,
    pub(super) audience: Audience,
    pub(super) on_withdraw: OnWithdraw,
}

/// Who asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Operator {
    pub(super) name: String,
    pub(super) bin: String,
    pub(super) iin: String,
    pub(super) address: String,
    pub(super) email: String,
    pub(super) phone: String,
}

/// The owner's policy.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Policy {
    pub(super) url: String,
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
#[serde(default)]
pub(super) struct Category {
    pub(super) id: String,
    pub(super) name: Value,
    pub(super) purpose: Value,
}

/// A service: a vendor of the catalogue (`use`), or the owner's own. A vendor's manifest has the same keys, and more.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Service {
    #[serde(rename = "use")]
    pub(super) vendor: String,
    pub(super) id: String,
    pub(super) category: String,
    pub(super) src: String,
    pub(super) policy: String,
    pub(super) name: Value,
    pub(super) recipient: Value,
    pub(super) country: Value,
    pub(super) purpose: Value,
    pub(super) data: Vec<Value>,
    pub(super) storage: Option<Vec<Storage>>,
}

/// Something a service keeps on the visitor's device.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Storage {
    pub(super) name: String,
    #[serde(rename = "in")]
    pub(super) place: Option<Place>,
    pub(super) purpose: Value,
    pub(super) lifetime: String,
}

/// How to withdraw by letter.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Withdrawal {
    pub(super) email: String,
    pub(super) subject: String,
    pub(super) correction_subject: String,
}

/// How Kelisim looks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Appearance {
    pub(super) layout: Layout,
    pub(super) position: Position,
    pub(super) theme: Theme,
    pub(super) reopen: Reopen,
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
