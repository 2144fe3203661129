//! The document, even on a page whose elements are named `body`, `createElement` or `cookie` and shadow it: `host.js`
//! reads every property of `document` through the accessors of its prototype.

use super::host::{navigator, window};
use super::names::name;
use super::object::Object;
use crate::core::pile::Pile;
use crate::core::value::Words;

/// The document of the page.
pub fn document() -> Object {
    Object::DOCUMENT
}

/// `<html>`.
#[inline(never)]
pub fn root() -> Object {
    document().get(name!("documentElement"))
}

/// `<head>`, or what stands in its place.
pub fn head() -> Object {
    let head = document().get(name!("head"));
    if head.exists() { head } else { root() }
}

/// A new element.
#[inline(never)]
pub fn element(tag: Object) -> Object {
    document().call(name!("createElement"), tag)
}

/// A new text node.
#[inline(never)]
pub fn text(words: Object) -> Object {
    document().call(name!("createTextNode"), words)
}

/// The host of the page, without its port.
#[inline(never)]
pub fn hostname() -> Words {
    window().get(name!("location")).text(name!("hostname"))
}

/// The languages that the page and then its reader ask for.
pub fn wanted_languages() -> Pile<Words> {
    let mut wanted = Pile::new();
    wanted.push(root().attribute(name!("lang")).unwrap_or_default());
    navigator().get(name!("languages")).each(&mut |language: Object| {
        wanted.push(language.words().unwrap_or_default());
    });
    wanted
}
