//! Patterns for the names of cookies and stored entries: `*` stands for any characters, everything else for itself.
//!
//! Regular expressions are not offered: their engine alone would outweigh Kelisim, and a wrong one purges too much.

use super::rules::has_mark;
use crate::core::letters::{first, halves, last, rest, same, split};
use crate::core::value::Writer;

/// Whether `pattern` names `name`.
pub fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
    let (mut at, mut place) = (0, 0);
    // Behind the last star, and where in the name its turn ends so far.
    let mut star = None;
    while let Some(letter) = name.get(place) {
        match pattern.get(at) {
            Some(b'*') => {
                at += 1;
                star = Some((at, place));
            }
            Some(wanted) if wanted == letter => {
                at += 1;
                place += 1;
            }
            _ => {
                let Some((behind, end)) = star else { return false };
                star = Some((behind, end + 1));
                at = behind;
                place = end + 1;
            }
        }
    }
    pattern.get(at..).unwrap_or_default().iter().all(|byte| *byte == b'*')
}

/// Whether a name is written as a regular expression: `/^_ga/`.
pub(super) fn is_regex(name: &str) -> bool {
    first(name) == b'/' && split(rest(name, 1), b'/').is_some()
}

/// The glob that an owner who wrote a regular expression meant: `_ga*` for `/^_ga/`.
pub(super) fn instead_of_regex(regex: &str) -> &'static str {
    let mut left = halves(rest(regex, 1), b'/').0;
    let mut glob = Writer::default();
    if first(left) != b'^' {
        push_star(&mut glob);
    }
    while let Some(letter) = left.get(..1) {
        left = rest(left, 1);
        // `.*`, `\d+`, `[0-9]+` and the like become one star.
        if has_mark(letter, "*+.[]?") {
            push_star(&mut glob);
        } else if !has_mark(letter, "\\^$()") {
            glob.push(letter);
        }
        if left.is_empty() && !same(letter, "$") {
            push_star(&mut glob);
        }
    }
    glob.done().text()
}

fn push_star(glob: &mut Writer) {
    if last(glob.as_str()) != b'*' {
        glob.mark(b'*');
    }
}

#[cfg(test)]
mod tests {
    use super::{instead_of_regex, is_regex, matches};

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, name, expected) in [
            ("_ga", "_ga", true),
            ("_ga", "_gat", false),
            ("_ga_*", "_ga_ABC", true),
            ("_ga_*", "_ga_", true),
            ("_ga_*", "x_ga_", false),
            ("_ym*_lsid", "_ym123_lsid", true),
            ("_ym*_lsid", "_ym_lsi", false),
            ("a*a", "a", false),
            ("*", "anything", true),
            ("a*b*c", "a-b-b-c", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn a_regular_expression_gets_its_glob() {
        for (regex, glob) in [
            ("/^_ga/", "_ga*"),
            ("/^_ga_.*$/i", "_ga_*"),
            ("/^_gid$/", "_gid"),
            ("/_ym/", "*_ym*"),
        ] {
            assert!(is_regex(regex), "{regex}");
            assert_eq!(instead_of_regex(regex), glob, "{regex}");
        }
        assert!(!is_regex("_ga_*") && !is_regex("/"));
    }
}
