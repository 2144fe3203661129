//! The number under which the Republic of Kazakhstan knows a company (BIN) or a person (IIN).

use super::codes::Code;
use super::rules::{DIGITS, only};
use crate::core::letters::{first, last, slice};

/// What is wrong with a number; [`Code::Fine`] for a valid one, or for none (requirement O-01).
///
/// Twelve digits, not all the same, the last a check digit: the sum of the first eleven with the weights 1 to 11, modulo
/// 11; when that is ten, again with the weights 3 to 11, 1, 2; a number for which it is ten again is never given out.
pub(super) fn fault(number: &str) -> Code {
    if number.is_empty() {
        return Code::Fine;
    }
    let repeats = number.as_bytes().iter().all(|digit| *digit == first(number));
    if number.len() != 12 || !only(number, DIGITS) || repeats {
        return Code::NotTwelveDigits;
    }
    let mut check = weighed(number, 0);
    if check == 10 {
        check = weighed(number, 2);
    }
    if value(last(number)) == check {
        Code::Fine
    } else {
        Code::WrongCheckDigit
    }
}

/// The sum of the first eleven digits modulo 11, with weights that begin at `shift + 1`.
fn weighed(number: &str, shift: u32) -> u32 {
    let (mut sum, mut weight) = (0, shift);
    for digit in slice(number, 0, 11).as_bytes() {
        weight = weight % 11 + 1;
        sum += value(*digit) * weight;
    }
    sum % 11
}

fn value(digit: u8) -> u32 {
    u32::from(digit.wrapping_sub(b'0'))
}

#[cfg(test)]
mod tests {
    use super::fault;
    use crate::core::config::codes::Code;

    #[test]
    fn o_01_the_numbers_of_the_sites_are_valid() {
        for number in [
            "021121550955",
            "920212302506",
            "140340014652",
            "220840030937",
            "991240000003",
        ] {
            assert_eq!(fault(number), Code::Fine, "{number}");
        }
    }

    #[test]
    fn o_01_a_changed_digit_is_found() {
        assert_eq!(fault("140340014653"), Code::WrongCheckDigit);
        assert_eq!(fault("041340014652"), Code::WrongCheckDigit);
        for number in [
            "000000000000",
            "777777777777",
            "14034001465",
            "1403400146521",
            "14034001465x",
            "१४०३",
        ] {
            assert_eq!(fault(number), Code::NotTwelveDigits, "{number}");
        }
    }

    #[test]
    fn o_01_the_second_weights_serve_where_the_first_give_ten() {
        assert_eq!(fault("990140000806"), Code::Fine);
        for digit in "0123456789".chars() {
            let mut never_given_out = String::from("99014000082");
            never_given_out.push(digit);
            assert_eq!(fault(&never_given_out), Code::WrongCheckDigit);
        }
    }
}
