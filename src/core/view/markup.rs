//! A tree of elements as plain values: what the layers look like to a machine, without a document.
//!
//! `draw` makes DOM nodes of it in the browser; natively [`Markup::to_html`] writes it down for tests, screenshots and
//! the owner's tool. There is no way to put raw HTML, an inline style or an event handler into it: words become text
//! nodes and values become attributes, nothing else (requirements B-01, B-02).
//!
//! [`super::template`] makes it; there is no other way to make an element.

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markup {
    /// Name of the element, in lower case.
    pub tag: &'static str,
    /// Its attributes, in the order in which they were given. A boolean attribute has an empty value.
    pub attributes: Vec<(&'static str, String)>,
    /// What stands in it.
    pub children: Vec<Child>,
}

/// Something inside an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Child {
    /// Another element.
    Element(Markup),
    /// Words, which are never parsed.
    Text(String),
}

#[cfg(not(target_arch = "wasm32"))]
impl Markup {
    /// The element as HTML on one line.
    pub fn to_html(&self) -> String {
        let mut html = String::new();
        self.write(&mut html, None);
        html
    }

    /// The element as HTML with a line for every element, to be read and compared by people. The line breaks add white
    /// space between the elements.
    pub fn to_indented_html(&self) -> String {
        let mut html = String::new();
        self.write(&mut html, Some(0));
        html
    }

    fn write(&self, html: &mut String, depth: Option<usize>) {
        indent(html, depth);
        html.push('<');
        html.push_str(self.tag);
        for (name, value) in &self.attributes {
            html.push(' ');
            html.push_str(name);
            if !value.is_empty() {
                html.push_str("=\"");
                escape(html, value);
                html.push('"');
            }
        }
        html.push('>');
        if self.tag != "input" {
            self.write_children(html, depth);
            html.push_str("</");
            html.push_str(self.tag);
            html.push('>');
        }
        if depth.is_some() {
            html.push('\n');
        }
    }

    fn write_children(&self, html: &mut String, depth: Option<usize>) {
        let has_elements = self.children.iter().any(|child| matches!(child, Child::Element(_)));
        let inner = if has_elements {
            depth.map(|depth| depth + 1)
        } else {
            None
        };
        if inner.is_some() {
            html.push('\n');
        }
        for child in &self.children {
            match child {
                Child::Element(element) => element.write(html, inner),
                Child::Text(text) => {
                    indent(html, inner);
                    escape(html, text);
                    if inner.is_some() {
                        html.push('\n');
                    }
                }
            }
        }
        if inner.is_some() {
            indent(html, depth);
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn indent(html: &mut String, depth: Option<usize>) {
    for _ in 0..depth.unwrap_or(0) {
        html.push_str("  ");
    }
}

/// Writes words so that they are read back as the same words, in an element and in a double-quoted attribute.
#[cfg(not(target_arch = "wasm32"))]
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
