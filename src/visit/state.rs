//! What holds in one document, from one event to the next. [`super::update`] alone changes it; the page shows it.

use kelisim_site::Site;

use super::effect::{Effect, Outcome};
use super::follow::PutOff;
use super::settings::{SettingsFile, Wish};
use crate::consent::{Choices, Days, Id, LanguageId, Permissions, Record, ShownNotice, Standing, Timestamp};

/// What the document says of itself, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The host of the page.
    pub host: String,
    /// It was loaded over https.
    pub secure: bool,
}

/// What was reported of the notice in this document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// Nothing: nobody can have read it, and nothing is granted (requirement G-05).
    Unseen,
    /// It stands in the page, or a placeholder does.
    Shown,
    /// It stands in the page, and the page has heard of its first layer.
    Told,
}

/// What became of the visitor's press on a layer that was there before the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Handover {
    /// It may come.
    Awaited,
    /// It has come: another one counts for nothing.
    Done,
}

/// What holds in this document.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The page.
    pub(super) page: Page,
    /// The language in which Kelisim speaks.
    pub(super) language: LanguageId,
    /// The visitor's record; in memory too, so that a choice holds for the page where storage is denied.
    pub(super) record: Option<Record>,
    /// What the record says of today's site.
    pub(super) standing: Standing,
    /// The switches as they stand in the open settings; `None` while they are closed.
    pub(super) draft: Option<Choices>,
    /// What the status line says.
    pub(super) status: Option<Outcome>,
    /// The latest moment that `visit` was told.
    pub(super) now: Timestamp,
    /// The browser sends a signal against tracking that the owner heeds.
    pub(super) signal: bool,
    /// The page asked for the first layer although there is nothing to ask.
    pub(super) recalled: bool,
    /// What was reported of the notice.
    pub(super) notice: Notice,
    /// The loader's press.
    pub(super) handover: Handover,
    /// Of what something has started in this document.
    pub(super) running: Vec<Id>,
    /// The settings' files, by the languages that were asked for.
    pub(super) files: Vec<(LanguageId, SettingsFile)>,
    /// What waits for one of them, in its order.
    pub(super) waiting: Vec<Wish>,
    /// What follows from decisions when the page has painted.
    pub(super) put_off: PutOff,
}

impl State {
    /// The page.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The language in which Kelisim speaks.
    pub fn language(&self) -> LanguageId {
        self.language
    }

    /// The visitor's record, also one that has ended.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// What the record says of today's site.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The switches as they stand in the open settings; `None` while they are closed.
    pub fn draft(&self) -> Option<&Choices> {
        self.draft.as_ref()
    }

    /// What the status line says.
    pub fn status(&self) -> Option<Outcome> {
        self.status
    }

    /// What may run.
    pub fn permissions(&self) -> &Permissions {
        self.standing.permissions()
    }

    /// Whether the first layer is there.
    pub fn asks(&self) -> bool {
        self.recalled || self.has_to_ask() && self.is_readable()
    }

    /// Whether something has to be asked, as soon as it can be read.
    pub fn has_to_ask(&self) -> bool {
        !self.standing.asked.is_empty()
    }

    /// Whether something that the visitor or the page wants still waits for a settings' file.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Whether something of this id has started in this document.
    pub fn runs(&self, id: Id) -> bool {
        self.running.contains(&id)
    }

    /// The record, while it holds.
    pub fn holding(&self) -> Option<&Record> {
        self.record.as_ref().filter(|record| record.expires() > self.now)
    }

    /// For how many seconds what is granted still is: with the record that it rests on, also while something else is asked
    /// anew (requirement V-05).
    pub fn seconds_left(&self) -> u64 {
        let left = self
            .holding()
            .map_or(0, |record| self.now.seconds_until(record.expires()));
        u64::try_from(left).unwrap_or_default()
    }

    /// When a choice made now, or the one that holds, ends (requirement I-03).
    pub fn ends(&self, site: &Site) -> Timestamp {
        let answered = self.holding().filter(|_| !self.has_to_ask());
        answered.map_or(self.now.plus(Days(site.expires_days)), Record::expires)
    }

    /// What the first layer lists: what is asked, or everything where the page recalls it.
    pub fn listed(&self, site: &Site) -> Vec<Id> {
        if self.has_to_ask() {
            self.standing.asked.clone()
        } else {
            Id::all(site).collect()
        }
    }

    /// Proof that the visitor can have read the notice, as a whole and in this language.
    pub(super) fn informed(&self) -> Option<ShownNotice> {
        (self.is_shown() && self.is_readable()).then(ShownNotice::reported)
    }

    pub(super) fn is_shown(&self) -> bool {
        self.notice != Notice::Unseen
    }

    pub(super) fn is_readable(&self) -> bool {
        self.file(self.language) == SettingsFile::Here
    }

    pub(super) fn file(&self, language: LanguageId) -> SettingsFile {
        let known = self.files.iter().find(|(known, _)| *known == language);
        known.map_or(SettingsFile::Absent, |(_, file)| *file)
    }

    pub(super) fn set_file(&mut self, language: LanguageId, file: SettingsFile) {
        self.files.retain(|(known, _)| *known != language);
        self.files.push((language, file));
    }

    pub(super) fn started(&mut self, id: Id) {
        if !self.runs(id) {
            self.running.push(id);
        }
    }

    pub(super) fn first_layer(&self, site: &Site) -> Effect {
        Effect::ShowFirstLayer {
            asked: self.listed(site),
        }
    }
}
