//! What is wrong in a text that is not JSON, and how to mend it.
//!
//! It must not decide whether a text is JSON: `serde_json` does, as a browser would.

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseStringErrorKind, parse_to_ast};

use super::locate::{Place, place, strict};

/// A fault of syntax.
pub(crate) struct Fault {
    pub(crate) place: Place,
    pub(crate) problem: &'static str,
    pub(crate) mend: &'static str,
}

/// The first fault of a text that `serde_json` refused with `error`.
pub(crate) fn fault(text: &str, error: &serde_json::Error) -> Fault {
    if text.trim().is_empty() {
        return Fault {
            place: Place { line: 1, column: 1 },
            problem: "The file is empty.",
            mend: "Write a configuration: an object in braces.",
        };
    }
    if text.trim_start().starts_with('<') {
        return Fault {
            place: place(text, text.len() - text.trim_start().len()),
            problem: "This is a page, not a configuration: an error page was probably saved.",
            mend: "Look what stands at the address that it was loaded from, and put the configuration there.",
        };
    }
    let at = byte(text, error);
    if let Some((problem, mend)) = beyond_syntax(text, at, error) {
        return Fault {
            place: place(text, at),
            problem,
            mend,
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
            place: place(text, at),
            problem: "This is not JSON.",
            mend: "Mend what stands here or right before it.",
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
fn beyond_syntax(text: &str, at: usize, error: &serde_json::Error) -> Option<(&'static str, &'static str)> {
    let sentence = error.to_string();
    if sentence.starts_with("recursion limit exceeded") {
        return Some(words(&ParseErrorKind::NestingDepthExceeded));
    }
    if sentence.starts_with("number out of range") {
        return Some(("This number is too large to be read.", "Write a smaller one."));
    }
    if sentence.starts_with("lone leading surrogate") || sentence.starts_with("unexpected end of hex escape") {
        return Some((
            "Half a character stands in this string.",
            "Write the character itself in the place of `\\u` and its digits.",
        ));
    }
    let stands_here = text.get(at..).and_then(|rest| rest.chars().next());
    match stands_here.filter(|_| sentence.starts_with("control character")) {
        Some('\t') => Some(("A tab stands inside a string.", "Write a space, or `\\t`.")),
        // The sentence of a string without an end tells of it.
        None | Some('\n' | '\r') => None,
        Some(_) => Some((
            "A character that cannot be seen stands in this string.",
            "Remove it: it came along when the text was copied.",
        )),
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

#[cfg(test)]
mod tests {
    use super::fault;

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
            assert!(fault.mend.contains(mend), "{text}: {}", fault.mend);
            let place = (fault.place.line, fault.place.column);
            assert_eq!(place, (line, column), "{text}: {}", fault.problem);
        }
    }
}
