//! The DOM events on `window` by which the page hears of Kelisim: `kelisim:ready`, `kelisim:shown`, `kelisim:decision`.

use kelisim_site::Site;

use crate::consent::{Id, Object, Record, string};

/// A DOM event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notification {
    /// Kelisim has started, and with it what was granted before.
    Ready {
        /// The record while it holds.
        record: Option<Box<Record>>,
        /// Where the visitor stands.
        standing: ReadyStanding,
    },
    /// The first layer stands in the page; once in a document.
    Shown,
    /// A decision holds; once per act, never on load.
    Decision {
        /// The record.
        record: Box<Record>,
        /// What was not allowed before it.
        granted: Vec<Id>,
        /// What is no longer allowed.
        withdrawn: Vec<Id>,
        /// Where it was made.
        source: Source,
    },
}

/// Where a visitor stands when Kelisim starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadyStanding {
    /// There is no decision.
    Undecided,
    /// Everything was answered.
    Decided,
    /// Something has to be asked anew.
    Lapsed,
}

/// Where a decision was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// In this document.
    Here,
    /// In another tab, or on another host of the scope.
    Tab,
}

impl ReadyStanding {
    fn name(self) -> &'static str {
        match self {
            ReadyStanding::Undecided => "undecided",
            ReadyStanding::Decided => "decided",
            ReadyStanding::Lapsed => "lapsed",
        }
    }
}

impl Source {
    fn name(self) -> &'static str {
        match self {
            Source::Here => "here",
            Source::Tab => "tab",
        }
    }
}

impl Notification {
    /// The type of the event.
    pub fn name(&self) -> &'static str {
        match self {
            Notification::Ready { .. } => "kelisim:ready",
            Notification::Shown => "kelisim:shown",
            Notification::Decision { .. } => "kelisim:decision",
        }
    }

    /// Its `detail` as JSON.
    pub fn detail(&self, site: &Site) -> String {
        let names = |ids: &[Id]| ids.iter().map(|id| string(id.name(site))).collect::<Vec<_>>();
        match self {
            Notification::Ready { record, standing } => {
                let record = record
                    .as_ref()
                    .map_or_else(|| "null".to_owned(), |record| record.to_text());
                Object::new()
                    .json("record", &record)
                    .text("standing", standing.name())
                    .end()
            }
            Notification::Shown => "null".to_owned(),
            Notification::Decision {
                record,
                granted,
                withdrawn,
                source,
            } => Object::new()
                .json("record", &record.to_text())
                .list("granted", &names(granted))
                .list("withdrawn", &names(withdrawn))
                .text("source", source.name())
                .end(),
        }
    }
}
