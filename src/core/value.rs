//! A JSON value as a plain tree: what every document from outside becomes before anything looks at it, and the words in
//! it.
//!
//! The browser edge turns JSON text into it, the owner's tool a `serde_json::Value`, so that the configuration, a
//! vendor's manifest and a stored record are read by the same code on both sides. It must not know where it came from.
//!
//! How long things live: what is made stays as long as the document, and nothing owns anything. A value, its items and
//! its words are addresses of what stays, so everybody copies them and hands them about. Code that frees each string by
//! itself weighed a sixth of the visitor's script; what it would save are some ten kilobytes that a visit makes at its
//! start and a few at each decision. Only what turns up at every change of a page, of which there is no end, is given
//! back ([`Pile::give_back`]) or kept once (`browser::host::words`).

use super::letters::same;
use super::pile::Pile;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use std::ops::Deref;

/// Words that stay: one address, which is cheaper to hand about than the two numbers of a string.
#[derive(Clone, Copy)]
pub struct Words(&'static &'static str);

impl Words {
    /// No words.
    pub const NONE: Words = Words(&"");

    /// Words that stand somewhere already: `Words::at(&"accept")`.
    #[inline]
    pub const fn at(place: &'static &'static str) -> Words {
        Words(place)
    }

    /// Words of a text that stays.
    #[inline(never)]
    pub fn of(text: &'static str) -> Words {
        Words(Box::leak(Box::new(text)))
    }

    /// The text.
    #[inline]
    pub fn text(self) -> &'static str {
        self.0
    }

    /// Whether there are none.
    #[inline(never)]
    pub fn are_none(self) -> bool {
        self.0.is_empty()
    }

    /// The words as a component of a URL or as the value of a cookie: everything but letters, digits and `-._~:` is
    /// escaped (RFC 3986, section 2.1; RFC 6265, section 4.1.1).
    #[inline(never)]
    #[must_use]
    pub fn encoded(self) -> Words {
        let mut url = Writer::default();
        for byte in self.as_bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-'..=b'.' | b':' | b'_' | b'~') {
                url.mark(*byte);
            } else {
                url.mark(b'%');
                url.mark(hexadecimal(byte >> 4));
                url.mark(hexadecimal(byte & 15));
            }
        }
        url.done()
    }

    /// Whether they are these words.
    #[inline(never)]
    pub fn are(self, words: &str) -> bool {
        same(self.0, words)
    }
}

/// The digit of a number below 16.
fn hexadecimal(number: u8) -> u8 {
    number + if number < 10 { b'0' } else { b'A' - 10 }
}

impl Deref for Words {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.0
    }
}

impl Default for Words {
    fn default() -> Words {
        Words::NONE
    }
}

impl PartialEq for Words {
    #[allow(
        clippy::inline_always,
        reason = "a call that is kept hands about the addresses of both addresses"
    )]
    #[inline(always)]
    fn eq(&self, other: &Words) -> bool {
        self.are(other.0)
    }
}

impl Eq for Words {}

impl PartialEq<str> for Words {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.are(other)
    }
}

impl PartialEq<&str> for Words {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        self.are(other)
    }
}

impl core::fmt::Debug for Words {
    fn fmt(&self, formatter: &mut core::fmt::Formatter) -> core::fmt::Result {
        core::fmt::Debug::fmt(self.0, formatter)
    }
}

impl core::fmt::Display for Words {
    fn fmt(&self, formatter: &mut core::fmt::Formatter) -> core::fmt::Result {
        formatter.write_str(self.0)
    }
}

/// What the owner's tool and the tests like to say of words, and the visitor's script has no use for.
#[cfg(not(target_arch = "wasm32"))]
mod conveniences {
    use super::Words;
    use std::cmp::Ordering;

    impl From<&'static str> for Words {
        fn from(text: &'static str) -> Words {
            Words::of(text)
        }
    }

    impl PartialEq<String> for Words {
        fn eq(&self, other: &String) -> bool {
            self.are(other)
        }
    }

    impl PartialEq<Words> for str {
        fn eq(&self, other: &Words) -> bool {
            other.are(self)
        }
    }

    impl PartialEq<Words> for &str {
        fn eq(&self, other: &Words) -> bool {
            other.are(self)
        }
    }

    impl PartialEq<Words> for String {
        fn eq(&self, other: &Words) -> bool {
            other.are(self)
        }
    }

    impl PartialOrd for Words {
        fn partial_cmp(&self, other: &Words) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }

    impl Ord for Words {
        fn cmp(&self, other: &Words) -> Ordering {
            self.text().cmp(other.text())
        }
    }
}

/// A member of an object.
pub type Member = (&'static str, Value);

/// One JSON value. An object keeps its keys in the order in which they were written.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`, and everything that JSON has no word for (`undefined`, a function).
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number; JSON has one kind.
    Number(f64),
    /// A string, in Unicode normal form C.
    Text(&'static str),
    /// An array.
    List(&'static [Value]),
    /// An object.
    Map(&'static [Member]),
}

/// What is not there.
pub static NULL: Value = Value::Null;
static NO_ITEMS: &[Value] = &[];
static NO_ENTRIES: &[Member] = &[];

impl Value {
    /// The member `key` of an object; `null` for a missing member and for anything that is not an object.
    #[inline(never)]
    pub fn get(&self, key: &str) -> &'static Value {
        if let Value::Map(entries) = self {
            for (name, value) in *entries {
                if same(name, key) {
                    return value;
                }
            }
        }
        &NULL
    }

    /// Whether this is `null`.
    #[inline]
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Whether this is an object.
    #[inline]
    pub fn is_map(&self) -> bool {
        matches!(self, Value::Map(_))
    }

    /// Whether this is `true`.
    #[inline]
    pub fn is_true(&self) -> bool {
        matches!(self, Value::Bool(true))
    }

    /// The text of a string; of anything else, none.
    #[inline(never)]
    pub fn words(&'static self) -> Words {
        match self {
            Value::Text(text) => Words(text),
            _ => Words::NONE,
        }
    }

    /// The text of the member `key` of an object; empty when there is none.
    #[inline(never)]
    pub fn text(&self, key: &str) -> Words {
        self.get(key).words()
    }

    /// The items of an array; of anything else, none.
    #[inline(never)]
    pub fn items(&'static self) -> &'static &'static [Value] {
        match self {
            Value::List(items) => items,
            _ => &NO_ITEMS,
        }
    }

    /// The items of the array under `key`; none when there is none.
    #[inline(never)]
    pub fn list(&self, key: &str) -> &'static &'static [Value] {
        self.get(key).items()
    }

    /// The members of an object; of anything else, none.
    #[inline(never)]
    pub fn entries(&'static self) -> &'static &'static [Member] {
        match self {
            Value::Map(entries) => entries,
            _ => &NO_ENTRIES,
        }
    }

    /// The value, to stay.
    #[inline(never)]
    pub fn keep(self) -> &'static Value {
        Box::leak(Box::new(self))
    }

    /// A list of values.
    #[inline(never)]
    pub fn of_items(items: Pile<Value>) -> &'static Value {
        Value::List(items.done()).keep()
    }
}

/// Text in the making.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Pile<u8>,
}

impl Writer {
    /// Text that begins with these words.
    #[inline(never)]
    pub fn of(words: &str) -> Writer {
        let mut writer = Writer::default();
        writer.push(words);
        writer
    }

    /// Appends words.
    #[inline(never)]
    pub fn push(&mut self, words: &str) {
        for byte in words.as_bytes() {
            self.bytes.push(*byte);
        }
    }

    /// Appends words.
    #[inline(never)]
    pub fn words(&mut self, words: Words) {
        self.push(words.text());
    }

    /// Appends an ASCII character; a question mark for any other byte.
    #[inline(never)]
    pub fn mark(&mut self, mark: u8) {
        self.bytes.push(if mark < 128 { mark } else { b'?' });
    }

    /// Appends a character of the Basic Multilingual Plane by its number; U+FFFD for half of a surrogate pair.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "each byte takes the bits of the number that have room in it"
    )]
    pub fn character(&mut self, code: u32) {
        let (rest, last) = (code >> 6, 0x80 | code as u8 & 0x3f);
        match code {
            0..0x80 => self.bytes.push(code as u8),
            0x80..0x800 => {
                self.bytes.push(0xc0 | rest as u8);
                self.bytes.push(last);
            }
            0xd800..0xe000 => self.push("\u{fffd}"),
            _ => {
                self.bytes.push(0xe0 | (code >> 12) as u8 & 0x0f);
                self.bytes.push(0x80 | rest as u8 & 0x3f);
                self.bytes.push(last);
            }
        }
    }

    /// Appends a whole number in digits, at least `width` of them; noughts for a negative one.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is one digit, from 0 to 9"
    )]
    #[inline(never)]
    pub fn number(&mut self, number: i64, width: u32) {
        let mut unit = 1;
        let mut digits = 1;
        while digits < width || number / unit >= 10 {
            unit *= 10;
            digits += 1;
        }
        while unit > 0 {
            self.mark(b'0' + (number / unit % 10).max(0) as u8);
            unit /= 10;
        }
    }

    /// How long the text is so far, in bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Takes back what was written after the first `length` bytes, which was the length before something was written.
    pub fn cut(&mut self, length: usize) {
        self.bytes.cut(length);
    }

    /// The text so far.
    #[allow(unsafe_code)]
    #[inline]
    pub fn as_str(&self) -> &str {
        // SAFETY: only whole strings and ASCII characters are ever added, and `cut` is given former lengths.
        unsafe { core::str::from_utf8_unchecked(&self.bytes) }
    }

    /// The text, to stay.
    #[allow(unsafe_code)]
    #[inline(never)]
    pub fn done(self) -> Words {
        // SAFETY: as above.
        Words::of(unsafe { core::str::from_utf8_unchecked(self.bytes.done()) })
    }
}

/// The members of an object in the making.
#[derive(Debug, Default)]
pub struct Members {
    entries: Pile<Member>,
}

impl Members {
    /// With one more member.
    #[inline(never)]
    #[must_use]
    pub fn value(mut self, key: &'static str, value: &Value) -> Members {
        self.entries.push((key, *value));
        self
    }

    /// With a text that says something; an empty one says nothing and is left out.
    #[inline(never)]
    #[must_use]
    pub fn text(self, key: &'static str, words: Words) -> Members {
        if words.are_none() {
            return self;
        }
        self.value(key, &Value::Text(words.text()))
    }

    /// With a yes or no.
    #[inline(never)]
    #[must_use]
    pub fn flag(self, key: &'static str, flag: bool) -> Members {
        self.value(key, &Value::Bool(flag))
    }

    /// With an array.
    #[inline(never)]
    #[must_use]
    pub fn list(self, key: &'static str, items: Pile<Value>) -> Members {
        self.value(key, &Value::List(items.done()))
    }

    /// Whether there is such a member.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(known, _)| same(known, key))
    }

    /// The object.
    #[inline(never)]
    pub fn done(self) -> &'static Value {
        Value::Map(self.entries.done()).keep()
    }
}

/// Words of the program's own, from a text that it has built.
pub fn keep(text: String) -> Words {
    Words::of(text.leak())
}

/// For whoever has a document in another form that serde reads: the tests of the edge.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

/// Builds a [`Value`] from whatever serde hands over.
struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, formatter: &mut core::fmt::Formatter) -> core::fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    #[allow(clippy::cast_precision_loss, reason = "JSON numbers are doubles in the page")]
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    #[allow(clippy::cast_precision_loss, reason = "JSON numbers are doubles in the page")]
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(keep(String::from(value)).text()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut items = Pile::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(*Value::of_items(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Members::default();
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            members = members.value(keep(key).text(), &value);
        }
        Ok(*members.done())
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Value {
        use unicode_normalization::UnicodeNormalization;
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(value),
            serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => Value::Text(keep(text.nfc().collect()).text()),
            serde_json::Value::Array(items) => {
                let mut list = Pile::new();
                for item in items {
                    list.push(Value::from(item));
                }
                *Value::of_items(list)
            }
            serde_json::Value::Object(entries) => {
                let mut members = Members::default();
                for (key, value) in entries {
                    members = members.value(keep(key.nfc().collect()).text(), &Value::from(value));
                }
                *members.done()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, Writer};

    #[test]
    fn words_are_what_they_say_wherever_they_stand() {
        let words = Words::of(String::from("жук").leak());
        assert_eq!(words, Words::at(&"жук"));
        assert!(words.are("жук") && !words.are("жу") && !words.are(""));
        assert_eq!((words.text(), &*words), ("жук", "жук"));
        assert_eq!(
            (format!("{words}"), format!("{words:?}")),
            ("жук".into(), "\"жук\"".into())
        );
    }

    #[test]
    fn no_words_are_none() {
        for none in [Words::NONE, Words::default(), Words::at(&""), Writer::default().done()] {
            assert!(none.are_none() && none.are("") && none == Words::NONE);
        }
        assert!(!Words::at(&" ").are_none());
    }

    /// Every character of the Basic Multilingual Plane is written as the standard library writes it, and half of a
    /// surrogate pair as what stands for no character.
    #[test]
    fn a_character_is_written_by_its_number() {
        for code in 0..=0xffff {
            let mut writer = Writer::default();
            writer.character(code);
            let expected = char::from_u32(code).unwrap_or('\u{fffd}');
            assert_eq!(writer.as_str(), expected.to_string(), "{code:x}");
        }
    }

    #[test]
    fn a_number_has_at_least_so_many_digits() {
        for (number, width, expected) in [
            (0, 1, "0"),
            (0, 0, "0"),
            (7, 2, "07"),
            (10, 1, "10"),
            (2026, 4, "2026"),
            (12026, 4, "12026"),
            (99, 4, "0099"),
            (i64::MAX, 1, "9223372036854775807"),
            (-1, 1, "0"),
            (-2026, 4, "0000"),
        ] {
            let mut writer = Writer::default();
            writer.number(number, width);
            assert_eq!(writer.as_str(), expected, "{number} {width}");
        }
    }

    #[test]
    fn what_is_written_can_be_taken_back() {
        let mut writer = Writer::of("path");
        assert_eq!((writer.len(), writer.is_empty()), (4, false));
        let length = writer.len();
        writer.mark(b'.');
        writer.words(Words::at(&"имя"));
        assert_eq!(writer.as_str(), "path.имя");
        writer.cut(length);
        // No byte but an ASCII one may stand alone.
        writer.mark(0xd0);
        assert_eq!(writer.done(), "path?");
        assert!(Writer::default().is_empty());
    }
}
