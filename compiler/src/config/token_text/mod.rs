//! The value of a token (requirement G-06).
//!
//! [`TokenText`] is what holds for every token, a colour too: it stays one value and loads nothing. What a token is, is a
//! type of its own: a length in `length.rs`, a typeface in `font.rs`, a shadow in `shadow.rs`. Their patterns for the
//! schema say the same as their code, so an editor marks what the check refuses.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use super::problem::{Code, Fault};

mod font;
mod length;
mod shadow;

pub use self::font::Font;
pub use self::length::{FontSize, Length, MaxWidth, ZIndex};
pub use self::shadow::Shadow;

/// In front of a pattern: nothing that loads something, wherever in the value.
const LOADS_NOTHING: &str = r"(?![\s\S]*([Uu][Rr][Ll]|[Ii][Mm][Aa][Gg][Ee]))";

/// Declares a type of tokens: its name, its pattern in the schema and its rule.
macro_rules! token {
    ($($(#[$meta:meta])* $name:ident: $pattern:expr, $rule:expr;)+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
        #[serde(transparent)]
        pub struct $name(#[schemars(regex(pattern = $pattern))] String);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::config::problem::Fault;

            fn from_str(text: &str) -> Result<$name, Self::Err> {
                $rule(text)?;
                Ok($name(text.to_owned()))
            }
        }

        $crate::config::reading::read_as_text! {
            $name;
        }
    )+ };
}
use token;

/// One value of a custom property, which loads nothing from anywhere (requirement G-06).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct TokenText(
    #[schemars(regex(pattern = r"^(?![\s\S]*([Uu][Rr][Ll]|[Ii][Mm][Aa][Gg][Ee]))[^;{}\\@\x00-\x1f\x7f]+$"))] String,
);

impl TokenText {
    /// The value.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TokenText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for TokenText {
    type Err = Fault;

    fn from_str(text: &str) -> Result<TokenText, Fault> {
        let small = text.to_ascii_lowercase();
        let is_plain = !text.is_empty()
            && !text.contains([';', '{', '}', '\\', '@'])
            && !text.contains(|letter: char| letter.is_ascii_control())
            && !small.contains("url")
            && !small.contains("image");
        if is_plain {
            Ok(TokenText(text.to_owned()))
        } else {
            Err(Code::UnsafeToken.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TokenText;
    use crate::config::problem::Code;

    #[test]
    fn g_06_a_token_is_one_value_that_loads_nothing() {
        for value in [
            "12px",
            "\"Inter\", sans-serif",
            "0 2px 8px rgb(0 0 0 / 20%)",
            "calc(1rem + 2px)",
            "0",
        ] {
            assert_eq!(value.parse::<TokenText>().unwrap().as_str(), value);
        }
        for value in [
            "",
            "url(//evil.example)",
            "URL(//evil.example)",
            "u\\72l(//evil.example)",
            "image-set(\"//evil.example\" 1x)",
            "Image(\"//evil.example\")",
            "x;color:red",
            "1px}*{color:red",
            "{",
            "@import",
            "1px\n",
            "\u{1b}[31m",
        ] {
            assert_eq!(value.parse::<TokenText>(), Err(Code::UnsafeToken.into()), "{value}");
        }
    }
}
