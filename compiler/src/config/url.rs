//! Which addresses of a configuration may become links and scripts (requirement B-02).
//!
//! It must not resolve or rewrite an address: a browser reads it as it was written, so whatever a browser would read in
//! two ways is refused. Whether there is such a host is for whoever reaches it.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use unicode_normalization::char::is_combining_mark;

use super::problem::{Code, Fault};
use super::text::is_unseen;

/// An address: `https:`, or relative to the page (requirement B-02).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Url(#[schemars(regex(pattern = pattern()))] String);

/// What a schema says of an address: all but whether the numbers in brackets are an address of IPv6.
fn pattern() -> String {
    const LABEL: &str = r"[\p{Alphabetic}\p{M}\p{N}\-]+";
    const PORT: &str = "0*([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
    const REST: &str = r"[^\\\p{Cc}\p{Cf}\p{Z}]*";
    let host = format!(r"({LABEL}(\.{LABEL})*\.?|\[[0-9A-Fa-f:.]+\])");
    let elsewhere = format!("[Hh][Tt][Tt][Pp][Ss]://{host}(:{PORT})?([/?#]{REST})?");
    format!("^({elsewhere}|(?!//)(?![^/?#:]*:){REST})$")
}

impl Url {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, with its port where it has one, as it was written. `None` where the address is relative to the page.
    pub fn authority(&self) -> Option<&str> {
        let (scheme, rest) = self.0.split_once("://")?;
        // A relative address may have another in its query.
        if !scheme.eq_ignore_ascii_case("https") {
            return None;
        }
        rest.split(['/', '?', '#']).next()
    }
}

impl fmt::Display for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Url {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Url, Fault> {
        check(text)?;
        Ok(Url(text.to_owned()))
    }
}

fn check(address: &str) -> Result<(), Code> {
    if address.is_empty() {
        return Err(Code::Missing);
    }
    // A browser drops tabs and line ends inside an address, trims what stands around it, and takes `\` for `/`.
    if address.contains(|letter| is_unseen(letter) || letter == '\\') || address.starts_with("//") {
        return Err(Code::UnsafeLink);
    }
    match address.split_once(':') {
        Some((scheme, rest)) if !scheme.contains(['/', '?', '#']) => {
            let authority = rest
                .strip_prefix("//")
                .and_then(|rest| rest.split(['/', '?', '#']).next());
            if scheme.eq_ignore_ascii_case("https") && authority.is_some_and(is_authority) {
                Ok(())
            } else if scheme.eq_ignore_ascii_case("http") {
                Err(Code::InsecureLink)
            } else {
                Err(Code::UnsafeLink)
            }
        }
        _ => Ok(()),
    }
}

/// Whether it is a host, with a port or without, and nobody's name and password.
fn is_authority(authority: &str) -> bool {
    if let Some((numbers, behind)) = authority.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        let is_port = behind.is_empty() || behind.strip_prefix(':').is_some_and(is_port);
        return numbers.parse::<Ipv6Addr>().is_ok() && is_port;
    }
    match authority.split_once(':') {
        Some((host, port)) => is_host(host) && is_port(port),
        None => is_host(authority),
    }
}

/// Whether it has the form of a host: letters of any script, digits and hyphens, with points between.
fn is_host(host: &str) -> bool {
    let is_plain = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter) || letter == '-';
    let labels = host.strip_suffix('.').unwrap_or(host).split('.');
    labels
        .into_iter()
        .all(|label| !label.is_empty() && label.chars().all(is_plain))
}

fn is_port(port: &str) -> bool {
    port.chars().all(|digit| digit.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::Url;
    use crate::config::problem::{Code, Fault};
    use crate::config::text::tests::holds;

    #[test]
    fn b_01_b_02_an_address_elsewhere_has_a_host_and_nothing_more() {
        let good = [
            "https://a.kz",
            "https://a.kz./x",
            "https://a-b.kz:8443/x?y#z",
            "https://a.kz:65535",
            "https://a.kz:443?x",
            "https://чат.қаз/құпиялық",
            "https://हिन्दी.भारत/",
            "https://xn--80a1be.kz#x",
            "https://127.0.0.1/",
            "https://[::1]/x",
            "https://[2001:db8::1]:8443/x",
            "/x/@y?a=*&b='c'",
            "құпиялық",
        ];
        let bad = [
            "https://",
            "https:///evil.kz/x",
            "https://?x",
            "https://#x",
            "https://%/x",
            "https://a%2ekz/x",
            "https://[::1/x",
            "https://[]/x",
            "https://[::1]x/",
            "https://a.kz:99999/x",
            "https://a.kz:65536/x",
            "https://a.kz:/x",
            "https://a.kz:+80/x",
            "https://a.kz:8o/x",
            "https://:80/x",
            "https://user:pw@evil.kz",
            "https://user@evil.kz/",
            "https://a.kz@evil.kz/",
            "https://*/x.js",
            "https://*.kz/x.js",
            "https://a.kz,*/x",
            "https://a.kz;script-src/x",
            "https://'unsafe-inline'/x",
            "https://a..kz/x",
            "https://.kz/x",
            "https://./x",
            "https://a_b.kz/x",
            "https://a。kz/x",
            "https://a\u{200d}.kz/x",
            "https://a.kz/\u{2028}",
            "https://a.kz/\u{85}",
            "https://a.kz/\u{7f}",
            "https://a.kz/\u{a0}",
            "https://a.kz/\u{3000}x",
            "https://a.kz/\u{202e}x",
            "https://a.kz/\u{feff}",
            "/x\u{2028}",
            "/x\u{ad}y",
            "/x y",
        ];
        holds::<Url>(&good, &bad, Code::UnsafeLink);
        for address in ["https://[:]/x", "https://[1.2.3.4]/x", "https://[::g]/x"] {
            assert_eq!(fault(address), Some(Code::UnsafeLink), "{address}");
        }
    }

    fn fault(address: &str) -> Option<Code> {
        address.parse::<Url>().err().map(|Fault { code, .. }| code)
    }

    #[test]
    fn b_02_only_https_and_relative_addresses_pass() {
        for address in [
            "https://rasco.kz/privacy",
            "HTTPS://x",
            "/privacy",
            "privacy.pdf#a:b",
            "?a=b:c",
            "../a",
            "a/b:c",
        ] {
            assert_eq!(fault(address), None, "{address}");
            assert_eq!(address.parse::<Url>().unwrap().as_str(), address);
        }
        for address in ["http://cap.kz/privacy", "http://example.kz/privacy", "HTTP:x"] {
            assert_eq!(fault(address), Some(Code::InsecureLink), "{address}");
        }
        for address in [
            "mailto:info@cap.kz",
            "mailto:a@b.kz",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "//evil.example/x",
            "//evil.example/x.js",
            "\\\\evil.example",
            "https:evil",
            "C:\\privacy",
            ":",
        ] {
            assert_eq!(fault(address), Some(Code::UnsafeLink), "{address}");
        }
        assert_eq!(fault(""), Some(Code::Missing));
    }

    #[test]
    fn b_01_an_address_elsewhere_has_a_host() {
        for (address, authority) in [
            ("https://rasco.kz/privacy", Some("rasco.kz")),
            ("HTTPS://x", Some("x")),
            (
                "https://chat.example.kz:8443?a=https://b.kz/",
                Some("chat.example.kz:8443"),
            ),
            ("/counter.js", None),
            ("/counter.js?from=https://b.kz/", None),
            ("privacy.pdf#a:b", None),
        ] {
            assert_eq!(address.parse::<Url>().unwrap().authority(), authority, "{address}");
        }
    }
}
