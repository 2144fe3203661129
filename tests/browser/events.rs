//! Events of the contract.

use kelisim::page::console::complain;
use kelisim::page::events::dispatch;
use kelisim::page::javascript::frozen;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{console_lines, evaluate, hear_console, ran, set_stage};

#[wasm_bindgen_test]
fn a_detail_is_frozen_however_deep() {
    set_stage("");
    evaluate(
        "window.addEventListener('kelisim:decision', ({detail}) => { detail.granted.length || ran.push(Object.isFrozen(detail) && Object.isFrozen(detail.granted)); try { 'use strict'; detail.granted.push(1) } catch { ran.push('refused') } }, {once: true})",
    );
    dispatch(
        "kelisim:decision",
        r#"{"record":null,"granted":[],"withdrawn":[],"source":"here"}"#,
    );
    assert_eq!(ran(), "true refused");
}

#[wasm_bindgen_test]
fn a_listener_that_throws_stops_nobody() {
    set_stage("");
    evaluate(
        "window.addEventListener('kelisim:ready', () => { throw new Error('mine') }, {once: true}), window.addEventListener('kelisim:ready', () => ran.push('second'), {once: true})",
    );
    dispatch("kelisim:ready", "{}");
    assert_eq!(ran(), "second");
    assert!(frozen("no JSON").is_err());
    dispatch("kelisim:shown", "no JSON");
}

#[wasm_bindgen_test]
fn a_line_on_the_console_says_what_it_is_about() {
    hear_console();
    complain("unknownCategory", "analitics");
    complain("storageDenied", "");
    assert_eq!(
        console_lines(),
        "kelisim: analitics: unknownCategory\nkelisim: storageDenied"
    );
    evaluate("window.before = console.error, console.error = () => { throw new Error('mine') }");
    complain("storageDenied", "");
    evaluate("console.error = before");
}
