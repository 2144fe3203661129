//! Where a visitor stands: what a record still says of today's site, what it permits, and what has to be asked.
//!
//! A consent covers what it was given for. What changed since then is closed and asked anew, alone; what did not change
//! keeps its answer. It must not guess: an id that the record does not know was never answered.

use kelisim_site::{Refuses, Site};

use super::choices::Choices;
use super::decision::Method;
use super::id::{Id, NECESSARY};
use super::record::Record;
use super::timestamp::Timestamp;

/// The category that a signal refuses where the owner does not let it refuse everything.
const MARKETING: &str = "marketing";

/// What may run. Only [`standing()`] makes one, out of a record that holds; everything is closed in one without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permissions {
    choices: Choices,
}

impl Permissions {
    /// Whether an id of the site is allowed.
    pub fn allow(&self, id: Id) -> bool {
        self.choices.is_on(id)
    }

    /// Whether what the page calls by this name is allowed: `necessary` always, nothing unknown ever (requirement G-03).
    pub fn allow_named(&self, site: &Site, name: &str) -> bool {
        name == NECESSARY || Id::named(site, name).is_some_and(|id| self.allow(id))
    }

    /// Whether anything is allowed.
    pub fn any(&self) -> bool {
        self.choices.any()
    }

    /// Whether everything is allowed.
    pub fn are_all(&self) -> bool {
        self.choices.are_all_on()
    }

    /// The answers from which they were made: where a draft begins.
    pub fn choices(&self) -> &Choices {
        &self.choices
    }
}

/// A visitor's answers as they hold now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    permissions: Permissions,
    /// What has to be asked. Empty when the visitor has answered everything.
    pub asked: Vec<Id>,
    /// Whether something that was answered before has lapsed or joined, as opposed to a first visit.
    pub again: bool,
    /// Whether a signal of the browser answered in the visitor's place.
    pub by_signal: bool,
}

impl Standing {
    /// What is granted, and of which nothing changed.
    pub fn permissions(&self) -> &Permissions {
        &self.permissions
    }
}

/// What today's site makes of a record, in a browser that sends a signal against tracking or none. Until the visitor has
/// used a control of Kelisim, the signal refuses what it covers, and nobody is asked about that (requirement S-01).
pub fn standing(site: &Site, record: Option<&Record>, now: Timestamp, signal: bool) -> Standing {
    let record = record.filter(|record| record.expires() > now && record.is_of(site));
    let by_signal = signal && record.is_none_or(|record| record.method() == Method::Api);
    let mut asked = Vec::new();
    let choices = Choices::agreeing(site, |id| lasting_answer(site, record, id, by_signal) == Some(true));
    for id in Id::all(site) {
        if lasting_answer(site, record, id, by_signal).is_none() {
            asked.push(id);
        }
    }
    Standing {
        permissions: Permissions { choices },
        again: record.is_some() && !asked.is_empty(),
        by_signal,
        asked,
    }
}

/// Whether a signal refuses this id: marketing and its services, or whatever is optional.
pub fn is_covered_by_signal(site: &Site, id: Id) -> bool {
    let category = id.category(site).map(|category| Id::Category(category).name(site));
    site.signals.refuses == Refuses::All || category == Some(MARKETING)
}

/// The answer that holds for an id: the signal's, or that of a record unless it lapsed.
fn lasting_answer(site: &Site, record: Option<&Record>, id: Id, by_signal: bool) -> Option<bool> {
    if by_signal && is_covered_by_signal(site, id) {
        return Some(false);
    }
    let record = record?;
    let answer = record.answer(site, id)?;
    record.covers(site, id, answer).then_some(answer)
}
