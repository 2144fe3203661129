//! A decision bound to the notice that was shown: what lies in `localStorage["kelisim"]`, and what counts as such.
//!
//! A record is written in one way only ([`Record::text`]) and read strictly ([`Record::read`]): whatever a browser, an
//! older version or a stranger put there either is a whole valid record or is no decision at all. The visitor's record
//! holds no address, user agent, URL or referrer (requirement R-01), and a refusal holds no identifier.

use super::config::{Config, Identifier};
use super::decision::{Decision, Method, Switch};
use super::notice::dates::{DAY, Moment, SECOND, moment, stamp};
use super::notice::hash::sha256;
use super::notice::texts::Texts;
use super::notice::{self, short};
use super::value::Value;

/// The schema that this version writes, and the only one there has been.
const SCHEMA: f64 = 1.0;
/// The longest a decision may hold, in days (requirement V-01).
const LONGEST_TERM: i64 = 1095;
/// Entries kept in the history.
const LONGEST_HISTORY: usize = 20;
/// Bytes that a record may take.
const LARGEST_RECORD: usize = 8 * 1024;
/// Crockford's base 32, without the letters that are mistaken for digits.
const CODE_DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A visitor's decision as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// When it was made; whole seconds.
    pub decided: Moment,
    /// When it ends.
    pub expires: Moment,
    /// How it was made.
    pub method: Method,
    /// Every optional category by id.
    pub categories: Vec<(String, bool)>,
    /// Every service by id.
    pub services: Vec<(String, bool)>,
    /// The language of the notice.
    pub language: String,
    /// The version of the owner's policy.
    pub policy: String,
    /// SHA-256 of the notice as text.
    pub notice: String,
    /// Per id, the short hash of what was consented to.
    pub terms: Vec<(String, String)>,
    /// The domain whose subdomains share the choice.
    pub scope: Option<String>,
    /// The operator's BIN or IIN, or its name.
    pub operator: String,
    /// Earlier decisions, the oldest first.
    pub history: Vec<Entry>,
    /// The code of a grant; there exactly when something is granted.
    pub code: Option<String>,
}

/// An earlier decision: enough to show that consent was given, to what, and when it ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When it was made.
    pub decided: Moment,
    /// How.
    pub method: Method,
    /// The ids that were granted.
    pub granted: Vec<String>,
    /// SHA-256 of the notice that was shown.
    pub notice: String,
    /// The code of the grant.
    pub code: Option<String>,
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
        texts: &Texts,
        before: Option<&Record>,
        at: Circumstances,
    ) -> Record {
        let choices = decision.choices();
        let decided = at.now.div_euclid(SECOND) * SECOND;
        let answers = |service| {
            let of_kind = move |(switch, _): &(Switch, &str)| matches!(switch, Switch::Service(_)) == service;
            Switch::every(config)
                .filter(of_kind)
                .map(|(switch, id)| (String::from(id), choices.is_on(switch)))
                .collect()
        };
        let mut record = Record {
            decided,
            expires: decided + i64::from(config.expires_days) * DAY,
            method: decision.method(),
            categories: answers(false),
            services: answers(true),
            language: String::from(texts.language()),
            policy: config.policy.version.clone(),
            notice: sha256(&notice::text(config, texts)),
            terms: current_terms(config),
            scope: config.scope.clone(),
            operator: operator(config),
            history: before.map(Record::history_with_itself).unwrap_or_default(),
            code: choices.any().then(|| code(at.random)),
        };
        record.shorten_history();
        record
    }

    /// The history for the next record: this one's, and this one.
    fn history_with_itself(&self) -> Vec<Entry> {
        let mut history = self.history.clone();
        history.push(Entry {
            decided: self.decided,
            method: self.method,
            granted: self.granted().map(String::from).collect(),
            notice: self.notice.clone(),
            code: self.code.clone(),
        });
        history
    }

    /// Drops the oldest entries until the record fits; the latest grant goes last (requirement W-05).
    fn shorten_history(&mut self) {
        while self.history.len() > LONGEST_HISTORY || (!self.history.is_empty() && self.text().len() > LARGEST_RECORD) {
            let latest_grant = self.history.iter().rposition(|entry| entry.code.is_some());
            let dropped = if latest_grant == Some(0) && self.history.len() > 1 {
                1
            } else {
                0
            };
            self.history.remove(dropped);
        }
    }

    /// The ids that are granted, categories first.
    pub fn granted(&self) -> impl Iterator<Item = &str> {
        self.categories
            .iter()
            .chain(&self.services)
            .filter(|(_, on)| *on)
            .map(|(id, _)| &**id)
    }

    /// The record as it is stored: JSON, in one order, with its integrity check.
    pub fn text(&self) -> String {
        let mut json = self.unchecked();
        let check = short(&json);
        json.pop();
        json.push_str(",\"check\":\"");
        json.push_str(&check);
        json.push_str("\"}");
        json
    }

    /// The record as JSON without its integrity check.
    fn unchecked(&self) -> String {
        let mut json = Json {
            text: String::from("{\"schema\":1"),
        };
        json.key("decided").string(&stamp(self.decided));
        json.key("expires").string(&stamp(self.expires));
        json.key("method").string(self.method.name());
        json.key("categories").answers(&self.categories);
        json.key("services").answers(&self.services);
        json.key("language").string(&self.language);
        json.key("policy").string(&self.policy);
        json.key("notice").string(&self.notice);
        json.key("terms").object(&self.terms, |json, hash| json.string(hash));
        if let Some(scope) = &self.scope {
            json.key("scope").string(scope);
        }
        json.key("operator").string(&self.operator);
        json.key("history").list(&self.history, |json, entry| entry.write(json));
        if let Some(code) = &self.code {
            json.key("code").string(code);
        }
        json.text.push('}');
        json.text
    }

    /// Reads what was stored. `None`, which means undecided, unless the schema is closed and known, the method agrees
    /// with the ids, the code is there exactly when something is granted, `decided` is at most 24 h ahead of `now`, the
    /// term is at most 1095 days, and the check holds (requirement G-09).
    pub fn read(stored: &Value, now: Moment) -> Option<Record> {
        let keys = stored.entries();
        let optional = usize::from(stored.get("scope").is_some()) + usize::from(stored.get("code").is_some());
        if keys.len() != 13 + optional || stored.get("schema") != Some(&Value::Number(SCHEMA)) {
            return None;
        }
        let record = Record {
            decided: moment(string(stored, "decided")?)?,
            expires: moment(string(stored, "expires")?)?,
            method: Method::from_name(string(stored, "method")?)?,
            categories: answers(stored.get("categories")?)?,
            services: answers(stored.get("services")?)?,
            language: String::from(string(stored, "language")?),
            policy: String::from(string(stored, "policy")?),
            notice: String::from(string(stored, "notice")?),
            terms: object(stored.get("terms")?, |hash| hash.as_text().map(String::from))?,
            scope: optional_string(stored, "scope")?,
            operator: String::from(string(stored, "operator")?),
            history: stored
                .get("history")?
                .items()
                .iter()
                .map(Entry::read)
                .collect::<Option<_>>()?,
            code: optional_string(stored, "code")?,
        };
        let granted = record.granted().next().is_some();
        let term = record.expires - record.decided;
        let valid = record.method.agrees_with(granted)
            && record.code.is_some() == granted
            && record.decided <= now + DAY
            && (0..=LONGEST_TERM * DAY).contains(&term)
            && string(stored, "check")? == short(&record.unchecked());
        valid.then_some(record)
    }
}

impl Entry {
    fn write(&self, json: &mut Json) {
        json.text.push('{');
        json.key("decided").string(&stamp(self.decided));
        json.key("method").string(self.method.name());
        json.key("granted").list(&self.granted, |json, id| json.string(id));
        json.key("notice").string(&self.notice);
        if let Some(code) = &self.code {
            json.key("code").string(code);
        }
        json.text.push('}');
    }

    fn read(stored: &Value) -> Option<Entry> {
        Some(Entry {
            decided: moment(string(stored, "decided")?)?,
            method: Method::from_name(string(stored, "method")?)?,
            granted: stored
                .get("granted")?
                .items()
                .iter()
                .map(|id| id.as_text().map(String::from))
                .collect::<Option<_>>()?,
            notice: String::from(string(stored, "notice")?),
            code: optional_string(stored, "code")?,
        })
    }
}

/// Who asks, as the record names them.
pub fn operator(config: &Config) -> String {
    match &config.operator.identifier {
        Some(Identifier::Bin(number) | Identifier::Iin(number)) => number.clone(),
        None => config.operator.name.clone(),
    }
}

/// For every id of the configuration, the short hash of what a consent to it covers.
pub fn current_terms(config: &Config) -> Vec<(String, String)> {
    let categories = config
        .categories
        .iter()
        .map(|category| (category.id.clone(), notice::category_terms(category)));
    categories
        .chain(
            config
                .services
                .iter()
                .map(|service| (service.id.clone(), notice::service_terms(config, service))),
        )
        .collect()
}

/// A short code for a grant: 40 random bits as `7KQ2-M4XD` (requirement I-02).
fn code(random: u64) -> String {
    let mut code = String::new();
    for place in 0..8 {
        if place == 4 {
            code.push('-');
        }
        let digit = usize::try_from(random >> (5 * place) & 31)
            .ok()
            .and_then(|index| CODE_DIGITS.get(index));
        code.push(char::from(*digit.unwrap_or(&b'0')));
    }
    code
}

fn string<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_text()
}

/// A member that may be missing; `None` when it is there and not a string.
#[allow(clippy::option_option)]
fn optional_string(value: &Value, key: &str) -> Option<Option<String>> {
    match value.get(key) {
        None => Some(None),
        Some(member) => member.as_text().map(|text| Some(String::from(text))),
    }
}

fn answers(value: &Value) -> Option<Vec<(String, bool)>> {
    object(value, |answer| match answer {
        Value::Bool(on) => Some(*on),
        _ => None,
    })
}

/// The members of an object, each read; `None` when the value is no object or a member cannot be read.
fn object<Member>(value: &Value, read: fn(&Value) -> Option<Member>) -> Option<Vec<(String, Member)>> {
    match value {
        Value::Map(entries) => entries
            .iter()
            .map(|(key, member)| Some((key.clone(), read(member)?)))
            .collect(),
        _ => None,
    }
}

/// Writes JSON, with the few shapes that a record has.
struct Json {
    text: String,
}

impl Json {
    /// A comma, unless the text just opened something.
    fn separate(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    fn key(&mut self, key: &str) -> &mut Json {
        self.separate();
        self.string(key);
        self.text.push(':');
        self
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for character in text.chars() {
            match character {
                '"' | '\\' => self.text.extend(['\\', character]),
                '\0'..'\x20' => {
                    self.text.push_str("\\u00");
                    self.text.extend(
                        [u32::from(character) >> 4, u32::from(character) & 15]
                            .map(|nibble| char::from_digit(nibble, 16).unwrap_or('0')),
                    );
                }
                _ => self.text.push(character),
            }
        }
        self.text.push('"');
    }

    fn answers(&mut self, answers: &[(String, bool)]) {
        self.object(answers, |json, on| {
            json.text.push_str(if *on { "true" } else { "false" })
        });
    }

    fn object<Member>(&mut self, members: &[(String, Member)], write: fn(&mut Json, &Member)) {
        self.text.push('{');
        for (key, member) in members {
            self.key(key);
            write(self, member);
        }
        self.text.push('}');
    }

    fn list<Item>(&mut self, items: &[Item], write: fn(&mut Json, &Item)) {
        self.text.push('[');
        for item in items {
            self.separate();
            write(self, item);
        }
        self.text.push(']');
    }
}

/// A text as a JSON string, for the few other places that write JSON.
pub fn quoted(text: &str) -> String {
    let mut json = Json { text: String::new() };
    json.string(text);
    json.text
}
