//! What a record keeps of the decisions before it: the proof that a consent was given and withdrawn (requirement W-05).

use serde::Deserialize;

use super::decision::Method;
use super::json::Object;
use super::timestamp::Timestamp;

/// Entries kept in a history.
pub(super) const LONGEST: usize = 20;

/// An earlier decision.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When it was made.
    pub decided: Timestamp,
    /// How.
    pub method: Method,
    /// The hash of the notice that was shown.
    pub notice: String,
    /// The code of a grant.
    #[serde(default)]
    pub code: Option<String>,
    /// The ids that were granted.
    pub granted: Vec<String>,
}

impl Entry {
    /// It as JSON.
    pub(super) fn to_text(&self) -> String {
        Object::new()
            .text("decided", &self.decided.to_text())
            .text("method", self.method.name())
            .text("notice", &self.notice)
            .maybe("code", self.code.as_deref())
            .texts("granted", self.granted.iter().map(String::as_str))
            .end()
    }
}

/// Takes the oldest entry out of a history; the latest grant goes last.
pub(super) fn drop_oldest(history: &mut Vec<Entry>) {
    let latest_grant = history.iter().rposition(|entry| entry.code.is_some());
    let oldest = usize::from(latest_grant == Some(0) && history.len() > 1);
    if oldest < history.len() {
        history.remove(oldest);
    }
}
