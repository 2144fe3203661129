//! What a vendor gave the owner: a number or an id, which becomes a part of the vendor's addresses and calls.
//!
//! It must not let anything through that could be more than one part of an address, nor change a digit of a number.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::Number;

use super::problem::{Code, Fault, Hint};
use super::text::at_most;

/// The greatest whole number that a number of JSON holds exactly in a browser.
const GREATEST: u64 = 9_007_199_254_740_991;
/// The greatest number of 64 bits has so many digits.
const MOST_DIGITS: usize = 20;
/// The longest id, in letters.
const LONGEST: usize = 128;

/// An id that a vendor gave out: Latin letters, digits, `-`, `_` and `.`, 128 of them at most.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct ParameterText(#[schemars(regex(pattern = r"^[A-Za-z0-9._\-]+$"), length(max = LONGEST))] String);

impl ParameterText {
    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ParameterText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for ParameterText {
    type Err = Fault;

    fn from_str(text: &str) -> Result<ParameterText, Fault> {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        if !text.is_empty() && text.chars().all(is_plain) {
            at_most(text, LONGEST).map(|()| ParameterText(text.to_owned()))
        } else {
            Err(Code::InvalidParameter.into())
        }
    }
}

/// A whole number from 1 that a vendor gave out, written as a number, or as a string of digits, as Meta prints it:
/// `"1234567890123456789"` (the contract's "Configuration").
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ParameterNumber {
    digits: String,
    /// Where it was written as a number.
    number: Option<u64>,
}

impl ParameterNumber {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.digits
    }
}

impl fmt::Display for ParameterNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.digits)
    }
}

impl FromStr for ParameterNumber {
    type Err = Fault;

    fn from_str(text: &str) -> Result<ParameterNumber, Fault> {
        let is_number =
            text.starts_with(|first: char| first != '0') && text.chars().all(|digit| digit.is_ascii_digit());
        if is_number && text.len() <= MOST_DIGITS {
            let digits = text.to_owned();
            Ok(ParameterNumber { digits, number: None })
        } else {
            Err(Code::InvalidParameter.into())
        }
    }
}

impl TryFrom<&Number> for ParameterNumber {
    type Error = Fault;

    /// A greater number than a browser holds exactly is to be written as a string, which is then the hint.
    fn try_from(written: &Number) -> Result<ParameterNumber, Fault> {
        // `1000`, `1000.0` and `1e3` are one number in JSON, and a float without a fraction prints as its digits.
        let digits = written.as_f64().unwrap_or_default().to_string();
        match digits.parse() {
            Ok(number @ 1..=GREATEST) => Ok(ParameterNumber {
                digits,
                number: Some(number),
            }),
            _ => Err(Fault {
                code: Code::InvalidParameter,
                hint: written
                    .as_u64()
                    .filter(|exact| *exact > GREATEST)
                    .map(|exact| Hint::Verbatim(format!("\"{exact}\""))),
            }),
        }
    }
}

impl Serialize for ParameterNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.number {
            Some(number) => serializer.serialize_u64(number),
            None => serializer.serialize_str(&self.digits),
        }
    }
}

impl JsonSchema for ParameterNumber {
    fn schema_name() -> Cow<'static, str> {
        "ParameterNumber".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A whole number, as the vendor prints it; a long one as a string of its digits.",
            "anyOf": [
                { "type": "integer", "minimum": 1, "maximum": GREATEST },
                { "type": "string", "pattern": "^[1-9][0-9]{0,19}$" },
            ],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ParameterNumber, ParameterText};
    use crate::config::problem::{Code, Fault};
    use crate::config::text::tests::holds;

    #[test]
    fn t_06_an_id_of_a_vendor_is_short() {
        let [long, longer] = [128, 129].map(|length| "a".repeat(length));
        holds::<ParameterText>(&[&long], &[&longer], Code::TooLong);
    }

    #[test]
    fn an_id_of_a_vendor_is_plain() {
        for id in ["G-ABC123", "UA-1.2_3", "0"] {
            assert_eq!(id.parse::<ParameterText>().unwrap().as_str(), id);
        }
        for id in ["", "G-1&x=y", "a/b", "a b", "a%20b", "счётчик", "a\n"] {
            assert_eq!(id.parse::<ParameterText>(), Err(Code::InvalidParameter.into()), "{id}");
        }
    }

    fn of_json(text: &str) -> Result<ParameterNumber, Fault> {
        ParameterNumber::try_from(&serde_json::from_str(text).unwrap())
    }

    #[test]
    fn a_number_of_a_vendor_is_whole_and_keeps_its_digits() {
        for (text, digits) in [
            ("1", "1"),
            ("12345678", "12345678"),
            ("12345678.0", "12345678"),
            ("1e3", "1000"),
            ("9007199254740991", "9007199254740991"),
        ] {
            let parameter = of_json(text).unwrap();
            assert_eq!(parameter.as_str(), digits);
            assert_eq!(serde_json::to_string(&parameter).unwrap(), digits);
        }
        for text in ["0", "-1", "1.5", "1e300", "-0.0", "9007199254740992.0"] {
            assert_eq!(of_json(text), Err(Code::InvalidParameter.into()), "{text}");
        }
        for text in ["9007199254740992", "9007199254740993", "1234567890123456789"] {
            let fault = Fault::with(Code::InvalidParameter, format!("\"{text}\""));
            assert_eq!(of_json(text), Err(fault));
        }
    }

    #[test]
    fn a_number_of_a_vendor_may_be_a_string_of_digits() {
        for text in ["1", "12345678", "1234567890123456789", "18446744073709551615"] {
            let parameter: ParameterNumber = text.parse().unwrap();
            assert_eq!(parameter.to_string(), text);
            assert_eq!(serde_json::to_value(&parameter).unwrap(), text);
        }
        for text in [
            "",
            "0",
            "012",
            "+1",
            "-1",
            "1.5",
            "1e3",
            " 1",
            "1 000",
            "१",
            "123456789012345678901",
        ] {
            assert_eq!(
                text.parse::<ParameterNumber>(),
                Err(Code::InvalidParameter.into()),
                "{text}"
            );
        }
    }
}
