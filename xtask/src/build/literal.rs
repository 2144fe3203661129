//! Writes strings as JavaScript literals in as few bytes as can be: a character is escaped only where it would end the
//! literal or be read as something else.

use std::fmt::Write as _;
use std::iter::Peekable;

/// Bytes as a string of the characters U+0000 to U+00FF. In UTF-8 half of them take two bytes, which brotli evens out
/// to about 5 % over the raw bytes; base64 costs 33 %.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    quoted(bytes.iter().map(|byte| char::from(*byte)), false)
}

/// A list of what are literals already.
pub(super) fn of_list(literals: impl Iterator<Item = String>) -> String {
    format!("[{}]", literals.collect::<Vec<_>>().join(","))
}

/// A text. With `ascii`, every character beyond ASCII is escaped.
pub(super) fn of_text(text: &str, ascii: bool) -> String {
    quoted(text.chars(), ascii)
}

/// A JSON value is a JavaScript literal as it is, except for what [`of_text`] escapes beyond JSON.
pub(super) fn of_json(value: &serde_json::Value, ascii: bool) -> String {
    let json = kelisim::owner::literals::of_json(value);
    if !ascii {
        return json;
    }
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        push_escaped_beyond_ascii(&mut escaped, character);
    }
    escaped
}

fn quoted(characters: impl Iterator<Item = char>, ascii: bool) -> String {
    let mut literal = String::from('"');
    let mut characters = characters.peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\0' => literal.push_str(zero(&mut characters)),
            // Some programs still mangle a byte-order mark wherever it stands.
            '\u{feff}' => literal.push_str("\\ufeff"),
            _ if ascii => push_escaped_beyond_ascii(&mut literal, character),
            _ => literal.push(character),
        }
    }
    literal.push('"');
    // The script may be pasted into a page, where these would end it or hide its rest.
    literal.replace("</script", "<\\/script").replace("<!--", "\\x3c!--")
}

/// `\0` before a digit would be read as an octal escape.
fn zero(following: &mut Peekable<impl Iterator<Item = char>>) -> &'static str {
    if following.peek().is_some_and(char::is_ascii_digit) {
        "\\x00"
    } else {
        "\\0"
    }
}

fn push_escaped_beyond_ascii(text: &mut String, character: char) {
    if character.is_ascii() {
        return text.push(character);
    }
    for unit in character.encode_utf16(&mut [0; 2]) {
        // Writing to a string cannot fail.
        let _ = write!(text, "\\u{unit:04x}");
    }
}

#[cfg(test)]
mod tests {
    use super::{of_bytes, of_json, of_text};
    use std::process::Command;

    /// What `node` makes of a literal: the code units of the string.
    fn evaluated(literal: &str) -> anyhow::Result<Vec<u16>> {
        let program =
            format!("const text = {literal}; console.log(JSON.stringify(text.split('').map(c => c.charCodeAt(0))))");
        let file = std::env::temp_dir().join(format!("kelisim-literal-{}.js", getrandom::u64()?));
        std::fs::write(&file, program)?;
        let output = Command::new("node").arg(&file).output();
        std::fs::remove_file(&file)?;
        let output = output?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    #[test]
    fn every_byte_comes_back_before_every_other() -> anyhow::Result<()> {
        let bytes: Vec<u8> = (0..=255)
            .flat_map(|first| (0..=255).flat_map(move |second| [first, second]))
            .collect();
        let expected: Vec<u16> = bytes.iter().map(|byte| u16::from(*byte)).collect();
        assert_eq!(evaluated(&of_bytes(&bytes))?, expected);
        Ok(())
    }

    #[test]
    fn a_text_comes_back_in_both_encodings() -> anyhow::Result<()> {
        let text = "Келісім \"ә\" \\ \r\n 𝒦 </script> <!-- \u{2028}\u{feff}\0 1\x001";
        let expected: Vec<u16> = text.encode_utf16().collect();
        assert_eq!(evaluated(&of_text(text, false))?, expected);
        assert_eq!(evaluated(&of_text(text, true))?, expected);
        assert!(of_text(text, true).is_ascii());
        Ok(())
    }

    #[test]
    fn json_comes_back_in_both_encodings() -> anyhow::Result<()> {
        let text = "Келісім \"ә\" \n </script> <!-- 𝒦";
        let expected: Vec<u16> = text.encode_utf16().collect();
        let value = serde_json::json!({ "text": text });
        assert_eq!(evaluated(&format!("({}).text", of_json(&value, false)))?, expected);
        assert_eq!(evaluated(&format!("({}).text", of_json(&value, true)))?, expected);
        Ok(())
    }

    #[test]
    fn nothing_can_end_a_script_element() {
        for literal in [of_bytes(b"</script><!--"), of_text("</script><!--", false)] {
            assert!(!literal.contains("</script") && !literal.contains("<!--"), "{literal}");
        }
    }

    #[test]
    fn only_what_must_be_is_escaped() {
        assert_eq!(of_bytes(b"a\0b\x007'\t\x7f\xff"), "\"a\\0b\\x007'\t\u{7f}\u{ff}\"");
    }
}
