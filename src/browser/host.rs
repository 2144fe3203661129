//! The module's view of `host.js`: what must be JavaScript, as typed calls. The one place that touches wasm-bindgen's
//! imports, and there are four: everything else goes through a property or a method by its name, which costs a name
//! instead of an import with its glue.

use super::object::Object;
use crate::core::json;
use crate::core::notice::dates::push_number;
use crate::core::update::Reply;
use crate::core::value::Value;
use std::cell::Cell;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The object that `begin` is given. None of its methods throws.
    pub type Host;

    #[wasm_bindgen(method)]
    fn get(this: &Host, object: &JsValue, name: &str) -> JsValue;
    #[wasm_bindgen(method)]
    fn set(this: &Host, object: &JsValue, name: &str, value: &JsValue);
    #[wasm_bindgen(method)]
    fn call(this: &Host, object: &JsValue, method: &str, first: &JsValue, second: &JsValue) -> JsValue;
    #[wasm_bindgen(method, js_name = call)]
    fn tell(this: &Host, object: &JsValue, method: &str, first: Option<&str>, second: Option<&str>) -> JsValue;
}

thread_local! {
    /// The host lives as long as the document.
    static HOST: Cell<Option<&'static Host>> = const { Cell::new(None) };
}

/// Takes the host that the module lives in.
pub fn begin(host: Host) {
    HOST.set(Some(Box::leak(Box::new(host))));
}

/// A property of an object; of nothing, nothing.
#[inline(never)]
pub(super) fn get(object: &JsValue, name: &str) -> JsValue {
    HOST.get().map_or(JsValue::UNDEFINED, |host| host.get(object, name))
}

/// Sets a property; a page that forbids it keeps its own.
#[inline(never)]
pub(super) fn set(object: &JsValue, name: &str, value: &JsValue) {
    if let Some(host) = HOST.get() {
        host.set(object, name, value);
    }
}

/// Calls a method with objects; where there is none, or where it throws, nothing.
#[inline(never)]
pub(super) fn call(object: &JsValue, method: &str, first: &JsValue, second: &JsValue) -> JsValue {
    HOST.get()
        .map_or(JsValue::UNDEFINED, |host| host.call(object, method, first, second))
}

/// Calls a method with words; where there is none, or where it throws, nothing.
#[inline(never)]
pub(super) fn tell(object: &JsValue, method: &str, first: Option<&str>, second: Option<&str>) -> JsValue {
    HOST.get()
        .map_or(JsValue::UNDEFINED, |host| host.tell(object, method, first, second))
}

/// What the host has under a name.
#[inline(never)]
fn own(name: &str) -> Object {
    Object::from(HOST.get().map_or(JsValue::UNDEFINED, |host| host.get(host, name)))
}

/// Asks the host to do something.
#[inline(never)]
fn ask(method: &str, first: &str, second: &str) -> Object {
    Object::from(HOST.get().map_or(JsValue::UNDEFINED, |host| {
        host.tell(host, method, Some(first), Some(second))
    }))
}

/// Asks the host to do something with an object.
#[inline(never)]
fn ask_about(method: &str, object: &JsValue) -> JsValue {
    HOST.get().map_or(JsValue::UNDEFINED, |host| {
        host.call(host, method, object, &JsValue::UNDEFINED)
    })
}

/// `window`.
pub fn window() -> Object {
    own("window")
}

/// Whether the page was loaded anew, as opposed to opened.
pub fn reloaded() -> bool {
    let entry = window()
        .get("performance")
        .tell_with("getEntriesByType", "navigation")
        .get("0");
    entry.text("type") == "reload"
}

/// Lays Kelisim's style sheet over the page, without a `<style>`, which a Content-Security-Policy would stop.
pub fn dress() {
    ask("dress", "", "");
}

/// The nonce of Kelisim's own tag, which its scripts carry on.
pub fn nonce() -> Object {
    own("nonce")
}

/// One line on the console.
pub fn complain(code: &str, about: &str) {
    ask("complain", code, about);
}

/// A function that puts its `arguments` into Google's data layer.
pub fn gtag() -> Object {
    own("gtag")
}

/// An update of Google's consent mode; nothing where the page switched that off.
pub fn consent(signals: &Value) {
    ask("consent", &json::text(signals), "");
}

/// A function that keeps its `arguments` in a list of its own.
pub fn queue(list: &str) -> Object {
    ask("queue", list, "")
}

/// A function that does nothing and has the properties of another.
pub fn silent(before: &Object) -> Object {
    ask_about("silent", before.as_ref()).into()
}

/// A script's URL, trusted where the page asks for it.
pub fn url(url: &str) -> Object {
    ask("url", url, "")
}

/// A script's text, trusted where the page asks for it.
pub fn code(code: &str) -> Object {
    ask("code", code, "")
}

/// Dispatches `kelisim:name` on `window` with a frozen detail, given as JSON.
pub fn emit(name: &str, detail: &str) {
    ask("emit", name, detail);
}

/// Answers a call of the page with a record as JSON, or with `null`.
pub fn reply(number: Reply, record: Option<&str>) {
    let mut name = String::new();
    push_number(&mut name, i64::from(number));
    ask("reply", &name, record.unwrap_or("null"));
}

/// Calls `resume` after the next frame.
pub fn later() {
    ask("later", "", "");
}

/// Calls `proceed` when a script has loaded, failed or taken too long.
pub fn wait(script: &Object) {
    ask_about("wait", script.as_ref());
}

/// A value as JSON text, in Unicode normal form C.
pub(super) fn text_of(value: &JsValue) -> Option<String> {
    ask_about("text", value).as_string()
}

/// A [`Value`] as plain data of the page's own kind. `{"$date": ms}` becomes a `Date`.
pub fn plain(value: &Value) -> Object {
    ask("value", &json::text(value), "")
}
