//! What a test does to the page, and what it asks of it.

use std::rc::Rc;

use js_sys::Promise;
use kelisim::page::aliases::Aliases;
use kelisim::page::reading;
use kelisim_site::Site;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = setStage)]
    pub(super) fn set_stage(html: &str);
    #[wasm_bindgen(js_name = denyStorage)]
    pub(super) fn deny_storage();
    #[wasm_bindgen(js_name = removeStorage)]
    pub(super) fn remove_storage();
    #[wasm_bindgen(js_name = fillStorage)]
    pub(super) fn fill_storage(room: u32);
    #[wasm_bindgen(js_name = allowAll)]
    pub(super) fn allow_all();
    #[wasm_bindgen(js_name = denyCookies)]
    pub(super) fn deny_cookies();
    pub(super) fn evaluate(code: &str) -> String;
    pub(super) fn value(code: &str) -> JsValue;
    pub(super) fn ran() -> String;
    pub(super) fn count(selector: &str) -> u32;
    #[wasm_bindgen(js_name = hearConsole)]
    pub(super) fn hear_console();
    #[wasm_bindgen(js_name = consoleLines)]
    pub(super) fn console_lines() -> String;
    #[wasm_bindgen(js_name = answerFetches)]
    pub(super) fn answer_fetches(status: u16);
    #[wasm_bindgen(js_name = sleep)]
    fn timer(milliseconds: u32) -> Promise;
}

pub(super) async fn sleep(milliseconds: u32) {
    JsFuture::from(timer(milliseconds)).await.unwrap();
}

/// Aliases of a site with the categories `a` and `b`, and the service `counter` in `a`.
pub(super) fn aliases(json: &str) -> Aliases {
    let site = format!(
        "({{ format: 1, operator: null, policy: '1', scope: null, expiresDays: 180, languages: [], light: [], dark: [],
            categories: ['a', 'b'].map(id => ({{ id, terms: '', googleConsent: [] }})),
            services: [{{ id: 'counter', category: 'a', terms: '', storage: [], flags: [], start: [], stop: [] }}],
            googleConsent: false, signals: {{ refuses: 'all', doNotTrack: false }}, onWithdraw: 'stay', receipts: null,
            audit: false, aliases: {json} }})"
    );
    let site: Site = reading::read(&value(&site)).unwrap();
    Aliases::of(&Rc::new(site))
}
