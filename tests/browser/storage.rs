//! The record and the language in their stores.

use kelisim::page::storage::{keep_language, read, write};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{allow_all, deny_storage, evaluate, fill_storage, remove_storage, set_stage};

fn begin() {
    set_stage("");
    evaluate("localStorage.clear(), sessionStorage.clear()");
}

#[wasm_bindgen_test]
fn a_record_is_read_as_it_was_written() {
    begin();
    assert_eq!(read(), None);
    assert!(write(r#"{"schema":1,"name":"келісім"}"#));
    assert_eq!(read().as_deref(), Some(r#"{"schema":1,"name":"келісім"}"#));
    assert_eq!(
        evaluate("localStorage.getItem('kelisim')"),
        r#"{"schema":1,"name":"келісім"}"#
    );
}

#[wasm_bindgen_test]
fn g_09_a_store_that_is_denied_has_no_record_and_takes_none() {
    begin();
    deny_storage();
    assert_eq!(read(), None);
    assert!(!write("{}"));
    keep_language("kk");
    remove_storage();
    assert_eq!(read(), None);
    assert!(!write("{}"));
    allow_all();
    assert_eq!(read(), None, "and nothing was written behind it");
}

#[wasm_bindgen_test]
fn g_09_a_full_store_lets_the_record_before_go() {
    begin();
    assert!(write("granted"));
    fill_storage(10);
    assert!(write("refused"), "there is room for it in the place of the other");
    assert_eq!(read().as_deref(), Some("refused"));
    assert!(!write("too long for what is left"));
    assert_eq!(read(), None, "a grant does not outlive its withdrawal");
}

#[wasm_bindgen_test]
fn p_17_the_language_is_kept_for_the_session() {
    begin();
    keep_language("kk");
    assert_eq!(evaluate("sessionStorage.getItem('kelisim-language')"), "kk");
    assert_eq!(evaluate("localStorage.length"), "0");
}
