//! The owner's tokens as styles: light where nothing else is said, dark where the visitor or the owner wants it.
//!
//! Whatever an owner wrote, it stays the value of its own property. What a browser would not take as a value is left out,
//! as a browser leaves it out (CSS Syntax Module Level 3, `<declaration-value>`).

use std::collections::HashMap;
use std::fmt::Write as _;

use cssparser::{ParseError, Parser, Token, serialize_identifier, serialize_string};
use kelisim_site::Site;

use crate::config::token_text::TokenText;

/// Where the tokens hold: in the root, and in what stands in the place of an embed.
const OURS: &str = ".kelisim-own";

/// The styles of the first layer with the owner's tokens.
pub(crate) fn with_tokens(sheet: &str, site: &Site) -> String {
    let changed = site.dark.iter().filter(|token| !site.light.contains(token));
    let (light, dark) = (declarations(&site.light), declarations(changed));
    let mut rules = String::new();
    if !light.is_empty() {
        // Writing to a string cannot fail.
        let _ = write!(rules, "{OURS}{{{light}}}");
    }
    if !dark.is_empty() {
        let either = either(site);
        let _ = write!(
            rules,
            "{OURS}[data-theme=dark]{{{dark}}}\
             @supports (color:light-dark(#fff,#000)){{{OURS}[data-theme=auto]{{{either}}}}}"
        );
    }
    if rules.is_empty() {
        sheet.to_owned()
    } else {
        format!("{sheet}@layer kelisim{{{rules}}}")
    }
}

/// The colours that differ, each with both values: where a browser can choose between them, it looks at the page, and not at
/// the visitor's system.
fn either(site: &Site) -> String {
    let light: HashMap<&str, &str> = pairs(&site.light).collect();
    let differing = pairs(&site.dark).filter_map(|(name, dark)| Some((name, *light.get(name)?, dark)));
    let written = differing
        .filter(|(_, light, dark)| light != dark)
        .filter_map(|(name, light, dark)| {
            let (light, dark) = (declaration_value(light)?, declaration_value(dark)?);
            Some(format!("--kelisim-{name}:light-dark({light},{dark});"))
        });
    written.collect()
}

fn pairs(tokens: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    tokens.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

fn declarations<'a>(tokens: impl IntoIterator<Item = &'a (String, String)>) -> String {
    let written = tokens.into_iter().filter_map(|(name, value)| {
        let value = declaration_value(value)?;
        Some(format!("--kelisim-{name}:{value};"))
    });
    written.collect()
}

/// A value that ends where it ends: strings and brackets are closed, and comments are gone.
fn declaration_value(written: &str) -> Option<String> {
    let checked: TokenText = written.parse().ok()?;
    let mut value = String::new();
    write_tokens(&mut Parser::new(checked.as_str()), &mut value).ok()?;
    Some(value.trim().to_owned())
}

/// What is no value: a bracket that nothing opened, a string that its line ended, a `!` or a `<` outside a string.
struct NoValue;

fn write_tokens(parser: &mut Parser<'_>, value: &mut String) -> Result<(), ParseError<NoValue>> {
    loop {
        let start = parser.position();
        let Ok(token) = parser.next_including_whitespace_and_comments() else {
            return Ok(());
        };
        match token.clone() {
            Token::Delim('!' | '<') | Token::CDO => return Err(ParseError::custom(NoValue)),
            token if token.is_parse_error() => return Err(ParseError::custom(NoValue)),
            Token::WhiteSpace(_) | Token::Comment(_) => value.push(' '),
            Token::QuotedString(text) => write_string(&text, value),
            Token::Function(name) => {
                // Writing to a string cannot fail.
                let _ = serialize_identifier(&name, value);
                write_block(parser, ('(', ')'), value)?;
            }
            Token::ParenthesisBlock => write_block(parser, ('(', ')'), value)?,
            Token::SquareBracketBlock => write_block(parser, ('[', ']'), value)?,
            _ => value.push_str(parser.slice_from(start)),
        }
    }
}

fn write_block(
    parser: &mut Parser<'_>,
    (opening, closing): (char, char),
    value: &mut String,
) -> Result<(), ParseError<NoValue>> {
    value.push(opening);
    parser.parse_nested_block(|parser| write_tokens(parser, value))?;
    value.push(closing);
    Ok(())
}

/// In a string, `</style` is a word like any other, and must not end a `<style>` that the sheet is printed into.
fn write_string(text: &str, value: &mut String) {
    let mut string = String::new();
    // As above.
    let _ = serialize_string(text, &mut string);
    value.push_str(&string.replace('<', "\\3c "));
}

#[cfg(test)]
mod tests {
    use super::declaration_value;

    #[test]
    fn g_06_a_value_stays_the_value_of_its_property() {
        for (written, value) in [
            ("12px", Some("12px")),
            (" 1e3px ", Some("1e3px")),
            ("2147483000", Some("2147483000")),
            ("'PT Sans', sans-serif", Some("\"PT Sans\", sans-serif")),
            ("0 2px 8px rgb(0 0 0 / 20%)", Some("0 2px 8px rgb(0 0 0 / 20%)")),
            ("calc(1rem + (2px*3)", Some("calc(1rem + (2px*3))")),
            ("var(--page-font, Қазақ)", Some("var(--page-font, Қазақ)")),
            ("a[b(c", Some("a[b(c)]")),
            ("\"open", Some("\"open\"")),
            ("'</style><!--'", Some("\"\\3c /style>\\3c !--\"")),
            ("1px/* open", Some("1px")),
            ("1/**/2", Some("1 2")),
            ("--> x", Some("--> x")),
            ("red !important", None),
            ("</style>", None),
            ("<!--", None),
            ("a)b", None),
            ("(a]", None),
            ("\"two\nlines\"", None),
            ("a;b", None),
        ] {
            assert_eq!(declaration_value(written).as_deref(), value, "{written}");
        }
        assert_eq!(
            declaration_value(&"(".repeat(100_000)),
            None,
            "no browser reads it either"
        );
    }
}
