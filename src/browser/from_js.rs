//! A `JsValue` as a [`Value`]: how every document comes in. What JSON has no word for becomes [`Value::Null`].

use super::host;
use crate::core::json::parse;
use crate::core::value::Value;
use wasm_bindgen::JsValue;

/// Reads plain data, through the page's own `JSON.stringify`: one call instead of one for every string in it. Strings
/// come out in Unicode normal form C, so that equal words have equal hashes.
pub fn from_js(value: &JsValue) -> Value {
    host::text_of(value).and_then(|json| parse(&json)).unwrap_or_default()
}
