//! Brings the document in line with the markup of a view: changes what differs and leaves the rest, so that the focus,
//! an open disclosure and a screen reader's place survive a turned switch or another language.

use crate::browser::document::{self, document};
use crate::browser::host::dress;
use crate::browser::object::Object;
use crate::core::notice::dates::push_number;
use crate::core::value::Value;
use crate::core::view::markup::{Child, Markup};
use std::cell::Cell;

/// What of Kelisim's stands in the document.
pub struct Canvas {
    root: Object,
    /// Nothing while it is being drawn.
    drawn: Cell<Option<Markup>>,
    asks: Cell<bool>,
}

impl Canvas {
    /// An empty root, outside the document, with the style sheet laid over the page and the owner's look on it.
    pub fn new(tokens: &[(String, Value)]) -> Canvas {
        dress();
        let root = document::element("div");
        let style = root.get("style");
        for (name, value) in tokens {
            let mut property = String::from("--kelisim-");
            property.push_str(name);
            style.tell_both("setProperty", &property, value.as_text().unwrap_or_default());
        }
        Canvas {
            root,
            drawn: Cell::new(Some(nothing_of("div"))),
            asks: Cell::default(),
        }
    }

    /// The root element.
    pub fn root(&self) -> &Object {
        &self.root
    }

    /// Draws the next markup of the root over the one before, first in `<body>` when it asks something. Whether it is in
    /// the document then.
    pub fn draw(&self, next: Markup, asks: bool, settings: bool) -> bool {
        self.asks.set(asks);
        let again = match self.drawn.take() {
            Some(drawn) => {
                patch(&self.root, &drawn, &next);
                !drawn.attributes.is_empty()
            }
            None => false,
        };
        self.drawn.set(Some(next));
        let mounted = self.mount();
        self.pad();
        if again && !settings {
            self.rescue_focus();
        }
        mounted
    }

    /// Puts the root where it belongs: first in `<body>` while there is a question, last otherwise. Whether it is in the
    /// document then.
    fn mount(&self) -> bool {
        let body = document().get("body");
        let (place, before) = if self.asks.get() {
            ("firstElementChild", body.get("firstChild"))
        } else {
            ("lastElementChild", Object::nothing())
        };
        if !body.get(place).call("isSameNode", &self.root).exists() {
            body.call_both("insertBefore", &self.root, &before);
        }
        // The settings open as a true modal when they were just drawn.
        self.root
            .tell_with("querySelector", "dialog:not([open])")
            .tell("showModal");
        body.exists()
    }

    /// Whether somebody took the root out of the page.
    pub fn is_lost(&self) -> bool {
        !self.root.get("isConnected").exists()
    }

    /// A layer that had the focus is gone: the control that stays takes it (requirement A-09).
    fn rescue_focus(&self) {
        let focused = document().get("activeElement");
        if !focused.exists() || focused.is("body") {
            self.focus();
        }
    }

    /// Gives the focus to the control that stays.
    pub fn focus(&self) {
        self.root
            .tell_with("querySelector", "[data-kelisim=reopen]")
            .tell("focus");
    }

    /// Keeps the page from scrolling what has the focus behind the first layer (WCAG 2.4.11, technique C43).
    fn pad(&self) {
        let style = document().get("documentElement").get("style");
        for edge in &["top", "bottom"] {
            let mut property = String::from("scroll-padding-");
            property.push_str(edge);
            let top = self.root.attribute("data-position").as_deref() == Some("top");
            let layer = self.root.tell_with("querySelector", "[data-kelisim=banner]");
            if layer.exists() && top == (*edge == "top") {
                let mut height = String::new();
                push_number(&mut height, layer.get("offsetHeight").whole());
                height.push_str("px");
                style.tell_both("setProperty", &property, &height);
            } else {
                style.tell_with("removeProperty", &property);
            }
        }
    }
}

/// Makes a node with all that is in it.
fn build(child: &Child) -> Object {
    match child {
        Child::Text(words) => document::text(words),
        Child::Element(markup) => {
            let node = document::element(markup.tag);
            patch(&node, &nothing_of(markup.tag), markup);
            node
        }
    }
}

/// An element without attributes and children.
fn nothing_of(tag: &'static str) -> Markup {
    Markup {
        tag,
        attributes: Vec::new(),
        children: Vec::new(),
    }
}

/// Changes an element from one markup to another.
fn patch(element: &Object, old: &Markup, new: &Markup) {
    patch_attributes(element, old, new);
    let mut nodes = element.get("childNodes").items();
    if nodes.len() != old.children.len() {
        // An extension, a translator, put its own nodes here: start over.
        element.set("textContent", &Object::words(""));
        nodes.clear();
    }
    // The first of the old children that was neither kept nor taken out.
    let mut left = 0;
    for child in &new.children {
        let mut here = left;
        while here < nodes.len() && !old.children.get(here).is_some_and(|old| alike(old, child)) {
            here += 1;
        }
        if let (Some(node), Some(old)) = (nodes.get(here), old.children.get(here)) {
            remove(nodes.get(left..here));
            left = here + 1;
            change(node, old, child);
        } else {
            let before = nodes.get(left).map_or(Object::nothing(), Object::clone);
            element.call_both("insertBefore", &build(child), &before);
        }
    }
    remove(nodes.get(left..));
}

/// Changes one child into one that is alike.
fn change(node: &Object, old: &Child, new: &Child) {
    match (old, new) {
        (Child::Element(old), Child::Element(new)) => patch(node, old, new),
        (Child::Text(old), Child::Text(new)) if old != new => node.set("textContent", &Object::words(new)),
        _ => {}
    }
}

fn patch_attributes(element: &Object, old: &Markup, new: &Markup) {
    for (name, value) in &new.attributes {
        if attribute(old, name) != Some(&**value) {
            element.set_attribute(name, value);
        }
    }
    for (name, _) in &old.attributes {
        if attribute(new, name).is_none() {
            element.remove_attribute(name);
        }
    }
    // The attribute is only what a switch starts with.
    if new.tag == "input" {
        element.set("checked", &Object::flag(attribute(new, "checked").is_some()));
    }
}

/// Whether one child can become the other: words become words, an element one of its kind and class.
fn alike(old: &Child, new: &Child) -> bool {
    match (old, new) {
        (Child::Text(_), Child::Text(_)) => true,
        (Child::Element(old), Child::Element(new)) => {
            old.tag == new.tag && attribute(old, "class") == attribute(new, "class")
        }
        _ => false,
    }
}

#[inline(never)]
fn attribute<'a>(markup: &'a Markup, name: &str) -> Option<&'a str> {
    markup
        .attributes
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| &**value)
}

/// Takes nodes out; a dialog is closed first, which gives the focus back to what opened it.
fn remove(gone: Option<&[Object]>) {
    for node in gone.unwrap_or_default() {
        node.tell("close");
        node.tell("remove");
    }
}
