//! The record: what it holds, what counts as one, and what of the past it keeps.

use std::sync::LazyLock;

use kelisim::consent::{Days, Record, Timestamp};
use kelisim::visit::{Control, Effect};
use kelisim_site::Site;
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::site::{Browser, DAY, Visit, after, language, noon, own_service, rasco, read};

/// A change of a stored record.
type Change = fn(&mut Value);

/// The bytes that these switches leave in storage.
fn stored(switches: [bool; 5]) -> String {
    let mut visit = Visit::first(&rasco()).shown();
    visit.save(&switches);
    visit.record().to_text()
}

static GRANT: LazyLock<String> = LazyLock::new(|| stored([true, false, true, true, false]));
static REFUSAL: LazyLock<String> = LazyLock::new(|| stored([false; 5]));

fn record_in(text: &str) -> Option<Record> {
    read(text, noon())
}

/// A text with this before its check, and a check that holds.
fn sealed(rest: &str) -> String {
    let digest = Sha256::digest(rest.as_bytes());
    let check: String = digest
        .iter()
        .take(4)
        .flat_map(|byte| format!("{byte:02x}").into_bytes())
        .map(char::from)
        .collect();
    format!(r#"{rest},"check":"{check}"}}"#)
}

/// A record changed by hand, with a check that holds again: what remains to be found is not left to the check.
fn resealed(mut record: Value) -> String {
    record.as_object_mut().unwrap().shift_remove("check");
    sealed(record.to_string().strip_suffix('}').unwrap())
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn remove(record: &mut Value, key: &str) {
    record.as_object_mut().unwrap().shift_remove(key).unwrap();
}

const KEYS: [&str; 15] = [
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

/// R-01: exactly the fields of the contract, in their order, and what each of them says.
#[test]
fn r_01_a_record_has_exactly_the_fields_of_the_contract() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Accept);
    let record = parsed(&visit.record().to_text());
    let keys: Vec<&String> = record.as_object().unwrap().keys().collect();
    assert_eq!(keys, KEYS);
    assert_eq!(record["schema"], 1);
    assert_eq!(record["decided"], "2026-11-20T12:00:00Z");
    assert_eq!(record["expires"], "2027-05-19T12:00:00Z");
    assert_eq!(record["method"], "accept");
    let categories: Vec<_> = record["categories"].as_object().unwrap().iter().collect();
    let on = &json!(true);
    let name = |name: &str| name.to_owned();
    assert_eq!(
        categories,
        [
            (&name("analytics"), on),
            (&name("replay"), on),
            (&name("marketing"), on)
        ]
    );
    let services: Vec<_> = record["services"].as_object().unwrap().iter().collect();
    assert_eq!(
        services,
        [(&name("yandex-metrika"), on), (&name("google-analytics"), on)]
    );
    assert_eq!(record["language"], "ru");
    assert_eq!(record["policy"], "2024-01-03");
    assert_eq!(record["scope"], "rasco.kz");
    assert_eq!(record["operator"], "140340014652");
    assert_eq!(record["history"], json!([]));
    let terms = record["terms"].as_object().unwrap();
    let ids: Vec<&String> = terms.keys().collect();
    assert_eq!(
        ids,
        ["analytics", "replay", "marketing", "yandex-metrika", "google-analytics"]
    );
    assert!(terms.values().all(|terms| terms.as_str().unwrap().len() == 8));
}

/// R-01: the bytes of a record, which change only with a migration.
#[test]
fn r_01_the_bytes_of_a_record_are_golden() {
    let mut site = rasco();
    for category in &mut site.categories {
        category.terms = "0ddba115".to_owned();
    }
    for service in &mut site.services {
        service.terms = "0badcafe".to_owned();
    }
    site.languages[0].notice = "ab".repeat(32);
    let mut visit = Visit::first(&site).shown();
    visit.save(&[true, false, false, true, false]);
    visit.now = after(1);
    visit.press(Control::Withdraw);
    let notice = &site.languages[0].notice;
    let rest = format!(
        concat!(
            r#"{{"schema":1,"decided":"2026-11-20T12:00:01Z","expires":"2027-05-19T12:00:01Z","method":"withdraw","#,
            r#""categories":{{"analytics":false,"replay":false,"marketing":false}},"#,
            r#""services":{{"yandex-metrika":false,"google-analytics":false}},"#,
            r#""language":"ru","policy":"2024-01-03","notice":"{0}","#,
            r#""terms":{{"analytics":"0ddba115","replay":"0ddba115","marketing":"0ddba115","#,
            r#""yandex-metrika":"0badcafe","google-analytics":"0badcafe"}},"#,
            r#""scope":"rasco.kz","operator":"140340014652","history":[{{"decided":"2026-11-20T12:00:00Z","#,
            r#""method":"save","notice":"{0}","code":"T4YC-5T82","granted":["analytics","yandex-metrika"]}}]"#
        ),
        notice
    );
    let text = visit.record().to_text();
    assert_eq!(text, sealed(&rest));
}

/// I-02: 40 random bits in Crockford's base 32; other bits, another code.
#[test]
fn i_02_the_code_is_short_and_comes_from_chance() {
    let code = |random| {
        let mut visit = Visit::first(&rasco()).shown();
        visit.random = random;
        visit.press(Control::Accept);
        visit.record().code().unwrap().to_owned()
    };
    assert_eq!(code(0), "0000-0000");
    assert_eq!(code(u64::MAX), "ZZZZ-ZZZZ");
    assert_eq!(code(1), "1000-0000");
    assert_eq!(code(31 << 35), "0000-000Z");
    assert_eq!(code(1 << 40), code(0), "no more than 40 bits leave a trace");
}

/// G-09: the check of a record made here is the one that an independent SHA-256 makes.
#[test]
fn g_09_the_check_is_what_the_contract_says() {
    for text in [&*GRANT, &*REFUSAL] {
        assert_eq!(resealed(parsed(text)), *text);
    }
}

/// R-03: the refusals of two visitors at one moment are the same bytes, whatever chance gave them.
#[test]
fn r_03_refusals_hold_no_identifier() {
    for control in [Control::Reject, Control::Withdraw, Control::Save] {
        let refusal = |random| {
            let mut visit = Visit::first(&rasco()).shown();
            visit.random = random;
            visit.press(control);
            visit.record().to_text()
        };
        assert_eq!(refusal(1), refusal(0xff_ffff_ffff));
        assert_eq!(parsed(&refusal(1)).get("code"), None);
    }
}

/// R-03, W-05: after a withdrawal the code stands only in the history entry of the grant.
#[test]
fn w_05_the_withdrawal_keeps_the_proof_of_the_grant() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Accept);
    let grant = parsed(&visit.record().to_text());
    visit.now = after(DAY);
    visit.press(Control::Withdraw);
    let record = parsed(&visit.record().to_text());
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
fn assert_bounded(site: &Site, decisions: i64, grants: impl Fn(i64) -> bool) {
    let mut visit = Visit::first(site).shown();
    let mut latest_grant = None;
    for number in 0..decisions {
        visit.now = after(number + 1);
        visit.random = number.unsigned_abs();
        let before = visit.state.record().and_then(|record| record.code().map(str::to_owned));
        latest_grant = before.or(latest_grant);
        visit.press(if grants(number) {
            Control::Accept
        } else {
            Control::Reject
        });
        let text = visit.record().to_text();
        assert!(text.len() <= 8 * 1024, "{} bytes after {number} decisions", text.len());
        let history = visit.record().history();
        assert!(history.len() <= 20, "{} entries", history.len());
        assert_eq!(history.is_empty(), number == 0);
        if let Some(code) = &latest_grant {
            let is_kept = history.iter().any(|entry| entry.code.as_ref() == Some(code));
            assert!(is_kept, "{number}: the latest grant is lost");
        }
        if number > 0 {
            assert_eq!(history.last().unwrap().decided, after(number), "the newest entry stays");
        }
    }
    assert!(read(&visit.record().to_text(), visit.now).is_some());
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
    let mut site = rasco();
    let names = (0..40).map(|number| format!("a-service-with-a-long-name-{number}"));
    site.services = names.map(|name| own_service(&name, "analytics")).collect();
    assert_bounded(&site, 40, |number| number % 7 == 0);
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
        visit.now = after(later);
        visit.random = random;
        for _ in 0..decisions {
            visit.save(&switches);
        }
        let record = visit.record();
        let again = read(&record.to_text(), visit.now);
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
            prop_assert_eq!(record_in(&corrupted), None, "{}", corrupted);
        }
    }

    /// G-09: a record that was cut off is none.
    #[test]
    fn g_09_a_cut_record_is_none(place in any::<prop::sample::Index>()) {
        let end = place.index(GRANT.len());
        prop_assert_eq!(GRANT.get(..end).and_then(record_in), None);
    }

    /// G-09: whatever a stranger put there is read without a panic, and is no decision.
    #[test]
    fn g_09_anything_else_is_no_record(text in prop_oneof![".*", r#"[\[\]{}",:0-9a-z\\]{0,60}"#]) {
        prop_assert_eq!(record_in(&text), None);
        let visit = Visit::at(&rasco(), Browser::with_record(&text), noon());
        prop_assert!(visit.allowed().is_empty() && visit.state.asks());
        prop_assert!(!visit.opened.iter().any(crate::site::starts));
    }

    /// G-09: whatever lies there with a check that holds, only what was answered is allowed, and nothing panics.
    #[test]
    fn g_09_a_forged_record_allows_nothing_half(
        ids in prop::collection::vec(("[a-z]{1,3}|analytics|marketing|yandex-metrika", any::<bool>()), 0..6),
        categories: bool,
    ) {
        let mut forged = parsed(&GRANT);
        let members: serde_json::Map<String, Value> = ids.into_iter().map(|(id, on)| (id, json!(on))).collect();
        forged[if categories { "categories" } else { "services" }] = Value::Object(members);
        let visit = Visit::at(&rasco(), Browser::with_record(&resealed(forged)), noon());
        for service in &visit.site.services {
            prop_assert!(!visit.allows(&service.id) || visit.allows(&service.category));
        }
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
                let text = String::from_utf8_lossy(&bytes);
                assert_eq!(record_in(&text), None, "{text}");
            }
        }
    }
}

/// What is wrong by itself, in a grant and in a refusal.
const CONTRADICTIONS: &[(&str, Change)] = &[
    ("another schema", |record| record["schema"] = json!(2)),
    ("a schema that is text", |record| record["schema"] = json!("1")),
    ("an unknown key", |record| record["more"] = json!("x")),
    ("no categories", |record| remove(record, "categories")),
    ("no language", |record| remove(record, "language")),
    ("no terms", |record| remove(record, "terms")),
    ("no history", |record| remove(record, "history")),
    ("another order", |record| {
        let schema = record.as_object_mut().unwrap().shift_remove("schema").unwrap();
        record["schema"] = schema;
    }),
    ("an unknown method", |record| record["method"] = json!("scroll")),
    ("an answer that is text", |record| {
        record["categories"]["analytics"] = json!("true");
    }),
    ("an answer that is a number", |record| {
        record["services"]["yandex-metrika"] = json!(1);
    }),
    ("terms that are a number", |record| {
        record["terms"]["analytics"] = json!(1);
    }),
    ("a history of texts", |record| record["history"] = json!(["x"])),
    ("a history of anything", |record| {
        record["history"] = json!([{"decided": "2026-11-20T12:00:00Z"}]);
    }),
    ("a history that is none", |record| record["history"] = json!({})),
    ("a history beyond its bound", |record| {
        let entry = json!({"decided": "2026-11-20T12:00:00Z", "method": "reject", "notice": "", "granted": []});
        record["history"] = json!(vec![entry; 21]);
    }),
    ("a notice that is an object", |record| record["notice"] = json!({})),
    ("terms that are a list", |record| record["terms"] = json!([])),
    ("a scope that is null", |record| record["scope"] = json!(null)),
    ("a date that is none", |record| {
        record["decided"] = json!("2026-11-31T12:00:00Z");
    }),
    ("a date with a zone", |record| {
        record["decided"] = json!("2026-11-20T12:00:00+00:00");
    }),
];

/// G-09: what is foreign or contradicts itself is no record, even where the check holds.
#[test]
fn g_09_what_contradicts_itself_is_no_record() {
    for text in [&*GRANT, &*REFUSAL] {
        assert!(record_in(&resealed(parsed(text))).is_some());
        for (name, change) in CONTRADICTIONS {
            let mut record = parsed(text);
            change(&mut record);
            assert_eq!(record_in(&resealed(record)), None, "{name}");
        }
    }
    let of_grant: &[(&str, Change)] = &[
        ("a grant without a code", |record| remove(record, "code")),
        ("a grant by refusal", |record| record["method"] = json!("reject")),
        ("a grant by withdrawal", |record| record["method"] = json!("withdraw")),
    ];
    for (name, change) in of_grant {
        let mut record = parsed(&GRANT);
        change(&mut record);
        assert_eq!(record_in(&resealed(record)), None, "{name}");
    }
    let of_refusal: &[(&str, Change)] = &[
        ("a refusal with a code", |record| {
            record.as_object_mut().unwrap().shift_remove("check");
            record["code"] = json!("7KQ2-M4XD");
        }),
        ("a refusal by acceptance", |record| record["method"] = json!("accept")),
    ];
    for (name, change) in of_refusal {
        let mut record = parsed(&REFUSAL);
        change(&mut record);
        assert_eq!(record_in(&resealed(record)), None, "{name}");
    }
}

/// G-09: what is ahead of its time or too long is no record, even where the check holds.
#[test]
fn g_09_a_record_is_of_its_time() {
    let with = |decided: Timestamp, expires: Timestamp| {
        let mut record = parsed(&GRANT);
        record["decided"] = json!(decided.to_text());
        record["expires"] = json!(expires.to_text());
        record_in(&resealed(record)).is_some()
    };
    let ahead = |seconds: i64| with(after(seconds), after(seconds).plus(Days(180)));
    assert!(ahead(DAY) && !ahead(DAY + 1), "at most 24 h ahead");
    let term = |days: i64| with(noon(), after(days * DAY));
    assert!(
        term(1095) && !term(1096) && term(0) && !term(-1),
        "at most 1095 days, and none that ends before it began"
    );
}

/// G-09: the same members in other words are no record: it is written in one way only.
#[test]
fn g_09_a_record_is_written_in_one_way() {
    let rest = |text: &str| text[..text.len() - ",\"check\":\"12345678\"}".len()].to_owned();
    let forms = [
        rest(&GRANT).replacen("{\"schema\":1", "{ \"schema\":1", 1),
        rest(&GRANT).replacen("\"schema\":1", "\"schema\":1.0", 1),
        rest(&GRANT).replacen("\"schema\":1", "\"schema\":1,\"schema\":1", 1),
        rest(&GRANT).replacen("rasco.kz", "r\\u0061sco.kz", 1),
        rest(&GRANT).replacen("\"language\":\"ru\"", "\"language\":\"ru\",\"code\":null", 1),
    ];
    assert!(record_in(&sealed(&rest(&GRANT))).is_some());
    for form in forms {
        assert_ne!(form, rest(&GRANT));
        assert_eq!(record_in(&sealed(&form)), None, "{form}");
    }
    for text in [
        format!("{} ", *GRANT),
        format!("\u{feff}{}", *GRANT),
        format!("[{}]", *GRANT),
    ] {
        assert_eq!(record_in(&text), None, "{text}");
    }
}

/// G-09: a category may be called like a member of the record.
#[test]
fn g_09_an_id_may_be_called_check() {
    let mut site = rasco();
    site.categories.push(crate::site::own_category("check"));
    let mut visit = Visit::first(&site).shown();
    visit.press(Control::Accept);
    visit.now = after(1);
    visit.press(Control::Accept);
    let text = visit.record().to_text();
    assert_eq!(read(&text, visit.now).as_ref(), Some(visit.record()));
}

/// G-09: a clock that went back a year makes the record one of the future; one that went on ten years ends it.
#[test]
fn g_09_a_clock_that_went_back_is_undecided() {
    let at = |seconds: i64| Visit::at(&rasco(), Browser::with_record(&GRANT), after(seconds));
    let year_before = at(-365 * DAY);
    assert!(year_before.state.asks() && year_before.allowed().is_empty());
    let ten_years_after = at(3652 * DAY);
    assert!(ten_years_after.state.asks() && ten_years_after.allowed().is_empty());
    assert!(!at(-DAY / 24).state.asks());
}

/// G-09: whatever lies in storage, a visitor whose record is none is asked, and nothing starts; one line says so.
#[test]
fn g_09_a_broken_record_is_undecided_and_said() {
    let ignored = Effect::Complain(kelisim::visit::Complaint::RecordIgnored);
    let texts = ["", "null", "{}", "[]", "[1]", "1", "\"accept\"", "not json"];
    for text in texts
        .into_iter()
        .chain([&*GRANT.replace("false", "true"), &GRANT[..200]])
    {
        let visit = Visit::at(&rasco(), Browser::with_record(text), noon());
        assert!(visit.state.asks(), "{text}");
        assert!(visit.allowed().is_empty());
        assert_eq!(visit.state.record(), None);
        assert_eq!(
            crate::site::count(&visit.opened, |effect| *effect == ignored),
            1,
            "{text}"
        );
        assert!(!visit.opened.iter().any(crate::site::starts));
    }
    assert!(!Visit::first(&rasco()).opened.contains(&ignored));
}

/// G-09: where nothing can be stored a choice holds for this page, and the next one asks.
#[test]
fn g_09_where_storage_is_denied_a_choice_holds_for_the_page() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.browser.denies = true;
    let effects = visit.press(Control::Accept);
    assert_eq!(visit.loaded(&effects).len(), 2);
    assert_eq!(visit.look(false), []);
    assert!(!visit.allowed().is_empty());
    let next = visit.next(&rasco(), after(DAY));
    assert!(
        next.state.asks() && next.allowed().is_empty(),
        "B-07: asked again, never assumed"
    );
}

/// R-02: the record names the hash of the notice in the language in which it was shown, whatever it grants.
#[test]
fn r_02_the_record_is_bound_to_the_notice() {
    let mut visit = Visit::first(&rasco()).shown();
    let notice = |tag: &str| language(&rasco(), tag).of(&rasco()).unwrap().notice.clone();
    assert_eq!(notice("ru").len(), 64);
    for control in [Control::Accept, Control::Reject] {
        for tag in ["ru", "kk", "en"] {
            visit.arrived(tag);
            visit.speak(tag);
            visit.press(control);
            assert_eq!(visit.record().notice(), notice(tag));
            assert_eq!(visit.record().language(), Some(tag));
        }
    }
}
