//! `localStorage["kelisim"]`, where it may be denied, full or gone at any moment: a failure is nothing, or `false`.

use super::host::window;
use super::names::name;
use super::object::Object;
use crate::core::json::parse;
use crate::core::value::{NULL, Value, Words};

/// The key of the visitor's record.
const KEY: Object = name!("kelisim");
/// More than any record has, in UTF-16 code units: what is longer is not even read.
const LONGEST: i64 = 10_000;
/// Something that is no record.
static GARBAGE: Value = Value::Bool(false);

/// The text under Kelisim's key as the page has it.
pub fn raw() -> Object {
    item(KEY)
}

/// What is stored; `null` for nothing and for a store that is denied. What is too long or no JSON is something that is no
/// record.
pub fn read() -> &'static Value {
    let text = raw();
    if text.get(name!("length")).whole() > LONGEST {
        return &GARBAGE;
    }
    text.words().map_or(&NULL, |json| parse(&json).unwrap_or(&GARBAGE))
}

/// Stores a record; whether it is there afterwards. Where a full store has no room for it, the one before it goes: a grant
/// must not outlive its withdrawal, and no record is undecided.
pub fn write(record: Words) -> bool {
    let is_kept = || {
        keep(KEY, Object::of(record));
        raw().words() == Some(record)
    };
    is_kept() || {
        forget(KEY);
        is_kept()
    }
}

/// What lies under a key.
#[inline(never)]
pub(super) fn item(key: Object) -> Object {
    store().call(name!("getItem"), key)
}

/// Puts a text under a key.
#[inline(never)]
pub(super) fn keep(key: Object, text: Object) {
    store().call_both(name!("setItem"), key, text);
}

/// Removes what lies under a key.
pub(super) fn forget(key: Object) {
    store().call(name!("removeItem"), key);
}

#[inline(never)]
fn store() -> Object {
    window().get(name!("localStorage"))
}
