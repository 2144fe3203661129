//! The record: what it holds, what counts as one, and what of the past it keeps.

use kelisim::core::config::Config;
use kelisim::core::json;
use kelisim::core::notice::dates::{DAY, SECOND, stamp};
use kelisim::core::notice::hash::sha256;
use kelisim::core::record::Record;
use kelisim::core::update::Act;
use kelisim::core::value::{Value, Words};
use kelisim::core::view::notice_text;
use proptest::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::LazyLock;
use unicode_normalization::is_nfc;

use crate::site::{Visit, config, noon, own_service, rasco, texts};

/// A change of a document.
type Change = fn(&mut serde_json::Value);

/// The bytes that these switches leave in storage.
fn stored(switches: [bool; 5]) -> Words {
    let mut visit = Visit::first(&rasco()).shown();
    visit.save(&switches);
    visit.record().json()
}

static GRANT: LazyLock<Words> = LazyLock::new(|| stored([true, false, true, true, false]));
static REFUSAL: LazyLock<Words> = LazyLock::new(|| stored([false; 5]));

fn read(text: &str) -> Option<Record> {
    Record::read(json::parse(text)?, noon())
}

/// A record changed by hand, with a check that holds again: what remains to be found is not left to the check.
fn resealed(mut record: serde_json::Value) -> String {
    record.as_object_mut().unwrap().shift_remove("check");
    let rest = record.to_string();
    let mut check = String::new();
    for byte in &Sha256::digest(rest.as_bytes())[..4] {
        write!(check, "{byte:02x}").unwrap();
    }
    record["check"] = json!(check);
    record.to_string()
}

fn parsed(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

/// R-01: exactly the fields of the contract, in their order, and what each of them says.
#[test]
fn r_01_a_record_has_exactly_the_fields_of_the_contract() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.act(Act::Accept);
    let record = parsed(&visit.record().json());
    let keys: Vec<&String> = record.as_object().unwrap().keys().collect();
    let expected = [
        "schema",
        "decided",
        "expires",
        "method",
        "categories",
        "services",
        "language",
        "policy",
        "notice",
        "terms",
        "scope",
        "operator",
        "history",
        "code",
        "check",
    ];
    assert_eq!(keys, expected);
    assert_eq!(record["schema"], 1);
    assert_eq!(record["decided"], "2026-11-20T12:00:00Z");
    assert_eq!(record["expires"], "2027-05-19T12:00:00Z");
    assert_eq!(record["method"], "accept");
    assert_eq!(
        record["categories"],
        json!({"analytics": true, "replay": true, "marketing": true})
    );
    assert_eq!(
        record["services"],
        json!({"yandex-metrika": true, "google-analytics": true})
    );
    assert_eq!(record["language"], "ru");
    assert_eq!(record["policy"], "2024-01-03");
    assert_eq!(record["scope"], "rasco.kz");
    assert_eq!(record["operator"], "140340014652");
    assert_eq!(record["history"], json!([]));
    assert_eq!(record["terms"].as_object().unwrap().len(), 5);
    for terms in record["terms"].as_object().unwrap().values() {
        assert_eq!(terms.as_str().unwrap().len(), 8);
    }
}

/// I-02: 40 random bits in Crockford's base 32; other bits, another code.
#[test]
fn i_02_the_code_is_short_and_comes_from_chance() {
    let code = |random| {
        let mut visit = Visit::first(&rasco()).shown();
        visit.random = random;
        visit.act(Act::Accept);
        visit.record().text("code")
    };
    assert_eq!(code(0), "0000-0000");
    assert_eq!(code(u64::MAX), "ZZZZ-ZZZZ");
    assert_eq!(code(1), "1000-0000");
    assert_eq!(code(31 << 35), "0000-000Z");
    assert_eq!(code(1 << 40), code(0), "no more than 40 bits leave a trace");
}

/// The seal of a record made here is the one that an independent SHA-256 makes.
#[test]
fn g_09_the_check_is_what_the_contract_says() {
    for text in [&*GRANT, &*REFUSAL] {
        assert_eq!(resealed(parsed(text)), *text);
    }
}

/// R-03: the refusals of two visitors at one moment are the same bytes, whatever chance gave them.
#[test]
fn r_03_refusals_hold_no_identifier() {
    for act in [Act::Reject, Act::Withdraw, Act::Save] {
        let refusal = |random| {
            let mut visit = Visit::first(&rasco()).shown();
            visit.random = random;
            visit.act(act);
            visit.record().json()
        };
        assert_eq!(refusal(1), refusal(0xff_ffff_ffff));
        assert_eq!(parsed(&refusal(1)).get("code"), None);
    }
}

/// R-03, W-05: after a withdrawal the code stands only in the history entry of the grant.
#[test]
fn w_05_the_withdrawal_keeps_the_proof_of_the_grant() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.act(Act::Accept);
    let grant = parsed(&visit.record().json());
    visit.now += DAY;
    visit.act(Act::Withdraw);
    let record = parsed(&visit.record().json());
    assert_eq!(record.get("code"), None);
    assert_eq!(
        record["history"],
        json!([{
            "decided": grant["decided"], "method": "accept", "notice": grant["notice"], "code": grant["code"],
            "granted": ["analytics", "replay", "marketing", "yandex-metrika", "google-analytics"],
        }])
    );
}

/// W-05: many decisions stay within the bounds, and the latest grant is the last to go.
fn assert_bounded(document: &serde_json::Value, decisions: usize, grants: impl Fn(usize) -> bool) {
    let mut visit = Visit::first(document).shown();
    let mut latest_grant = None;
    for number in 0..decisions {
        visit.now += SECOND;
        visit.random = number as u64;
        let before = visit.state.record.map(|record| record.text("code"));
        if let Some(code) = before.filter(|code| !code.is_empty()) {
            latest_grant = Some(code);
        }
        visit.act(if grants(number) { Act::Accept } else { Act::Reject });
        let text = visit.record().json();
        assert!(text.len() <= 8 * 1024, "{} bytes after {number} decisions", text.len());
        let record = parsed(&text);
        let history = record["history"].as_array().unwrap();
        assert!(history.len() <= 20, "{} entries", history.len());
        assert_eq!(history.is_empty(), number == 0);
        if let Some(code) = &latest_grant {
            assert!(
                history.iter().any(|entry| entry["code"] == code.text()),
                "{number}: the latest grant is lost"
            );
        }
        if number > 0 {
            assert!(
                history.last().unwrap()["decided"] == stamp(visit.now - SECOND).text(),
                "the newest entry stays"
            );
        }
    }
    assert!(Record::read(visit.record().value(), visit.now).is_some());
}

#[test]
fn w_05_a_thousand_decisions_stay_bounded() {
    assert_bounded(&rasco(), 1000, |number| number % 30 == 0);
    assert_bounded(&rasco(), 60, |number| number == 0);
    assert_bounded(&rasco(), 60, |_| false);
}

/// W-05: with so many services that bytes run out before entries do.
#[test]
fn w_05_many_services_stay_within_8_kb() {
    let mut document = rasco();
    let names = (0..40).map(|number| format!("a-service-with-a-long-name-{number}"));
    document["services"] = names.map(|name| own_service(&name, "analytics")).collect();
    document.as_object_mut().unwrap().remove("googleConsentMode");
    assert_bounded(&document, 40, |number| number % 7 == 0);
}

proptest! {
    /// G-09: a record is read as it was written, whatever was chosen and when.
    #[test]
    fn g_09_what_is_written_reads_the_same(
        switches in prop::collection::vec(any::<bool>(), 5),
        decisions in 1_usize..4,
        later in 0..5000 * DAY,
        random: u64,
    ) {
        let mut visit = Visit::first(&rasco()).shown();
        visit.now += later;
        visit.random = random;
        for _ in 0..decisions {
            visit.save(&switches);
        }
        let record = visit.record();
        let again = Record::read(json::parse(&record.json()).unwrap(), visit.now);
        prop_assert_eq!(again.as_ref(), Some(record));
    }

    /// G-09: a single byte that is another one makes it no record.
    #[test]
    fn g_09_a_changed_byte_is_no_record(place in any::<prop::sample::Index>(), byte: u8, grant: bool) {
        let text = if grant { &*GRANT } else { &*REFUSAL };
        let mut bytes = text.as_bytes().to_vec();
        let place = place.index(bytes.len());
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        if let Ok(corrupted) = String::from_utf8(bytes) {
            prop_assert_eq!(read(&corrupted), None, "{}", corrupted);
        }
    }

    /// G-09: a record that was cut off is none.
    #[test]
    fn g_09_a_cut_record_is_none(place in any::<prop::sample::Index>()) {
        let end = place.index(GRANT.len());
        prop_assert_eq!(GRANT.get(..end).and_then(read), None);
    }

    /// G-09: whatever a stranger put there is read without a panic, and is no decision.
    #[test]
    fn g_09_anything_else_is_no_record(text in prop_oneof![".*", r#"[\[\]{}",:0-9a-z\\]{0,60}"#]) {
        prop_assert_eq!(read(&text), None);
    }
}

/// G-09: every byte of the alphabet that a forger would use, in every place.
#[test]
fn g_09_no_byte_can_be_flipped() {
    for place in 0..GRANT.len() {
        for byte in [b'0', b'1', b'9', b'a', b't', b' ', b'"', b',', b'}'] {
            let mut bytes = GRANT.as_bytes().to_vec();
            if bytes[place] != byte {
                bytes[place] = byte;
                assert_eq!(
                    read(&String::from_utf8_lossy(&bytes)),
                    None,
                    "{}",
                    String::from_utf8_lossy(&bytes)
                );
            }
        }
    }
}

/// G-09: what is foreign, ahead of its time, too long or contradicts itself is no record, even where the check holds.
#[test]
fn g_09_what_contradicts_itself_is_no_record() {
    let day = |days: i64| stamp(noon() + days * DAY);
    let ahead = |milliseconds: i64| {
        let mut record = parsed(&GRANT);
        record["decided"] = json!(stamp(noon() + milliseconds).text());
        read(&resealed(record)).is_some()
    };
    assert!(ahead(DAY) && !ahead(DAY + SECOND), "at most 24 h ahead");
    let term = |days: i64| {
        let mut record = parsed(&GRANT);
        record["expires"] = json!(day(days).text());
        read(&resealed(record)).is_some()
    };
    assert!(
        term(1095) && !term(1096) && term(0) && !term(-1),
        "at most 1095 days, and none that ends before it began"
    );
    let changes: &[(&str, Change)] = &[
        ("another schema", |record| record["schema"] = json!(2)),
        ("a schema that is text", |record| record["schema"] = json!("1")),
        ("an unknown key", |record| record["more"] = json!("x")),
        ("no categories", |record| {
            drop(record.as_object_mut().unwrap().shift_remove("categories"));
        }),
        ("no language", |record| {
            drop(record.as_object_mut().unwrap().shift_remove("language"));
        }),
        ("no terms", |record| {
            drop(record.as_object_mut().unwrap().shift_remove("terms"));
        }),
        ("another order", |record| {
            let schema = record.as_object_mut().unwrap().shift_remove("schema").unwrap();
            record["schema"] = schema;
        }),
        ("an unknown method", |record| record["method"] = json!("scroll")),
        ("an answer that is text", |record| {
            record["categories"]["analytics"] = json!("true");
        }),
        ("terms that are a number", |record| {
            record["terms"]["analytics"] = json!(1);
        }),
        ("a history of texts", |record| record["history"] = json!(["x"])),
        ("a history that is none", |record| record["history"] = json!({})),
        ("a notice that is an object", |record| record["notice"] = json!({})),
        ("terms that are a list", |record| record["terms"] = json!([])),
        ("a date that is none", |record| {
            record["decided"] = json!("2026-11-31T12:00:00Z");
        }),
        ("a date with a zone", |record| {
            record["decided"] = json!("2026-11-20T12:00:00+00:00");
        }),
    ];
    for text in [&*GRANT, &*REFUSAL] {
        assert!(read(&resealed(parsed(text))).is_some());
        for (name, change) in changes {
            let mut record = parsed(text);
            change(&mut record);
            assert_eq!(read(&resealed(record)), None, "{name}");
        }
    }
    let of_grant: &[(&str, Change)] = &[
        ("a grant without a code", |record| {
            drop(record.as_object_mut().unwrap().shift_remove("code"));
        }),
        ("a grant by refusal", |record| record["method"] = json!("reject")),
        ("a grant by withdrawal", |record| record["method"] = json!("withdraw")),
    ];
    for (name, change) in of_grant {
        let mut record = parsed(&GRANT);
        change(&mut record);
        assert_eq!(read(&resealed(record)), None, "{name}");
    }
    let of_refusal: &[(&str, Change)] = &[
        ("a refusal with a code", |record| record["code"] = json!("7KQ2-M4XD")),
        ("a refusal by acceptance", |record| record["method"] = json!("accept")),
    ];
    for (name, change) in of_refusal {
        let mut record = parsed(&REFUSAL);
        change(&mut record);
        assert_eq!(read(&resealed(record)), None, "{name}");
    }
}

/// G-09: a clock that went back a year makes the record one of the future; one that went on ends it.
#[test]
fn g_09_a_clock_that_went_back_is_undecided() {
    let year_before = Visit::at(&rasco(), Some(&GRANT), noon() - 365 * DAY);
    assert!(year_before.state.asks() && year_before.allowed().is_empty());
    let hour_before = Visit::at(&rasco(), Some(&GRANT), noon() - DAY / 24);
    assert!(!hour_before.state.asks());
}

/// G-09: whatever lies in storage, a visitor whose record is none is asked, and nothing starts.
#[test]
fn g_09_a_broken_record_is_undecided() {
    for text in [
        "",
        "null",
        "{}",
        "[]",
        "1",
        "\"accept\"",
        &GRANT.replace("false", "true"),
        &GRANT[..200],
    ] {
        let visit = Visit::at(&rasco(), Some(text), noon());
        assert!(visit.state.asks(), "{text}");
        assert!(visit.allowed().is_empty());
        assert_eq!(visit.state.record, None);
    }
}

/// The notice in a language, with the owner's own words.
fn notice(config: &Config, language: &str) -> Words {
    notice_text(config, &texts(language).with(config.document.get("texts")))
}

/// R-02: the record names the hash of the notice in the language in which it was shown.
#[test]
fn r_02_the_record_is_bound_to_the_notice() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.act(Act::Accept);
    assert_eq!(visit.record().text("notice"), sha256(&notice(&visit.config, "ru")));
    assert_eq!(visit.record().text("notice").len(), 64);
    visit.send(kelisim::core::update::Event::Language(texts("kk")));
    visit.act(Act::Accept);
    assert_eq!(visit.record().text("notice"), sha256(&notice(&visit.config, "kk")));
    assert_eq!(visit.record().text("language"), "kk");
}

/// R-02: UTF-8, NFC, lines that end by one LF, and the placeholders unfilled.
#[test]
fn r_02_the_notice_is_plain_text() {
    let config = config(&rasco());
    for language in ["kk", "ru", "en"] {
        let notice = notice(&config, language);
        assert!(is_nfc(&notice));
        assert!(notice.ends_with('\n') && !notice.contains('\r'));
        for placeholder in ["{date}", "{code}"] {
            assert!(notice.contains(placeholder), "{language}: {placeholder}");
        }
        for told in [
            "Anysoft",
            "https://rasco.kz/privacy",
            "Yandex Metrika",
            "Google Analytics",
            "_ym_uid",
        ] {
            assert!(notice.contains(told), "{language}: {told}");
        }
    }
}

/// R-02: one character that the visitor could have read is another hash.
#[test]
fn r_02_one_character_is_another_notice() {
    let before = sha256(&notice(&config(&rasco()), "ru"));
    let changes: &[Change] = &[
        |site| site["operator"]["name"] = json!("ТОО «Anysofт»"),
        |site| site["operator"]["address"] = json!("г. Алматы"),
        |site| site["policy"]["url"] = json!("https://rasco.kz/privacy2"),
        |site| site["policy"]["version"] = json!("2024-01-04"),
        |site| site["withdrawal"]["email"] = json!("privacy2@rasco.kz"),
        |site| site["expiresDays"] = json!(181),
        |site| site["texts"] = json!({"ru": {"lead": "Мы спрашиваем."}}),
        |site| site["categories"][0]["purpose"] = json!({"kk": "а", "ru": "б", "en": "c"}),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut site = rasco();
        change(&mut site);
        assert_ne!(sha256(&notice(&config(&site), "ru")), before, "change {number}");
    }
    let mut decomposed = rasco();
    decomposed["operator"]["address"] = json!("и\u{306}");
    assert!(is_nfc(&notice(&config(&decomposed), "ru")));
    let mut recoloured = rasco();
    recoloured["appearance"]["tokens"] = json!({"accent": "#0a5"});
    assert_eq!(
        sha256(&notice(&config(&recoloured), "ru")),
        before,
        "a colour is no word"
    );
}

/// A value that is no object has no members to read.
#[test]
fn g_09_values_that_are_no_objects_are_no_records() {
    for value in [
        Value::Null,
        Value::Bool(true),
        Value::Number(1.0),
        Value::List(&[]),
        Value::Map(&[]),
    ] {
        assert_eq!(Record::read(value.keep(), noon()), None);
    }
}
