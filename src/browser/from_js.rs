//! Something of the page's as a [`Value`]: how every document comes in. What JSON has no word for becomes
//! [`Value::Null`].

use super::host;
use super::object::Object;
use crate::core::json::parse;
use crate::core::value::{NULL, Value};

/// Reads plain data, through the page's own `JSON.stringify`: one call instead of one for every string in it. What an owner
/// wrote comes in Unicode normal form C (`host.js`), so that equal words have equal hashes.
#[inline(never)]
pub fn from_js(object: Object) -> &'static Value {
    host::text_of(object).and_then(|json| parse(&json)).unwrap_or(&NULL)
}
