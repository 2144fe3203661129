//! The module's view of `host.js`: what must be JavaScript, as typed calls.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The object that `begin` is given.
    #[derive(Clone)]
    pub type Host;

    /// The nonce of Kelisim's own tag, which its scripts carry on.
    #[wasm_bindgen(method, getter)]
    pub fn nonce(this: &Host) -> Option<String>;
    /// The style sheet, minified.
    #[wasm_bindgen(method, getter)]
    pub fn styles(this: &Host) -> String;
    /// The words of the built-in languages: `{ru: […], …}`.
    #[wasm_bindgen(method, getter)]
    pub fn texts(this: &Host) -> JsValue;
    /// The manifests of the built-in vendors by id.
    #[wasm_bindgen(method, getter)]
    pub fn services(this: &Host) -> JsValue;

    /// A property of `document`, whatever named elements stand in the page.
    #[wasm_bindgen(method)]
    pub fn page(this: &Host, name: &str) -> JsValue;
    /// One line on the console.
    #[wasm_bindgen(method)]
    pub fn complain(this: &Host, code: &str, about: &str);
    /// A function that puts its `arguments` into Google's data layer.
    #[wasm_bindgen(method)]
    pub fn gtag(this: &Host) -> JsValue;
    /// A command to Google's consent mode; nothing where the page switched that off.
    #[wasm_bindgen(method)]
    pub fn consent(this: &Host, command: &str, signals: &JsValue);
    /// A function that keeps its `arguments` in a list of its own.
    #[wasm_bindgen(method)]
    pub fn queue(this: &Host, list: &str) -> JsValue;
    /// A function that does nothing and has the properties of another.
    #[wasm_bindgen(method)]
    pub fn silent(this: &Host, before: &JsValue) -> JsValue;
    /// A script's URL, trusted where the page asks for it.
    #[wasm_bindgen(method)]
    pub fn url(this: &Host, url: &str) -> JsValue;
    /// A script's text, trusted where the page asks for it.
    #[wasm_bindgen(method)]
    pub fn code(this: &Host, code: &str) -> JsValue;
    /// 40 random bits.
    #[wasm_bindgen(method)]
    pub fn random(this: &Host) -> f64;
    /// Dispatches `kelisim:name` on `window` with a frozen detail.
    #[wasm_bindgen(method)]
    pub fn emit(this: &Host, name: &str, detail: &str);
    /// Answers a call of the page with a record or with `null`.
    #[wasm_bindgen(method)]
    pub fn reply(this: &Host, number: u32, record: Option<&str>);
    /// Calls `resume` after the next frame.
    #[wasm_bindgen(method)]
    pub fn later(this: &Host);
}
