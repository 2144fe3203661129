//! `localStorage["kelisim"]`, where it may be denied, full or gone at any moment: a failure is `None` or `false`.

use super::host::window;
use super::object::Object;
use crate::core::json::parse;
use crate::core::value::Value;

/// The key of the visitor's record.
const KEY: &str = "kelisim";

/// What is stored; `None` for nothing, for a store that is denied and for what is not JSON.
pub fn read() -> Option<Value> {
    parse(&stored()?)
}

/// Stores a record; whether it is there afterwards.
pub fn write(record: &str) -> bool {
    store().tell_both("setItem", KEY, record);
    stored().as_deref() == Some(record)
}

fn stored() -> Option<String> {
    store().tell_with("getItem", KEY).as_words()
}

fn store() -> Object {
    window().get("localStorage")
}
