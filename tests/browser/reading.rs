//! Reading the compiled site out of values of the page; for what is accepted, `serde_wasm_bindgen` is the oracle.

use js_sys::{JSON, Reflect};
use kelisim::consent::{Mirror, Record, Timestamp, decoded};
use kelisim::page::reading::{Unreadable, read, reader};
use kelisim_site::{Site, Step, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::value;

const SITES: [&str; 5] = [
    include_str!("../../compiler/tests/snapshots/cap.kz.json"),
    include_str!("../../compiler/tests/snapshots/course-planet.net.json"),
    include_str!("../../compiler/tests/snapshots/elesses.pro.json"),
    include_str!("../../compiler/tests/snapshots/proeducation.kz.json"),
    include_str!("../../compiler/tests/snapshots/rasco.kz.json"),
];

fn site(json: &str) -> JsValue {
    Reflect::get(&JSON::parse(json).unwrap(), &JsValue::from_str("site")).unwrap()
}

#[wasm_bindgen_test]
fn the_five_sites_are_read_as_the_oracle_reads_them() {
    for json in SITES {
        let value = site(json);
        let expected: Site = serde_wasm_bindgen::from_value(value.clone()).unwrap();
        assert_eq!(read::<Site>(&value), Ok(expected));
    }
}

#[wasm_bindgen_test]
fn a_site_with_something_unknown_missing_or_wrong_is_refused() {
    for (path, change) in [
        ("site", "site.more = 1"),
        ("site", "delete site.policy"),
        ("site", "site.format = '1'"),
        ("site", "site.format = 1.5"),
        ("site", "site.format = -1"),
        ("site", "site.format = 2 ** 32"),
        ("site", "site.languages = {}"),
        ("site", "site.signals.refuses = 'nothing'"),
        ("site", "site.services[0].storage[0].seconds = 2 ** 53"),
        ("site", "site.services[0].start[0].more = {}"),
        ("site", "site.light = [['a']]"),
        ("site", "site.light = [['a', 'b', 'c']]"),
        (
            "site",
            "Object.defineProperty(site, 'policy', {get() { throw new Error('mine') }, enumerable: true})",
        ),
        (
            "site",
            "Object.defineProperty(site, 'policy', {value: '1', enumerable: false})",
        ),
        (
            "site",
            "Object.setPrototypeOf(site, {policy: site.policy}), delete site.policy",
        ),
    ] {
        Reflect::set(&js_sys::global(), &JsValue::from_str(path), &site(SITES[0])).unwrap();
        assert!(read::<Site>(&value("site")).is_ok());
        value(change);
        assert_eq!(read::<Site>(&value("site")), Err(Unreadable), "{change}");
    }
    for code in [
        "undefined",
        "null",
        "1",
        "'text'",
        "[]",
        "(() => 1)",
        "new Map()",
        "new Proxy({}, {ownKeys() { throw 1 }})",
    ] {
        assert_eq!(read::<Site>(&value(code)), Err(Unreadable), "{code}");
    }
}

#[wasm_bindgen_test]
fn what_a_page_puts_on_every_object_is_not_read() {
    value("Object.prototype.more = 1");
    let read = read::<Site>(&site(SITES[0]));
    value("delete Object.prototype.more");
    assert!(read.is_ok());
}

#[wasm_bindgen_test]
fn variants_and_numbers_are_read_as_the_oracle_reads_them() {
    for code in [
        "'null'",
        "'now'",
        "({bool: true})",
        "({number: -2.5})",
        "({number: 1e21})",
        "({text: '\u{1f600}'})",
        "({list: ['null', {list: []}]})",
        "({object: [['__proto__', {text: 'a'}]]})",
        "({granted: 'replay'})",
    ] {
        let value = value(code);
        let expected: Value = serde_wasm_bindgen::from_value(value.clone()).unwrap();
        assert_eq!(read::<Value>(&value), Ok(expected), "{code}");
    }
    for code in [
        "'text'",
        "({null: 1})",
        "({})",
        "({bool: true, number: 1})",
        "({bool: 1})",
        "({number: '1'})",
        "'moment'",
    ] {
        assert_eq!(read::<Value>(&value(code)), Err(Unreadable), "{code}");
    }
    let code = "({load: {url: 'https://a.example/'}})";
    assert!(read::<Step>(&value(code)).is_ok());
}

#[wasm_bindgen_test]
fn a_value_that_holds_itself_is_refused() {
    let code = "(() => { const cycle = {list: []}; cycle.list.push(cycle); return cycle })()";
    assert_eq!(read::<Value>(&value(code)), Err(Unreadable));
}

/// A record as it lies in a browser, and the cookie of a scope made of it.
const RECORD: &str = r#"{"schema":1,"decided":"2026-11-30T10:03:39Z","expires":"2027-05-29T10:03:39Z","method":"accept","categories":{"analytics":true,"replay":true,"marketing":true},"services":{"yandex-metrika":true,"google-analytics":true},"language":"ru","policy":"2024-01-03","notice":"d56dc953a9121003d4c6778e51da792b82166bfcbe6b5737e9cc3e75b96b5579","terms":{"analytics":"ffbe8b5d","replay":"e5d6c41c","marketing":"daef7667","yandex-metrika":"2f78be15","google-analytics":"987f8e16"},"scope":"rasco.kz","operator":"140340014652","history":[],"code":"248C-33TY","check":"e11d616f"}"#;

#[wasm_bindgen_test]
fn r_01_a_record_is_read_as_it_was_written() {
    let now = Timestamp::parse("2026-11-30T12:00:00Z").unwrap();
    let record = Record::read(RECORD, reader(JSON::parse(RECORD).unwrap()), now).unwrap();
    assert_eq!(record.to_text(), RECORD);
    let cookie = record.cookie("rasco.kz", now, true);
    let value = cookie.split_once('=').unwrap().1.split(';').next().unwrap();
    let text = decoded(value).unwrap();
    assert!(Mirror::read(&text, reader(JSON::parse(&text).unwrap()), now).is_some());
    for changed in [
        RECORD.replace("\"schema\":1", "\"schema\":\"1\""),
        RECORD.replace("true", "1"),
        RECORD.replace("248C", "248D"),
    ] {
        let value = JSON::parse(&changed).unwrap();
        assert!(Record::read(&changed, reader(value), now).is_none(), "{changed}");
    }
}
