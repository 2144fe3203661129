//! What holds in one document, from one event to the next. [`super::update`] alone changes it; the view shows it.

use super::config::Config;
use super::decision::{Choices, ShownNotice};
use super::gate::Permissions;
use super::notice::dates::{DAY, Moment};
use super::notice::texts::{Text, Texts};
use super::record::{Notice, Record};
use super::standing::Standing;
use super::update::Event;
use super::value::Words;

/// What holds in this document.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the page, and none excludes another"
)]
pub struct State {
    /// The language in which Kelisim speaks now.
    pub texts: &'static Texts,
    /// The host of the page.
    pub host: Words,
    /// The page was loaded over https.
    pub secure: bool,
    /// The browser sends a signal against tracking that the owner heeds.
    pub signal: bool,
    /// The visitor's record; in memory too, so that a choice holds for the page where storage is denied.
    pub record: Option<Record>,
    /// The record as JSON, as it is stored; the page may ask for it as often as it likes.
    pub json: Words,
    /// What the record says about today's configuration.
    pub standing: Standing,
    /// What may run.
    pub permissions: Permissions,
    /// The switches as they stand in the open settings; `None` while they are closed.
    pub draft: Option<Choices>,
    /// What the status line says.
    pub status: Option<Text>,
    /// The page asked for the first layer although there is nothing to ask.
    pub recalled: bool,
    /// The latest moment that the core was told.
    pub now: Moment,
    /// The notice in the language whose words came last, hashed before anyone waits for it; at first, of no language.
    pub(super) hashed: Notice,
    /// Proof that the notice was shown in this document.
    pub(super) notice: Option<ShownNotice>,
    /// The first layer was reported to the page.
    pub(super) reported: bool,
    /// Ids of which something has started in this document.
    pub(super) running: &'static [Words],
    /// What waits for the words of the settings, in its order.
    pub(super) waiting: &'static [Event],
}

impl State {
    /// Whether the first layer is there.
    pub fn asks(&self) -> bool {
        self.recalled || !self.standing.asked.is_empty()
    }

    /// Whether something that the visitor or the page wants still waits for words.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Whether something of this id has started in this document.
    #[inline(never)]
    pub fn runs(&self, id: &str) -> bool {
        self.running.iter().any(|running| running.are(id))
    }

    /// The record, while it holds.
    #[inline(never)]
    pub fn holding(&self) -> Option<Record> {
        self.record.filter(|record| record.expires() > self.now)
    }

    /// When what is granted ends: with the record that it rests on, also while something else is asked anew
    /// (requirement V-05).
    #[inline(never)]
    pub fn granted_until(&self) -> Moment {
        self.holding().map_or(self.now, Record::expires)
    }

    /// When a choice made now, or the one that holds, ends.
    #[inline(never)]
    pub fn ends(&self, config: &Config) -> Moment {
        self.holding()
            .filter(|_| self.standing.asked.is_empty())
            .map_or(self.now + i64::from(config.expires_days) * DAY, Record::expires)
    }
}
