//! Patterns for the names of cookies and stored entries: `*` stands for any characters, everything else for itself.
//!
//! Regular expressions are not offered: their engine alone would outweigh Kelisim, and a wrong one purges too much.

/// Whether `pattern` names `name`.
pub fn matches(pattern: &str, name: &str) -> bool {
    fits(pattern.as_bytes(), name.as_bytes())
}

fn fits(pattern: &[u8], name: &[u8]) -> bool {
    match (pattern.split_first(), name.split_first()) {
        (None, first) => first.is_none(),
        // The star stands for nothing, or for one character more.
        (Some((b'*', pattern_rest)), first) => {
            fits(pattern_rest, name) || first.is_some_and(|(_, name_rest)| fits(pattern, name_rest))
        }
        (Some((wanted, pattern_rest)), Some((found, name_rest))) => wanted == found && fits(pattern_rest, name_rest),
        (Some(_), None) => false,
    }
}

/// The glob that an owner who wrote `/^_ga/` meant; `None` for a name that is no regular expression.
pub(super) fn instead_of_regex(name: &str) -> Option<String> {
    let flags = name.bytes().rev().take_while(u8::is_ascii_lowercase).count();
    let body = name.get(..name.len() - flags)?.strip_prefix('/')?.strip_suffix('/')?;
    let mut glob = String::new();
    if !body.starts_with('^') {
        glob.push('*');
    }
    let marks = ['\\', '^', '$', '(', ')'];
    let wild = ['*', '+', '.', '[', ']', '?'];
    for character in body.chars() {
        if wild.contains(&character) {
            // `.*`, `\d+`, `[0-9]+` and the like become one star.
            if !glob.ends_with('*') {
                glob.push('*');
            }
        } else if !marks.contains(&character) {
            glob.push(character);
        }
    }
    if !body.ends_with('$') && !glob.ends_with('*') {
        glob.push('*');
    }
    Some(glob)
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
