//! One line on the page's console for whoever built the page, each with a code that the documentation explains. It must
//! not say the same thing twice by itself: who calls it looks after that.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    // Pages put a function of their own in its place, which may throw. That of web-sys would not catch it.
    #[wasm_bindgen(catch, js_namespace = console)]
    fn error(line: &str) -> Result<(), JsValue>;
}

/// Says that something is wrong, by its code, and what it is about: an id, a name; empty where the code says it all.
pub fn complain(code: &str, about: &str) {
    let mut line = String::from("kelisim: ");
    if !about.is_empty() {
        line.push_str(about);
        line.push_str(": ");
    }
    line.push_str(code);
    error(&line).ok();
}
