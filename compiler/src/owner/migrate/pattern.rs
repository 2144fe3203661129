//! The glob that a regular expression for names means, where one does. It names at least what the expression names.

use crate::config::glob::push_star;

/// A regular expression, without its slashes, as a pattern with `*`. `None` where it chooses between names.
pub(super) fn glob_of(pattern: &str) -> Option<String> {
    let (mut glob, mut rest) = (String::new(), pattern);
    match rest.strip_prefix('^') {
        Some(behind) => rest = behind,
        None => glob.push('*'),
    }
    let mut ends = false;
    while let Some(letter) = rest.chars().next() {
        rest = rest.get(letter.len_utf8()..)?;
        match letter {
            '(' | ')' | '|' => return None,
            '$' if rest.is_empty() => ends = true,
            // What is repeated, or may be missing, is no letter of the name any more.
            '*' | '?' | '+' => {
                if letter != '+' {
                    glob.pop();
                }
                push_star(&mut glob);
            }
            '{' => {
                rest = rest.split_once('}')?.1;
                push_star(&mut glob);
            }
            '[' => {
                rest = rest.split_once(']')?.1;
                push_star(&mut glob);
            }
            '.' => push_star(&mut glob),
            '\\' => {
                let escaped = rest.chars().next()?;
                rest = rest.get(escaped.len_utf8()..)?;
                if escaped.is_ascii_alphanumeric() {
                    push_star(&mut glob);
                } else {
                    glob.push(escaped);
                }
            }
            _ => glob.push(letter),
        }
    }
    if !ends {
        push_star(&mut glob);
    }
    Some(glob)
}

#[cfg(test)]
mod tests {
    use super::glob_of;

    #[test]
    fn an_expression_becomes_a_glob_that_names_no_less() {
        for (pattern, glob) in [
            ("^_ga", Some("_ga*")),
            ("^_pk_.*$", Some("_pk_*")),
            ("^_gid$", Some("_gid")),
            ("_ym", Some("*_ym*")),
            (r"^_pk_id\.[0-9a-f]+\.\d{4}$", Some("_pk_id.*.*")),
            ("^_gat_.+$", Some("_gat_*")),
            ("^colou?r$", Some("colo*r")),
            ("^(_ga|_gid)$", None),
            ("^_ga|_gid$", None),
            ("^[", None),
            (r"^a\", None),
            ("", Some("*")),
        ] {
            assert_eq!(glob_of(pattern).as_deref(), glob, "{pattern}");
        }
    }
}
