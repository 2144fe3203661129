//! Which addresses of a configuration may become links and scripts (requirement B-02).

/// What an address leads to, or the code of the problem that it is.
pub(super) enum Target {
    /// `https:`, or relative to the page.
    Page,
    /// `mailto:`.
    Letter,
    /// Anything else.
    Refused(&'static str),
}

/// Sorts an address by its scheme. Whatever a browser would read in two ways is refused.
pub(super) fn target(address: &str) -> Target {
    // A browser drops tabs and line ends inside an address, trims what stands around it, and takes `\` for `/`.
    if address.bytes().any(|byte| byte <= b' ' || byte == b'\\') || address.starts_with("//") {
        return Target::Refused("unsafeLink");
    }
    let Some((scheme, rest)) = address
        .split_once(':')
        .filter(|(scheme, _)| !scheme.bytes().any(|byte| matches!(byte, b'/' | b'?' | b'#')))
    else {
        return Target::Page;
    };
    if scheme.eq_ignore_ascii_case("https") && rest.starts_with("//") {
        Target::Page
    } else if scheme.eq_ignore_ascii_case("mailto") {
        Target::Letter
    } else if scheme.eq_ignore_ascii_case("http") {
        Target::Refused("insecureLink")
    } else {
        Target::Refused("unsafeLink")
    }
}

#[cfg(test)]
mod tests {
    use super::{Target, target};

    #[test]
    fn b_02_only_https_mailto_and_relative_addresses_pass() {
        for address in [
            "https://rasco.kz/privacy",
            "HTTPS://x",
            "/privacy",
            "privacy.pdf#a:b",
            "?a=b:c",
            "../a",
            "a/b:c",
        ] {
            assert!(matches!(target(address), Target::Page), "{address}");
        }
        assert!(matches!(target("mailto:info@cap.kz"), Target::Letter));
        assert!(matches!(
            target("http://cap.kz/privacy"),
            Target::Refused("insecureLink")
        ));
        for address in [
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
            assert!(matches!(target(address), Target::Refused("unsafeLink")), "{address}");
        }
    }
}
