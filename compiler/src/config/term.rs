//! How long a choice is kept (requirement V-01).
//!
//! It must not round: a number that is not whole, or out of the range, is refused.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::problem::{Code, Fault};

/// The shortest term, in days, and the one where the owner does not say.
const SHORTEST: u16 = 180;
/// The longest term, in days.
const LONGEST: u16 = 1095;

/// How many days a choice is kept: 180 to 1095 (requirement V-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Term(#[schemars(range(min = 180, max = 1095))] u16);

impl Term {
    /// A term of so many days, a whole number in the range.
    pub fn new(days: f64) -> Result<Term, Fault> {
        (SHORTEST..=LONGEST)
            .find(|whole| f64::from(*whole).total_cmp(&days).is_eq())
            .map(Term)
            .ok_or(Code::OutOfRange.into())
    }

    /// The days.
    pub fn days(self) -> u32 {
        self.0.into()
    }
}

impl Default for Term {
    fn default() -> Term {
        Term(SHORTEST)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl TryFrom<&serde_json::Number> for Term {
    type Error = Fault;

    fn try_from(number: &serde_json::Number) -> Result<Term, Fault> {
        Term::new(number.as_f64().unwrap_or(f64::NAN))
    }
}

#[cfg(test)]
mod tests {
    use super::Term;
    use crate::config::problem::Code;

    #[test]
    fn v_01_a_term_is_a_whole_number_of_days_in_the_range() {
        for (days, whole) in [(180.0, 180), (365.0, 365), (1095.0, 1095)] {
            assert_eq!(Term::new(days).map(Term::days), Ok(whole));
        }
        for days in [1096.0, 179.0, 180.5, 0.0, -365.0, 1e300, f64::INFINITY, f64::NAN] {
            assert_eq!(Term::new(days), Err(Code::OutOfRange.into()), "{days}");
        }
        assert_eq!(Term::default().to_string(), "180");
    }

    #[test]
    fn v_01_a_number_of_json_is_a_term() {
        for (text, expected) in [
            ("365", Some(365)),
            ("365.0", Some(365)),
            ("3.65e2", Some(365)),
            ("365.5", None),
        ] {
            let number = serde_json::from_str(text).unwrap();
            assert_eq!(Term::try_from(&number).ok().map(Term::days), expected, "{text}");
        }
    }
}
