//! The page around Kelisim: the host it lives in, and what a test does to the document.

use js_sys::{JSON, Object, Promise, Reflect};
use kelisim::core::json;
use kelisim::core::notice::texts::KEYS;
use kelisim::core::value::{Members, Value};
use kelisim::exports;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/src/host.js")]
extern "C" {
    #[wasm_bindgen(js_name = makeHost)]
    fn make_host(settings: &JsValue) -> Made;

    pub(super) type Made;
    #[wasm_bindgen(method, getter)]
    pub(super) fn api(this: &Made) -> Api;
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
    pub(super) fn find(selector: &str) -> JsValue;
    pub(super) fn count(selector: &str) -> u32;
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

/// `configure` as a host calls it.
type Configure = dyn Fn(JsValue, JsValue, JsValue, f64) -> JsValue;

/// The exports of the module as a host calls them; a test may put others in their place.
pub(super) struct Exports(Object);

impl Exports {
    /// Only what every host calls at its start.
    fn least() -> Exports {
        let exports = Exports(Object::new());
        let begin = |host: JsValue| exports::begin(host.into());
        exports.set("begin", &Closure::<dyn Fn(JsValue)>::new(begin).into_js_value());
        exports
    }

    fn set(&self, name: &str, function: &JsValue) {
        Reflect::set(&self.0, &JsValue::from_str(name), function).unwrap();
    }

    pub(super) fn command(&self, name: &str, call: impl Fn() + 'static) {
        self.set(name, &Closure::<dyn Fn()>::new(call).into_js_value());
    }

    /// All that a visit without vendors of the catalogue needs.
    fn whole() -> Exports {
        let exports = Exports::least();
        exports.command("changed", exports::changed);
        exports.command("resume", exports::resume);
        exports.command("proceed", exports::proceed);
        let read = |configuration: JsValue| exports::read(&configuration);
        exports.set(
            "read",
            &Closure::<dyn Fn(JsValue) -> JsValue>::new(read).into_js_value(),
        );
        let configure = |configuration: JsValue, texts: JsValue, manifests: JsValue, now: f64| {
            exports::configure(&configuration, &texts, &manifests, now)
        };
        exports.set("configure", &Closure::<Configure>::new(configure).into_js_value());
        let hear = |kind: JsValue, target: JsValue, now: f64, random: f64| exports::hear(&kind, target, now, random);
        exports.set(
            "hear",
            &Closure::<dyn Fn(JsValue, JsValue, f64, f64) -> bool>::new(hear).into_js_value(),
        );
        exports.set(
            "record",
            &Closure::<dyn Fn() -> JsValue>::new(exports::record).into_js_value(),
        );
        let allows = |id: JsValue| exports::allows(&id);
        exports.set(
            "allows",
            &Closure::<dyn Fn(JsValue) -> bool>::new(allows).into_js_value(),
        );
        exports
    }

    /// The host forgets the module: what it still hears of the page goes nowhere.
    pub(super) fn silence(&self) {
        for name in ["changed", "resume", "proceed", "hear"] {
            self.command(name, || {});
        }
    }
}

fn host(exports: &Exports, nonce: &str) -> Made {
    let mut settings = Members::default();
    settings.text("version", "test");
    settings.text("base", "/");
    settings.text("nonce", nonce);
    settings.text("layer", "dataLayer");
    settings.value("styles", Value::Text(String::new()));
    settings.value("texts", texts());
    settings.value("services", Value::Map(Vec::new()));
    let made = make_host(&plain(&settings.done()));
    made.run(&exports.0);
    made
}

/// A host for the parts of the edge.
pub(super) fn begin() -> Exports {
    begin_with_nonce("")
}

/// A host whose tag has a nonce.
pub(super) fn begin_with_nonce(nonce: &str) -> Exports {
    let exports = Exports::least();
    exports.silence();
    host(&exports, nonce);
    exports
}

/// A host for whole visits.
pub(super) fn begin_visit() -> (Made, Exports) {
    let exports = Exports::whole();
    (host(&exports, ""), exports)
}

/// A value as plain data of the page, without the code under test.
pub(super) fn plain(value: &Value) -> JsValue {
    JSON::parse(&json::text(value)).unwrap()
}

/// The words of every language, in the order in which they travel.
pub(super) fn texts() -> Value {
    let mut texts = Members::default();
    for (language, file) in [
        ("en", include_str!("../../src/core/locales/en.json")),
        ("ru", include_str!("../../src/core/locales/ru.json")),
    ] {
        let file = json::parse(file).unwrap();
        texts.list(
            language,
            KEYS.iter().map(|key| packed(file.get(key).unwrap())).collect(),
        );
    }
    texts.done()
}

/// A table travels as `code=words|code=words`.
fn packed(entry: &Value) -> Value {
    if let Value::Text(_) = entry {
        return entry.clone();
    }
    let row = |(code, words): &(String, Value)| [code, words.as_text().unwrap()].join("=");
    Value::Text(entry.entries().iter().map(row).collect::<Vec<_>>().join("|"))
}

pub(super) async fn sleep(milliseconds: u32) {
    JsFuture::from(timer(milliseconds)).await.unwrap();
}

pub(super) async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}
