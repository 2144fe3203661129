//! Patterns for the names of cookies and stored entries: `*` stands for any characters, everything else for itself.
//!
//! Regular expressions are not offered: their engine alone would outweigh Kelisim, and a wrong one purges too much.

use super::rules::has_mark;
use crate::core::placeholders::split;

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

/// The glob that an owner who wrote `/^_ga/` meant; `None` for a name that is no regular expression.
pub(super) fn instead_of_regex(name: &str) -> Option<String> {
    let (mut rest, _) = split(name.strip_prefix("/")?, b'/')?;
    let mut glob = String::new();
    if rest.bytes().next() != Some(b'^') {
        push_star(&mut glob);
    }
    while let Some(letter) = rest.get(..1) {
        rest = rest.get(1..)?;
        // `.*`, `\d+`, `[0-9]+` and the like become one star.
        if has_mark(letter, "*+.[]?") {
            push_star(&mut glob);
        } else if !has_mark(letter, "\\^$()") {
            glob.push_str(letter);
        }
        if rest.is_empty() && letter != "$" {
            push_star(&mut glob);
        }
    }
    Some(glob)
}

fn push_star(glob: &mut String) {
    if glob.bytes().next_back() != Some(b'*') {
        glob.push('*');
    }
}

#[cfg(test)]
mod tests {
    use super::{instead_of_regex, matches};

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
            assert_eq!(instead_of_regex(regex).as_deref(), Some(glob), "{regex}");
        }
        assert_eq!(instead_of_regex("_ga_*"), None);
    }
}
