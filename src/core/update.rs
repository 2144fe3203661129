//! The heart: what happens, given what holds. `(configuration, state, event) -> effects`, and nothing else.
//!
//! The browser reports events and carries out effects in the order in which they stand here; it decides nothing. The
//! order is a promise of the contract: the record before anything starts, withdrawals before grants, the consent update
//! before vendors, vendors before the page's own scripts, the event last. A withdrawal stops first, then tells Google,
//! then purges, and loads the page anew at the very end.

use super::catalogue::{Filling, Kind, Step};
use super::config::{Config, Service};
use super::decision::{Choices, Decision, Method, ShownNotice};
use super::gate::Permissions;
use super::json;
use super::notice::dates::{DAY, Moment};
use super::notice::hash::sha256;
use super::notice::texts::{Text, Texts};
use super::pile::{Pile, appended};
use super::record::{Circumstances, Found, Notice, Record, Stored};
use super::standing::{is_covered, standing};
use super::state::State;
use super::value::{Members, NULL, Value, Words};
use super::view::notice_text;

/// A page that loads anew within this time of a decision does so because of it, in ms. Of several decisions in one second
/// the last is a few seconds ahead.
const JUST_NOW: Moment = 15_000;

/// Said where nobody was asked: a page alone grants nothing.
const NOTICE_NOT_SHOWN: Words = Words::at(&"noticeNotShown");

/// What the page is like when Kelisim starts.
#[derive(Clone, Copy, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the page, and none excludes another"
)]
pub struct Opening {
    /// What lies in the browser.
    pub stored: Stored,
    /// The words of the visitor's language.
    pub texts: &'static Texts,
    /// The host of the page.
    pub host: Words,
    /// The page was loaded over https.
    pub secure: bool,
    /// The browser sends Global Privacy Control.
    pub gpc: bool,
    /// The browser sends Do Not Track.
    pub dnt: bool,
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
    /// The words of the settings in a language have come, or did not.
    Fetched {
        /// The language.
        language: Words,
        /// All its words; `None` when they could not be had.
        texts: Option<&'static Texts>,
    },
    /// The page asks for the first layer.
    Recalled,
    /// An element of the page that waited for this id was started.
    Ran(Words),
    /// What lies in the browser changed, or may have: another tab decided, the page came back into view.
    Looked {
        /// What lies there now.
        stored: Stored,
        /// When.
        now: Moment,
        /// The visitor has edited something in a form of this page.
        edited: bool,
    },
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
    /// Grant this id on top of what holds.
    Also(Words),
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
    /// Set this cookie, which shares the choice with the other hosts of the scope.
    Mirror(Words),
    /// Take the layers out of the page.
    Close,
    /// Bring what is shown in line with the view.
    Draw,
    /// Get the words of the settings in this language; [`Event::Fetched`] answers.
    Fetch(Words),
    /// Let the page paint; the rest follows in a task of its own.
    Yield,
    /// Tell Google's consent mode: per consent type, `granted` or `denied`.
    Consent(&'static Value),
    /// Carry out a step: set or remove a service's kill flag, stop a service, or start one that the visitor granted.
    Step(Step),
    /// Remove what is stored by services that are not granted.
    Purge,
    /// Start the page's own elements that are allowed now.
    Activate,
    /// The same for those that were added since: the page changed, and nothing was decided.
    Consider,
    /// Dispatch a DOM event on `window`: its name after `kelisim:`, its detail as JSON.
    Emit(Words, Words),
    /// Send the owner this receipt, and those that wait; `null` for these alone.
    Send(&'static Value),
    /// Load the page anew, so that what ran no longer does.
    Reload,
    /// Answer a call of the page: with the record, or with `null`.
    Reply(Reply, bool),
    /// One line on the console: the code of a message and what it is about.
    Complain(Words, Words),
}

/// The state of a document in which Kelisim starts, and what that sets off.
pub fn open(config: &Config, opening: Opening) -> (State, &'static [&'static Effect]) {
    let now = opening.now;
    let signal = opening.gpc || opening.dnt && config.document.get("signals").get("dnt").is_true();
    let found = Found::of(config, opening.stored, now);
    let record = found.latest;
    let standing = standing(config, record, now, signal);
    let mut state = State {
        texts: opening.texts,
        host: opening.host,
        secure: opening.secure,
        signal,
        record,
        json: record.map_or(Words::NONE, Record::json),
        permissions: Permissions::of(&standing),
        standing,
        draft: None,
        status: None,
        recalled: false,
        now,
        hashed: Notice::default(),
        notice: None,
        reported: false,
        running: &[],
        waiting: &[],
    };
    let mut effects = Pile::new();
    if found.own.is_none() && !opening.stored.record.is_null() {
        effects.push(&const { Effect::Complain(Words::at(&"recordIgnored"), Words::NONE) });
    }
    agree(config, &state, found, &mut effects);
    // What is not granted is stopped and purged before anything starts: identifiers from before Kelisim, of a consent that
    // lapsed, or made anew by a library go here.
    stop(config, &state, &mut effects);
    let all = state.permissions.choices().all();
    if !all {
        effects.push(&Effect::Purge);
    }
    let holding = state.holding();
    if holding.is_some() {
        effects.push(keep(consent(config, &state)));
        grant(config, &mut state, &mut effects);
    } else {
        // Elements that name an unknown id are reported even where nothing is granted.
        effects.push(&Effect::Activate);
    }
    // A page that was granted its scripts does not wait for what is drawn.
    effects.push(&Effect::Draw);
    if all {
        // Nothing goes, and how long a cookie stays can be seen to later: to read them takes a slow browser milliseconds.
        effects.push(&Effect::Purge);
    }
    if state.asks() {
        prepare(state.texts, &mut effects);
    }
    effects.push(keep(Effect::Emit(Words::at(&"ready"), ready_detail(&state))));
    if wants_receipts(config) {
        effects.push(&const { Effect::Send(&Value::Null) });
    }
    if let Some(record) = holding
        && opening.reloaded
        && now - record.decided() < JUST_NOW
    {
        // The decision before the reload was the reason for it: its result is told here (WCAG 4.1.3).
        state.status = Some(status(record.text("method"), state.permissions));
    }
    (state, effects.done())
}

/// Brings what lies in the browser in line with the latest decision: the record here, and the cookie of the scope.
fn agree(config: &Config, state: &State, found: Found, effects: &mut Pile<&'static Effect>) {
    let Some(record) = found.latest else { return };
    if let Some(own) = found.own
        && record.is_mirrored()
        && own.expires() > record.decided()
    {
        // Should the cookie be lost, what was decided here before must not hold again.
        effects.push(keep(Effect::Store(own.ended(record.decided()).json())));
    }
    if !found.is_shared {
        mirror(config, state, record, effects);
    }
}

/// Shares a record with the other hosts of the scope.
#[inline(never)]
fn mirror(config: &Config, state: &State, record: Record, effects: &mut Pile<&'static Effect>) {
    let scope = config.scope();
    // What was decided for one host alone is not for the others.
    let is_theirs = record.text("scope") == scope;
    if !scope.are_none() && is_theirs && state.holding().is_some() {
        effects.push(keep(Effect::Mirror(record.cookie(scope, state.now, state.secure))));
    }
}

/// Has the words of the settings brought while the visitor reads the first layer: a decision is bound to them, and the
/// settings open with them.
#[inline(never)]
fn prepare(texts: &Texts, effects: &mut Pile<&'static Effect>) {
    if !texts.are_whole() {
        effects.push(keep(Effect::Fetch(texts.language())));
    }
}

/// Whether an event has to wait for the words of the settings, in which language. To refuse waits for nothing, and what a
/// page asks for before anything was shown is refused at once.
fn waits(state: &State, event: &Event) -> Option<&'static Texts> {
    let texts = match *event {
        Event::Act {
            act: Act::Reject | Act::Withdraw,
            ..
        } => return None,
        Event::Act { .. } if state.notice.is_none() => return None,
        Event::Act { .. } | Event::Settings(true) => state.texts,
        // Open settings never lose their words, nor does the first layer.
        Event::Language(texts) if state.draft.is_some() || !texts.speak() => texts,
        _ => return None,
    };
    (!texts.are_whole()).then_some(texts)
}

/// Forgets what still waits. What was granted is neither stored nor started: whoever answers again or reads on in another
/// language has changed their mind, and a decision that came meanwhile, here or in another tab, is the later one. Nor do
/// settings open after the answer, or a language come that another one has taken the place of.
#[inline(never)]
fn forget_waiting(state: &mut State, effects: &mut Pile<&'static Effect>) {
    for waiting in core::mem::take(&mut state.waiting) {
        if let Event::Act { reply, .. } = waiting {
            answered(*reply, false, effects);
        }
    }
}

/// Tells whoever waits for the outcome of an act.
#[inline(never)]
fn answered(reply: Option<Reply>, decided: bool, effects: &mut Pile<&'static Effect>) {
    if let Some(reply) = reply {
        effects.push(keep(Effect::Reply(reply, decided)));
    }
}

/// The words of the settings in a language have come, and what waited for them goes on, in its order. Or they did not: there
/// is no notice then, no grant without one, and no settings: whoever wanted those gets the first layer, which refuses.
fn fetched(
    config: &Config,
    state: &mut State,
    language: Words,
    texts: Option<&'static Texts>,
    effects: &mut Pile<&'static Effect>,
) {
    if let Some(texts) = texts
        && state.texts.language() == language
    {
        state.texts = texts;
        state.hashed = hashed(config, texts);
    }
    for event in core::mem::take(&mut state.waiting) {
        match (event, texts) {
            (Event::Language(known), Some(texts)) if known.language() == language => {
                answer(config, state, &Event::Language(texts), effects);
            }
            (event, None) if waits(state, event).is_some_and(|missing| missing.language() == language) => {
                effects.push(&const { Effect::Complain(Words::at(&"noticeUnavailable"), Words::NONE) });
                match event {
                    Event::Act { reply, .. } => answered(*reply, false, effects),
                    // What can be refused without the settings can be taken back without them (requirement W-01).
                    Event::Settings(_) => answer(config, state, &Event::Recalled, effects),
                    _ => {}
                }
            }
            (event, _) => answer(config, state, event, effects),
        }
    }
}

/// Whether the owner asks for receipts.
fn wants_receipts(config: &Config) -> bool {
    !config.document.text("receipts").are_none()
}

/// Answers an event: changes the state, and says what that sets off.
pub fn update(config: &Config, state: &mut State, event: &Event) -> &'static [&'static Effect] {
    let mut effects = Pile::new();
    answer(config, state, event, &mut effects);
    effects.done()
}

fn answer(config: &Config, state: &mut State, event: &Event, effects: &mut Pile<&'static Effect>) {
    if let Some(texts) = waits(state, event) {
        // What is allowed besides takes nothing back.
        if !matches!(event, Event::Settings(_) | Event::Act { act: Act::Also(_), .. }) {
            forget_waiting(state, effects);
        }
        state.waiting = appended(state.waiting, *event);
        return prepare(texts, effects);
    }
    match *event {
        Event::Shown => {
            state.notice = Some(ShownNotice::reported());
            if state.asks() && !state.reported {
                state.reported = true;
                effects.push(&const { Effect::Emit(Words::at(&"shown"), Words::at(&"null")) });
            }
            return;
        }
        Event::Ran(id) => {
            if !state.runs(&id) {
                state.running = appended(state.running, id);
            }
            return;
        }
        Event::Act { act, origin, at, reply } => {
            let decided = act_on(config, state, act, origin, at, effects);
            return answered(reply, decided, effects);
        }
        Event::Looked { stored, now, edited } => return look(config, state, stored, now, edited, effects),
        Event::Fetched { language, texts } => return fetched(config, state, language, texts, effects),
        Event::Settings(open) => {
            // Open settings that are opened once more stay as the visitor has left them.
            state.draft = open.then(|| state.draft.unwrap_or(state.permissions.choices()));
            state.status = None;
        }
        Event::Switched { id, on } => {
            if let (Some(draft), Some(index)) = (state.draft, config.index_of(&id)) {
                state.draft = Some(draft.with(config, index, on));
            }
        }
        Event::Language(texts) => {
            state.texts = texts;
            forget_waiting(state, effects);
            if state.asks() {
                prepare(texts, effects);
            }
        }
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
        Act::Also(id) => match config.index_of(&id) {
            Some(index) => (state.permissions.choices().with(config, index, true), Method::SAVE),
            None => return Err((Words::at(&"unknownId"), id)),
        },
        Act::Only(ids) => (
            Choices::only(config, ids).map_err(|unknown| (Words::at(&"unknownId"), unknown))?,
            Method::API,
        ),
    };
    if origin == Origin::Page && method != Method::WITHDRAW {
        method = Method::API;
    }
    // While a signal answers, only the visitor says otherwise (requirement S-01).
    let overrules = |index: usize| choices.is_on(index) && is_covered(config, index);
    if origin == Origin::Page && state.standing.by_signal && (0..config.len()).any(overrules) {
        return Err((NOTICE_NOT_SHOWN, Words::NONE));
    }
    match state.notice {
        Some(notice) => Ok(Decision::informed(notice, choices, method)),
        None if !choices.any() => Ok(Decision::refusal(config, method)),
        None => Err((NOTICE_NOT_SHOWN, Words::NONE)),
    }
}

/// Carries a decision through: record, layers, withdrawals, grants, event, receipt.
fn enact(
    config: &Config,
    state: &mut State,
    decision: Decision,
    at: Circumstances,
    effects: &mut Pile<&'static Effect>,
) {
    let mut notice = state.hashed;
    if notice.language != state.texts.language() {
        notice = hashed(config, state.texts);
    }
    let before = state.record;
    let record = Record::new(decision, config, notice, before, at);
    let change = adopt(config, state, record, at.now, effects);
    state.draft = None;
    state.status = Some(status(decision.method().name(), state.permissions));

    effects.push(keep(Effect::Store(state.json)));
    mirror(config, state, record, effects);
    // The next frame is the visitor's answer, and to take away is quicker than to draw.
    effects.push(&Effect::Close);
    effects.push(&Effect::Yield);
    effects.push(&Effect::Draw);
    follow(config, state, change, Words::at(&"here"), effects);
    if wants_receipts(config) {
        let withdraws = before.map_or(Words::NONE, |before| before.text("code"));
        let withdraws = if change.withdrawn.items().is_empty() {
            Words::NONE
        } else {
            withdraws
        };
        effects.push(keep(Effect::Send(record.receipt(withdraws))));
    }
    if change.reloads {
        // What this decision grants starts after the reload, on a page where nothing withdrawn was ever loaded.
        effects.push(&Effect::Reload);
    }
}

/// The notice in a language. Its hash takes some milliseconds, so it is made as soon as the words have come, and nobody
/// who presses a control waits for it.
fn hashed(config: &Config, texts: &Texts) -> Notice {
    Notice {
        language: texts.language(),
        hash: sha256(&notice_text(config, texts)),
    }
}

/// Looks at what lies in the browser again, and follows a decision that was made elsewhere, or the end of a consent that
/// was still running when the page began (requirement V-03).
fn look(
    config: &Config,
    state: &mut State,
    stored: Stored,
    now: Moment,
    edited: bool,
    effects: &mut Pile<&'static Effect>,
) {
    let found = Found::of(config, stored, now);
    let news = found.latest.filter(|record| record.json() != state.json);
    let over = state
        .record
        .filter(|own| own.expires() <= now && state.permissions.choices().any());
    let Some(record) = news.or(over) else {
        return;
    };
    if let Some(own) = state.record
        && own.overrides(record)
        && own.decided() <= now + DAY
    {
        // Both tabs decided at once; the other one reads this and follows.
        if !own.is_mirrored() {
            effects.push(keep(Effect::Store(state.json)));
        }
        return;
    }
    let change = adopt(config, state, record, now, effects);
    agree(config, state, found, effects);
    effects.push(&Effect::Draw);
    let source: &&str = if news.is_none() { &"here" } else { &"tab" };
    follow(config, state, change, Words::at(source), effects);
    // Nobody loses what they were writing: what was stopped stays stopped until they go on.
    if change.reloads && !edited {
        effects.push(&Effect::Reload);
    }
}

/// What a record changed in this document.
#[derive(Clone, Copy)]
struct Change {
    granted: &'static Value,
    withdrawn: &'static Value,
    /// Something that was withdrawn runs here, and only loading the page anew ends it.
    reloads: bool,
}

/// Lets a record hold in this document.
#[inline(never)]
fn adopt(
    config: &Config,
    state: &mut State,
    record: Record,
    now: Moment,
    effects: &mut Pile<&'static Effect>,
) -> Change {
    forget_waiting(state, effects);
    let before = state.permissions.choices();
    state.now = now;
    state.standing = standing(config, Some(record), now, state.signal);
    state.permissions = Permissions::of(&state.standing);
    state.recalled = false;
    state.record = Some(record);
    state.json = record.json();
    let (mut granted, mut withdrawn) = (Pile::new(), Pile::new());
    let mut reloads = false;
    for index in 0..config.len() {
        let on = state.permissions.choices().is_on(index);
        if on != before.is_on(index) {
            let id = config.id(index);
            reloads |= !on && state.runs(&id);
            let changed = if on { &mut granted } else { &mut withdrawn };
            changed.push(Value::Text(id.text()));
        }
    }
    Change {
        granted: Value::of_items(granted),
        withdrawn: Value::of_items(withdrawn),
        reloads: reloads && !config.stays(),
    }
}

/// What follows from a record that holds since now: withdrawals, grants, the event.
#[inline(never)]
fn follow(config: &Config, state: &mut State, change: Change, source: Words, effects: &mut Pile<&'static Effect>) {
    stop(config, state, effects);
    effects.push(keep(consent(config, state)));
    effects.push(&Effect::Purge);
    if !change.reloads {
        grant(config, state, effects);
    }
    let detail = Members::default()
        .value("record", state.record.map_or(&NULL, Record::value))
        .value("granted", change.granted)
        .value("withdrawn", change.withdrawn)
        .text("source", source);
    effects.push(keep(Effect::Emit(Words::at(&"decision"), json::text(detail.done()))));
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
        expires: state.granted_until(),
    }
}

/// Stops every service that is not granted, and sets its kill flags; those of the others are removed (requirements W-03,
/// M-03). A page may have called it, or loaded it, before Kelisim: what it calls is dropped from now on.
#[inline(never)]
fn stop(config: &Config, state: &State, effects: &mut Pile<&'static Effect>) {
    for service in &config.services {
        let filling = filling(config, state, service);
        let mut push = |step| effects.push(keep(Effect::Step(step)));
        let mut kind = Kind::Unflag;
        // What a category added to its start ends with that category: nothing else can take it back in this document.
        let narrowed = |category: &Words| {
            service.widened_by(*category) && state.runs(category) && !state.permissions.allow(config, category)
        };
        if !state.permissions.allow(config, &service.id) || config.categories.iter().any(narrowed) {
            filling.steps("stop", &mut push);
            kind = Kind::Flag;
        }
        filling.flags(kind, &mut push);
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
