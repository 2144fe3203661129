//! The domain whose subdomains share one choice (requirement B-04).
//!
//! It must not let a domain through under which strangers register theirs: their sites would read the choice.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use super::problem::{Code, Fault};

/// A domain name as a browser gives it, in small letters and without a scheme, that one owner can have (requirement
/// B-04).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Domain(
    #[schemars(regex(
        pattern = r"^$|^(?!.*\.[0-9]+$)([a-z0-9]([a-z0-9\-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9\-]*[a-z0-9])?$"
    ))]
    String,
);

impl Domain {
    /// The domain.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a page on `host` belongs to it: on the domain itself, or on a subdomain.
    pub fn covers(&self, host: &str) -> bool {
        let before = host.strip_suffix(self.as_str());
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Domain {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Domain, Fault> {
        if is_name(text) && !is_shared(text) {
            Ok(Domain(text.to_owned()))
        } else {
            Err(Code::InvalidScope.into())
        }
    }
}

/// Whether it has the form of a domain name. The last label of an address in numbers is a number.
fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(is_plain)
    };
    text.split('.').all(is_label)
        && text
            .rsplit_once('.')
            .is_some_and(|(_, last)| last.contains(|letter: char| !letter.is_ascii_digit()))
}

/// Whether strangers register their domains under it: it is a public suffix (<https://publicsuffix.org>), for which a
/// browser takes no cookie.
fn is_shared(domain: &str) -> bool {
    psl::suffix_str(domain) == Some(domain)
}

#[cfg(test)]
mod tests {
    use super::Domain;
    use crate::config::problem::Code;

    #[test]
    fn b_04_a_scope_is_a_domain_that_one_owner_has() {
        for scope in [
            "cap.kz",
            "rasco.kz.localhost",
            "xn--80a.kz",
            "a-b.kz",
            "shop.com.kz",
            "me.github.io",
        ] {
            assert_eq!(scope.parse::<Domain>().unwrap().as_str(), scope);
        }
        for scope in [
            "kz",
            "com.kz",
            "Cap.kz",
            "https://cap.kz",
            "https://example.kz",
            ".cap.kz",
            "cap.kz.",
            "cap..kz",
            "cap.kz:80",
            "127.0.0.1",
            "",
            "-a.kz",
            "a-.kz",
            "*.cap.kz",
        ] {
            assert_eq!(scope.parse::<Domain>(), Err(Code::InvalidScope.into()), "{scope}");
        }
    }

    #[test]
    fn b_04_a_scope_is_no_public_suffix() {
        for scope in [
            "com.kz",
            "edu.kz",
            "gov.kz",
            "mil.kz",
            "net.kz",
            "org.kz",
            "com.ru",
            "msk.ru",
            "net.ru",
            "org.ru",
            "pp.ru",
            "spb.ru",
            "co.uk",
            "github.io",
        ] {
            assert_eq!(scope.parse::<Domain>(), Err(Code::InvalidScope.into()), "{scope}");
        }
    }

    #[test]
    fn b_04_a_scope_covers_itself_and_its_subdomains() {
        for (scope, host, expected) in [
            ("cap.kz", "cap.kz", true),
            ("cap.kz", "shop.cap.kz", true),
            ("cap.kz", "handicap.kz", false),
            ("cap.kz", "cap.kz.evil.example", false),
            ("shop.cap.kz", "cap.kz", false),
        ] {
            assert_eq!(
                scope.parse::<Domain>().unwrap().covers(host),
                expected,
                "{scope} {host}"
            );
        }
    }
}
