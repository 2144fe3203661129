//! Patterns for the names of cookies and stored entries: `*` stands for any characters, everything else for itself.
//!
//! What is not granted is purged by them, so they must name neither the record, nor what a site cannot do without, nor
//! everything. Regular expressions are not offered: a wrong one purges too much.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use super::problem::{Code, Fault};
use super::text::is_unseen;

/// Names that a purge must never touch, as they are met most: Kelisim's own, sessions, carts, protection of forms.
const NECESSARY_NAMES: [&str; 15] = [
    "kelisim",
    "PHPSESSID",
    "JSESSIONID",
    "sessionid",
    "csrftoken",
    "XSRF-TOKEN",
    "cart",
    "BITRIX_SM_SALE_UID",
    "wordpress_logged_in_x",
    "wp-settings-1",
    "__Host-session",
    "__Secure-session",
    "connect.sid",
    "laravel_session",
    "ASP.NET_SessionId",
];

/// A name of something stored, with `*` for any characters: `_ga`, `_ga_*` (the contract's "Configuration").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Glob(#[schemars(regex(pattern = pattern()))] String);

/// What a schema says of a pattern: that it is no regular expression, has two bytes besides its stars, and that every
/// letter of it can be seen. Which names it must not match, only the code tries.
fn pattern() -> String {
    const IS_REGEX: &str = r"/[^/]*/|[\s\S]*\?|[^\[]*\[[^\]]*\]";
    const NAMES_SOMETHING: &str = r"\**([^*\x00-\x7f]|[^*]\**[^*])";
    format!(r"^(?!{IS_REGEX})(?={NAMES_SOMETHING})( |[^\p{{Cc}}\p{{Cf}}\p{{Z}}])*$")
}

impl Glob {
    /// The pattern.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names `name`.
    pub fn matches(&self, name: &str) -> bool {
        matches(&self.0, name)
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Glob {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Glob, Fault> {
        if let Some(body) = body_of_regex(text) {
            return Err(Fault::with(Code::RegularExpression, instead_of_regex(body)));
        }
        if let Some(letter) = text.chars().find(|letter| *letter != ' ' && is_unseen(*letter)) {
            let hint = format!("U+{:04X}", u32::from(letter));
            return Err(Fault::with(Code::HiddenCharacter, hint));
        }
        if let Some(glob) = instead_of_wildcards(text) {
            return Err(Fault::with(Code::RegularExpression, glob));
        }
        let is_short = text.replace('*', "").len() < 2;
        if is_short || names_something_necessary(text) {
            return Err(Code::TooWide.into());
        }
        Ok(Glob(text.to_owned()))
    }
}

/// Browsers tell `phpsessid` from `PHPSESSID`, but who writes the one means the other.
fn names_something_necessary(pattern: &str) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    let mut names = NECESSARY_NAMES.iter().map(|name| name.to_ascii_lowercase());
    names.any(|name| matches(&pattern, &name))
}

/// The pattern for an owner who wrote `?` for a character, or a class of them: `_ga_*` for `_ga_[A-Z]`.
fn instead_of_wildcards(text: &str) -> Option<String> {
    let (mut glob, mut rest, mut is_other) = (String::new(), text, false);
    while let Some(letter) = rest.chars().next() {
        rest = rest.strip_prefix(letter)?;
        let class = (letter == '[').then(|| rest.split_once(']')).flatten();
        match (letter, class) {
            (_, Some((_, behind))) => {
                (rest, is_other) = (behind, true);
                push_star(&mut glob);
            }
            ('?', _) => {
                is_other = true;
                push_star(&mut glob);
            }
            ('*', _) => push_star(&mut glob),
            _ => glob.push(letter),
        }
    }
    is_other.then_some(glob)
}

/// Whether a pattern with `*` names `name`. Of hosts the patterns of a manifest are compared in the same way.
pub fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    let between = name.strip_prefix(start).and_then(|name| name.strip_suffix(end));
    let Some(mut left) = between else { return false };
    // Each part as early as it can be leaves the most for those that follow.
    middle.split('*').all(|part| match left.split_once(part) {
        Some((_, behind)) => {
            left = behind;
            true
        }
        None => false,
    })
}

/// What stands between the slashes of a name that is written as a regular expression: `^_ga` of `/^_ga/`.
fn body_of_regex(name: &str) -> Option<&str> {
    let (body, _) = name.strip_prefix('/')?.split_once('/')?;
    Some(body)
}

/// The glob that an owner who wrote a regular expression meant: `_ga*` for `^_ga`.
fn instead_of_regex(body: &str) -> String {
    let mut glob = String::new();
    if !body.starts_with('^') {
        glob.push('*');
    }
    for letter in body.chars() {
        match letter {
            '\\' | '^' | '$' | '(' | ')' => {}
            // `.*`, `\d+`, `[0-9]+` and the like become one star.
            '*' | '+' | '.' | '[' | ']' | '?' => push_star(&mut glob),
            _ => glob.push(letter),
        }
    }
    if !body.ends_with('$') {
        push_star(&mut glob);
    }
    glob
}

/// Adds a star, unless one stands there already.
pub(crate) fn push_star(glob: &mut String) {
    if !glob.ends_with('*') {
        glob.push('*');
    }
}

#[cfg(test)]
mod tests {
    use super::{Glob, matches};
    use crate::config::problem::{Code, Fault};
    use crate::config::text::tests::holds;

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
            ("*", "", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*b*c", "abc", false),
            ("*bc*cb*", "bcb", false),
            ("**a**", "bab", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
            if let Ok(glob) = pattern.parse::<Glob>() {
                assert_eq!(glob.matches(name), expected, "{pattern} {name}");
            }
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
            let fault = Fault::with(Code::RegularExpression, glob);
            assert_eq!(regex.parse::<Glob>(), Err(fault), "{regex}");
        }
        assert!("_ga_*".parse::<Glob>().is_ok());
        assert_eq!("/".parse::<Glob>(), Err(Code::TooWide.into()));
    }

    #[test]
    fn i_05_a_pattern_of_another_kind_gets_its_glob() {
        for (written, glob) in [
            ("_ga_?", "_ga_*"),
            ("_ga_[A-Z]", "_ga_*"),
            ("_ga_[A-Z]?*x", "_ga_*x"),
            ("[!a]?", "*"),
            ("?", "*"),
        ] {
            let fault = Fault::with(Code::RegularExpression, glob);
            assert_eq!(written.parse::<Glob>(), Err(fault), "{written}");
        }
        let written = ["_ga_?", "_ga_[A-Z]", "a[]", "]a[b]", "/a/"];
        holds::<Glob>(&["_ga[", "]ga", "a]b["], &written, Code::RegularExpression);
    }

    #[test]
    fn i_05_a_pattern_leaves_sessions_of_every_kind_alone() {
        for name in [
            "wordpress_logged_in_*",
            "wordpress_*",
            "wp-settings-*",
            "wp-*",
            "__Host-*",
            "__Secure-*",
            "__Host-session",
            "connect.sid",
            "connect.*",
            "laravel_session",
            "*_session",
            "ASP.NET_SessionId",
            "asp.net_sessionid",
            "phpsessid",
            "PhpSess*",
            "Kelisim",
            "CART",
        ] {
            assert_eq!(name.parse::<Glob>(), Err(Code::TooWide.into()), "{name}");
        }
    }

    #[test]
    fn b_02_every_letter_of_a_pattern_is_seen() {
        let bad = [
            "_ga\n",
            "_ga\u{0}",
            "_ga\u{200b}",
            "_g\u{202e}a",
            "_ga\u{2028}",
            "_ga\u{a0}",
        ];
        holds::<Glob>(&["_ga x", "_ga_*", "к*"], &bad, Code::HiddenCharacter);
        assert_eq!(
            "_ga\u{200b}".parse::<Glob>(),
            Err(Fault::with(Code::HiddenCharacter, "U+200B"))
        );
    }

    #[test]
    fn a_pattern_names_what_is_its_own_and_no_more() {
        for name in ["_ga", "_g*", "*_ym", "/a", "к*", "kelisim2", "cart_*x"] {
            assert_eq!(name.parse::<Glob>().unwrap().as_str(), name);
        }
        for name in [
            "",
            "a",
            "*",
            "**",
            "a*",
            "kel*",
            "kelisim",
            "*sess*",
            "PHPSESSID",
            "*rt",
            "*TOKEN*",
        ] {
            assert_eq!(name.parse::<Glob>(), Err(Code::TooWide.into()), "{name}");
        }
    }
}
