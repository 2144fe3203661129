//! Writes what Kelisim keeps, sends and tells as JSON.
//!
//! `JSON.stringify` asks the page, whose `Array.prototype.toJSON` could bend a record, and `serde_json` would outweigh the
//! runtime. A `Serializer` of serde was tried: 230 lines and 2.4 KB of the visitor's module, for five kinds of objects. That
//! a record is written as it is read holds by itself: one that is not is never read again ([`Record::read`](super::Record)).

use super::by_id::ById;

/// An object that is being written, member by member.
pub(crate) struct Object(String);

impl Object {
    /// One without members.
    pub(crate) fn new() -> Object {
        Object("{".to_owned())
    }

    /// With this at its end, which is JSON already.
    #[must_use]
    pub(crate) fn json(mut self, key: &str, value: &str) -> Object {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        push_string(&mut self.0, key);
        self.0.push(':');
        self.0.push_str(value);
        self
    }

    /// With a text at its end.
    #[must_use]
    pub(crate) fn text(self, key: &str, value: &str) -> Object {
        self.json(key, &string(value))
    }

    /// With a text at its end, where there is one.
    #[must_use]
    pub(crate) fn maybe(self, key: &str, value: Option<&str>) -> Object {
        match value {
            Some(value) => self.text(key, value),
            None => self,
        }
    }

    /// With a list of what is JSON already.
    #[must_use]
    pub(crate) fn list(self, key: &str, items: &[String]) -> Object {
        let mut list = "[".to_owned();
        list.push_str(&items.join(","));
        list.push(']');
        self.json(key, &list)
    }

    /// With a list of texts.
    #[must_use]
    pub(crate) fn texts<'a>(self, key: &str, items: impl Iterator<Item = &'a str>) -> Object {
        self.list(key, &items.map(string).collect::<Vec<_>>())
    }

    /// With an object of answers.
    #[must_use]
    pub(crate) fn answers(self, key: &str, answers: &ById<bool>) -> Object {
        let write = |object: Object, (id, on): (&str, &bool)| object.json(id, if *on { "true" } else { "false" });
        self.json(key, &answers.iter().fold(Object::new(), write).end())
    }

    /// With an object of texts.
    #[must_use]
    pub(crate) fn texts_by_id(self, key: &str, texts: &ById<String>) -> Object {
        let write = |object: Object, (id, text): (&str, &String)| object.text(id, text);
        self.json(key, &texts.iter().fold(Object::new(), write).end())
    }

    /// The whole of it.
    pub(crate) fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A text as JSON.
pub(crate) fn string(value: &str) -> String {
    let mut text = String::new();
    push_string(&mut text, value);
    text
}

fn push_string(text: &mut String, value: &str) {
    text.push('"');
    value.chars().for_each(|letter| push_letter(text, letter));
    text.push('"');
}

/// Appends a letter of a string as `JSON.stringify` and `serde_json` write it.
fn push_letter(text: &mut String, letter: char) {
    let short = match letter {
        '"' | '\\' => letter,
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\0'..='\u{1f}' => {
            let code = u32::from(letter);
            text.push_str("\\u00");
            for digit in [code >> 4, code & 15] {
                text.push(char::from_digit(digit, 16).unwrap_or('0'));
            }
            return;
        }
        _ => return text.push(letter),
    };
    text.push('\\');
    text.push(short);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Object, string};

    proptest! {
        /// any text is written as `serde_json` writes it, byte for byte.
        #[test]
        fn r_01_a_text_is_written_as_everybody_writes_it(
            text in prop_oneof![".*", "[\\x00-\\x1f\"\\\\/\u{7f}\u{2028}\u{fffd}а-я]{0,12}"],
        ) {
            prop_assert_eq!(string(&text), serde_json::to_string(&text).unwrap_or_default());
        }

        /// whatever is in an object, it is read as what was written.
        #[test]
        fn r_01_an_object_is_read_as_it_was_written(
            texts in prop::collection::vec((".{0,8}", ".{0,8}"), 0..4),
            answers in prop::collection::vec((".{0,8}", any::<bool>()), 0..4),
            maybe in prop::option::of(".{0,8}"),
        ) {
            let object = Object::new()
                .json("schema", "1")
                .texts("texts", texts.iter().map(|(text, _)| text.as_str()))
                .texts_by_id("members", &texts.iter().cloned().collect())
                .answers("answers", &answers.iter().cloned().collect())
                .maybe("maybe", maybe.as_deref())
                .end();
            let read: Result<serde_json::Value, _> = serde_json::from_str(&object);
            let read = read.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(&read["schema"], 1);
            prop_assert_eq!(read["texts"].as_array().map(Vec::len), Some(texts.len()));
            prop_assert_eq!(read.get("maybe").and_then(|text| text.as_str()), maybe.as_deref());
            for (id, on) in answers.iter().rev().take(1) {
                prop_assert_eq!(&read["answers"][id], *on);
            }
        }
    }
}
