//! Letters that nobody sees, or that turn a line around: in words of the owner they hide what the words say, and from
//! whom.
//!
//! It must not judge what words mean: `law/wording.rs` does.

use unicode_normalization::char::is_combining_mark;

use super::problem::{Code, Fault};

/// What the schema says of words that say something, as [`says_something`] has it.
pub(crate) const SAYS_SOMETHING: &str = r"[\p{L}\p{N}]";

/// The first letter of words that nobody sees; its code point is the hint.
pub(crate) fn hidden_letter(words: &str) -> Option<Fault> {
    let runs_from_the_right = words.contains(is_from_the_right);
    let mut before = None;
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        let joins =
            is_joiner(letter) && before.is_some_and(is_of_a_word) && letters.peek().copied().is_some_and(is_of_a_word);
        let ends_a_line = matches!(letter, '\t' | '\n' | '\r');
        let keeps_the_order = runs_from_the_right && is_mark_of_direction(letter);
        if is_unseen(letter) && !joins && !ends_a_line && !keeps_the_order {
            return Some(Fault::with(
                Code::HiddenCharacter,
                format!("U+{:04X}", u32::from(letter)),
            ));
        }
        before = Some(letter);
    }
    None
}

/// What keeps words from being shown: a hidden letter, or that there is nothing to read in them.
pub(crate) fn fault(words: &str) -> Option<Fault> {
    hidden_letter(words).or_else(|| (!says_something(words)).then(|| Code::Missing.into()))
}

/// Whether there is a letter or a digit in a text.
pub(crate) fn says_something(words: &str) -> bool {
    words.chars().any(is_letter_or_digit)
}

/// General categories L and N. What is alphabetic besides are marks, and letters in circles.
fn is_letter_or_digit(letter: char) -> bool {
    letter.is_alphanumeric()
        && !is_combining_mark(letter)
        && !matches!(letter, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}

fn is_of_a_word(letter: char) -> bool {
    is_letter_or_digit(letter) || is_combining_mark(letter)
}

/// What Persian, Kazakh in Arabic letters and the languages of India write between two letters.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}')
}

/// What keeps a number or a code in its place beside Arabic words: unlike the other controls of direction it turns no
/// letters around.
fn is_mark_of_direction(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// The letters of scripts that run from right to left, as far as Kelisim speaks in them or names are written in them.
fn is_from_the_right(letter: char) -> bool {
    letter.is_alphabetic() && matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc)
}

/// Whether a letter shows nothing of itself: control characters, and what Unicode 17 calls a format character or
/// ignorable by default, but for the signs before numbers that are seen, and the selectors of a form that
/// `law/wording.rs` names with their pictures.
pub(crate) fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(
            u32::from(letter),
            0xad | 0x34f
                | 0x61c
                | 0x115f..=0x1160
                | 0x17b4..=0x17b5
                | 0x180b..=0x180f
                | 0x200b..=0x200f
                | 0x2028..=0x202e
                | 0x2060..=0x206f
                | 0x3164
                | 0xfeff
                | 0xffa0
                | 0xfff0..=0xfffb
                | 0x13430..=0x1343f
                | 0x1bca0..=0x1bca3
                | 0x1d173..=0x1d17a
                | 0xe_0000..=0xe_0fff
        )
}

#[cfg(test)]
mod tests {
    use super::{fault, hidden_letter, says_something};
    use crate::config::problem::{Code, Fault};

    #[test]
    fn b_02_a_letter_that_nobody_sees_is_named() {
        for (words, hint) in [
            ("ТОО\u{202e}«Пример»", "U+202E"),
            ("a\u{0}b", "U+0000"),
            ("a\u{1b}[31m", "U+001B"),
            ("a\u{85}b", "U+0085"),
            ("\u{200b}", "U+200B"),
            ("a\u{200b}b", "U+200B"),
            ("a\u{2060}b", "U+2060"),
            ("a\u{2066}b", "U+2066"),
            ("a\u{2069}b", "U+2069"),
            ("a\u{200f}b", "U+200F"),
            ("a\u{feff}b", "U+FEFF"),
            ("\u{200f}—", "U+200F"),
            ("رمز \u{202e}", "U+202E"),
            ("Согла\u{ad}сие", "U+00AD"),
            ("\u{3164}", "U+3164"),
            ("a\u{e0041}", "U+E0041"),
            // They join nothing.
            ("\u{200d}a", "U+200D"),
            ("a\u{200c}", "U+200C"),
            ("a \u{200c}b", "U+200C"),
            ("a\u{200c}\u{200c}b", "U+200C"),
        ] {
            let expected = Fault::with(Code::HiddenCharacter, hint);
            assert_eq!(hidden_letter(words), Some(expected), "{words:?}");
        }
    }

    #[test]
    fn what_is_seen_or_joins_is_not() {
        for words in [
            "ТОО «Пример»",
            "a\tb\r\nc",
            "а\u{a0}б",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "Ерка\u{301}н",
            "١٢٣",
            "\u{600}١",
            "رمز الموافقة: \u{200e}{code}",
        ] {
            assert_eq!(fault(words), None, "{words:?}");
        }
    }

    #[test]
    fn words_without_a_letter_or_a_digit_are_missing() {
        for words in ["", " ", "\u{a0}", "\u{3000}", "—", "?!", "\u{301}", "Ⓐ", "\t\n"] {
            assert!(!says_something(words), "{words:?}");
            assert_eq!(fault(words), Some(Code::Missing.into()), "{words:?}");
        }
    }
}
