//! Draws a template on a surface: a strict subset of HTML with names to fill in. The layers are written this way because
//! a template is words, which weigh a quarter of the code that draws the same elements.
//!
//! | in a template | means |
//! |---|---|
//! | `{reject}` | the text of that key, its own placeholders filled from the scope |
//! | `{$id}` | a value of the scope; nothing when there is none |
//! | `{%letter}`, `{%$id}` | the same, encoded for a URL |
//! | `each="services"` | the element once per item of a list, with the item's values in scope |
//! | `if="code"`, `unless="code"` | the element only when there is, or is not, such a value |
//!
//! An attribute whose value comes out empty is left out, unless the template gives it none. What is filled in becomes
//! words and attribute values and is never read as a template (requirement B-02).

use super::surface::Surface;
use crate::core::letters::{after, first, halves, same, split};
use crate::core::notice::texts::Texts;
use crate::core::placeholders::fill;
use crate::core::value::{NULL, Value, Words, Writer};

/// Values by name, the innermost first.
#[derive(Clone, Copy)]
struct Scope<'a> {
    texts: &'a Texts,
    values: &'static Value,
    outer: Option<&'a Scope<'a>>,
}

impl Scope<'_> {
    /// The value of a name, here or further out.
    #[inline(never)]
    fn get(&self, name: &str) -> &'static Value {
        match (self.values.get(name), self.outer) {
            (Value::Null, Some(outer)) => outer.get(name),
            (value, _) => value,
        }
    }

    /// Whether there is something under a name.
    #[inline(never)]
    fn has(&self, name: &str) -> bool {
        let value = self.get(name);
        value.is_true() || !value.words().are_none() || !value.items().is_empty()
    }

    /// Appends a value as words.
    #[inline(never)]
    fn push(&self, name: &str, words: &mut Writer) {
        let value = self.get(name);
        words.words(if value.is_true() {
            Words::at(&"true")
        } else {
            value.words()
        });
    }

    /// Words of a template with their names filled in.
    #[inline(never)]
    fn filled(&self, words: &'static str) -> Writer {
        let mut filled = Writer::default();
        fill(words, &mut filled, &|name, filled| match after(name, "%") {
            Some(name) => {
                let mut plain = Writer::default();
                self.fill(name, &mut plain);
                filled.words(plain.done().encoded());
            }
            None => self.fill(name, filled),
        });
        filled
    }

    /// What one name in a template stands for: a value, or a text with its own placeholders filled.
    #[inline(never)]
    fn fill(&self, name: &'static str, filled: &mut Writer) {
        match after(name, "$") {
            Some(name) => self.push(name, filled),
            None => fill(self.texts.named(name).text(), filled, &|name, filled| {
                self.push(name, filled);
            }),
        }
    }
}

/// Draws a template on a surface, filled in with the words of a language and these values. Where it ends, another goes on,
/// which may be empty; what is still open then ends with that.
pub fn render(
    template: &'static str,
    more: &'static str,
    texts: &Texts,
    values: &'static Value,
    surface: &mut dyn Surface,
) {
    let outer = None;
    Reader {
        rest: template,
        more,
        surface,
        left_out: 0,
    }
    .children(&Scope { texts, values, outer });
}

/// The part of a template that was not read yet, and where it is drawn.
struct Reader<'a> {
    rest: &'static str,
    /// What is read when that has ended.
    more: &'static str,
    surface: &'a mut dyn Surface,
    /// How many of the elements around are left out; they are read all the same, to find their end.
    left_out: u32,
}

impl Reader<'_> {
    /// Everything up to the end of the element around, or of the template.
    fn children(&mut self, scope: &Scope) {
        loop {
            let words = self.until(b'<').trim_ascii();
            if !words.is_empty() && self.left_out == 0 {
                self.surface.words(scope.filled(words).as_str());
            }
            match first(self.rest) {
                0 if self.more.is_empty() => break,
                0 => self.rest = core::mem::take(&mut self.more),
                b'/' => {
                    self.until(b'>');
                    break;
                }
                _ => self.element(scope),
            }
        }
    }

    /// An element after its `<`, as often as its `each`, `if` and `unless` say.
    fn element(&mut self, scope: &Scope) {
        let head = self.until(b'>');
        let content = self.rest;
        let mut items = core::slice::from_ref(&NULL);
        let mut rest = head;
        while let Some((name, value)) = attribute(&mut rest) {
            match name {
                "each" => items = *scope.get(value).items(),
                "if" if !scope.has(value) => items = &[],
                "unless" if scope.has(value) => items = &[],
                _ => {}
            }
        }
        for values in items {
            self.rest = content;
            self.once(
                head,
                &Scope {
                    values,
                    outer: Some(scope),
                    ..*scope
                },
            );
        }
        if items.is_empty() {
            self.left_out += 1;
            self.once(head, scope);
            self.left_out -= 1;
        }
    }

    /// One element with its content.
    #[inline(never)]
    fn once(&mut self, head: &'static str, scope: &Scope) {
        let tag = halves(head, b' ').0;
        if self.left_out == 0 {
            self.surface.open(tag, class(head));
            let mut rest = head;
            while let Some((name, value)) = attribute(&mut rest) {
                if !matches!(name, "each" | "if" | "unless") {
                    let filled = scope.filled(value);
                    let there = value.is_empty() || !filled.is_empty();
                    self.surface.attribute(name, there.then_some(filled.as_str()));
                }
            }
        }
        if !same(tag, "input") {
            self.children(scope);
        }
        if self.left_out == 0 {
            self.surface.close();
        }
    }

    /// What stands before the next of a mark, which is read too.
    #[inline(never)]
    fn until(&mut self, mark: u8) -> &'static str {
        let (before, after) = halves(self.rest, mark);
        self.rest = after;
        before
    }
}

/// The class of an element, by which it is told from others of its kind.
fn class(mut head: &'static str) -> &'static str {
    while let Some((name, value)) = attribute(&mut head) {
        if same(name, "class") {
            return value;
        }
    }
    ""
}

/// Takes the next attribute off the head of an element: its name and its value.
#[inline(never)]
fn attribute(head: &mut &'static str) -> Option<(&'static str, &'static str)> {
    let (before, after) = split(head, b'=')?;
    let (_, after) = split(after, b'"')?;
    let (value, after) = split(after, b'"')?;
    *head = after;
    let (first, second) = halves(before, b' ');
    Some((if second.is_empty() { first } else { second }, value))
}
