//! The typed imports of `page.js`, where everything stands that must be JavaScript: functions with real `arguments`, the
//! Trusted Types policy, frozen objects. It decides nothing.
//!
//! Whatever a page can break is an `Err` with what was thrown, and never ends the module.

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::DocumentFragment;

use crate::page::element::Element;

#[wasm_bindgen(module = "/src/page/page.js")]
extern "C" {
    /// The address of a script, trusted where the page asks for that (requirement B-01).
    #[wasm_bindgen(catch, js_name = trustedAddress)]
    pub(crate) fn trusted_address(address: &str) -> Result<JsValue, JsValue>;

    /// The text of a script, trusted where the page asks for that (requirement B-01).
    #[wasm_bindgen(catch, js_name = trustedScript)]
    pub(crate) fn trusted_script(code: &str) -> Result<JsValue, JsValue>;

    /// This build's own HTML as nodes. It must be given nothing else.
    #[wasm_bindgen(catch)]
    pub fn fragment(html: &str) -> Result<DocumentFragment, JsValue>;

    /// A function that keeps the `arguments` of each call in a list under a name of its own.
    pub(crate) fn queue(list: &str) -> Function;

    /// A function that puts the `arguments` of each call into the list of this name on `window`.
    pub(crate) fn layered(layer: &str) -> Function;

    /// A method that puts its name and its arguments as a list at the end of `list`.
    pub(crate) fn pushed(list: &Array, name: &str) -> Function;

    /// A function that does nothing but call back who waits for it, with the properties of `before`.
    #[wasm_bindgen(catch)]
    pub(crate) fn silent(before: &JsValue) -> Result<Function, JsValue>;

    /// The first element that a selector names in an open shadow root.
    #[wasm_bindgen(catch, js_name = inShadowRoot)]
    pub(crate) fn in_shadow_root(selector: &str) -> Result<Option<Element>, JsValue>;

    /// Carries out what runs a script, and keeps the page whole: whether the script tried to write into it.
    #[wasm_bindgen(catch, js_name = withoutWriting)]
    pub(crate) fn without_writing(put: &mut dyn FnMut()) -> Result<bool, JsValue>;

    /// Selects what is written in a field and copies it; an error where the browser has no clipboard.
    #[wasm_bindgen(catch)]
    pub(crate) fn copy(field: &Element) -> Result<(), JsValue>;

    /// JSON as an object that nobody can change.
    #[wasm_bindgen(catch)]
    pub fn frozen(json: &str) -> Result<JsValue, JsValue>;
}
