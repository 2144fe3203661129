//! Where in a file a problem is: from its path to a line and a column.
//!
//! It must not judge: a path that leads nowhere has the place of what it leads into. It must not walk the text, nor an
//! object, once for each problem (requirement T-06).

use std::collections::{HashMap, HashSet};

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::config::problem::Path;
use crate::config::reading::{Step, as_named, path_of};

/// A place in a text, as editors count: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// In a long line there is a mark after so many characters.
const STRIDE: usize = 64;

/// The places of the bytes of a text.
pub(crate) struct Places<'t> {
    text: &'t str,
    /// The byte and the place of the beginning of each line and of some characters in a long one, in their order.
    marks: Vec<(usize, Place)>,
}

impl<'t> Places<'t> {
    pub(crate) fn new(text: &'t str) -> Places<'t> {
        let mut here = Place { line: 1, column: 1 };
        let mut marks = Vec::new();
        for (byte, character) in text.char_indices() {
            if here.column % STRIDE == 1 {
                marks.push((byte, here));
            }
            if character == '\n' {
                here.line += 1;
                here.column = 1;
            } else {
                here.column += 1;
            }
        }
        // What is missing at the end stands where the text ends.
        marks.push((text.len(), here));
        Places { text, marks }
    }

    /// The place of a byte.
    pub(crate) fn of(&self, byte: usize) -> Place {
        let behind = self.marks.partition_point(|(mark, _)| *mark <= byte);
        let before = behind.checked_sub(1).and_then(|index| self.marks.get(index));
        let Some((mark, place)) = before else {
            return Place { line: 1, column: 1 };
        };
        let between = self.text.get(*mark..byte).unwrap_or_default();
        Place {
            line: place.line,
            column: place.column + between.chars().count(),
        }
    }
}

/// The place of one byte of `text`.
pub(crate) fn place(text: &str, byte: usize) -> Place {
    Places::new(text).of(byte)
}

/// JSON and nothing beyond it: what a browser reads.
pub(crate) fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// A value, by where it and what is in it begins.
enum Found {
    /// An object: of each key, as a path names it, the byte where it begins, and its value.
    Object(HashMap<String, (usize, Found)>),
    /// A list: of each item the byte where it begins, and the item.
    List(Vec<(usize, Found)>),
    /// Anything else.
    Leaf,
}

/// A JSON text with the place of everything in it.
pub(crate) struct Located<'t> {
    places: Places<'t>,
    /// The byte where the document begins, and the document.
    document: Option<(usize, Found)>,
    /// The path and the byte of every key that its object has already.
    twice: Vec<(Path, usize)>,
}

impl<'t> Located<'t> {
    pub(crate) fn new(text: &'t str) -> Located<'t> {
        let parsed = parse_to_ast(text, &CollectOptions::default(), &strict());
        let tree = parsed.ok().and_then(|parsed| parsed.value);
        let mut walk = Walk::default();
        let document = tree.map(|tree| (tree.start(), walk.through(&tree)));
        Located {
            places: Places::new(text),
            document,
            twice: walk.twice,
        }
    }

    /// The place of what a path names: of a member its key, of an item its beginning. Of something that is missing,
    /// the place of what it is missing from.
    pub(crate) fn find(&self, path: &str) -> Place {
        let document = self.document.as_ref();
        let byte = document.map_or(0, |(start, document)| find(document, *start, path));
        self.places.of(byte)
    }

    /// The path and the place of every key that its object has already.
    pub(crate) fn keys_twice(&self) -> Vec<(Path, Place)> {
        let twice = self.twice.iter();
        twice
            .map(|(path, byte)| (path.clone(), self.places.of(*byte)))
            .collect()
    }
}

/// A walk through a whole document.
#[derive(Default)]
struct Walk {
    /// What leads to where the walk is.
    steps: Vec<Step>,
    /// The keys that stand in their object already, at any depth.
    twice: Vec<(Path, usize)>,
}

impl Walk {
    fn through(&mut self, value: &Value<'_>) -> Found {
        match value {
            Value::Object(object) => {
                let (mut members, mut keys) = (HashMap::new(), HashSet::new());
                for property in &object.properties {
                    let (key, start) = (property.name.as_str(), property.start());
                    self.steps.push(Step::member(key));
                    let member = self.through(&property.value);
                    if !keys.insert(key) {
                        self.twice.push((path_of(&self.steps), start));
                    }
                    self.steps.pop();
                    // Of a key that stands twice the last is meant, because that one is read.
                    members.insert(Path::of_key(&as_named(key)).into_owned(), (start, member));
                }
                Found::Object(members)
            }
            Value::Array(array) => {
                let items = array.elements.iter().enumerate().map(|(index, item)| {
                    self.steps.push(Step::Item(index));
                    let found = self.through(item);
                    self.steps.pop();
                    (item.start(), found)
                });
                Found::List(items.collect())
            }
            _ => Found::Leaf,
        }
    }
}

/// Goes down `path` as far as there is something; `here` is where `value`, or the key that owns it, begins.
fn find(value: &Found, here: usize, path: &str) -> usize {
    match value {
        Found::Object(members) => {
            let path = path.strip_prefix('.').unwrap_or(path);
            // A key may itself have a dot in it, so the longest one that fits is meant.
            let ends = path.rmatch_indices(['.', '[']).map(|(end, _)| end);
            let mut fitting = std::iter::once(path.len()).chain(ends).filter_map(|end| {
                let (key, rest) = path.split_at_checked(end)?;
                Some((members.get(key)?, rest))
            });
            match fitting.next() {
                Some(((start, member), rest)) => find(member, *start, rest),
                None => here,
            }
        }
        Found::List(items) => {
            let item = path
                .strip_prefix('[')
                .and_then(|rest| rest.split_once(']'))
                .and_then(|(index, rest)| Some((items.get(index.parse::<usize>().ok()?)?, rest)));
            match item {
                Some(((start, item), rest)) => find(item, *start, rest),
                None => here,
            }
        }
        Found::Leaf => here,
    }
}

#[cfg(test)]
mod tests {
    use super::{Located, Place, Places};
    use crate::config::problem::Path;

    /// The place of every byte, counted from the beginning of the text.
    #[test]
    fn a_byte_has_the_place_that_editors_count() {
        let long = "ә".repeat(130);
        for text in [
            "",
            "\n",
            "a\r\nb",
            "\n\nә\n",
            &long,
            &format!("{long}\n{long}{long}\nx"),
        ] {
            let places = Places::new(text);
            for byte in (0..=text.len()).filter(|byte| text.is_char_boundary(*byte)) {
                let before = &text[..byte];
                let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
                let counted = Place {
                    line: before.matches('\n').count() + 1,
                    column: line.chars().count() + 1,
                };
                assert_eq!(places.of(byte), counted, "{text} {byte}");
            }
        }
    }

    #[test]
    fn a_key_with_dots_and_brackets_is_found_whole() {
        let located =
            Located::new("{ \"a\": { \"b\": 1 },\n\"a.b\": [0,\n{ \"c[0].d\": 1, \"c\": [\n2] }],\n\"\": 1 }");
        for (path, line, column) in [
            ("a.b", 2, 1),
            ("a.c", 1, 3),
            ("a.b[1][\"c[0].d\"]", 3, 3),
            ("a.b[1].c[0]", 4, 1),
            ("a.b[1].c[1]", 3, 16),
            ("", 1, 1),
            ("[\"\"]", 5, 1),
        ] {
            assert_eq!(located.find(path), Place { line, column }, "{path}");
        }
    }

    #[test]
    fn a_long_key_is_found_by_what_a_path_names_of_it() {
        let text = format!("{{\n\"{}\": {{ \"a\": 1, \"a\": 2 }} }}", "ә".repeat(10_000));
        let (path, place) = Located::new(&text).keys_twice().pop().unwrap();
        assert!(path.as_str().starts_with("[\"ә") && path.as_str().len() < 300, "{path}");
        assert_eq!(place, Located::new(&text).find(path.as_str()));
        assert_eq!(
            place,
            Place {
                line: 2,
                column: 10_015
            }
        );
    }

    /// B-02: a key that a path escapes has its place all the same.
    #[test]
    fn b_02_a_key_that_is_not_plain_is_found() {
        let located = Located::new("{\n\"a b\": [\n{ \"\\u001b[31m\": {\n\"қ\\\"].x\": 1 } }] }");
        let list = Path::default().member("a b");
        let object = list.item(0).member("\u{1b}[31m");
        for (path, line) in [(&object.member("қ\"].x"), 4), (&object, 3), (&list, 2)] {
            assert_eq!(located.find(path.as_str()).line, line, "{path}");
        }
    }

    #[test]
    fn a_path_leads_to_its_line_and_column() {
        let text = "{\n  \"operator\": { \"name\": \"Ә\", \"bin\": \"1\" },\n  \"services\": [\n    { \"id\": \"a\" },\n    { \"a.b\": 1 }\n  ]\n}\n";
        let located = Located::new(text);
        for (path, line, column) in [
            ("", 1, 1),
            ("operator", 2, 3),
            ("operator.name", 2, 17),
            ("operator.bin", 2, 30),
            ("operator.email", 2, 3),
            ("policy.url", 1, 1),
            ("services[0].id", 4, 7),
            ("services[1].id", 5, 5),
            ("services[1].a.b", 5, 7),
            ("services[2]", 3, 3),
            ("services[x]", 3, 3),
        ] {
            assert_eq!(located.find(path), Place { line, column }, "{path}");
        }
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_is_read() {
        let located = Located::new("{ \"a\": 1,\n  \"b\": [{ \"a\": 2, \"a\": 3 }],\n  \"a\": 4 }");
        let (inner, outer) = (Place { line: 2, column: 19 }, Place { line: 3, column: 3 });
        assert_eq!((located.find("b[0].a"), located.find("a")), (inner, outer));
        let top = Path::default();
        let twice = [(top.member("b").item(0).member("a"), inner), (top.member("a"), outer)];
        assert_eq!(located.keys_twice(), twice);
    }
}
