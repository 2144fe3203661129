//! The control that stays on every page and reopens the settings, always under the same name (GDPR art. 7(3);
//! requirement W-01).

use super::markup::{Markup, words};
use super::parts::action;

/// Draws the control. Its words are in it as text: the style sheet shows them beside the icon when it is pointed at or
/// focused, and always where the owner asked for a link.
pub fn reopen(label: &str) -> Markup {
    action("kelisim-reopen", "settings")
        .with("data-kelisim", "reopen")
        .child(words("span", label))
}
