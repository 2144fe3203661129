//! A decision bound to the notice that was shown: what lies in `localStorage["kelisim"]`, and what counts as such.
//!
//! A record is JSON that is written in one way only and read strictly: whatever a browser, an older version or a
//! stranger put there either is a whole valid record or is no decision at all. The visitor's record holds no address,
//! user agent, URL or referrer (requirement R-01), and a refusal holds no identifier.
//!
//! Two smaller forms are made of it: the mirror, which the hosts of a `scope` share in a cookie, and the receipt, which
//! an owner may ask for.

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
/// Bytes that the cookie of a scope may take, name and value.
const LARGEST_MIRROR: usize = 1500;
/// Crockford's base 32, without the letters that are mistaken for digits.
const CODE_DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The keys of a record in their order, and the kind of each: `n`umber, `t`ext, `a`nswers by id, `m`embers that are
/// texts, `l`ist of objects. In capitals those that are there only when they have something to say.
const SHAPE: &str = "schema:n decided:t expires:t method:t categories:a services:a language:t policy:t notice:t \
terms:m scope:T operator:t history:l code:T check:t ";
/// The same of a mirror.
const MIRROR_SHAPE: &str = "schema:n decided:t expires:t method:t categories:a services:a notice:t terms:m policy:t \
check:t ";

/// A visitor's decision as it is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record(&'static Value);

/// What lies in the browser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stored {
    /// What lies under Kelisim's key; `null` for nothing.
    pub record: &'static Value,
    /// The cookies of Kelisim's name, of which a browser may hold more than one.
    pub mirrors: &'static [Value],
}

/// What a look at what lies in the browser finds.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The visitor's latest decision: the record of this host, or one that was made on another host of the scope and is
    /// known by its mirror. A mirror that is missing takes nothing back.
    pub latest: Option<Record>,
    /// The record of this host.
    pub own: Option<Record>,
    /// Whether the other hosts know the latest decision.
    pub is_shared: bool,
}

impl Found {
    /// Reads everything that lies there.
    #[inline(never)]
    pub fn of(config: &Config, stored: Stored, now: Moment) -> Found {
        let own = Record::read(stored.record, now);
        let mut found = Found {
            latest: own,
            own,
            is_shared: config.scope().are_none(),
        };
        if !found.is_shared {
            for mirror in stored.mirrors {
                if let Some(mirrored) = Record::mirrored(config, mirror, own, now) {
                    let is_newer = found.latest.is_none_or(|latest| mirrored.overrides(latest));
                    if is_newer {
                        found.latest = Some(mirrored);
                    }
                    found.is_shared |= is_newer || found.latest.is_none_or(|latest| !latest.overrides(mirrored));
                }
            }
        }
        found
    }
}

/// The notice from which a decision was made.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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
        // Later than what it takes the place of, whatever became of the clock since then: the later decision holds.
        let earliest = before.map_or(at.now, |before| before.decided() + SECOND);
        let at = Circumstances {
            now: at.now.max(earliest.min(at.now + DAY)),
            ..at
        };
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
        let mut granted = Pile::new();
        self.answers(&mut |id, answer| {
            if answer {
                granted.push(Value::Text(id));
            }
        });
        let mut history = Pile::of(self.0.list("history"));
        history.push(*self.part(ENTRY).list("granted", granted).done());
        Value::of_items(history)
    }

    /// Reads what was stored. `None`, which means undecided, unless the schema is closed and known, the method agrees
    /// with the ids, the code is there exactly when something is granted, `decided` is at most 24 h ahead of `now`, the
    /// term is at most 1095 days, and the check holds (requirement G-09).
    pub fn read(stored: &'static Value, now: Moment) -> Option<Record> {
        let record = Record::shaped(stored, SHAPE, now)?;
        (record.text("code").are_none() != record.grants()).then_some(record)
    }

    /// What holds by a record of this shape.
    fn shaped(stored: &'static Value, shape: &str, now: Moment) -> Option<Record> {
        let decided = moment(stored.text("decided"))?;
        let term = moment(stored.text("expires"))? - decided;
        let record = Record(stored);
        let valid = has_shape(stored, shape)
            && matches!(stored.get("schema"), Value::Number(1.0))
            && method_agrees(record.text("method"), record.grants())
            && decided <= now + DAY
            && (0..=LONGEST_TERM * DAY).contains(&term)
            && is_sealed(stored);
        valid.then_some(record)
    }

    /// What a mirror says, with what this host knows: who asked, and what came before it here.
    fn mirrored(config: &Config, mirror: &'static Value, own: Option<Record>, now: Moment) -> Option<Record> {
        let record = Record::shaped(mirror, MIRROR_SHAPE, now)?;
        let own = own.filter(|own| record.overrides(*own));
        let mut members = Members::default();
        for (key, value) in *record.0.entries() {
            members = members.value(key, value);
        }
        members = members
            .text("scope", config.scope())
            .text("operator", operator(config))
            .value(
                "history",
                &Value::List(own.map_or(&NULL, Record::history_with_itself).items()),
            );
        Some(Record(members.done()))
    }

    /// Whether it is known only by the cookie of the scope.
    pub fn is_mirrored(self) -> bool {
        self.text("language").are_none()
    }

    /// Whether it takes the place of another: the later decision does, and of two in the same second the one that grants
    /// less.
    #[inline(never)]
    pub fn overrides(self, other: Record) -> bool {
        let (later, earlier) = (self.decided(), other.decided());
        later > earlier || later == earlier && self.count() < other.count()
    }

    /// The same record, that ends at this moment, because another took its place. It stays for what it proves.
    #[must_use]
    pub fn ended(self, at: Moment) -> Record {
        let mut members = Members::default();
        for (key, value) in *self.0.entries() {
            if same(key, "expires") {
                members = members.text(key, stamp(at));
            } else if !same(key, "check") {
                members = members.value(key, value);
            }
        }
        Record(sealed(members.done()))
    }

    /// Some members of the record, as far as they are there: those of a shape, without the check.
    fn part(self, shape: &'static str) -> Members {
        let mut members = Members::default();
        let mut left = shape;
        while let Some((part, after)) = split(left, b' ') {
            left = after;
            let key = halves(part, b':').0;
            let value = self.0.get(key);
            if !value.is_null() && !same(key, "check") {
                members = members.value(key, value);
            }
        }
        members
    }

    /// The cookie that shares it with the other hosts of a scope, as it is set (requirement B-04). One that would be larger
    /// than 1500 bytes is removed, so that no earlier decision goes on to hold elsewhere.
    #[inline(never)]
    pub fn cookie(self, scope: Words, now: Moment, secure: bool) -> Words {
        let mut cookie = Writer::of(MIRROR_NAME);
        cookie.mark(b'=');
        cookie.words(json::text(sealed(self.part(MIRROR_SHAPE).done())).encoded());
        let mut seconds = (self.expires() - now) / SECOND;
        if cookie.len() > LARGEST_MIRROR {
            cookie = Writer::of("kelisim=");
            seconds = 0;
        }
        cookie.push(";path=/;samesite=lax;domain=");
        cookie.words(scope);
        cookie.push(";max-age=");
        cookie.number(seconds, 1);
        if secure {
            cookie.push(";secure");
        }
        cookie.done()
    }

    /// What the owner is sent, where they ask for it: the decision, and the code of the grant that it takes back; nothing
    /// of what came before it, and nothing of the browser's (requirement R-06).
    pub fn receipt(self, withdraws: Words) -> &'static Value {
        self.part(RECEIPT).text("withdraws", withdraws).done()
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

    /// Whether anything was granted.
    #[inline(never)]
    pub fn grants(self) -> bool {
        self.count() > 0
    }

    /// How many ids were granted.
    #[inline(never)]
    fn count(self) -> usize {
        let mut count = 0;
        self.answers(&mut |_, answer| count += usize::from(answer));
        count
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
/// The name of the cookie of a scope.
pub const MIRROR_NAME: &str = "kelisim";
/// What a receipt has of a record.
const RECEIPT: &str = "schema decided expires method categories services language policy notice scope operator code ";
/// What an entry of the history keeps of a record.
const ENTRY: &str = "decided method notice code ";

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

/// Whether a value has exactly the keys of a shape, in their order, each of its type.
fn has_shape(stored: &'static Value, mut shape: &str) -> bool {
    let mut entries = *stored.entries();
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
