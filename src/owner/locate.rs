//! Where in a file a problem is: from its path to a line and a column.

use std::collections::BTreeSet;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// A place in a text, as editors count: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The place of a byte of `text`.
pub(super) fn place(text: &str, byte: usize) -> Place {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    Place {
        line: before.matches('\n').count() + 1,
        column: line.chars().count() + 1,
    }
}

/// JSON and nothing beyond it: what a browser reads.
pub(super) fn strict() -> ParseOptions {
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

/// A JSON text with the place of everything in it.
pub(super) struct Located<'t> {
    text: &'t str,
    tree: Option<Value<'t>>,
}

impl<'t> Located<'t> {
    pub(super) fn new(text: &'t str) -> Located<'t> {
        let tree = parse_to_ast(text, &CollectOptions::default(), &strict())
            .ok()
            .and_then(|parsed| parsed.value);
        Located { text, tree }
    }

    /// The place of what a path names: of a member its key, of an item its beginning. Of something that is missing,
    /// the place of what it is missing from.
    pub(super) fn find(&self, path: &str) -> Place {
        let byte = self.tree.as_ref().map_or(0, |tree| find(tree, tree.start(), path));
        place(self.text, byte)
    }

    /// The path and the place of every key that its object has already.
    pub(super) fn keys_twice(&self) -> Vec<(String, Place)> {
        let mut twice = Vec::new();
        if let Some(tree) = &self.tree {
            find_twice(tree, "", &mut twice);
        }
        let placed = twice.into_iter().map(|(path, byte)| (path, place(self.text, byte)));
        placed.collect()
    }
}

/// Adds the keys that stand in their object already, at any depth.
fn find_twice(value: &Value, path: &str, twice: &mut Vec<(String, usize)>) {
    match value {
        Value::Object(object) => {
            let mut seen = BTreeSet::new();
            for property in &object.properties {
                let dot = if path.is_empty() { "" } else { "." };
                let here = format!("{path}{dot}{}", property.name.as_str());
                find_twice(&property.value, &here, twice);
                if !seen.insert(property.name.as_str()) {
                    twice.push((here, property.start()));
                }
            }
        }
        Value::Array(array) => {
            for (index, item) in array.elements.iter().enumerate() {
                find_twice(item, &format!("{path}[{index}]"), twice);
            }
        }
        _ => {}
    }
}

/// Goes down `path` as far as there is something; `here` is where `value`, or the key that owns it, begins.
fn find(value: &Value, here: usize, path: &str) -> usize {
    match value {
        Value::Object(object) => {
            let path = path.strip_prefix('.').unwrap_or(path);
            // A key may itself have a dot in it, so the longest one that fits is meant; of one that stands twice, the last,
            // because that one is read.
            let fitting = object.properties.iter().rev().filter_map(|property| {
                let rest = path.strip_prefix(property.name.as_str())?;
                (rest.is_empty() || rest.starts_with(['.', '['])).then_some((property, rest))
            });
            match fitting.min_by_key(|(_, rest)| rest.len()) {
                Some((property, rest)) => find(&property.value, property.start(), rest),
                None => here,
            }
        }
        Value::Array(array) => {
            let item = path
                .strip_prefix('[')
                .and_then(|rest| rest.split_once(']'))
                .and_then(|(index, rest)| Some((array.elements.get(index.parse::<usize>().ok()?)?, rest)));
            match item {
                Some((item, rest)) => find(item, item.start(), rest),
                None => here,
            }
        }
        _ => here,
    }
}

#[cfg(test)]
mod tests {
    use super::{Located, Place};

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
        let twice = [("b[0].a".to_owned(), inner), ("a".to_owned(), outer)];
        assert_eq!(located.keys_twice(), twice);
    }
}
