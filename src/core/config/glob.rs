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

/// The glob that an owner who wrote `/^_ga/` meant: its plain beginning, open at an end that has no anchor. `None` for
/// a name that is no regular expression.
pub(super) fn instead_of_regex(name: &str) -> Option<String> {
    let body = name
        .strip_prefix('/')?
        .trim_end_matches(|flag: char| flag.is_ascii_lowercase())
        .strip_suffix('/')?;
    let anchored = body.strip_prefix('^');
    let mut glob = String::from(if anchored.is_some() { "" } else { "*" });
    let body = anchored.unwrap_or(body);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let (beginning, rest) = body.split_at_checked(body.bytes().take_while(|byte| plain(*byte)).count())?;
    glob.push_str(beginning);
    if rest != "$" {
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
