//! What the browser says of its reader and of this visit to a page: signals, and whether the page was loaded anew. It must
//! not know what follows from any of it.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Whether Global Privacy Control is set (requirement S-01).
pub fn global_privacy_control() -> bool {
    of_navigator("globalPrivacyControl").is_truthy()
}

/// Whether Do Not Track is set.
pub fn do_not_track() -> bool {
    of_navigator("doNotTrack")
        .as_string()
        .is_some_and(|signal| signal == "1")
}

/// Whether the page was loaded anew, as opposed to opened.
pub fn is_reloaded() -> bool {
    let kind = navigation().and_then(|entry| Reflect::get(&entry, &JsValue::from_str("type")).ok());
    kind.and_then(|kind| kind.as_string())
        .is_some_and(|kind| kind == "reload")
}

/// How the browser came to this page.
fn navigation() -> Option<JsValue> {
    let entries = web_sys::window()?.performance()?.get_entries_by_type("navigation");
    Some(entries.get(0))
}

/// A property of `navigator`, which not every browser has.
fn of_navigator(name: &str) -> JsValue {
    let navigator = web_sys::window().map(|window| window.navigator());
    let property = navigator.and_then(|navigator| Reflect::get(&navigator, &JsValue::from_str(name)).ok());
    property.unwrap_or(JsValue::UNDEFINED)
}
