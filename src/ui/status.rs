//! The status line: says what was decided, to eyes and to screen readers, without taking the focus (WCAG 4.1.3).

use super::markup::{Markup, block};

/// Draws the line. It is there, empty, from the first drawing on: a live region that comes together with its words is
/// not read out. A later message replaces the words in the same element.
pub fn status(message: &str) -> Markup {
    let line = block("div", "kelisim-status")
        .with("data-kelisim", "status")
        .with("role", "status");
    if message.is_empty() { line } else { line.text(message) }
}
