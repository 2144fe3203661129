//! What is advised: it stops nothing, and is named with its place.

use std::collections::BTreeSet;

use kelisim_compiler::config::messages::messages;
use kelisim_compiler::config::problem::{Code, Level};
use kelisim_compiler::owner::check::{Finding, check};
use serde_json::{Value, json};

use crate::cases::changed;
use crate::house::{CATALOGUE, LANGUAGES};

/// A change over the good configuration, and what is advised about the result, where the case is about that: `path: code`.
#[derive(serde::Deserialize)]
struct Case {
    name: String,
    change: Value,
    advice: Option<Vec<String>>,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("../cases.json")).unwrap()
}

fn findings(change: &Value) -> Vec<Finding> {
    check(&changed(change).to_string(), &CATALOGUE, &LANGUAGES, messages("en"))
}

fn advised(change: &Value) -> Vec<Finding> {
    let findings = findings(change).into_iter();
    findings.filter(|finding| finding.level == Level::Advice).collect()
}

/// C-06, L-05, V-05: each case names what it shows.
#[test]
fn advice_is_named_where_the_case_is_about_it() {
    for case in cases() {
        if let Some(expected) = case.advice {
            let advised = advised(&case.change).into_iter();
            let found: Vec<String> = advised.map(|found| format!("{}: {}", found.path, found.code)).collect();
            assert_eq!(found, expected, "{}", case.name);
        }
    }
}

#[test]
fn every_advice_has_a_case() {
    let shown: BTreeSet<Code> = cases()
        .iter()
        .flat_map(|case| advised(&case.change))
        .map(|found| found.code)
        .collect();
    let codes = messages("en").problems.keys().copied();
    let known: BTreeSet<Code> = codes.filter(|code| code.level() == Level::Advice).collect();
    assert_eq!(shown, known);
}

/// What only the build refuses hides no advice: the configuration is whole. Anything else does, because a configuration
/// that is not whole can be advised about only by guessing.
#[test]
fn advice_is_given_where_a_page_would_work() {
    let lifetime = json!([{ "name": "own_a", "in": "cookie", "lifetime": "400d" }]);
    let service = json!({
        "id": "own", "category": "analytics", "recipient": "R", "country": "KZ", "purpose": { "kk": "а", "ru": "б" },
        "data": ["ip"], "storage": lifetime,
    });
    let whole = json!({ "services": [service], "texts": null, "googleConsentMode": null });
    for (key, value, code, is_advised) in [
        (
            "texts",
            json!({ "ru": { "title": "Поторопитесь" }, "kk": { "title": "а" } }),
            Code::Urgency,
            true,
        ),
        (
            "appearance",
            json!({ "layout": "box", "position": "top" }),
            Code::NoSuchLook,
            true,
        ),
        (
            "appearance",
            json!({ "tokens": { "background": "#fff", "text": "#fff" } }),
            Code::LowContrast,
            true,
        ),
        ("scope", json!("com.kz"), Code::InvalidScope, false),
        ("zebra", json!(1), Code::UnknownKey, false),
    ] {
        let mut change = whole.clone();
        change[key] = value;
        let found = findings(&change);
        let named: BTreeSet<Code> = found.iter().map(|finding| finding.code).collect();
        assert!(named.contains(&code), "{named:?}");
        assert_eq!(named.contains(&Code::LongLifetime), is_advised, "{code}");
        assert!(found.is_sorted_by_key(|finding| finding.level), "errors come first");
    }
}

/// S-03: of a service that is left out nothing is advised but what its markup tells.
#[test]
fn s_03_what_is_left_out_has_no_cookies() {
    let vendors = json!([{ "use": "yandex-metrika", "counter": 1 }, { "use": "tilda-statistics" }]);
    let offered = json!({ "services": vendors, "expiresDays": 180, "texts": null, "googleConsentMode": null });
    assert_eq!(advised(&offered).len(), 2);
    for (key, value) in [("excludeCountries", json!(["RU"])), ("audience", json!("minors"))] {
        let mut left_out = offered.clone();
        left_out[key] = value;
        assert_eq!(advised(&left_out), [], "{key}");
    }
}
