//! The room that a first layer takes on a page: what has the focus scrolls clear of it (WCAG 2.4.11, technique C43), and a page
//! that scrolls has room at its end, because what stands there could not come clear otherwise. It must not lay a page out
//! more often than a frame does: it is called in one.

use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::page::document;
use crate::page::element::Element;

const TOP: &str = "scroll-padding-top";
const BOTTOM: &str = "scroll-padding-bottom";
/// Of the room at the end of a page, before its height.
const STYLE: &str = "all:initial;display:block;flex:none;height:";

/// The room of a document.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// What stands at the end of a page that scrolls.
    end: RefCell<Option<Element>>,
}

impl Room {
    /// Makes room for the first layer of this root, or takes it back where there is none.
    pub(super) fn make(&self, root: &Element) {
        let Some(page) = document::root() else { return };
        let is_at_top = root.matches("[data-position^=top]");
        let banner = root.query_selector("[data-kelisim=banner]");
        let height = banner.map(|banner| pixels(height_of(&banner, &page, is_at_top)));
        let (top, bottom) = if is_at_top { (height, None) } else { (None, height) };
        pad(&page, TOP, top.as_deref());
        pad(&page, BOTTOM, bottom.as_deref());
        self.make_at_end(&page, bottom.as_deref());
    }

    fn make_at_end(&self, page: &Element, height: Option<&str>) {
        let Some(height) = height else {
            if let Some(end) = self.end.take() {
                end.take_out();
            }
            return;
        };
        let element: &web_sys::Element = page.unchecked_ref();
        let is_there = self.end.borrow().is_some();
        if is_there || element.scroll_height() > element.client_height() {
            let end = self.end.take().or_else(|| document::create_element("div"));
            if let (Some(end), Some(body)) = (&end, document::body()) {
                let mut style = String::from(STYLE);
                style.push_str(height);
                let declarations = end.unchecked_ref::<HtmlElement>().style();
                declarations.set_css_text(&style);
                if body.last_element().as_ref() != Some(end) {
                    body.append(end);
                }
            }
            self.end.replace(end);
        }
    }
}

/// How far the layer reaches into the window from its edge, in pixels, with its distance from that.
fn height_of(banner: &Element, page: &Element, is_at_top: bool) -> f64 {
    let seen = banner.unchecked_ref::<web_sys::Element>().get_bounding_client_rect();
    if is_at_top {
        seen.bottom()
    } else {
        f64::from(page.unchecked_ref::<web_sys::Element>().client_height()) - seen.top()
    }
}

/// A part of a pixel would be hidden.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a height in a window"
)]
fn pixels(height: f64) -> String {
    let mut pixels = String::new();
    crate::consent::push_number(&mut pixels, height.ceil() as u64, 1);
    pixels.push_str("px");
    pixels
}

fn pad(page: &Element, side: &str, height: Option<&str>) {
    let style = page.unchecked_ref::<HtmlElement>().style();
    match height {
        Some(height) => style.set_property(side, height).ok(),
        None => style.remove_property(side).ok().map(drop),
    };
}
