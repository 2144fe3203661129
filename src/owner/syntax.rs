//! What is wrong in a text that is not JSON, and how to mend it.

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseStringErrorKind, parse_to_ast};

use super::locate::{Place, place, strict};

/// A fault of syntax.
pub(super) struct Fault {
    pub(super) place: Place,
    pub(super) problem: &'static str,
    pub(super) mend: &'static str,
}

/// The first fault of a text that `serde_json` refused with `error`.
pub(super) fn fault(text: &str, error: &serde_json::Error) -> Fault {
    if text.trim().is_empty() {
        return Fault {
            place: Place { line: 1, column: 1 },
            problem: "The file is empty.",
            mend: "Write a configuration: an object in braces.",
        };
    }
    match parse_to_ast(text, &CollectOptions::default(), &strict()) {
        Err(found) => {
            let at = found.range().start;
            let (problem, mend) = at_a_glance(text, at).unwrap_or(words(found.kind()));
            Fault {
                place: place(text, at),
                problem,
                mend,
            }
        }
        Ok(_) => Fault {
            place: Place {
                line: error.line().max(1),
                column: error.column().max(1),
            },
            problem: "This is not JSON.",
            mend: "Mend what stands here or right before it: a line break or a tab inside a string is written `\\n` or `\\t`, and a number has no leading zero.",
        },
    }
}

/// Mistakes that are known by how they begin, and which a parser takes for something else.
fn at_a_glance(text: &str, at: usize) -> Option<(&'static str, &'static str)> {
    let (before, rest) = text.split_at_checked(at)?;
    if before.ends_with('0') && rest.starts_with(|digit: char| digit.is_ascii_digit()) {
        return Some(("A number begins with a zero.", "Remove the zero."));
    }
    let word: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    match word.as_str() {
        "True" | "TRUE" | "False" | "FALSE" => {
            return Some(("JSON writes this word in small letters.", "Write `true` or `false`."));
        }
        "None" | "Null" | "NULL" | "nil" | "undefined" | "NaN" | "Infinity" => {
            return Some(("JSON has no such value.", "Leave the key out, or write its value."));
        }
        _ => {}
    }
    rest.starts_with(['“', '”', '„', '«', '»', '‘', '’']).then_some((
        "JSON knows the straight quotation mark only.",
        "Write \" in the place of this mark, and of the one at the end.",
    ))
}

/// What a fault is, and its mend.
fn words(kind: &ParseErrorKind) -> (&'static str, &'static str) {
    use ParseErrorKind as Kind;
    match kind {
        Kind::TrailingCommasNotAllowed => ("There is a comma after the last entry.", "Remove the comma."),
        Kind::CommentsNotAllowed | Kind::UnterminatedCommentBlock => ("JSON has no comments.", "Remove the comment."),
        Kind::ExpectedComma => (
            "Two entries stand without a comma between them.",
            "Put a comma before this one.",
        ),
        Kind::ExpectedColonAfterObjectKey => (
            "A key has no colon after it.",
            "Put a colon between the key and its value.",
        ),
        Kind::ExpectedObjectValue => ("A key has no value.", "Write a value after the colon."),
        Kind::ExpectedStringObjectProperty | Kind::UnexpectedWord => (
            "A word stands without quotation marks.",
            "Put it into double quotation marks.",
        ),
        Kind::SingleQuotedStringsNotAllowed => (
            "A string stands in single quotation marks.",
            "Put it into double quotation marks.",
        ),
        Kind::String(ParseStringErrorKind::UnterminatedStringLiteral) => (
            "A string has no end.",
            "Put a double quotation mark at its end; a line break inside a string is written \\n.",
        ),
        Kind::String(_) => (
            "A string has a backslash that means nothing.",
            "Write a backslash twice, and a quotation mark inside a string as \\\".",
        ),
        Kind::UnterminatedArray => ("A list has no end.", "Put a closing bracket `]` after its last entry."),
        Kind::UnterminatedObject => ("An object has no end.", "Put a closing brace `}` after its last entry."),
        Kind::UnexpectedCloseBrace | Kind::UnexpectedCloseBracket => (
            "This closes something else than what was opened last.",
            "Close a list with a bracket `]`, an object with a brace `}`.",
        ),
        Kind::MultipleRootJsonValues => ("Something stands after the end.", "Remove what follows the last brace."),
        Kind::UnexpectedColon | Kind::UnexpectedComma | Kind::UnexpectedToken | Kind::UnexpectedTokenInObject => (
            "Something stands where nothing belongs.",
            "Remove it, or write what is missing before it.",
        ),
        Kind::NestingDepthExceeded => (
            "This is nested too deeply.",
            "No configuration needs more than a few levels.",
        ),
        _ => (
            "This number is written in another way than JSON writes numbers.",
            "Write it in decimal digits.",
        ),
    }
}
