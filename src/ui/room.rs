//! The room that a first layer takes on a page: what has the focus scrolls clear of it (WCAG 2.4.11, technique C43), and a page
//! that scrolls, or the box of it that does behind the layer, has room at its end, because what stands there could not come
//! clear otherwise. It must not lay a page out more often than a frame does: it is called in one.

use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::page::document;
use crate::page::element::Element;

const TOP: &str = "scroll-padding-top";
const BOTTOM: &str = "scroll-padding-bottom";
/// Of the room at the end of what scrolls, before its height.
const STYLE: &str = "all:initial;display:block;flex:none;height:";
/// By which the styles find it: paper has no room.
const KIND: (&str, &str) = ("data-kelisim", "room");

/// The room of a document.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// What scrolls behind the layer and keeps clear of it.
    scroller: RefCell<Option<Element>>,
    /// What stands at the end of it.
    end: RefCell<Option<Element>>,
}

impl Room {
    /// Makes room for the first layer of this root, or takes it back where there is none.
    pub(super) fn make(&self, root: &Element) {
        let (Some(page), Some(banner)) = (document::root(), root.query_selector("[data-kelisim=banner]")) else {
            self.give_back();
            return;
        };
        let is_there = self.end.borrow().is_some();
        let scroller = match self.scroller.take() {
            Some(scroller) if is_there && scroller.is_connected() => Some(scroller),
            before => {
                self.clear(before);
                let of_page = scrolls(&page).then(|| page.clone());
                of_page.or_else(|| box_behind(&banner, root))
            }
        };
        let is_at_top = root.matches("[data-position^=top]");
        let height = pixels(height_of(&banner, &page, is_at_top));
        // What does not scroll yet may do so later.
        let keeps_clear = scroller.as_ref().unwrap_or(&page);
        pad(keeps_clear, if is_at_top { TOP } else { BOTTOM }, Some(&height));
        if let Some(scroller) = scroller.as_ref().filter(|_| !is_at_top) {
            self.make_at_end(scroller, &page, &height);
        }
        self.scroller.replace(scroller.or(Some(page)));
    }

    fn give_back(&self) {
        self.clear(self.scroller.take());
    }

    fn clear(&self, scroller: Option<Element>) {
        if let Some(end) = self.end.take() {
            end.take_out();
        }
        if let Some(scroller) = scroller {
            pad(&scroller, TOP, None);
            pad(&scroller, BOTTOM, None);
        }
    }

    fn make_at_end(&self, scroller: &Element, page: &Element, height: &str) {
        let Some(end) = self.end.take().or_else(|| document::create_element("div")) else {
            return;
        };
        end.set_attribute(KIND.0, KIND.1);
        let mut style = String::from(STYLE);
        style.push_str(height);
        end.unchecked_ref::<HtmlElement>().style().set_css_text(&style);
        let place = if scroller == page {
            end_of_page(page)
        } else {
            scroller.clone()
        };
        if end.parent().as_ref() != Some(&*place) {
            place.append(&end);
        }
        self.end.replace(Some(end));
    }
}

/// Where the room at the end of a page stands: behind the body, where it is no part of that (requirement P-07), or in it, where
/// what it holds is longer than itself.
fn end_of_page(page: &Element) -> Element {
    let body = document::body().filter(scrolls);
    body.unwrap_or_else(|| page.clone())
}

/// Whether an element holds more than it has room for.
fn scrolls(element: &Element) -> bool {
    let element: &web_sys::Element = element.unchecked_ref();
    element.scroll_height() > element.client_height()
}

/// Which box of the page scrolls behind the layer, on a page that does not scroll itself.
fn box_behind(banner: &Element, root: &Element) -> Option<Element> {
    let seen = banner.unchecked_ref::<web_sys::Element>().get_bounding_client_rect();
    let (x, y) = (seen.left() + seen.width() / 2.0, seen.top() + seen.height() / 2.0);
    let mut behind = document::elements_from_point(x, y).into_iter();
    behind.find(|element| !root.contains(element) && scrolls(element) && has_scrollbar(element))
}

fn has_scrollbar(element: &Element) -> bool {
    let styles = web_sys::window().and_then(|window| window.get_computed_style(element.unchecked_ref()).ok()?);
    let overflow = styles.and_then(|styles| styles.get_property_value("overflow-y").ok());
    overflow.is_some_and(|overflow| overflow == "auto" || overflow == "scroll")
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
