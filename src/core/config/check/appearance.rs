//! How Kelisim looks, as far as the owner may say.

use super::Check;
use crate::core::config::words::nearest;
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
    pub(super) fn appearance(&mut self, written: &written::Appearance, tokens_written: &Value) -> Appearance {
        let mut tokens = Vec::new();
        let back = self.walk.enter("appearance");
        let entries = self.members("tokens", tokens_written);
        self.walk.enter("tokens");
        for (name, value) in entries {
            if !TOKENS.contains(&name.as_str()) {
                let code = match read::unknown_key_code(name) {
                    "unknownKey" => "unknownToken",
                    refused => refused,
                };
                self.walk.report(
                    name,
                    code,
                    nearest(name.strip_prefix("--kelisim-").unwrap_or(name), TOKENS),
                );
            }
            match value {
                Value::Text(value) if is_plain(value) => tokens.push((name.clone(), value.clone())),
                Value::Text(_) => self.walk.report(name, "unsafeToken", ""),
                _ => self.walk.mistyped(name, "a string"),
            }
        }
        self.walk.leave(back);
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
    let has = |part: &[u8]| {
        value
            .as_bytes()
            .windows(part.len())
            .any(|piece| piece.eq_ignore_ascii_case(part))
    };
    let ends = |byte: u8| matches!(byte, b';' | b'{' | b'}' | b'\\' | b'@');
    !value.is_empty() && !value.bytes().any(ends) && !has(b"url") && !has(b"image")
}
