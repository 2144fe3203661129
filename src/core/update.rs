//! The heart: what happens, given what holds. `(configuration, state, event) -> effects`, and nothing else.
//!
//! The browser reports events and carries out effects in the order in which they stand here; it decides nothing. The
//! order is a promise of the contract: the record before anything starts, withdrawals before grants, the consent update
//! before vendors, vendors before the page's own scripts, the event last.

use super::catalogue::{Filling, Kind, Step};
use super::config::{Config, Service};
use super::decision::{Choices, Decision, Method, ShownNotice};
use super::gate::Permissions;
use super::json;
use super::notice::dates::Moment;
use super::notice::hash::sha256;
use super::notice::texts::{Text, Texts};
use super::pile::{Pile, appended};
use super::record::{Circumstances, Notice, Record};
use super::standing::standing;
use super::state::State;
use super::value::{Members, NULL, Value, Words};
use super::view::notice_text;

/// A page that loads anew within this time after a decision does so because of it, in ms.
const JUST_NOW: Moment = 15_000;

/// What the page is like when Kelisim starts.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    /// What lies in storage; `null` for nothing.
    pub stored: &'static Value,
    /// The words of the visitor's language.
    pub texts: &'static Texts,
    /// The host of the page.
    pub host: Words,
    /// Now.
    pub now: Moment,
    /// The page was loaded anew by itself, not by a link or by hand from elsewhere.
    pub reloaded: bool,
}

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// A layer with the notice stands in the document.
    Shown,
    /// Somebody decided.
    Act {
        /// What.
        act: Act,
        /// Who.
        origin: Origin,
        /// When, and with what chance.
        at: Circumstances,
        /// Who waits for the outcome.
        reply: Option<Reply>,
    },
    /// The settings are to open or to close; closing decides nothing.
    Settings(bool),
    /// A switch in the settings was turned.
    Switched {
        /// The id of the category or service.
        id: Words,
        /// Its new state.
        on: bool,
    },
    /// Another language was chosen.
    Language(&'static Texts),
    /// The page asks for the first layer.
    Recalled,
    /// An element of the page that waited for this id was started.
    Ran(Words),
}

/// An act of deciding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// Grant everything.
    Accept,
    /// Grant exactly these ids, refuse the rest.
    Only(&'static [Value]),
    /// Refuse everything.
    Reject,
    /// Store the switches as they stand.
    Save,
    /// Take back what was granted.
    Withdraw,
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A control of Kelisim.
    Control,
    /// A call of the page.
    Page,
}

/// Number of a promise that the page holds.
pub type Reply = u32;

/// Something for the browser to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// Keep this record.
    Store(Words),
    /// Bring what is shown in line with the view.
    Draw,
    /// Let the page paint; the rest follows in a task of its own.
    Yield,
    /// Tell Google's consent mode: per consent type, `granted` or `denied`.
    Consent(&'static Value),
    /// Carry out a step: set or remove a service's kill flag, or start one that the visitor granted.
    Step(Step),
    /// Start the page's own elements that are allowed now.
    Activate,
    /// Dispatch a DOM event on `window`: its name after `kelisim:`, its detail as JSON.
    Emit(Words, Words),
    /// Load the page anew, so that what ran no longer does.
    Reload,
    /// Give the focus to the control that stays.
    Focus,
    /// Answer a call of the page: with the record, or with `null`.
    Reply(Reply, bool),
    /// One line on the console: the code of a message and what it is about.
    Complain(Words, Words),
}

/// The state of a document in which Kelisim starts, and what that sets off.
pub fn open(config: &Config, opening: Opening) -> (State, &'static [&'static Effect]) {
    let now = opening.now;
    let record = Record::read(opening.stored, now);
    let standing = standing(config, record, now);
    let mut state = State {
        texts: opening.texts,
        host: opening.host,
        record,
        json: record.map_or(Words::NONE, Record::json),
        permissions: Permissions::of(&standing),
        standing,
        draft: None,
        status: None,
        recalled: false,
        now,
        notice: None,
        reported: false,
        running: &[],
    };
    let mut effects = Pile::new();
    set_flags(config, &state, &mut effects);
    effects.push(&Effect::Draw);
    if let Some(record) = state.holding() {
        if opening.reloaded && now - record.decided() < JUST_NOW {
            // The decision before the reload was the reason for it: its result is told here (WCAG 4.1.3). The status
            // line is there, empty, before it speaks.
            state.status = Some(status(record.text("method"), state.permissions));
            effects.push(&Effect::Draw);
            effects.push(&Effect::Focus);
        }
        effects.push(keep(consent(config, &state)));
        grant(config, &mut state, &mut effects);
    } else {
        // Elements that name an unknown id are reported even where nothing is granted.
        effects.push(&Effect::Activate);
    }
    effects.push(keep(Effect::Emit(Words::at(&"ready"), ready_detail(&state))));
    (state, effects.done())
}

/// Answers an event: changes the state, and says what that sets off.
pub fn update(config: &Config, state: &mut State, event: Event) -> &'static [&'static Effect] {
    let mut effects = Pile::new();
    answer(config, state, event, &mut effects);
    effects.done()
}

fn answer(config: &Config, state: &mut State, event: Event, effects: &mut Pile<&'static Effect>) {
    match event {
        Event::Shown => {
            state.notice = Some(ShownNotice::reported());
            if state.asks() && !state.reported {
                state.reported = true;
                effects.push(&const { Effect::Emit(Words::at(&"shown"), Words::at(&"null")) });
            }
            return;
        }
        Event::Ran(id) => {
            state.running = appended(state.running, id);
            return;
        }
        Event::Act { act, origin, at, reply } => {
            let decided = act_on(config, state, act, origin, at, effects);
            if let Some(reply) = reply {
                effects.push(keep(Effect::Reply(reply, decided)));
            }
            return;
        }
        Event::Settings(open) => {
            state.draft = open.then(|| state.permissions.choices());
            state.status = None;
        }
        Event::Switched { id, on } => {
            if let (Some(draft), Some(index)) = (state.draft, config.index_of(&id)) {
                state.draft = Some(draft.with(config, index, on));
            }
        }
        Event::Language(texts) => state.texts = texts,
        Event::Recalled => state.recalled = !config.is_empty(),
    }
    effects.push(&Effect::Draw);
}

/// Turns an act into a decision, a record and everything that follows; into a complaint when it is not allowed. Whether
/// something was decided.
fn act_on(
    config: &Config,
    state: &mut State,
    act: Act,
    origin: Origin,
    at: Circumstances,
    effects: &mut Pile<&'static Effect>,
) -> bool {
    if config.is_empty() {
        return false;
    }
    match decision(config, state, act, origin) {
        Ok(decision) => enact(config, state, decision, at, effects),
        Err((code, about)) => {
            effects.push(keep(Effect::Complain(code, about)));
            return false;
        }
    }
    true
}

/// The decision that an act makes. A grant needs the notice to have been shown in this document; `Err` holds the code
/// of a message and what it is about.
fn decision(config: &Config, state: &State, act: Act, origin: Origin) -> Result<Decision, (Words, Words)> {
    let (choices, mut method) = match act {
        Act::Reject => (Choices::every(config, false), Method::REJECT),
        Act::Withdraw => (Choices::every(config, false), Method::WITHDRAW),
        Act::Accept => (Choices::every(config, true), Method::ACCEPT),
        Act::Save => (state.draft.unwrap_or(state.permissions.choices()), Method::SAVE),
        Act::Only(ids) => (
            Choices::only(config, ids).map_err(|unknown| (Words::at(&"unknownId"), unknown))?,
            Method::API,
        ),
    };
    if origin == Origin::Page && method != Method::WITHDRAW {
        method = Method::API;
    }
    match state.notice {
        Some(notice) => Ok(Decision::informed(notice, choices, method)),
        None if !choices.any() => Ok(Decision::refusal(config, method)),
        None => Err((Words::at(&"noticeNotShown"), Words::NONE)),
    }
}

/// Carries a decision through: record, layers, withdrawals, grants, event.
fn enact(
    config: &Config,
    state: &mut State,
    decision: Decision,
    at: Circumstances,
    effects: &mut Pile<&'static Effect>,
) {
    let notice = Notice {
        language: state.texts.language(),
        hash: sha256(&notice_text(config, state.texts)),
    };
    let record = Record::new(decision, config, notice, state.record, at);
    let (mut granted, mut withdrawn) = (Pile::new(), Pile::new());
    let mut reload = false;
    for index in 0..config.len() {
        let on = decision.choices().is_on(index);
        if on != state.permissions.choices().is_on(index) {
            let id = config.id(index);
            reload |= !on && state.runs(&id);
            let changed = if on { &mut granted } else { &mut withdrawn };
            changed.push(Value::Text(id.text()));
        }
    }
    let detail = Members::default()
        .value("record", record.value())
        .list("granted", granted)
        .list("withdrawn", withdrawn)
        .text("source", Words::at(&"here"));
    state.now = at.now;
    state.standing = standing(config, Some(record), at.now);
    state.permissions = Permissions::of(&state.standing);
    state.draft = None;
    state.recalled = false;
    state.status = Some(status(decision.method().name(), state.permissions));
    state.record = Some(record);
    state.json = record.json();

    effects.push(keep(Effect::Store(state.json)));
    effects.push(&Effect::Draw);
    effects.push(&Effect::Yield);
    set_flags(config, state, effects);
    effects.push(keep(consent(config, state)));
    if !reload {
        grant(config, state, effects);
    }
    effects.push(keep(Effect::Emit(Words::at(&"decision"), json::text(detail.done()))));
    if reload {
        // What this decision grants starts after the reload, on a page where nothing withdrawn was ever loaded.
        effects.push(&Effect::Reload);
    }
}

/// An effect, to be carried out later.
#[inline(never)]
fn keep(effect: Effect) -> &'static Effect {
    Box::leak(Box::new(effect))
}

/// Starts what is allowed and does not run yet: the vendors, then the page's own elements.
fn grant(config: &Config, state: &mut State, effects: &mut Pile<&'static Effect>) {
    for service in &config.services {
        if state.permissions.allow(config, &service.id) && !state.runs(&service.id) {
            filling(config, state, service).steps("start", &mut |step| effects.push(keep(Effect::Step(step))));
            state.running = appended(state.running, service.id);
            // What a category added to its start runs as well, and ends with that category (requirement M-01).
            for category in &config.categories {
                if service.widened_by(*category) && state.permissions.allow(config, category) {
                    state.running = appended(state.running, *category);
                }
            }
        }
    }
    effects.push(&Effect::Activate);
}

/// What the placeholders in a service's steps stand for now.
fn filling<'a>(config: &'a Config, state: &State, service: &'a Service) -> Filling<'a> {
    Filling {
        config,
        permissions: state.permissions,
        service,
        now: state.now,
        expires: state.ends(config),
    }
}

/// The kill flags of every service: set where it is not granted, removed where it is (requirement M-03).
fn set_flags(config: &Config, state: &State, effects: &mut Pile<&'static Effect>) {
    for service in &config.services {
        let kind = if state.permissions.allow(config, &service.id) {
            Kind::Unflag
        } else {
            Kind::Flag
        };
        filling(config, state, service).flags(kind, &mut |step| effects.push(keep(Effect::Step(step))));
    }
}

/// What Google's consent mode is told: each mapped type, granted when one of its categories is, and nothing where every
/// service of Google's was refused.
fn consent(config: &Config, state: &State) -> Effect {
    let (mut listens, mut refused) = (false, true);
    for service in &config.services {
        if service.speaks_gtag() {
            listens = true;
            refused &= !state.permissions.allow(config, &service.id);
        }
    }
    let mut signals = Members::default();
    for word in &[Words::at(&"granted"), Words::at(&"denied")] {
        for (category, signal) in &config.google_consent {
            let on = state.permissions.choices().is_on(*category) && !(listens && refused);
            if on == word.are("granted") && !signals.has(signal) {
                signals = signals.text(signal.text(), *word);
            }
        }
    }
    Effect::Consent(signals.done())
}

/// What the status line says after a decision by this method, which allows this (WCAG 4.1.3).
fn status(method: Words, permissions: Permissions) -> Text {
    let choices = permissions.choices();
    if method == Method::WITHDRAW.name() {
        Text::StatusWithdrawn
    } else if !choices.any() {
        Text::StatusRejected
    } else if choices.all() {
        Text::StatusAccepted
    } else {
        Text::StatusSaved
    }
}

/// `{record, standing}`, the detail of `kelisim:ready`.
fn ready_detail(state: &State) -> Words {
    let (mut record, mut standing) = (&NULL, Words::at(&"undecided"));
    if let Some(holding) = state.holding() {
        record = holding.value();
        if state.standing.asked.is_empty() {
            standing = Words::at(&"decided");
        } else if state.standing.again {
            standing = Words::at(&"lapsed");
        }
    }
    let detail = Members::default().value("record", record).text("standing", standing);
    json::text(detail.done())
}
