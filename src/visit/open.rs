//! The state of a document in which Kelisim starts, and what that sets off.

use kelisim_site::Site;

use super::effect::{Complaint, Effect, Outcome};
use super::follow::{PutOff, start, stop, update_consent};
use super::look::agree;
use super::notification::{Notification, ReadyStanding};
use super::settings::SettingsFile;
use super::state::{Handover, Notice, Page, State};
use super::update::ask;
use crate::consent::{Found, Kept, LanguageId, Record, Stored, Timestamp, standing};

/// A page that loads anew within this time of a decision does so because of it, in seconds. Of several decisions in one second
/// the last is a few seconds ahead.
const JUST_NOW: i64 = 15;

/// Signals against tracking that the browser sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrowserSignals {
    /// Global Privacy Control.
    pub gpc: bool,
    /// Do Not Track.
    pub dnt: bool,
}

/// What the page is like when Kelisim starts. It does not while a page is prerendering: nothing starts there, and what lies in
/// the browser may be another decision by the time that somebody sees it.
#[derive(Clone, Debug)]
pub struct Opening {
    /// What lies in the browser.
    pub stored: Stored,
    /// The language to begin with.
    pub language: LanguageId,
    /// Its settings' file, which the loader may have brought.
    pub settings: SettingsFile,
    /// The page.
    pub page: Page,
    /// What the browser sends.
    pub signals: BrowserSignals,
    /// Now.
    pub now: Timestamp,
    /// The page was loaded anew by itself, not by a link or by hand from elsewhere.
    pub reloaded: bool,
    /// The visitor pressed on a first layer that the loader had to take away: that counts for nothing, and is said.
    pub pressed_in_vain: bool,
}

/// Opens a document. At every start what is not granted is stopped and purged before anything begins: identifiers from before
/// Kelisim, of a consent that lapsed, or made anew by a library go here (requirement W-03).
pub fn open(site: &Site, opening: Opening) -> (State, Vec<Effect>) {
    let mut effects = Vec::new();
    if opening.stored.kept == Kept::Invalid {
        effects.push(Effect::Complain(Complaint::RecordIgnored));
    }
    let (reloaded, pressed_in_vain) = (opening.reloaded, opening.pressed_in_vain);
    let (mut state, found) = state(site, opening);
    agree(site, &state, &found, &mut effects);
    begin(site, &mut state, &mut effects);
    effects.push(Effect::Dispatch(ready(&state)));
    if site.receipts.is_some() {
        effects.push(Effect::RetryReceipts);
    }
    if reloaded {
        announce_what_led_here(&mut state, &mut effects);
    }
    if pressed_in_vain && state.status.is_none() {
        tell(&mut state, Outcome::Unavailable, &mut effects);
    }
    (state, effects)
}

fn state(site: &Site, opening: Opening) -> (State, Found) {
    let found = Found::of(site, opening.stored);
    let record = found.latest.clone();
    let BrowserSignals { gpc, dnt } = opening.signals;
    let signal = gpc || dnt && site.signals.do_not_track;
    let state = State {
        page: opening.page,
        language: opening.language,
        standing: standing(site, record.as_ref(), opening.now, signal),
        record,
        draft: None,
        status: None,
        now: opening.now,
        signal,
        recalled: false,
        notice: Notice::Unseen,
        handover: Handover::Awaited,
        running: Vec::new(),
        files: vec![(opening.language, opening.settings)],
        waiting: Vec::new(),
        put_off: PutOff::default(),
    };
    (state, found)
}

fn begin(site: &Site, state: &mut State, effects: &mut Vec<Effect>) {
    stop(site, state, effects);
    let are_all = state.permissions().are_all();
    if !are_all {
        effects.push(Effect::Purge);
    }
    if state.holding().is_some() {
        update_consent(site, state, effects);
        start(site, state, effects);
    } else {
        // Elements that name an unknown id are reported even where nothing is granted.
        effects.push(Effect::ActivateElements);
    }
    // A page that was granted its scripts does not wait for what is drawn.
    effects.push(Effect::FillPlaces);
    if are_all {
        // Nothing goes, and how long a cookie stays can be seen to later: to read them takes a slow browser milliseconds.
        effects.push(Effect::Purge);
    }
    ask(site, state, effects);
}

fn ready(state: &State) -> Notification {
    let record = state.holding().cloned().map(Box::new);
    let standing = if record.is_some() && !state.has_to_ask() {
        ReadyStanding::Decided
    } else if record.is_some() && state.standing.again {
        ReadyStanding::Lapsed
    } else {
        ReadyStanding::Undecided
    };
    Notification::Ready { record, standing }
}

/// The decision before a reload was the reason for it: its result is told here, and the focus was lost with the page.
fn announce_what_led_here(state: &mut State, effects: &mut Vec<Effect>) {
    let is_recent = |record: &&Record| record.decided().seconds_until(state.now) < JUST_NOW;
    let Some(method) = state.holding().filter(is_recent).map(Record::method) else {
        return;
    };
    let outcome = Outcome::of(method, state.permissions());
    tell(state, outcome, effects);
    effects.push(Effect::FocusReopen);
}

/// Has the status line say something.
pub(super) fn tell(state: &mut State, outcome: Outcome, effects: &mut Vec<Effect>) {
    state.status = Some(outcome);
    effects.push(Effect::Announce(outcome));
}
