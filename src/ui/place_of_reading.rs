//! Where a reader is in a layer: who has the keyboard, which details are open, how far it is scrolled. Another language is
//! other HTML of the same shape, so each is found again by its place among all elements. It must not know what they say.

use wasm_bindgen::JsCast;

use crate::page::document;
use crate::page::element::Element;

/// Where a reader is.
pub(super) struct PlaceOfReading {
    focused: Option<usize>,
    open: Vec<usize>,
    /// Places with the pixels by which they are scrolled.
    scrolled: Vec<(usize, i32)>,
}

impl PlaceOfReading {
    /// Where the reader is in this element.
    pub(super) fn in_element(element: &Element) -> PlaceOfReading {
        let mut place = PlaceOfReading {
            focused: None,
            open: Vec::new(),
            scrolled: Vec::new(),
        };
        let active = document::active_element();
        for (number, inside) in element.query_selector_all("*").into_iter().enumerate() {
            if active.as_ref() == Some(&inside) {
                place.focused = Some(number);
            }
            if inside.matches("details[open]") {
                place.open.push(number);
            }
            let distance = inside.unchecked_ref::<web_sys::Element>().scroll_top();
            if distance > 0 {
                place.scrolled.push((number, distance));
            }
        }
        place
    }

    /// Has the reader be there in what is now in the element.
    pub(super) fn restore(&self, element: &Element) {
        let inside = element.query_selector_all("*");
        for details in self.open.iter().filter_map(|number| inside.get(*number)) {
            details.toggle_attribute("open", true);
        }
        for (number, distance) in &self.scrolled {
            if let Some(scrolled) = inside.get(*number) {
                scrolled.unchecked_ref::<web_sys::Element>().set_scroll_top(*distance);
            }
        }
        if let Some(focused) = self.focused.and_then(|number| inside.get(number)) {
            focused.focus();
        }
    }
}
