//! What counts as a receipt. Anybody can send anything to the path, so the members are a closed set of fixed kinds: what
//! does not belong into a receipt, an address say, cannot get into the store either.

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use std::collections::BTreeMap;

/// Answers by the id of a category or service.
type Answers = BTreeMap<String, bool>;

/// A receipt, with the very text that was sent.
#[derive(Debug)]
pub(super) struct Receipt {
    pub(super) members: Members,
    pub(super) body: String,
}

/// What stands in a receipt.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Members {
    #[serde(deserialize_with = "known_schema", rename = "schema")]
    _schema: (),
    #[serde(deserialize_with = "moment")]
    pub(super) decided: String,
    #[serde(deserialize_with = "moment")]
    pub(super) expires: String,
    pub(super) method: String,
    categories: Answers,
    services: Answers,
    pub(super) language: String,
    pub(super) policy: String,
    #[serde(deserialize_with = "hash")]
    pub(super) notice: String,
    #[serde(default, deserialize_with = "present")]
    pub(super) scope: Option<String>,
    pub(super) operator: String,
    /// There where something is granted.
    #[serde(default, deserialize_with = "present")]
    pub(super) code: Option<String>,
    /// Code of the grant that is taken back.
    #[serde(default, deserialize_with = "present")]
    pub(super) withdraws: Option<String>,
}

impl Receipt {
    /// The receipt that a body is, or why it is none.
    pub(super) fn read(body: &[u8]) -> Result<Receipt, String> {
        let body = std::str::from_utf8(body).map_err(|_| "the body is not UTF-8".to_owned())?;
        // An array in the order of the members would do for serde.
        if !body.trim_start().starts_with('{') {
            return Err("the body is not a JSON object".to_owned());
        }
        let members = serde_json::from_str(body).map_err(|error| error.to_string())?;
        let body = body.to_owned();
        Ok(Receipt { members, body })
    }
}

impl Members {
    /// The ids that were granted, categories first.
    pub(super) fn granted(&self) -> String {
        let answers = self.categories.iter().chain(&self.services);
        let granted: Vec<&str> = answers
            .filter(|(_, answer)| **answer)
            .map(|(id, _)| id.as_str())
            .collect();
        granted.join(", ")
    }
}

fn known_schema<'source, D: Deserializer<'source>>(source: D) -> Result<(), D::Error> {
    match u64::deserialize(source)? {
        1 => Ok(()),
        other => Err(D::Error::custom(format!("schema {other} is not known here, 1 is"))),
    }
}

/// A moment as the script writes it. The list is ordered by its text, so nothing else may be there.
fn moment<'source, D: Deserializer<'source>>(source: D) -> Result<String, D::Error> {
    const PATTERN: &str = "0000-00-00T00:00:00Z";
    let text = String::deserialize(source)?;
    let fits = |(letter, sign): (u8, u8)| {
        if sign == b'0' {
            letter.is_ascii_digit()
        } else {
            letter == sign
        }
    };
    if text.len() == PATTERN.len() && text.bytes().zip(PATTERN.bytes()).all(fits) {
        return Ok(text);
    }
    Err(D::Error::custom("a moment is written as 2026-11-20T10:00:00Z"))
}

/// A SHA-256.
fn hash<'source, D: Deserializer<'source>>(source: D) -> Result<String, D::Error> {
    let text = String::deserialize(source)?;
    let is_digit = |letter| matches!(letter, b'0'..=b'9' | b'a'..=b'f');
    if text.len() == 64 && text.bytes().all(is_digit) {
        return Ok(text);
    }
    Err(D::Error::custom(
        "the notice is a SHA-256 in 64 small hexadecimal digits",
    ))
}

/// What may be absent is left out, and never `null`.
fn present<'source, D: Deserializer<'source>>(source: D) -> Result<Option<String>, D::Error> {
    String::deserialize(source).map(Some)
}

#[cfg(test)]
pub(super) mod tests {
    use super::Receipt;

    /// What the script sends.
    pub(in crate::serve::receipts) const EXAMPLE: &str = r#"{"schema":1,"decided":"2026-11-20T10:00:00Z","expires":"2027-05-19T10:00:00Z","method":"accept","categories":{"analytics":true,"marketing":false},"services":{"yandex-metrika":true},"language":"ru","policy":"2026-01-01","notice":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","scope":"rasco.kz","operator":"140340014652","code":"7KQ2-M4XD","withdraws":"2B7C-9QRT"}"#;

    fn refused(from: &str, to: &str) -> String {
        assert!(EXAMPLE.contains(from), "{from}");
        Receipt::read(EXAMPLE.replace(from, to).as_bytes()).unwrap_err()
    }

    #[test]
    fn what_the_script_sends_is_a_receipt() {
        let receipt = Receipt::read(EXAMPLE.as_bytes()).unwrap();
        assert_eq!(receipt.members.granted(), "analytics, yandex-metrika");
        assert_eq!(receipt.body, EXAMPLE);
    }

    #[test]
    fn a_refusal_has_no_code() {
        let refusal = EXAMPLE.replace("true", "false").replace(r#","code":"7KQ2-M4XD""#, "");
        let receipt = Receipt::read(refusal.as_bytes()).unwrap();
        assert_eq!((receipt.members.granted(), receipt.members.code), (String::new(), None));
    }

    #[test]
    fn members_are_a_closed_set() {
        assert!(
            refused("\"schema\":1", "\"schema\":1,\"address\":\"127.0.0.1\"").starts_with("unknown field `address`")
        );
        assert!(refused("\"language\":\"ru\",", "").starts_with("missing field `language`"));
    }

    #[test]
    fn members_are_of_their_kinds() {
        assert!(refused("\"schema\":1", "\"schema\":2").contains("schema 2 is not known here"));
        assert!(refused("2026-11-20T10:00:00Z", "20 November 2026").contains("a moment is written as"));
        assert!(refused("\"0123456789abcdef", "\"").contains("SHA-256"));
        assert!(refused("\"marketing\":false", "\"marketing\":0").contains("expected a boolean"));
        assert!(refused("\"rasco.kz\"", "null").contains("expected a string"));
    }

    #[test]
    fn anything_else_is_none() {
        for other in [&b""[..], b"{", b"null", b"[]", b"\"{}\"", b"{}{}", b"\xff"] {
            assert!(Receipt::read(other).is_err(), "{}", String::from_utf8_lossy(other));
        }
    }
}
