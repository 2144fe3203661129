//! What `host.js` calls: the way in from the page. Each call becomes an event for the application, or an answer about
//! what holds; none of them can grant anything by itself.

use crate::app::App;
use crate::browser::document::{Page, hostname};
use crate::browser::from_js::from_js;
use crate::browser::host::Host;
use crate::core::config::{Known, check, vendors};

use crate::core::config::{Config, Problem, scope_covers};
use crate::core::notice::texts::Texts;
use crate::core::record::quoted;
use crate::core::update::{Act, Event, Origin};
use crate::core::value::Value;
use crate::ui::listen::listen;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
    static DOCUMENT: RefCell<Option<Value>> = const { RefCell::new(None) };
    static APP: RefCell<Option<Rc<App>>> = const { RefCell::new(None) };
}

/// Takes the host that the module lives in. Called once, right after instantiation.
#[wasm_bindgen]
pub fn begin(host: Host) {
    HOST.set(Some(host));
}

/// Takes a configuration, as plain data. Returns the ids of the vendors whose manifests have to be fetched, or nothing
/// when a configuration was taken before: there is one for a document.
#[wasm_bindgen]
pub fn read(configuration: &JsValue) -> Option<Vec<String>> {
    if DOCUMENT.with_borrow(Option::is_some) {
        return None;
    }
    let document = from_js(configuration);
    let built_in = host().map_or(Value::Null, |host| from_js(&host.services()));
    let missing = vendors(&document)
        .into_iter()
        .filter(|id| built_in.get(id).is_none())
        .map(String::from)
        .collect();
    DOCUMENT.set(Some(document));
    Some(missing)
}

/// Checks the configuration with the manifests that were fetched, and starts. Returns the problems as JSON when it does
/// not satisfy its law: then nothing starts.
#[wasm_bindgen]
pub fn configure(names: Vec<String>, manifests: Vec<JsValue>) -> Option<String> {
    let host = host()?;
    let document = DOCUMENT.with_borrow(Clone::clone)?;
    let texts = every_language(&host);
    let known = Known {
        texts: &texts,
        vendors: &[],
    };
    let checked = check(&document, &every_manifest(&host, names, &manifests), known).and_then(within_scope);
    match checked {
        Ok(config) => {
            start(config, host, texts);
            None
        }
        Err(problems) => Some(as_json(&problems)),
    }
}

/// The words of every language that came with the script.
fn every_language(host: &Host) -> Vec<Texts> {
    let texts = from_js(&host.texts());
    let words = |words: &Value| {
        words
            .items()
            .iter()
            .map(|words| String::from(words.as_text().unwrap_or_default()))
            .collect()
    };
    texts
        .entries()
        .iter()
        .map(|(language, list)| Texts::new(language, words(list)))
        .collect()
}

/// The manifests that came with the script, and those that were fetched; `None` for a vendor that there is none of.
fn every_manifest(host: &Host, names: Vec<String>, fetched: &[JsValue]) -> Vec<(String, Option<Value>)> {
    let built_in = from_js(&host.services());
    let built_in = built_in
        .entries()
        .iter()
        .map(|(id, manifest)| (id.clone(), Some(manifest.clone())));
    let there = |manifest: &JsValue| Some(from_js(manifest)).filter(|manifest| *manifest != Value::Null);
    built_in
        .chain(names.into_iter().zip(fetched.iter().map(there)))
        .collect()
}

/// A scope that is no parent of this host could share nothing.
fn within_scope(config: Config) -> Result<Config, Vec<Problem>> {
    match &config.scope {
        Some(scope) if !scope_covers(scope, &hostname()) => Err(vec![Problem {
            path: String::from("scope"),
            code: "scopeOfAnotherHost",
            hint: hostname(),
        }]),
        _ => Ok(config),
    }
}

fn start(config: Config, host: Host, texts: Vec<Texts>) {
    let root = Page::new(host.clone()).root();
    let app = Rc::new(App::start(config, host, texts));
    APP.set(Some(app.clone()));
    app.run();
    listen(&app, root.as_ref());
}

/// Goes on after the page has painted.
#[wasm_bindgen]
pub fn resume() {
    with_app(App::resume);
}

/// A decision by the page: `accept` with all ids or exactly these, `reject` or `withdraw`. The promise with this number
/// is answered when it has been carried through or refused.
#[wasm_bindgen]
pub fn act(name: &str, ids: Option<Vec<String>>, reply: u32) {
    let act = match (name, ids) {
        ("accept", Some(ids)) => Act::Only(ids),
        ("accept", None) => Act::Accept,
        ("withdraw", _) => Act::Withdraw,
        _ => Act::Reject,
    };
    match app() {
        Some(app) => app.decide(act, Origin::Page, Some(reply)),
        None => host().into_iter().for_each(|host| host.reply(reply, None)),
    }
}

/// The visitor's record as JSON, while it holds.
#[wasm_bindgen]
pub fn record() -> Option<String> {
    app()?.record()
}

/// Whether a category or service is allowed now.
#[wasm_bindgen]
pub fn allows(id: &str) -> bool {
    app().is_some_and(|app| app.allows(id))
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

fn host() -> Option<Host> {
    HOST.with_borrow(Clone::clone)
}

fn app() -> Option<Rc<App>> {
    APP.with_borrow(Clone::clone)
}

fn with_app(call: impl FnOnce(&App)) {
    if let Some(app) = app() {
        call(&app);
    }
}

/// Problems as the page gets them: `[{path, code, hint}]`.
fn as_json(problems: &[Problem]) -> String {
    let mut json = String::from("[");
    for problem in problems {
        for (key, value) in [
            ("{\"path\":", &*problem.path),
            (",\"code\":", problem.code),
            (",\"hint\":", &problem.hint),
        ] {
            if json.len() > 1 && key.starts_with('{') {
                json.push(',');
            }
            json.push_str(key);
            json.push_str(&quoted(value));
        }
        json.push('}');
    }
    json.push(']');
    json
}
