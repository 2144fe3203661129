//! Lists of words in one text, and the nearest of them to a slip of the hand.
//!
//! Kelisim's tables travel as `code=words|code=words`. Everything else that the check looks a word up in has the same
//! form, so that one loop serves them all.

use crate::core::letters::{halves, same};

/// No known word is longer than this many bytes, so nothing longer is a slip for one.
const LONGEST: usize = 40;

/// Takes the first entry of a list off it: the word, and what stands after its `=`.
#[inline(never)]
pub(super) fn next<'l>(list: &mut &'l str, mark: u8) -> Option<(&'l str, &'l str)> {
    if list.is_empty() {
        return None;
    }
    let (entry, rest) = halves(list, mark);
    *list = rest;
    Some(halves(entry, b'='))
}

/// What stands after the `=` of a word; `None` when it is not in the list.
#[inline(never)]
pub(super) fn find<'l>(mut list: &'l str, mark: u8, word: &str) -> Option<&'l str> {
    while let Some((known, meaning)) = next(&mut list, mark) {
        if same(known, word) {
            return Some(meaning);
        }
    }
    None
}

/// The known word that a slip of the hand is nearest to; empty when none is near: more than a third of it differs.
#[inline(never)]
pub(super) fn nearest<'l>(word: &str, mut list: &'l str, mark: u8) -> &'l str {
    let mut best = "";
    if word.len() > LONGEST {
        return best;
    }
    let mut least = word.len() / 3 + 1;
    while let Some((known, _)) = next(&mut list, mark) {
        let distance = distance(word, known);
        // Another case alone is the same word to whoever wrote it.
        if distance <= least && distance < word.len().max(2) {
            least = distance.saturating_sub(1);
            best = known;
        }
    }
    best
}

/// How many letters have to be added, left out or changed to make one word of the other, whatever their case.
fn distance(word: &str, other: &str) -> usize {
    let mut row = [0; LONGEST + 1];
    for (place, cell) in row.iter_mut().enumerate() {
        *cell = place;
    }
    for (line, letter) in (0..).zip(word.as_bytes()) {
        let (mut diagonal, mut left) = (line, line + 1);
        let mut cells = row.iter_mut();
        if let Some(first) = cells.next() {
            *first = left;
        }
        for (cell, wanted) in cells.zip(other.as_bytes()) {
            let changed = diagonal + usize::from(!letter.eq_ignore_ascii_case(wanted));
            diagonal = *cell;
            left = changed.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.get(other.len()).copied().unwrap_or(usize::MAX)
}

/// Whether `part`, in small letters, stands somewhere in `text`, in letters of any case.
#[inline(never)]
pub(super) fn has(text: &str, part: &str) -> bool {
    text.as_bytes()
        .windows(part.len())
        .any(|piece| piece.eq_ignore_ascii_case(part.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{distance, find, has, nearest};

    #[test]
    fn the_distance_counts_letters() {
        for (word, other, expected) in [
            ("", "", 0),
            ("a", "", 1),
            ("", "ab", 2),
            ("kitten", "sitting", 3),
            ("Law", "law", 0),
            ("servises", "services", 1),
        ] {
            assert_eq!(distance(word, other), expected, "{word} {other}");
        }
    }

    #[test]
    fn the_nearest_word_is_near() {
        for (word, expected) in [
            ("servises", "services"),
            ("Services", "services"),
            ("kz", "kk"),
            ("zebra", ""),
            ("category", "categories"),
            ("x", ""),
        ] {
            let known = "services=1|categories|kk=2|ru|en";
            assert_eq!(nearest(word, known, b'|'), expected, "{word}");
        }
    }

    #[test]
    fn a_word_is_found_with_its_meaning() {
        for (word, expected) in [("a", Some("1=2")), ("b", Some("")), ("", None), ("1", None)] {
            assert_eq!(find("a=1=2|b|", b'|', word), expected, "{word}");
        }
    }

    #[test]
    fn a_part_is_found_in_letters_of_any_case() {
        assert!(has("hideReject", "reject") && has("reject", "reject") && !has("rej", "reject"));
    }
}
