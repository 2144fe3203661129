//! What a script element needs before it is put into the page: a nonce, whether it is asynchronous, and an address or a text
//! that Trusted Types let through (requirement B-01). It must not know whose script it is, or put it anywhere.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::page::element::Element;
use crate::page::javascript::{trusted_address, trusted_script};

/// The name of the element.
pub(crate) const TAG: &str = "script";
/// Marks what was started, or what is wrong with it and was reported.
pub(crate) const STATE: &str = "data-kelisim-state";
/// Its value on what was started.
pub(crate) const STARTED: &str = "started";
/// Its value on the script that runs for one that waited, which stays where it is.
pub(crate) const RAN: &str = "ran";
/// The type of a script that does not run. One that runs gets it back, so that nobody who copies it runs it again.
pub(crate) const INERT: &str = "text/plain";

#[wasm_bindgen]
extern "C" {
    /// A new `<script>`, which no field can shadow.
    type Script;
    #[wasm_bindgen(method, catch, setter)]
    fn set_nonce(this: &Script, nonce: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, setter, js_name = async)]
    fn set_async(this: &Script, is_async: bool) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, setter)]
    fn set_src(this: &Script, address: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, setter)]
    fn set_text(this: &Script, code: &JsValue) -> Result<(), JsValue>;
}

/// Gives a script its nonce, and says whether it runs as soon as it has come or in the order in which scripts are inserted.
pub(crate) fn prepare(element: &Element, nonce: &str, is_async: bool) {
    let script: &Script = element.unchecked_ref();
    if !nonce.is_empty() {
        script.set_nonce(nonce).ok();
    }
    script.set_async(is_async).ok();
}

/// Gives a script its address; an error where the page's Trusted Types forbid that.
pub(crate) fn address(element: &Element, address: &str) -> Result<(), JsValue> {
    element.unchecked_ref::<Script>().set_src(&trusted_address(address)?)
}

/// Gives a script its text; an error where the page's Trusted Types forbid that.
pub(crate) fn text(element: &Element, code: &str) -> Result<(), JsValue> {
    element.unchecked_ref::<Script>().set_text(&trusted_script(code)?)
}
