//! Signals of the browser.

use kelisim::page::{address, signals};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{evaluate, set_stage};

fn with_navigator(name: &str, value: &str, case: impl FnOnce()) {
    set_stage("");
    evaluate(&format!(
        "Object.defineProperty(navigator, '{name}', {{configurable: true, get: () => {value}}})"
    ));
    case();
    evaluate(&format!("delete navigator.{name}"));
}

#[wasm_bindgen_test]
fn s_01_signals_are_read() {
    assert!(!signals::global_privacy_control() && !signals::do_not_track());
    with_navigator("globalPrivacyControl", "true", || {
        assert!(signals::global_privacy_control());
    });
    with_navigator("globalPrivacyControl", "false", || {
        assert!(!signals::global_privacy_control());
    });
    with_navigator("doNotTrack", "'1'", || assert!(signals::do_not_track()));
    with_navigator("doNotTrack", "'0'", || assert!(!signals::do_not_track()));
}

#[wasm_bindgen_test]
fn s_01_a_signal_that_throws_is_none() {
    with_navigator("globalPrivacyControl", "({}).a.b", || {
        assert!(!signals::global_privacy_control());
    });
}

#[wasm_bindgen_test]
fn a_page_that_was_opened_was_not_loaded_anew() {
    assert!(!signals::is_reloaded());
}

#[wasm_bindgen_test]
fn an_address_is_the_page_s_own_whatever_its_base_is() {
    set_stage("<base href=\"https://static.example/\">");
    assert_eq!(address::host(), "127.0.0.1");
    assert_eq!(address::path(), "/");
    assert!(!address::is_secure());
}
