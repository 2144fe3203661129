//! Draws a view in the document: changes what differs and leaves the rest, so that the focus, an open disclosure and a
//! screen reader's place survive a turned switch or another language.

use crate::browser::document::{self, document};
use crate::browser::host;
use crate::browser::object::Object;
use crate::core::value::{Value, Writer};
use crate::core::view::surface::Surface;

/// Takes the root over that the owner's server rendered, or makes an empty one, outside the document, and gives it the
/// owner's look. An element of that name elsewhere in a page may be anybody's.
pub fn prepare(tokens: &'static Value) {
    let mut root = document().find("body>div#kelisim-root");
    if !root.exists() {
        root = document::element("div");
    }
    host::keep("root", root);
    let style = root.get("style");
    for (name, value) in *tokens.entries() {
        let mut property = Writer::of("--kelisim-");
        property.push(name);
        style.tell_both("setProperty", property.as_str(), value.words());
    }
}

/// The root element.
#[inline(never)]
pub fn root() -> Object {
    host::own("root")
}

/// Draws over what stands in the document, an element at a time. An element or words that are there already are kept, and
/// what stands before them goes.
pub struct Painter {
    /// The element that is being drawn.
    element: Object,
    /// The first of its nodes, or of the nodes beside it, that was not looked at.
    next: Object,
    /// What was drawn last was not there before, so that nothing in it can differ.
    is_new: bool,
}

impl Painter {
    /// A painter who draws one element that stands there, such as the root.
    pub fn of(element: Object) -> Painter {
        Painter {
            element: Object::NOTHING,
            next: element,
            is_new: false,
        }
    }

    /// Goes to the next node of a kind, and past it; when there is none, to a new one.
    fn find(&mut self, selector: &str, new: &dyn Fn() -> Object) -> Object {
        let mut found = self.next;
        while found.exists() && !is_a(found, selector) {
            found = found.get("nextSibling");
        }
        self.is_new = !found.exists();
        if self.is_new {
            found = self.element.call_both("insertBefore", new(), self.next);
        } else {
            self.clear(found);
            self.next = found.get("nextSibling");
        }
        found
    }

    /// Takes out every node up to this one. A dialog is closed first, which gives the focus back to what opened it.
    fn clear(&mut self, end: Object) {
        while self.next.exists() && !self.next.call("isSameNode", end).exists() {
            let after = self.next.get("nextSibling");
            self.next.tell("close");
            self.next.tell("remove");
            self.next = after;
        }
    }
}

impl Surface for Painter {
    fn open(&mut self, tag: &str, class: &str) {
        let mut selector = Writer::of(tag);
        if !class.is_empty() {
            selector.mark(b'.');
            selector.push(class);
        }
        let found = self.find(selector.as_str(), &|| document::element(tag));
        self.element = found;
        self.next = if self.is_new {
            Object::NOTHING
        } else {
            found.get("firstChild")
        };
    }

    fn attribute(&mut self, name: &str, value: Option<&str>) {
        match value {
            // Chromium restyles all that is in an element which is given the `lang` or `dir` that it has. Other attributes
            // with names as short may be left alone as well, and names need not be compared.
            Some(value) if name.len() < 5 && self.element.text(name).are(value) => {}
            Some(value) => {
                self.element
                    .call_both("setAttribute", Object::saying(name), Object::saying(value));
            }
            None if self.is_new => {}
            None => self.element.remove_attribute(name),
        }
        // The attribute is only what a switch starts with.
        if name == "checked" {
            self.element.set(name, Object::flag(value.is_some()));
        }
    }

    fn words(&mut self, words: &str) {
        let node = self.find("", &|| document::text(words));
        if !self.is_new && !node.text("data").are(words) {
            node.set("data", Object::saying(words));
        }
    }

    fn close(&mut self) {
        self.clear(Object::NOTHING);
        self.next = self.element.get("nextSibling");
        self.element = self.element.get("parentNode");
    }
}

/// Whether a node is an element that a selector names; without a selector, whether it is text.
fn is_a(node: Object, selector: &str) -> bool {
    if selector.is_empty() {
        node.get("nodeType").whole() == 3
    } else {
        node.is(selector)
    }
}

/// Puts the root where it belongs: first in `<body>` while there is a question, last otherwise. Whether it is in the
/// document then.
pub fn mount(asks: bool) -> bool {
    let body = document().get("body");
    let (place, before) = if asks {
        ("firstElementChild", body.get("firstChild"))
    } else {
        ("lastElementChild", Object::NOTHING)
    };
    if !body.get(place).call("isSameNode", root()).exists() {
        body.call_both("insertBefore", root(), before);
    }
    // The settings open as a true modal when they were just drawn.
    root().find("dialog:not([open])").tell("showModal");
    host::frame();
    body.exists()
}

/// Whether somebody took the root out of the page.
pub fn is_lost() -> bool {
    !root().get("isConnected").exists()
}

/// A layer that had the focus is gone: the control that stays takes it (requirement A-09).
pub fn rescue_focus() {
    let focused = document().get("activeElement");
    if !focused.exists() || focused.is("body") {
        focus();
    }
}

/// Gives the focus to the control that stays.
#[inline(never)]
pub fn focus() {
    root().find("[data-kelisim=reopen]").tell("focus");
}

/// Keeps the page from scrolling what has the focus behind the first layer (WCAG 2.4.11, technique C43). Called
/// in a frame: to ask for the height at any other time has the page laid out once more.
pub fn pad() {
    let style = document::root().get("style");
    let layer = root().find("[data-kelisim=banner]");
    for edge in &["top", "bottom"] {
        let (mut property, mut height) = (Writer::of("scroll-padding-"), Writer::default());
        property.push(edge);
        if layer.exists() && root().is("[data-position=top]") == (*edge == "top") {
            height.number(layer.get("offsetHeight").whole(), 1);
            height.push("px");
        }
        // Without a height it is removed.
        style.tell_both("setProperty", property.as_str(), height.done());
    }
}
