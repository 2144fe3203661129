//! The id of a category or of a service.
//!
//! It must not know which ids there are: that an id is unique, and that a category exists, is for the configuration.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use super::problem::{Code, Fault};
use super::text::at_most;

/// The longest id, in letters.
const LONGEST: usize = 64;

/// An id, which can stand in an attribute, a record and a file name: small Latin letters, digits and hyphens, a letter
/// first, 64 of them at most (the contract's "Configuration").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Id(#[schemars(regex(pattern = r"^[a-z][a-z0-9\-]*$"), length(max = LONGEST))] String);

impl Id {
    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is that of the category which is always there and needs no consent.
    pub fn is_necessary(&self) -> bool {
        self.0 == "necessary"
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Id {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Id, Fault> {
        let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if text.starts_with(|letter: char| letter.is_ascii_lowercase()) && text.chars().all(is_plain) {
            at_most(text, LONGEST).map(|()| Id(text.to_owned()))
        } else {
            Err(Code::InvalidId.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Id;
    use crate::config::problem::Code;
    use crate::config::text::tests::holds;

    #[test]
    fn t_06_an_id_is_short() {
        let [long, longer] = [64, 65].map(|length| "a".repeat(length));
        holds::<Id>(&[&long], &[&longer], Code::TooLong);
    }

    #[test]
    fn an_id_begins_with_a_letter_and_is_plain() {
        for id in ["a", "yandex-metrika", "my-counter-2", "a-", "necessary"] {
            let parsed: Id = id.parse().unwrap();
            assert_eq!((parsed.as_str(), parsed.is_necessary()), (id, id == "necessary"));
        }
        for id in ["", "Analytics", "2gis", "-a", "a_b", "a.b", "a b", "талдау", "é", "a\n"] {
            assert_eq!(id.parse::<Id>(), Err(Code::InvalidId.into()), "{id}");
        }
    }
}
