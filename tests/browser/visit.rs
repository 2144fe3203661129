//! A visit inside one page: asked, answered, stored, started; and the same where storage is denied.

use gloo_storage::{LocalStorage, Storage};
use kelisim::browser::document::root;
use kelisim::core::json;
use kelisim::core::value::Value;
use kelisim::exports;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{
    Api, allow_storage, begin_visit, click, console_lines, count, count_events, deny_storage, event_count,
    hear_console, plain, ran, read, say, set_stage, settled, silence, sleep,
};

/// The ways into the module, as `host.js` numbers them.
const CHANGED: i32 = 4;
const RECORD: i32 = 10;

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

/// Lets Kelisim start in this page with what is in storage.
async fn open(site: &str) -> Api {
    let api = begin_visit();
    settled(api.start(&plain(json::parse(site).unwrap()))).await.unwrap();
    api
}

fn press(action: &str) {
    let control = ["#kelisim-root [data-kelisim-action=", action, "]"].concat();
    assert_ne!(count(&control), 0, "{action} is not in the page");
    assert!(click(&control));
}

fn leave() {
    silence();
    set_stage("");
    for left in ["#kelisim-root", OWN_SCRIPT] {
        root().find(say(left)).tell(say("remove"));
    }
    LocalStorage::delete("kelisim");
}

fn record(api: &Api) -> Option<Value> {
    let record = api.record();
    (!record.is_null()).then(|| read(&record))
}

/// F-01, C-05, G-10: asked, accepted, the layer gone and the record there in the same task, then everything starts once.
#[wasm_bindgen_test]
async fn g_10_accept_stores_first_and_starts_then() {
    set_stage(GATED);
    LocalStorage::delete("kelisim");
    hear_console();
    let api = open(SITE).await;
    count_events("kelisim:decision");
    assert_eq!(count("[data-kelisim=banner]"), 1);
    assert_eq!(record(&api), None);
    assert!(
        LocalStorage::get::<Value>("kelisim").is_err(),
        "G-02: nothing is stored before a choice"
    );
    assert_eq!(count(OWN_SCRIPT), 0);

    press("accept");
    assert_eq!(count("[data-kelisim=banner]"), 0);
    assert_eq!(
        LocalStorage::get::<Value>("kelisim").ok(),
        record(&api),
        "read back by somebody else"
    );
    // A script clicks here, and no visitor (requirement S-01).
    assert!(record(&api).is_some_and(|record| record.text("method") == "api"));
    assert_eq!(ran(), "", "nothing starts before the page has painted");

    sleep(500).await;
    assert_eq!(ran(), "gated");
    assert_eq!(count(OWN_SCRIPT), 1);
    assert_eq!(event_count("kelisim:decision"), 1);
    let lines = console_lines();
    assert_eq!(lines, "kelisim: analitics: unknownCategory");
    leave();
}

/// A page may change all day and ask as often as it likes: the module's memory, in which nothing is freed but the last
/// block, does not grow by it.
#[wasm_bindgen_test]
async fn changes_and_questions_of_the_page_take_no_memory() {
    set_stage(GATED);
    LocalStorage::delete("kelisim");
    hear_console();
    let api = open(SITE).await;
    press("reject");
    sleep(300).await;
    let changes_and_questions = || {
        for _ in 0..20_000 {
            exports::tell(CHANGED, 0);
            exports::tell(RECORD, 0);
            api.allows("analytics");
        }
    };
    let pages = || core::arch::wasm32::memory_size(0);
    // Its first words are kept.
    changes_and_questions();
    let before = pages();
    changes_and_questions();
    assert_eq!(pages(), before, "in pages of 64 KB");
    console_lines();
    leave();
}

/// The twin: a refusal is as quick, stores a record without an identifier, and starts nothing.
#[wasm_bindgen_test]
async fn g_04_reject_starts_nothing() {
    set_stage(GATED);
    LocalStorage::delete("kelisim");
    hear_console();
    let api = open(SITE).await;
    press("reject");
    assert_eq!(count("[data-kelisim=banner]"), 0);
    let stored = LocalStorage::get::<Value>("kelisim").unwrap().keep();
    assert_eq!(Some(*stored), record(&api));
    assert!(stored.entries().iter().all(|(key, _)| *key != "code"), "R-03");
    sleep(300).await;
    assert_eq!(ran(), "");
    assert_eq!(count(OWN_SCRIPT), 0);
    console_lines();
    leave();
}

/// G-09: where storage throws, the page is asked, the choice holds for it, and nothing breaks.
#[wasm_bindgen_test]
async fn g_09_where_storage_is_denied_the_choice_holds_for_the_page() {
    set_stage(GATED);
    LocalStorage::delete("kelisim");
    hear_console();
    deny_storage();
    let api = open(SITE).await;
    assert_eq!(count("[data-kelisim=banner]"), 1);
    press("accept");
    sleep(500).await;
    assert_eq!(count("[data-kelisim=banner]"), 0);
    assert_eq!(ran(), "gated");
    assert!(api.allows("own"));
    // A script clicks here, and no visitor (requirement S-01).
    assert!(record(&api).is_some_and(|record| record.text("method") == "api"));
    allow_storage();
    assert!(console_lines().contains("kelisim: storageDenied"));
    assert!(LocalStorage::get::<Value>("kelisim").is_err());
    leave();
}

/// V-01 and its twin G-09: a stored record is not asked for again; a corrupt one is none.
#[wasm_bindgen_test]
async fn v_01_the_next_page_knows_the_record() {
    set_stage("");
    LocalStorage::delete("kelisim");
    let api = open(SITE).await;
    press("accept");
    sleep(300).await;
    let stored = record(&api).unwrap().keep();
    leave();

    LocalStorage::raw().set_item("kelisim", &json::text(stored)).unwrap();
    let api = open(SITE).await;
    assert_eq!(count("[data-kelisim=banner]"), 0);
    assert_eq!(record(&api), Some(*stored));
    leave();

    let mut entries = stored.entries().to_vec();
    entries[3].1 = Value::Text("save");
    LocalStorage::raw()
        .set_item("kelisim", &json::text(&Value::Map(entries.leak())))
        .unwrap();
    let api = open(SITE).await;
    assert_eq!(count("[data-kelisim=banner]"), 1);
    assert_eq!(record(&api), None);
    leave();
}

/// O-02: a configuration that does not satisfy its law starts nothing and names its problems.
#[wasm_bindgen_test]
async fn o_02_a_bad_configuration_starts_nothing() {
    hear_console();
    let api = begin_visit();
    let site = plain(json::parse(&SITE.replace("\"Studio\", \"email\"", "\"\", \"mail\"")).unwrap());
    let refused = settled(api.start(&site)).await.unwrap_err();
    let refused = read(&refused);
    assert_eq!(refused.text("code"), "configuration");
    assert!(
        refused
            .list("problems")
            .iter()
            .any(|problem| problem.text("path") == "operator.mail")
    );
    assert!(console_lines().contains("kelisim: operator.mail: "));
    assert_eq!(count("#kelisim-root"), 0);
    silence();
}

/// F-01: the whole way with the page's own API, and a real click: `start`, the first layer, accept.
#[wasm_bindgen_test]
async fn f_01_start_asks_and_a_click_accepts() {
    set_stage("");
    LocalStorage::delete("kelisim");
    let api = begin_visit();
    settled(api.start(&plain(json::parse(SITE).unwrap()))).await.unwrap();
    assert_eq!(count("[data-kelisim=banner]"), 1);
    assert!(api.record().is_null());
    assert!(!api.allows("own"));
    root()
        .find(say("[data-kelisim=banner] [data-kelisim-action=accept]"))
        .tell(say("click"));
    assert_eq!(count("[data-kelisim=banner]"), 0);
    assert!(api.allows("own"));
    assert!(api.record().is_object());
    sleep(300).await;
    leave();
}
