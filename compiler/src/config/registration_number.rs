//! The number under which the Republic of Kazakhstan knows a company (BIN) or a person (IIN).
//!
//! It must not mend: a number that does not hold together is refused, never completed.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use super::problem::{Code, Fault};

/// The twelve digits of a company's BIN (Law 94-V, art. 8(4)(1); requirement O-01).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Bin(#[schemars(regex(pattern = r"^$|^(?!([0-9])\1{11}$)[0-9]{12}$"))] String);

/// The twelve digits of a person's IIN (Law 94-V, art. 8(4)(1); requirement O-01).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Iin(#[schemars(regex(pattern = r"^$|^(?!([0-9])\1{11}$)[0-9]{12}$"))] String);

impl Bin {
    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Iin {
    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Bin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for Iin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Bin {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Bin, Fault> {
        check(text)?;
        Ok(Bin(text.to_owned()))
    }
}

impl FromStr for Iin {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Iin, Fault> {
        check(text)?;
        Ok(Iin(text.to_owned()))
    }
}

/// Twelve digits, not all the same, the last a check digit: the sum of the first eleven with the weights 1 to 11, modulo
/// 11; when that is ten, again with the weights 3 to 11, 1, 2; a number for which it is ten again is never given out.
fn check(number: &str) -> Result<(), Code> {
    let digits: Option<Vec<u32>> = number.chars().map(|letter| letter.to_digit(10)).collect();
    let Some(Ok([first @ .., last])) = digits.map(<[u32; 12]>::try_from) else {
        return Err(Code::NotTwelveDigits);
    };
    if first.iter().all(|digit| *digit == last) {
        return Err(Code::NotTwelveDigits);
    }
    let expected = match weighed(first, 1..=11) {
        10 => weighed(first, (3..=11).chain(1..=2)),
        remainder => remainder,
    };
    if last == expected {
        Ok(())
    } else {
        Err(Code::WrongCheckDigit)
    }
}

/// The sum of the first eleven digits, each with its weight, modulo 11.
fn weighed(digits: [u32; 11], weights: impl Iterator<Item = u32>) -> u32 {
    let products = digits.into_iter().zip(weights).map(|(digit, weight)| digit * weight);
    products.sum::<u32>() % 11
}

#[cfg(test)]
mod tests {
    use super::{Bin, Iin};
    use crate::config::problem::{Code, Fault};

    /// What a BIN or an IIN says of a number: the same of both.
    fn fault(number: &str) -> Option<Code> {
        let fault = number.parse::<Bin>().err();
        assert_eq!(fault, number.parse::<Iin>().err());
        fault.map(|Fault { code, .. }| code)
    }

    #[test]
    fn o_01_the_numbers_of_the_sites_are_valid() {
        for number in [
            "021121550955",
            "920212302506",
            "140340014652",
            "220840030937",
            "991240000003",
        ] {
            assert_eq!(fault(number), None, "{number}");
            assert_eq!(number.parse::<Bin>().unwrap().to_string(), number);
            assert_eq!(number.parse::<Iin>().unwrap().as_str(), number);
        }
    }

    #[test]
    fn o_01_a_changed_digit_is_found() {
        assert_eq!(fault("140340014653"), Some(Code::WrongCheckDigit));
        assert_eq!(fault("041340014652"), Some(Code::WrongCheckDigit));
        assert_eq!(fault("991240000004"), Some(Code::WrongCheckDigit));
        for number in [
            "000000000000",
            "111111111111",
            "777777777777",
            "14034001465",
            "1403400146521",
            "14034001465x",
            "140340 14652",
            "१४०३",
            "",
        ] {
            assert_eq!(fault(number), Some(Code::NotTwelveDigits), "{number}");
        }
    }

    #[test]
    fn o_01_the_second_weights_serve_where_the_first_give_ten() {
        assert_eq!(fault("990140000806"), None);
        for digit in "0123456789".chars() {
            let never_given_out = format!("99014000082{digit}");
            assert_eq!(fault(&never_given_out), Some(Code::WrongCheckDigit));
        }
    }

    #[test]
    fn o_01_eleven_digits_have_at_most_one_check_digit() {
        for start in (0_u64..99_999_999_999).step_by(99_999_989) {
            let fitting = (0..10).filter(|digit| fault(&format!("{start:011}{digit}")).is_none());
            assert!(fitting.count() <= 1, "{start}");
        }
    }
}
