//! Where Kelisim's root stands in a page: first in `<body>` while there is a question, so that the first Tab reaches it, last
//! otherwise. It must not change what is in it.

use crate::page::document;
use crate::page::element::Element;

/// The root, and whatever is a copy of it.
pub(super) const ROOT: &str = "body>#kelisim-root";

/// Puts the root where it belongs, and says whether it is in the page then. Whoever is in it is not moved, because that would
/// cost them the focus, and open settings the rest of the page (requirement A-08).
pub(super) fn mount(root: &Element, is_first: bool) -> bool {
    let Some(body) = document::body() else { return false };
    if !root.is_connected() || !is_in_use(root) {
        let place = if is_first {
            body.first_element()
        } else {
            body.last_element()
        };
        if place.as_ref() != Some(root) {
            // Taken out by somebody, open settings are no modal any more, and become one again.
            if let Some(dialog) = root.query_selector("dialog") {
                dialog.remove_attribute("open");
            }
            if is_first {
                body.prepend(root);
            } else {
                body.append(root);
            }
        }
    }
    root.is_connected()
}

/// Whether somebody has the focus in Kelisim, or its settings open.
pub(super) fn is_in_use(root: &Element) -> bool {
    root.matches(":focus-within,:has(dialog)")
}
