//! The box of an embed that waits, so that what stands in for it can have that very box: its size, its position, its part in
//! the page's layout (requirement P-01). It must not know what stands there, and leaves nothing of its own in the page.
//!
//! An element that is not displayed tells its styles as the page wrote them: `100%` and not today's pixels. So it is asked
//! twice, displayed and not.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, HtmlElement};

use crate::page::document;
use crate::page::element::Element;

/// Elements that fill a box of their own.
pub(super) const FRAMES: &str = "iframe,video,audio,object,embed";

/// Takes an embed out of the layout while it is asked, and what stands in for it as well.
const MEASURED: &str = "data-kelisim-measured";

/// What makes a box. `display` comes last: what is asked is out of the layout until then.
const PROPERTIES: &str = "position top right bottom left z-index transform width height min-width min-height max-width \
    max-height aspect-ratio box-sizing padding-top padding-right padding-bottom padding-left border-top-width \
    border-right-width border-bottom-width border-left-width float clear vertical-align order flex-grow flex-shrink \
    flex-basis align-self justify-self grid-row-start grid-row-end grid-column-start grid-column-end display";

/// They depend on which child of its parent an element is, and what stands in for it makes it another one.
const MARGINS: &str = "margin-top margin-right margin-bottom margin-left";

/// What the outline of an element in a template keeps of it: nothing with an address.
const ATTRIBUTES: [&str; 6] = ["id", "class", "width", "height", "hidden", "controls"];

/// Gives `standing`, which is not in the page yet, the box of an embed. Whether a visitor would see anything there: of an
/// embed that is not displayed, or is a dot, nobody misses anything.
pub(super) fn give(standing: &Element, waiting: &Element) -> bool {
    let Some(outline) = Outline::of(waiting) else {
        return true;
    };
    let is_seen = outline.is_seen();
    if is_seen {
        outline.give(standing, MARGINS);
        outline.give(standing, PROPERTIES);
    }
    is_seen
}

/// Gives `standing`, which stands before its embed, the box that the embed has by now.
pub(super) fn renew(standing: &Element, waiting: &Element) {
    standing.set_attribute(MEASURED, "");
    write(&style_of(standing), "display", "none");
    match Outline::of(waiting) {
        Some(outline) => outline.give(standing, PROPERTIES),
        None => write(&style_of(standing), "display", "grid"),
    }
    standing.remove_attribute(MEASURED);
}

/// What is asked in the place of an embed: it itself, or the outline of what a template holds.
struct Outline {
    element: Element,
    styles: CssStyleDeclaration,
    /// As long as it is displayed.
    display: String,
    width: String,
    height: String,
    /// It goes when it was asked.
    is_drawn: bool,
}

impl Drop for Outline {
    fn drop(&mut self) {
        self.element.remove_attribute(MEASURED);
        if self.is_drawn {
            self.element.take_out();
        }
    }
}

impl Outline {
    fn of(waiting: &Element) -> Option<Outline> {
        let is_drawn = waiting.matches("template");
        let element = if is_drawn { drawn(waiting)? } else { waiting.clone() };
        if is_drawn {
            waiting.precede(&element);
        }
        let styles = web_sys::window()?.get_computed_style(element.unchecked_ref()).ok()??;
        let [display, width, height] = ["display", "width", "height"].map(|name| value(&styles, name));
        element.set_attribute(MEASURED, "");
        Some(Outline {
            element,
            styles,
            display,
            width,
            height,
            is_drawn,
        })
    }

    fn is_seen(&self) -> bool {
        let is_dot = |length: &str| length == "0px" || length == "1px";
        self.display != "none" && !is_dot(&self.width) && !is_dot(&self.height)
    }

    fn give(&self, standing: &Element, names: &str) {
        let style = style_of(standing);
        for name in names.split_ascii_whitespace() {
            write(&style, name, &self.value(name));
        }
    }

    fn value(&self, name: &str) -> String {
        match name {
            "display" if self.display.starts_with("inline") => "inline-grid".to_owned(),
            "display" => "grid".to_owned(),
            "width" if self.element.matches(FRAMES) => self.length(name, &self.width),
            "height" if value(&self.styles, "aspect-ratio") == "auto" => self.length(name, &self.height),
            _ => value(&self.styles, name),
        }
    }

    /// As the page wrote it; where it wrote nothing, as it comes out.
    fn length(&self, name: &str, used: &str) -> String {
        let written = value(&self.styles, name);
        if written == "auto" { used.to_owned() } else { written }
    }
}

fn value(styles: &CssStyleDeclaration, name: &str) -> String {
    styles.get_property_value(name).unwrap_or_default()
}

/// Before all that a page or Kelisim's own styles say.
fn write(style: &CssStyleDeclaration, name: &str, value: &str) {
    style.set_property_with_priority(name, value, "important").ok();
}

fn style_of(element: &Element) -> CssStyleDeclaration {
    element.unchecked_ref::<HtmlElement>().style()
}

/// The first frame in a template with what is around it, empty: nothing is fetched and no code of the page runs. `None`
/// where there is none, or where elements of the page's own making are around it.
fn drawn(template: &Element) -> Option<Element> {
    let frame = template.content()?.query_selector(FRAMES).ok()??;
    let mut original: Element = frame.unchecked_into();
    let mut outline = outline_of(&original)?;
    while let Some(parent) = original.parent_element() {
        original = parent.unchecked_into();
        let around = outline_of(&original)?;
        around.append(&outline);
        outline = around;
    }
    Some(outline)
}

fn outline_of(original: &Element) -> Option<Element> {
    let tag = original.unchecked_ref::<web_sys::Element>().local_name();
    if tag.contains('-') || original.has("is") {
        return None;
    }
    let outline = document::create_element(&tag)?;
    for name in ATTRIBUTES {
        if let Some(value) = original.attribute(name) {
            outline.set_attribute(name, &value);
        }
    }
    let (from, to) = (style_of(original), style_of(&outline));
    for name in [PROPERTIES, MARGINS].into_iter().flat_map(str::split_ascii_whitespace) {
        let priority = from.get_property_priority(name);
        to.set_property_with_priority(name, &value(&from, name), &priority).ok();
    }
    Some(outline)
}
