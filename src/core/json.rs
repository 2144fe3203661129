//! JSON text to a [`Value`] and back: the one form in which documents cross between the page and the module, and in
//! which a record is written, always in the same way.
//!
//! Small on purpose: the texts come from the page's own `JSON.stringify`, or from storage, where anything may lie. What
//! is not JSON is `None`, never a panic. A number of more than fifteen digits may differ in its last one from the page's,
//! and one that is not whole is no number.

use super::letters::{at, rest, slice};
use super::pile::Pile;
use super::value::{Members, Value, Words, Writer};

/// Nesting beyond this is not read: no configuration has it, and a deeper one must not exhaust the stack.
const DEEPEST: u32 = 64;

/// Reads one JSON value; `None` for a text that is not one.
#[inline(never)]
pub fn parse(text: &str) -> Option<&'static Value> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(DEEPEST);
    (reader.next() == 0 && reader.at == text.len()).then(|| value.keep())
}

/// Appends a value as JSON without white space, always in the same way. Of a number, the whole part: those that Kelisim
/// writes are counts, moments and the parameters of vendors, and the tests hold every manifest to whole ones.
#[inline(never)]
pub fn write(value: &Value, json: &mut Writer) {
    match value {
        Value::Null => json.push("null"),
        Value::Bool(flag) => json.push(if *flag { "true" } else { "false" }),
        Value::Number(number) => {
            #[allow(clippy::cast_possible_truncation, reason = "see above")]
            let number = *number as i64;
            if number < 0 {
                json.mark(b'-');
            }
            json.number(number.wrapping_abs(), 1);
        }
        Value::Text(text) => quote(text, json),
        Value::List(items) => {
            let mut mark = b'[';
            for item in *items {
                json.mark(mark);
                write(item, json);
                mark = b',';
            }
            close(json, mark, b'[');
            json.mark(b']');
        }
        Value::Map(entries) => {
            let mut mark = b'{';
            for (key, member) in *entries {
                json.mark(mark);
                quote(key, json);
                json.mark(b':');
                write(member, json);
                mark = b',';
            }
            close(json, mark, b'{');
            json.mark(b'}');
        }
    }
}

/// A list or map without a member was not opened yet.
fn close(json: &mut Writer, mark: u8, open: u8) {
    if mark == open {
        json.mark(open);
    }
}

/// A value as JSON.
#[inline(never)]
pub fn text(value: &Value) -> Words {
    let mut json = Writer::default();
    write(value, &mut json);
    json.done()
}

/// Appends a string with what JSON must escape escaped.
fn quote(text: &str, json: &mut Writer) {
    json.mark(b'"');
    let mut start = 0;
    for (place, byte) in (0..).zip(text.as_bytes()) {
        let byte = *byte;
        if matches!(byte, b'"' | b'\\' | 0..b' ') {
            json.push(slice(text, start, place));
            start = place + 1;
            json.mark(b'\\');
            if byte < b' ' {
                json.push(if byte < 16 { "u000" } else { "u001" });
                json.mark(*b"0123456789abcdef".get(usize::from(byte % 16)).unwrap_or(&0));
            } else {
                json.mark(byte);
            }
        }
    }
    json.push(rest(text, start));
    json.mark(b'"');
}

/// A place in a text. After something that is not JSON it stands far behind the end, where there is nothing more to read.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    /// The byte here; 0 at the end.
    #[inline(never)]
    fn peek(&self) -> u8 {
        at(self.text, self.at)
    }

    /// The byte here, and goes beyond it.
    #[inline(never)]
    fn take(&mut self) -> u8 {
        let byte = self.peek();
        if byte != 0 {
            self.at += 1;
        }
        byte
    }

    /// The next byte that is not white space, and goes beyond it.
    #[inline(never)]
    fn next(&mut self) -> u8 {
        loop {
            let byte = self.take();
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return byte;
            }
        }
    }

    /// This is not JSON.
    fn fail(&mut self) {
        self.at = usize::MAX;
    }

    fn value(&mut self, depth: u32) -> Value {
        let first = if depth == 0 { 0 } else { self.next() };
        match first {
            b'"' => return Value::Text(self.string().text()),
            b'[' => {
                let mut items = Pile::new();
                while self.goes_on(b']', items.is_empty()) {
                    items.push(self.value(depth - 1));
                }
                return Value::List(items.done());
            }
            b'{' => {
                let mut members = Members::default();
                let mut first = true;
                while self.goes_on(b'}', first) {
                    first = false;
                    if self.next() != b'"' {
                        self.fail();
                    }
                    let key = self.string();
                    if self.next() != b':' {
                        self.fail();
                    }
                    let value = self.value(depth - 1);
                    members = members.value(key.text(), &value);
                }
                return *members.done();
            }
            b't' => return self.word("rue", Value::Bool(true)),
            b'f' => return self.word("alse", Value::Bool(false)),
            b'n' => return self.word("ull", Value::Null),
            b'-' if self.peek().is_ascii_digit() => return Value::Number(-self.number()),
            b'0'..=b'9' => {
                self.at -= 1;
                return Value::Number(self.number());
            }
            _ => self.fail(),
        }
        Value::Null
    }

    /// Whether another item of a list or map follows.
    #[inline(never)]
    fn goes_on(&mut self, end: u8, first: bool) -> bool {
        let byte = self.next();
        if byte == end {
            return false;
        }
        if first && byte != 0 {
            self.at -= 1;
        } else if byte != b',' {
            self.fail();
            return false;
        }
        true
    }

    /// The rest of a word that stands for a value.
    #[inline(never)]
    fn word(&mut self, rest: &str, value: Value) -> Value {
        for letter in rest.as_bytes() {
            if self.take() != *letter {
                self.fail();
            }
        }
        value
    }

    /// A string whose opening quotation mark was read.
    fn string(&mut self) -> Words {
        let mut string = Writer::default();
        loop {
            let start = self.at;
            while !matches!(self.peek(), 0..b' ' | b'"' | b'\\') {
                self.at += 1;
            }
            string.push(slice(self.text, start, self.at));
            match self.take() {
                b'"' => break,
                b'\\' => {
                    let escaped = self.take();
                    match escaped {
                        b'"' | b'\\' | b'/' => string.mark(escaped),
                        b'b' => string.mark(8),
                        b'f' => string.mark(12),
                        b'n' => string.mark(b'\n'),
                        b'r' => string.mark(b'\r'),
                        b't' => string.mark(b'\t'),
                        b'u' => self.escaped(&mut string),
                        _ => self.fail(),
                    }
                }
                _ => {
                    self.fail();
                    break;
                }
            }
        }
        string.done()
    }

    /// A character by its number. Half of a surrogate pair, which `JSON.stringify` writes only for one without its other
    /// half, is no character.
    fn escaped(&mut self, string: &mut Writer) {
        let mut code = 0;
        for _ in 0..4 {
            match char::from(self.take()).to_digit(16) {
                Some(digit) => code = code * 16 + digit,
                None => self.fail(),
            }
        }
        string.character(code);
    }

    /// A number without its sign. One that is not written in digits alone is not a whole one, and no number that Kelisim
    /// reads may be another: it is none, and fits nowhere.
    fn number(&mut self) -> f64 {
        let mut number = 0.0;
        loop {
            match self.peek() {
                digit @ b'0'..=b'9' => number = number * 10.0 + f64::from(digit - b'0'),
                b'.' | b'e' | b'E' | b'+' | b'-' => number = f64::NAN,
                _ => return number,
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, parse, text as written};

    #[test]
    fn reads_what_serde_json_reads() {
        for text in [
            "null",
            " [1, -25, 0, 98765432109876, 9007199254740991, []] ",
            r#"{"a":{"b":[true,false,null]},"ключ":"сло\"во\\\/\b\f\n\r\t\u0416","":{}}"#,
        ] {
            let expected: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
            assert_eq!(parse(text), Some(&Value::from(expected)), "{text}");
        }
    }

    #[test]
    fn v_01_a_number_that_is_not_whole_is_none() {
        for text in ["180.5", "-2.5", "1e3", "2.5E-3", "0.29", "1e400", "1e-400"] {
            let Some(Value::Number(number)) = parse(text) else {
                panic!("{text} is read");
            };
            assert!(number.is_nan(), "{text}");
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
            "[0,95374611,-1,9007199254740991]",
        ] {
            let value = parse(text);
            let again = value.map(written).and_then(|text| parse(text.text()));
            assert_eq!(again, value, "{text}");
        }
    }
}
