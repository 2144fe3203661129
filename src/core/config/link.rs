//! Which addresses of a configuration may become links and scripts (requirement B-02).

use super::codes::Code;
use super::rules::{BLANK, has_mark, only};
use crate::core::letters::{after, split};

/// What is wrong with an address; [`Code::Fine`] for `https:`, and for one relative to the page. Whatever a browser would
/// read in two ways is refused.
pub(super) fn fault(address: &str) -> Code {
    // A browser drops tabs and line ends inside an address, trims what stands around it, and takes `\` for `/`.
    if !only(address, !BLANK) || has_mark(address, "\\") || after(address, "//").is_some() {
        return Code::UnsafeLink;
    }
    let Some((scheme, rest)) = split(address, b':') else {
        return Code::Fine;
    };
    if has_mark(scheme, "/?#") {
        return Code::Fine;
    }
    if scheme.eq_ignore_ascii_case("https") && after(rest, "//").is_some() {
        Code::Fine
    } else if scheme.eq_ignore_ascii_case("http") {
        Code::InsecureLink
    } else {
        Code::UnsafeLink
    }
}

#[cfg(test)]
mod tests {
    use super::fault;
    use crate::core::config::codes::Code;

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
            assert_eq!(fault(address), Code::Fine, "{address}");
        }
        assert_eq!(fault("http://cap.kz/privacy"), Code::InsecureLink);
        for address in [
            "mailto:info@cap.kz",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "//evil.example/x",
            "\\\\evil.example",
            "https:evil",
            "C:\\privacy",
            ":",
        ] {
            assert_eq!(fault(address), Code::UnsafeLink, "{address}");
        }
    }
}
