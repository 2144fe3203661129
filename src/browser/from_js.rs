//! A `JsValue` as a [`Value`]: how every document comes in. What JSON has no word for becomes [`Value::Null`].

use crate::core::value::Value;
use js_sys::{Array, JsString, Object};
use wasm_bindgen::{JsCast, JsValue};

/// Nesting beyond this is cut off: no configuration has it, and a deeper one must not exhaust the stack.
const DEEPEST: u32 = 32;

/// Reads plain data. Strings come out in Unicode normal form C, so that equal words have equal hashes.
pub fn from_js(value: &JsValue) -> Value {
    read(value, DEEPEST)
}

fn read(value: &JsValue, depth: u32) -> Value {
    if let Some(text) = value.dyn_ref::<JsString>() {
        return Value::Text(String::from(text.normalize("NFC")));
    }
    if let Some(number) = value.as_f64() {
        return Value::Number(number);
    }
    if let Some(flag) = value.as_bool() {
        return Value::Bool(flag);
    }
    if depth == 0 || !value.is_object() {
        return Value::Null;
    }
    match value.dyn_ref::<Array>() {
        Some(items) => Value::List(items.iter().map(|item| read(&item, depth - 1)).collect()),
        None => Value::Map(
            Object::entries(value.unchecked_ref())
                .iter()
                .filter_map(|entry| member(&entry, depth))
                .collect(),
        ),
    }
}

/// One `[key, value]` of an object.
fn member(entry: &JsValue, depth: u32) -> Option<(String, Value)> {
    let entry: &Array = entry.unchecked_ref();
    match (read(&entry.get(0), 0), entry.get(1)) {
        (Value::Text(key), value) => Some((key, read(&value, depth - 1))),
        _ => None,
    }
}
