//! Whole numbers as decimal digits. `core::fmt` would bring its tables into the visitor's module.

/// Appends a number, with zeros before it until it has `width` digits.
pub(crate) fn push_number(text: &mut String, number: u64, width: u32) {
    if number >= 10 || width > 1 {
        push_number(text, number / 10, width.saturating_sub(1));
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::push_number;

    #[test]
    fn a_number_has_its_digits_and_no_fewer_than_asked_for() {
        for (number, width, expected) in [
            (0, 1, "0"),
            (7, 2, "07"),
            (42, 1, "42"),
            (42, 4, "0042"),
            (2026, 2, "2026"),
        ] {
            let mut text = String::new();
            push_number(&mut text, number, width);
            assert_eq!(text, expected);
        }
        let mut text = String::new();
        push_number(&mut text, u64::MAX, 0);
        assert_eq!(text, u64::MAX.to_string());
    }
}
