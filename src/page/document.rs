//! The members of `document`, even on a page whose elements are named `body`, `cookie` or `createElement` and shadow
//! them (requirement B-02). It decides nothing.
//!
//! `final` imports go through the accessors and methods of the prototype, as `Document.prototype.createElement.call(…)`,
//! instead of asking the document itself. A document that is denied something, as one in a sandbox is denied its cookies,
//! has nothing there; nothing here ends the module.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::NodeList;

use crate::page::element::Element;

#[wasm_bindgen]
extern "C" {
    /// The document by its prototype.
    #[wasm_bindgen(js_name = Document)]
    type Document;

    #[wasm_bindgen(method, final, catch, getter, js_class = "Document", js_name = cookie)]
    fn cookie(this: &Document) -> Result<String, JsValue>;
    #[wasm_bindgen(method, final, catch, setter, js_class = "Document", js_name = cookie)]
    fn set_cookie(this: &Document, cookie: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "Document", js_name = documentElement)]
    fn document_element(this: &Document) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "Document", js_name = head)]
    fn head(this: &Document) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "Document", js_name = body)]
    fn body(this: &Document) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "Document", js_name = activeElement)]
    fn active_element(this: &Document) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, final, catch, getter, js_class = "Document", js_name = visibilityState)]
    fn visibility_state(this: &Document) -> Result<String, JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Document", js_name = createElement)]
    fn create_element(this: &Document, tag: &str) -> Result<Element, JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Document", js_name = querySelector)]
    fn query_selector(this: &Document, selector: &str) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Document", js_name = querySelectorAll)]
    fn query_selector_all(this: &Document, selector: &str) -> Result<NodeList, JsValue>;
    #[wasm_bindgen(method, final, catch, js_class = "Document", js_name = elementsFromPoint)]
    fn elements_from_point(this: &Document, x: f64, y: f64) -> Result<Vec<Element>, JsValue>;
}

/// The document of the page. `window.document` itself cannot be shadowed.
fn document() -> Option<Document> {
    Some(web_sys::window()?.document()?.unchecked_into())
}

/// Every cookie that the page can see, as `name=value` with `; ` between them; empty where cookies are denied.
pub(crate) fn cookie() -> String {
    document()
        .and_then(|document| document.cookie().ok())
        .unwrap_or_default()
}

/// Assigns to `document.cookie`: sets a cookie, or removes one. What a browser does not take changes nothing.
pub(crate) fn set_cookie(cookie: &str) {
    if let Some(document) = document() {
        // Denied where the document is in a sandbox; whoever has to know reads it back.
        document.set_cookie(cookie).ok();
    }
}

/// `<html>`.
pub fn root() -> Option<Element> {
    document()?.document_element().ok()?
}

/// `<head>`, or `<html>` where a page has none.
pub fn head() -> Option<Element> {
    document()?.head().ok()?.or_else(root)
}

/// `<body>`; `None` until the page has come so far.
pub fn body() -> Option<Element> {
    document()?.body().ok()?
}

/// What has the keyboard.
pub fn active_element() -> Option<Element> {
    document()?.active_element().ok()?
}

/// Whether the page is in view.
pub(crate) fn is_visible() -> bool {
    document()
        .and_then(|document| document.visibility_state().ok())
        .is_some_and(|state| state == "visible")
}

/// A new element outside the page.
pub fn create_element(tag: &str) -> Option<Element> {
    document()?.create_element(tag).ok()
}

/// The first element of the page that a selector names.
pub fn query_selector(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

/// Every element of the page that a selector names, in document order.
pub fn query_selector_all(selector: &str) -> Vec<Element> {
    let found = document().and_then(|document| document.query_selector_all(selector).ok());
    found
        .map(|list| crate::page::element::listed(&list))
        .unwrap_or_default()
}

/// What lies at a point of the window, in CSS pixels: what lies on top first.
pub(crate) fn elements_from_point(x: f64, y: f64) -> Vec<Element> {
    let found = document().and_then(|document| document.elements_from_point(x, y).ok());
    found.unwrap_or_default()
}
