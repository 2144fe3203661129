//! What the configurator (`www/configurator/`) asks beyond the program itself: what an owner can choose from, which vendors
//! stand in a page, and the draft, which is kept in this browser and nowhere else.
//!
//! It must not decide anything, and a browser that denies its store only keeps no draft.

use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{house, out, thrown};
use crate::owner::found;
use crate::owner::offer;

/// The key of the draft.
const DRAFT: &str = "kelisim-configurator";

/// What can be chosen, in the words of a language: an [`Offer`](offer::Offer).
///
/// # Errors
///
/// When the languages or vendors of this very build cannot be read.
#[wasm_bindgen]
pub fn offer(language: &str) -> Result<JsValue, JsValue> {
    let (catalogue, languages) = house()?;
    let offered = offer::offer(catalogue, languages, language);
    out(&offered.ok_or_else(|| thrown("The house speaks no English."))?)
}

/// The vendors in a page, by its addresses and the texts of its scripts: a list of [`Found`](found::Found).
///
/// # Errors
///
/// When the vendors of this very build cannot be read.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen hands a list over by value")]
pub fn found(texts: Vec<String>) -> Result<JsValue, JsValue> {
    let (catalogue, _) = house()?;
    out(&found::found(&texts, catalogue))
}

/// The draft that was kept; nothing where there is none.
#[wasm_bindgen]
pub fn draft() -> Option<String> {
    has_store().then(|| LocalStorage::get(DRAFT).ok()).flatten()
}

/// Keeps a draft in the place of the one before it.
#[wasm_bindgen(js_name = keepDraft)]
pub fn keep_draft(text: &str) {
    if has_store() {
        // A full store keeps the draft before it, and the page says nothing of a draft that it never promised.
        LocalStorage::set(DRAFT, text).ok();
    }
}

/// Forgets the draft.
#[wasm_bindgen(js_name = forgetDraft)]
pub fn forget_draft() {
    if has_store() {
        LocalStorage::delete(DRAFT);
    }
}

/// `gloo-storage` panics where a browser denies its store, so web-sys is asked first.
fn has_store() -> bool {
    let store = web_sys::window().map(|window| window.local_storage());
    matches!(store, Some(Ok(Some(_))))
}
