//! The document, even on a page whose elements are named `body`, `createElement` or `cookie` and shadow it.

use super::host::Host;
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node};

/// The document of the page.
#[derive(Clone)]
pub struct Page {
    host: Host,
    document: JsValue,
}

impl Page {
    /// The page that this host belongs to.
    pub fn new(host: Host) -> Page {
        let document = web_sys::window()
            .and_then(|window| window.document())
            .map_or(JsValue::NULL, JsValue::from);
        Page { host, document }
    }

    /// `<html>`.
    pub fn root(&self) -> Option<Element> {
        self.host.page("documentElement").dyn_into().ok()
    }

    /// `<body>`, once it has been parsed.
    pub fn body(&self) -> Option<Element> {
        self.host.page("body").dyn_into().ok()
    }

    /// `<head>`, or what stands in its place.
    pub fn head(&self) -> Option<Element> {
        self.host.page("head").dyn_into().ok().or_else(|| self.root())
    }

    /// The element that has the focus.
    pub fn focused(&self) -> Option<Element> {
        self.host.page("activeElement").dyn_into().ok()
    }

    /// A new element.
    pub fn element(&self, tag: &str) -> Option<Element> {
        self.call("createElement", tag)?.dyn_into().ok()
    }

    /// A new text node.
    pub fn text(&self, words: &str) -> Option<Node> {
        self.call("createTextNode", words)?.dyn_into().ok()
    }

    /// Lays a style sheet over the page without a `<style>`, which a Content-Security-Policy would stop.
    pub fn adopt(&self, sheet: &JsValue) {
        self.host
            .page("adoptedStyleSheets")
            .unchecked_ref::<js_sys::Array>()
            .push(sheet);
    }

    /// A method of `document` with one argument.
    fn call(&self, method: &str, argument: &str) -> Option<JsValue> {
        let method: Function = self.host.page(method).dyn_into().ok()?;
        method.call1(&self.document, &JsValue::from_str(argument)).ok()
    }
}

/// The host of the page, without its port.
pub fn hostname() -> String {
    web_sys::window()
        .and_then(|window| window.location().hostname().ok())
        .unwrap_or_default()
}
