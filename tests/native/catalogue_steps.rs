//! What the manifests of the catalogue make happen in a page: exact steps, with real values.

use kelisim::core::catalogue::{Kind, Step};
use kelisim::core::notice::dates::{DAY, SECOND};
use kelisim::core::purge::{Fate, fate};
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

/// V-05: what was granted ends with its own record, also while a category that joined is asked.
#[test]
fn v_05_what_is_asked_anew_lengthens_nothing() {
    let mut visit = Visit::first(&three_vendors()).shown();
    visit.now = noon() - 30 * DAY;
    visit.act(Act::Accept);
    let mut site = three_vendors();
    site["categories"].as_array_mut().unwrap().push(json!({"id": "media"}));
    let next = visit.next(&site, noon());
    assert!(next.state.asks());
    assert_eq!(
        (next.state.granted_until() - noon()) / SECOND,
        HALF_A_YEAR - 30 * DAY / SECOND
    );
    let configured = step(
        Kind::Call,
        "gtag",
        json!(["config", "G-RASCOKZ000", {"cookie_expires": HALF_A_YEAR - 30 * DAY / SECOND}]),
    );
    assert!(steps(&next.opened).contains(&configured));
}

/// An owner's own service loads the owner's script.
#[test]
fn g_10_an_own_service_loads_its_script() {
    let mut visit = Visit::first(&own_services()).shown();
    let found = steps(&visit.act(Act::Accept));
    let load = |url| step(Kind::Load, url, json!(null));
    assert_eq!(found, [load("/counter.js"), load("/pixel.js"), load("/banner.js")]);
}

/// A vendor of the catalogue: its parameters, how it starts, and how it stops, each step in short.
struct Documented {
    vendor: &'static str,
    parameters: &'static str,
    starts: &'static [&'static str],
    stops: &'static [&'static str],
}

/// What each vendor's own documents give, with the parameters filled in. Those with no start are embeds, or snippets that
/// the page gates itself.
const DOCUMENTED: &[Documented] = &[
    Documented {
        vendor: "google-tag-manager",
        parameters: r#"{"container": "GTM-ABC1234"}"#,
        starts: &[
            "gtag gtag",
            r#"call dataLayer.push [{"gtm.start":NOW,"event":"gtm.js"}]"#,
            "load https://www.googletagmanager.com/gtm.js?id=GTM-ABC1234",
        ],
        stops: &["silence gtag"],
    },
    Documented {
        vendor: "google-ads",
        parameters: r#"{"conversionId": "AW-123456789"}"#,
        starts: &[
            "gtag gtag",
            "load https://www.googletagmanager.com/gtag/js?id=AW-123456789",
            r#"call gtag ["js",{"$date":NOW}]"#,
            r#"call gtag ["config","AW-123456789",{"cookie_expires":LEFT}]"#,
        ],
        stops: &["silence gtag"],
    },
    Documented {
        vendor: "meta-pixel",
        parameters: r#"{"pixel": 1234567890}"#,
        starts: &[
            "queue fbq queue",
            "set fbq.loaded true",
            r#"set fbq.version "2.0""#,
            r#"call fbq ["init",1234567890]"#,
            r#"call fbq ["track","PageView"]"#,
            "load https://connect.facebook.net/en_US/fbevents.js",
        ],
        stops: &[r#"call fbq ["consent","revoke"]"#, "clear fbq.queue", "silence fbq"],
    },
    Documented {
        vendor: "microsoft-clarity",
        parameters: r#"{"project": "abcdefghij"}"#,
        starts: &["queue clarity q", "load https://www.clarity.ms/tag/abcdefghij"],
        stops: &[r#"call clarity ["stop"]"#, "clear clarity.q", "silence clarity"],
    },
    Documented {
        vendor: "hotjar",
        parameters: r#"{"site": 123456}"#,
        starts: &[
            "queue hj q",
            r#"set _hjSettings {"hjid":123456,"hjsv":6}"#,
            "load https://static.hotjar.com/c/hotjar-123456.js?sv=6",
        ],
        stops: &["clear hj.q", "silence hj"],
    },
    Documented {
        vendor: "matomo",
        parameters: r#"{"host": "stats.example.kz", "site": 1}"#,
        starts: &[
            "list _paq",
            r#"call _paq.push [["setVisitorCookieTimeout",LEFT]]"#,
            r#"call _paq.push [["setTrackerUrl","https://stats.example.kz/matomo.php"]]"#,
            r#"call _paq.push [["setSiteId",1]]"#,
            r#"call _paq.push [["trackPageView"]]"#,
            r#"call _paq.push [["enableLinkTracking"]]"#,
            "load https://stats.example.kz/matomo.js",
        ],
        stops: &["clear _paq", "silence _paq.push"],
    },
    Documented {
        vendor: "linkedin-insight",
        parameters: r#"{"partner": 123456}"#,
        starts: &[
            "set _linkedin_partner_id 123456",
            "set _linkedin_data_partner_ids [123456]",
            "queue lintrk q",
            "load https://snap.licdn.com/li.lms-analytics/insight.min.js",
        ],
        stops: &["clear lintrk.q", "silence lintrk"],
    },
    Documented {
        vendor: "jivo",
        parameters: r#"{"widget": "AbCdEf1234"}"#,
        starts: &["load https://code.jivosite.com/widget/AbCdEf1234"],
        stops: &[],
    },
    Documented {
        vendor: "roistat",
        parameters: r#"{"project": "abc123"}"#,
        starts: &[
            r#"set roistatProjectId "abc123""#,
            r#"set roistatHost "cloud.roistat.com""#,
            "load https://cloud.roistat.com/api/site/1.0/abc123/init",
        ],
        stops: &[],
    },
    Documented {
        vendor: "calltouch",
        parameters: r#"{"site": "abcd1234"}"#,
        starts: &[
            r#"set CalltouchDataObject "ct""#,
            "queue ct callbacks",
            "set ct.loaded false",
            "load https://mod.calltouch.ru/init.js?id=abcd1234",
        ],
        stops: &["clear ct.callbacks", "silence ct"],
    },
    Documented {
        vendor: "bitrix24",
        parameters: r#"{"portal": 1234567, "button": "2_abcdef"}"#,
        starts: &["load https://cdn-ru.bitrix24.ru/b1234567/crm/site_button/loader_2_abcdef.js"],
        stops: &[],
    },
    Documented {
        vendor: "tilda-statistics",
        parameters: "{}",
        starts: &["load https://static.tildacdn.com/js/tilda-stat-1.0.min.js"],
        stops: &[],
    },
    Documented {
        vendor: "amocrm",
        parameters: "{}",
        starts: &["load https://piper.amocrm.ru/pixel/js/identifier/pixel_identifier.js"],
        stops: &[],
    },
];

/// The vendors that the tests above show whole.
const SHOWN_ABOVE: [&str; 3] = ["yandex-metrika", "google-analytics", "top-mail-ru"];

/// What belongs to the site or to Kelisim, in whichever store, and outlives every purge.
const NECESSARY: [&str; 9] = [
    "PHPSESSID",
    "JSESSIONID",
    "sessionid",
    "csrftoken",
    "XSRF-TOKEN",
    "cart",
    "BITRIX_SM_SALE_UID",
    "kelisim",
    "kelisim-receipts",
];

/// A site that uses one vendor of the catalogue.
fn with_vendor(vendor: &str, parameters: &str) -> serde_json::Value {
    let mut service: serde_json::Value = serde_json::from_str(parameters).unwrap();
    service["use"] = json!(vendor);
    let manifests = kelisim::owner::included::manifests().unwrap();
    let (_, manifest) = manifests.iter().find(|(id, _)| id == vendor).unwrap();
    for (name, kind) in *manifest.keep().get("parameters").entries() {
        // What a vendor needs for a snippet that the page gates itself.
        if service.get(*name).is_none() {
            service[*name] = if kind.words().are("number") {
                json!(7)
            } else {
                json!("seven")
            };
        }
    }
    let mut site = own_services();
    site["categories"] = ["functional", "analytics", "replay", "marketing", "media"]
        .map(|id| json!({"id": id}))
        .into();
    site["services"] = json!([service]);
    site
}

fn in_short(step: &Step) -> String {
    let kind = match step.kind {
        Kind::Load => "load",
        Kind::Queue => "queue",
        Kind::Gtag => "gtag",
        Kind::List => "list",
        Kind::Set => "set",
        Kind::Call => "call",
        Kind::Silence => "silence",
        Kind::Clear => "clear",
        Kind::Flag => "flag",
        Kind::Unflag => "unflag",
    };
    let operand = match (step.kind, &step.operand) {
        (_, Value::Null) => String::new(),
        (Kind::Queue, Value::Text(list)) => format!(" {list}"),
        (_, operand) => format!(" {}", kelisim::core::json::text(operand)),
    };
    format!("{kind} {}{operand}", step.target.text())
}

/// W-03: each vendor of the catalogue starts with the calls that its documents give, and stops with its own.
#[test]
fn w_03_every_vendor_starts_and_stops_as_documented() {
    let manifests = kelisim::owner::included::manifests().unwrap();
    for (vendor, manifest) in manifests.iter().filter(|(id, _)| !SHOWN_ABOVE.contains(&id.as_str())) {
        let case = DOCUMENTED.iter().find(|case| case.vendor == vendor);
        assert_eq!(
            case.is_some(),
            !manifest.keep().list("start").is_empty(),
            "{vendor}: what starts has a case, and what has a case starts"
        );
        let (parameters, starts, stops) = case.map_or(("{}", &[][..], &[][..]), |case| {
            (case.parameters, case.starts, case.stops)
        });
        let mut visit = Visit::first(&with_vendor(vendor, parameters)).shown();
        let filled = |steps: &[&str]| -> Vec<String> {
            let now = noon().to_string();
            let left = HALF_A_YEAR.to_string();
            steps
                .iter()
                .map(|step| step.replace("NOW", &now).replace("LEFT", &left))
                .collect()
        };
        let found = |effects: &[Effect]| steps(effects).iter().map(in_short).collect::<Vec<_>>();
        assert_eq!(found(&visit.act(Act::Accept)), filled(starts), "{vendor} starts");
        assert_eq!(found(&visit.act(Act::Withdraw)), filled(stops), "{vendor} stops");
    }
}

/// W-03: each vendor's purge takes every name that its manifest tells of as this site's, nothing of the site's own, and
/// nothing of another vendor's.
#[test]
fn w_03_every_vendor_is_purged_of_what_it_says_and_nothing_else() {
    let manifests = kelisim::owner::included::manifests().unwrap();
    let stored = |manifest: Value| -> Vec<(Words, String)> {
        let own = manifest
            .keep()
            .list("storage")
            .iter()
            .filter(|stored| stored.text("host").are_none());
        own.map(|stored| (stored.text("in"), stored.text("name").replace('*', "x1")))
            .collect()
    };
    for (vendor, manifest) in &manifests {
        let parameters = match vendor.as_str() {
            "yandex-metrika" | "top-mail-ru" => r#"{"counter": 1}"#,
            "google-analytics" => r#"{"measurementId": "G-1"}"#,
            vendor => DOCUMENTED
                .iter()
                .find(|case| case.vendor == vendor)
                .map_or("{}", |case| case.parameters),
        };
        let visit = Visit::first(&with_vendor(vendor, parameters)).shown();
        let fate = |store: &str, name: &str| fate(&visit.config, visit.state.permissions, 0, store, name);
        for (store, name) in stored(*manifest) {
            assert_eq!(fate(store.text(), &name), Fate::Goes, "{vendor}: {store:?} {name}");
        }
        for store in ["cookie", "localStorage", "sessionStorage"] {
            for name in NECESSARY {
                assert_eq!(fate(store, name), Fate::Stays, "{vendor}: {store} {name}");
            }
        }
        for (other, foreign) in &manifests {
            let google = |id: &str| id.starts_with("google");
            if other != vendor && !(google(other) && google(vendor)) {
                for (store, name) in stored(*foreign) {
                    assert_eq!(fate(store.text(), &name), Fate::Stays, "{vendor} and {other}'s {name}");
                }
            }
        }
    }
}
