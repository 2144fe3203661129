//! Small work on words that the checks share: the nearest known word, and numbers and paths in writing.

/// No known word is longer than this many bytes, so nothing longer is a slip for one.
const LONGEST: usize = 40;

/// Appends `number` in decimal digits. (`to_string` would bring the formatting machinery into the visitor's script.)
pub(super) fn digits(number: usize, words: &mut String) {
    if number > 9 {
        digits(number / 10, words);
    }
    #[allow(clippy::cast_possible_truncation, reason = "the remainder is below ten")]
    words.push((b'0' + (number % 10) as u8) as char);
}

/// The path of a member: `at("operator", "name")` is `operator.name`.
pub(super) fn member(path: &str, key: &str) -> String {
    let mut words = String::from(path);
    if !words.is_empty() {
        words.push('.');
    }
    words.push_str(key);
    words
}

/// The path of an item: `item("services", 1)` is `services[1]`.
pub(super) fn item(path: &str, index: usize) -> String {
    let mut words = String::from(path);
    words.push('[');
    digits(index, &mut words);
    words.push(']');
    words
}

/// The known word that a slip of the hand is nearest to; empty when none is near: more than a third of it differs.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> &'a str {
    let mut best = "";
    if word.len() > LONGEST {
        return best;
    }
    let mut least = word.len() / 3 + 1;
    for candidate in known {
        let distance = distance(word, candidate);
        // Another case alone is the same word to whoever wrote it.
        if distance <= least && distance < word.len().max(2) {
            least = distance.saturating_sub(1);
            best = candidate;
        }
    }
    best
}

/// How many letters have to be added, left out or changed to make one word of the other, whatever their case.
fn distance(word: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in word.bytes().enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        let mut cells = row.iter_mut();
        if let Some(first) = cells.next() {
            *first = left;
        }
        for (cell, wanted) in cells.zip(other.bytes()) {
            let changed = diagonal + usize::from(!letter.eq_ignore_ascii_case(&wanted));
            diagonal = *cell;
            left = changed.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{digits, distance, nearest};

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
        let known = ["services", "categories", "kk", "ru", "en"];
        for (word, expected) in [
            ("servises", "services"),
            ("Services", "services"),
            ("kz", "kk"),
            ("zebra", ""),
            ("category", "categories"),
            ("x", ""),
        ] {
            assert_eq!(nearest(word, known.into_iter()), expected, "{word}");
        }
    }

    #[test]
    fn numbers_are_written_in_digits() {
        let mut words = String::new();
        for number in [0, 9, 10, 408] {
            digits(number, &mut words);
            words.push(' ');
        }
        assert_eq!(words, "0 9 10 408 ");
    }
}
