//! The visitor's record in `localStorage["kelisim"]`, and the language that the visitor pressed in
//! `sessionStorage["kelisim-language"]`. Stores may be denied, full or gone at any moment: a failure is `None` or `false`
//! and never ends the module. It must not know what a record says.

use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
use web_sys::Storage;

/// The key of the visitor's record.
pub(crate) const RECORD: &str = "kelisim";
/// The key of the language that the visitor pressed.
const LANGUAGE: &str = "kelisim-language";

/// The text of the visitor's record as it lies there; `None` for nothing, and for a store that is denied.
pub fn read() -> Option<String> {
    item(RECORD)
}

/// Stores a record, and says whether it is there afterwards. Where a full store has no room for it, the one before it goes:
/// a grant must not outlive its withdrawal, and no record is undecided (requirement G-09).
pub fn write(record: &str) -> bool {
    keep(RECORD, record) || {
        forget(RECORD);
        keep(RECORD, record)
    }
}

/// Keeps the language that the visitor pressed. Where that is denied, the next page begins in its own.
pub fn keep_language(tag: &str) {
    if let Some(store) = session() {
        store.set_item(LANGUAGE, tag).ok();
    }
}

/// What lies under a key.
pub(crate) fn item(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

/// Puts a text under a key, and says whether it is there afterwards.
pub(crate) fn keep(key: &str, text: &str) -> bool {
    let kept = local().is_some_and(|store| store.set_item(key, text).is_ok());
    kept && item(key).is_some_and(|kept| kept == text)
}

/// Removes what lies under a key.
pub(crate) fn forget(key: &str) {
    if let Some(store) = local() {
        store.remove_item(key).ok();
    }
}

/// `localStorage`, unless it is denied. `raw` panics where a browser denies storage, so web-sys is asked first.
pub(crate) fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()??;
    Some(LocalStorage::raw())
}

/// `sessionStorage`, under the same guard.
pub(crate) fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()??;
    Some(SessionStorage::raw())
}
