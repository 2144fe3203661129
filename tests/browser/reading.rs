//! How documents come in: `from_js` must agree with `serde_wasm_bindgen::from_value`, which the shipped module is too
//! small for.

use js_sys::JSON;
use kelisim::browser::from_js::from_js;
use kelisim::core::json;
use kelisim::core::value::Value;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{begin, held, nested, odd_value, plain, read as oracle};

const DOCUMENTS: &[&str] = &[
    include_str!("../../www/sites/rasco.kz/site.json"),
    include_str!("../../www/sites/rasco.kz/policy-only.json"),
    include_str!("../../www/sites/elesses.pro/site.json"),
    include_str!("../../www/sites/elesses.pro/policy-only.json"),
    include_str!("../../www/sites/proeducation.kz/site.json"),
    include_str!("../../www/sites/proeducation.kz/policy-only.json"),
    include_str!("../../www/sites/cap.kz/site.json"),
    include_str!("../../www/sites/cap.kz/policy-only.json"),
    include_str!("../../www/sites/course-planet.net/site.json"),
    include_str!("../../www/sites/course-planet.net/policy-only.json"),
    include_str!("../native/config/good.json"),
    include_str!("../../src/core/catalogue/services/yandex-metrika.json"),
    include_str!("../../src/core/catalogue/services/google-analytics.json"),
    include_str!("../../src/core/catalogue/services/top-mail-ru.json"),
    include_str!("../../src/core/config/messages.json"),
];

/// Every way to be wrong that the native cases know.
const WRONG: &str = include_str!("../native/config/cases.json");

/// A value in which every number that is not a whole one is the same: the module reads none of them (V-01).
fn comparable(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_nan() || number.abs() >= 1e21 || number.fract() != 0.0 => {
            Value::Text("not a whole number")
        }
        Value::List(items) => Value::List(items.iter().map(|item| comparable(*item)).collect::<Vec<_>>().leak()),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| (*key, comparable(*value)));
            Value::Map(entries.collect::<Vec<_>>().leak())
        }
        other => other,
    }
}

/// O-02: the configurations of the sites and the manifests read the same.
#[wasm_bindgen_test]
fn o_02_documents_read_as_serde_wasm_bindgen_reads_them() {
    begin();
    for document in DOCUMENTS {
        let value = JSON::parse(document).unwrap();
        let read = from_js(held(&value));
        assert_eq!(comparable(*read), comparable(oracle(&value)), "{document}");
        assert_eq!(Some(read), json::parse(document), "{document}");
    }
}

/// O-02: so do all the bad ones: each change is laid over the good configuration.
#[wasm_bindgen_test]
fn o_02_bad_configurations_read_the_same() {
    begin();
    let cases = JSON::parse(WRONG).unwrap();
    assert_eq!(comparable(*from_js(held(&cases))), comparable(oracle(&cases)));
    let good = json::parse(include_str!("../native/config/good.json")).unwrap();
    for case in *oracle(&cases).keep().items() {
        assert_ne!(*case.get("change"), Value::Null);
        let change = case.get("change").entries();
        let mut entries = good.entries().to_vec();
        entries.retain(|(key, _)| change.iter().all(|(changed, _)| changed != key));
        entries.extend(*change);
        let value = plain(&Value::Map(entries.leak()));
        let read = comparable(*from_js(held(&value)));
        assert_eq!(read, comparable(oracle(&value)), "{}", case.text("name"));
    }
}

/// B-05: values that are JSON, written by hand in the page.
#[wasm_bindgen_test]
fn odd_values_of_json_read_the_same() {
    begin();
    for name in ["undefined", "controls", "half a character", "no prototype", "numbers"] {
        let value = odd_value(name);
        assert_eq!(comparable(*from_js(held(&value))), comparable(oracle(&value)), "{name}");
    }
    assert_eq!(*from_js(held(&nested(60))), oracle(&nested(60)));
}

/// What JSON has no word for is nothing, or is left out, as the page's own `JSON.stringify` has it; nothing throws.
#[wasm_bindgen_test]
fn what_json_has_no_word_for_is_nothing() {
    begin();
    for name in [
        "undefined",
        "function",
        "symbol",
        "bigint",
        "not a number",
        "a cycle",
        "a getter that throws",
    ] {
        assert_eq!(*from_js(held(&odd_value(name))), Value::Null, "{name}");
    }
    assert_eq!(
        *from_js(held(&odd_value("infinity"))),
        Value::List(&[Value::Null, Value::Null])
    );
    assert_eq!(
        Some(from_js(held(&odd_value("members without a word")))),
        json::parse(r#"{"a":1,"list":[null,null]}"#)
    );
    assert_eq!(
        *from_js(held(&nested(100))),
        Value::Null,
        "deeper than any configuration"
    );
}
