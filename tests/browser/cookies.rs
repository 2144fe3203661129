//! Cookies and the purge.

use kelisim::page::cookies::{all, named, remove, write};
use kelisim::page::purge::{self, CookieForm};
use kelisim_site::Storage;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{deny_cookies, deny_storage, evaluate, set_stage};

const SHADOWS: &str = "<img name=\"cookie\" alt=\"\"><form name=\"cookie\"></form>";

fn begin(html: &str) {
    set_stage("");
    evaluate(
        "document.cookie.split('; ').forEach(cookie => document.cookie = cookie.split('=')[0] + '=;max-age=0;path=/')",
    );
    evaluate("localStorage.clear(), sessionStorage.clear()");
    set_stage(html);
}

fn cookie() -> String {
    evaluate("Reflect.get(Document.prototype, 'cookie', document)")
}

/// The page's own `document.cookie` is an element; Kelisim's is not.
#[wasm_bindgen_test]
fn b_02_cookies_are_read_and_written_past_an_image_of_their_name() {
    begin(SHADOWS);
    assert_eq!(evaluate("typeof document.cookie"), "object");
    assert!(write("kelisim=%7B%7D;path=/"));
    assert_eq!(cookie(), "kelisim=%7B%7D");
    assert_eq!(named("kelisim"), ["%7B%7D"]);
    remove(["kelisim=;max-age=0;path=/no", "kelisim=;max-age=0;path=/"]);
    assert_eq!(cookie(), "");
}

#[wasm_bindgen_test]
fn b_04_a_cookie_that_is_not_taken_is_not_there() {
    begin("");
    assert!(!write("kelisim=1;path=/;domain=other.example"));
    assert!(named("kelisim").is_empty());
    assert!(write("kelisim-other=1;path=/"), "another name is another cookie");
    assert!(named("kelisim").is_empty());
}

#[wasm_bindgen_test]
fn g_09_denied_cookies_are_none() {
    begin("");
    deny_cookies();
    assert_eq!(all(), "");
    assert!(!write("kelisim=1"));
    remove(["kelisim=;max-age=0"]);
    purge::cookies(&|_, _| unreachable!());
}

#[wasm_bindgen_test]
fn w_03_doomed_cookies_go_and_others_stay() {
    begin(SHADOWS);
    for cookie in ["_ga=GA1.1;path=/", "own=1;path=/", "_ym_uid=2;path=/"] {
        assert!(write(cookie));
    }
    purge::cookies(&|name, _| {
        let removal = format!("{name}=;max-age=0;path=/");
        if name.starts_with('_') {
            vec![CookieForm { removal, renewal: None }]
        } else {
            Vec::new()
        }
    });
    assert_eq!(cookie(), "own=1");
}

#[wasm_bindgen_test]
fn v_05_a_cookie_is_renewed_where_it_lay_and_nowhere_else() {
    begin("");
    assert!(write("_ga=GA1.1;path=/"));
    purge::cookies(&|name, value| {
        let form = |path: &str| CookieForm {
            removal: format!("{name}=;max-age=0;path={path}"),
            renewal: Some(format!("{name}={value}-renewed;max-age=60;path={path}")),
        };
        vec![form("/"), form("/elsewhere")]
    });
    assert_eq!(cookie(), "_ga=GA1.1-renewed");
}

#[wasm_bindgen_test]
fn w_03_doomed_names_go_from_the_stores() {
    begin("");
    evaluate(
        "for (const store of [localStorage, sessionStorage]) for (const name of ['_ym_a', '_ym_b', 'own', 'имя']) store.setItem(name, '1')",
    );
    purge::store(Storage::LocalStorage, &|name| name.starts_with("_ym") || name == "имя");
    purge::store(Storage::Cookie, &|_| unreachable!());
    assert_eq!(
        evaluate("['_ym_a', '_ym_b', 'own', 'имя'].filter(name => localStorage.getItem(name) !== null)"),
        "own"
    );
    assert_eq!(
        evaluate("sessionStorage.getItem('_ym_a')"),
        "1",
        "another store is another matter"
    );
}

#[wasm_bindgen_test]
fn g_09_denied_stores_have_no_names() {
    begin("");
    deny_storage();
    for place in [Storage::LocalStorage, Storage::SessionStorage] {
        purge::store(place, &|_| unreachable!());
    }
}
