//! Brings the document in line with the markup of a view: changes what differs and leaves the rest, so that the focus,
//! an open disclosure and a screen reader's place survive a turned switch or another language.

use super::markup::{Child, Markup};
use super::root::page as markup_of;
use crate::browser::document::Page;
use crate::browser::to_js::set;
use crate::core::config::Appearance;
use crate::core::view::View;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Element, HtmlDialogElement, HtmlElement, Node};

/// What of Kelisim's stands in the document.
pub struct Canvas {
    page: Page,
    root: Element,
    drawn: Markup,
    asks: bool,
}

impl Canvas {
    /// An empty root, outside the document, with the style sheet laid over the page.
    pub fn new(page: Page, styles: &str, view: &View, appearance: &Appearance) -> Option<Canvas> {
        if let Ok(sheet) = CssStyleSheet::new() {
            sheet.replace_sync(styles).ok()?;
            page.adopt(&sheet);
        }
        let drawn = markup_of(view, appearance);
        let root = build(&page, &drawn)?;
        if let Some(root) = root.dyn_ref::<HtmlElement>() {
            for (name, value) in &appearance.tokens {
                let mut property = String::from("--kelisim-");
                property.push_str(name);
                let _ = root.style().set_property(&property, value);
            }
        }
        Some(Canvas {
            page,
            root,
            drawn,
            asks: view.first_layer.is_some(),
        })
    }

    /// The root element.
    pub fn root(&self) -> &Element {
        &self.root
    }

    /// Draws a view over the one before.
    pub fn draw(&mut self, view: &View, appearance: &Appearance) {
        let next = markup_of(view, appearance);
        self.asks = view.first_layer.is_some();
        patch(&self.page, &self.root, &self.drawn, &next);
        self.drawn = next;
        self.mount();
        if view.settings.is_none() && self.page.focused().is_none_or(|focused| focused.local_name() == "body") {
            self.rescue_focus();
        }
    }

    /// Puts the root where it belongs: first in `<body>` while there is a question, last otherwise. Whether it is in the
    /// document then.
    pub fn mount(&self) -> bool {
        let Some(body) = self.page.body() else { return false };
        let in_place = if self.asks {
            body.first_element_child()
        } else {
            body.last_element_child()
        };
        if in_place.as_ref() != Some(&self.root) {
            let before = if self.asks { body.first_child() } else { None };
            let _ = body.insert_before(&self.root, before.as_ref());
        }
        self.open_dialog();
        true
    }

    /// Whether somebody took the root out of the page.
    pub fn is_lost(&self) -> bool {
        !self.root.is_connected()
    }

    /// Opens the settings as a true modal when they were just drawn.
    fn open_dialog(&self) {
        if let Ok(Some(dialog)) = self.root.query_selector("dialog:not([open])") {
            let _ = dialog.unchecked_into::<HtmlDialogElement>().show_modal();
        }
    }

    /// A layer that had the focus is gone: the control that stays takes it (requirement A-09).
    fn rescue_focus(&self) {
        if let Ok(Some(reopen)) = self.root.query_selector("[data-kelisim=reopen]") {
            let _ = reopen.unchecked_into::<HtmlElement>().focus();
        }
    }
}

/// Makes an element with all that is in it.
fn build(page: &Page, markup: &Markup) -> Option<Element> {
    let element = page.element(markup.tag)?;
    for (name, value) in &markup.attributes {
        let _ = element.set_attribute(name, value);
    }
    for child in &markup.children {
        let _ = element.append_child(&build_child(page, child)?);
    }
    Some(element)
}

fn build_child(page: &Page, child: &Child) -> Option<Node> {
    match child {
        Child::Element(markup) => build(page, markup).map(Node::from),
        Child::Text(words) => page.text(words),
    }
}

/// Changes an element from one markup to another.
fn patch(page: &Page, element: &Element, old: &Markup, new: &Markup) {
    if old == new {
        return;
    }
    patch_attributes(element, old, new);
    let mut nodes = children(element);
    let mut known: &[Child] = &old.children;
    if nodes.len() != known.len() {
        // An extension, a translator, put its own nodes here: start over.
        element.set_text_content(None);
        nodes = Vec::new();
        known = &[];
    }
    let mut left = nodes.into_iter().zip(known).collect::<Vec<_>>().into_iter().peekable();
    for child in &new.children {
        let skipped = left.clone().position(|(_, old)| alike(old, child));
        for _ in 0..skipped.unwrap_or(0) {
            if let Some((gone, _)) = left.next() {
                remove(element, &gone);
            }
        }
        match (skipped.and_then(|_| left.next()), child) {
            (Some((node, Child::Element(old))), Child::Element(new)) => patch(page, node.unchecked_ref(), old, new),
            (Some((node, _)), Child::Text(words)) => node.set_text_content(Some(words)),
            _ => {
                if let Some(node) = build_child(page, child) {
                    let _ = element.insert_before(&node, left.peek().map(|(next, _)| next));
                }
            }
        }
    }
    left.for_each(|(gone, _)| remove(element, &gone));
}

fn patch_attributes(element: &Element, old: &Markup, new: &Markup) {
    for (name, value) in &new.attributes {
        if !old
            .attributes
            .iter()
            .any(|(known, before)| known == name && before == value)
        {
            let _ = element.set_attribute(name, value);
        }
    }
    for (name, _) in &old.attributes {
        if !new.attributes.iter().any(|(known, _)| known == name) {
            let _ = element.remove_attribute(name);
        }
    }
    if new.tag == "input" {
        set(
            element,
            "checked",
            &JsValue::from_bool(new.attributes.iter().any(|(name, _)| *name == "checked")),
        );
    }
}

/// Whether one child can become the other: words become words, an element one of its kind and class.
fn alike(old: &Child, new: &Child) -> bool {
    match (old, new) {
        (Child::Text(_), Child::Text(_)) => true,
        (Child::Element(old), Child::Element(new)) => old.tag == new.tag && class(old) == class(new),
        _ => false,
    }
}

fn class(markup: &Markup) -> Option<&str> {
    markup
        .attributes
        .iter()
        .find(|(name, _)| *name == "class")
        .map(|(_, class)| &**class)
}

fn children(element: &Element) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut next = element.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        nodes.push(node);
    }
    nodes
}

/// Takes a node out; a dialog is closed first, which gives the focus back to what opened it.
fn remove(parent: &Element, node: &Node) {
    if let Some(dialog) = node.dyn_ref::<HtmlDialogElement>() {
        dialog.close();
    }
    let _ = parent.remove_child(node);
}
