//! `localStorage["kelisim"]`, where it may be denied, full or gone at any moment: a failure is nothing, or `false`.

use super::host::window;
use super::object::Object;
use crate::core::json::parse;
use crate::core::value::{NULL, Value, Words};

/// The key of the visitor's record.
const KEY: &str = "kelisim";

/// What is stored; `null` for nothing, for a store that is denied and for what is not JSON.
pub fn read() -> &'static Value {
    stored().and_then(|json| parse(&json)).unwrap_or(&NULL)
}

/// Stores a record; whether it is there afterwards.
pub fn write(record: Words) -> bool {
    store().tell_both("setItem", KEY, record);
    stored() == Some(record)
}

#[inline(never)]
fn stored() -> Option<Words> {
    store().tell_with("getItem", KEY).words()
}

#[inline(never)]
fn store() -> Object {
    window().get("localStorage")
}
