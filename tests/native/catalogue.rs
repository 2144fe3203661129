//! The manifests of vendors: complete, truthful about what they keep, and made of known steps only.
//!
//! They are read from their folder, so a new vendor is held to all of this without a change here.

use std::collections::{BTreeMap, BTreeSet};

use kelisim::core::config::glob;
use serde_json::Value;
use unicode_normalization::is_nfc;

use crate::texts::{json_files, languages};

/// The keys of a manifest; every one of them is required. It may have `csp` too.
const KEYS: &[&str] = &[
    "id",
    "name",
    "category",
    "recipient",
    "country",
    "purpose",
    "data",
    "storage",
    "policy",
    "hosts",
    "parameters",
    "start",
    "stop",
];

/// The kinds of requests by which `csp`, which a manifest may have too, names its hosts.
const REQUESTS: &[&str] = &["script", "connect", "img", "frame"];

/// The closed set of steps, with the keys that each has beside its own.
const STEPS: &[(&str, &[&str])] = &[
    ("load", &[]),
    ("queue", &["list"]),
    ("gtag", &[]),
    ("set", &["to"]),
    ("list", &[]),
    ("call", &["with"]),
    ("callIfPresent", &["with"]),
    ("silence", &[]),
    ("clear", &[]),
    ("flag", &[]),
];

/// Placeholders that are no parameter of the vendor.
const PLACEHOLDERS: &[&str] = &["now", "nowMs", "secondsLeft"];

/// The optional categories that Kelisim has words for. `necessary` is none of them (requirement C-06).
const CATEGORIES: &[&str] = &["functional", "analytics", "replay", "marketing", "media"];

fn manifests() -> BTreeMap<String, Value> {
    json_files("src/core/catalogue/services")
}

fn manifest(id: &str) -> Value {
    manifests().remove(id).unwrap_or_else(|| panic!("no manifest {id}"))
}

fn list<'a>(manifest: &'a Value, key: &str) -> &'a [Value] {
    manifest[key].as_array().unwrap_or_else(|| panic!("{key} is no list"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// The languages in which a manifest says everything; in any other the English words stand.
const HOUSE: [&str; 3] = ["kk", "ru", "en"];

/// The codes of a table that every language has.
fn codes(table: &str) -> BTreeSet<String> {
    let of = |file: &serde_json::Map<String, Value>| {
        file[table]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<BTreeSet<_>>()
    };
    languages().values().map(of).reduce(|all, more| &all & &more).unwrap()
}

/// Every step of a manifest by its name, that is, its first key.
fn steps<'a>(manifest: &'a Value, which: &str) -> Vec<(&'a str, &'a Value)> {
    list(manifest, which)
        .iter()
        .map(|step| (step.as_object().unwrap().keys().next().unwrap().as_str(), step))
        .collect()
}

/// Every string in a value, however deep.
fn strings<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(entries) => entries.values().for_each(|entry| strings(entry, found)),
        _ => {}
    }
}

/// Every name in braces in the steps of a manifest.
fn placeholders(manifest: &Value) -> BTreeSet<String> {
    let mut found = Vec::new();
    strings(&manifest["start"], &mut found);
    strings(&manifest["stop"], &mut found);
    let names = |text: &&str| {
        text.split('{')
            .skip(1)
            .map(|rest| rest.split_once('}').expect("a closing brace").0.to_owned())
            .collect::<Vec<_>>()
    };
    found.iter().flat_map(names).collect()
}

/// Which of a manifest's stored names cover `name` in that store.
fn covers(manifest: &Value, place: &str, name: &str) -> bool {
    list(manifest, "storage")
        .iter()
        .any(|stored| stored["in"] == place && glob::matches(text(&stored["name"]), name))
}

#[test]
fn o_02_every_manifest_is_complete() {
    assert!(!manifests().is_empty());
    for (file, manifest) in manifests() {
        let mut found: BTreeSet<&str> = manifest.as_object().unwrap().keys().map(String::as_str).collect();
        found.remove("csp");
        let mut expected: BTreeSet<&str> = KEYS.iter().copied().collect();
        // The address of a recipient's policy that nobody has checked is left out.
        if !found.contains("policy") {
            expected.remove("policy");
        }
        assert_eq!(found, expected, "{file}");
        assert_eq!(manifest["id"], file, "the file is named by the id");
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        assert!(
            file.starts_with(|first: char| first.is_ascii_lowercase()) && file.chars().all(plain),
            "{file}: no id"
        );
        assert!(!text(&manifest["name"]).is_empty(), "{file}");
        assert!(
            manifest
                .get("policy")
                .is_none_or(|policy| text(policy).starts_with("https://")),
            "{file}"
        );
        assert!(!list(&manifest, "hosts").is_empty(), "{file}");
    }
}

#[test]
fn c_06_no_vendor_is_necessary() {
    for (file, manifest) in manifests() {
        assert!(CATEGORIES.contains(&text(&manifest["category"])), "{file}");
    }
}

#[test]
fn i_04_i_05_recipient_and_countries_have_words_in_every_language() {
    for (file, manifest) in manifests() {
        match &manifest["recipient"] {
            Value::String(name) => assert!(!name.is_empty(), "{file}"),
            names => HOUSE
                .iter()
                .for_each(|tag| assert!(!text(&names[*tag]).is_empty(), "{file} {tag}")),
        }
        let countries = match &manifest["country"] {
            Value::Array(countries) => countries.clone(),
            country => vec![country.clone()],
        };
        assert!(!countries.is_empty(), "{file}");
        for country in countries {
            assert!(codes("countries").contains(text(&country)), "{file}: {country}");
        }
    }
}

#[test]
fn i_07_the_collected_data_has_words_in_every_language() {
    for (file, manifest) in manifests() {
        let data: Vec<&str> = list(&manifest, "data").iter().map(text).collect();
        assert!(data.contains(&"ip"), "{file}: a request alone tells the address");
        assert_eq!(
            data.iter().collect::<BTreeSet<_>>().len(),
            data.len(),
            "{file}: a code twice"
        );
        for code in data {
            assert!(codes("data").contains(code), "{file}: {code}");
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
    for (file, manifest) in manifests() {
        for tag in HOUSE {
            let purpose = text(&manifest["purpose"][tag]).to_lowercase();
            assert!(
                purpose.chars().count() > 20 && is_nfc(&purpose),
                "{file} {tag}: “{purpose}”"
            );
            assert!(
                !vague.iter().any(|stem| purpose.contains(stem)),
                "{file} {tag}: “{purpose}”"
            );
        }
    }
}

#[test]
fn i_09_every_stored_name_has_place_purpose_and_lifetime() {
    for (file, manifest) in manifests() {
        let mut names = BTreeSet::new();
        for stored in list(&manifest, "storage") {
            let keys: Vec<&str> = stored.as_object().unwrap().keys().map(String::as_str).collect();
            let keys = keys.strip_suffix(&["host"]).unwrap_or(&keys);
            assert_eq!(keys, ["name", "in", "purpose", "lifetime"], "{file}: {stored}");
            assert!(
                matches!(text(&stored["in"]), "cookie" | "localStorage" | "sessionStorage"),
                "{file}: {stored}"
            );
            assert!(
                codes("storagePurposes").contains(text(&stored["purpose"])),
                "{file}: {stored}"
            );
            assert!(is_lifetime(text(&stored["lifetime"])), "{file}: {stored}");
            assert!(
                names.insert((text(&stored["in"]), text(&stored["name"]))),
                "{file}: {stored} twice"
            );
        }
    }
}

/// Whether a lifetime is `session`, `unlimited`, or a number of minutes, hours or days.
fn is_lifetime(written: &str) -> bool {
    let number = |unit| {
        written
            .strip_suffix(unit)
            .and_then(|number| number.parse::<u16>().ok())
            .is_some_and(|number| number > 0)
    };
    matches!(written, "session" | "unlimited") || ['m', 'h', 'd'].into_iter().any(number)
}

#[test]
fn v_05_a_cookie_that_kelisim_can_shorten_is_listed_within_thirteen_months() {
    for stored in list(&manifest("google-analytics"), "storage") {
        assert_eq!(
            stored["lifetime"], "395d",
            "its cookie_expires is the rest of the consent, thirteen months at most"
        );
    }
}

#[test]
fn w_03_stored_names_are_globs_that_purge_only_their_own() {
    let foreign = [
        "kelisim",
        "PHPSESSID",
        "PHPSESSID5",
        "JSESSIONID",
        "sessionid",
        "session",
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
    for (file, manifest) in manifests() {
        for stored in list(&manifest, "storage") {
            let pattern = text(&stored["name"]);
            let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '*');
            assert!(pattern.chars().all(plain), "{file}: {pattern} is no glob");
            assert!(pattern.trim_matches('*').len() >= 3, "{file}: {pattern} is too wide");
            for name in foreign {
                assert!(!glob::matches(pattern, name), "{file}: {pattern} would purge {name}");
            }
        }
    }
}

#[test]
fn w_03_stored_names_cover_what_the_vendors_are_known_to_keep() {
    let known = [
        (
            "yandex-metrika",
            "cookie",
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
            "localStorage",
            &[
                "_ym_uid",
                "_ym123_lsid",
                "_ym123:0_reqNum",
                "_ym_retryReqs",
                "_ymBRC",
                "_ym_zzlc",
            ],
        ),
        ("yandex-metrika", "sessionStorage", &["__ym_tab_guid"]),
        ("google-analytics", "cookie", &["_ga", "_ga_ABC123"]),
        (
            "top-mail-ru",
            "cookie",
            &["tmr_lvid", "tmr_lvidTS", "tmr_reqNum", "tmr_detect", "domain_sid"],
        ),
        ("top-mail-ru", "localStorage", &["tmr_lvid", "_tmr_x"]),
    ];
    for (vendor, place, names) in known {
        for name in names {
            assert!(covers(&manifest(vendor), place, name), "{vendor}: {name} in {place}");
        }
    }
}

#[test]
fn g_03_steps_belong_to_the_closed_set() {
    for (file, manifest) in manifests() {
        for (name, step) in [steps(&manifest, "start"), steps(&manifest, "stop")].concat() {
            let (_, beside) = STEPS
                .iter()
                .find(|(known, _)| *known == name)
                .unwrap_or_else(|| panic!("{file}: {step}"));
            let keys: Vec<&str> = step.as_object().unwrap().keys().skip(1).map(String::as_str).collect();
            assert_eq!(keys, *beside, "{file}: {step}");
            assert!(!text(&step[name]).is_empty(), "{file}: {step}");
            assert!(
                name != "call" && name != "callIfPresent" || step["with"].is_array(),
                "{file}: {step}"
            );
        }
        let stops: Vec<&str> = steps(&manifest, "stop").iter().map(|(name, _)| *name).collect();
        for starting in ["load", "queue", "gtag", "default", "flag"] {
            assert!(
                !stops.contains(&starting),
                "{file}: {starting} starts, it does not stop"
            );
        }
    }
}

#[test]
fn g_03_placeholders_are_known_and_parameters_are_used() {
    for (file, manifest) in manifests() {
        let parameters: BTreeSet<String> = manifest["parameters"].as_object().unwrap().keys().cloned().collect();
        for (name, kind) in manifest["parameters"].as_object().unwrap() {
            assert!(matches!(text(kind), "number" | "string"), "{file}: {name}");
        }
        let used = placeholders(&manifest);
        for name in &used {
            let category = name.strip_prefix("granted:").map(|id| CATEGORIES.contains(&id));
            assert!(
                category.unwrap_or(parameters.contains(name) || PLACEHOLDERS.contains(&name.as_str())),
                "{file}: {{{name}}}"
            );
        }
        // The snippet of a vendor that the page gates itself has them; the compiler starts some of these from data.
        let is_gated_by_the_page = list(&manifest, "start").is_empty();
        assert!(
            is_gated_by_the_page || parameters.is_subset(&used),
            "{file}: a parameter that nothing uses"
        );
    }
}

/// B-01: what a vendor's policy allows by kind are hosts that the manifest declares, and those of its scripts among them.
#[test]
fn b_01_a_policy_names_declared_hosts() {
    for (file, manifest) in manifests() {
        let Some(kinds) = manifest.get("csp").map(|csp| csp.as_object().unwrap()) else {
            continue;
        };
        let declared: Vec<&Value> = list(&manifest, "hosts").iter().collect();
        for (kind, hosts) in kinds {
            assert!(REQUESTS.contains(&kind.as_str()), "{file}: {kind}");
            for host in hosts.as_array().unwrap() {
                assert!(declared.contains(&host), "{file}: {host} is not among its hosts");
            }
        }
        for (_, step) in steps(&manifest, "start").iter().filter(|(name, _)| *name == "load") {
            let address = text(&step["load"]).trim_start_matches("https://");
            let host = address.split('/').next().unwrap();
            let allowed = list(&manifest["csp"], "script");
            assert!(
                allowed.iter().any(|pattern| glob::matches(text(pattern), host)),
                "{file}: {host}"
            );
        }
    }
}

/// What is loaded comes from a host that the manifest names, over https, without a placeholder before the path.
#[test]
fn g_01_every_loaded_host_is_declared() {
    for (file, manifest) in manifests() {
        let hosts: Vec<&str> = list(&manifest, "hosts").iter().map(text).collect();
        let loads: Vec<&str> = steps(&manifest, "start")
            .iter()
            .filter(|(name, _)| *name == "load")
            .map(|(_, step)| text(&step["load"]))
            .collect();
        for address in loads {
            let host = address
                .strip_prefix("https://")
                .and_then(|rest| rest.split('/').next())
                .unwrap();
            assert!(
                hosts.iter().any(|pattern| glob::matches(pattern, host)),
                "{file}: {host}"
            );
        }
    }
}

#[test]
fn m_01_metrika_records_nothing_unless_replay_is_granted() {
    let metrika = manifest("yandex-metrika");
    let (_, init) = steps(&metrika, "start")
        .into_iter()
        .find(|(name, _)| *name == "call")
        .unwrap();
    assert_eq!(init["with"][0], "{counter}");
    assert_eq!(init["with"][1], "init");
    let options = &init["with"][2];
    for option in ["webvisor", "clickmap"] {
        assert_eq!(options[option], "{granted:replay}", "{option}");
    }
    for undeclared in ["defer", "nck", "ecommerce", "userParams", "params"] {
        assert!(options.get(undeclared).is_none(), "{undeclared}");
    }
}

#[test]
fn m_02_google_analytics_leaves_the_consent_commands_to_kelisim() {
    let analytics = manifest("google-analytics");
    let calls: Vec<&Value> = steps(&analytics, "start")
        .into_iter()
        .filter(|(name, _)| *name == "call")
        .map(|(_, step)| &step["with"])
        .collect();
    assert_eq!(calls.len(), 2);
    assert_eq!(*calls[0], serde_json::json!(["js", "{now}"]));
    assert_eq!(
        *calls[1],
        serde_json::json!(["config", "{measurementId}", { "cookie_expires": "{secondsLeft}" }])
    );
}

#[test]
fn m_03_the_vendors_with_a_kill_flag_declare_it_before_anything_loads() {
    for (vendor, flag) in [
        ("yandex-metrika", "disableYaCounter{counter}"),
        ("google-analytics", "ga-disable-{measurementId}"),
    ] {
        let manifest = manifest(vendor);
        assert_eq!(list(&manifest, "start")[0]["flag"], flag);
    }
}
