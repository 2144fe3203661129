//! The domain whose subdomains share one choice (requirement B-04).

use super::rules::{DIGITS, HYPHEN, SMALL, STOP, only};
use super::words::find;
use crate::core::letters::{at, first, halves, last, rest, same};

/// Domains under which strangers register theirs, and which a browser therefore takes no cookie for. Only those next to
/// the sites Kelisim is for: the browser refuses the others itself, and the choice then stays with the host.
const SHARED: &str = "com.kz|edu.kz|gov.kz|mil.kz|net.kz|org.kz|com.ru|msk.ru|net.ru|org.ru|pp.ru|spb.ru|co.uk";

/// Whether `scope` is a domain name as a browser gives it, lower-case and without a scheme, that one owner can have.
pub(super) fn is_domain(scope: &str) -> bool {
    let (mut rest, mut label, mut labels) = (scope, "", 0);
    while !rest.is_empty() {
        (label, rest) = halves(rest, b'.');
        labels += 1;
        if label.is_empty() || first(label) == b'-' || last(label) == b'-' {
            return false;
        }
    }
    // The last label of an address in numbers is a number.
    labels > 1
        && last(scope) != b'.'
        && only(scope, SMALL | DIGITS | HYPHEN | STOP)
        && !only(label, DIGITS)
        && find(SHARED, b'|', scope).is_none()
}

/// Whether a page on `host` belongs to `scope`.
pub fn covers(scope: &str, host: &str) -> bool {
    let place = host.len().wrapping_sub(scope.len());
    same(rest(host, place), scope) && (place == 0 || at(host, place.wrapping_sub(1)) == b'.')
}

#[cfg(test)]
mod tests {
    use super::{covers, is_domain};

    #[test]
    fn b_04_a_scope_is_a_domain_that_one_owner_has() {
        for scope in ["cap.kz", "rasco.kz.localhost", "xn--80a.kz", "a-b.kz"] {
            assert!(is_domain(scope), "{scope}");
        }
        for scope in [
            "kz",
            "com.kz",
            "Cap.kz",
            "https://cap.kz",
            ".cap.kz",
            "cap.kz.",
            "cap.kz:80",
            "127.0.0.1",
            "",
            "-a.kz",
            "*.cap.kz",
        ] {
            assert!(!is_domain(scope), "{scope}");
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
            assert_eq!(covers(scope, host), expected, "{scope} {host}");
        }
    }
}
