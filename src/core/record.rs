//! A decision bound to the notice that was shown: what lies in `localStorage["kelisim"]`, and what counts as such.
//!
//! A record is JSON that is written in one way only and read strictly: whatever a browser, an older version or a
//! stranger put there either is a whole valid record or is no decision at all. The visitor's record holds no address,
//! user agent, URL or referrer (requirement R-01), and a refusal holds no identifier.

use super::config::Config;
use super::decision::{Decision, method_agrees};
use super::json;
use super::letters::{first, halves, same, split};
use super::notice::dates::{DAY, Moment, SECOND, moment, reckoned, stamp};
use super::notice::{category_terms, service_terms, short};
use super::pile::Pile;
use super::value::{Members, NULL, Value, Words, Writer};

/// The longest a decision may hold, in days (requirement V-01).
const LONGEST_TERM: i64 = 1095;
/// Entries kept in the history.
const LONGEST_HISTORY: usize = 20;
/// Bytes that a record may take.
const LARGEST_RECORD: usize = 8 * 1024;
/// Crockford's base 32, without the letters that are mistaken for digits.
const CODE_DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The keys of a record in their order, and the kind of each: `n`umber, `t`ext, `a`nswers by id, `m`embers that are
/// texts, `l`ist of objects. In capitals those that are there only when they have something to say.
const SHAPE: &str = "schema:n decided:t expires:t method:t categories:a services:a language:t policy:t notice:t \
terms:m scope:T operator:t history:l code:T check:t ";

/// A visitor's decision as it is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record(&'static Value);

/// The notice from which a decision was made.
#[derive(Clone, Copy, Debug)]
pub struct Notice {
    /// BCP 47 tag of its language.
    pub language: Words,
    /// SHA-256 of the notice as text, in lowercase hex.
    pub hash: Words,
}

/// What the core takes from outside at a decision: the clock and chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circumstances {
    /// Now.
    pub now: Moment,
    /// At least 40 random bits, used only when something is granted.
    pub random: u64,
}

impl Record {
    /// Binds a decision to the notice, the moment and what came before it.
    pub fn new(
        decision: Decision,
        config: &Config,
        notice: Notice,
        before: Option<Record>,
        at: Circumstances,
    ) -> Record {
        let mut history = before.map_or(&NULL, Record::history_with_itself);
        loop {
            let record = Record(written(decision, config, notice, at, history));
            let entries = history.items().len();
            if entries == 0 || (entries <= LONGEST_HISTORY && record.json().len() <= LARGEST_RECORD) {
                return record;
            }
            history = shorter(history.items());
        }
    }

    /// The history for the next record: this one's, and this one.
    fn history_with_itself(self) -> &'static Value {
        let mut entry = Members::default();
        for key in &ENTRY {
            entry = entry.text(key, self.text(key));
        }
        let mut granted = Pile::new();
        self.answers(&mut |id, answer| {
            if answer {
                granted.push(Value::Text(id));
            }
        });
        let mut history = Pile::of(self.0.list("history"));
        history.push(*entry.list("granted", granted).done());
        Value::of_items(history)
    }

    /// Reads what was stored. `None`, which means undecided, unless the schema is closed and known, the method agrees
    /// with the ids, the code is there exactly when something is granted, `decided` is at most 24 h ahead of `now`, the
    /// term is at most 1095 days, and the check holds (requirement G-09).
    pub fn read(stored: &'static Value, now: Moment) -> Option<Record> {
        let decided = moment(stored.text("decided"))?;
        let term = moment(stored.text("expires"))? - decided;
        let record = Record(stored);
        let mut granted = false;
        record.answers(&mut |_, answer| granted |= answer);
        let valid = has_shape(stored)
            && matches!(stored.get("schema"), Value::Number(1.0))
            && method_agrees(record.text("method"), granted)
            && record.text("code").are_none() != granted
            && decided <= now + DAY
            && (0..=LONGEST_TERM * DAY).contains(&term)
            && is_sealed(stored);
        valid.then_some(record)
    }

    /// The record as it is stored.
    #[inline(never)]
    pub fn json(self) -> Words {
        json::text(self.0)
    }

    /// The record as a value.
    pub fn value(self) -> &'static Value {
        self.0
    }

    /// When it was made; whole seconds.
    pub fn decided(self) -> Moment {
        self.moment("decided")
    }

    /// When it ends.
    #[inline(never)]
    pub fn expires(self) -> Moment {
        self.moment("expires")
    }

    /// A moment that was read or written before.
    fn moment(self, key: &str) -> Moment {
        reckoned(&self.text(key)).unwrap_or_default()
    }

    /// The answer for an id; `None` when it was not asked.
    #[inline(never)]
    pub fn answer(self, id: Words) -> Option<bool> {
        let mut found = None;
        self.answers(&mut |known, answer| {
            if id.are(known) {
                found = Some(answer);
            }
        });
        found
    }

    /// A text of the record; empty when there is none.
    #[inline(never)]
    pub fn text(self, key: &str) -> Words {
        self.0.text(key)
    }

    /// The short hash of what was answered for an id; empty when it was not asked.
    pub fn terms(self, id: Words) -> Words {
        self.0.get("terms").text(&id)
    }

    /// Every id with its answer.
    #[inline(never)]
    fn answers(self, each: &mut dyn FnMut(&'static str, bool)) {
        for kind in &ANSWERS {
            for (id, answer) in *self.0.get(kind).entries() {
                each(id, answer.is_true());
            }
        }
    }
}

/// What a record says of each category and of each service.
static ANSWERS: [&str; 2] = ["categories", "services"];
/// What an entry of the history keeps of a record.
static ENTRY: [&str; 4] = ["decided", "method", "notice", "code"];

/// A history without its oldest entry; the latest grant goes last (requirement W-05).
fn shorter(history: &'static [Value]) -> &'static Value {
    let is_grant = |entry: &Value| !entry.text("code").are_none();
    let latest_grant = history.iter().rposition(is_grant);
    let dropped = usize::from(latest_grant == Some(0) && history.len() > 1);
    let mut kept = Pile::new();
    for (index, entry) in history.iter().enumerate() {
        if index != dropped {
            kept.push(*entry);
        }
    }
    Value::of_items(kept)
}

/// A record's value, whole.
fn written(
    decision: Decision,
    config: &Config,
    notice: Notice,
    at: Circumstances,
    history: &'static Value,
) -> &'static Value {
    let decided = at.now.div_euclid(SECOND) * SECOND;
    let choices = decision.choices();
    let (mut categories, mut services, mut terms) = (Members::default(), Members::default(), Members::default());
    for index in 0..config.len() {
        let id = config.id(index);
        let answer = choices.is_on(index);
        if config.service(index).is_none() {
            categories = categories.flag(id.text(), answer);
        } else {
            services = services.flag(id.text(), answer);
        }
        terms = terms.text(id.text(), current_terms(config, index));
    }
    let code = if choices.any() { code(at.random) } else { Words::NONE };
    let record = Members::default()
        .value("schema", &Value::Number(1.0))
        .text("decided", stamp(decided))
        .text("expires", stamp(decided + i64::from(config.expires_days) * DAY))
        .text("method", decision.method().name())
        .value("categories", categories.done())
        .value("services", services.done())
        .text("language", notice.language)
        .text("policy", config.text("policy", "version"))
        .text("notice", notice.hash)
        .value("terms", terms.done())
        .text("scope", config.scope())
        .text("operator", operator(config))
        .value("history", &Value::List(history.items()))
        .text("code", code);
    sealed(record.done())
}

/// A record with its check as its last member.
fn sealed(rest: &'static Value) -> &'static Value {
    let mut members = Pile::of(rest.entries());
    members.push(("check", Value::Text(seal(rest).text())));
    Value::Map(members.done()).keep()
}

/// The check of what comes before it in a record: the first 8 hex digits of its SHA-256, which is integrity and not a
/// secret.
#[inline(never)]
fn seal(rest: &Value) -> Words {
    let mut text = Writer::default();
    json::write(rest, &mut text);
    short(text)
}

/// Whether the check of a record holds.
fn is_sealed(record: &'static Value) -> bool {
    record
        .entries()
        .split_last()
        .is_some_and(|((_, check), rest)| check.words() == seal(&Value::Map(rest)))
}

/// Whether a value has exactly the keys of a record, in their order, each of its type.
fn has_shape(stored: &'static Value) -> bool {
    let mut entries = *stored.entries();
    let mut shape = SHAPE;
    while let Some((part, after)) = split(shape, b' ') {
        shape = after;
        let (key, kind) = halves(part, b':');
        match entries.split_first() {
            Some(((known, value), rest)) if same(known, key) && has_kind(value, kind) => entries = rest,
            _ if same(kind, "T") => {}
            _ => return false,
        }
    }
    entries.is_empty()
}

fn has_kind(value: &Value, kind: &str) -> bool {
    match (value, first(kind)) {
        (Value::Number(_), b'n') | (Value::Text(_), b't' | b'T') => true,
        (Value::List(entries), b'l') => entries.iter().all(Value::is_map),
        (Value::Map(members), b'a') => members.iter().all(|(_, member)| matches!(member, Value::Bool(_))),
        (Value::Map(members), b'm') => members.iter().all(|(_, member)| matches!(member, Value::Text(_))),
        _ => false,
    }
}

/// Who asks, as the record names them: by number, or by name where the operator has none.
#[inline(never)]
pub fn operator(config: &Config) -> Words {
    for key in &["bin", "iin"] {
        let text = config.text("operator", key);
        if !text.are_none() {
            return text;
        }
    }
    config.text("operator", "name")
}

/// The short hash of what a consent to the id at this place covers.
#[inline(never)]
pub fn current_terms(config: &Config, index: usize) -> Words {
    match config.service(index) {
        Some(service) => service_terms(config, service),
        None => category_terms(config, config.id(index)),
    }
}

/// A short code for a grant: 40 random bits as `7KQ2-M4XD` (requirement I-02).
fn code(mut random: u64) -> Words {
    let mut code = Writer::default();
    for place in 0..8 {
        if place == 4 {
            code.mark(b'-');
        }
        code.mark(*CODE_DIGITS.get((random & 31) as usize).unwrap_or(&b'0'));
        random >>= 5;
    }
    code.done()
}
