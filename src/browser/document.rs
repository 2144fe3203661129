//! The document, even on a page whose elements are named `body`, `createElement` or `cookie` and shadow it: `host.js`
//! reads every property of `document` through the accessors of its prototype.

use super::host::window;
use super::object::Object;
use crate::core::value::Words;

/// The document of the page.
pub fn document() -> Object {
    Object::DOCUMENT
}

/// `<html>`.
#[inline(never)]
pub fn root() -> Object {
    document().get("documentElement")
}

/// `<head>`, or what stands in its place.
pub fn head() -> Object {
    let head = document().get("head");
    if head.exists() { head } else { root() }
}

/// A new element.
#[inline(never)]
pub fn element(tag: &str) -> Object {
    document().tell_with("createElement", tag)
}

/// A new text node.
#[inline(never)]
pub fn text(words: &str) -> Object {
    document().tell_with("createTextNode", words)
}

/// The host of the page, without its port.
#[inline(never)]
pub fn hostname() -> Words {
    window().get("location").text("hostname")
}
