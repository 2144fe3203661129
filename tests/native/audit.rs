//! The owner's audit: what a page does besides what its configuration says.

use kelisim::core::audit::{Place, SENTENCES, examine, examine_wording, newer, sentence};
use kelisim::core::json;
use kelisim::core::value::{NULL, Value, Words};

use crate::site::{config, rasco};

fn found(granted: &'static Value, seen: &[(Place, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let seen: Vec<_> = seen.iter().map(|(place, what)| (*place, Words::of(what))).collect();
    let findings = examine(&config(&rasco()), "rasco.kz", granted, &seen);
    findings
        .iter()
        .map(|finding| (finding.code, finding.about.text()))
        .collect()
}

/// G-07: a hard-coded tag, a pixel for visitors without JavaScript and a hint are each named by their host.
#[test]
fn g_07_tags_pixels_and_hints_are_named() {
    let metrika = r#"<div><img src="https://mc.yandex.ru/watch/1" alt=""></div>"#;
    let seen = [
        (Place::Element, "https://mc.yandex.ru/metrika/tag.js"),
        (Place::Element, "https://mc.yandex.ru/metrika/tag.js?again"),
        (Place::NoScript, metrika),
        (Place::Hint, "https://www.googletagmanager.com/"),
        (Place::Element, "https://connect.facebook.net/en_US/fbevents.js"),
        (Place::Element, "/own.js"),
        (Place::Element, "https://rasco.kz/own.js"),
        (Place::Element, "https://static.rasco.kz/own.js"),
        (Place::Element, "https://rasco.kz/go?to=https://example.org/"),
        (Place::Hint, ""),
    ];
    let expected = [
        ("hardCodedTag", "mc.yandex.ru"),
        ("noscriptPixel", "mc.yandex.ru"),
        ("vendorHint", "www.googletagmanager.com"),
        ("undeclaredHost", "connect.facebook.net"),
    ];
    assert_eq!(found(&NULL, &seen), expected);
}

/// O-04: what a granted service loads is its own; a host and a cookie that no service names are listed.
#[test]
fn o_04_undeclared_hosts_and_cookies_are_listed() {
    let granted = json::parse(r#"{"yandex-metrika":true,"google-analytics":false}"#).unwrap();
    let seen = [
        (Place::Element, "https://mc.yandex.ru/metrika/tag.js"),
        (Place::Element, "https://www.googletagmanager.com/gtag/js"),
        (Place::Resource, "https://mc.yandex.ru/watch/1"),
        (Place::Resource, "https://region1.google-analytics.com/g/collect"),
        (Place::Resource, "https://stats.example.org/hit"),
        (Place::Resource, "https://notmc.yandex.ru.example.org/hit"),
        (Place::Cookie, "_ym_uid"),
        (Place::Cookie, "kelisim"),
        (Place::Cookie, "_fbp"),
    ];
    let expected = [
        ("hardCodedTag", "www.googletagmanager.com"),
        ("undeclaredHost", "stats.example.org"),
        ("undeclaredHost", "notmc.yandex.ru.example.org"),
        ("undeclaredCookie", "_fbp"),
    ];
    assert_eq!(found(granted, &seen), expected);
}

/// What was there when the page began is the site's own.
#[test]
fn o_04_only_newer_cookies_count() {
    let names = newer("PHPSESSID=1; _ga=2; cart=", "cart=; PHPSESSID=0");
    assert_eq!(names.iter().map(|name| name.text()).collect::<Vec<_>>(), ["_ga"]);
}

/// F-06: words that press are listed with their place, where an owner looks who has no tool.
#[test]
fn f_06_an_owners_words_are_looked_at() {
    assert_eq!(examine_wording(Value::from(rasco()).keep()).iter().count(), 0);
    let mut site = rasco();
    site["texts"] = serde_json::json!({"ru": {"lead": "Примите cookie и получите скидку 10 %."}});
    let found = examine_wording(Value::from(site).keep());
    let found: Vec<_> = found
        .iter()
        .map(|finding| (finding.code, finding.about.text()))
        .collect();
    assert_eq!(found, [("wording", "texts.ru.lead (reward)")]);
}

/// Every code says what it means and what to do.
#[test]
fn every_finding_has_a_sentence() {
    for (code, words) in SENTENCES {
        assert!(words.len() > 60 && words.ends_with('.'), "{code}");
        assert_eq!(sentence(code), words);
    }
    assert_eq!(sentence("nothing"), "");
}
