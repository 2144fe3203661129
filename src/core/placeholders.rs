//! Fills the `{names}` in words: in the texts of a language, in a template, in the steps of a vendor.

use super::letters::{halves, split};
use super::value::Writer;

/// Appends `words` to `filled`, with every `{name}` replaced by what `named` appends for it.
#[inline(never)]
pub fn fill(words: &'static str, filled: &mut Writer, named: &dyn Fn(&'static str, &mut Writer)) {
    let mut rest = words;
    while let Some((before, after)) = split(rest, b'{') {
        filled.push(before);
        let (name, tail) = halves(after, b'}');
        named(name, filled);
        rest = tail;
    }
    filled.push(rest);
}
