//! The heart: what happens, given what holds. `(configuration, state, event) -> (state, effects)`, and nothing else.
//!
//! The browser reports events and carries out effects in the order in which they stand here; it decides nothing. The
//! order is a promise of the contract: the record before anything starts, withdrawals before grants, the consent update
//! before vendors, vendors before the page's own scripts, the event last.

use super::catalogue::{self, Filling, Step};
use super::config::{Config, Service};
use super::decision::{Choices, Decision, Method, ShownNotice, Switch};
use super::gate::Permissions;
use super::notice::dates::{DAY, Moment};
use super::notice::texts::{Text, Texts};
use super::record::{Circumstances, Record, quoted};
use super::standing::{Standing, standing};
use super::value::Value;

/// What holds in this document.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The language in which Kelisim speaks now.
    pub texts: Texts,
    /// The host of the page, for the notice.
    pub host: String,
    /// The visitor's record; in memory too, so that a choice holds for the page where storage is denied.
    pub record: Option<Record>,
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
    /// Proof that the notice was shown in this document.
    notice: Option<ShownNotice>,
    /// The first layer was reported to the page.
    reported: bool,
    /// Ids of which something has started in this document.
    running: Vec<String>,
}

impl State {
    /// Whether the first layer is there.
    pub fn asks(&self) -> bool {
        self.recalled || !self.standing.asked.is_empty()
    }

    /// The record, while it holds.
    pub fn holding(&self) -> Option<&Record> {
        self.record.as_ref().filter(|record| record.expires > self.now)
    }

    /// When a choice made now, or the one that holds, ends.
    pub fn ends(&self, config: &Config) -> Moment {
        self.holding()
            .filter(|_| self.standing.asked.is_empty())
            .map_or(self.now + i64::from(config.expires_days) * DAY, |record| record.expires)
    }
}

/// What the page is like when Kelisim starts.
pub struct Opening {
    /// What lies in storage.
    pub stored: Option<Value>,
    /// The words of the visitor's language.
    pub texts: Texts,
    /// The host of the page.
    pub host: String,
    /// Now.
    pub now: Moment,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
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
        id: String,
        /// Its new state.
        on: bool,
    },
    /// Another language was chosen.
    Language(Texts),
    /// The page asks for the first layer.
    Recalled,
    /// An element of the page that waited for this id was started.
    Ran(String),
}

/// An act of deciding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Grant everything.
    Accept,
    /// Grant exactly these ids, refuse the rest.
    Only(Vec<String>),
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
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Keep this record.
    Store(String),
    /// Bring what is shown in line with the view.
    Draw,
    /// Let the page paint; the rest follows in a task of its own.
    Yield,
    /// Tell Google's consent mode: consent type, granted.
    Consent(Vec<(String, bool)>),
    /// Set or remove kill flags; starts nothing.
    Flags(Vec<Step>),
    /// Carry out the steps that start a service which the visitor granted.
    Start(Vec<Step>),
    /// Start the page's own elements that are allowed now.
    Activate,
    /// Dispatch a DOM event on `window`: its name after `kelisim:`, its detail as JSON.
    Emit(&'static str, String),
    /// Load the page anew, so that what ran no longer does.
    Reload,
    /// Answer a call of the page: with the record, or with `null`.
    Reply(Reply, bool),
    /// One line on the console: the code of a message and what it is about.
    Complain(&'static str, String),
}

/// The state of a document in which Kelisim starts, and what that sets off.
pub fn open(config: &Config, opening: Opening) -> (State, Vec<Effect>) {
    let Opening {
        stored,
        texts,
        host,
        now,
    } = opening;
    let record = stored.as_ref().and_then(|stored| Record::read(stored, now));
    let permissions = record
        .as_ref()
        .map(|record| Permissions::of(record, config, now))
        .unwrap_or_default();
    let standing = standing(config, record.as_ref(), now);
    let mut state = State {
        texts,
        host,
        record,
        standing,
        permissions,
        draft: None,
        status: None,
        recalled: false,
        now,
        notice: None,
        reported: false,
        running: Vec::new(),
    };
    let mut effects = vec![Effect::Flags(every_flag(config, &state)), Effect::Draw];
    if state.holding().is_some() {
        effects.push(consent(config, &state));
        effects.extend(grant(config, &mut state));
    }
    effects.push(Effect::Emit("ready", ready_detail(&state)));
    (state, effects)
}

/// What an event makes of the state, and what it sets off.
pub fn update(config: &Config, mut state: State, event: Event) -> (State, Vec<Effect>) {
    let effects = match event {
        Event::Shown => shown(&mut state),
        Event::Act { act, origin, at, reply } => {
            let mut effects = decide(config, &mut state, act, origin, at);
            if let Some(reply) = reply {
                let decided = effects.iter().any(|effect| matches!(effect, Effect::Store(_)));
                effects.push(Effect::Reply(reply, decided));
            }
            effects
        }
        Event::Settings(open) => {
            state.draft = open
                .then(|| state.permissions.choices().clone())
                .map(|choices| sized(config, choices));
            vec![Effect::Draw]
        }
        Event::Switched { id, on } => {
            if let (Some(draft), Some(switch)) = (&mut state.draft, Switch::of(config, &id)) {
                draft.set(config, switch, on);
            }
            vec![Effect::Draw]
        }
        Event::Language(texts) => {
            state.texts = texts;
            vec![Effect::Draw]
        }
        Event::Recalled => {
            state.recalled = !config.categories.is_empty();
            vec![Effect::Draw]
        }
        Event::Ran(id) => {
            state.running.push(id);
            Vec::new()
        }
    };
    (state, effects)
}

/// Choices that nobody made yet have no entries; a draft has one for every switch.
fn sized(config: &Config, choices: Choices) -> Choices {
    if choices.any() { choices } else { Choices::none(config) }
}

/// The notice stands before the visitor: from now on a decision can be made from it.
fn shown(state: &mut State) -> Vec<Effect> {
    state.notice = Some(ShownNotice::reported());
    if state.reported || !state.asks() {
        return Vec::new();
    }
    state.reported = true;
    vec![Effect::Emit("shown", String::from("null"))]
}

/// Turns an act into a decision, a record and everything that follows; into a complaint when it is not allowed.
fn decide(config: &Config, state: &mut State, act: Act, origin: Origin, at: Circumstances) -> Vec<Effect> {
    if config.categories.is_empty() {
        return Vec::new();
    }
    match decision(config, state, act, origin) {
        Ok(decision) => enact(config, state, &decision, at),
        Err((code, about)) => vec![Effect::Complain(code, about)],
    }
}

/// The decision that an act makes. A grant needs the notice to have been shown in this document; `Err` holds the code
/// of a message and what it is about.
fn decision(config: &Config, state: &State, act: Act, origin: Origin) -> Result<Decision, (&'static str, String)> {
    let method = |control| if origin == Origin::Page { Method::Api } else { control };
    let (choices, method) = match act {
        Act::Reject => return Ok(Decision::refusal(config, method(Method::Reject))),
        Act::Withdraw => return Ok(Decision::refusal(config, Method::Withdraw)),
        Act::Accept => (Choices::all(config), method(Method::Accept)),
        Act::Save => (
            state
                .draft
                .clone()
                .unwrap_or_else(|| sized(config, state.permissions.choices().clone())),
            method(Method::Save),
        ),
        Act::Only(ids) => match Choices::only(config, &ids) {
            Ok(choices) => (choices, Method::Api),
            Err(unknown) => return Err(("unknownId", String::from(unknown))),
        },
    };
    match &state.notice {
        Some(notice) => Ok(Decision::informed(notice, choices, method)),
        None if !choices.any() => Ok(Decision::refusal(config, method)),
        None => Err(("noticeNotShown", String::new())),
    }
}

/// Carries a decision through: record, layers, withdrawals, grants, event.
fn enact(config: &Config, state: &mut State, decision: &Decision, at: Circumstances) -> Vec<Effect> {
    let before = state.permissions.choices().clone();
    let record = Record::new(decision, config, &state.texts, state.record.as_ref(), at);
    state.now = at.now;
    state.permissions = Permissions::of(&record, config, at.now);
    state.standing = standing(config, Some(&record), at.now);
    state.draft = None;
    state.recalled = false;
    state.status = Some(status(config, decision));
    let granted = decision.choices().beyond(&before, config);
    let withdrawn = before.beyond(decision.choices(), config);
    let text = record.text();
    let detail = decision_detail(&text, &granted, &withdrawn);
    state.record = Some(record);

    let mut effects = vec![Effect::Store(text), Effect::Draw, Effect::Yield];
    effects.extend([Effect::Flags(every_flag(config, state)), consent(config, state)]);
    if withdrawn.iter().any(|id| state.running.contains(id)) {
        // What this decision grants starts after the reload, on a page where nothing withdrawn was ever loaded.
        effects.extend([Effect::Emit("decision", detail), Effect::Reload]);
    } else {
        effects.extend(grant(config, state));
        effects.push(Effect::Emit("decision", detail));
    }
    effects
}

/// Starts what is allowed and does not run yet: the vendors, then the page's own elements.
fn grant(config: &Config, state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (index, service) in config.services.iter().enumerate() {
        if state.permissions.service(index) && !state.running.contains(&service.id) {
            state.running.push(service.id.clone());
            let steps = catalogue::steps(&service.start, &filling(config, state, service));
            effects.push(Effect::Start(steps));
        }
    }
    effects.push(Effect::Activate);
    effects
}

/// What the placeholders in a service's steps stand for now.
fn filling<'a>(config: &'a Config, state: &'a State, service: &'a Service) -> Filling<'a> {
    Filling {
        config,
        permissions: &state.permissions,
        service,
        now: state.now,
        expires: state.ends(config),
    }
}

/// The kill flags of every service: set where it is not granted, removed where it is (requirement M-03).
fn every_flag(config: &Config, state: &State) -> Vec<Step> {
    let flags = |(index, service)| {
        let step = if state.permissions.service(index) {
            Step::Unflag
        } else {
            Step::Flag
        };
        catalogue::flags(&filling(config, state, service)).into_iter().map(step)
    };
    config.services.iter().enumerate().flat_map(flags).collect()
}

/// What Google's consent mode is told: each mapped type, granted when one of its categories is.
fn consent(config: &Config, state: &State) -> Effect {
    let mut signals: Vec<(String, bool)> = Vec::new();
    for (category, signal) in &config.google_consent {
        let granted = state.permissions.choices().category(*category);
        match signals.iter_mut().find(|(known, _)| known == signal) {
            Some((_, state)) => *state |= granted,
            None => signals.push((signal.clone(), granted)),
        }
    }
    Effect::Consent(signals)
}

/// What the status line says after a decision (WCAG 4.1.3).
fn status(config: &Config, decision: &Decision) -> Text {
    match decision.method() {
        Method::Withdraw => Text::StatusWithdrawn,
        _ if !decision.choices().any() => Text::StatusRejected,
        _ if *decision.choices() == Choices::all(config) => Text::StatusAccepted,
        _ => Text::StatusSaved,
    }
}

/// `{record, standing}`, the detail of `kelisim:ready`.
fn ready_detail(state: &State) -> String {
    let standing = match (state.holding(), state.standing.asked.is_empty(), state.standing.again) {
        (_, true, _) => "decided",
        (Some(_), false, true) => "lapsed",
        _ => "undecided",
    };
    let mut json = String::from("{\"record\":");
    json.push_str(&state.holding().map_or_else(|| String::from("null"), Record::text));
    json.push_str(",\"standing\":\"");
    json.push_str(standing);
    json.push_str("\"}");
    json
}

/// `{record, granted, withdrawn, source}`, the detail of `kelisim:decision`.
fn decision_detail(record: &str, granted: &[String], withdrawn: &[String]) -> String {
    let mut json = String::from("{\"record\":");
    json.push_str(record);
    for (key, ids) in [(",\"granted\":[", granted), ("],\"withdrawn\":[", withdrawn)] {
        json.push_str(key);
        for (index, id) in ids.iter().enumerate() {
            if index > 0 {
                json.push(',');
            }
            json.push_str(&quoted(id));
        }
    }
    json.push_str("],\"source\":\"here\"}");
    json
}
