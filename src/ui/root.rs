//! Where Kelisim's root stands in a page: before `<body>` while there is a question, so that the first Tab reaches it, behind it
//! otherwise, and in the top layer where the browser has one. There it takes no part in the page's layout, and nothing of that
//! reaches it (requirement P-07). A link that is to stand at the page's end stands in it. It must not change what is in the root.

use gloo_events::EventListener;

use crate::page::document;
use crate::page::element::Element;

/// The root, and whatever is a copy of it.
pub(super) const ROOT: &str = ":root>#kelisim-root,body>#kelisim-root";

/// What a finger or a wheel scrolls by.
const SCROLLING: [&str; 3] = ["wheel", "touchstart", "touchmove"];

/// The control that stays is the last line of the page.
const LINK: &str = "[data-reopen=link]";

/// Puts the root where it belongs, and says whether it is in the page then. Whoever is in it is not moved, because that would
/// cost them the focus, and open settings the rest of the page (requirement A-08).
pub(super) fn mount(root: &Element, is_first: bool) -> bool {
    let (Some(page), Some(body)) = (document::root(), document::body()) else {
        return false;
    };
    if root.is_connected() && is_in_use(root) {
        return true;
    }
    let is_line_of_page = !is_first && root.matches(LINK);
    let stands = if is_first {
        root.next_element().as_ref() == Some(&body)
    } else {
        let around = if is_line_of_page { &body } else { &page };
        around.last_element().as_ref() == Some(root)
    };
    if !stands {
        // Taken out by somebody, open settings are no modal any more, and become one again.
        if let Some(dialog) = root.query_selector("dialog") {
            dialog.remove_attribute("open");
        }
        if is_first {
            body.precede(root);
        } else if is_line_of_page {
            body.append(root);
        } else {
            page.append(root);
        }
        // Nothing rises above a modal of the page, where nobody could press it.
        if !is_line_of_page && document::query_selector(":modal").is_none() {
            root.show_popover();
        }
    }
    root.is_connected()
}

/// Keeps scrolling in the root to itself: a library that scrolls the page in its own way takes every turn of the wheel that it
/// hears of (requirement P-12). It holds as long as what is returned is kept.
pub(super) fn keep_scrolling(root: &Element) -> Vec<EventListener> {
    let kept = SCROLLING.iter().map(|name| {
        let target: &web_sys::EventTarget = root.as_ref();
        EventListener::new(target, *name, web_sys::Event::stop_propagation)
    });
    kept.collect()
}

/// Whether somebody has the focus in Kelisim, or its settings open.
pub(super) fn is_in_use(root: &Element) -> bool {
    root.matches(":focus-within,:has(dialog)")
}
