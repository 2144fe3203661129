//! The life of a consent: stopped and purged, mirrored to other hosts, receipted.

use kelisim::consent::purge::{Fate, concerns, fate};
use kelisim::visit::{Control, Effect};
use kelisim_site::{OnWithdraw, Step, Storage};
use proptest::prelude::*;
use serde_json::Value;

use crate::site::{
    Browser, DAY, Visit, after, compiled, cookie_value, end, id, is_decision, is_stored, mirror, named, noon,
    own_service, own_services, place, rasco, starts, stored, three_vendors,
};

const COOKIE: Storage = Storage::Cookie;
const LOCAL: Storage = Storage::LocalStorage;
const SESSION: Storage = Storage::SessionStorage;

fn staying(mut site: kelisim_site::Site) -> kelisim_site::Site {
    site.on_withdraw = OnWithdraw::Stay;
    site
}

/// W-03: a withdrawal in the order of the contract.
#[test]
fn w_03_a_withdrawal_stops_tells_purges_and_reloads() {
    let mut visit = Visit::first(&three_vendors()).shown();
    visit.press(Control::Accept);
    let effects = visit.press(Control::Withdraw);
    let is_stop = |effect: &Effect| matches!(effect, Effect::Stop(..) | Effect::SetFlags(_));
    let order = [
        place(&effects, is_stored),
        place(&effects, |effect| matches!(effect, Effect::Mirror(_))),
        place(&effects, |effect| *effect == Effect::RemoveLayers),
        place(&effects, |effect| *effect == Effect::Yield),
        place(&effects, is_stop),
        effects.iter().rposition(is_stop).unwrap(),
        place(&effects, |effect| *effect == Effect::DeactivateElements),
        place(&effects, |effect| matches!(effect, Effect::UpdateConsent(_))),
        place(&effects, |effect| *effect == Effect::Purge),
        place(&effects, is_decision),
        place(&effects, |effect| *effect == Effect::Reload),
    ];
    assert!(order.is_sorted(), "{order:?} of {effects:#?}");
    assert_eq!(effects.last(), Some(&Effect::Reload));
    assert!(!effects.iter().any(starts));
    for vendor in ["yandex-metrika", "google-analytics", "top-mail-ru"] {
        assert!(!visit.stop_of(&effects, vendor).is_empty(), "{vendor}");
    }
}

/// W-03, M-03: at every start, before anything of the page's or of a vendor's begins, what is not granted is stopped, its
/// flags are set, and it is purged; the flags of what is granted are cleared.
#[test]
fn w_03_m_03_every_start_stops_and_purges_first() {
    let mut visit = Visit::first(&three_vendors()).shown();
    visit.save(&[true, false, false, true, false, false]);
    let starts_at = [
        Visit::first(&three_vendors()),
        visit.next(&three_vendors(), after(DAY)),
        visit.next(&three_vendors(), after(200 * DAY)),
    ];
    for visit in starts_at {
        let opened = &visit.opened;
        let purge = place(opened, |effect| *effect == Effect::Purge);
        let begins = place(opened, |effect| *effect == Effect::ActivateElements || starts(effect));
        assert!(purge < begins, "{opened:#?}");
        let last_flag = opened.iter().rposition(|effect| matches!(effect, Effect::SetFlags(_)));
        assert!(last_flag.is_some_and(|flag| flag < purge), "{opened:#?}");
        for service in kelisim::consent::ServiceId::all(&visit.site) {
            let granted = visit.state.permissions().allow(kelisim::consent::Id::Service(service));
            assert_eq!(opened.contains(&Effect::ClearFlags(service)), granted);
            assert_eq!(opened.contains(&Effect::SetFlags(service)), !granted);
        }
    }
}

/// W-03, V-05: where everything is granted nothing has to go first. What was granted begins, and then its cookies are looked
/// at, which are to end with the consent.
#[test]
fn w_03_v_05_where_all_is_granted_the_cookies_are_looked_at_after_it_began() {
    let mut visit = Visit::first(&three_vendors()).shown();
    visit.press(Control::Accept);
    let next = visit.next(&three_vendors(), after(DAY));
    assert_eq!(next.loaded(&next.opened).len(), 3, "{:#?}", next.opened);
    let purges: Vec<usize> = (0..next.opened.len())
        .filter(|at| next.opened[*at] == Effect::Purge)
        .collect();
    assert_eq!(purges.len(), 1, "{:#?}", next.opened);
    assert!(place(&next.opened, |effect| *effect == Effect::FillPlaces) < purges[0]);
}

/// W-03: `stay` loads nothing anew, starts nothing of what was withdrawn in this document, and starts what joins.
#[test]
fn w_03_staying_never_starts_again_what_was_withdrawn_here() {
    let site = staying(three_vendors());
    let mut visit = Visit::first(&site).shown();
    visit.save(&[true, false, false, true, false, false]);
    let effects = visit.save(&[true, false, false, false, true, false]);
    assert!(!effects.contains(&Effect::Reload));
    assert_eq!(visit.loaded(&effects).len(), 1, "Google Analytics begins: {effects:#?}");
    let effects = visit.press(Control::Accept);
    assert_eq!(
        visit.loaded(&effects).len(),
        1,
        "Top.Mail.Ru begins, Metrika does not: {effects:#?}"
    );
    let next = visit.next(&site, after(DAY));
    assert_eq!(next.loaded(&next.opened).len(), 3, "on the next page everything does");
}

/// W-03: what is silenced or emptied is left to another service that needs it and is granted.
#[test]
fn w_03_what_another_service_needs_is_not_silenced() {
    let mut site = rasco();
    let mut twin = site
        .services
        .iter()
        .find(|service| service.id == "google-analytics")
        .unwrap()
        .clone();
    twin.id = "second-analytics".to_owned();
    site.services.push(twin);
    let mut visit = Visit::first(&staying(named(site))).shown();
    let silence = Step::Silence {
        name: "gtag".to_owned(),
    };
    let effects = visit.save(&[true, false, false, false, true, false]);
    assert!(
        !visit.stop_of(&effects, "second-analytics").contains(&silence),
        "the first one calls it"
    );
    let effects = visit.press(Control::Reject);
    assert!(visit.stop_of(&effects, "second-analytics").contains(&silence));
    assert!(visit.stop_of(&effects, "google-analytics").contains(&silence));
}

const OF_VENDORS: &[(Storage, &str, &str)] = &[
    (COOKIE, "_ym_uid", "yandex-metrika"),
    (COOKIE, "_ym_d", "yandex-metrika"),
    (COOKIE, "_ym_visorc_123", "yandex-metrika"),
    (COOKIE, "metrika_enabled", "yandex-metrika"),
    (LOCAL, "_ym_uid", "yandex-metrika"),
    (LOCAL, "_ym_retryReqs", "yandex-metrika"),
    (LOCAL, "_ym10000003_lsid", "yandex-metrika"),
    (LOCAL, "_ym10000003:0_reqNum", "yandex-metrika"),
    (SESSION, "__ym_tab_guid", "yandex-metrika"),
    (COOKIE, "_ga", "google-analytics"),
    (COOKIE, "_ga_ABC123", "google-analytics"),
    (COOKIE, "tmr_lvid", "top-mail-ru"),
    (COOKIE, "domain_sid", "top-mail-ru"),
    (LOCAL, "tmr_lvid", "top-mail-ru"),
];

const NOBODYS: &[(Storage, &str)] = &[
    (LOCAL, "kelisim"),
    (COOKIE, "kelisim"),
    (SESSION, "kelisim-language"),
    (LOCAL, "kelisim-receipts"),
    (COOKIE, "PHPSESSID"),
    (COOKIE, "JSESSIONID"),
    (COOKIE, "sessionid"),
    (COOKIE, "csrftoken"),
    (COOKIE, "XSRF-TOKEN"),
    (COOKIE, "cart"),
    (COOKIE, "BITRIX_SM_SALE_UID"),
    (LOCAL, "cart"),
    // In another store than the vendor's, or nearly the vendor's name.
    (LOCAL, "_ga"),
    (SESSION, "_ym_uid"),
    (COOKIE, "x_ym_uid"),
    (COOKIE, "ga"),
];

fn goes(visit: &Visit, place: Storage, name: &str) -> bool {
    fate(&visit.site, visit.state.permissions(), 0, place, name) == Fate::Goes
}

/// W-03: the purge takes what the patterns of what is refused name, and nothing else.
#[test]
fn w_03_the_purge_takes_what_is_refused_and_nothing_else() {
    let mut visit = Visit::first(&three_vendors()).shown();
    for (store, name, _) in OF_VENDORS {
        assert!(goes(&visit, *store, name), "undecided: {store:?} {name}");
    }
    for combination in 0_u32..8 {
        let on = |place: u32| combination >> place & 1 == 1;
        visit.save(&[on(0) || on(1), false, on(2), on(0), on(1), on(2)]);
        for (store, name, service) in OF_VENDORS {
            assert_eq!(goes(&visit, *store, name), !visit.allows(service), "{store:?} {name}");
        }
        for (store, name) in NOBODYS {
            assert!(!goes(&visit, *store, name), "{store:?} {name}");
        }
        // A store is opened exactly where something of what is refused may lie in it.
        for store in [LOCAL, SESSION] {
            let lies_there = |(place, _, service): &(Storage, &str, &str)| *place == store && !visit.allows(service);
            let found = concerns(&visit.site, visit.state.permissions(), store);
            assert_eq!(found, OF_VENDORS.iter().any(lies_there), "{store:?}, {combination}");
        }
    }
}

/// V-05: a cookie that would outlive the consent ends with it, and after 13 months at the latest; what is shorter, another
/// store's or another's stays as it is.
#[test]
fn v_05_no_cookie_outlives_the_consent() {
    let mut visit = Visit::first(&three_vendors()).shown();
    visit.press(Control::Accept);
    let day = 86_400;
    let in_days = |days: u64, store, name: &str| fate(&visit.site, visit.state.permissions(), days * day, store, name);
    assert_eq!(in_days(180, COOKIE, "_ym_uid"), Fate::Ends(180 * day));
    assert_eq!(in_days(364, COOKIE, "_ym_uid"), Fate::Ends(364 * day));
    assert_eq!(
        in_days(365, COOKIE, "_ym_uid"),
        Fate::Stays,
        "not longer than it says itself"
    );
    assert_eq!(in_days(1, COOKIE, "_ym_isad"), Fate::Ends(day));
    assert_eq!(in_days(2, COOKIE, "_ym_isad"), Fate::Stays);
    assert_eq!(in_days(0, COOKIE, "_ym_visorc_1"), Fate::Stays, "half an hour");
    for (store, name) in [(LOCAL, "_ym_uid"), (COOKIE, "PHPSESSID"), (COOKIE, "kelisim")] {
        assert_eq!(in_days(1, store, name), Fate::Stays, "{store:?} {name}");
    }

    let mut site = own_services();
    site.expires_days = 1095;
    for (seconds, expected) in [(Some(730 * day), Fate::Ends(395 * day)), (None, Fate::Ends(395 * day))] {
        site.services[0].storage[0].seconds = seconds;
        let mut visit = Visit::first(&site).shown();
        visit.press(Control::Accept);
        let found = fate(&site, visit.state.permissions(), 1095 * day, COOKIE, "own_x");
        assert_eq!(found, expected, "13 months at most");
    }
}

/// V-05: a vendor that has an option for it is told how long its cookies may stay.
#[test]
fn v_05_a_vendor_is_told_what_is_left_of_the_consent() {
    let told = |visit: &Visit, effects: &[Effect]| {
        let steps = visit.start_of(effects, "google-analytics");
        let config = steps.iter().find(|step| step["with"][0] == "config").unwrap();
        config["with"][2]["cookie_expires"].as_f64().unwrap()
    };
    let seconds = |days: u32| f64::from(days) * 86_400.0;
    let mut visit = Visit::first(&rasco()).shown();
    let effects = visit.press(Control::Accept);
    assert!((told(&visit, &effects) - seconds(180)).abs() < 1.0);
    let next = visit.next(&rasco(), after(30 * DAY));
    assert!((told(&next, &next.opened) - seconds(150)).abs() < 1.0);
    assert_eq!(next.state.seconds_left(), 150 * 86_400);
    let mut site = rasco();
    site.expires_days = 1095;
    let mut visit = Visit::first(&site).shown();
    let effects = visit.press(Control::Accept);
    assert!((told(&visit, &effects) - seconds(395)).abs() < 1.0, "13 months at most");
    let steps = visit.start_of(&effects, "google-analytics");
    let date = steps.iter().find(|step| step["with"][0] == "js").unwrap();
    assert_eq!(date["with"][1]["date"], noon().milliseconds());
}

/// W-03: a name that a granted service stores as well is kept.
#[test]
fn w_03_a_shared_name_is_kept_while_one_of_its_services_is_granted() {
    let mut visit = Visit::first(&own_services()).shown();
    assert!(goes(&visit, COOKIE, "own_seen"));
    visit.save(&[true, false, false, true, false, false]);
    assert!(!goes(&visit, COOKIE, "own_seen"));
    visit.press(Control::Withdraw);
    assert!(goes(&visit, COOKIE, "own_seen"));
}

/// M-01, W-03: where the page stays, a recording ends with its purpose, although statistics stay granted.
#[test]
fn m_01_a_recording_ends_where_the_page_stays() {
    let mut visit = Visit::first(&staying(rasco())).shown();
    visit.press(Control::Accept);
    let effects = visit.save(&[true, false, true, true, true]);
    let stopped = visit.stop_of(&effects, "yandex-metrika");
    let destructs = |step: &Step| {
        let Step::Call { name, with } = step else { return false };
        name == "ym" && with.get(1) == Some(&kelisim_site::Value::Text("destruct".to_owned()))
    };
    assert!(stopped.iter().any(destructs), "{effects:#?}");
    assert!(
        stopped.contains(&Step::Silence { name: "ym".to_owned() }),
        "{effects:#?}"
    );
    assert!(!effects.iter().any(starts));
    assert!(visit.stop_of(&effects, "google-analytics").is_empty());
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
    let value = cookie_value(&cookie);
    let members: Value = serde_json::from_str(&value).unwrap();
    let keys: Vec<&String> = members.as_object().unwrap().keys().collect();
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

    let mut there = Visit::opening(&rasco(), Browser::with_mirror(&value), after(DAY), |opening| {
        opening.page.host = "shop.rasco.kz".to_owned();
    })
    .shown();
    assert_eq!(there.allowed(), ["analytics", "yandex-metrika"]);
    assert!(!there.state.asks());
    assert_eq!(there.loaded(&there.opened).len(), 1);
    assert_eq!(mirror(&there.opened), None, "it is there already");
    assert_eq!(there.record().code(), None, "R-03: a code does not leave its host");

    let effects = there.press(Control::Withdraw);
    let value = cookie_value(&mirror(&effects).unwrap());
    let browser = Browser {
        record: Some(record),
        ..Browser::with_mirror(&value)
    };
    let back = Visit::at(&rasco(), browser, after(2 * DAY));
    assert!(back.allowed().is_empty(), "withdrawn there, withdrawn here");
    assert!(!back.state.asks());
    let history = back.record().history();
    assert_eq!(history.last().unwrap().decided, noon(), "the proof stays");
    assert!(history.last().unwrap().code.is_some());

    // Should the browser lose the cookie, what was granted here before does not hold again.
    let ended = stored(&back.opened).unwrap();
    let later = Visit::at(&rasco(), Browser::with_record(&ended), after(3 * DAY));
    assert!(later.allowed().is_empty());
    assert!(later.state.asks(), "B-07: asked again, never assumed");
}

/// B-04: a missing cookie is no withdrawal, and is set anew; a foreign or damaged one says nothing.
#[test]
fn b_04_a_missing_or_damaged_cookie_takes_nothing_back_and_gives_nothing() {
    let mut visit = Visit::first(&rasco()).shown();
    let effects = visit.press(Control::Accept);
    let (record, cookie) = (stored(&effects).unwrap(), mirror(&effects).unwrap());
    let value = cookie_value(&cookie);
    let next = Visit::at(&rasco(), Browser::with_record(&record), after(DAY));
    assert_eq!(next.allowed().len(), 5);
    assert_eq!(cookie_value(&mirror(&next.opened).unwrap()), value, "it is set anew");

    let damaged = [
        value.replace("true", "tru"),
        value.replace("accept", "save"),
        value.replace("\"schema\":1", "\"schema\":2"),
        value.replace("2026-11-20", "2026-11-28"),
        value.replace(":true", ": true"),
        record,
        "{}".to_owned(),
        "null".to_owned(),
        String::new(),
    ];
    for text in damaged {
        let next = Visit::at(&rasco(), Browser::with_mirror(&text), after(DAY));
        assert!(next.allowed().is_empty(), "{text}");
        assert!(next.state.asks(), "{text}");
    }
}

/// B-04: a browser may hold more than one cookie of the name: the latest that is whole holds.
#[test]
fn b_04_of_several_cookies_the_latest_holds() {
    let value = |seconds: i64, control: Control| {
        let mut visit = Visit::at(&rasco(), Browser::default(), after(seconds)).shown();
        cookie_value(&mirror(&visit.press(control)).unwrap())
    };
    let (early, late) = (value(0, Control::Accept), value(60, Control::Reject));
    for mirrors in [
        [early.clone(), late.clone(), "{}".to_owned()],
        ["x".to_owned(), late, early],
    ] {
        let browser = Browser {
            mirrors: mirrors.to_vec(),
            ..Browser::default()
        };
        let visit = Visit::at(&rasco(), browser, after(DAY));
        assert!(visit.allowed().is_empty() && !visit.state.asks());
        assert_eq!(mirror(&visit.opened), None);
    }
}

/// B-04: of two decisions in the same second the one that grants less holds, whichever lies where.
#[test]
fn b_04_on_a_tie_the_stricter_holds() {
    let decided = |control: Control| Visit::first(&rasco()).shown().press(control);
    let (grants, refuses) = (decided(Control::Accept), decided(Control::Reject));
    for (record, cookie) in [(&grants, &refuses), (&refuses, &grants)] {
        let browser = Browser {
            record: stored(record),
            ..Browser::with_mirror(&cookie_value(&mirror(cookie).unwrap()))
        };
        let visit = Visit::at(&rasco(), browser, after(DAY));
        assert!(visit.allowed().is_empty());
        assert!(!visit.state.asks());
    }
}

/// B-04: no scope, no cookie; and one that would be too large is not set, and removes the one before it.
#[test]
fn b_04_the_cookie_is_bounded_and_only_for_a_scope() {
    let mut site = rasco();
    site.scope = None;
    let mut visit = Visit::first(&site).shown();
    assert_eq!(mirror(&visit.press(Control::Accept)), None);

    // Nor is a cookie read that another configuration, or another host above this one, has left.
    let mut shared = Visit::first(&rasco()).shown();
    let left = cookie_value(&mirror(&shared.press(Control::Accept)).unwrap());
    let visit = Visit::at(&site, Browser::with_mirror(&left), noon());
    assert!(visit.allowed().is_empty(), "without a scope no cookie grants anything");
    assert!(visit.state.asks());

    let mut site = own_services();
    for number in 0..40 {
        site.services
            .push(own_service(&format!("service-number-{number}"), "analytics"));
    }
    let mut visit = Visit::first(&site).shown();
    let effects = visit.press(Control::Accept);
    let removed = mirror(&effects).unwrap();
    let is_removed = removed.starts_with("kelisim=;") && removed.contains(";max-age=0");
    assert!(is_removed, "what was shared before goes: {removed}");
    assert!(stored(&effects).is_some(), "the record is kept all the same");

    let mut visit = Visit::opening(&rasco(), Browser::default(), noon(), |opening| {
        opening.page.secure = false;
    })
    .shown();
    assert!(
        !mirror(&visit.press(Control::Accept)).unwrap().contains("secure"),
        "B-03: on plain http"
    );
}

/// B-04: what was granted for one host alone is not shared when the owner adds a scope later.
#[test]
fn b_04_a_scope_that_joins_shares_nothing_that_was_decided_without_it() {
    let mut alone = rasco();
    alone.scope = None;
    let mut visit = Visit::first(&alone).shown();
    let record = stored(&visit.press(Control::Accept)).unwrap();
    let next = Visit::at(&rasco(), Browser::with_record(&record), after(DAY));
    assert!(next.state.asks() && next.allowed().is_empty());
    assert_eq!(mirror(&next.opened), None);
}

proptest! {
    /// G-09: whatever lies in the cookie, nothing is granted by it but what its check seals.
    #[test]
    fn g_09_no_other_cookie_grants_anything(text in prop_oneof![".*", r#"[\[\]{}",:0-9a-z\\]{0,60}"#]) {
        let visit = Visit::at(&rasco(), Browser::with_mirror(&text), noon());
        prop_assert!(visit.allowed().is_empty());
        prop_assert!(visit.state.asks());
    }

    /// G-09: a changed byte of the cookie is no decision.
    #[test]
    fn g_09_a_changed_byte_is_no_mirror(place in any::<prop::sample::Index>(), byte in 32_u8..127) {
        let mut visit = Visit::first(&rasco()).shown();
        let value = cookie_value(&mirror(&visit.press(Control::Accept)).unwrap());
        let mut bytes = value.clone().into_bytes();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let changed = String::from_utf8(bytes).unwrap();
        prop_assume!(changed != value);
        let next = Visit::at(&rasco(), Browser::with_mirror(&changed), noon());
        prop_assert!(next.allowed().is_empty(), "{}", changed);
    }
}

fn receipt(effects: &[Effect]) -> Option<Value> {
    effects.iter().find_map(|effect| match effect {
        Effect::SendReceipt(receipt) => serde_json::from_str(&receipt.to_text()).ok(),
        _ => None,
    })
}

fn asks_the_owner(effect: &Effect) -> bool {
    matches!(effect, Effect::SendReceipt(_) | Effect::RetryReceipts)
}

/// R-06: a receipt follows a decision where the owner asks for one, and says what was decided and nothing of the browser.
#[test]
fn r_06_a_receipt_says_what_was_decided() {
    let mut visit = Visit::first(&rasco()).shown();
    let effects = visit.press(Control::Accept);
    let granted = receipt(&effects).unwrap();
    let keys: Vec<&String> = granted.as_object().unwrap().keys().collect();
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
    let code = visit.record().code().unwrap().to_owned();
    assert_eq!(granted["code"], code);
    let sent = place(&effects, |effect| matches!(effect, Effect::SendReceipt(_)));
    assert!(place(&effects, is_decision) < sent, "it delays nothing");
    let effects = visit.press(Control::Withdraw);
    let withdrawn = receipt(&effects).unwrap();
    assert_eq!(
        (&withdrawn["withdraws"], withdrawn.get("code")),
        (&Value::String(code), None)
    );
    assert_eq!(effects.last(), Some(&Effect::Reload));

    let mut refusal = Visit::first(&rasco()).shown();
    assert!(
        refusal.opened.contains(&Effect::RetryReceipts),
        "what waits goes with every page"
    );
    let refused = receipt(&refusal.press(Control::Reject)).unwrap();
    assert!(
        refused.get("withdraws").is_none() && refused.get("code").is_none(),
        "R-03"
    );

    let mut site = rasco();
    site.receipts = None;
    let mut without = Visit::first(&site).shown();
    let effects = without.press(Control::Accept);
    assert!(!effects.iter().chain(&without.opened).any(asks_the_owner));
}

/// R-06: what was decided in another tab was receipted there.
#[test]
fn r_06_another_tab_sends_its_own_receipt() {
    let mut there = Visit::first(&rasco()).shown();
    let mut here = Visit::first(&rasco()).shown();
    there.press(Control::Accept);
    here.browser = there.browser;
    assert!(!here.look(false).iter().any(asks_the_owner));
}

/// The contract: a site that asks for nothing has no first layer, no record and no request, and shows its notice.
#[test]
fn a_site_that_asks_nothing_decides_nothing() {
    let site = compiled("course-planet.net");
    let mut visit = Visit::first(&site).shown();
    assert!(!visit.state.asks());
    for control in [Control::Accept, Control::Reject, Control::Save, Control::Withdraw] {
        assert_eq!(visit.press(control), []);
    }
    let null = Effect::Reply(1, kelisim::visit::Answer::Null);
    assert_eq!(visit.call(kelisim::visit::Call::Accept, 1), [null]);
    visit.send(kelisim::visit::Event::Recalled);
    assert!(!visit.state.asks() && visit.state.record().is_none() && visit.browser.record.is_none());
    assert!(
        !visit
            .opened
            .iter()
            .any(|effect| starts(effect) || matches!(effect, Effect::FetchSettings(_)))
    );
    visit.send(kelisim::visit::Event::OpenSettings);
    assert!(visit.state.draft().is_some());
    let without = Visit::opening(&site, Browser::default(), noon(), |opening| {
        opening.settings = kelisim::visit::SettingsFile::Absent;
    });
    assert!(
        !without
            .opened
            .iter()
            .any(|effect| matches!(effect, Effect::FetchSettings(_)))
    );
}

/// V-05: a consent that ended is purged at the next start.
#[test]
fn v_05_a_consent_that_ended_is_purged() {
    let mut visit = Visit::first(&rasco()).shown();
    visit.press(Control::Accept);
    assert!(!goes(&visit, COOKIE, "_ga"));
    let next = visit.next(&rasco(), end());
    assert!(goes(&next, COOKIE, "_ga") && next.opened.contains(&Effect::Purge));
    assert!(!next.allows("analytics") && next.state.seconds_left() == 0);
    assert_eq!(next.state.standing().asked.len(), 5);
    assert!(next.state.standing().asked.contains(&id(&rasco(), "analytics")));
}
