//! Where a template is drawn: the document of a page, or a text. There is no way to put raw HTML, an inline style or an
//! event handler on a surface: words become text and values become attributes, nothing else (requirements B-01, B-02).

use crate::core::value::Writer;

/// Takes elements in the order in which they begin and end.
pub trait Surface {
    /// An element of this kind and class begins.
    fn open(&mut self, tag: &str, class: &str);
    /// It has this attribute, a boolean one with an empty value, or has it no longer.
    fn attribute(&mut self, name: &str, value: Option<&str>);
    /// Words stand in it.
    fn words(&mut self, words: &str);
    /// The innermost element ends.
    fn close(&mut self);
}

/// Writes down what is said: the words of every element and where its links lead, a line each.
#[derive(Default)]
pub(super) struct Transcript {
    /// The lines so far.
    pub(super) text: Writer,
}

impl Surface for Transcript {
    fn open(&mut self, _: &str, _: &str) {}

    fn attribute(&mut self, name: &str, value: Option<&str>) {
        if let ("href", Some(target)) = (name, value) {
            self.words(target);
        }
    }

    #[inline(never)]
    fn words(&mut self, words: &str) {
        self.text.push(words);
        self.text.mark(b'\n');
    }

    fn close(&mut self) {}
}
