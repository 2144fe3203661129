//! A visit inside one page: asked, answered, stored, started; and the same where storage is denied.

use gloo_storage::{LocalStorage, Storage};
use kelisim::browser::object::Object;
use kelisim::core::json;
use kelisim::core::value::Value;
use kelisim::exports;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{
    Exports, allow_storage, begin_visit, console_lines, count, count_events, deny_storage, event_count, find,
    hear_console, plain, ran, set_stage, settled, sleep, texts,
};

const SITE: &str = r#"{
    "operator": {"name": "Studio", "email": "privacy@example.kz", "address": "Almaty"},
    "policy": {"url": "/privacy", "version": "2026-01-01"},
    "law": ["gdpr"],
    "languages": ["en"],
    "categories": [{"id": "analytics"}],
    "services": [{"id": "own", "name": "Own", "category": "analytics", "src": "/own-counter.js", "recipient": "Studio",
        "country": "KZ", "purpose": "To count", "storage": []}]
}"#;

const GATED: &str = r#"<script type="text/plain" data-category="analytics">ran.push("gated")</script>
    <script type="text/plain" data-category="analitics">ran.push("misnamed")</script>"#;

/// What the service of the site puts into the page.
const OWN_SCRIPT: &str = "script[src$='/own-counter.js']";

/// When these visits take place, in ms since 1970.
const NOW: f64 = 1_795_168_800_000.0;

/// Lets Kelisim start in this page with what is in storage. The host it lives in hears nothing of the page by itself.
fn open(site: &str) -> Exports {
    let (_, exports) = begin_visit();
    let site = plain(&json::parse(site).unwrap());
    let problems = exports::configure(&site, &plain(&texts()), &plain(&Value::Map(Vec::new())), NOW);
    assert_eq!(problems, JsValue::UNDEFINED);
    exports
}

fn press(action: &str) {
    let control = find(&["#kelisim-root [data-kelisim-action=", action, "]"].concat());
    assert!(control.is_object(), "{action} is not in the page");
    assert!(exports::hear(&JsValue::from_str("click"), control, NOW, 77.0));
}

fn leave(exports: &Exports) {
    exports.silence();
    set_stage("");
    for left in ["#kelisim-root", OWN_SCRIPT] {
        Object::from(find(left)).tell("remove");
    }
    LocalStorage::delete("kelisim");
}

fn record() -> Option<Value> {
    json::parse(&exports::record().as_string()?)
}

/// F-01, C-05, G-10: asked, accepted, the layer gone and the record there in the same task, then everything starts once.
#[wasm_bindgen_test]
async fn g_10_accept_stores_first_and_starts_then() {
    set_stage(GATED);
    LocalStorage::delete("kelisim");
    hear_console();
    let exports = open(SITE);
    count_events("kelisim:decision");
    assert_eq!(count("[data-kelisim=banner]"), 1);
    assert_eq!(record(), None);
    assert!(
        LocalStorage::get::<Value>("kelisim").is_err(),
        "G-02: nothing is stored before a choice"
    );
    assert_eq!(count(OWN_SCRIPT), 0);

    press("accept");
    assert_eq!(count("[data-kelisim=banner]"), 0);
    assert_eq!(
        LocalStorage::get::<Value>("kelisim").ok(),
        record(),
        "read back by somebody else"
    );
    assert!(record().is_some_and(|record| record.text("method") == "accept"));
    assert_eq!(ran(), "", "nothing starts before the page has painted");

    sleep(500).await;
    assert_eq!(ran(), "gated");
    assert_eq!(count(OWN_SCRIPT), 1);
    assert_eq!(event_count("kelisim:decision"), 1);
    let lines = console_lines();
    assert_eq!(lines, "kelisim: analitics: unknownCategory");
    leave(&exports);
}

/// The twin: a refusal is as quick, stores a record without an identifier, and starts nothing.
#[wasm_bindgen_test]
async fn g_04_reject_starts_nothing() {
    set_stage(GATED);
    LocalStorage::delete("kelisim");
    hear_console();
    let exports = open(SITE);
    press("reject");
    assert_eq!(count("[data-kelisim=banner]"), 0);
    let stored = LocalStorage::get::<Value>("kelisim").unwrap();
    assert_eq!(Some(&stored), record().as_ref());
    assert_eq!(stored.get("code"), None, "R-03");
    sleep(300).await;
    assert_eq!(ran(), "");
    assert_eq!(count(OWN_SCRIPT), 0);
    console_lines();
    leave(&exports);
}

/// G-09: where storage throws, the page is asked, the choice holds for it, and nothing breaks.
#[wasm_bindgen_test]
async fn g_09_where_storage_is_denied_the_choice_holds_for_the_page() {
    set_stage(GATED);
    LocalStorage::delete("kelisim");
    hear_console();
    deny_storage();
    let exports = open(SITE);
    assert_eq!(count("[data-kelisim=banner]"), 1);
    press("accept");
    sleep(500).await;
    assert_eq!(count("[data-kelisim=banner]"), 0);
    assert_eq!(ran(), "gated");
    assert!(exports::allows(&JsValue::from_str("own")));
    assert!(record().is_some_and(|record| record.text("method") == "accept"));
    allow_storage();
    assert!(console_lines().contains("kelisim: storageDenied"));
    assert!(LocalStorage::get::<Value>("kelisim").is_err());
    leave(&exports);
}

/// V-01 and its twin G-09: a stored record is not asked for again; a corrupt one is none.
#[wasm_bindgen_test]
async fn v_01_the_next_page_knows_the_record() {
    set_stage("");
    LocalStorage::delete("kelisim");
    let first = open(SITE);
    press("accept");
    sleep(300).await;
    let stored = record().unwrap();
    leave(&first);

    LocalStorage::raw().set_item("kelisim", &json::text(&stored)).unwrap();
    let next = open(SITE);
    assert_eq!(count("[data-kelisim=banner]"), 0);
    assert_eq!(record().as_ref(), Some(&stored));
    leave(&next);

    let Value::Map(mut entries) = stored else { panic!() };
    entries[3].1 = Value::Text(String::from("save"));
    LocalStorage::raw()
        .set_item("kelisim", &json::text(&Value::Map(entries)))
        .unwrap();
    let corrupt = open(SITE);
    assert_eq!(count("[data-kelisim=banner]"), 1);
    assert_eq!(record(), None);
    leave(&corrupt);
}

/// O-02: a configuration that does not satisfy its law starts nothing and names its problems.
#[wasm_bindgen_test]
fn o_02_a_bad_configuration_starts_nothing() {
    let (_, exports) = begin_visit();
    let site = plain(&json::parse(&SITE.replace("\"Studio\", \"email\"", "\"\", \"mail\"")).unwrap());
    let problems = exports::configure(&site, &plain(&texts()), &plain(&Value::Map(Vec::new())), NOW);
    let problems = json::parse(&problems.as_string().unwrap()).unwrap();
    assert!(
        problems
            .items()
            .iter()
            .any(|problem| problem.text("path") == "operator.mail")
    );
    assert_eq!(count("#kelisim-root"), 0);
    exports.silence();
}

/// F-01: the whole way with the page's own API, and a real click: `start`, the first layer, accept.
#[wasm_bindgen_test]
async fn f_01_start_asks_and_a_click_accepts() {
    set_stage("");
    LocalStorage::delete("kelisim");
    let (made, exports) = begin_visit();
    settled(made.api().start(&plain(&json::parse(SITE).unwrap())))
        .await
        .unwrap();
    assert_eq!(count("[data-kelisim=banner]"), 1);
    assert!(made.api().record().is_null());
    assert!(!made.api().allows("own"));
    Object::from(find("[data-kelisim=banner] [data-kelisim-action=accept]")).tell("click");
    assert_eq!(count("[data-kelisim=banner]"), 0);
    assert!(made.api().allows("own"));
    assert!(made.api().record().is_object());
    sleep(300).await;
    leave(&exports);
}
