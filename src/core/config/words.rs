//! Small work on words that the checks share: the nearest known word, and numbers in writing.

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

/// Looks for the known word that a slip of the hand is nearest to.
pub(super) struct Nearest<'w, 'k> {
    word: &'w str,
    least: usize,
    /// The nearest so far; empty while none is near: more than a third of it differs.
    pub(super) best: &'k str,
    /// Whether the very word is known.
    pub(super) found: bool,
}

impl<'w, 'k> Nearest<'w, 'k> {
    /// Looks for what is nearest to `word`.
    pub(super) fn to(word: &'w str) -> Nearest<'w, 'k> {
        let least = if word.len() > LONGEST { 0 } else { word.len() / 3 + 2 };
        Nearest {
            word,
            least,
            best: "",
            found: false,
        }
    }

    /// Looks at one more known word. Not inlined, because every list of names comes here.
    #[inline(never)]
    pub(super) fn offer(&mut self, known: &'k str) {
        self.found |= self.word == known;
        if self.least > 0 {
            let distance = distance(self.word, known);
            if distance < self.least && distance < self.word.len().max(2) {
                self.least = distance;
                self.best = known;
            }
        }
    }
}

/// The one of `known` that `word` is nearest to; empty when none is near.
pub(super) fn nearest<'k>(word: &str, known: &[&'k str]) -> &'k str {
    let mut nearest = Nearest::to(word);
    for known in known {
        nearest.offer(known);
    }
    nearest.best
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
            assert_eq!(nearest(word, &known), expected, "{word}");
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
