//! How Kelisim looks, as far as the owner may say.

use super::Check;
use crate::core::config::words::{member, nearest};
use crate::core::config::{Appearance, read, written};
use crate::core::value::Value;

/// The custom properties that an owner may set, without `--kelisim-`: those of `styles/tokens.css`.
const TOKENS: &[&str] = &[
    "accent",
    "accent-text",
    "background",
    "surface",
    "text",
    "muted",
    "border",
    "control",
    "focus",
    "shadow",
    "radius",
    "font",
    "font-size",
    "gap",
    "max-width",
    "z-index",
];

impl Check<'_> {
    /// Layout, place, theme, and the tokens. Both choice buttons read the same ones, so none tilts the choice.
    pub(super) fn appearance(&mut self, written: &written::Appearance) -> Appearance {
        let mut tokens = Vec::new();
        self.expect_object("appearance.tokens", &written.tokens);
        for (name, value) in written.tokens.entries() {
            let path = member("appearance.tokens", name);
            let plain = name.strip_prefix("--kelisim-").unwrap_or(name);
            if !TOKENS.contains(&name.as_str()) {
                let code = match read::unknown_key_code(name) {
                    "unknownKey" => "unknownToken",
                    refused => refused,
                };
                self.report(&path, code, nearest(plain, TOKENS.iter().copied()));
            }
            match value {
                Value::Text(value) if is_plain(value) => tokens.push((name.clone(), value.clone())),
                Value::Text(_) => self.report(&path, "unsafeToken", ""),
                _ => self.report(&path, "wrongType", "a string"),
            }
        }
        Appearance {
            layout: written.layout,
            position: written.position,
            theme: written.theme,
            reopen: written.reopen,
            tokens,
        }
    }
}

/// Whether the value of a custom property stays one value and loads nothing from anywhere (requirement G-06).
fn is_plain(value: &str) -> bool {
    !value.is_empty()
        && !value.contains([';', '{', '}', '\\', '@'])
        && !value
            .as_bytes()
            .windows(3)
            .any(|part| part.eq_ignore_ascii_case(b"url"))
        && !value
            .as_bytes()
            .windows(5)
            .any(|part| part.eq_ignore_ascii_case(b"image"))
}
