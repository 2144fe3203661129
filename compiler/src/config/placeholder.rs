//! The placeholders of a text: what stands in braces, and is filled with what a configuration or a visit has to say.
//!
//! A text has those that Kelisim's own words for it have. It must not fill them: `notice/sentence.rs` does.

use super::problem::{Code, Fault, Hint};

/// How often a text may have the same one.
const MOST: usize = 2;

/// What is wrong with the placeholders of the owner's words, held against those of Kelisim's.
pub(crate) fn faults(words: &str, house: &str) -> Vec<Fault> {
    let known = placeholders(house).unwrap_or_default();
    let Some(written) = placeholders(words) else {
        return vec![unknown(&known)];
    };
    let count = |name: &str| written.iter().filter(|written| **written == name).count();
    let mut faults = Vec::new();
    if written.iter().any(|name| !known.contains(name) || count(name) > MOST) {
        faults.push(unknown(&known));
    }
    let missing = known.iter().filter(|name| count(name) == 0);
    faults.extend(missing.map(|name| Fault::with(Code::MissingPlaceholder, format!("{{{name}}}"))));
    faults
}

/// Braces in words that have no placeholders.
pub(crate) fn brace(words: &str) -> Option<Fault> {
    words.contains(['{', '}']).then(|| Code::UnknownPlaceholder.into())
}

/// A placeholder that a text does not have; those that it has are the hint.
fn unknown(known: &[&str]) -> Fault {
    let names: Vec<String> = known.iter().map(|name| format!("`{{{name}}}`")).collect();
    let hint = (!names.is_empty()).then(|| Hint::Verbatim(names.join(", ")));
    Fault {
        code: Code::UnknownPlaceholder,
        hint,
    }
}

/// The names in braces; none where a brace stands by itself.
fn placeholders(words: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        if before.contains('}') || name.contains('{') {
            return None;
        }
        names.push(name);
        rest = behind;
    }
    (!rest.contains('}')).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::{brace, faults};
    use crate::config::problem::{Code, Fault};

    #[test]
    fn f_11_a_text_has_the_placeholders_of_the_house() {
        let unknown = || Fault::with(Code::UnknownPlaceholder, "`{days}`, `{date}`");
        let missing = |name: &str| Fault::with(Code::MissingPlaceholder, name);
        for (words, expected) in [
            ("{days}, {date}", vec![]),
            ("{date}: {days} ({days})", vec![]),
            ("{days}{days}{days} {date}", vec![unknown()]),
            ("{days}, {date}, {host}", vec![unknown()]),
            ("{days}", vec![missing("{date}")]),
            ("Навсегда", vec![missing("{days}"), missing("{date}")]),
            ("{x}", vec![unknown(), missing("{days}"), missing("{date}")]),
            ("{Days} {date}", vec![unknown(), missing("{days}")]),
            ("{days} {date} {", vec![unknown()]),
            ("{days} {date} }", vec![unknown()]),
            ("}{days} {date}", vec![unknown()]),
            ("{{days}} {date}", vec![unknown()]),
            ("{", vec![unknown()]),
        ] {
            assert_eq!(faults(words, "{days}, until {date}"), expected, "{words}");
        }
    }

    #[test]
    fn a_text_without_placeholders_has_no_braces() {
        let unknown = [Fault::from(Code::UnknownPlaceholder)];
        assert_eq!(faults("Cookie", "Cookies"), []);
        assert_eq!(faults("{operator}", "Cookies"), unknown);
        assert_eq!(
            (brace("Отзыв"), brace("Отзыв {code}")),
            (None, Some(Code::UnknownPlaceholder.into()))
        );
        assert!(brace("}").is_some());
    }
}
