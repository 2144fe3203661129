//! A decision bound to the notice that was shown: what lies in `localStorage["kelisim"]`, and what counts as such.
//!
//! A record is JSON that is written in one way only and read strictly: whatever a browser, an older version or a
//! stranger put there either is a whole valid record or is no decision at all. The visitor's record holds no address,
//! user agent, URL or referrer (requirement R-01), and a refusal holds no identifier.

use super::config::Config;
use super::decision::{Decision, method_agrees};
use super::json;
use super::notice::dates::{DAY, Moment, SECOND, moment, stamp};
use super::notice::{category_terms, service_terms, short};
use super::placeholders::split;
use super::value::{Members, Value};

/// The longest a decision may hold, in days (requirement V-01).
const LONGEST_TERM: i64 = 1095;
/// Entries kept in the history.
const LONGEST_HISTORY: usize = 20;
/// Bytes that a record may take.
const LARGEST_RECORD: usize = 8 * 1024;
/// Crockford's base 32, without the letters that are mistaken for digits.
const CODE_DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The keys of a record in their order, and the type of each: text, answers, texts, list. In capitals those that are
/// there only when they have something to say.
const SHAPE: &str = "schema:n decided:t expires:t method:t categories:a services:a language:t policy:t notice:t terms:m scope:T operator:t history:l code:T check:t ";

/// A visitor's decision as it is kept.
#[derive(Debug, PartialEq)]
pub struct Record {
    value: Value,
    /// When it was made; whole seconds.
    pub decided: Moment,
    /// When it ends.
    pub expires: Moment,
}

/// The notice from which a decision was made.
pub struct Notice<'a> {
    /// BCP 47 tag of its language.
    pub language: &'a str,
    /// SHA-256 of the notice as text, in lowercase hex.
    pub hash: &'a str,
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
        decision: &Decision,
        config: &Config,
        notice: &Notice,
        before: Option<&Record>,
        at: Circumstances,
    ) -> Record {
        let decided = at.now.div_euclid(SECOND) * SECOND;
        let expires = decided + i64::from(config.expires_days) * DAY;
        let mut history = before.map(Record::history_with_itself).unwrap_or_default();
        loop {
            let value = written(decision, config, notice, decided, expires, at.random, &history);
            if history.is_empty() || (history.len() <= LONGEST_HISTORY && json::text(&value).len() <= LARGEST_RECORD) {
                return Record {
                    value,
                    decided,
                    expires,
                };
            }
            history = shorter(history);
        }
    }

    /// The history for the next record: this one's, and this one.
    fn history_with_itself(&self) -> Vec<Value> {
        let mut entry = Members::default();
        for key in &ENTRY {
            entry.text(key, self.text(key));
        }
        let mut granted = Vec::new();
        self.answers(&mut |id, answer| {
            if answer {
                granted.push(Value::Text(String::from(id)));
            }
        });
        entry.list("granted", granted);
        let mut history = Vec::new();
        self.value.list("history").clone_into(&mut history);
        history.push(entry.done());
        history
    }

    /// Reads what was stored. `None`, which means undecided, unless the schema is closed and known, the method agrees
    /// with the ids, the code is there exactly when something is granted, `decided` is at most 24 h ahead of `now`, the
    /// term is at most 1095 days, and the check holds (requirement G-09).
    pub fn read(stored: Value, now: Moment) -> Option<Record> {
        let decided = moment(stored.text("decided"))?;
        let expires = moment(stored.text("expires"))?;
        let record = Record {
            value: stored,
            decided,
            expires,
        };
        let mut granted = false;
        record.answers(&mut |_, answer| granted |= answer);
        let valid = has_shape(&record.value)
            && record.value.get("schema") == Some(&Value::Number(1.0))
            && method_agrees(record.text("method"), granted)
            && record.text("code").is_empty() != granted
            && decided <= now + DAY
            && decided <= expires
            && expires - decided <= LONGEST_TERM * DAY
            && record.json().ends_with(&*check(&record.value));
        valid.then_some(record)
    }

    /// The record as it is stored.
    pub fn json(&self) -> String {
        json::text(&self.value)
    }

    /// The record as a value.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The answer for an id; `None` when it was not asked.
    pub fn answer(&self, id: &str) -> Option<bool> {
        let mut found = None;
        self.answers(&mut |known, answer| {
            if known == id {
                found = Some(answer);
            }
        });
        found
    }

    /// A text of the record; empty when there is none.
    pub fn text(&self, key: &str) -> &str {
        self.value.text(key)
    }

    /// The short hash of what was answered for an id; empty when it was not asked.
    pub fn terms(&self, id: &str) -> &str {
        self.value.get("terms").map_or("", |terms| terms.text(id))
    }

    /// Every id with its answer.
    fn answers(&self, each: &mut dyn FnMut(&str, bool)) {
        for kind in &ANSWERS {
            for (id, answer) in self.value.get(kind).map(Value::entries).unwrap_or_default() {
                each(id, answer.is_true());
            }
        }
    }
}

/// What a record says of each category and of each service.
static ANSWERS: [&str; 2] = ["categories", "services"];
/// What an entry of the history keeps of a record.
static ENTRY: [&str; 4] = ["decided", "method", "notice", "code"];

/// A record's value, whole.
fn written(
    decision: &Decision,
    config: &Config,
    notice: &Notice,
    decided: Moment,
    expires: Moment,
    random: u64,
    history: &[Value],
) -> Value {
    let choices = decision.choices();
    let (mut categories, mut services, mut terms) = (Members::default(), Members::default(), Members::default());
    for index in 0..config.len() {
        let id = config.id(index);
        let answers = if index < config.categories.len() {
            &mut categories
        } else {
            &mut services
        };
        answers.flag(id, choices.is_on(index));
        terms.text(id, &current_terms(config, index));
    }
    let mut record = Members::default();
    record.value("schema", Value::Number(1.0));
    record.text("decided", &stamp(decided));
    record.text("expires", &stamp(expires));
    record.text("method", decision.method().name());
    record.value("categories", categories.done());
    record.value("services", services.done());
    record.text("language", notice.language);
    record.text("policy", config.text("policy", "version"));
    record.text("notice", notice.hash);
    record.value("terms", terms.done());
    record.text("scope", config.scope());
    record.text("operator", operator(config));
    let mut kept = Vec::new();
    history.clone_into(&mut kept);
    record.list("history", kept);
    if choices.any() {
        record.text("code", &code(random));
    }
    record.text("check", "00000000");
    let mut record = record.done();
    let mut check = check(&record);
    check.truncate(8);
    if let Value::Map(entries) = &mut record
        && let Some((_, place)) = entries.last_mut()
    {
        *place = Value::Text(check);
    }
    record
}

/// The end of a record's JSON: the first 8 hex digits of the SHA-256 over the rest, which is integrity and not a secret,
/// and what closes it.
fn check(record: &Value) -> String {
    let mut rest = json::text(record);
    rest.truncate(rest.len().saturating_sub(",\"check\":\"00000000\"}".len()));
    rest.push('}');
    let mut check = short(&rest);
    check.push_str("\"}");
    check
}

/// A history without its oldest entry; the latest grant goes last (requirement W-05).
fn shorter(history: Vec<Value>) -> Vec<Value> {
    let mut latest_grant = 0;
    for (index, entry) in history.iter().enumerate() {
        if !entry.text("code").is_empty() {
            latest_grant = index;
        }
    }
    let dropped = usize::from(latest_grant == 0 && history.len() > 1);
    let mut kept = Vec::new();
    for (index, entry) in history.into_iter().enumerate() {
        if index != dropped {
            kept.push(entry);
        }
    }
    kept
}

/// Whether a value has exactly the keys of a record, in their order, each of its type.
fn has_shape(stored: &Value) -> bool {
    let mut entries = stored.entries();
    let mut shape = SHAPE;
    while let Some((part, after)) = split(shape, b' ') {
        shape = after;
        let (key, kind) = split(part, b':').unwrap_or_default();
        match entries.split_first() {
            Some(((known, value), rest)) if known == key && has_kind(value, kind) => entries = rest,
            _ if kind == "T" => {}
            _ => return false,
        }
    }
    entries.is_empty()
}

fn has_kind(value: &Value, kind: &str) -> bool {
    match value {
        Value::Number(_) => kind == "n",
        Value::Text(_) => kind == "t" || kind == "T",
        Value::List(entries) => kind == "l" && entries.iter().all(|entry| matches!(entry, Value::Map(_))),
        Value::Map(members) if kind == "a" => members.iter().all(|(_, member)| matches!(member, Value::Bool(_))),
        Value::Map(members) => kind == "m" && members.iter().all(|(_, member)| member.as_text().is_some()),
        _ => false,
    }
}

/// Who asks, as the record names them: by number, or by name where the operator has none.
pub fn operator(config: &Config) -> &str {
    for key in &["bin", "iin", "name"] {
        let text = config.text("operator", key);
        if !text.is_empty() {
            return text;
        }
    }
    ""
}

/// The short hash of what a consent to the id at this place covers.
pub fn current_terms(config: &Config, index: usize) -> String {
    match config.service(index) {
        Some(service) => service_terms(config, service),
        None => category_terms(config, config.id(index)),
    }
}

/// A short code for a grant: 40 random bits as `7KQ2-M4XD` (requirement I-02).
fn code(mut random: u64) -> String {
    let mut code = String::new();
    for place in 0..8 {
        if place == 4 {
            code.push('-');
        }
        code.push(char::from(*CODE_DIGITS.get((random & 31) as usize).unwrap_or(&b'0')));
        random >>= 5;
    }
    code
}
