//! A decision bound to the notice that was shown: what lies in `localStorage["kelisim"]`, and what counts as such.
//!
//! A record is JSON that is written in one way and read in no other: whatever a browser, another version or a stranger
//! put there either is, byte for byte, what this module writes, or it is no decision at all (requirement G-09). It holds no
//! address, user agent, URL or referrer, and a refusal holds no identifier.

use kelisim_site::Site;
use serde::Deserialize;
use serde::de::Deserializer;

use super::by_id::ById;
use super::code::code;
use super::decision::{Decision, Method};
use super::hash::check_of;
use super::history::{self, Entry, drop_oldest};
use super::id::{CategoryId, Id, LanguageId, ServiceId};
use super::json::Object;
use super::timestamp::{Days, Timestamp};

/// The one schema there is.
const SCHEMA: u8 = 1;
/// The same as JSON.
const SCHEMA_TEXT: &str = "1";
/// The longest that a decision may hold (requirement V-01).
const LONGEST_TERM: Days = Days(1095);
/// How far ahead of the clock a decision may lie: clocks of a visitor's devices differ.
const AHEAD: Days = Days(1);
/// Bytes that a record may take.
const LARGEST: usize = 8 * 1024;
/// Hex digits of the check.
const CHECK_DIGITS: usize = 8;

/// A visitor's decision as it is kept. It is made from a [`Decision`], read from what was stored, or known by the mirror of
/// another host; each way checks what the contract asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record(pub(super) Form);

/// The members of a record, in the order of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub(super) schema: u8,
    pub(super) decided: Timestamp,
    pub(super) expires: Timestamp,
    pub(super) method: Method,
    pub(super) categories: ById<bool>,
    pub(super) services: ById<bool>,
    /// Not there where the decision is known by a mirror alone.
    #[serde(default)]
    pub(super) language: Option<String>,
    pub(super) policy: String,
    pub(super) notice: String,
    pub(super) terms: ById<String>,
    #[serde(default)]
    pub(super) scope: Option<String>,
    #[serde(default)]
    pub(super) operator: Option<String>,
    pub(super) history: Vec<Entry>,
    #[serde(default)]
    pub(super) code: Option<String>,
    pub(super) check: String,
}

/// What comes from outside at a decision: the clock and chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// Now.
    pub now: Timestamp,
    /// At least 40 random bits, used only where something is granted.
    pub random: u64,
}

impl Record {
    /// Binds a decision to the notice in a language, the moment, and what came before it.
    pub fn new(
        decision: &Decision,
        site: &Site,
        language: LanguageId,
        before: Option<&Record>,
        at: Circumstances,
    ) -> Record {
        let language = language.of(site);
        let choices = decision.choices();
        let answer = |id: Id| (id.name(site).to_owned(), choices.is_on(id));
        let decided = moment_of_decision(before, at.now);
        let mut form = Form {
            schema: SCHEMA,
            decided,
            expires: decided.plus(Days(site.expires_days)),
            method: decision.method(),
            categories: CategoryId::all(site).map(Id::Category).map(answer).collect(),
            services: ServiceId::all(site).map(Id::Service).map(answer).collect(),
            language: Some(language.map_or_else(String::new, |language| language.tag.clone())),
            policy: site.policy.clone(),
            notice: language.map_or_else(String::new, |language| language.notice.clone()),
            terms: Id::all(site)
                .map(|id| (id.name(site).to_owned(), id.terms(site).to_owned()))
                .collect(),
            scope: site.scope.clone(),
            operator: site.operator.clone(),
            history: before.map_or_else(Vec::new, Record::history_with_itself),
            code: choices.any().then(|| code(at.random)),
            check: String::new(),
        };
        while !form.history.is_empty() && is_too_long(&form) {
            drop_oldest(&mut form.history);
        }
        Record(form.sealed())
    }

    /// Reads what was stored: its text, and a reader of the same text as JSON. `None`, which means undecided, unless it is
    /// what [`to_text`](Record::to_text) writes, its method agrees with its answers, the code is there exactly when something is
    /// granted, `decided` is at most 24 h ahead of `now`, the term is at most 1095 days, and the check holds.
    pub fn read<'de, D: Deserializer<'de>>(text: &str, reader: D, now: Timestamp) -> Option<Record> {
        let record = Record(Form::deserialize(reader).ok()?);
        let form = &record.0;
        let is_ours = form.language.is_some()
            && form.history.len() <= history::LONGEST
            && form.code.is_some() == record.grants()
            && record.is_plausible(now)
            && record.to_text() == text
            && is_sealed(text, &form.check);
        is_ours.then_some(record)
    }

    /// What holds by any record, also by one that is known by its mirror.
    pub(super) fn is_plausible(&self, now: Timestamp) -> bool {
        let form = &self.0;
        form.schema == SCHEMA
            && form.method.agrees_with(self.grants())
            && !self.is_ahead_of(now)
            && form.decided <= form.expires
            && form.expires <= form.decided.plus(LONGEST_TERM)
    }

    /// Whether it was made by a clock that runs more than 24 h ahead of this one.
    pub fn is_ahead_of(&self, now: Timestamp) -> bool {
        self.decided() > now.plus(AHEAD)
    }

    /// The bytes that are stored.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    /// Whether it takes the place of another: the later decision does, and of two in the same second the one that grants
    /// less.
    pub fn overrides(&self, other: &Record) -> bool {
        let (ours, theirs) = (self.decided(), other.decided());
        ours > theirs || ours == theirs && self.granted().count() < other.granted().count()
    }

    /// The same record, that ends at this moment, because another took its place. It stays for what it proves.
    #[must_use]
    pub fn ended(&self, at: Timestamp) -> Record {
        let form = Form {
            expires: at.floor_to_second(),
            ..self.0.clone()
        };
        Record(form.sealed())
    }

    /// The history for the next record: this one's, and this one.
    pub(super) fn history_with_itself(&self) -> Vec<Entry> {
        let mut history = self.0.history.clone();
        history.push(Entry {
            decided: self.0.decided,
            method: self.0.method,
            notice: self.0.notice.clone(),
            code: self.0.code.clone(),
            granted: self.granted().map(str::to_owned).collect(),
        });
        history
    }

    /// When it was made; whole seconds.
    pub fn decided(&self) -> Timestamp {
        self.0.decided
    }

    /// When it ends.
    pub fn expires(&self) -> Timestamp {
        self.0.expires
    }

    /// How it was made.
    pub fn method(&self) -> Method {
        self.0.method
    }

    /// The tag of the language in which the notice was read; `None` where it was read on another host.
    pub fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }

    /// The hash of the notice that was shown.
    pub fn notice(&self) -> &str {
        &self.0.notice
    }

    /// The code of a grant that was made on this host.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// What was decided before, the oldest first.
    pub fn history(&self) -> &[Entry] {
        &self.0.history
    }

    /// Whether it is known only by the cookie of the scope.
    pub fn is_mirrored(&self) -> bool {
        self.0.language.is_none()
    }

    /// Whether this operator asked, for this scope.
    pub fn is_of(&self, site: &Site) -> bool {
        self.0.operator == site.operator && self.0.scope == site.scope
    }

    /// Whether it was decided for the hosts of this scope.
    pub fn is_of_scope(&self, scope: &str) -> bool {
        self.0.scope.as_deref() == Some(scope)
    }

    /// The answer for an id; `None` when it was not asked.
    pub fn answer(&self, site: &Site, id: Id) -> Option<bool> {
        let (answers, place) = match id {
            Id::Category(id) => (&self.0.categories, id.place()),
            Id::Service(id) => (&self.0.services, id.place()),
        };
        answers.get(id.name(site), place).copied()
    }

    /// Whether what was answered for an id is what the site says of it today: another version of the policy lapses grants
    /// alone (requirement V-03).
    pub(super) fn covers(&self, site: &Site, id: Id, answer: bool) -> bool {
        let terms = self.0.terms.get(id.name(site), id.place(site)).map(String::as_str);
        terms == Some(id.terms(site)) && (self.0.policy == site.policy || !answer)
    }

    /// Whether anything was granted.
    pub fn grants(&self) -> bool {
        self.granted().next().is_some()
    }

    /// The ids that were granted.
    pub fn granted(&self) -> impl Iterator<Item = &str> {
        let answers = self.0.categories.iter().chain(self.0.services.iter());
        answers.filter(|(_, granted)| **granted).map(|(id, _)| id)
    }
}

impl Form {
    /// What a record, a mirror and a receipt begin with.
    pub(super) fn beginning(&self) -> Object {
        Object::new()
            .json("schema", SCHEMA_TEXT)
            .text("decided", &self.decided.to_text())
            .text("expires", &self.expires.to_text())
            .text("method", self.method.name())
            .answers("categories", &self.categories)
            .answers("services", &self.services)
    }

    fn to_text(&self) -> String {
        let history: Vec<String> = self.history.iter().map(Entry::to_text).collect();
        self.beginning()
            .maybe("language", self.language.as_deref())
            .text("policy", &self.policy)
            .text("notice", &self.notice)
            .texts_by_id("terms", &self.terms)
            .maybe("scope", self.scope.as_deref())
            .maybe("operator", self.operator.as_deref())
            .list("history", &history)
            .maybe("code", self.code.as_deref())
            .text("check", &self.check)
            .end()
    }

    fn sealed(mut self) -> Form {
        self.check = String::new();
        self.check = check_of(without_check(&self.to_text(), &self.check).unwrap_or_default());
        self
    }
}

/// What comes before `,"check"` in a text that ends with this check.
pub(super) fn without_check<'a>(text: &'a str, check: &str) -> Option<&'a str> {
    text.strip_suffix("\"}")?
        .strip_suffix(check)?
        .strip_suffix(",\"check\":\"")
}

/// Whether the check is that of the text in which it lies.
pub(super) fn is_sealed(text: &str, check: &str) -> bool {
    without_check(text, check).is_some_and(|rest| check_of(rest) == check)
}

/// Now; but later than what it takes the place of, whatever became of the clock since then, because the later decision
/// holds, and not so far ahead that it would be no record.
fn moment_of_decision(before: Option<&Record>, now: Timestamp) -> Timestamp {
    let earliest = before.map_or(now, |before| before.decided().plus_seconds(1));
    now.max(earliest.min(now.plus(AHEAD))).floor_to_second()
}

fn is_too_long(form: &Form) -> bool {
    form.history.len() > history::LONGEST || form.to_text().len() + CHECK_DIGITS > LARGEST
}
