//! An address that a letter can be sent to.
//!
//! It must not let anything through that a `mailto:` link would read as more than one plain address.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use super::problem::{Code, Fault};
use super::text::is_unseen;

/// What ends an address, makes a second one or a question of it, or is read in two ways.
const FOREIGN: &str = r#"@<>,;:"?&%#{}/\'()`"#;

/// An e-mail address (GDPR, art. 13(1)(a); Law 94-V, art. 8(7)).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Email(#[schemars(regex(pattern = pattern()))] String);

fn pattern() -> String {
    const PART: &str = r#"[^@<>,;:"?&%#{}/\\'()`\p{Cc}\p{Cf}\p{Z}]+"#;
    format!("^$|^{PART}@{PART}$")
}

impl Email {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Email {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Email, Fault> {
        let is_part = |part: &str| !part.is_empty() && !part.contains(is_foreign);
        match text.split_once('@') {
            Some((account, host)) if is_part(account) && is_part(host) => Ok(Email(text.to_owned())),
            _ => Err(Code::InvalidEmail.into()),
        }
    }
}

/// Whether no address has such a letter.
fn is_foreign(letter: char) -> bool {
    is_unseen(letter) || FOREIGN.contains(letter)
}

#[cfg(test)]
mod tests {
    use super::Email;
    use crate::config::problem::Code;
    use crate::config::text::tests::holds;

    #[test]
    fn a_plain_address_passes_and_nothing_else() {
        let good = ["privacy@example.kz", "a@b", "жеке@мысал.қаз", "a.b+c@x-y.kz"];
        let bad = [
            "",
            "@",
            "a@",
            "@b.kz",
            "privacy at example.kz",
            "a@b@c.kz",
            "a@b.kz?subject=x",
            "a@b.kz&cc=c@d.kz",
            "a@b.kz,c@d.kz",
            "a@b.kz;c@d.kz",
            "A <a@b.kz>",
            "mailto:a@b.kz",
            "\"a\"@b.kz",
            "a @b.kz",
            "a@b.kz\n",
            "a\t@b.kz",
            "a%0d%0abcc:x@b.kz",
            "a%40c.kz@b.kz",
            "a@b.kz%3Fcc=c",
            "a@b.kz#x",
            "{email}@b.kz",
            "a@b.kz}",
            "a@b.kz/x",
            "a\\b@c.kz",
            "o'neil@b.kz",
            "a(x)@b.kz",
            "`a`@b.kz",
            "a@b.kz\u{7f}",
            "a@b.kz\u{85}",
            "a@b.kz\u{a0}",
            "a@b.kz\u{2028}",
            "a\u{3000}@b.kz",
            "a\u{200b}@b.kz",
            "\u{202e}a@b.kz",
        ];
        holds::<Email>(&good, &bad, Code::InvalidEmail);
        for letter in super::FOREIGN.chars() {
            for address in [format!("a{letter}b@c.kz"), format!("a@b{letter}c.kz")] {
                holds::<Email>(&[], &[&address], Code::InvalidEmail);
            }
        }
    }
}
