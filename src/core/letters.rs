//! Parts of a text, by ASCII marks and by place. The standard library's searchers, patterns and iterators over characters
//! weigh several times as much, each for itself.

/// What stands before and after the first of an ASCII mark.
#[inline(never)]
pub fn split(text: &str, mark: u8) -> Option<(&str, &str)> {
    for (place, letter) in (0..).zip(text.as_bytes()) {
        if *letter == mark {
            return Some((slice(text, 0, place), rest(text, place + 1)));
        }
    }
    None
}

/// The same; a text without the mark stands before it.
#[inline(never)]
pub fn halves(text: &str, mark: u8) -> (&str, &str) {
    split(text, mark).unwrap_or((text, ""))
}

/// The part of `text` with this number, the first being 0, when an ASCII mark separates its parts; nothing where there are
/// not so many. Nothing is counted beyond the last: the number may be any.
#[inline(never)]
pub fn part(text: &str, mark: u8, number: usize) -> &str {
    let mut rest = text;
    for _ in 0..number {
        if rest.is_empty() {
            break;
        }
        rest = halves(rest, mark).1;
    }
    halves(rest, mark).0
}

/// The bytes of a text from one place to another; nothing where it does not reach, or where a character is cut.
#[inline(never)]
pub fn slice(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

/// What follows the first `place` bytes.
#[inline]
pub fn rest(text: &str, place: usize) -> &str {
    slice(text, place, text.len())
}

/// The byte at a place; 0 beyond the end.
#[inline(never)]
pub fn at(text: &str, place: usize) -> u8 {
    text.as_bytes().get(place).copied().unwrap_or(0)
}

/// The first byte; 0 of an empty text.
#[inline]
pub fn first(text: &str) -> u8 {
    at(text, 0)
}

/// The last byte; 0 of an empty text.
#[inline]
pub fn last(text: &str) -> u8 {
    at(text, text.len().wrapping_sub(1))
}

/// What follows a beginning; `None` for a text that begins otherwise.
#[inline(never)]
pub fn after<'t>(text: &'t str, beginning: &str) -> Option<&'t str> {
    let place = beginning.len();
    same(slice(text, 0, place), beginning).then(|| rest(text, place))
}

/// Whether two texts are the same. The standard library's `==` on `&str` goes by the addresses of both, which have to be
/// put into memory for it.
#[inline(never)]
pub fn same(first: &str, second: &str) -> bool {
    *first == *second
}

#[cfg(test)]
mod tests {
    use super::{after, at, first, halves, last, part, rest, same, slice, split};

    #[test]
    fn a_text_is_split_at_the_first_mark() {
        for (text, expected) in [
            ("", None),
            ("key", None),
            ("ключ", None),
            ("|", Some(("", ""))),
            ("a|b|c", Some(("a", "b|c"))),
            ("ключ|слово", Some(("ключ", "слово"))),
        ] {
            assert_eq!(split(text, b'|'), expected, "{text}");
            assert_eq!(halves(text, b'|'), expected.unwrap_or((text, "")), "{text}");
        }
    }

    #[test]
    fn a_part_is_known_by_its_number() {
        for (text, number, expected) in [
            ("", 0, ""),
            ("", 1, ""),
            ("день", 0, "день"),
            ("день", 1, ""),
            ("день|дня|дней", 0, "день"),
            ("день|дня|дней", 1, "дня"),
            ("день|дня|дней", 2, "дней"),
            ("день|дня|дней", 3, ""),
            ("a||c", 1, ""),
            ("a||c", 2, "c"),
        ] {
            assert_eq!(part(text, b'|', number), expected, "{text} {number}");
        }
    }

    #[test]
    fn a_slice_that_does_not_reach_or_cuts_a_character_is_empty() {
        for (from, to, expected) in [
            (0, 0, ""),
            (0, 1, "a"),
            (0, 3, "aж"),
            (1, 3, "ж"),
            (3, 4, "b"),
            // A byte of two, the first and the second.
            (0, 2, ""),
            (1, 2, ""),
            (2, 4, ""),
            (4, 4, ""),
            (3, 5, ""),
            (5, 6, ""),
            (3, 1, ""),
            (usize::MAX, 4, ""),
        ] {
            assert_eq!(slice("aжb", from, to), expected, "{from} {to}");
        }
        assert_eq!((slice("", 0, 0), slice("", 0, 1)), ("", ""));
    }

    #[test]
    fn the_rest_follows_a_place() {
        for (text, place, expected) in [
            ("", 0, ""),
            ("", 1, ""),
            ("aж", 0, "aж"),
            ("aж", 1, "ж"),
            ("aж", 2, ""),
            ("aж", 3, ""),
            ("aж", 4, ""),
            ("aж", usize::MAX, ""),
        ] {
            assert_eq!(rest(text, place), expected, "{text} {place}");
        }
    }

    #[test]
    fn a_byte_beyond_the_end_is_0() {
        let [start, end] = "ж".as_bytes() else {
            panic!("two bytes");
        };
        assert_eq!((at("aж", 0), at("aж", 1), at("aж", 2)), (b'a', *start, *end));
        assert_eq!((at("aж", 3), at("aж", usize::MAX), at("", 0)), (0, 0, 0));
        assert_eq!((first("aж"), first("жa"), first("")), (b'a', *start, 0));
        assert_eq!((last("жa"), last("aж"), last("")), (b'a', *end, 0));
    }

    #[test]
    fn what_follows_a_beginning_is_found() {
        for (text, beginning, expected) in [
            ("", "", Some("")),
            ("", "a", None),
            ("жук", "", Some("жук")),
            ("жук", "ж", Some("ук")),
            ("жук", "жук", Some("")),
            ("жук", "жуки", None),
            ("жук", "у", None),
            // The beginning is as long as half of the first character.
            ("жук", "x", None),
            ("granted:ads", "granted:", Some("ads")),
        ] {
            assert_eq!(after(text, beginning), expected, "{text} {beginning}");
        }
    }

    #[test]
    fn texts_are_the_same_by_what_they_say() {
        let copy = String::from("жук");
        assert!(same("жук", &copy) && same("", ""));
        assert!(!same("жук", "жу") && !same("жук", "Жук") && !same("", "a"));
    }
}
