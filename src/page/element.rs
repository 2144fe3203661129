//! The members of a node and of an element, even of a form with fields named `getAttribute` or `parentNode`, which shadow
//! them (requirement B-02). It decides nothing.
//!
//! Like [`crate::page::document`] it goes through the prototypes, by `final` imports. What fails is nothing.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DocumentFragment, NodeList};

#[wasm_bindgen]
extern "C" {
    /// A node by its prototype.
    #[wasm_bindgen(js_name = Node, extends = web_sys::Node)]
    #[derive(Clone, Debug, PartialEq)]
    pub type Node;

    #[wasm_bindgen(method, final, catch, getter, js_class = "Node", js_name = isConnected)]
    fn connected_or_thrown(this: &Node) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "Node", js_name = parentNode)]
    fn parent_or_thrown(this: &Node) -> Result<Option<Node>, JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "Node", js_name = firstChild)]
    fn first_or_thrown(this: &Node) -> Result<Option<Node>, JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Node", js_name = contains)]
    fn contains_or_thrown(this: &Node, other: &Node) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, final, catch, setter, js_class = "Node", js_name = textContent)]
    fn put_text(this: &Node, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "Node", js_name = nextSibling)]
    fn next_or_thrown(this: &Node) -> Result<Option<Node>, JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "Node", js_name = textContent)]
    fn text_or_thrown(this: &Node) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Node", js_name = insertBefore)]
    fn insert_or_throw(this: &Node, new: &web_sys::Node, before: Option<&Node>) -> Result<(), JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Node", js_name = removeChild)]
    fn remove_or_throw(this: &Node, child: &Node) -> Result<(), JsValue>;

    /// An element by its prototype. It is one of `web_sys` as well, for what no field can shadow.
    #[wasm_bindgen(js_name = Element, extends = Node, extends = web_sys::Element, extends = web_sys::Node,
        extends = web_sys::EventTarget)]
    #[derive(Clone, Debug, PartialEq)]
    pub type Element;

    #[wasm_bindgen(method, final, catch, js_class = "Element", js_name = getAttribute)]
    fn attribute_or_thrown(this: &Element, name: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Element", js_name = setAttribute)]
    fn keep_attribute(this: &Element, name: &str, value: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Element", js_name = removeAttribute)]
    fn drop_attribute(this: &Element, name: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Element", js_name = getAttributeNames)]
    fn names_or_thrown(this: &Element) -> Result<Vec<String>, JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Element", js_name = matches)]
    fn matches_or_thrown(this: &Element, selector: &str) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Element", js_name = closest)]
    fn closest_or_thrown(this: &Element, selector: &str) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Element", js_name = querySelector)]
    fn one_or_thrown(this: &Element, selector: &str) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "Element", js_name = nextElementSibling)]
    fn next_element_or_thrown(this: &Element) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "Element", js_name = lastElementChild)]
    fn last_element_or_thrown(this: &Element) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "HTMLElement", js_name = focus)]
    fn focus_or_throw(this: &Element) -> Result<(), JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "HTMLElement", js_name = showPopover)]
    fn show_popover_or_throw(this: &Element) -> Result<(), JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Element", js_name = querySelectorAll)]
    fn all_or_thrown(this: &Element, selector: &str) -> Result<NodeList, JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "HTMLElement", js_name = nonce)]
    fn nonce_or_thrown(this: &Element) -> Result<String, JsValue>;

    /// A `<template>`, which no field can shadow.
    type Template;
    #[wasm_bindgen(method, catch, getter, js_name = content)]
    fn content_or_thrown(this: &Template) -> Result<DocumentFragment, JsValue>;
}

impl Node {
    /// Whether it is in the page.
    pub fn is_connected(&self) -> bool {
        self.connected_or_thrown().unwrap_or(false)
    }

    /// All text in it.
    pub(crate) fn text(&self) -> String {
        self.text_or_thrown().ok().flatten().unwrap_or_default()
    }

    /// Gives it another text, in the place of whatever it holds.
    pub(crate) fn set_text(&self, text: &str) {
        self.put_text(text).ok();
    }

    /// Whether another node is in it, or is itself.
    pub(crate) fn contains(&self, other: &Node) -> bool {
        self.contains_or_thrown(other).unwrap_or(false)
    }

    /// Puts something at the beginning of what it holds.
    pub(crate) fn prepend(&self, new: &web_sys::Node) {
        let first = self.first_or_thrown().ok().flatten();
        self.insert_or_throw(new, first.as_ref()).ok();
    }

    /// Puts something at the end of what it holds.
    pub(crate) fn append(&self, new: &web_sys::Node) {
        self.insert_or_throw(new, None).ok();
    }

    /// The first node that it holds.
    pub(crate) fn first_child(&self) -> Option<Node> {
        self.first_or_thrown().ok()?
    }

    /// Puts something before it.
    pub(crate) fn precede(&self, new: &web_sys::Node) {
        if let Some(parent) = self.parent() {
            parent.insert_or_throw(new, Some(self)).ok();
        }
    }

    /// Takes it out of where it stands.
    pub(crate) fn take_out(&self) {
        if let Some(parent) = self.parent() {
            parent.remove_or_throw(self).ok();
        }
    }

    /// Takes it out of the page and puts it back where it was, which ends what runs in a frame.
    pub(crate) fn reinsert(&self) {
        let next = self.next_or_thrown().ok().flatten();
        if let Some(parent) = self.parent() {
            parent.insert_or_throw(self.as_ref(), next.as_ref()).ok();
        }
    }

    pub(crate) fn parent(&self) -> Option<Node> {
        self.parent_or_thrown().ok()?
    }
}

impl Element {
    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.attribute_or_thrown(name).ok()?
    }

    /// Whether there is an attribute of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.attribute(name).is_some()
    }

    /// Sets an attribute.
    pub fn set_attribute(&self, name: &str, value: &str) {
        self.keep_attribute(name, value).ok();
    }

    /// Removes an attribute.
    pub fn remove_attribute(&self, name: &str) {
        self.drop_attribute(name).ok();
    }

    /// The names of all attributes, in their order.
    pub(crate) fn attribute_names(&self) -> Vec<String> {
        self.names_or_thrown().unwrap_or_default()
    }

    /// Whether a selector names it.
    pub fn matches(&self, selector: &str) -> bool {
        self.matches_or_thrown(selector).unwrap_or(false)
    }

    /// The nearest element that a selector names: itself, or one that holds it.
    pub(crate) fn closest(&self, selector: &str) -> Option<Element> {
        self.closest_or_thrown(selector).ok()?
    }

    /// The first element in it that a selector names.
    pub fn query_selector(&self, selector: &str) -> Option<Element> {
        self.one_or_thrown(selector).ok()?
    }

    /// The element beside it.
    pub(crate) fn next_element(&self) -> Option<Element> {
        self.next_element_or_thrown().ok()?
    }

    /// The last element that it holds.
    pub(crate) fn last_element(&self) -> Option<Element> {
        self.last_element_or_thrown().ok()?
    }

    /// Gives it the keyboard, if it can have it.
    pub(crate) fn focus(&self) {
        self.focus_or_throw().ok();
    }

    /// Brings a popover into the top layer, where the browser has one.
    pub(crate) fn show_popover(&self) {
        self.show_popover_or_throw().ok();
    }

    /// Sets an attribute without a value, or removes it.
    pub(crate) fn toggle_attribute(&self, name: &str, is_there: bool) {
        if !is_there {
            self.remove_attribute(name);
        } else if !self.has(name) {
            self.set_attribute(name, "");
        }
    }

    /// Every element in it that a selector names, in document order.
    pub fn query_selector_all(&self, selector: &str) -> Vec<Element> {
        self.all_or_thrown(selector)
            .map(|list| listed(&list))
            .unwrap_or_default()
    }

    /// Its nonce, from the property: the attribute reads as empty once the element is in a page with a policy.
    pub fn nonce(&self) -> String {
        self.nonce_or_thrown().unwrap_or_default()
    }

    /// What a `<template>` holds.
    pub(crate) fn content(&self) -> Option<DocumentFragment> {
        self.unchecked_ref::<Template>().content_or_thrown().ok()
    }
}

/// The elements of a list of nodes that holds nothing else.
pub(crate) fn listed(list: &NodeList) -> Vec<Element> {
    let nodes = (0..list.length()).filter_map(|place| list.item(place));
    nodes.map(JsCast::unchecked_into).collect()
}
