//! Draws a view in the document: changes what differs and leaves the rest, so that the focus, an open disclosure and a
//! screen reader's place survive a turned switch or another language.

use crate::browser::document::{self, document};
use crate::browser::host;
use crate::browser::names::name;
use crate::browser::object::Object;
use crate::core::value::{Value, Words, Writer};
use crate::core::view::surface::Surface;

/// Takes the root over that the owner's server rendered, or makes an empty one, outside the document, and gives it the
/// owner's look. An element of that name elsewhere in a page may be anybody's.
pub fn prepare(tokens: &'static Value) {
    let mut root = document().find(name!("body>div#kelisim-root"));
    if !root.exists() {
        root = document::element(name!("div"));
    }
    host::keep(name!("root"), root);
    let style = root.get(name!("style"));
    for (name, value) in *tokens.entries() {
        let mut property = Writer::of("--kelisim-");
        property.push(name);
        style.tell_both(name!("setProperty"), Object::saying(property.as_str()), value.words());
    }
}

/// The root element.
#[inline(never)]
pub fn root() -> Object {
    host::own(name!("root"))
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
            found = found.get(name!("nextSibling"));
        }
        self.is_new = !found.exists();
        if self.is_new {
            found = self.element.call_both(name!("insertBefore"), new(), self.next);
        } else {
            self.clear(found);
            self.next = found.get(name!("nextSibling"));
        }
        found
    }

    /// Takes out every node up to this one. A dialog is closed first, which gives the focus back to what opened it.
    fn clear(&mut self, end: Object) {
        while self.next.exists() && !self.next.call(name!("isSameNode"), end).exists() {
            let after = self.next.get(name!("nextSibling"));
            take_out(self.next);
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
        let found = self.find(selector.as_str(), &|| document::element(Object::saying(tag)));
        self.element = found;
        self.next = if self.is_new {
            Object::NOTHING
        } else {
            found.get(name!("firstChild"))
        };
    }

    fn attribute(&mut self, name: &str, value: Option<&str>) {
        if value.is_none() && self.is_new {
            return;
        }
        let held = Object::saying(name);
        match value {
            // Chromium restyles all that is in an element which is given the `lang` or `dir` that it has. Other attributes
            // with names as short may be left alone as well, and names need not be compared.
            Some(value) if name.len() < 5 && self.element.text(held).are(value) => {}
            Some(value) => {
                self.element
                    .call_both(name!("setAttribute"), held, Object::saying(value));
            }
            None => self.element.remove_attribute(held),
        }
        // The attribute is only what a switch starts with.
        if name == "checked" {
            self.element.set(held, Object::flag(value.is_some()));
        }
    }

    fn words(&mut self, words: &str) {
        let node = self.find("", &|| document::text(Object::saying(words)));
        if !self.is_new && !node.text(name!("data")).are(words) {
            node.set(name!("data"), Object::saying(words));
        }
    }

    fn close(&mut self) {
        self.clear(Object::NOTHING);
        self.next = self.element.get(name!("nextSibling"));
        self.element = self.element.get(name!("parentNode"));
    }
}

/// Whether a node is an element that a selector names; without a selector, whether it is text.
fn is_a(node: Object, selector: &str) -> bool {
    if selector.is_empty() {
        node.get(name!("nodeType")).whole() == 3
    } else {
        node.is(Object::saying(selector))
    }
}

/// Puts the root where it belongs: first in `<body>` while there is a question, last otherwise. Whether it is in the
/// document then. Whoever is in it is not moved, because that would cost them the focus and open settings the rest of the
/// page (requirement A-08).
pub fn mount(asks: bool) -> bool {
    let body = document().get(name!("body"));
    let (place, before) = if asks {
        (name!("firstElementChild"), body.get(name!("firstChild")))
    } else {
        (name!("lastElementChild"), Object::NOTHING)
    };
    if (is_lost() || !is_in_use()) && !body.get(place).call(name!("isSameNode"), root()).exists() {
        // Taken out by somebody, open settings are no modal any more, and become one again.
        root().find(name!("dialog")).remove_attribute(name!("open"));
        body.call_both(name!("insertBefore"), root(), before);
    }
    // The settings open as a true modal when they were just drawn.
    root().find(name!("dialog:not([open])")).tell(name!("showModal"));
    host::frame();
    body.exists()
}

/// Takes the layers out of the page. The dialog goes last and is closed, which gives the focus back to what opened it.
/// The control that stays is hidden beside the first layer and goes with it: shown in the same frame, it would have the
/// page styled and laid out for it before that frame can be painted. It is drawn anew behind that.
pub fn close() {
    for layer in [name!("section~button"), name!("section"), name!("dialog")] {
        take_out(root().find(layer));
    }
}

#[inline(never)]
fn take_out(node: Object) {
    node.tell(name!("close"));
    node.tell(name!("remove"));
}

/// Whether somebody took the root out of the page.
pub fn is_lost() -> bool {
    !root().get(name!("isConnected")).exists()
}

/// Whether somebody has the focus in Kelisim, or its settings open.
pub fn is_in_use() -> bool {
    root().is(name!(":focus-within,:has(dialog)"))
}

/// Where nobody has the focus, because the layer that had it is gone or the page has begun anew with a decision, the control
/// that stays takes it (requirement A-09). That one is hidden beside the first layer, whose first choice takes it then.
pub fn rescue_focus() {
    let focused = document().get(name!("activeElement"));
    if !focused.exists() || focused.is(name!("body,#kelisim-root>section~button")) {
        root()
            .find(name!(".kelisim-choice,[data-kelisim=reopen]"))
            .tell(name!("focus"));
    }
}

/// Keeps what has the focus from being hidden by the first layer (WCAG 2.4.11, technique C43). Called in a frame: to ask for
/// a height at any other time has the page laid out once more.
pub fn pad() {
    let (mut top, mut bottom) = (Words::NONE, Words::NONE);
    let layer = root().find(name!("[data-kelisim=banner]"));
    if layer.exists() {
        let mut height = Writer::default();
        // It is rounded, and a part of a pixel would be hidden.
        height.number(layer.get(name!("offsetHeight")).whole() + 1, 1);
        height.push("px");
        let side = if root().is(name!("[data-position=top]")) {
            &mut top
        } else {
            &mut bottom
        };
        *side = height.done();
    }
    let style = document::root().get(name!("style"));
    // Without a height each is removed.
    style.tell_both(name!("setProperty"), name!("scroll-padding-top"), top);
    style.tell_both(name!("setProperty"), name!("scroll-padding-bottom"), bottom);
    make_room(bottom);
}

/// Adds room at the end of a page that scrolls: what stands there could not come clear of the layer otherwise.
fn make_room(height: Words) {
    let (page, room) = (document::root(), host::own(name!("room")));
    if height.are_none() {
        room.tell(name!("remove"));
    } else if page.get(name!("scrollHeight")).whole() > page.get(name!("clientHeight")).whole() {
        let mut style = Writer::of("all:initial;display:block;flex:none;height:");
        style.words(height);
        room.get(name!("style")).set(name!("cssText"), Object::of(style.done()));
        document().get(name!("body")).call(name!("append"), room);
    }
}
