//! Makes markup of a template: a strict subset of HTML with names to fill in. The layers are written this way because a
//! template is words, which weigh a quarter of the code that builds the same elements.
//!
//! | in a template | means |
//! |---|---|
//! | `{reject}` | the text of that key, its own placeholders filled from the scope |
//! | `{$id}` | a value of the scope; nothing when there is none |
//! | `each="services"` | the element once per item of a list, with the item's values in scope |
//! | `if="code"`, `unless="code"` | the element only when there is, or is not, such a value |
//!
//! An attribute whose value comes out empty is left out, unless the template gives it none. What is filled in becomes
//! words and attribute values and is never read as a template (requirement B-02).

use super::markup::{Child, Markup};
use crate::core::notice::texts::{Text, Texts};
use crate::core::placeholders::{fill, split};
use crate::core::value::Value;

/// Values by name, the innermost first.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    texts: &'a Texts,
    values: &'a Value,
    outer: Option<&'a Scope<'a>>,
}

impl<'a> Scope<'a> {
    /// A scope with these values.
    pub fn new(texts: &'a Texts, values: &'a Value) -> Scope<'a> {
        Scope {
            texts,
            values,
            outer: None,
        }
    }

    /// The value of a name, here or further out.
    fn get(&self, name: &str) -> &'a Value {
        match (self.values.get(name), self.outer) {
            (Some(value), _) => value,
            (None, Some(outer)) => outer.get(name),
            (None, None) => &Value::Null,
        }
    }

    /// Whether there is something under a name.
    fn has(&self, name: &str) -> bool {
        match self.get(name) {
            Value::Bool(flag) => *flag,
            Value::Text(text) => !text.is_empty(),
            Value::List(items) => !items.is_empty(),
            _ => false,
        }
    }

    /// Appends a value as words.
    fn push(&self, name: &str, words: &mut String) {
        match self.get(name) {
            Value::Text(text) => words.push_str(text),
            Value::Bool(true) => words.push_str("true"),
            _ => {}
        }
    }

    /// Words of a template with their names filled in.
    fn filled(&self, words: &str) -> String {
        let mut filled = String::new();
        fill(words, &mut filled, &|name, filled| {
            if let Some(name) = name.strip_prefix('$') {
                self.push(name, filled);
            } else if let Some(text) = Text::from_key(name) {
                fill(self.texts.get(text), filled, &|name, filled| self.push(name, filled));
            }
        });
        filled
    }
}

/// What a template makes of the values in a scope.
pub fn render(template: &'static str, scope: &Scope) -> Vec<Child> {
    Reader { rest: template }.children(scope)
}

/// The part of a template that was not read yet.
struct Reader {
    rest: &'static str,
}

impl Reader {
    /// Everything up to the end of the element around, or of the template.
    fn children(&mut self, scope: &Scope) -> Vec<Child> {
        let mut children = Vec::new();
        while let Some((words, after)) = split(self.rest, b'<') {
            let words = words.trim_ascii();
            if !words.is_empty() {
                children.push(Child::Text(scope.filled(words)));
            }
            self.rest = after;
            if after.as_bytes().first() == Some(&b'/') {
                self.until(b'>');
                break;
            }
            self.element(scope, &mut children);
        }
        children
    }

    /// An element after its `<`, as often as its `each`, `if` and `unless` say.
    fn element(&mut self, scope: &Scope, into: &mut Vec<Child>) {
        let head = self.until(b'>');
        let (tag, attributes) = split(head, b' ').unwrap_or((head, ""));
        let content = self.rest;
        let mut there = true;
        let mut items = None;
        let mut rest = attributes;
        while let Some((name, value, after)) = attribute(rest) {
            rest = after;
            match name {
                "each" => items = Some(scope.get(value).items()),
                "if" => there &= scope.has(value),
                "unless" => there &= !scope.has(value),
                _ => {}
            }
        }
        let mut times = 0;
        if there {
            for values in items.unwrap_or(core::slice::from_ref(&Value::Null)) {
                self.rest = content;
                self.once(
                    tag,
                    attributes,
                    &Scope {
                        values,
                        outer: Some(scope),
                        ..*scope
                    },
                    into,
                );
                times += 1;
            }
        }
        if times == 0 {
            // What is left out is read all the same, to find its end.
            self.once(tag, attributes, scope, &mut Vec::new());
        }
    }

    /// One element with its content.
    fn once(&mut self, tag: &'static str, attributes: &'static str, scope: &Scope, into: &mut Vec<Child>) {
        let mut markup = Markup {
            tag,
            attributes: Vec::new(),
            children: Vec::new(),
        };
        let mut rest = attributes;
        while let Some((name, value, after)) = attribute(rest) {
            rest = after;
            let filled = scope.filled(value);
            if !matches!(name, "each" | "if" | "unless") && (value.is_empty() || !filled.is_empty()) {
                markup.attributes.push((name, filled));
            }
        }
        if tag != "input" {
            markup.children = self.children(scope);
        }
        into.push(Child::Element(markup));
    }

    /// What stands before the next of a mark, which is read too.
    fn until(&mut self, mark: u8) -> &'static str {
        let (before, after) = split(self.rest, mark).unwrap_or((self.rest, ""));
        self.rest = after;
        before
    }
}

/// The first of some attributes: its name, its value, and the attributes after it.
#[inline(never)]
fn attribute(attributes: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let (name, after) = split(attributes, b'=')?;
    let (_, after) = split(after, b'"')?;
    let (value, after) = split(after, b'"')?;
    Some((name, value, after.trim_ascii_start()))
}
