//! How long a stored name stays, as a configuration and a manifest write it: `session`, `unlimited`, `30m`, `20h`, `365d`.
//!
//! It must not judge: whether a lifetime is too long is advice, and is given elsewhere.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::problem::{Code, Fault};

/// Nine digits of days are longer than there are people.
const MOST_DIGITS: usize = 9;

/// How long something stored stays (requirement I-09).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lifetime {
    /// Until the browser or the tab is closed.
    Session,
    /// Until it is removed.
    Unlimited,
    /// So many minutes.
    Minutes(u32),
    /// So many hours.
    Hours(u32),
    /// So many days.
    Days(u32),
}

impl Lifetime {
    /// In days, rounded up. What ends with the session takes none; what stays takes more than any number.
    pub fn days(self) -> u32 {
        match self {
            Lifetime::Session => 0,
            Lifetime::Unlimited => u32::MAX,
            Lifetime::Minutes(minutes) => minutes.div_ceil(24 * 60),
            Lifetime::Hours(hours) => hours.div_ceil(24),
            Lifetime::Days(days) => days,
        }
    }

    /// Whether it is longer than this, in seconds. What ends with the session or within hours is not.
    pub fn exceeds(self, seconds: i64) -> bool {
        match self {
            Lifetime::Unlimited => true,
            Lifetime::Days(days) => i64::from(days) * 86_400 > seconds,
            Lifetime::Session | Lifetime::Minutes(_) | Lifetime::Hours(_) => false,
        }
    }
}

impl fmt::Display for Lifetime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lifetime::Session => formatter.write_str("session"),
            Lifetime::Unlimited => formatter.write_str("unlimited"),
            Lifetime::Minutes(minutes) => write!(formatter, "{minutes}m"),
            Lifetime::Hours(hours) => write!(formatter, "{hours}h"),
            Lifetime::Days(days) => write!(formatter, "{days}d"),
        }
    }
}

impl FromStr for Lifetime {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Lifetime, Fault> {
        match text {
            "session" => Ok(Lifetime::Session),
            "unlimited" => Ok(Lifetime::Unlimited),
            _ => counted(text).ok_or(Code::InvalidLifetime.into()),
        }
    }
}

/// A number and its unit: `30m`.
fn counted(text: &str) -> Option<Lifetime> {
    let unit = text.chars().last()?;
    let digits = text.strip_suffix(unit)?;
    if digits.len() > MOST_DIGITS || !digits.chars().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    // What stays no time at all is not stored.
    let number = digits.parse().ok().filter(|number| *number > 0)?;
    match unit {
        'm' => Some(Lifetime::Minutes(number)),
        'h' => Some(Lifetime::Hours(number)),
        'd' => Some(Lifetime::Days(number)),
        _ => None,
    }
}

impl Serialize for Lifetime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Lifetime {
    fn schema_name() -> Cow<'static, str> {
        "Lifetime".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "How long it stays: minutes, hours or days as `30m`, `20h`, `365d`, or `session`, or `unlimited`.",
            "type": "string",
            "pattern": "^(session|unlimited|(?!0+[mhd])[0-9]{1,9}[mhd])$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Lifetime;
    use crate::config::problem::Code;
    use crate::config::text::tests::holds;

    #[test]
    fn i_09_a_lifetime_is_read_and_written_alike() {
        for (text, lifetime, days) in [
            ("session", Lifetime::Session, 0),
            ("unlimited", Lifetime::Unlimited, u32::MAX),
            ("30m", Lifetime::Minutes(30), 1),
            ("1440m", Lifetime::Minutes(1440), 1),
            ("1441m", Lifetime::Minutes(1441), 2),
            ("20h", Lifetime::Hours(20), 1),
            ("25h", Lifetime::Hours(25), 2),
            ("365d", Lifetime::Days(365), 365),
            ("999999999d", Lifetime::Days(999_999_999), 999_999_999),
        ] {
            assert_eq!(text.parse(), Ok(lifetime));
            assert_eq!((lifetime.to_string().as_str(), lifetime.days()), (text, days));
            assert_eq!(serde_json::to_value(lifetime).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_lifetime_is_refused() {
        let bad = [
            "",
            "d",
            "30",
            "2 years",
            "1y",
            "30 d",
            " 30d",
            "+3d",
            "-3d",
            "1.5d",
            "30D",
            "1000000000d",
            "Session",
            "३d",
            "3д",
            "sessions",
            "0d",
            "0h",
            "0m",
            "000000000d",
        ];
        holds::<Lifetime>(&["1d", "100m", "20h", "session"], &bad, Code::InvalidLifetime);
    }

    #[test]
    fn only_days_and_what_stays_exceed_a_term() {
        assert!(Lifetime::Unlimited.exceeds(i64::MAX) && Lifetime::Days(2).exceeds(86_400));
        assert!(
            !Lifetime::Days(1).exceeds(86_400) && !Lifetime::Session.exceeds(0) && !Lifetime::Hours(9999).exceeds(0)
        );
    }
}
