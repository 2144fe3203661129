//! Patterns for the names of cookies and stored entries: `*` stands for any characters, everything else for itself.
//!
//! Regular expressions are not offered: their engine alone would outweigh Kelisim, and a wrong one purges too much.

/// Whether `pattern` names `name`.
pub fn matches(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| name.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = pieces.next_back() else {
        return rest.is_empty();
    };
    for piece in pieces {
        let Some((_, after)) = rest.split_once(piece) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

/// The glob that an owner who wrote `/^_ga/` meant; `None` for a name that is no regular expression.
pub(super) fn instead_of_regex(name: &str) -> Option<String> {
    let (body, _flags) = name.strip_prefix('/')?.rsplit_once('/')?;
    let mut glob = String::new();
    if !body.starts_with('^') {
        glob.push('*');
    }
    let open_end = !body.ends_with('$');
    for character in body.chars() {
        match character {
            '\\' | '^' | '$' | '(' | ')' => {}
            // `.*`, `\d+`, `[0-9]+` and the like become one star.
            '*' | '+' | '.' | '[' | ']' | '?' if glob.ends_with('*') => {}
            '*' | '+' | '.' | '[' | ']' | '?' => glob.push('*'),
            _ => glob.push(character),
        }
    }
    if open_end && !glob.ends_with('*') {
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
