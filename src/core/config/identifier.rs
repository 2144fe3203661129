//! The number under which the Republic of Kazakhstan knows a company (BIN) or a person (IIN).

/// What is wrong with a number, as the code of a problem; `None` for a valid one (requirement O-01).
///
/// Twelve digits, not all the same, the last a check digit: the sum of the first eleven with the weights 1 to 11, modulo
/// 11; when that is ten, again with the weights 3 to 11, 1, 2; a number for which it is ten again is never given out.
pub(super) fn fault(number: &str) -> Option<&'static str> {
    let digits = || number.bytes().map(|byte| byte.wrapping_sub(b'0'));
    let first = digits().next()?;
    if number.len() != 12 || digits().any(|digit| digit > 9) || digits().all(|digit| digit == first) {
        return Some("notTwelveDigits");
    }
    let sum = |shift: u32| {
        let weights = (0..11).map(|place| (place + shift) % 11 + 1);
        digits()
            .zip(weights)
            .map(|(digit, weight)| u32::from(digit) * weight)
            .sum::<u32>()
            % 11
    };
    let check = match sum(0) {
        10 => sum(2),
        check => check,
    };
    (digits().next_back().map(u32::from) != Some(check)).then_some("wrongCheckDigit")
}

#[cfg(test)]
mod tests {
    use super::fault;

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
        }
    }

    #[test]
    fn o_01_a_changed_digit_is_found() {
        assert_eq!(fault("140340014653"), Some("wrongCheckDigit"));
        assert_eq!(fault("041340014652"), Some("wrongCheckDigit"));
        for number in [
            "000000000000",
            "777777777777",
            "14034001465",
            "1403400146521",
            "14034001465x",
            "१४०३",
        ] {
            assert_eq!(fault(number), Some("notTwelveDigits"), "{number}");
        }
    }

    #[test]
    fn o_01_the_second_weights_serve_where_the_first_give_ten() {
        assert_eq!(fault("990140000806"), None);
        for digit in "0123456789".chars() {
            let mut never_given_out = String::from("99014000082");
            never_given_out.push(digit);
            assert_eq!(fault(&never_given_out), Some("wrongCheckDigit"));
        }
    }
}
