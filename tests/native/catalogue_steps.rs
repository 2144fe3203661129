//! What the manifests of the catalogue make happen in a page: exact steps, with real values.

use kelisim::core::catalogue::{Kind, Step};
use kelisim::core::notice::dates::{DAY, SECOND};
use kelisim::core::update::{Act, Effect};
use kelisim::core::value::{Value, Words};
use serde_json::json;

use crate::site::{Visit, noon, own_services, three_vendors};

fn step(kind: Kind, target: &'static str, operand: serde_json::Value) -> Step {
    Step {
        kind,
        target: Words::of(target),
        operand: Value::from(operand),
    }
}

/// The steps that effects carry out, in their order.
fn steps(effects: &[Effect]) -> Vec<Step> {
    effects
        .iter()
        .filter_map(|effect| {
            if let Effect::Step(step) = effect {
                Some(*step)
            } else {
                None
            }
        })
        .collect()
}

fn metrika(replay: bool) -> Vec<Step> {
    vec![
        step(Kind::Queue, "ym", json!("a")),
        step(Kind::Set, "ym.l", json!(noon())),
        step(
            Kind::Load,
            "https://mc.yandex.ru/metrika/tag.js?id=10000003",
            json!(null),
        ),
        step(
            Kind::Call,
            "ym",
            json!([
                10_000_003,
                "init",
                {"webvisor": replay, "clickmap": replay, "accurateTrackBounce": true, "trackLinks": true}
            ]),
        ),
    ]
}

/// `cookie_expires` holds Google's cookies to the rest of the consent (V-05).
fn analytics(seconds_left: i64) -> Vec<Step> {
    vec![
        step(Kind::Gtag, "gtag", json!(null)),
        step(
            Kind::Load,
            "https://www.googletagmanager.com/gtag/js?id=G-RASCOKZ000",
            json!(null),
        ),
        step(Kind::Call, "gtag", json!(["js", {"$date": noon()}])),
        step(
            Kind::Call,
            "gtag",
            json!(["config", "G-RASCOKZ000", {"cookie_expires": seconds_left}]),
        ),
    ]
}

fn top_mail_ru() -> Vec<Step> {
    vec![
        step(Kind::List, "_tmr", json!(null)),
        step(
            Kind::Call,
            "_tmr.push",
            json!([{"id": 1_000_002, "type": "pageView", "start": noon()}]),
        ),
        step(Kind::Load, "https://top-fwz1.mail.ru/js/code.js", json!(null)),
    ]
}

/// What ends Metrika: its counter, what waits in its queue, and the function that a page calls.
fn metrika_stops() -> Vec<Step> {
    vec![
        step(Kind::Call, "ym", json!([10_000_003, "destruct"])),
        step(Kind::Clear, "ym.a", json!(null)),
        step(Kind::Silence, "ym", json!(null)),
        step(Kind::Flag, "disableYaCounter10000003", json!(null)),
    ]
}

fn analytics_stops() -> Vec<Step> {
    vec![
        step(Kind::Silence, "gtag", json!(null)),
        step(Kind::Flag, "ga-disable-G-RASCOKZ000", json!(null)),
    ]
}

fn top_mail_ru_stops() -> Vec<Step> {
    vec![
        step(Kind::Clear, "_tmr", json!(null)),
        step(Kind::Silence, "_tmr.push", json!(null)),
    ]
}

const HALF_A_YEAR: i64 = 180 * DAY / SECOND;

/// M-01, M-02, M-03: the install calls of the three vendors, whole.
#[test]
fn m_01_m_02_the_three_vendors_start_with_their_real_calls() {
    let mut visit = Visit::first(&three_vendors()).shown();
    let found = steps(&visit.act(Act::Accept));
    let flags = vec![
        step(Kind::Unflag, "disableYaCounter10000003", json!(null)),
        step(Kind::Unflag, "ga-disable-G-RASCOKZ000", json!(null)),
    ];
    assert_eq!(
        found,
        [flags, metrika(true), analytics(HALF_A_YEAR), top_mail_ru()].concat()
    );
}

/// M-01: without replay nothing is recorded; M-03: a refused vendor has its kill flag.
#[test]
fn m_01_m_03_refused_parts_are_off() {
    let mut visit = Visit::first(&three_vendors()).shown();
    let found = steps(&visit.save(&[true, false, false, true, false, false]));
    let cleared = vec![step(Kind::Unflag, "disableYaCounter10000003", json!(null))];
    assert_eq!(
        found,
        [cleared, analytics_stops(), top_mail_ru_stops(), metrika(false)].concat()
    );
}

/// M-03, W-03: before a decision every vendor is stopped and has its kill flag, and nothing else happens.
#[test]
fn m_03_undecided_stops_every_vendor() {
    let visit = Visit::first(&three_vendors());
    assert_eq!(
        steps(&visit.opened),
        [metrika_stops(), analytics_stops(), top_mail_ru_stops()].concat()
    );
}

/// W-03, M-03: a withdrawal ends all three, in this order, and starts nothing.
#[test]
fn w_03_a_withdrawal_stops_every_vendor() {
    let mut visit = Visit::first(&three_vendors()).shown();
    visit.act(Act::Accept);
    assert_eq!(
        steps(&visit.act(Act::Withdraw)),
        [metrika_stops(), analytics_stops(), top_mail_ru_stops()].concat()
    );
}

/// W-03: of two counters of one vendor, one is withdrawn: the other one's function and queue stay.
#[test]
fn w_03_what_another_service_needs_is_not_silenced() {
    let mut site = three_vendors();
    site["services"]
        .as_array_mut()
        .unwrap()
        .push(json!({"use": "yandex-metrika", "id": "second-counter", "counter": 10_000_004}));
    let mut visit = Visit::first(&site).shown();
    let only = |id| Act::Only(Box::leak(Box::new([Value::Text(id)])));
    let found = steps(&visit.act(only("second-counter")));
    let stopped = vec![
        step(Kind::Call, "ym", json!([10_000_003, "destruct"])),
        step(Kind::Flag, "disableYaCounter10000003", json!(null)),
    ];
    assert_eq!(found[..2], stopped);
    assert!(
        !found
            .iter()
            .any(|step| step.kind == Kind::Silence && step.target == "ym")
    );
    let found = steps(&visit.act(Act::Withdraw));
    let silenced = |step: &&Step| step.kind == Kind::Silence && step.target == "ym";
    assert_eq!(
        found.iter().filter(silenced).count(),
        2,
        "with nothing of it granted, it is"
    );
}

/// V-05: on a later page, what is left of the consent.
#[test]
fn v_05_the_seconds_left_count_down() {
    let mut visit = Visit::first(&three_vendors()).shown();
    visit.now = noon() - 30 * DAY;
    visit.act(Act::Accept);
    let next = visit.next(&three_vendors(), noon());
    let found = steps(&next.opened);
    let flags = vec![
        step(Kind::Unflag, "disableYaCounter10000003", json!(null)),
        step(Kind::Unflag, "ga-disable-G-RASCOKZ000", json!(null)),
    ];
    assert_eq!(
        found,
        [
            flags,
            metrika(true),
            analytics(HALF_A_YEAR - 30 * DAY / SECOND),
            top_mail_ru()
        ]
        .concat()
    );
}

/// An owner's own service loads the owner's script.
#[test]
fn g_10_an_own_service_loads_its_script() {
    let mut visit = Visit::first(&own_services()).shown();
    let found = steps(&visit.act(Act::Accept));
    let load = |url| step(Kind::Load, url, json!(null));
    assert_eq!(found, [load("/counter.js"), load("/pixel.js"), load("/banner.js")]);
}
