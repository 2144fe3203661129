//! The page around Kelisim: the host it lives in, and what a test does to the document.

use js_sys::{JSON, Object as Plain, Promise, Reflect};
use kelisim::browser::host::{self, make_host};
use kelisim::browser::object::Object;
use kelisim::core::json;
use kelisim::core::notice::texts::KEYS;
use kelisim::core::value::{Members, Value, Words, keep};
use kelisim::exports;
use std::cell::Cell;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

// What `makeHost` returns. It is made through the module: each crate that imports `host.js` has a copy of its own, with
// a table of its own, and only the module's holds what the module sees.
#[wasm_bindgen]
extern "C" {
    type Made;
    #[wasm_bindgen(method, getter)]
    fn api(this: &Made) -> Api;
    #[wasm_bindgen(method)]
    fn run(this: &Made, exports: &JsValue);

    pub(super) type Api;
    #[wasm_bindgen(method)]
    pub(super) fn start(this: &Api, configuration: &JsValue) -> Promise;
    #[wasm_bindgen(method)]
    pub(super) fn record(this: &Api) -> JsValue;
    #[wasm_bindgen(method)]
    pub(super) fn allows(this: &Api, id: &str) -> bool;
}

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = setStage)]
    pub(super) fn set_stage(html: &str);
    pub(super) fn ran() -> String;
    pub(super) fn count(selector: &str) -> u32;
    pub(super) fn click(selector: &str) -> bool;
    #[wasm_bindgen(js_name = hearConsole)]
    pub(super) fn hear_console();
    #[wasm_bindgen(js_name = consoleLines)]
    pub(super) fn console_lines() -> String;
    #[wasm_bindgen(js_name = denyStorage)]
    pub(super) fn deny_storage();
    #[wasm_bindgen(js_name = allowStorage)]
    pub(super) fn allow_storage();
    #[wasm_bindgen(js_name = countEvents)]
    pub(super) fn count_events(name: &str);
    #[wasm_bindgen(js_name = eventCount)]
    pub(super) fn event_count(name: &str) -> u32;
    #[wasm_bindgen(js_name = plainBody)]
    pub(super) fn plain_body() -> String;
    #[wasm_bindgen(js_name = oddValue)]
    pub(super) fn odd_value(name: &str) -> JsValue;
    pub(super) fn nested(levels: u32) -> JsValue;
    #[wasm_bindgen(js_name = sleep)]
    fn timer(milliseconds: u32) -> Promise;
}

thread_local! {
    /// The number of the host that is heard. Those before it still have their listeners and timers in the page.
    static HEARD: Cell<u32> = const { Cell::new(0) };
}

/// What the page still tells goes nowhere.
pub(super) fn silence() {
    HEARD.set(HEARD.get() + 1);
}

/// The way by which a host learns the names that the module has numbers for.
const NAMES: i32 = 20;

/// Makes a host. It calls `tell` until it is silenced or another host takes its place.
fn host(nonce: &str, tell: impl Fn(i32, i32) -> i32 + 'static) -> Api {
    silence();
    let mine = HEARD.get();
    let tell = move |way, thing| match way {
        NAMES => exports::tell(way, thing),
        _ if HEARD.get() == mine => tell(way, thing),
        _ => 0,
    };
    let tell = Closure::<dyn Fn(i32, i32) -> i32>::new(tell).into_js_value();
    let exports = Plain::new();
    Reflect::set(&exports, &JsValue::from_str("tell"), &tell).unwrap();
    Reflect::set(&exports, &JsValue::from_str("memory"), &wasm_bindgen::memory()).unwrap();

    let settings = Members::default()
        .text("version", Words::at(&"test"))
        .text("base", Words::at(&"/"))
        .text("nonce", keep(String::from(nonce)))
        .text("layer", Words::at(&"dataLayer"))
        .value("styles", &Value::Text(""))
        .value("locales", texts())
        .value("services", &Value::Map(&[]))
        .text(
            "template",
            Words::at(&include_str!("../../src/core/view/first_layer.html")),
        )
        .done();
    let made: Made = make_host(&plain(settings)).unchecked_into();
    made.run(&exports);
    made.api()
}

/// A host for the parts of the edge, in which nothing answers.
pub(super) fn begin() {
    begin_with_nonce("");
}

/// A host whose tag has a nonce.
pub(super) fn begin_with_nonce(nonce: &str) {
    host(nonce, |_, _| 0);
}

/// A host in which something hears in which way the page tells.
pub(super) fn begin_hearing(hear: impl Fn(i32) + 'static) {
    host("", move |way, _| {
        hear(way);
        0
    });
}

/// A host for whole visits.
pub(super) fn begin_visit() -> Api {
    host("", exports::tell)
}

/// A name of the page's that need not be among those of the module.
pub(super) fn say(name: &str) -> Object {
    Object::saying(name)
}

/// Something of the page's as the module holds it.
pub(super) fn held(value: &JsValue) -> Object {
    Reflect::set(&js_sys::global(), &JsValue::from_str("handedOver"), value).unwrap();
    host::window().get(say("handedOver"))
}

/// Something of the page's as `serde_wasm_bindgen` reads it, without the code under test.
pub(super) fn read(value: &JsValue) -> Value {
    serde_wasm_bindgen::from_value(value.clone()).unwrap()
}

/// A value as plain data of the page, without the code under test.
pub(super) fn plain(value: &Value) -> JsValue {
    JSON::parse(&json::text(value)).unwrap()
}

/// The words of every language, in the order in which they travel.
fn texts() -> &'static Value {
    let mut texts = Members::default();
    for (language, file) in [
        ("en", include_str!("../../src/core/locales/en.json")),
        ("ru", include_str!("../../src/core/locales/ru.json")),
    ] {
        let file = json::parse(file).unwrap();
        let words = KEYS.split_terminator('|').map(|key| packed(file.get(key)));
        let whole = Members::default().list("texts", words.collect()).text(
            "settings",
            Words::at(&include_str!("../../src/core/view/settings.html")),
        );
        texts = texts.value(language, whole.done());
    }
    texts.done()
}

/// Of a table, the words travel; the files have its codes in their order.
fn packed(entry: &'static Value) -> Value {
    if let Value::Text(_) = entry {
        return *entry;
    }
    assert!(entry.is_map(), "a text is missing");
    let words = |(_, words): &'static (&'static str, Value)| words.words().text();
    Value::Text(keep(entry.entries().iter().map(words).collect::<Vec<_>>().join("|")).text())
}

pub(super) async fn sleep(milliseconds: u32) {
    JsFuture::from(timer(milliseconds)).await.unwrap();
}

pub(super) async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}
