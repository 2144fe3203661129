//! The life of a consent as the core sees it: stopped and purged, mirrored to other hosts, followed in other tabs,
//! answered by a signal, receipted.

use kelisim::core::catalogue::Kind;
use kelisim::core::json;
use kelisim::core::notice::dates::{DAY, SECOND};
use kelisim::core::purge::{Fate, STORES, concerns, fate};
use kelisim::core::record::{Record, Stored};
use kelisim::core::update::{Act, Effect, Event};
use kelisim::core::value::{Value, Words};
use proptest::prelude::*;
use serde_json::json;

use crate::markup::Markup;
use crate::site::{Visit, cookie_value, ids, in_browser, noon, own_services, rasco, texts, three_vendors};

/// The record that effects keep, as it lies in storage.
fn stored(effects: &[Effect]) -> Option<&'static str> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::Store(record) => Some(record.text()),
        _ => None,
    })
}

/// The cookie that effects set.
fn mirror(effects: &[Effect]) -> Option<&'static str> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::Mirror(cookie) => Some(cookie.text()),
        _ => None,
    })
}

fn receipt(effects: &[Effect]) -> Option<&'static Value> {
    effects.iter().find_map(|effect| match effect {
        Effect::Send(receipt) if !receipt.is_null() => Some(*receipt),
        _ => None,
    })
}

/// The details of the decisions that the page hears of.
fn decisions(effects: &[Effect]) -> Vec<&'static Value> {
    let detail = |effect: &Effect| match effect {
        Effect::Emit(name, detail) if *name == "decision" => json::parse(detail.text()),
        _ => None,
    };
    effects.iter().filter_map(detail).collect()
}

fn loads(effects: &[Effect]) -> usize {
    let load = |effect: &&Effect| matches!(effect, Effect::Step(step) if step.kind == Kind::Load);
    effects.iter().filter(load).count()
}

fn place(effects: &[Effect], of: impl Fn(&Effect) -> bool) -> usize {
    effects
        .iter()
        .position(of)
        .unwrap_or_else(|| panic!("not among {effects:#?}"))
}

fn with(mut site: serde_json::Value, key: &str, value: serde_json::Value) -> serde_json::Value {
    site[key] = value;
    site
}

/// W-03: a withdrawal in the order of the contract.
#[test]
fn w_03_a_withdrawal_stops_tells_purges_and_reloads() {
    let mut visit = Visit::first(&three_vendors()).shown();
    visit.act(Act::Accept);
    let effects = visit.act(Act::Withdraw);
    let order = [
        place(&effects, |effect| matches!(effect, Effect::Store(_))),
        place(&effects, |effect| *effect == Effect::Close),
        place(&effects, |effect| *effect == Effect::Yield),
        place(&effects, |effect| *effect == Effect::Draw),
        place(
            &effects,
            |effect| matches!(effect, Effect::Step(step) if step.kind == Kind::Call),
        ),
        effects.len()
            - 1
            - effects
                .iter()
                .rev()
                .position(|effect| matches!(effect, Effect::Step(_)))
                .unwrap(),
        place(&effects, |effect| matches!(effect, Effect::Consent(_))),
        place(&effects, |effect| *effect == Effect::Purge),
        place(
            &effects,
            |effect| matches!(effect, Effect::Emit(name, _) if *name == "decision"),
        ),
        place(&effects, |effect| *effect == Effect::Reload),
    ];
    assert!(order.is_sorted(), "{order:?} of {effects:#?}");
    assert_eq!(effects.last(), Some(&Effect::Reload));
    assert_eq!(loads(&effects), 0);
}

/// W-03: at every start, before anything of the page's or of a vendor's begins, what is not granted is purged.
#[test]
fn w_03_every_start_purges_first() {
    let mut visit = Visit::first(&three_vendors()).shown();
    visit.save(&[true, false, false, true, false, false]);
    let starts = [
        Visit::first(&three_vendors()).opened,
        visit.next(&three_vendors(), noon() + DAY).opened,
        visit.next(&three_vendors(), noon() + 200 * DAY).opened,
    ];
    for opened in starts {
        let purge = place(&opened, |effect| *effect == Effect::Purge);
        let begins = |effect: &Effect| {
            *effect == Effect::Activate || matches!(effect, Effect::Step(step) if step.kind == Kind::Load)
        };
        assert!(purge < place(&opened, begins), "{opened:#?}");
        let last_flag = opened
            .iter()
            .rposition(|effect| matches!(effect, Effect::Step(step) if step.kind == Kind::Flag));
        assert!(last_flag.is_some_and(|flag| flag < purge), "{opened:#?}");
    }
}

/// W-03, V-05: where everything is granted nothing has to go first. What was granted begins, and then its cookies are looked
/// at, which are to end with the consent.
#[test]
fn w_03_v_05_where_all_is_granted_the_cookies_are_looked_at_after_it_began() {
    let mut visit = Visit::first(&three_vendors()).shown();
    visit.act(Act::Accept);
    let opened = visit.next(&three_vendors(), noon() + DAY).opened;
    assert_eq!(loads(&opened), 3, "{opened:#?}");
    let purges: Vec<usize> = (0..opened.len()).filter(|at| opened[*at] == Effect::Purge).collect();
    assert_eq!(purges.len(), 1, "{opened:#?}");
    assert!(
        place(&opened, |effect| *effect == Effect::Draw) < purges[0],
        "{opened:#?}"
    );
}

/// W-03: `stay` loads nothing anew, starts nothing of what was withdrawn in this document, and starts what joins.
#[test]
fn w_03_staying_never_starts_again_what_was_withdrawn_here() {
    let site = with(three_vendors(), "onWithdraw", json!("stay"));
    let mut visit = Visit::first(&site).shown();
    visit.save(&[true, false, false, true, false, false]);
    let effects = visit.save(&[true, false, false, false, true, false]);
    assert!(!effects.contains(&Effect::Reload));
    assert_eq!(loads(&effects), 1, "Google Analytics begins: {effects:#?}");
    let effects = visit.act(Act::Accept);
    assert_eq!(loads(&effects), 1, "Top.Mail.Ru begins, Metrika does not: {effects:#?}");
    let next = visit.next(&site, noon() + DAY);
    assert_eq!(loads(&next.opened), 3, "on the next page everything does");
}

/// W-03: the purge takes what the patterns of what is refused name, and nothing else.
#[test]
fn w_03_the_purge_takes_what_is_refused_and_nothing_else() {
    let mut visit = Visit::first(&three_vendors()).shown();
    let gone = |visit: &Visit, store: &str, name: &str| {
        fate(&visit.config, visit.state.permissions, 0, store, name) == Fate::Goes
    };
    let of_vendors = [
        ("cookie", "_ym_uid", "yandex-metrika"),
        ("cookie", "_ym_d", "yandex-metrika"),
        ("cookie", "_ym_visorc_123", "yandex-metrika"),
        ("cookie", "metrika_enabled", "yandex-metrika"),
        ("localStorage", "_ym_uid", "yandex-metrika"),
        ("localStorage", "_ym_retryReqs", "yandex-metrika"),
        ("localStorage", "_ym10000003_lsid", "yandex-metrika"),
        ("localStorage", "_ym10000003:0_reqNum", "yandex-metrika"),
        ("sessionStorage", "__ym_tab_guid", "yandex-metrika"),
        ("cookie", "_ga", "google-analytics"),
        ("cookie", "_ga_ABC123", "google-analytics"),
        ("cookie", "tmr_lvid", "top-mail-ru"),
        ("cookie", "domain_sid", "top-mail-ru"),
        ("localStorage", "tmr_lvid", "top-mail-ru"),
    ];
    let necessary = [
        ("localStorage", "kelisim"),
        ("cookie", "kelisim"),
        ("localStorage", "kelisim-receipts"),
        ("cookie", "PHPSESSID"),
        ("cookie", "JSESSIONID"),
        ("cookie", "sessionid"),
        ("cookie", "csrftoken"),
        ("cookie", "XSRF-TOKEN"),
        ("cookie", "cart"),
        ("cookie", "BITRIX_SM_SALE_UID"),
        ("localStorage", "cart"),
        // In another store than the vendor's, or nearly the vendor's name.
        ("localStorage", "_ga"),
        ("sessionStorage", "_ym_uid"),
        ("cookie", "x_ym_uid"),
        ("cookie", "ga"),
    ];
    for (store, name, _) in of_vendors {
        assert!(gone(&visit, store, name), "undecided: {store} {name}");
    }
    for combination in 0_u32..8 {
        let on = |place: u32| combination >> place & 1 == 1;
        visit.save(&[on(0) || on(1), false, on(2), on(0), on(1), on(2)]);
        for (store, name, service) in of_vendors {
            let granted = visit.state.permissions.allow(&visit.config, service);
            assert_eq!(gone(&visit, store, name), !granted, "{store} {name}");
        }
        for (store, name) in necessary {
            assert!(!gone(&visit, store, name), "{store} {name}");
        }
        // A store is opened exactly where something of what is refused may lie in it.
        for store in STORES {
            let refused = |service| !visit.state.permissions.allow(&visit.config, service);
            let expected = of_vendors
                .iter()
                .any(|(place, _, service)| *place == store && refused(service));
            let found = concerns(&visit.config, visit.state.permissions, store);
            assert_eq!(found, expected, "{store}, {combination}");
        }
    }
}

/// V-05: a cookie that would outlive the consent ends with it, and after 13 months at the latest; what is shorter, another
/// store's or another's stays as it is.
#[test]
fn v_05_no_cookie_outlives_the_consent() {
    let mut visit = Visit::first(&three_vendors()).shown();
    visit.act(Act::Accept);
    let day = 86_400;
    let after =
        |days: i64, store: &str, name: &str| fate(&visit.config, visit.state.permissions, days * day, store, name);
    assert_eq!(after(180, "cookie", "_ym_uid"), Fate::Ends(180 * day));
    assert_eq!(after(364, "cookie", "_ym_uid"), Fate::Ends(364 * day));
    assert_eq!(
        after(365, "cookie", "_ym_uid"),
        Fate::Stays,
        "not longer than it says itself"
    );
    assert_eq!(after(1, "cookie", "_ym_isad"), Fate::Ends(day));
    assert_eq!(after(2, "cookie", "_ym_isad"), Fate::Stays);
    assert_eq!(after(0, "cookie", "_ym_visorc_1"), Fate::Stays, "half an hour");
    for (store, name) in [
        ("localStorage", "_ym_uid"),
        ("cookie", "PHPSESSID"),
        ("cookie", "kelisim"),
    ] {
        assert_eq!(after(1, store, name), Fate::Stays, "{store} {name}");
    }

    let mut site = own_services();
    site["expiresDays"] = json!(1095);
    site["services"][0]["storage"][0]["lifetime"] = json!("730d");
    let mut visit = Visit::first(&site).shown();
    visit.act(Act::Accept);
    let permissions = visit.state.permissions;
    assert_eq!(
        fate(&visit.config, permissions, 1095 * day, "cookie", "own_x"),
        Fate::Ends(395 * day),
        "13 months at most"
    );
}

/// W-03: a name that a granted service stores as well is kept.
#[test]
fn w_03_a_shared_name_is_kept_while_one_of_its_services_is_granted() {
    let mut visit = Visit::first(&own_services()).shown();
    let gone = |visit: &Visit| fate(&visit.config, visit.state.permissions, 0, "cookie", "own_seen") == Fate::Goes;
    assert!(gone(&visit));
    visit.save(&[true, false, false, true, false, false]);
    assert!(!gone(&visit));
    visit.act(Act::Withdraw);
    assert!(gone(&visit));
}

/// B-04: the choice of one host holds on another through the cookie, and a later one there comes back.
#[test]
fn b_04_the_choice_holds_on_every_host_of_the_scope() {
    let mut here = Visit::first(&rasco()).shown();
    let effects = here.save(&[true, false, false, true, false]);
    let (record, cookie) = (stored(&effects).unwrap(), mirror(&effects).unwrap());
    for part in [
        ";path=/",
        ";samesite=lax",
        ";domain=rasco.kz",
        ";max-age=15552000",
        ";secure",
    ] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(cookie.split(';').next().unwrap().len() <= 1500);
    let value = cookie_value(cookie);
    let keys: Vec<&str> = json::parse(&value)
        .unwrap()
        .entries()
        .iter()
        .map(|(key, _)| *key)
        .collect();
    let expected = [
        "schema",
        "decided",
        "expires",
        "method",
        "categories",
        "services",
        "notice",
        "terms",
        "policy",
        "check",
    ];
    assert_eq!(keys, expected, "the contract's members and no identifier");

    let mut there = Visit::opening(&rasco(), |opening| {
        opening.host = Words::at(&"shop.rasco.kz");
        opening.stored = in_browser(None, &[&value]);
        opening.now = noon() + DAY;
    })
    .shown();
    assert_eq!(there.allowed(), ["analytics", "yandex-metrika"]);
    assert!(!there.state.asks());
    assert_eq!(loads(&there.opened), 1);
    assert_eq!(mirror(&there.opened), None, "it is there already");

    let effects = there.act(Act::Withdraw);
    let value = cookie_value(mirror(&effects).unwrap());
    let back = Visit::opening(&rasco(), |opening| {
        opening.stored = in_browser(Some(record), &[&value]);
        opening.now = noon() + 2 * DAY;
    });
    assert!(back.allowed().is_empty(), "withdrawn there, withdrawn here");
    assert!(!back.state.asks());
    let history = back.record().value().list("history");
    assert_eq!(
        history.last().unwrap().text("decided"),
        "2026-11-20T12:00:00Z",
        "the proof stays"
    );

    // Should the browser lose the cookie, what was granted here before does not hold again.
    let ended = stored(&back.opened).unwrap();
    let later = Visit::at(&rasco(), Some(ended), noon() + 3 * DAY);
    assert!(later.allowed().is_empty());
    assert!(later.state.asks(), "B-07: asked again, never assumed");
}

/// B-04: a missing cookie is no withdrawal, and is set anew; a foreign or damaged one says nothing.
#[test]
fn b_04_a_missing_or_damaged_cookie_takes_nothing_back_and_gives_nothing() {
    let mut visit = Visit::first(&rasco()).shown();
    let effects = visit.act(Act::Accept);
    let (record, cookie) = (stored(&effects).unwrap(), mirror(&effects).unwrap());
    let value = cookie_value(cookie);
    let next = Visit::at(&rasco(), Some(record), noon() + DAY);
    assert_eq!(next.allowed().len(), next.config.len());
    assert_eq!(cookie_value(mirror(&next.opened).unwrap()), value, "it is set anew");

    let damaged = [
        value.replace("true", "tru"),
        value.replace("accept", "save"),
        value.replace("\"schema\":1", "\"schema\":2"),
        value.replace("2026-11-20", "2026-11-28"),
        record.to_owned(),
        "{}".to_owned(),
        "null".to_owned(),
    ];
    for text in damaged {
        let next = Visit::opening(&rasco(), |opening| {
            opening.stored = in_browser(None, &[&text]);
            opening.now = noon() + DAY;
        });
        assert!(next.allowed().is_empty(), "{text}");
        assert!(next.state.asks(), "{text}");
    }
}

/// B-04: of two decisions in the same second the one that grants less holds, whichever lies where.
#[test]
fn b_04_on_a_tie_the_stricter_holds() {
    let mut grants = Visit::first(&rasco()).shown();
    let grants = grants.act(Act::Accept);
    let mut refuses = Visit::first(&rasco()).shown();
    let refuses = refuses.act(Act::Reject);
    for (record, cookie) in [(&grants, &refuses), (&refuses, &grants)] {
        let visit = Visit::opening(&rasco(), |opening| {
            opening.stored = in_browser(stored(record), &[&cookie_value(mirror(cookie).unwrap())]);
            opening.now = noon() + DAY;
        });
        assert!(visit.allowed().is_empty());
        assert!(!visit.state.asks());
    }
}

/// B-04: no scope, no cookie; and one that would be too large is not set, which one line says.
#[test]
fn b_04_the_cookie_is_bounded_and_only_for_a_scope() {
    let mut site = rasco();
    site.as_object_mut().unwrap().remove("scope");
    let mut visit = Visit::first(&site).shown();
    assert_eq!(mirror(&visit.act(Act::Accept)), None);

    // Nor is a cookie read that another configuration, or another host above this one, has left.
    let mut shared = Visit::first(&rasco()).shown();
    let left = cookie_value(mirror(&shared.act(Act::Accept)).unwrap());
    let visit = Visit::opening(&site, |opening| opening.stored = in_browser(None, &[&left]));
    assert!(visit.allowed().is_empty(), "without a scope no cookie grants anything");
    assert!(visit.state.asks());

    let mut site = own_services();
    for number in 0..40 {
        let service = crate::site::own_service(&format!("service-number-{number}"), "analytics");
        site["services"].as_array_mut().unwrap().push(service);
    }
    let mut visit = Visit::first(&site).shown();
    let effects = visit.act(Act::Accept);
    let removed = mirror(&effects).unwrap();
    assert!(
        removed.starts_with("kelisim=;") && removed.contains(";max-age=0"),
        "what was shared before goes: {removed}"
    );
    assert!(stored(&effects).is_some(), "the record is kept all the same");

    let mut visit = Visit::opening(&rasco(), |opening| opening.secure = false).shown();
    assert!(
        !mirror(&visit.act(Act::Accept)).unwrap().contains("secure"),
        "on plain http"
    );
}

/// W-04: what another tab decided is followed here: the first layer goes, what was granted starts, with one event.
#[test]
fn w_04_a_grant_in_another_tab_starts_here() {
    let mut there = Visit::first(&rasco()).shown();
    let record = stored(&there.act(Act::Accept));
    let mut here = Visit::first(&rasco()).shown();
    assert!(here.state.asks());
    let effects = here.look(in_browser(record, &[]), false);
    assert!(!here.state.asks());
    assert_eq!(loads(&effects), 2);
    assert!(!effects.contains(&Effect::Reload));
    let heard = decisions(&effects);
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].text("source"), "tab");
    assert_eq!(heard[0].list("granted").len(), here.config.len());
    assert_eq!(here.look(in_browser(record, &[]), false), [], "once");
    assert_eq!(
        here.look(in_browser(None, &[]), false),
        [],
        "a store that was emptied decides nothing"
    );
}

/// W-04: what another tab withdrew stops here at once; the page loads anew unless somebody was writing in it.
#[test]
fn w_04_a_withdrawal_in_another_tab_stops_here() {
    for edited in [false, true] {
        let mut here = Visit::first(&rasco()).shown();
        let record = stored(&here.act(Act::Accept));
        let mut there = Visit::at(&rasco(), record, noon() + SECOND);
        let withdrawn = stored(&there.act(Act::Withdraw));
        here.now += SECOND;
        let effects = here.look(in_browser(withdrawn, &[]), edited);
        assert!(here.allowed().is_empty());
        assert!(effects.contains(&Effect::Purge));
        assert!(
            effects
                .iter()
                .any(|effect| matches!(effect, Effect::Step(step) if step.kind == Kind::Call && step.target == "ym"))
        );
        assert_eq!(effects.contains(&Effect::Reload), !edited);
        assert_eq!(decisions(&effects)[0].list("withdrawn").len(), here.config.len());
        assert_eq!(loads(&effects), 0);
    }
}

/// V-03: a page that stays open longer than the consent closes when it is looked at, and asks.
#[test]
fn v_03_a_consent_ends_in_a_page_that_is_still_open() {
    for site in [rasco(), with(rasco(), "onWithdraw", json!("stay"))] {
        let mut here = Visit::first(&site).shown();
        let record = stored(&here.act(Act::Accept));
        here.now += 180 * DAY - SECOND;
        assert_eq!(here.look(in_browser(record, &[]), false), [], "a second before");
        here.now += SECOND;
        let effects = here.look(in_browser(record, &[]), false);
        assert!(here.allowed().is_empty() && effects.contains(&Effect::Purge));
        assert_eq!(effects.contains(&Effect::Reload), !here.config.stays());
        let heard = decisions(&effects);
        assert_eq!(heard[0].text("source"), "here");
        assert_eq!(heard[0].list("withdrawn").len(), here.config.len());
        assert!(here.state.asks());
        assert_eq!(here.look(in_browser(record, &[]), false), [], "once");
    }
}

/// W-04: a clock that was put back gives no earlier decision the last word.
#[test]
fn w_04_a_withdrawal_is_later_than_the_grant_whatever_the_clock_says() {
    let mut here = Visit::first(&rasco()).shown();
    let granted = stored(&here.act(Act::Accept));
    let mut there = Visit::at(&rasco(), granted, noon());
    there.now = noon() - DAY / 4;
    let withdrawn = there.act(Act::Withdraw);
    here.now = there.now;
    let effects = here.look(in_browser(stored(&withdrawn), &[]), false);
    assert!(
        here.allowed().is_empty() && effects.contains(&Effect::Reload),
        "{effects:#?}"
    );
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Store(_))));
}

/// M-01, W-03: where the page stays, a recording ends with its purpose, although statistics stay granted.
#[test]
fn m_01_a_recording_ends_where_the_page_stays() {
    let mut visit = Visit::first(&with(rasco(), "onWithdraw", json!("stay"))).shown();
    visit.act(Act::Accept);
    let effects = visit.save(&[true, false, true, true, true]);
    let stops = |effect: &Effect| {
        matches!(effect, Effect::Step(step) if step.kind == Kind::Call && step.target == "ym"
            && step.operand.keep().items().get(1) == Some(&Value::Text("destruct")))
    };
    assert!(effects.iter().any(stops), "{effects:#?}");
    let silenced =
        |effect: &Effect| matches!(effect, Effect::Step(step) if step.kind == Kind::Silence && step.target == "ym");
    assert!(effects.iter().any(silenced), "{effects:#?}");
    assert_eq!(loads(&effects), 0);
}

/// B-04: what was granted for one host alone is not shared when the owner adds a scope later.
#[test]
fn b_04_a_scope_that_joins_shares_nothing_that_was_decided_without_it() {
    let mut alone = rasco();
    alone.as_object_mut().unwrap().remove("scope");
    let mut visit = Visit::first(&alone).shown();
    let record = stored(&visit.act(Act::Accept));
    let next = Visit::at(&rasco(), record, noon() + DAY);
    assert!(next.state.asks() && next.allowed().is_empty());
    assert_eq!(mirror(&next.opened), None);
}

/// One browser: what lies in it, and two tabs that act and look in any order.
#[derive(Default)]
struct Browser {
    record: Option<&'static str>,
    mirrors: Vec<String>,
}

impl Browser {
    /// Carries out what lands in the browser.
    fn take(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Store(record) => self.record = Some(record.text()),
                Effect::Mirror(cookie) => self.mirrors = vec![cookie_value(cookie)],
                _ => {}
            }
        }
    }

    fn stored(&self) -> Stored {
        let mirrors: Vec<&str> = self.mirrors.iter().map(String::as_str).collect();
        in_browser(self.record, &mirrors)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// W-04, B-04: whatever two tabs decide, in whatever order they hear of it, they end in one state, which is the latest
    /// decision or, of decisions in the same second, one that grants no more than any of them; and a new page agrees.
    #[test]
    fn w_04_two_tabs_end_in_one_state(turns in prop::collection::vec((0_usize..2, 0_u8..5, -2_i64..3), 1..10)) {
        let mut browser = Browser::default();
        let mut tabs = [Visit::first(&rasco()).shown(), Visit::first(&rasco()).shown()];
        let mut now = noon();
        for (number, act, later) in turns {
            now += later * SECOND;
            let tab = &mut tabs[number];
            tab.now = now;
            tab.random += 1;
            let effects = match act {
                0 => tab.act(Act::Accept),
                1 => tab.act(Act::Reject),
                2 => tab.act(Act::Withdraw),
                3 => tab.save(&[true, false, false, true, false]),
                _ => tab.look(browser.stored(), false),
            };
            browser.take(&effects);
        }
        for _ in 0..2 {
            for tab in &mut tabs {
                tab.now = now;
                let effects = tab.look(browser.stored(), false);
                browser.take(&effects);
            }
        }
        prop_assert_eq!(tabs[0].allowed(), tabs[1].allowed());
        prop_assert_eq!(tabs[0].state.record.map(Record::decided), tabs[1].state.record.map(Record::decided));
        let next = Visit::opening(&rasco(), |opening| {
            opening.stored = browser.stored();
            opening.now = now;
        });
        prop_assert_eq!(next.allowed(), tabs[0].allowed());
    }

    /// G-09: whatever lies in the cookie, nothing is granted by it but what its check seals.
    #[test]
    fn g_09_no_other_cookie_grants_anything(text in prop_oneof![".*", r#"[\[\]{}",:0-9a-z\\]{0,60}"#]) {
        let visit = Visit::opening(&rasco(), |opening| opening.stored = in_browser(None, &[&text]));
        prop_assert!(visit.allowed().is_empty());
        prop_assert!(visit.state.asks());
    }

    /// G-09: a changed byte of the cookie is no decision.
    #[test]
    fn g_09_a_changed_byte_is_no_mirror(place in any::<prop::sample::Index>(), byte in 32_u8..127) {
        let mut visit = Visit::first(&rasco()).shown();
        let value = cookie_value(mirror(&visit.act(Act::Accept)).unwrap());
        let mut bytes = value.clone().into_bytes();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let changed = String::from_utf8(bytes).unwrap();
        prop_assume!(changed != value);
        let next = Visit::opening(&rasco(), |opening| opening.stored = in_browser(None, &[&changed]));
        prop_assert!(next.allowed().is_empty(), "{}", changed);
    }
}

fn with_signal(site: &serde_json::Value) -> Visit {
    Visit::opening(site, |opening| opening.gpc = true)
}

fn page(visit: &Visit) -> String {
    format!("{:?}", Markup::of(&visit.config, &visit.state, &[texts("ru")]))
}

/// S-01, S-02: with the signal nobody is asked, nothing is recorded or started, and the page says so; a choice wins.
#[test]
fn s_01_s_02_the_signal_refuses_until_the_visitor_chooses() {
    let mut visit = with_signal(&rasco());
    assert!(!visit.state.asks());
    assert!(visit.allowed().is_empty());
    assert_eq!((stored(&visit.opened), loads(&visit.opened)), (None, 0));
    let words = texts("ru").named("signal");
    assert!(page(&visit).contains(words.text()), "on the control that stays");
    visit.send(Event::Settings(true));
    visit.send(Event::Shown);
    assert_eq!(page(&visit).matches(words.text()).count(), 2, "and in the settings");

    let effects = visit.save(&[true, false, false, true, false]);
    assert_eq!(loads(&effects), 1);
    let next = Visit::opening(&rasco(), |opening| {
        opening.gpc = true;
        opening.stored = in_browser(stored(&effects), &[]);
        opening.now = noon() + DAY;
    });
    assert_eq!(
        next.allowed(),
        ["analytics", "yandex-metrika"],
        "an explicit choice wins"
    );
    assert!(!page(&next).contains(words.text()));
}

/// S-01: a call of the page is no choice of the visitor's, so it does not override the signal.
#[test]
fn s_01_only_a_control_overrides_the_signal() {
    let mut visit = Visit::first(&rasco()).shown();
    let effects = visit.act(Act::Only(&[Value::Text("analytics")]));
    assert_eq!(loads(&effects), 2);
    let next = Visit::opening(&rasco(), |opening| {
        opening.gpc = true;
        opening.stored = in_browser(stored(&effects), &[]);
        opening.now = noon() + DAY;
    });
    assert!(next.allowed().is_empty());
    assert!(!next.state.asks());
}

/// S-01: where the signal answers, a call of the page grants nothing, and nothing is recorded; what it does not cover, a page
/// may ask for as ever.
#[test]
fn s_01_a_page_grants_nothing_against_the_signal() {
    let refused = [
        Effect::Complain(Words::at(&"noticeNotShown"), Words::NONE),
        Effect::Reply(0, false),
    ];
    let mut visit = with_signal(&rasco()).shown();
    assert_eq!(visit.call(Act::Accept, 0), refused);
    assert_eq!(visit.call(Act::Only(&[Value::Text("analytics")]), 0), refused);
    assert!(visit.state.record.is_none() && visit.allowed().is_empty());
    visit.act(Act::Accept);
    assert!(!visit.allowed().is_empty(), "the visitor may");

    let marketing_only = with(three_vendors(), "signals", json!({"gpc": "marketing"}));
    let mut visit = with_signal(&marketing_only).shown();
    assert_eq!(visit.call(Act::Accept, 0), refused);
    visit.call(Act::Only(&[Value::Text("analytics")]), 0);
    assert!(visit.allowed().contains(&Words::at(&"analytics")));
}

/// S-01: `marketing` refuses that alone; Do Not Track counts where the owner says so.
#[test]
fn s_01_the_owner_says_what_a_signal_covers() {
    let marketing_only = with(three_vendors(), "signals", json!({"gpc": "marketing"}));
    let visit = with_signal(&marketing_only);
    assert!(visit.state.asks());
    let mut asked: Vec<Words> = visit.state.standing.asked.to_vec();
    asked.sort_unstable();
    assert_eq!(asked, ["analytics", "google-analytics", "replay", "yandex-metrika"]);

    for (dnt, configured, asks) in [
        (true, json!({"dnt": true}), false),
        (true, json!({"dnt": false}), true),
        (true, json!({}), true),
        (false, json!({"dnt": true}), true),
    ] {
        let site = with(rasco(), "signals", configured.clone());
        let visit = Visit::opening(&site, |opening| opening.dnt = dnt);
        assert_eq!(visit.state.asks(), asks, "{dnt} {configured}");
    }
}

/// R-06: a receipt follows a decision where the owner asks for one, and says what was decided and nothing of the browser.
#[test]
fn r_06_a_receipt_says_what_was_decided() {
    let site = with(rasco(), "receipts", json!("/kelisim/receipts"));
    let mut visit = Visit::first(&site).shown();
    let effects = visit.act(Act::Accept);
    let granted = receipt(&effects).unwrap();
    let keys: Vec<&str> = granted.keep().entries().iter().map(|(key, _)| *key).collect();
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
        "scope",
        "operator",
        "code",
    ];
    assert_eq!(keys, expected);
    let code = visit.record().text("code");
    assert_eq!(granted.text("code"), code);
    assert!(
        place(&effects, |effect| matches!(effect, Effect::Emit(..)))
            < place(&effects, |effect| matches!(effect, Effect::Send(_))),
        "it delays nothing"
    );
    let effects = visit.act(Act::Withdraw);
    let withdrawn = receipt(&effects).unwrap();
    assert_eq!(
        (withdrawn.text("withdraws"), withdrawn.text("code")),
        (code, Words::NONE)
    );
    assert_eq!(effects.last(), Some(&Effect::Reload));

    let mut refusal = Visit::first(&site).shown();
    assert!(
        refusal.opened.contains(&Effect::Send(&Value::Null)),
        "what waits goes with every page"
    );
    let refused = receipt(&refusal.act(Act::Reject)).unwrap();
    assert!(
        refused.text("withdraws").are_none() && refused.text("code").are_none(),
        "R-03"
    );

    let mut site = rasco();
    site.as_object_mut().unwrap().remove("receipts");
    let mut without = Visit::first(&site).shown();
    let effects = without.act(Act::Accept);
    assert!(
        !effects
            .iter()
            .chain(&without.opened)
            .any(|effect| matches!(effect, Effect::Send(_)))
    );
}

/// G-09: what lies under the key and is no record is said once, and nothing is granted by it.
#[test]
fn g_09_what_is_no_record_is_said() {
    let ignored = Effect::Complain("recordIgnored".into(), Words::NONE);
    for text in ["", "{}", "null ", "[1]", "\"yes\"", "not json"] {
        let visit = Visit::at(&rasco(), Some(text), noon());
        let said = visit.opened.iter().filter(|effect| **effect == ignored).count();
        assert_eq!(said, usize::from(text != "null "), "{text}");
        assert!(visit.allowed().is_empty() && visit.state.asks(), "{text}");
    }
    assert!(!Visit::first(&rasco()).opened.contains(&ignored));
}

/// V-03: a category that joined is asked, and what was granted before keeps running meanwhile.
#[test]
fn v_03_a_new_category_is_asked_and_its_siblings_run() {
    let mut visit = Visit::first(&own_services()).shown();
    visit.act(Act::Accept);
    let mut site = own_services();
    site["categories"].as_array_mut().unwrap().push(json!({"id": "media"}));
    let next = visit.next(&site, noon() + DAY);
    assert_eq!(next.state.standing.asked, [Words::at(&"media")]);
    assert!(next.state.asks());
    assert_eq!(next.allowed().len(), ids(&next.config).len() - 1);
    let names = texts("ru").named("mediaName");
    let changed = texts("ru").named("changed").replace("{names}", &names);
    assert!(page(&next).contains(&changed), "the first layer says what changed");
}
