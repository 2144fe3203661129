//! What `host.js` calls: the way in from the page. Each call becomes an event for the application, or an answer about
//! what holds; none of them can grant anything by itself.
//!
//! Whatever comes in is a number or an object: text as an argument would bring a converter into the glue of each.

use crate::app::App;
use crate::browser::document::hostname;
use crate::browser::from_js::from_js;
use crate::browser::host::{self, Host};
use crate::browser::object::Object;
use crate::core::config::{Config, Known, Problem, check, scope_covers, vendors};
use crate::core::json;
use crate::core::notice::texts::Texts;
use crate::core::record::Circumstances;
use crate::core::update::{Act, Event, Origin};
use crate::core::value::{Members, Value};
use crate::ui::listen;
use std::cell::Cell;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    /// Kelisim lives as long as its document.
    static APP: Cell<Option<&'static App>> = const { Cell::new(None) };
}

/// Takes the host that the module lives in. Called once, right after instantiation.
#[wasm_bindgen]
pub fn begin(host: Host) {
    host::begin(host);
}

/// The ids of the vendors that a configuration, given as plain data, names, separated by spaces.
#[wasm_bindgen]
pub fn read(configuration: &JsValue) -> JsValue {
    let mut names = String::new();
    for id in vendors(&from_js(configuration)) {
        names.push_str(id);
        names.push(' ');
    }
    JsValue::from_str(&names)
}

/// Checks a configuration and starts. `texts` holds the words of every language that is at hand, `manifests` what is
/// known of each vendor: `null` when there is no such vendor. Returns the problems as JSON when the configuration does
/// not satisfy its law: then nothing starts.
#[wasm_bindgen]
pub fn configure(configuration: &JsValue, texts: &JsValue, manifests: &JsValue, now: f64) -> JsValue {
    let texts = every_language(&from_js(texts));
    let known = Known {
        texts: &texts,
        vendors: &[],
    };
    let manifests = every_manifest(from_js(manifests));
    match check(&from_js(configuration), &manifests, known).and_then(within_scope) {
        Ok(config) => {
            let app: &App = Box::leak(Box::new(App::new(config, &texts, circumstances(now, 0.0).now)));
            APP.set(Some(app));
            app.run();
            JsValue::UNDEFINED
        }
        Err(problems) => JsValue::from_str(&as_json(&problems)),
    }
}

fn every_language(texts: &Value) -> Vec<Texts> {
    let mut languages = Vec::new();
    for (language, list) in texts.entries() {
        let mut words = Vec::new();
        for item in list.items() {
            words.push(String::from(item.as_text().unwrap_or_default()));
        }
        languages.push(Texts::new(language, words));
    }
    languages
}

fn every_manifest(manifests: Value) -> Vec<(String, Option<Value>)> {
    let mut vendors = Vec::new();
    if let Value::Map(entries) = manifests {
        for (id, manifest) in entries {
            vendors.push((id, Some(manifest).filter(|manifest| *manifest != Value::Null)));
        }
    }
    vendors
}

/// A scope that is no parent of this host could share nothing.
fn within_scope(config: Config) -> Result<Config, Vec<Problem>> {
    if config.scope().is_empty() || scope_covers(config.scope(), &hostname()) {
        return Ok(config);
    }
    Err(vec![Problem {
        path: String::from("scope"),
        code: "scopeElsewhere",
        hint: hostname(),
    }])
}

/// Something happened at an element of the page, at this moment and with this chance for a decision. Returns whether it
/// was meant for Kelisim.
#[wasm_bindgen]
pub fn hear(kind: &JsValue, target: JsValue, now: f64, random: f64) -> bool {
    let kind = kind.as_string().unwrap_or_default();
    let target = Object::from(target);
    app().is_some_and(|app| listen::hear(app, &kind, &target, circumstances(now, random)))
}

/// Elements of the page came or went.
#[wasm_bindgen]
pub fn changed() {
    with_app(App::changed);
}

/// Goes on after the page has painted.
#[wasm_bindgen]
pub fn resume() {
    with_app(App::resume);
}

/// Goes on with the next gated script.
#[wasm_bindgen]
pub fn proceed() {
    with_app(App::proceed);
}

/// A decision by the page: `accept` with all ids or exactly these, `reject` or `withdraw`. The promise with this number
/// is answered when it has been carried through or refused.
#[wasm_bindgen]
pub fn act(name: &JsValue, ids: &JsValue, reply: u32, now: f64, random: f64) {
    let act = match (&*name.as_string().unwrap_or_default(), from_js(ids)) {
        ("accept", Value::List(ids)) => Act::Only(
            ids.iter()
                .map(|id| String::from(id.as_text().unwrap_or_default()))
                .collect(),
        ),
        ("accept", _) => Act::Accept,
        ("withdraw", _) => Act::Withdraw,
        _ => Act::Reject,
    };
    match app() {
        Some(app) => app.decide(act, Origin::Page, circumstances(now, random), Some(reply)),
        None => host::reply(reply, None),
    }
}

/// The visitor's record as JSON, while it holds.
#[wasm_bindgen]
pub fn record() -> JsValue {
    app()
        .and_then(App::record)
        .map_or(JsValue::UNDEFINED, |record| JsValue::from_str(&record))
}

/// Whether a category or service is allowed now.
#[wasm_bindgen]
pub fn allows(id: &JsValue) -> bool {
    let id = id.as_string().unwrap_or_default();
    app().is_some_and(|app| app.allows(&id))
}

/// Shows the first layer again.
#[wasm_bindgen]
pub fn show() {
    with_app(|app| app.send(Event::Recalled));
}

/// Opens the settings.
#[wasm_bindgen]
pub fn settings() {
    with_app(|app| app.send(Event::Settings(true)));
}

fn app() -> Option<&'static App> {
    APP.get()
}

fn with_app(call: impl FnOnce(&App)) {
    if let Some(app) = app() {
        call(app);
    }
}

/// The clock in milliseconds since 1970 and 40 random bits, as the page gives them.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn circumstances(now: f64, random: f64) -> Circumstances {
    Circumstances {
        now: now as i64,
        random: random as u64,
    }
}

/// Problems as the page gets them: `[{path, code, hint}]`, without what is empty.
fn as_json(problems: &[Problem]) -> String {
    let mut list = Vec::new();
    for problem in problems {
        let mut members = Members::default();
        members.text("path", &problem.path);
        members.text("code", problem.code);
        members.text("hint", &problem.hint);
        list.push(members.done());
    }
    json::text(&Value::List(list))
}
