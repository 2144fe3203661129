//! `localStorage["kelisim"]`, where it may be denied, full or gone at any moment: a failure is `None` or `false`.

use wasm_bindgen::JsValue;
use web_sys::Storage;

/// The key of the visitor's record.
const KEY: &str = "kelisim";

/// What is stored, parsed as JSON; `None` for nothing, for a store that is denied and for what is not JSON.
pub fn read() -> Option<JsValue> {
    let text = store()?.get_item(KEY).ok()??;
    js_sys::JSON::parse(&text).ok()
}

/// Stores a record; whether it is there afterwards.
pub fn write(record: &str) -> bool {
    store().is_some_and(|store| store.set_item(KEY, record).is_ok())
}

fn store() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
