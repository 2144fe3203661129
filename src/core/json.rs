//! JSON text to a [`Value`] and back: the one form in which documents cross between the page and the module, and in
//! which a record is written, always in the same way.
//!
//! Small on purpose: the texts come from the page's own `JSON.stringify`, or from storage, where anything may lie. What
//! is not JSON is `None`, never a panic. A number of more than fifteen digits may differ in its last one from the page's.

use super::notice::dates::push_number;
use super::value::Value;

/// Nesting beyond this is not read: no configuration has it, and a deeper one must not exhaust the stack.
const DEEPEST: u32 = 64;

/// Reads one JSON value; `None` for a text that is not one.
pub fn parse(text: &str) -> Option<Value> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(DEEPEST)?;
    (reader.next() == 0).then_some(value)
}

/// Appends a value as JSON without white space, always in the same way.
#[inline(never)]
pub fn write(value: &Value, json: &mut String) {
    match value {
        Value::Null => json.push_str("null"),
        Value::Bool(flag) => json.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => push_double(json, *number),
        Value::Text(text) => quote(text, json),
        Value::List(items) => {
            json.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, json);
                write(item, json);
            }
            json.push(']');
        }
        Value::Map(entries) => {
            json.push('{');
            for (index, (key, member)) in entries.iter().enumerate() {
                separate(index, json);
                quote(key, json);
                json.push(':');
                write(member, json);
            }
            json.push('}');
        }
    }
}

/// A value as JSON.
pub fn text(value: &Value) -> String {
    let mut json = String::new();
    write(value, &mut json);
    json
}

fn separate(index: usize, json: &mut String) {
    if index > 0 {
        json.push(',');
    }
}

/// Appends a string with what JSON must escape escaped.
fn quote(text: &str, json: &mut String) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => json.push('\\'),
            '\0'..'\x20' => {
                json.push_str("\\u00");
                json.push(if character < '\x10' { '0' } else { '1' });
                json.push(char::from(
                    *b"0123456789abcdef".get(character as usize % 16).unwrap_or(&b'0'),
                ));
                continue;
            }
            _ => {}
        }
        json.push(character);
    }
    json.push('"');
}

/// Appends a number as a whole one with an exponent: `0.25` is `25e-2`.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "the whole number is compared with what is read back from it"
)]
fn push_double(json: &mut String, number: f64) {
    let (mut unit, mut digits) = (1.0, 0);
    while digits < 15 && ((number * unit) as i64) as f64 / unit != number {
        unit *= 10.0;
        digits += 1;
    }
    let whole = (number * unit) as i64;
    if whole < 0 {
        json.push('-');
    }
    push_number(json, whole.wrapping_abs());
    if digits > 0 {
        json.push_str("e-");
        push_number(json, digits);
    }
}

/// A place in a text.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    /// The byte here; 0 at the end.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is not white space, and goes beyond it.
    #[inline(never)]
    fn next(&mut self) -> u8 {
        loop {
            let byte = self.peek();
            if byte != 0 {
                self.at += 1;
            }
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return byte;
            }
        }
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        match self.next() {
            b'"' => self.string().map(Value::Text),
            b'[' => {
                let mut items = Vec::new();
                while self.goes_on(b']', items.is_empty())? {
                    items.push(self.value(depth)?);
                }
                Some(Value::List(items))
            }
            b'{' => {
                let mut entries = Vec::new();
                while self.goes_on(b'}', entries.is_empty())? {
                    let key = if self.next() == b'"' {
                        self.string()?
                    } else {
                        return None;
                    };
                    if self.next() != b':' {
                        return None;
                    }
                    entries.push((key, self.value(depth)?));
                }
                Some(Value::Map(entries))
            }
            b't' => self.word("rue", Value::Bool(true)),
            b'f' => self.word("alse", Value::Bool(false)),
            b'n' => self.word("ull", Value::Null),
            b'-' => self.number().map(|number| Value::Number(-number)),
            b'0'..=b'9' => {
                self.at -= 1;
                self.number().map(Value::Number)
            }
            _ => None,
        }
    }

    /// Whether another item of a list or map follows; `None` when neither an item nor the end stands here.
    fn goes_on(&mut self, end: u8, first: bool) -> Option<bool> {
        let place = self.at;
        match self.next() {
            byte if byte == end => Some(false),
            b',' if !first => Some(true),
            _ if first => {
                self.at = place;
                Some(true)
            }
            _ => None,
        }
    }

    /// The rest of a word that stands for a value.
    fn word(&mut self, rest: &str, value: Value) -> Option<Value> {
        let end = self.at + rest.len();
        let there = self.text.get(self.at..end) == Some(rest);
        self.at = end;
        there.then_some(value)
    }

    /// A string whose opening quotation mark was read.
    fn string(&mut self) -> Option<String> {
        let mut string = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), 0..b' ' | b'"' | b'\\') {
                self.at += 1;
            }
            string.push_str(self.text.get(start..self.at)?);
            let end = self.peek();
            self.at += 1;
            match end {
                b'"' => return Some(string),
                b'\\' => {
                    let escaped = self.peek();
                    self.at += 1;
                    string.push(self.escaped(escaped)?);
                }
                _ => return None,
            }
        }
    }

    /// What an escaped character stands for. Half of a surrogate pair, which `JSON.stringify` writes only for one without
    /// its other half, is no character.
    fn escaped(&mut self, escaped: u8) -> Option<char> {
        Some(match escaped {
            b'"' | b'\\' | b'/' => char::from(escaped),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = 0;
                for _ in 0..4 {
                    code = code * 16 + char::from(self.peek()).to_digit(16)?;
                    self.at += 1;
                }
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return None,
        })
    }

    /// A number without its sign.
    fn number(&mut self) -> Option<f64> {
        let start = self.at;
        let mut number = 0.0;
        let mut exponent = 0;
        let mut point = 0;
        loop {
            match self.peek() {
                digit @ b'0'..=b'9' => {
                    number = number * 10.0 + f64::from(digit - b'0');
                    exponent -= point;
                }
                b'.' if point == 0 => point = 1,
                _ => break,
            }
            self.at += 1;
        }
        if self.at == start {
            return None;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            exponent += self.exponent()?;
        }
        Some(scaled(number, exponent))
    }

    /// The exponent of a number; beyond a thousand, which no double has, it is cut off.
    fn exponent(&mut self) -> Option<i32> {
        let negative = self.peek() == b'-';
        if matches!(self.peek(), b'-' | b'+') {
            self.at += 1;
        }
        let start = self.at;
        let mut exponent = 0;
        while let digit @ b'0'..=b'9' = self.peek() {
            exponent = (exponent * 10 + i32::from(digit - b'0')).min(1000);
            self.at += 1;
        }
        (self.at > start).then_some(if negative { -exponent } else { exponent })
    }
}

/// `number · 10^exponent`. One division by an exact power of ten is as exact as a double can be.
fn scaled(number: f64, exponent: i32) -> f64 {
    let mut unit = 1.0;
    for _ in 0..exponent.unsigned_abs() {
        unit *= 10.0;
    }
    if exponent < 0 { number / unit } else { number * unit }
}

#[cfg(test)]
mod tests {
    use super::{Value, parse, text as written};

    #[test]
    fn reads_what_serde_json_reads() {
        for text in [
            "null",
            " [1, -2.5, 1e3, 2.5E-3, 0.29, 98765432109876, []] ",
            r#"{"a":{"b":[true,false,null]},"ключ":"сло\"во\\\/\b\f\n\r\t\u0416","":{}}"#,
            "[1e400, 1e-400]",
        ] {
            match serde_json::from_str::<serde_json::Value>(text) {
                Ok(expected) => assert_eq!(parse(text), Some(Value::from(expected)), "{text}"),
                Err(_) => assert!(
                    parse(text).is_some(),
                    "{text}: doubles overflow to infinity, as in the page"
                ),
            }
        }
    }

    #[test]
    fn what_is_not_json_is_nothing() {
        for text in [
            "",
            "{",
            "[1,]",
            "[,1]",
            "{\"a\"}",
            "{\"a\":}",
            "\"a",
            "tru",
            "1 2",
            "-",
            "1e",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\n\"",
            "{a:1}",
            "[1 2]",
            "ю",
            "\"\\",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"[".repeat(100_000)), None);
    }

    #[test]
    fn what_is_written_reads_the_same() {
        for text in [
            r#"{"a":[1,-2,{"b":"\"ю\\"}],"c":[],"d":{},"e":true,"f":null}"#,
            "[0.29,-0.5,1234567.125,0,95374611]",
        ] {
            let value = parse(text);
            let again = value.as_ref().map(written).and_then(|json| parse(&json));
            assert_eq!(again, value, "{text}");
        }
    }
}
