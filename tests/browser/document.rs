//! The document and its elements where names shadow their members.

use kelisim::page::document::{active_element, body, create_element, head, query_selector, query_selector_all, root};
use kelisim::page::gate::waiting;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{evaluate, set_stage};

const SHADOWED: [&str; 10] = [
    "cookie",
    "body",
    "head",
    "documentElement",
    "createElement",
    "activeElement",
    "querySelector",
    "querySelectorAll",
    "visibilityState",
    "addEventListener",
];

fn shadows() -> String {
    let named = SHADOWED.map(|name| format!("<img name=\"{name}\" alt=\"\"><form name=\"{name}\"></form>"));
    named.concat()
}

#[wasm_bindgen_test]
fn b_02_named_elements_shadow_nothing() {
    set_stage(&shadows());
    for name in SHADOWED {
        let plain = evaluate(&format!(
            "typeof document.{name} === 'object' && 'length' in document.{name}"
        ));
        assert_eq!(plain, "true", "document.{name} is shadowed, or this test shows nothing");
    }
    assert!(body().unwrap().matches("body") && head().unwrap().matches("head") && root().unwrap().matches("html"));
    assert!(active_element().unwrap().matches("body"));
    assert!(create_element("p").unwrap().matches("p"));
    assert!(query_selector("form[name=cookie]").is_some());
    assert_eq!(query_selector_all("form[name]").len(), SHADOWED.len());
}

#[wasm_bindgen_test]
fn what_is_not_there_is_nothing() {
    set_stage("");
    assert_eq!(query_selector("no-such-element"), None);
    assert_eq!(query_selector("]["), None);
    assert!(query_selector_all("][").is_empty());
    assert_eq!(create_element("<"), None);
    assert_eq!(create_element("p").unwrap().attribute("lang"), None);
    assert!(!create_element("p").unwrap().is_connected());
}

#[wasm_bindgen_test]
fn b_02_fields_of_a_form_shadow_nothing() {
    let fields = [
        "getAttribute",
        "setAttribute",
        "matches",
        "parentNode",
        "isConnected",
        "querySelectorAll",
        "nonce",
    ];
    let fields = fields.map(|name| format!("<input name=\"{name}\">")).concat();
    set_stage(&format!(
        "<form data-category=\"media\" data-src=\"/a\">{fields}</form>"
    ));
    let waiting = waiting();
    let form = waiting.first().unwrap();
    assert_eq!(form.attribute("data-category").as_deref(), Some("media"));
    assert!(form.matches("form") && form.is_connected());
    assert_eq!(form.query_selector_all("input").len(), 7);
    form.set_attribute("lang", "kk");
    assert_eq!(
        evaluate("Element.prototype.getAttribute.call(document.forms[0], 'lang')"),
        "kk"
    );
}
