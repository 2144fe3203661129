//! Fills the `{names}` in words: in the texts of a language, in a template, in the steps of a vendor.

/// Appends `words` to `filled`, with every `{name}` replaced by what `named` appends for it.
#[inline(never)]
pub fn fill(words: &str, filled: &mut String, named: &dyn Fn(&str, &mut String)) {
    let mut rest = words;
    while let Some((before, after)) = split(rest, b'{') {
        filled.push_str(before);
        let (name, tail) = split(after, b'}').unwrap_or((after, ""));
        named(name, filled);
        rest = tail;
    }
    filled.push_str(rest);
}

/// What stands before and after the first of an ASCII mark. The standard library's searchers weigh several times as
/// much.
#[inline(never)]
pub fn split(text: &str, mark: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == mark)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// The part of `text` with this number, the first being 0, when an ASCII mark separates its parts.
#[inline(never)]
pub fn part(text: &str, mark: u8, number: usize) -> &str {
    let mut rest = text;
    for _ in 0..number {
        rest = split(rest, mark).map_or("", |(_, after)| after);
    }
    split(rest, mark).map_or(rest, |(part, _)| part)
}
