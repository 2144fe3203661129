//! The shape of `site.json`, as lenient as JSON is: everything may be absent, an absent string is an empty one.
//!
//! These types only say which keys there are and of which kind; what must be there, and what it may say, is for
//! [`super::check`]. They borrow from the document. Wordings, texts and whatever else has no fixed shape are [`Free`]
//! here, and the check looks them up in the document itself. Each field says that it may be absent, not the type as a
//! whole: serde would then make a whole empty value first, for every visitor to load.

#![allow(
    dead_code,
    reason = "some keys are declared only to be known, and looked up where they are checked"
)]

use serde::Deserialize;

use super::{Layout, Place, Position, Reopen, Theme};

/// Anything at all: a part without a fixed shape.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Free;

/// What the owner wrote.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Written<'a> {
    #[serde(borrow, default)]
    pub(super) operator: Operator<'a>,
    #[serde(borrow, default)]
    pub(super) policy: Policy<'a>,
    #[serde(default)]
    pub(super) law: Option<Vec<Law>>,
    #[serde(default)]
    pub(super) scope: &'a str,
    #[serde(default)]
    pub(super) expires_days: Option<f64>,
    #[serde(borrow, default)]
    pub(super) categories: Vec<Category<'a>>,
    #[serde(borrow, default)]
    pub(super) services: Vec<Service<'a>>,
    #[serde(borrow, default)]
    pub(super) withdrawal: Withdrawal<'a>,
    #[serde(borrow, default)]
    pub(super) languages: Vec<&'a str>,
    #[serde(default)]
    pub(super) texts: Free,
    #[serde(default)]
    pub(super) appearance: Appearance,
    #[serde(default)]
    pub(super) google_consent_mode: Free,
    #[serde(borrow, default)]
    pub(super) exclude_countries: Vec<&'a str>,
    #[serde(default)]
    pub(super) audience: Audience,
    #[serde(default)]
    pub(super) on_withdraw: OnWithdraw,
}

/// Who asks.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Operator<'a> {
    #[serde(default)]
    pub(super) name: &'a str,
    #[serde(default)]
    pub(super) bin: &'a str,
    #[serde(default)]
    pub(super) iin: &'a str,
    #[serde(default)]
    pub(super) address: &'a str,
    #[serde(default)]
    pub(super) email: &'a str,
    #[serde(default)]
    pub(super) phone: &'a str,
}

/// The owner's policy.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Policy<'a> {
    #[serde(default)]
    pub(super) url: &'a str,
    #[serde(default)]
    pub(super) version: &'a str,
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
pub(super) struct Category<'a> {
    #[serde(default)]
    pub(super) id: &'a str,
    #[serde(default)]
    pub(super) name: Free,
    #[serde(default)]
    pub(super) purpose: Free,
}

/// A service: a vendor of the catalogue (`use`), or the owner's own. A vendor's manifest has the same keys, and more.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Service<'a> {
    #[serde(rename = "use", default)]
    pub(super) vendor: &'a str,
    #[serde(default)]
    pub(super) id: &'a str,
    #[serde(default)]
    pub(super) category: &'a str,
    #[serde(default)]
    pub(super) src: &'a str,
    #[serde(default)]
    pub(super) policy: &'a str,
    #[serde(default)]
    pub(super) name: Free,
    #[serde(default)]
    pub(super) recipient: Free,
    #[serde(default)]
    pub(super) country: Free,
    #[serde(default)]
    pub(super) purpose: Free,
    #[serde(default)]
    pub(super) data: Free,
    #[serde(borrow, default)]
    pub(super) storage: Option<Vec<Storage<'a>>>,
}

/// Something a service keeps on the visitor's device.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Storage<'a> {
    #[serde(default)]
    pub(super) name: &'a str,
    #[serde(rename = "in", default)]
    pub(super) place: Option<Place>,
    #[serde(default)]
    pub(super) purpose: Free,
    #[serde(default)]
    pub(super) lifetime: &'a str,
}

/// How to withdraw by letter.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Withdrawal<'a> {
    #[serde(default)]
    pub(super) email: &'a str,
    #[serde(default)]
    pub(super) subject: &'a str,
    #[serde(default)]
    pub(super) correction_subject: &'a str,
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
    pub(super) tokens: Free,
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
