//! The known word that a slip of the hand is nearest to.
//!
//! It must not take long, whatever the word: the words of a document are anyone's.

use strsim::levenshtein;

/// Among more words than this, a hint would be a guess, and looking through all of them for every slip takes too long
/// (requirement T-06).
const MOST: usize = 200;

/// No known word is longer than this many bytes, so nothing longer is a slip for one.
const LONGEST: usize = 40;

/// The candidate among the first [`MOST`] that a word is nearest to, the first of several; none where more than a third of the word differs.
/// Another case alone is the same word to whoever wrote it.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > LONGEST {
        return None;
    }
    let letters = word.chars().count();
    let word = word.to_ascii_lowercase();
    candidates
        .into_iter()
        .take(MOST)
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (candidate, levenshtein(&word, &candidate.to_ascii_lowercase())))
        .filter(|(_, distance)| *distance <= letters / 3 + 1 && *distance < letters.max(2))
        .min_by_key(|(_, distance)| *distance)
        .map(|(candidate, _)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_word_is_near() {
        for (word, expected) in [
            ("servises", Some("services")),
            ("Services", Some("services")),
            ("kz", Some("kk")),
            ("zebra", None),
            ("category", Some("categories")),
            ("x", None),
        ] {
            let known = ["services", "categories", "kk", "ru", "en"];
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }

    #[test]
    fn the_distance_counts_letters_whatever_their_case() {
        for (word, other, is_near) in [
            ("", "", true),
            ("a", "", true),
            ("", "ab", false),
            ("kitten", "sitting", true),
            ("kitten", "sittings", false),
            ("Law", "law", true),
            ("LAW", "law", true),
            ("кз", "kz", false),
        ] {
            assert_eq!(nearest(word, [other]).is_some(), is_near, "{word} {other}");
        }
    }

    #[test]
    fn the_first_of_the_nearest_is_taken() {
        assert_eq!(nearest("kz", ["en", "kk", "ky", "kz"]), Some("kz"));
        assert_eq!(nearest("kz", ["en", "kk", "ky"]), Some("kk"));
    }

    #[test]
    fn no_more_than_the_first_candidates_are_looked_at() {
        let others = |count: usize| std::iter::repeat_n("quite another word", count);
        assert_eq!(nearest("servises", others(199).chain(["services"])), Some("services"));
        assert_eq!(nearest("servises", others(200).chain(["services"])), None);
        assert_eq!(nearest("servises", std::iter::repeat("quite another word")), None);
    }

    #[test]
    fn nothing_long_is_a_slip() {
        let (longest, longer) = ("a".repeat(40), "a".repeat(41));
        assert_eq!(nearest(&longest, [longest.as_str()]), Some(longest.as_str()));
        assert_eq!(nearest(&longer, [longest.as_str()]), None);
        assert_eq!(nearest(&longest, [longer.as_str()]), None);
        assert_eq!(nearest(&"a".repeat(1_000_000), ["a"]), None);
    }
}
