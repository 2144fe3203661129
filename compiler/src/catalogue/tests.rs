//! The manifests of the house: complete, truthful about what they keep, and made to do what their vendors document.
//!
//! They are read from their folder, so a new vendor is held to all of this without a change here (requirement K-04).
//! What a single vendor is known to do stands in tables below; a vendor without a row there is held to the rest.

use std::collections::{BTreeMap, BTreeSet};

use kelisim_site::{Step, Value};
use serde_json::json;
use unicode_normalization::is_nfc;

use super::{
    Catalogue, CatalogueError, Csp, HostPattern, Manifest, ManifestStep, ManifestValue, Parameter, ParameterKind,
    ParameterValue, Piece, Resolved, Template,
};
use crate::config::glob;
use crate::config::lifetime::Lifetime;
use crate::config::parameter::ParameterNumber;
use crate::config::problem::Path;
use crate::config::storage::Place;
use crate::config::words::{CodeOrWords, Words};
use crate::languages::Languages;

/// The languages in which a manifest says everything; in any other the English words stand.
const HOUSE: [&str; 3] = ["kk", "ru", "en"];

/// The optional categories that Kelisim has words for. `necessary` is none of them (requirement C-06).
const CATEGORIES: [&str; 5] = ["functional", "analytics", "replay", "marketing", "media"];

/// What belongs to the site or to Kelisim, in whichever store, and outlives every purge.
const NECESSARY: [&str; 18] = [
    "kelisim",
    "kelisim-receipts",
    "PHPSESSID",
    "PHPSESSID5",
    "JSESSIONID",
    "sessionid",
    "csrf",
    "csrftoken",
    "csrf_token",
    "_csrf",
    "XSRF-TOKEN",
    "BITRIX_SM_SALE_UID",
    "BITRIX_SM_LOGIN",
    "laravel_session",
    "wordpress_logged_in_1",
    "cart",
    "lang",
    "_identity",
];

fn house() -> Catalogue {
    Catalogue::house().unwrap()
}

fn vendor(id: &str) -> Manifest {
    house().get(id).unwrap().clone()
}

fn each_in_words(words: &Words) -> Vec<&str> {
    match words {
        Words::One(one) => vec![one],
        Words::Each(each) => HOUSE.iter().map(|tag| each[*tag].as_str()).collect(),
    }
}

/// A value as an owner's configuration has it.
fn given(parameter: &Parameter, value: &serde_json::Value) -> Option<ParameterValue> {
    match (parameter.kind, value) {
        (ParameterKind::Number, serde_json::Value::Number(number)) => {
            ParameterNumber::try_from(number).ok().map(ParameterValue::Number)
        }
        (ParameterKind::Number, serde_json::Value::String(text)) => text.parse().ok().map(ParameterValue::Number),
        (ParameterKind::Text, serde_json::Value::String(text)) => text.parse().ok().map(ParameterValue::Text),
        _ => None,
    }
}

fn parameters(manifest: &Manifest, values: &serde_json::Value) -> BTreeMap<String, ParameterValue> {
    manifest
        .parameters
        .iter()
        .map(|(name, parameter)| (name.clone(), given(parameter, &values[name]).unwrap()))
        .collect()
}

fn examples(manifest: &Manifest) -> BTreeMap<String, ParameterValue> {
    manifest
        .parameters
        .iter()
        .map(|(name, parameter)| (name.clone(), given(parameter, &parameter.examples[0]).unwrap()))
        .collect()
}

fn with_examples(manifest: &Manifest) -> Resolved {
    manifest.resolve(&examples(manifest))
}

/// A value in short, as a page would write it, with the places of the visit in capitals.
fn value_in_short(value: &Value) -> String {
    let list = |items: Vec<String>| items.join(",");
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(is_true) => is_true.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => format!("[{}]", list(items.iter().map(value_in_short).collect())),
        Value::Object(members) => {
            let member = |(name, value): &(String, Value)| format!("{name:?}:{}", value_in_short(value));
            format!("{{{}}}", list(members.iter().map(member).collect()))
        }
        Value::Now => "DATE".to_owned(),
        Value::NowMilliseconds => "NOW".to_owned(),
        Value::SecondsLeft => "LEFT".to_owned(),
        Value::Granted(category) => format!("GRANTED-{category}"),
    }
}

fn in_short(step: &Step) -> String {
    match step {
        Step::Load { url, attributes } => {
            let attribute = |(name, value): &(String, String)| format!(" {name}={value}");
            format!("load {url}{}", attributes.iter().map(attribute).collect::<String>())
        }
        Step::Queue { name, list } => format!("queue {name} {list}"),
        Step::Gtag { name } => format!("gtag {name}"),
        Step::List { name } => format!("list {name}"),
        Step::Stub { name, methods, members } => {
            let members = value_in_short(&Value::Object(members.clone()));
            format!("stub {name} {} {members}", methods.join(","))
        }
        Step::Set { name, to } => format!("set {name} {}", value_in_short(to)),
        Step::Call { name, with } => format!("call {name} {}", value_in_short(&Value::List(with.clone()))),
        Step::Silence { name } => format!("silence {name}"),
        Step::Clear { name } => format!("clear {name}"),
    }
}

fn all_in_short(steps: &[Step]) -> Vec<String> {
    steps.iter().map(in_short).collect()
}

// What a manifest says.

#[test]
fn o_02_every_manifest_is_read_and_says_who_it_is() {
    let house = house();
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalogue")).unwrap();
    let named: BTreeSet<String> = files
        .filter_map(|file| {
            let name = file.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".json").map(str::to_owned)
        })
        .collect();
    assert!(!named.is_empty());
    assert_eq!(house.ids().map(str::to_owned).collect::<BTreeSet<_>>(), named);
    for manifest in house.iter() {
        let id = &manifest.id;
        assert_eq!(house.get(id), Some(manifest));
        assert!(
            each_in_words(&manifest.name).iter().all(|name| !name.is_empty()),
            "{id}"
        );
        let policy = manifest.policy.as_ref();
        assert!(
            policy.is_none_or(|policy| policy.as_str().starts_with("https://")),
            "{id}"
        );
        assert!(!manifest.hosts.is_empty(), "{id}");
    }
    assert_eq!(house.get("no-such-vendor"), None);
}

#[test]
fn c_06_no_vendor_is_necessary() {
    for manifest in house().iter() {
        assert!(CATEGORIES.contains(&manifest.category.as_str()), "{}", manifest.id);
    }
}

#[test]
fn i_04_i_05_i_07_i_09_what_is_told_has_words_in_every_language() {
    let languages = Languages::house().unwrap();
    let countries: BTreeSet<&str> = languages.country_codes().collect();
    let data: BTreeSet<&str> = languages.data_codes().collect();
    let purposes: BTreeSet<&str> = languages.storage_purpose_codes().collect();
    for manifest in house().iter() {
        let id = &manifest.id;
        assert!(
            each_in_words(&manifest.recipient).iter().all(|name| !name.is_empty()),
            "{id}"
        );
        assert!(!manifest.countries.is_empty(), "{id}");
        for country in &manifest.countries {
            assert!(countries.contains(country.as_str()), "{id}: {country}");
        }
        assert!(
            manifest.data.iter().any(|code| code == "ip"),
            "{id}: a request alone tells the address"
        );
        let unique: BTreeSet<&String> = manifest.data.iter().collect();
        assert_eq!(unique.len(), manifest.data.len(), "{id}: a code twice");
        for code in &manifest.data {
            assert!(data.contains(code.as_str()), "{id}: {code}");
        }
        for stored in &manifest.storage {
            let Some(CodeOrWords::Code(code)) = stored.purpose.as_ref().map(|purpose| &purpose.0) else {
                panic!("{id}: {stored:?} has no code");
            };
            assert!(purposes.contains(code.as_str()), "{id}: {code}");
        }
    }
}

#[test]
fn i_08_the_purpose_stands_in_every_language_and_is_specific() {
    let vague = [
        "улучш",
        "качеств",
        "оптимиз",
        "персонализ",
        "improv",
        "quality",
        "optimi",
        "personali",
        "experience",
        "жақсар",
        "сапа",
        "оңтайл",
    ];
    for manifest in house().iter() {
        assert!(matches!(manifest.purpose, Words::Each(_)), "{}", manifest.id);
        for purpose in each_in_words(&manifest.purpose) {
            let purpose = purpose.to_lowercase();
            assert!(
                purpose.chars().count() > 20 && is_nfc(&purpose),
                "{}: “{purpose}”",
                manifest.id
            );
            assert!(
                !vague.iter().any(|stem| purpose.contains(stem)),
                "{}: “{purpose}”",
                manifest.id
            );
        }
    }
}

/// W-03: stored names are globs that purge only their own, each named once.
#[test]
fn w_03_stored_names_purge_only_their_own() {
    let house = house();
    for manifest in house.iter() {
        let id = &manifest.id;
        let mut names = BTreeSet::new();
        for stored in &manifest.storage {
            let pattern = stored.name.as_str();
            let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '*');
            assert!(pattern.chars().all(is_plain), "{id}: {pattern} is no glob");
            assert!(pattern.trim_matches('*').len() >= 3, "{id}: {pattern} is too wide");
            assert!(names.insert((stored.place.as_str(), pattern)), "{id}: {pattern} twice");
            for name in NECESSARY {
                assert!(!stored.name.matches(name), "{id}: {pattern} would purge {name}");
            }
            let is_google = |id: &str| id.starts_with("google");
            let others = house
                .iter()
                .filter(|other| other.id != *id && !(is_google(&other.id) && is_google(id)) && stored.host.is_none());
            for other in others {
                for foreign in other.storage.iter().filter(|foreign| foreign.host.is_none()) {
                    let name = foreign.name.as_str().replace('*', "x1");
                    let is_taken = foreign.place == stored.place && stored.name.matches(&name);
                    assert!(!is_taken, "{id}: {pattern} would purge {}’s {name}", other.id);
                }
            }
        }
    }
}

#[test]
fn w_03_stored_names_cover_what_the_vendors_are_known_to_keep() {
    let known = [
        (
            "yandex-metrika",
            Place::Cookie,
            &[
                "_ym_uid",
                "_ym_d",
                "_ym_isad",
                "_ym_visorc",
                "_ym_visorc_123",
                "_ym_hostIndex",
                "_ym_debug",
                "_ym_ucs",
                "_ym_fa",
                "_ym_metrika_enabled_1",
                "metrika_enabled",
            ][..],
        ),
        (
            "yandex-metrika",
            Place::LocalStorage,
            &[
                "_ym_uid",
                "_ym123_lsid",
                "_ym123:0_reqNum",
                "_ym_retryReqs",
                "_ymBRC",
                "_ym_zzlc",
            ],
        ),
        ("yandex-metrika", Place::SessionStorage, &["__ym_tab_guid"]),
        ("google-analytics", Place::Cookie, &["_ga", "_ga_ABC123"]),
        (
            "top-mail-ru",
            Place::Cookie,
            &["tmr_lvid", "tmr_lvidTS", "tmr_reqNum", "tmr_detect", "domain_sid"],
        ),
        ("top-mail-ru", Place::LocalStorage, &["tmr_lvid", "_tmr_x"]),
        (
            "tiktok-pixel",
            Place::Cookie,
            &["_ttp", "_tt_enable_cookie", "ttcsid_C1"],
        ),
    ];
    for (id, place, names) in known {
        let storage = vendor(id).storage;
        for name in names {
            let is_covered = storage
                .iter()
                .any(|stored| stored.place == place && stored.name.matches(name));
            assert!(is_covered, "{id}: {name} in {place:?}");
        }
    }
}

/// V-05: a cookie that Kelisim can shorten is listed within thirteen months, and its vendor is told the term.
#[test]
fn v_05_google_analytics_is_told_how_much_is_left() {
    let manifest = vendor("google-analytics");
    assert!(
        manifest
            .storage
            .iter()
            .all(|stored| stored.lifetime == Lifetime::Days(395))
    );
    let told: Vec<String> = house()
        .iter()
        .filter(|manifest| manifest.is_told_the_term())
        .map(|manifest| manifest.id.clone())
        .collect();
    assert_eq!(told, ["google-ads", "google-analytics", "matomo"]);
}

// Parameters and placeholders.

#[test]
fn k_04_every_parameter_is_described_and_its_examples_are_accepted() {
    for manifest in house().iter() {
        for (name, parameter) in &manifest.parameters {
            assert!(
                parameter.description.in_language("en").ends_with('.'),
                "{}: {name}",
                manifest.id
            );
            assert!(!parameter.examples.is_empty(), "{}: {name}", manifest.id);
            for example in &parameter.examples {
                assert!(given(parameter, example).is_some(), "{}: {name} {example}", manifest.id);
            }
        }
    }
}

fn parameters_of_template<'t>(template: &'t Template, used: &mut BTreeSet<&'t str>) {
    for piece in template.pieces() {
        if let Piece::Parameter(name) = piece {
            used.insert(name);
        }
    }
}

fn parameters_of_value<'v>(value: &'v ManifestValue, used: &mut BTreeSet<&'v str>) {
    match value {
        ManifestValue::Parameter(name) => {
            used.insert(name);
        }
        ManifestValue::Text(template) => parameters_of_template(template, used),
        ManifestValue::List(items) => {
            for item in items {
                parameters_of_value(item, used);
            }
        }
        ManifestValue::Object(members) => {
            for (_, member) in members {
                parameters_of_value(member, used);
            }
        }
        _ => {}
    }
}

fn parameters_of_step<'s>(step: &'s ManifestStep, used: &mut BTreeSet<&'s str>) {
    match step {
        ManifestStep::Load { url, attributes } => {
            parameters_of_template(url, used);
            for (_, value) in attributes {
                parameters_of_template(value, used);
            }
        }
        ManifestStep::Set { name, to } => {
            parameters_of_template(name, used);
            parameters_of_value(to, used);
        }
        ManifestStep::Call { name, with } => {
            parameters_of_template(name, used);
            for value in with {
                parameters_of_value(value, used);
            }
        }
        ManifestStep::Stub { name, members, .. } => {
            parameters_of_template(name, used);
            for (_, member) in members {
                parameters_of_value(member, used);
            }
        }
        ManifestStep::Flag { name }
        | ManifestStep::Queue { name, .. }
        | ManifestStep::Gtag { name }
        | ManifestStep::List { name }
        | ManifestStep::Silence { name }
        | ManifestStep::Clear { name } => parameters_of_template(name, used),
    }
}

/// G-03: an owner is asked for nothing that has no use. That every placeholder is known is a rule of the reading.
#[test]
fn g_03_every_parameter_is_used() {
    for manifest in house().iter() {
        let mut used = BTreeSet::new();
        for step in manifest.start.iter().chain(&manifest.stop) {
            parameters_of_step(step, &mut used);
        }
        let named: BTreeSet<&str> = manifest.parameters.keys().map(String::as_str).collect();
        assert_eq!(used, named, "{}", manifest.id);
    }
}

/// G-01: nothing is loaded, called or flagged for a vendor of which the owner has not given everything.
#[test]
fn g_01_without_its_parameters_a_vendor_does_nothing() {
    for manifest in house().iter() {
        let whole = examples(manifest);
        for name in manifest.parameters.keys() {
            let mut without = whole.clone();
            without.remove(name);
            assert_eq!(manifest.resolve(&without), Resolved::default(), "{}", manifest.id);
        }
        let resolved = serde_json::to_string(&(manifest.resolve(&whole).start, manifest.resolve(&whole).stop)).unwrap();
        for name in manifest.parameters.keys() {
            assert!(!resolved.contains(&format!("{{{name}}}")), "{}", manifest.id);
        }
    }
}

#[test]
fn a_number_is_one_as_long_as_a_page_can_hold_it() {
    let manifest = vendor("meta-pixel");
    let init = |pixel: serde_json::Value| {
        let resolved = manifest.resolve(&parameters(&manifest, &json!({ "pixel": pixel })));
        in_short(&resolved.start[3])
    };
    for (pixel, expected) in [
        (json!(1_234_567_890), r#"call fbq ["init",1234567890]"#),
        (json!("1234567890"), r#"call fbq ["init",1234567890]"#),
        (json!("9007199254740991"), r#"call fbq ["init",9007199254740991]"#),
        (json!("9007199254740992"), r#"call fbq ["init","9007199254740992"]"#),
        (
            json!("1234567890123456789"),
            r#"call fbq ["init","1234567890123456789"]"#,
        ),
    ] {
        assert_eq!(init(pixel), expected);
    }
    let matomo = vendor("matomo");
    let digits = matomo.resolve(&parameters(&matomo, &json!({ "host": "12345", "site": 7 })));
    assert_eq!(digits.hosts, ["12345"], "digits of a text stay a text");
}

// Hosts.

/// B-01, G-01: what is loaded comes over https from a host that the manifest names, also for scripts.
#[test]
fn b_01_g_01_every_loaded_host_is_declared() {
    for manifest in house().iter() {
        let resolved = with_examples(manifest);
        for step in &resolved.start {
            let Step::Load { url, .. } = step else { continue };
            let host = url.strip_prefix("https://").unwrap().split('/').next().unwrap();
            let is_named = |hosts: &[String]| hosts.iter().any(|pattern| glob::matches(pattern, host));
            assert!(is_named(&resolved.hosts), "{}: {host}", manifest.id);
            assert!(is_named(&resolved.csp.script), "{}: {host}", manifest.id);
            assert!(manifest.csp.is_some(), "{}: by which kinds of requests?", manifest.id);
        }
    }
}

/// B-01: what a policy allows by kind is among the vendor's hosts.
#[test]
fn b_01_a_policy_names_declared_hosts() {
    for manifest in house().iter() {
        let resolved = with_examples(manifest);
        let Csp {
            script,
            connect,
            img,
            frame,
        } = &resolved.csp;
        for host in script.iter().chain(connect).chain(img).chain(frame) {
            let bare = host.strip_prefix("wss://").unwrap_or(host);
            let is_declared = resolved.hosts.iter().any(|pattern| glob::matches(pattern, bare));
            assert!(is_declared, "{}: {host} is not among its hosts", manifest.id);
        }
    }
}

#[test]
fn a_policy_that_nobody_wrote_down_allows_every_host_but_in_frames() {
    let manifest = vendor("microsoft-uet");
    assert_eq!(manifest.csp, None);
    let csp = with_examples(&manifest).csp;
    assert_eq!(csp.script, ["bat.bing.com"]);
    assert_eq!((&csp.connect, &csp.img), (&csp.script, &csp.script));
    assert!(csp.frame.is_empty());
}

#[test]
fn a_host_is_found_by_its_pattern() {
    let clarity = vendor("microsoft-clarity");
    for (host, is_its) in [
        ("www.clarity.ms", true),
        ("a.b.clarity.ms", true),
        ("clarity.ms", false),
        ("clarity.ms.example", false),
        ("c.bing.com", true),
    ] {
        assert_eq!(clarity.is_reached_on(host), is_its, "{host}");
    }
    let matomo = vendor("matomo");
    assert!(!matomo.is_reached_on("{host}") && !matomo.is_reached_on("stat.example.kz"));
    assert_eq!(
        matomo.hosts.iter().map(HostPattern::to_string).collect::<Vec<_>>(),
        ["{host}"]
    );
}

// What is done in the page.

/// A vendor of the catalogue: its parameters, how it starts, and how it stops, each step in short.
struct Documented {
    vendor: &'static str,
    parameters: &'static str,
    flags: &'static [&'static str],
    starts: &'static [&'static str],
    stops: &'static [&'static str],
}

const METHODS_OF_TIKTOK: &str = concat!(
    "stub ttq page,track,identify,instances,debug,on,off,once,ready,alias,group,enableCookie,disableCookie,",
    "holdConsent,revokeConsent,grantConsent ",
    r#"{"methods":["page","track","identify","instances","debug","on","off","once","ready","alias","group","#,
    r#""enableCookie","disableCookie","holdConsent","revokeConsent","grantConsent"],"_i":{},"_t":{},"_o":{}}"#
);

/// What each vendor's own documents give, with the parameters filled in. M-01, M-02 and M-03 are the first two rows.
const DOCUMENTED: &[Documented] = &[
    Documented {
        vendor: "yandex-metrika",
        parameters: r#"{"counter": 10000003}"#,
        flags: &["disableYaCounter10000003"],
        starts: &[
            "queue ym a",
            "set ym.l NOW",
            "load https://mc.yandex.ru/metrika/tag.js?id=10000003",
            concat!(
                r#"call ym [10000003,"init",{"webvisor":GRANTED-replay,"clickmap":GRANTED-replay,"#,
                r#""accurateTrackBounce":true,"trackLinks":true}]"#
            ),
        ],
        stops: &[r#"call ym [10000003,"destruct"]"#, "clear ym.a", "silence ym"],
    },
    Documented {
        vendor: "google-analytics",
        parameters: r#"{"measurementId": "G-RASCOKZ000"}"#,
        flags: &["ga-disable-G-RASCOKZ000"],
        starts: &[
            "gtag gtag",
            "load https://www.googletagmanager.com/gtag/js?id=G-RASCOKZ000",
            r#"call gtag ["js",DATE]"#,
            r#"call gtag ["config","G-RASCOKZ000",{"cookie_expires":LEFT}]"#,
        ],
        stops: &["silence gtag"],
    },
    Documented {
        vendor: "top-mail-ru",
        parameters: r#"{"counter": 1000002}"#,
        flags: &[],
        starts: &[
            "list _tmr",
            r#"call _tmr.push [{"id":1000002,"type":"pageView","start":NOW}]"#,
            "load https://top-fwz1.mail.ru/js/code.js",
        ],
        stops: &["clear _tmr", "silence _tmr.push"],
    },
    Documented {
        vendor: "google-tag-manager",
        parameters: r#"{"container": "GTM-ABC1234"}"#,
        flags: &[],
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
        flags: &[],
        starts: &[
            "gtag gtag",
            "load https://www.googletagmanager.com/gtag/js?id=AW-123456789",
            r#"call gtag ["js",DATE]"#,
            r#"call gtag ["config","AW-123456789",{"cookie_expires":LEFT}]"#,
        ],
        stops: &["silence gtag"],
    },
    Documented {
        vendor: "meta-pixel",
        parameters: r#"{"pixel": 1234567890}"#,
        flags: &[],
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
        vendor: "tiktok-pixel",
        parameters: r#"{"pixel": "CABCDEF12345678GHIJK"}"#,
        flags: &[],
        starts: &[
            r#"set TiktokAnalyticsObject "ttq""#,
            METHODS_OF_TIKTOK,
            "set ttq._i.CABCDEF12345678GHIJK []",
            r#"set ttq._i.CABCDEF12345678GHIJK._u "https://analytics.tiktok.com/i18n/pixel/events.js""#,
            "set ttq._t.CABCDEF12345678GHIJK NOW",
            "set ttq._o.CABCDEF12345678GHIJK {}",
            "load https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=CABCDEF12345678GHIJK&lib=ttq",
            "call ttq.page []",
        ],
        stops: &[
            "call ttq.revokeConsent []",
            "clear ttq",
            "silence ttq.push",
            "silence ttq.page",
            "silence ttq.track",
            "silence ttq.identify",
        ],
    },
    Documented {
        vendor: "plausible",
        parameters: r#"{"domain": "example.kz"}"#,
        flags: &[],
        starts: &[
            "queue plausible q",
            "load https://plausible.io/js/script.js data-domain=example.kz",
        ],
        stops: &["clear plausible.q", "silence plausible"],
    },
    Documented {
        vendor: "microsoft-clarity",
        parameters: r#"{"project": "abcdefghij"}"#,
        flags: &[],
        starts: &["queue clarity q", "load https://www.clarity.ms/tag/abcdefghij"],
        stops: &[r#"call clarity ["stop"]"#, "clear clarity.q", "silence clarity"],
    },
    Documented {
        vendor: "hotjar",
        parameters: r#"{"site": 123456}"#,
        flags: &[],
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
        flags: &[],
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
        flags: &[],
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
        flags: &[],
        starts: &["load https://code.jivosite.com/widget/AbCdEf1234"],
        stops: &[],
    },
    Documented {
        vendor: "roistat",
        parameters: r#"{"project": "abc123"}"#,
        flags: &[],
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
        flags: &[],
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
        flags: &[],
        starts: &["load https://cdn-ru.bitrix24.ru/b1234567/crm/site_button/loader_2_abcdef.js"],
        stops: &[],
    },
    Documented {
        vendor: "tilda-statistics",
        parameters: "{}",
        flags: &[],
        starts: &["load https://static.tildacdn.com/js/tilda-stat-1.0.min.js"],
        stops: &[],
    },
    Documented {
        vendor: "amocrm",
        parameters: "{}",
        flags: &[],
        starts: &["load https://piper.amocrm.ru/pixel/js/identifier/pixel_identifier.js"],
        stops: &[],
    },
];

/// M-01, M-02, M-03, V-05, W-03: each vendor starts with the calls that its documents give, and stops with its own.
#[test]
fn m_01_m_02_m_03_w_03_every_vendor_starts_and_stops_as_documented() {
    for case in DOCUMENTED {
        let manifest = vendor(case.vendor);
        let values = serde_json::from_str(case.parameters).unwrap();
        let resolved = manifest.resolve(&parameters(&manifest, &values));
        assert_eq!(resolved.flags, case.flags, "{}: flags", case.vendor);
        assert_eq!(all_in_short(&resolved.start), case.starts, "{} starts", case.vendor);
        assert_eq!(all_in_short(&resolved.stop), case.stops, "{} stops", case.vendor);
    }
}

#[test]
fn m_01_metrika_records_nothing_unless_replay_is_granted() {
    let house = house();
    let widened: Vec<&str> = house
        .iter()
        .filter(|manifest| manifest.widened_by("replay"))
        .map(|manifest| manifest.id.as_str())
        .collect();
    assert_eq!(widened, ["yandex-metrika"]);
    assert!(!vendor("yandex-metrika").widened_by("analytics"));
    let resolved = with_examples(&vendor("yandex-metrika"));
    let Some(Step::Call { with, .. }) = resolved.start.last() else {
        panic!("the last step is the call of init");
    };
    let Some(Value::Object(options)) = with.last() else {
        panic!("init has options");
    };
    for undeclared in ["defer", "nck", "ecommerce", "userParams", "params"] {
        assert!(!options.iter().any(|(name, _)| name == undeclared), "{undeclared}");
    }
}

#[test]
fn m_02_googles_vendors_speak_gtag_and_leave_the_consent_commands_to_kelisim() {
    let house = house();
    let speaking: Vec<&Manifest> = house.iter().filter(|manifest| manifest.speaks_gtag()).collect();
    let ids: Vec<&str> = speaking.iter().map(|manifest| manifest.id.as_str()).collect();
    assert_eq!(ids, ["google-ads", "google-analytics", "google-tag-manager"]);
    for manifest in speaking {
        let steps = all_in_short(&with_examples(manifest).start);
        assert!(!steps.iter().any(|step| step.contains("consent")), "{}", manifest.id);
    }
}

#[test]
fn m_03_a_kill_flag_is_declared_before_anything_else() {
    for manifest in house().iter() {
        let is_flag = |step: &ManifestStep| matches!(step, ManifestStep::Flag { .. });
        let flags = manifest.start.iter().filter(|step| is_flag(step)).count();
        assert!(manifest.start.iter().take(flags).all(is_flag), "{}", manifest.id);
    }
    for (id, flag) in [
        ("yandex-metrika", "disableYaCounter12345678"),
        ("google-analytics", "ga-disable-G-ABC1234567"),
    ] {
        assert_eq!(with_examples(&vendor(id)).flags, [flag]);
    }
}

// What is refused.

/// A manifest that is right, and shows every step and every placeholder.
fn sound() -> serde_json::Value {
    json!({
        "id": "vendor",
        "name": "Vendor",
        "category": "analytics",
        "recipient": { "kk": "Алушы", "ru": "Получатель", "en": "Recipient" },
        "country": ["KZ", "RU"],
        "purpose": { "kk": "Санайды.", "ru": "Считает.", "en": "Counts." },
        "data": ["ip"],
        "storage": [
            { "name": "_vendor_*", "in": "cookie", "purpose": "visitor-id", "lifetime": "365d", "host": "vendor.example" }
        ],
        "policy": "https://vendor.example/privacy",
        "hosts": ["vendor.example", "*.vendor.example", "{host}"],
        "csp": { "script": ["vendor.example"], "connect": ["wss://*.vendor.example", "{host}"] },
        "parameters": {
            "counter": { "type": "number", "description": "The number of the counter.", "examples": [1] },
            "host": { "type": "string", "description": "The host.", "examples": ["example.kz"] }
        },
        "start": [
            { "flag": "disable{counter}" },
            { "queue": "vendor", "list": "q" },
            { "gtag": "gtag" },
            { "list": "list{counter}" },
            { "stub": "stub", "methods": ["go"], "members": { "since": "{nowMs}", "never": null } },
            { "set": "vendor.settings", "to": { "half": 0.5, "deep": [["{host}/{counter}"]] } },
            { "load": "https://{host}/a.js?id={counter}", "attributes": { "data-id": "a{counter}", "defer": "" } },
            { "call": "vendor", "with": ["{counter}", "{now}", "{secondsLeft}", "{granted:replay}", "{host}"] }
        ],
        "stop": [
            { "callIfPresent": "vendor", "with": [] },
            { "set": "vendor.off", "to": true },
            { "clear": "vendor.q" },
            { "silence": "vendor" }
        ]
    })
}

fn read(manifest: &serde_json::Value) -> Result<Catalogue, CatalogueError> {
    Catalogue::from_files([("vendor.json", manifest.to_string())])
}

#[test]
fn every_step_and_every_placeholder_is_resolved() {
    let catalogue = read(&sound()).unwrap();
    let manifest = catalogue.get("vendor").unwrap();
    let resolved = manifest.resolve(&parameters(manifest, &json!({ "counter": 12, "host": "my.example" })));
    assert_eq!(resolved.flags, ["disable12"]);
    assert_eq!(
        all_in_short(&resolved.start),
        [
            "queue vendor q",
            "gtag gtag",
            "list list12",
            r#"stub stub go {"since":NOW,"never":null}"#,
            r#"set vendor.settings {"half":0.5,"deep":[["my.example/12"]]}"#,
            "load https://my.example/a.js?id=12 data-id=a12 defer=",
            r#"call vendor [12,DATE,LEFT,GRANTED-replay,"my.example"]"#,
        ]
    );
    assert_eq!(
        all_in_short(&resolved.stop),
        [
            "call vendor []",
            "set vendor.off true",
            "clear vendor.q",
            "silence vendor"
        ]
    );
    assert_eq!(resolved.hosts, ["vendor.example", "*.vendor.example", "my.example"]);
    assert_eq!(resolved.csp.connect, ["wss://*.vendor.example", "my.example"]);
    assert!(manifest.widened_by("replay") && manifest.speaks_gtag() && manifest.is_told_the_term());
    assert!(manifest.is_reached_on("a.vendor.example") && !manifest.is_reached_on("my.example"));
}

/// What is wrong in one manifest: where the sound one is changed, to what, and the place and the cause that are named.
#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn g_03_whatever_is_not_known_is_refused_when_it_is_read() {
    let cases = [
        ("/id", json!("other"), "id", "named by the id"),
        ("/id", json!("Vendor"), "id", "`Vendor`"),
        ("/category", json!("Not a category"), "category", "cannot stand here"),
        ("/country", json!("XX"), "country", "`XX`"),
        ("/country", json!([]), "country", "no country"),
        ("/country/1", json!("usa"), "country[1]", "`US`"),
        (
            "/policy",
            json!("http://vendor.example/"),
            "policy",
            "cannot stand here",
        ),
        ("/hosts/0", json!("https://vendor.example"), "hosts[0]", "is no host"),
        ("/hosts/0", json!("wss://vendor.example"), "hosts[0]", "is no host"),
        ("/hosts/0", json!("a.{host}"), "hosts[0]", "is no host"),
        ("/hosts/0", json!("{server}"), "hosts[0]", "no parameter `server`"),
        ("/csp/script/0", json!("'unsafe-inline'"), "csp.script[0]", "is no host"),
        ("/storage/0/name", json!("*"), "storage[0].name", "cannot stand here"),
        ("/storage/0/name", json!("/^_v/"), "storage[0].name", "`_v*`"),
        ("/storage/0/in", json!("cookies"), "storage[0].in", "`cookies`"),
        ("/storage/0/lifetime", json!("1y"), "storage[0].lifetime", "`1y`"),
        (
            "/parameters/counter/description",
            json!(" "),
            "parameters.counter.description",
            "none",
        ),
        (
            "/parameters/counter/examples",
            json!([]),
            "parameters.counter.examples",
            "none",
        ),
        ("/start/0", json!({}), "start[0]", "does something"),
        (
            "/start/0",
            json!({ "lode": "https://vendor.example/" }),
            "start[0]",
            "no step `lode`",
        ),
        ("/start/0", json!({ "flag": "" }), "start[0].flag", "a text is needed"),
        ("/start/0", json!({ "flag": 1 }), "start[0].flag", "a text is needed"),
        (
            "/start/0",
            json!({ "flag": "a", "to": 1 }),
            "start[0].to",
            "`flag` has no such member",
        ),
        (
            "/start/0",
            json!({ "flag": "a{counter" }),
            "start[0].flag",
            "not closed",
        ),
        (
            "/start/0",
            json!({ "flag": "a{other}" }),
            "start[0].flag",
            "no parameter `other`",
        ),
        ("/start/0", json!({ "flag": "a{}" }), "start[0].flag", "no parameter ``"),
        (
            "/start/0",
            json!({ "flag": "{now}" }),
            "start[0].flag",
            "a value by itself",
        ),
        ("/start/1", json!({ "queue": "vendor" }), "start[1].list", "missing"),
        (
            "/start/1",
            json!({ "queue": "vendor", "list": 1 }),
            "start[1].list",
            "a text is needed",
        ),
        ("/start/4", json!({ "stub": "s" }), "start[4].methods", "missing"),
        (
            "/start/4/methods",
            json!([1]),
            "start[4].methods[0]",
            "the name of a method",
        ),
        ("/start/4/members", json!([]), "start[4].members", "an object is needed"),
        (
            "/start/4/members",
            json!({ "a": "{b}" }),
            "start[4].members.a",
            "no parameter `b`",
        ),
        ("/start/5", json!({ "set": "a" }), "start[5].to", "missing"),
        (
            "/start/5/to",
            json!({ "{counter}": 1 }),
            "start[5].to[\"{counter}\"]",
            "no placeholder",
        ),
        (
            "/start/5/to",
            json!([[{ "a": "since {nowMs}" }]]),
            "start[5].to[0][0].a",
            "a value by itself",
        ),
        (
            "/start/5/to",
            json!("{granted:replay} {counter}"),
            "start[5].to",
            "a value by itself",
        ),
        ("/start/5/to", json!("{granted:}"), "start[5].to", "no category"),
        ("/start/5/to", json!("{granted:Replay}"), "start[5].to", "no category"),
        (
            "/start/6",
            json!({ "load": "//vendor.example/" }),
            "start[6].load",
            "over https",
        ),
        (
            "/start/6",
            json!({ "load": "https://{now}/" }),
            "start[6].load",
            "a value by itself",
        ),
        (
            "/start/6/attributes",
            json!({ "onload": "" }),
            "start[6].attributes.onload",
            "no such attribute",
        ),
        (
            "/start/6/attributes",
            json!({ "src": "" }),
            "start[6].attributes.src",
            "no such attribute",
        ),
        (
            "/start/6/attributes",
            json!({ "a b": "" }),
            "start[6].attributes[\"a b\"]",
            "no such attribute",
        ),
        (
            "/start/6/attributes",
            json!({ "data-a": 1 }),
            "start[6].attributes.data-a",
            "a text is needed",
        ),
        ("/start/7/with", json!("{counter}"), "start[7].with", "a list is needed"),
        (
            "/start/7/with/1",
            json!("{Now}"),
            "start[7].with[1]",
            "no parameter `Now`",
        ),
        (
            "/stop/0",
            json!({ "load": "https://vendor.example/" }),
            "stop[0]",
            "starts something",
        ),
        (
            "/stop/0",
            json!({ "stub": "a", "methods": [] }),
            "stop[0]",
            "starts something",
        ),
    ];
    for (pointer, changed, place, cause) in cases {
        let mut manifest = sound();
        *manifest.pointer_mut(pointer).unwrap() = changed;
        let error = read(&manifest).unwrap_err();
        assert_eq!(error.file, "vendor.json");
        assert_eq!(error.place, place, "{pointer}: {error}");
        assert!(error.cause.contains(cause), "{pointer}: {error}");
    }
}

#[test]
fn a_parameter_has_a_name_of_its_own() {
    for (name, cause) in [
        ("name", "every service has"),
        ("nowMs", "of the visit"),
        ("Counter", "no name"),
        ("the counter", "no name"),
    ] {
        let mut manifest = sound();
        manifest["parameters"][name] = manifest["parameters"]["counter"].clone();
        let error = read(&manifest).unwrap_err();
        assert_eq!(
            error.place,
            Path::default().member("parameters").member(name).to_string()
        );
        assert!(error.cause.contains(cause), "{error}");
    }
}

#[test]
fn what_is_no_manifest_is_refused_with_its_line() {
    for (change, cause) in [
        (json!({ "colour": "red" }), "unknown field `colour`"),
        (json!({ "csp": { "style": [] } }), "unknown field `style`"),
        (json!({ "data": "ip" }), "invalid type"),
        (json!({ "parameters": { "counter": "number" } }), "invalid type"),
    ] {
        let mut manifest = sound();
        for (key, value) in change.as_object().unwrap() {
            manifest[key] = value.clone();
        }
        let error = read(&manifest).unwrap_err();
        assert_eq!(error.place, "");
        assert!(error.cause.contains(cause) && error.cause.contains("line 1"), "{error}");
        assert_eq!(error.to_string(), format!("vendor.json: {}", error.cause));
    }
    let mut missing = sound();
    missing.as_object_mut().unwrap().shift_remove("stop");
    assert!(read(&missing).unwrap_err().cause.contains("missing field `stop`"));
    let error = Catalogue::from_files([("vendor.json", "")]).unwrap_err();
    assert!(error.to_string().starts_with("vendor.json: EOF"), "{error}");
}
