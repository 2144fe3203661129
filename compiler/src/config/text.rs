//! Plain text of the owner that has no rule of its own but to say something, and what the other texts have in common:
//! how long they may be, and which letters no address has.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use super::hidden;
use super::problem::{Code, Fault};
use super::reading::read_as_text;

/// The longest name or address, in characters: a longer one nobody reads.
const LONGEST: usize = 1000;

/// Text that says something, with every letter to be seen, and is not longer than anybody reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Text(#[schemars(regex(pattern = r"^$|[\p{L}\p{N}]"), length(max = LONGEST))] String);

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Text {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Text, Fault> {
        match hidden::fault(text) {
            Some(fault) => Err(fault),
            None => at_most(text, LONGEST).map(|()| Text(text.to_owned())),
        }
    }
}

/// Holds a text to so many characters.
pub(crate) fn at_most(text: &str, longest: usize) -> Result<(), Fault> {
    match text.chars().nth(longest) {
        Some(_) => Err(Fault::with(Code::TooLong, longest.to_string())),
        None => Ok(()),
    }
}

/// Whether no address, name of something stored or typeface has such a letter: white space, control and format
/// characters, which a reader does not see and programs read in several ways. A pattern of the schema says
/// `[\p{Cc}\p{Cf}\p{Z}]`. Words of an owner may have some of them: see [`hidden`].
pub(crate) fn is_unseen(letter: char) -> bool {
    letter.is_control() || letter.is_whitespace() || is_format(letter)
}

/// General category Cf of Unicode 17, of which the standard library does not tell.
fn is_format(letter: char) -> bool {
    matches!(
        u32::from(letter),
        0xad | 0x600..=0x605
            | 0x61c
            | 0x6dd
            | 0x70f
            | 0x890..=0x891
            | 0x8e2
            | 0x180e
            | 0x200b..=0x200f
            | 0x202a..=0x202e
            | 0x2060..=0x2064
            | 0x2066..=0x206f
            | 0xfeff
            | 0xfff9..=0xfffb
            | 0x1_10bd
            | 0x1_10cd
            | 0x1_3430..=0x1_343f
            | 0x1_bca0..=0x1_bca3
            | 0x1_d173..=0x1_d17a
            | 0xe_0001
            | 0xe_0020..=0xe_007f
    )
}

read_as_text! {
    Text, true;
}

#[cfg(test)]
pub(super) mod tests {
    use std::fmt::Debug;
    use std::str::FromStr;

    use jsonschema::validator_for;
    use proptest::prelude::*;
    use proptest::sample::select;
    use proptest::test_runner::TestRunner;
    use schemars::{JsonSchema, schema_for};
    use serde_json::json;

    use super::{Text, is_unseen};
    use crate::config::email::Email;
    use crate::config::glob::Glob;
    use crate::config::lifetime::Lifetime;
    use crate::config::problem::{Code, Fault};
    use crate::config::token_text::{Font, FontSize, Length, MaxWidth, Shadow, ZIndex};
    use crate::config::url::Url;

    /// Holds a type and its pattern in the schema to each other: both take the good texts, and both refuse the bad ones.
    pub(crate) fn holds<T>(good: &[&str], bad: &[&str], code: Code)
    where
        T: FromStr<Err = Fault> + JsonSchema + Debug + ToString,
    {
        let schema = validator_for(&schema_for!(T).to_value()).unwrap();
        for text in good {
            let parsed = text.parse::<T>().map(|parsed| parsed.to_string());
            assert_eq!(parsed, Ok((*text).to_owned()), "{text:?}");
            assert!(schema.is_valid(&json!(text)), "the schema refuses {text:?}");
        }
        for text in bad {
            let parsed = text.parse::<T>().map(|parsed| parsed.to_string());
            assert_eq!(parsed.map_err(|fault| fault.code), Err(code), "{text:?}");
            // What is empty is missing, or as good as absent.
            assert!(
                text.is_empty() || !schema.is_valid(&json!(text)),
                "the schema takes {text:?}"
            );
        }
    }

    /// Holds a type and its pattern to each other on whatever is made of these pieces. What is `beyond` a pattern, it may
    /// take.
    fn agree<T: FromStr<Err = Fault> + JsonSchema>(pieces: &[&'static str], beyond: Code) {
        let schema = validator_for(&schema_for!(T).to_value()).unwrap();
        let texts = proptest::collection::vec(select(pieces.to_vec()), 1..9).prop_map(|pieces| pieces.concat());
        let mut runner = TestRunner::new(ProptestConfig::with_cases(2000));
        let result = runner.run(&texts, |text| {
            let fault = text.parse::<T>().err().map(|fault| fault.code);
            let is_valid = schema.is_valid(&json!(text));
            prop_assert!(
                fault.is_none() == is_valid || (is_valid && fault == Some(beyond)),
                "{:?}: {:?}, {}",
                text,
                fault,
                is_valid
            );
            Ok(())
        });
        result.unwrap();
    }

    /// O-02: an editor marks what the check refuses, and nothing else.
    #[test]
    fn o_02_patterns_of_measures_agree_with_the_check() {
        let pieces = [
            "0",
            "0",
            "1",
            "2",
            "5",
            "7",
            "9",
            "12",
            "16",
            "256",
            "2147483647",
            ".",
            ".",
            "px",
            "em",
            "rem",
            "%",
            "vw",
            "-",
            "+",
            "*",
            "/",
            " ",
            ",",
            "(",
            "(",
            ")",
            ")",
            "calc(",
            "min(",
            "clamp(",
            "max",
            "x",
            "\n",
            "!",
            "қ",
        ];
        agree::<FontSize>(&pieces, Code::UnknownColour);
        agree::<Length>(&pieces, Code::UnknownColour);
        agree::<MaxWidth>(&pieces, Code::UnknownColour);
        agree::<ZIndex>(&pieces, Code::UnknownColour);
        let digits = [
            "1", "2", "3", "4", "6", "7", "8", "21", "47", "483", "2147", "0", ".", "px", "em",
        ];
        agree::<ZIndex>(&digits, Code::UnknownColour);
        agree::<MaxWidth>(&digits, Code::UnknownColour);
        agree::<FontSize>(&digits, Code::UnknownColour);
    }

    #[test]
    fn o_02_patterns_of_typefaces_and_shadows_agree_with_the_check() {
        let families = [
            "\"", "\"", "'", "a", "-", "_", "2", " ", " ", ",", ",", "Inter", "PT Sans", "қ", "(", "\\", "\u{a0}",
            "\u{ad}", "\n", "url", "image", "!", "/", "]", "[", "&",
        ];
        agree::<Font>(&families, Code::UnknownColour);
        let shadows = [
            "0 ",
            "0 2px",
            " 0",
            " -1em",
            "1",
            "px",
            ",",
            ", ",
            " ",
            "none",
            "#000",
            " #0006",
            "#",
            "8",
            "red",
            " red",
            "rgb(",
            " rgb(0 0 0 / 20%)",
            ")",
            "inset",
            "url",
            "\n",
        ];
        agree::<Shadow>(&shadows, Code::UnknownColour);
    }

    #[test]
    fn o_02_patterns_of_addresses_and_names_agree_with_the_check() {
        let addresses = [
            "https://", "https:", "HTTPS://", "http://", "/", "//", ":", "@", "a", "kz", ".", ".", "-", "қ", "\u{94d}",
            "8", "443", "65535", "65536", "0", "?", "#", "[", "]", "::1", "*", "'", ",", "%", "_", "\\", "\u{2028}",
            "\u{200d}", "。", "Ⓐ",
        ];
        // What of IPv6 a pattern does not know is an unsafe link too.
        agree::<Url>(&addresses, Code::UnsafeLink);
        let without_brackets: Vec<&str> = addresses.into_iter().filter(|piece| !"[]::1".contains(piece)).collect();
        agree::<Url>(&without_brackets, Code::Missing);
        let letters = [
            "a", "b.kz", "@", "@", "қ", "%", "'", "`", ".", "+", "\\", "}", "\u{200b}", "\u{a0}", " ", "\u{7f}",
        ];
        agree::<Email>(&letters, Code::Missing);
        let names = [
            "_", "a", "*", "*", "/", "[", "]", "?", " ", "қ", "\n", "\u{200b}", "\u{3000}", "кі",
        ];
        agree::<Glob>(&names, Code::TooWide);
        let times = [
            "0",
            "0",
            "00",
            "1",
            "9",
            "12345678",
            "m",
            "h",
            "d",
            "session",
            "unlimited",
            "s",
            "-",
            "१",
        ];
        agree::<Lifetime>(&times, Code::Missing);
    }

    #[test]
    fn t_06_a_text_is_no_longer_than_anybody_reads() {
        let (long, longer) = ("қ".repeat(1000), "қ".repeat(1001));
        holds::<Text>(&["a", &long], &[&longer], Code::TooLong);
        assert_eq!(longer.parse::<Text>(), Err(Fault::with(Code::TooLong, "1000")));
    }

    /// The table here is that of Unicode, as the schema says it.
    #[test]
    fn b_02_what_nobody_sees_is_what_the_schema_says() {
        let schema = validator_for(&json!({ "pattern": r"^[\p{Cc}\p{Cf}\p{Z}]$" })).unwrap();
        for letter in '\0'..=char::MAX {
            let is_said = schema.is_valid(&json!(letter.to_string()));
            assert_eq!(is_unseen(letter), is_said, "{}", letter.escape_unicode());
        }
    }
}
