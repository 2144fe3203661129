//! The small copy of a decision that the hosts of a `scope` share in a cookie (requirement B-04).
//!
//! It names neither code nor operator, so it is no record of its own: together with what this host knows it becomes one.
//! Like a record it is read in no other form than the one in which it is written.

use kelisim_site::Site;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Deserialize;
use serde::de::Deserializer;

use super::by_id::ById;
use super::decision::Method;
use super::hash::check_of;
use super::push_number;
use super::record::{Form, Record, is_sealed, without_check};
use super::timestamp::Timestamp;

/// The name of the cookie.
pub const MIRROR_NAME: &str = "kelisim";
/// Bytes that it may take, name and value.
const LARGEST: usize = 1500;
/// What a cookie cannot hold as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b':')
    .remove(b'_')
    .remove(b'~');

/// What the other hosts are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mirror(Form);

/// Its members.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shared {
    schema: u8,
    decided: Timestamp,
    expires: Timestamp,
    method: Method,
    categories: ById<bool>,
    services: ById<bool>,
    notice: String,
    terms: ById<String>,
    policy: String,
    check: String,
}

impl From<Shared> for Form {
    fn from(shared: Shared) -> Form {
        Form {
            schema: shared.schema,
            decided: shared.decided,
            expires: shared.expires,
            method: shared.method,
            categories: shared.categories,
            services: shared.services,
            language: None,
            policy: shared.policy,
            notice: shared.notice,
            terms: shared.terms,
            scope: None,
            operator: None,
            history: Vec::new(),
            code: None,
            check: shared.check,
        }
    }
}

impl Mirror {
    /// Reads the value of a cookie, [decoded], as [`Record::read`] reads a record. `None` says nothing: a cookie that is missing
    /// or damaged takes nothing back and grants nothing.
    pub fn read<'de, D: Deserializer<'de>>(text: &str, reader: D, now: Timestamp) -> Option<Mirror> {
        let record = Record(Shared::deserialize(reader).ok()?.into());
        let form = &record.0;
        let is_ours = record.is_plausible(now) && mirrored(form, &form.check) == text && is_sealed(text, &form.check);
        is_ours.then_some(Mirror(record.0))
    }

    /// The decision that it mirrors, with what this host knows: who asks, and what was decided here before.
    pub(super) fn with_what_is_known(&self, site: &Site, own: Option<&Record>) -> Record {
        let mut record = Record(Form {
            scope: site.scope.clone(),
            operator: site.operator.clone(),
            ..self.0.clone()
        });
        if let Some(before) = own.filter(|own| record.overrides(own)) {
            record.0.history = before.history_with_itself();
        }
        record
    }
}

/// What the other hosts are told of a decision, in the order of the contract.
fn mirrored(form: &Form, check: &str) -> String {
    form.beginning()
        .text("notice", &form.notice)
        .texts_by_id("terms", &form.terms)
        .text("policy", &form.policy)
        .text("check", check)
        .end()
}

impl Record {
    /// The cookie that shares it with the hosts of a scope, as it is assigned to `document.cookie`. One that would be larger
    /// than 1500 bytes is removed, so that no earlier decision goes on to hold elsewhere.
    pub fn cookie(&self, scope: &str, now: Timestamp, secure: bool) -> String {
        let check = check_of(without_check(&mirrored(&self.0, ""), "").unwrap_or_default());
        let value: String = utf8_percent_encode(&mirrored(&self.0, &check), ENCODED).collect();
        let fits = MIRROR_NAME.len() + "=".len() + value.len() <= LARGEST;
        let seconds = if fits { now.seconds_until(self.expires()) } else { 0 };
        let mut cookie = String::new();
        cookie.push_str(MIRROR_NAME);
        cookie.push('=');
        cookie.push_str(if fits { &value } else { "" });
        cookie.push_str(";path=/;samesite=lax;domain=");
        cookie.push_str(scope);
        cookie.push_str(";max-age=");
        push_number(&mut cookie, u64::try_from(seconds).unwrap_or_default(), 1);
        if secure {
            cookie.push_str(";secure");
        }
        cookie
    }
}

/// The value of a cookie as it was before it was encoded; `None` where that was no text.
pub fn decoded(value: &str) -> Option<String> {
    let text = percent_decode_str(value).decode_utf8();
    text.ok().map(std::borrow::Cow::into_owned)
}
