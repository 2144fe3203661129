//! What is wrong in a text that is not JSON, and where.
//!
//! It must not decide whether a text is JSON: `serde_json` does, as a browser would.

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseStringErrorKind, parse_to_ast};

use super::locate::{Place, place, strict};
use crate::config::unreadable::Unreadable;

/// A fault of syntax.
pub(crate) struct Fault {
    pub(crate) place: Place,
    pub(crate) why: Unreadable,
}

/// The first fault of a text that `serde_json` refused with `error`.
pub(crate) fn fault(text: &str, error: &serde_json::Error) -> Fault {
    if text.trim().is_empty() {
        return Fault {
            place: Place { line: 1, column: 1 },
            why: Unreadable::EmptyFile,
        };
    }
    if text.trim_start().starts_with('<') {
        return Fault {
            place: place(text, text.len() - text.trim_start().len()),
            why: Unreadable::Page,
        };
    }
    let at = byte(text, error);
    if let Some(why) = beyond_syntax(text, at, error) {
        return Fault {
            place: place(text, at),
            why,
        };
    }
    match parse_to_ast(text, &CollectOptions::default(), &strict()) {
        Err(found) => {
            let at = found.range().start;
            Fault {
                place: place(text, at),
                why: at_a_glance(text, at).unwrap_or(of_syntax(found.kind())),
            }
        }
        Ok(_) => Fault {
            place: place(text, at),
            why: Unreadable::NoJson,
        },
    }
}

/// The byte at which `serde_json` stopped: the last that it had read. It counts the bytes of a line, from 1.
fn byte(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let line: usize = lines.map(str::len).sum();
    let byte = (line + error.column()).saturating_sub(1).min(text.len());
    // Of a letter of several bytes its first.
    (0..=byte).rev().find(|byte| text.is_char_boundary(*byte)).unwrap_or(0)
}

/// What looks like JSON and cannot be read all the same. `serde_json` names its errors by their sentences only.
fn beyond_syntax(text: &str, at: usize, error: &serde_json::Error) -> Option<Unreadable> {
    let sentence = error.to_string();
    if sentence.starts_with("recursion limit exceeded") {
        return Some(Unreadable::TooDeep);
    }
    if sentence.starts_with("number out of range") {
        return Some(Unreadable::NumberTooLarge);
    }
    if sentence.starts_with("lone leading surrogate") || sentence.starts_with("unexpected end of hex escape") {
        return Some(Unreadable::HalfAnEscape);
    }
    let stands_here = text.get(at..).and_then(|rest| rest.chars().next());
    match stands_here.filter(|_| sentence.starts_with("control character")) {
        Some('\t') => Some(Unreadable::Tab),
        // The sentence of a string without an end tells of it.
        None | Some('\n' | '\r') => None,
        Some(_) => Some(Unreadable::Unseen),
    }
}

/// Mistakes that are known by how they begin, and which a parser takes for something else.
fn at_a_glance(text: &str, at: usize) -> Option<Unreadable> {
    let (before, rest) = text.split_at_checked(at)?;
    if before.ends_with('0') && rest.starts_with(|digit: char| digit.is_ascii_digit()) {
        return Some(Unreadable::LeadingZero);
    }
    let word: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    match word.as_str() {
        "True" | "TRUE" | "False" | "FALSE" => return Some(Unreadable::CapitalTruth),
        "None" | "Null" | "NULL" | "nil" | "undefined" | "NaN" | "Infinity" => return Some(Unreadable::NoSuchValue),
        _ => {}
    }
    rest.starts_with(['“', '”', '„', '«', '»', '‘', '’'])
        .then_some(Unreadable::QuotationMark)
}

/// What a fault of syntax is.
fn of_syntax(kind: &ParseErrorKind) -> Unreadable {
    use ParseErrorKind as Kind;
    match kind {
        Kind::TrailingCommasNotAllowed => Unreadable::LastComma,
        Kind::CommentsNotAllowed | Kind::UnterminatedCommentBlock => Unreadable::Comment,
        Kind::ExpectedComma => Unreadable::MissingComma,
        Kind::ExpectedColonAfterObjectKey => Unreadable::MissingColon,
        Kind::ExpectedObjectValue => Unreadable::MissingValue,
        Kind::ExpectedStringObjectProperty | Kind::UnexpectedWord => Unreadable::BareWord,
        Kind::SingleQuotedStringsNotAllowed => Unreadable::SingleQuotes,
        Kind::String(ParseStringErrorKind::UnterminatedStringLiteral) => Unreadable::EndlessString,
        Kind::String(_) => Unreadable::Backslash,
        Kind::UnterminatedArray => Unreadable::EndlessList,
        Kind::UnterminatedObject => Unreadable::EndlessObject,
        Kind::UnexpectedCloseBrace | Kind::UnexpectedCloseBracket => Unreadable::OtherBracket,
        Kind::MultipleRootJsonValues => Unreadable::AfterTheEnd,
        Kind::UnexpectedColon | Kind::UnexpectedComma | Kind::UnexpectedToken | Kind::UnexpectedTokenInObject => {
            Unreadable::OutOfPlace
        }
        Kind::NestingDepthExceeded => Unreadable::TooDeep,
        _ => Unreadable::OtherNotation,
    }
}

#[cfg(test)]
mod tests {
    use super::fault;
    use crate::config::messages::messages;

    #[test]
    fn what_is_no_json_is_named_with_its_place_and_its_mend() {
        for (text, line, column, mend) in [
            ("", 1, 1, "Write a configuration"),
            ("{\n  \"law\": [\"kz\",]\n}", 2, 15, "Remove the comma"),
            ("{\n  \"a\": 1,\n}", 2, 9, "Remove the comma"),
            ("{\n  \"a\": \"x\n}", 2, 8, "double quotation mark"),
            ("{\n  \"a\": 1\n  \"b\": 2\n}", 2, 9, "comma"),
            ("{ law: 1 }", 1, 3, "double quotation marks"),
            ("{ 'law': 1 }", 1, 3, "double quotation marks"),
            ("{ \"a\" 1 }", 1, 7, "colon"),
            ("// hello\n{}", 1, 1, "comment"),
            ("{ \"a\": [1 }", 1, 11, "bracket"),
            ("{ \"a\": 1 ", 1, 1, "brace"),
            ("{} {}", 1, 4, "last brace"),
            ("\n<!doctype html>", 2, 1, "at the address"),
            ("{ \"a\": 1e999 }", 1, 12, "smaller"),
            ("{ \"ә\": \"а\tб\" }", 1, 10, "a space"),
            ("{ \"ә\":\n\"а\u{1b}б\" }", 2, 3, "Remove it"),
            ("{ \"a\": \"\u{0}\" }", 1, 9, "Remove it"),
            (r#"{ "a": "\ud83d" }"#, 1, 15, "the character itself"),
            (r#"{ "a": "\ud83d\u0041" }"#, 1, 20, "the character itself"),
            (r#"{ "a": "\ude42" }"#, 1, 14, "the character itself"),
            (&"[".repeat(127), 1, 127, "bracket"),
            (&"[".repeat(128), 1, 128, "a few levels"),
            (&"[".repeat(600), 1, 128, "a few levels"),
        ] {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            let fault = fault(text, &error);
            let message = &messages("en").unreadable[&fault.why];
            assert!(message.mend.contains(mend), "{text}: {}", message.mend);
            let place = (fault.place.line, fault.place.column);
            assert_eq!(place, (line, column), "{text}: {}", message.problem);
        }
    }
}
