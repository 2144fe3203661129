//! The layers as HTML, for tests, screenshots and the owner's tool.

use super::surface::Surface;

/// Writes HTML: on one line, or to be read and compared by people with a line for every element, which adds white space
/// between the elements.
#[derive(Default)]
pub struct Html {
    text: String,
    indented: bool,
    /// The elements around, the outermost first.
    open: Vec<Element>,
    /// The head of the innermost element is not closed yet.
    in_head: bool,
}

/// An element that has not ended.
struct Element {
    tag: String,
    /// Words that are not written yet: whether they take lines of their own shows when another element follows or none.
    words: Vec<String>,
    /// Whether it holds other elements so far.
    holds_elements: bool,
}

impl Html {
    /// HTML with a line for every element.
    pub fn indented() -> Html {
        Html {
            indented: true,
            ..Html::default()
        }
    }

    /// What was drawn.
    pub fn done(self) -> String {
        self.text
    }

    fn finish_head(&mut self) {
        if self.in_head {
            self.text.push('>');
            self.in_head = false;
        }
    }

    /// Writes the words of an element at this depth.
    fn write_words(&mut self, words: Vec<String>, depth: Option<usize>) {
        for words in words {
            self.indent(depth);
            escape(&mut self.text, &words);
            self.end_line(depth);
        }
    }

    fn indent(&mut self, depth: Option<usize>) {
        self.text.push_str(&"  ".repeat(depth.unwrap_or(0)));
    }

    fn end_line(&mut self, depth: Option<usize>) {
        if depth.is_some() {
            self.text.push('\n');
        }
    }

    /// How deep the next element or its words stand, where that is shown.
    fn depth(&self) -> Option<usize> {
        self.indented.then_some(self.open.len())
    }
}

impl Surface for Html {
    fn open(&mut self, tag: &str, _: &str) {
        self.finish_head();
        let depth = self.depth();
        if let Some(around) = self.open.last_mut() {
            let words = core::mem::take(&mut around.words);
            if !core::mem::replace(&mut around.holds_elements, true) {
                self.end_line(depth);
            }
            self.write_words(words, depth);
        }
        self.indent(depth);
        self.text.push('<');
        self.text.push_str(tag);
        self.open.push(Element {
            tag: tag.to_owned(),
            words: Vec::new(),
            holds_elements: false,
        });
        self.in_head = true;
    }

    fn attribute(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text.push(' ');
            self.text.push_str(name);
            if !value.is_empty() {
                self.text.push_str("=\"");
                escape(&mut self.text, value);
                self.text.push('"');
            }
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(around) = self.open.last_mut() {
            around.words.push(words.to_owned());
        } else {
            escape(&mut self.text, words);
        }
    }

    fn close(&mut self) {
        self.finish_head();
        let inner = self.depth();
        if let Some(element) = self.open.pop() {
            let depth = self.depth();
            if element.tag != "input" {
                if element.holds_elements {
                    self.write_words(element.words, inner);
                    self.indent(depth);
                } else {
                    self.write_words(element.words, None);
                }
                self.text.push_str("</");
                self.text.push_str(&element.tag);
                self.text.push('>');
            }
            self.end_line(depth);
        }
    }
}

/// Writes words so that they are read back as the same words, in an element and in a double-quoted attribute.
fn escape(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\u{a0}' => html.push_str("&nbsp;"),
            _ => html.push(character),
        }
    }
}
