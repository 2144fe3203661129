//! A value as a literal that JSON and JavaScript read alike, and that nothing on its way can change: ASCII, and safe
//! between `<script>` and `</script>`.
//!
//! It must not be used for maps with keys of an owner's: `__proto__` means more to JavaScript than to JSON.

use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Writes a value.
///
/// # Errors
///
/// When it has no form in JSON.
pub(super) fn literal(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut written = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut written, Ascii))?;
    String::from_utf8(written).map_err(serde::ser::Error::custom)
}

/// JSON without spaces, in ASCII.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, character)) = first_unsafe(rest) {
            let (plain, after) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            write_escaped(writer, character)?;
            rest = after.get(character.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// The first character that cannot stand as it is, and where.
fn first_unsafe(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(at, character)| match character {
        '<' => text.get(at + 1..).is_some_and(is_read_in_a_script),
        _ => !character.is_ascii(),
    })
}

/// Whether HTML reads a `<` before this even in the middle of a script: as its end, or as a comment's beginning.
fn is_read_in_a_script(after: &str) -> bool {
    let ends = after.get(.."/script".len());
    after.starts_with("!--") || ends.is_some_and(|end| end.eq_ignore_ascii_case("/script"))
}

/// Beyond the first 65 536 characters, JSON writes a character as two.
fn write_escaped<W: ?Sized + io::Write>(writer: &mut W, character: char) -> io::Result<()> {
    for unit in character.encode_utf16(&mut [0; 2]) {
        write!(writer, "\\u{unit:04x}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn a_text_is_ascii_and_cannot_leave_its_script() -> Result<(), serde_json::Error> {
        for (text, written) in [
            ("plain", r#""plain""#),
            ("a \"b\" \\ \n", r#""a \"b\" \\ \n""#),
            ("келісім", r#""\u043a\u0435\u043b\u0456\u0441\u0456\u043c""#),
            ("\u{2028}\u{2029}\u{0}", r#""\u2028\u2029\u0000""#),
            ("🍪", r#""\ud83c\udf6a""#),
            ("\u{ffff}\u{10000}", r#""\uffff\ud800\udc00""#),
            ("</script></SCRIPT>", r#""\u003c/script>\u003c/SCRIPT>""#),
            ("<!-- <b></b> <", r#""\u003c!-- <b></b> <""#),
            ("</scripт>", r#""</scrip\u0442>""#),
        ] {
            assert_eq!(literal(&text)?, written);
            assert_eq!(serde_json::from_str::<String>(written)?, text);
        }
        Ok(())
    }
}
