//! Removes what is stored under the names that the core dooms. A store that is denied has no names.

use super::cookies;
use super::document::hostname;
use super::host::window;
use crate::core::purge::{COOKIE, STORES, cookies as each_cookie, removals};

/// What the core says of a name in a store.
pub type Doom<'a> = &'a dyn Fn(&str, &str) -> bool;

/// Looks at every name in every store and removes those that are doomed.
pub fn purge(is_doomed: Doom) {
    let path = window().get("location").text("pathname");
    each_cookie(cookies::raw().words().unwrap_or_default().text(), &mut |name, _| {
        if is_doomed(COOKIE, name) {
            removals(name, &hostname(), &path, &mut |form| cookies::set(form));
        }
    });
    for name in &STORES {
        let store = window().get(name);
        window().get("Object").call("keys", store).each(&mut |key| {
            let key = key.words().unwrap_or_default();
            if is_doomed(name, &key) {
                store.tell_with("removeItem", &key);
            }
        });
    }
}
