//! What Google's consent mode is told.

use kelisim::page::consent_mode::ConsentMode;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{evaluate, set_stage};

fn update() -> [(String, bool); 2] {
    [("analytics_storage".to_owned(), true), ("ad_storage".to_owned(), false)]
}

const KINDS: &str = "layered.map(call => Object.prototype.toString.call(call).slice(8, -1) + ' ' + [...call].map(part => JSON.stringify(part)).join(' ')).join('\\n')";

#[wasm_bindgen_test]
fn consent_is_told_by_real_arguments_in_a_renamed_layer() {
    set_stage("<p id=\"layered\"></p>");
    evaluate("delete window.layered");
    let google = ConsentMode::new("layered");
    google.update(&[]);
    assert_eq!(
        evaluate("String(window.layered)"),
        "[object HTMLParagraphElement]",
        "nothing to say"
    );
    google.update(&update());
    google.update(&update());
    let expected = [
        r#"Arguments "set" "ads_data_redaction" true"#,
        r#"Arguments "set" "url_passthrough" false"#,
        r#"Arguments "consent" "update" {"analytics_storage":"granted","ad_storage":"denied"}"#,
        r#"Arguments "consent" "update" {"analytics_storage":"granted","ad_storage":"denied"}"#,
    ];
    assert_eq!(evaluate(KINDS), expected.join("\n"));
}

#[wasm_bindgen_test]
fn a_tag_manager_hears_of_a_decision_after_the_update_and_not_before() {
    set_stage("");
    evaluate("window.layered = []");
    let google = ConsentMode::new("layered");
    google.announce(&["analytics".to_owned()], &[]);
    assert_eq!(evaluate("layered.length"), "0");
    google.update(&update());
    evaluate("layered.push = (entry) => ran.push(JSON.stringify(entry))");
    google.announce(&["analytics".to_owned()], &["marketing".to_owned()]);
    assert_eq!(
        crate::page::ran(),
        r#"{"event":"kelisim:decision","granted":["analytics"],"withdrawn":["marketing"]}"#
    );
}

#[wasm_bindgen_test]
fn a_layer_that_throws_ends_nothing() {
    set_stage("");
    evaluate("window.layered = Object.freeze([])");
    let google = ConsentMode::new("layered");
    google.update(&update());
    google.announce(&[], &[]);
    evaluate("Object.defineProperty(window, 'throwing', {configurable: true, get() { throw new Error('mine') }})");
    let google = ConsentMode::new("throwing");
    google.update(&update());
    google.announce(&[], &[]);
}
