//! Receipts to the owner's site.

use kelisim::page::receipts::send;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{answer_fetches, deny_storage, evaluate, set_stage, sleep};

fn begin(html: &str, status: u16) {
    set_stage("");
    evaluate("localStorage.clear()");
    set_stage(html);
    answer_fetches(status);
}

fn waiting() -> String {
    evaluate("localStorage.getItem('kelisim-receipts')")
}

#[wasm_bindgen_test]
async fn p_18_a_receipt_goes_to_this_site_whatever_its_base_is() {
    begin("<base href=\"https://static.example/\">", 204);
    send("/receipts", Some(r#"{"schema":1}"#));
    assert_eq!(waiting(), r#"{"schema":1}"#, "it waits until it was taken");
    sleep(50).await;
    let expected = format!(
        r#"{}/receipts POST {{"schema":1}} omit no-referrer true"#,
        evaluate("location.origin")
    );
    assert_eq!(evaluate("fetched.join('|')"), expected);
    assert_eq!(waiting(), "null");
}

#[wasm_bindgen_test]
async fn r_06_a_receipt_that_was_not_taken_goes_again() {
    for status in [0, 1, 500] {
        begin("", status);
        send("/receipts", Some("first"));
        sleep(50).await;
        assert_eq!(waiting(), "first");
        send("/receipts", Some("second"));
        sleep(50).await;
        assert_eq!(waiting(), "first\nsecond");
        answer_fetches(200);
        send("/receipts", None);
        sleep(50).await;
        assert_eq!(evaluate("fetched.length"), "2");
        assert_eq!(waiting(), "null");
    }
}

#[wasm_bindgen_test]
async fn r_06_no_more_than_ten_wait() {
    begin("", 500);
    for number in 1..=12 {
        send("/receipts", Some(&number.to_string()));
    }
    sleep(50).await;
    assert_eq!(waiting(), "3\n4\n5\n6\n7\n8\n9\n10\n11\n12");
}

#[wasm_bindgen_test]
async fn g_09_where_storage_is_denied_each_is_sent_once() {
    begin("", 500);
    deny_storage();
    send("/receipts", Some("first"));
    sleep(50).await;
    send("/receipts", None);
    sleep(50).await;
    assert_eq!(evaluate("fetched.length"), "1");
}
