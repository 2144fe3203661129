//! The record: exactly the contract's fields, bound to what was shown, with nothing that tells one refusal from another.

use std::sync::Arc;

use serde_json::{Value, json};
use visits::internet::{Dam, Internet};
use visits::runner::{Case, Visitor};
use visits::site::{Page, Part, Site, address, full_configuration, site_json};
use visits::visit::Visit;
use visits::{shows, shows_equal};

/// 2026-11-20T10:00:00Z.
const DECIDED: u64 = 1_795_168_800_000;
const DAY: u64 = 86_400_000;

pub(crate) fn cases() -> Vec<Case> {
    visits::visits![
        r_01_a_record_has_exactly_the_fields_of_the_contract,
        r_02_the_notice_is_bound_by_its_hash,
        r_03_two_refusals_are_the_same_bytes,
        v_01_v_02_a_decision_ends_with_its_term,
        g_09_a_record_that_was_tampered_with_is_none,
    ]
}

fn page_at(moment: u64) -> Page {
    Page::new("ru").before_tag(&format!("<script src=\"/visit/clock.js?frozen={moment}\"></script>"))
}

fn names(object: &Value) -> Vec<String> {
    object.as_object().unwrap().keys().cloned().collect()
}

fn is_hex(value: &Value, length: usize) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.len() == length && text.chars().all(|digit| matches!(digit, '0'..='9' | 'a'..='f')))
}

async fn r_01_a_record_has_exactly_the_fields_of_the_contract(visitor: Visitor) {
    let internet = Internet::with([Site::of("rasco.kz").page("/", &page_at(DECIDED))]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://rasco.kz/?from=newsletter").await;
    visit.answer("accept").await;
    let record = visit.recorded().await;
    let fields = [
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
    shows_equal!("R-01", names(&record), fields, "exactly these fields, in this order");
    let fixed = json!({"schema": 1, "decided": "2026-11-20T10:00:00Z", "expires": "2027-05-19T10:00:00Z", "method": "accept",
        "categories": {"analytics": true, "replay": true, "marketing": true},
        "services": {"yandex-metrika": true, "google-analytics": true},
        "language": "ru", "policy": "2024-01-03", "scope": "rasco.kz", "operator": "140340014652", "history": []});
    for (name, value) in fixed.as_object().unwrap() {
        shows_equal!("R-01", &record[name], value, "{name}");
    }
    shows!("R-02", is_hex(&record["notice"], 64), "the notice's SHA-256: {record}");
    shows!("R-01", is_hex(&record["check"], 8), "the check: {record}");
    let mut terms = names(&record["terms"]);
    terms.sort();
    shows_equal!(
        "R-01",
        terms,
        ["analytics", "google-analytics", "marketing", "replay", "yandex-metrika"],
        "terms"
    );
    let code = record["code"].as_str().unwrap();
    let digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let well_formed = code.len() == 9
        && code
            .char_indices()
            .all(|(i, c)| if i == 4 { c == '-' } else { digits.contains(c) });
    shows!("I-02", well_formed, "a short code: {code}");
    let text = record.to_string();
    for private in ["Mozilla", "newsletter", "http", "127.0.0.1"] {
        shows!("R-01", !text.contains(private), "the record has {private}: {text}");
    }
    let frozen = visit
        .script("const r = kelisim.record(); try { r.method = 'x'; r.categories.analytics = false } catch (_) {} return kelisim.record()")
        .await;
    assert_eq!(frozen, record, "the page gets a copy that it cannot change");

    // A second decision keeps the first in its history.
    visit.withdraw().await;
    let second = visit.record().await.unwrap();
    shows!(
        "R-03",
        second.get("code").is_none(),
        "no code outside the history: {second}"
    );
    assert_eq!(second["history"].as_array().unwrap().len(), 1, "{second}");
    assert_eq!(second["history"][0]["code"], record["code"], "{second}");
    let without_code: Vec<&str> = fields.into_iter().filter(|name| *name != "code").collect();
    shows_equal!("R-01", names(&second), without_code, "the same fields, without a code");
}

async fn notice_hash(visit: &Visit, address: &str) -> String {
    visit.open(address).await;
    visit
        .script("localStorage.clear(); document.cookie = 'kelisim=; max-age=0; path=/; domain=' + location.hostname")
        .await;
    visit.reload().await;
    visit.reads_the_notice().await;
    visit.answer("reject").await;
    let record = visit.recorded().await;
    shows!("R-02", is_hex(&record["notice"], 64), "{record}");
    record["notice"].as_str().unwrap().to_owned()
}

async fn r_02_the_notice_is_bound_by_its_hash(visitor: Visitor) {
    // Plain http: the browser's own digest is not there.
    let site = address("proeducation.kz");
    let internet = Internet::with([Site::of("proeducation.kz")]);
    let visit = visitor.comes_to(&internet).await;
    let first = notice_hash(&visit, &site).await;
    shows_equal!(
        "R-02",
        notice_hash(&visit, &site).await,
        first,
        "the same text, the same hash"
    );
    let mut configuration = site_json("proeducation.kz");
    configuration["operator"]["address"] = json!("Республика Казахстан, г. Алматы, улица Примерная, дом 2");
    internet.change(|site| site.configuration(&configuration));
    let second = notice_hash(&visit, &site).await;
    shows!("R-02", second != first, "one character more, another hash");
    let mut apart = configuration.clone();
    apart["operator"]["address"] = json!("Республика Казахстан, г. Алматы, улица Примерная, дом 2и\u{306}");
    internet.change(|site| site.configuration(&apart));
    let third = notice_hash(&visit, &site).await;
    apart["operator"]["address"] = json!("Республика Казахстан, г. Алматы, улица Примерная, дом 2\u{439}");
    internet.change(|site| site.configuration(&apart));
    shows_equal!(
        "R-02",
        notice_hash(&visit, &site).await,
        third,
        "equal words, however they were written, the same hash"
    );
    shows!("R-02", second != third, "and they are part of it");
    internet.change(|site| site.configuration(&configuration));
    internet.change(|site| site.page("/", &Page::new("kk")));
    shows!(
        "R-02",
        notice_hash(&visit, &site).await != second,
        "another language, another text, another hash"
    );
    configuration["appearance"] = json!({"theme": "dark", "layout": "box"});
    internet.change(|site| site.configuration(&configuration).page("/", &Page::new("ru")));
    shows_equal!(
        "R-02",
        notice_hash(&visit, &site).await,
        second,
        "looks are no part of the text"
    );
}

/// What a refusal leaves in a new profile: of somebody who read the settings, or of somebody who had the first layer alone.
async fn refusal(visitor: &Visitor, internet: &Arc<Internet>, reads: bool) -> Value {
    let visit = visitor.comes_to(internet).await;
    visit.open("https://rasco.kz/").await;
    if reads {
        visit.reads_the_notice().await;
    }
    visit.answer("reject").await;
    visit.recorded().await;
    visit
        .script("return [localStorage.getItem('kelisim'), document.cookie]")
        .await
}

async fn r_03_two_refusals_are_the_same_bytes(visitor: Visitor) {
    let site = || Site::of("rasco.kz").page("/", &page_at(DECIDED));
    let internet = Internet::with([site()]);
    let read = refusal(&visitor, &internet, true).await;
    shows_equal!(
        "R-03",
        refusal(&visitor, &internet, true).await,
        read,
        "nothing tells one visitor's refusal from another's"
    );
    // The settings are on their way for ever, and a refusal does not wait for them.
    let internet = Internet::with([site().changes(Part::settings("ru"), |answer| answer.behind(&Dam::default()))]);
    let quick = refusal(&visitor, &internet, false).await;
    shows_equal!(
        "R-03",
        refusal(&visitor, &internet, false).await,
        quick,
        "nor where the words of the settings were not there"
    );
    shows_equal!("R-03", quick, read, "nor who has read them from who has not");
}

async fn v_01_v_02_a_decision_ends_with_its_term(visitor: Visitor) {
    let domain = "elesses.pro";
    let internet = Internet::with([Site::of(domain).page("/", &page_at(DECIDED))]);
    let visit = visitor.comes_to(&internet).await;
    for action in ["accept", "reject"] {
        internet.change(|site| site.page("/", &page_at(DECIDED)));
        visit.open(&address(domain)).await;
        visit
            .script("localStorage.clear(); document.cookie = 'kelisim=; max-age=0; path=/; domain=elesses.pro'")
            .await;
        visit.reload().await;
        visit.answer(action).await;
        visit.recorded().await;
        visit.settled_decisions(1).await;

        internet.change(|site| site.page("/", &page_at(DECIDED + 180 * DAY - 1000)));
        let before = internet.requests_to_vendors().len();
        visit.reload().await;
        visit.settles().await;
        shows!(
            "V-01",
            !visit.asks().await,
            "a second before its end the {action} holds"
        );
        if action == "accept" {
            visit.until_requested("mc.yandex.ru", "/metrika").await;
            visit
                .until("a vendor", async || {
                    (internet.requests_to_vendors().len() > before).then_some(())
                })
                .await;
        }

        internet.change(|site| site.page("/", &page_at(DECIDED + 180 * DAY + 1000)));
        visit.open("about:blank").await;
        let before = internet.requests_to_vendors().len();
        visit.open_and_start(&address(domain)).await;
        visit.first_layer().await;
        visit.settles().await;
        shows_equal!(
            "V-01",
            internet.requests_to_vendors().len(),
            before,
            "a second after its end nothing runs"
        );
        shows!(
            "V-01",
            visit.script("return kelisim.allows('analytics')").await == false,
            "and nothing is allowed"
        );
    }
}

async fn g_09_a_record_that_was_tampered_with_is_none(visitor: Visitor) {
    let page = Page::new("ru");
    let internet = Internet::with([Site::of("rasco.kz")
        .configuration(&full_configuration())
        .page("/", &page)]);
    let visit = visitor.comes_to(&internet).await;
    visit.open("https://rasco.kz/").await;
    visit.answer("reject").await;
    let record = visit.recorded().await;
    let mut granted = record.clone();
    granted["categories"]["analytics"] = json!(true);
    granted["services"]["yandex-metrika"] = json!(true);
    let mut foreign = record.clone();
    foreign["schema"] = json!(2);
    let corpus = [
        granted.to_string(),
        foreign.to_string(),
        "{".to_owned(),
        "null".to_owned(),
        "[]".to_owned(),
        "\u{0}".to_owned(),
    ];
    for stored in corpus {
        visit
            .script_with("localStorage.setItem('kelisim', arguments[0])", vec![json!(stored)])
            .await;
        visit.reload().await;
        visit.first_layer().await;
        visit.settles().await;
        let vendors = internet.requests_to_vendors();
        shows!("G-09", vendors.is_empty(), "{stored} grants nothing: {vendors:?}");
        assert_eq!(visit.errors().await, Vec::<String>::new(), "{stored}");
    }
    visit.answer("reject").await;
    visit.settled_decisions(1).await;
    shows_equal!(
        "G-09",
        visit.record().await.unwrap()["method"],
        "reject",
        "a new choice is honoured"
    );
}
