//! What a configuration may say: data cases with the exact problems of each, the five sites, and properties that hold
//! for any document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kelisim::core::config::{Config, Known, Problem, check, diagnose, vendors, verdict, wording};
use kelisim::core::notice::texts::Text;
use kelisim::core::value::{Members, NULL, Value, Words, keep};
use kelisim::owner::check::{Message, messages};
use kelisim::owner::notice::{Extent, notice};
use kelisim::owner::schema::schema;
use proptest::prelude::*;
use serde_json::json;

use crate::corpus::is_within_a_schema;
use crate::site::{known, texts};

/// A change over the good configuration, and every problem that the result has: `path: code (hint)`.
#[derive(serde::Deserialize)]
struct Case {
    name: String,
    change: serde_json::Value,
    problems: Vec<String>,
    /// What is advised, where the case is about that: `path: code`.
    advice: Option<Vec<String>>,
}

fn good() -> serde_json::Value {
    serde_json::from_str(include_str!("config/good.json")).unwrap()
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("config/cases.json")).unwrap()
}

/// JSON merge patch (RFC 7396): `null` removes, an object goes on inside, anything else replaces.
fn merge(document: &mut serde_json::Value, change: &serde_json::Value) {
    let (Some(members), Some(changes)) = (document.as_object_mut(), change.as_object()) else {
        *document = change.clone();
        return;
    };
    for (key, change) in changes {
        if change.is_null() {
            members.shift_remove(key);
        } else {
            merge(members.entry(key).or_insert(serde_json::Value::Null), change);
        }
    }
}

fn changed(change: &serde_json::Value) -> serde_json::Value {
    let mut document = good();
    merge(&mut document, change);
    document
}

static MESSAGES: LazyLock<BTreeMap<String, Message>> = LazyLock::new(|| messages().unwrap());

/// Checks a document against all that Kelisim brings along, as the tool does.
fn checked(document: &'static Value) -> Result<Config, &'static [Problem]> {
    check(document, known())
}

fn result(document: &serde_json::Value) -> Result<Config, &'static [Problem]> {
    checked(Value::from(document.clone()).keep())
}

/// Checks a document against these manifests, as the page does: without the whole catalogue at hand.
fn checked_with(document: &'static Value, manifests: &'static Value) -> Result<Config, &'static [Problem]> {
    check(
        document,
        Known {
            manifests,
            vendors: "",
            ..known()
        },
    )
}

fn written(problem: &Problem) -> String {
    let Problem { path, code, hint } = problem;
    if hint.are_none() {
        format!("{path}: {code}")
    } else {
        format!("{path}: {code} ({hint})")
    }
}

/// Every error of a document: of its shape, and of its words.
fn errors(document: &serde_json::Value) -> Vec<Problem> {
    let document = Value::from(document.clone()).keep();
    let shape = checked(document).err().unwrap_or_default();
    shape.iter().chain(wording(document)).copied().collect()
}

fn problems(document: &serde_json::Value) -> Vec<String> {
    errors(document).iter().map(written).collect()
}

/// O-01, O-02, O-03, C-04, C-06, V-01, B-02, B-04, I-05, I-07, L-05, S-03: each case names what it shows.
#[test]
fn o_02_every_case_has_exactly_its_problems() {
    let wrong: Vec<String> = cases()
        .into_iter()
        .filter_map(|mut case| {
            let mut found = problems(&changed(&case.change));
            found.sort();
            case.problems.sort();
            (found != case.problems)
                .then(|| format!("{}\n  expected {:#?}\n  found {found:#?}", case.name, case.problems))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is advised stops nothing, and is named with its place.
#[test]
fn advice_is_named_where_the_case_is_about_it() {
    for case in cases() {
        if let Some(expected) = case.advice {
            let advised = tool::advice(&changed(&case.change).to_string()).into_iter();
            let found: Vec<String> = advised.map(|(path, code)| format!("{path}: {code}")).collect();
            assert_eq!(found, expected, "{}", case.name);
        }
    }
}

/// O-02: an editor with the schema and the check agree on every case: what passes passes, and what has a problem that a
/// schema can say is marked.
#[test]
fn o_02_the_schema_agrees_with_the_check() {
    let schema = jsonschema::validator_for(&schema().unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in cases() {
        let document = changed(&case.change);
        let within = |problem: &Problem| is_within_a_schema(problem.code.text());
        let marks = schema
            .iter_errors(&document)
            .map(|error| error.to_string())
            .collect::<Vec<_>>();
        if case.problems.is_empty() && !marks.is_empty() {
            wrong.push(format!("{}: marked without a problem: {marks:?}", case.name));
        } else if errors(&document).iter().any(within) && marks.is_empty() {
            wrong.push(format!("{}: not marked: {:?}", case.name, case.problems));
        }
    }
    for (domain, _) in POLICIES {
        assert!(schema.is_valid(&site(domain, "site.json")), "{domain}");
        assert!(!schema.is_valid(&site(domain, "policy-only.json")), "{domain}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The codes of problems that only the browser can find, where it fetches the configuration and knows the page's host;
/// `brokenVendor`, which no manifest of the catalogue is; and `keyTwice`, which only a text can have.
const ELSEWHERE: [&str; 4] = ["notJson", "scopeElsewhere", "brokenVendor", "keyTwice"];

/// The codes of what is only advised.
pub(super) const ADVISED: [&str; 6] = [
    "longLifetime",
    "outlivesConsent",
    "vendorByHand",
    "noContact",
    "halfTranslated",
    "plainAddress",
];

/// The codes of the words of an owner, which no visitor's script has, as it has none of advice.
const OF_THE_TOOL: [&str; 9] = [
    "keyTwice",
    "vaguePurpose",
    "notARefusal",
    "impliedConsent",
    "bundledConsent",
    "guilt",
    "urgency",
    "reward",
    "emoji",
];

#[test]
fn every_code_has_a_case_and_a_message_and_every_message_a_code() {
    let shown: BTreeSet<String> = cases()
        .iter()
        .flat_map(|case| {
            let document = changed(&case.change);
            let advised = tool::advice(&document.to_string()).into_iter().map(|(_, code)| code);
            let errors = errors(&document).into_iter().map(|problem| problem.code.to_string());
            errors.chain(advised).collect::<Vec<_>>()
        })
        .chain(ELSEWHERE.map(str::to_owned))
        .collect();
    let explained: BTreeSet<String> = messages().unwrap().into_keys().collect();
    assert_eq!(shown, explained);
}

/// Every code that the check can report is explained, so that none waits for an owner who meets it first.
#[test]
fn every_code_in_the_sources_has_a_message() {
    let explained = messages().unwrap();
    let source = std::fs::read_to_string(root().join("src/core/config/codes.rs")).unwrap();
    let (_, codes) = source.split_once("codes! {").unwrap();
    let codes: Vec<&str> = codes
        .split('"')
        .skip(1)
        .step_by(2)
        .chain(OF_THE_TOOL)
        .chain(ADVISED)
        .collect();
    assert_eq!(codes.len(), explained.len() - 2, "the browser alone finds two more");
    for code in codes {
        assert!(explained.contains_key(code), "{code} has no message");
    }
}

/// One sentence of an owner and what is wrong with it.
#[derive(serde::Deserialize)]
struct Sentence {
    place: String,
    language: String,
    words: String,
    code: Option<String>,
}

/// F-05, F-06, F-11, G-05, I-08: words that press, hide or say nothing are found in each of the three languages, and
/// sentences that only look like them are left alone.
#[test]
fn f_06_words_that_press_are_found_and_others_are_not() {
    let sentences: Vec<Sentence> = serde_json::from_str(include_str!("config/wording.json")).unwrap();
    let mut wrong = Vec::new();
    for sentence in &sentences {
        let Sentence {
            place,
            language,
            words,
            code,
        } = sentence;
        let document = match place.as_str() {
            "purpose" => json!({ "categories": [{ "id": "own", "purpose": { language: words } }] }),
            "text" => json!({ "texts": { language: { "lead": words } } }),
            "reject" => json!({ "texts": { language: { "reject": words } } }),
            "necessary" => json!({ "texts": { language: { "necessaryPurpose": words } } }),
            other => panic!("{other}"),
        };
        let found: Vec<&str> = wording(Value::from(document).keep())
            .iter()
            .map(|problem| problem.code.text())
            .collect();
        if found != code.as_deref().into_iter().collect::<Vec<_>>() {
            wrong.push(format!("{language} {place} “{words}”: {found:?} instead of {code:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for language in ["kk", "ru", "en"] {
        for is_wrong in [true, false] {
            let alike = |sentence: &&Sentence| sentence.language == language && sentence.code.is_some() == is_wrong;
            assert!(sentences.iter().filter(alike).count() >= 9, "{language} {is_wrong}");
        }
    }
}

/// Kelisim's own words and those of its vendors are held to the same lexicons.
#[test]
fn f_06_kelisims_own_words_pass() {
    for (language, file) in super::texts::languages() {
        let mut own = serde_json::Map::new();
        own.extend(file.into_iter().filter(|(_, text)| text.is_string()));
        let document = json!({ "texts": { language: own } });
        assert_eq!(wording(Value::from(document).keep()), []);
    }
    for (_, manifest) in *known().manifests.entries() {
        let document = Members::default().value("services", Value::of_items([*manifest].into_iter().collect()));
        assert_eq!(wording(document.done()), []);
    }
}

/// Words alone close nothing in the page: the visitor's script cannot see them, and the build that names what is wrong
/// comes to the same end. Where something else is wrong, it names both.
#[test]
fn words_are_named_where_something_else_is_wrong() {
    let pressing = json!({ "texts": { "ru": { "title": "Поторопитесь" } } });
    let mut document = changed(&pressing);
    let diagnosed = |document: &serde_json::Value| diagnose(Value::from(document.clone()).keep(), known());
    assert!(diagnosed(&document).is_ok());
    document["servises"] = json!([]);
    let named: Vec<String> = diagnosed(&document).unwrap_err().iter().map(written).collect();
    let expected = [
        "servises: unknownKey (services)",
        "texts.ru.title: urgency (поторопитесь)",
    ];
    assert_eq!(named, expected);
}

#[test]
fn every_message_is_two_plain_sentences() {
    for (code, message) in messages().unwrap() {
        for sentence in [&message.problem, &message.mend].into_iter().chain(message.at.values()) {
            assert!(sentence.ends_with('.') && sentence.len() > 15, "{code}: {sentence}");
        }
        assert!(message.hint.is_empty() || message.hint.contains("{hint}"), "{code}");
    }
}

/// The manifests of every vendor, in which what is stored is no list.
fn damaged_manifests() -> &'static Value {
    let mut manifests = Members::default();
    for (id, manifest) in *known().manifests.entries() {
        assert!(manifest.is_map(), "{id} is no object");
        let mut damaged = Members::default();
        for (key, value) in manifest.entries().iter().filter(|(key, _)| *key != "storage") {
            damaged = damaged.value(key, value);
        }
        damaged = damaged.text("storage", Words::at(&"damaged"));
        manifests = manifests.value(id, damaged.done());
    }
    manifests.done()
}

#[test]
fn a_damaged_manifest_closes_everything() {
    let found = checked_with(Value::from(good()).keep(), damaged_manifests()).unwrap_err();
    let expected = ["services[0].use: brokenVendor", "services[1].use: brokenVendor"];
    assert_eq!(found.iter().map(written).collect::<Vec<_>>(), expected);
}

/// Two services of one vendor ask for its manifest once.
#[test]
fn every_vendor_is_wanted_once() {
    let mut document = good();
    let twin = document["services"][0].clone();
    document["services"].as_array_mut().unwrap().push(twin);
    let document = Value::from(document).keep();
    assert_eq!(vendors(document), ["yandex-metrika", "google-analytics"]);
}

/// G-03: a vendor whose manifest could not be had keeps everything closed.
#[test]
fn g_03_an_absent_manifest_closes_everything() {
    let document = Value::from(good()).keep();
    assert_eq!(vendors(document), ["yandex-metrika", "google-analytics"]);
    let mut absent = Members::default();
    for id in &vendors(document) {
        absent = absent.value(id.text(), &NULL);
    }
    for manifests in [absent.done(), Members::default().done()] {
        let found = checked_with(document, manifests).unwrap_err();
        let expected = ["services[0].use: unknownVendor", "services[1].use: unknownVendor"];
        assert_eq!(found.iter().map(written).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_good_configuration_becomes_what_it_says() {
    let config = result(&good()).unwrap();
    assert_eq!(*config.document, Value::from(good()));
    assert_eq!(config.expires_days, 365);
    assert_eq!(config.languages, ["ru", "kk"]);
    assert_eq!(config.scope(), "example.kz");
    assert_eq!(config.categories, ["analytics", "marketing", "testing"]);
    let services: Vec<(&str, &str)> = config
        .services
        .iter()
        .map(|service| (service.id.text(), config.categories[service.category].text()))
        .collect();
    assert_eq!(
        services,
        [
            ("yandex-metrika", "analytics"),
            ("ga", "marketing"),
            ("own-counter", "testing")
        ]
    );
    let own = &config.services[2];
    assert_eq!(own.countries(), *Value::from(json!(["KZ", "TR"])).keep().items());
    assert_eq!(own.description.get("src"), &Value::from(json!("/counter.js")));
    assert_eq!(
        own.description.get("purpose"),
        &Value::from(good()["services"][2]["purpose"].clone())
    );
    assert_eq!(
        own.description.get("storage"),
        &Value::from(good()["services"][2]["storage"].clone())
    );
    let signals = [(0, Words::at(&"analytics_storage")), (1, Words::at(&"ad_storage"))];
    assert_eq!(config.google_consent, signals);
}

/// A vendor's service is described by the manifest; the owner chooses its id and category and may say more about it.
#[test]
fn a_vendor_says_what_the_owner_does_not() {
    let config = result(&good()).unwrap();
    let manifest = known().manifests.get("yandex-metrika");
    let (metrika, analytics) = (config.services[0].description, config.services[1].description);
    assert_eq!(metrika.get("counter"), &Value::Number(12_345_678.0));
    for key in [
        "name",
        "recipient",
        "country",
        "purpose",
        "data",
        "storage",
        "policy",
        "start",
        "stop",
    ] {
        assert!(!manifest.get(key).is_null(), "{key}");
        assert_eq!(metrika.get(key), manifest.get(key), "{key}");
    }
    assert_eq!(analytics.get("id"), &Value::Text("ga"));
    assert_eq!(analytics.get("category"), &Value::Text("marketing"));
    let own = changed(&json!({ "services": [{
        "use": "yandex-metrika", "counter": 1, "id": "", "name": "Metrika", "data": ["ip"], "purpose": { "kk": "а", "ru": "б" }
    }], "googleConsentMode": null }));
    let own = result(&own).unwrap();
    assert_eq!(own.services[0].id, "yandex-metrika");
    assert_eq!(own.services[0].description.get("name"), &Value::Text("Metrika"));
    assert_eq!(own.services[0].description.get("data"), &Value::from(json!(["ip"])));
    assert_eq!(own.services[0].description.get("recipient"), metrika.get("recipient"));
}

/// What has no name is called by its id.
#[test]
fn a_service_without_a_name_is_called_by_its_id() {
    let document = changed(&json!({ "services": [{
        "id": "own", "category": "analytics", "recipient": "R", "country": "KZ", "purpose": { "kk": "а", "ru": "б" },
        "data": ["ip"], "storage": []
    }], "googleConsentMode": null }));
    assert_eq!(
        result(&document).unwrap().services[0].description.get("name"),
        &Value::Text("own")
    );
}

#[test]
fn the_term_the_law_and_google_have_defaults() {
    let config = result(&changed(
        &json!({ "expiresDays": null, "law": null, "googleConsentMode": null }),
    ))
    .unwrap();
    assert_eq!(config.expires_days, 180);
    let granted: Vec<&str> = config.google_consent.iter().map(|(_, name)| name.text()).collect();
    assert_eq!(
        granted,
        ["analytics_storage", "ad_storage", "ad_user_data", "ad_personalization"]
    );
}

/// S-03: a country's services are left out by the owner's word, never by the visitor's language.
#[test]
fn s_03_services_of_an_excluded_country_are_left_out() {
    let config = result(&changed(&json!({ "excludeCountries": ["US"] }))).unwrap();
    let services: Vec<&str> = config.services.iter().map(|service| service.id.text()).collect();
    assert_eq!(services, ["yandex-metrika", "own-counter"]);
}

/// S-03: of the whole catalogue, every service that sends data to the country is left out, and no other.
#[test]
fn s_03_every_service_of_an_excluded_country_is_left_out() {
    let mut document: serde_json::Value = serde_json::from_str(include_str!("corpus/good/every-vendor.json")).unwrap();
    let all = result(&document).unwrap();
    let countries: BTreeSet<&str> = all
        .services
        .iter()
        .flat_map(|service| service.countries().iter().map(|code| code.words().text()))
        .collect();
    assert!(countries.len() > 5, "{countries:?}");
    for code in countries {
        document["excludeCountries"] = json!([code]);
        let left = result(&document).unwrap();
        let told = notice(&left, None, Extent::Whole).unwrap();
        for service in &all.services {
            let is_left_out = service.countries().iter().any(|country| country.words().are(code));
            let is_there = left.services.iter().any(|other| other.id == service.id);
            assert_eq!(is_there, !is_left_out, "{code} {}", service.id);
            let name = service.description.text("name");
            assert_eq!(told.lines().any(|line| name.are(line)), is_there, "{code} {name}");
        }
    }
}

/// S-03: a configuration that names no law has to satisfy each of them, whatever it lacks.
#[test]
fn s_03_without_a_word_on_the_law_the_strictest_holds() {
    let under = |laws: serde_json::Value, document: &serde_json::Value| -> BTreeSet<String> {
        let mut document = document.clone();
        document["law"] = laws;
        problems(&document).into_iter().collect()
    };
    proptest!(ProptestConfig::with_cases(64), |((document, _) in without_required_parts())| {
        let strictest: BTreeSet<String> = &under(json!(["kz"]), &document) | &under(json!(["gdpr"]), &document);
        prop_assert_eq!(under(json!(null), &document), strictest);
    });
}

/// S-03: the languages that a site offers, and their order, say nothing of its law.
#[test]
fn s_03_the_law_does_not_follow_from_the_offered_languages() {
    let lacking_both = json!({ "operator": { "address": null }, "withdrawal": null });
    let (kz, gdpr) = ("withdrawal.email: missing", "operator.address: missing");
    for languages in [
        json!(["kk", "ru"]),
        json!(["ru", "kk", "en"]),
        json!(["de", "kk", "ru"]),
        json!(["en", "ru", "kk"]),
    ] {
        for (law, expected) in [
            (json!(null), [true, true]),
            (json!(["kz"]), [true, false]),
            (json!(["gdpr"]), [false, true]),
        ] {
            let mut document = changed(&lacking_both);
            document["law"] = law.clone();
            document["languages"] = languages.clone();
            let found = problems(&document);
            let is_named = [kz, gdpr].map(|problem| found.iter().any(|found| found == problem));
            assert_eq!(is_named, expected, "{law} {languages}: {found:?}");
        }
    }
}

/// S-03: a visitor who reads the notice in another language has the rights of the same laws.
#[test]
fn s_03_the_law_does_not_follow_from_the_language_that_is_read() {
    let rights = [Text::RightsKz, Text::RightsGdpr];
    for (law, expected) in [
        (json!(null), [true, true]),
        (json!(["kz"]), [true, false]),
        (json!(["gdpr"]), [false, true]),
    ] {
        let mut document = site("rasco.kz", "site.json");
        document["law"] = law.clone();
        let config = result(&document).unwrap();
        for language in ["kk", "ru", "en"] {
            let told = notice(&config, Some(language), Extent::Whole).unwrap();
            let is_told = rights.map(|right| told.lines().any(|line| texts(language).get(right).are(line)));
            assert_eq!(is_told, expected, "{law} {language}");
        }
    }
}

#[test]
fn minors_are_offered_nothing_optional() {
    let config = result(&changed(&json!({ "audience": "minors" }))).unwrap();
    assert!(config.categories.is_empty() && config.services.is_empty() && config.google_consent.is_empty());
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn site(domain: &str, file: &str) -> serde_json::Value {
    let path: PathBuf = root().join(Path::new("www/sites")).join(domain).join(file);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What each policy lacks: everything that its owner has to supply, and nothing else.
const POLICIES: [(&str, &[&str]); 5] = [
    ("course-planet.net", &["policy.version: missing"]),
    (
        "elesses.pro",
        &[
            "policy.url: missing",
            "policy.version: missing",
            "services[0].counter: missing",
            "services[1].measurementId: missing",
        ],
    ),
    (
        "cap.kz",
        &[
            "operator.bin: missing (operator.iin)",
            "policy.version: missing",
            "services[0].recipient: missing",
            "services[0].country: missing",
            "services[0].purpose: missing",
            "services[0].storage: missing",
            "withdrawal.email: missing",
            "withdrawal.subject: missing",
        ],
    ),
    (
        "rasco.kz",
        &[
            "operator.email: missing",
            "policy.url: missing",
            "services[0].counter: missing",
            "services[1].measurementId: missing",
            "withdrawal.email: missing",
        ],
    ),
    (
        "proeducation.kz",
        &[
            "operator.address: missing",
            "policy.url: missing",
            "policy.version: missing",
            "services[0].recipient: missing",
            "services[0].country: missing",
            "services[0].purpose: missing",
            "services[0].storage: missing",
            "withdrawal.email: missing",
            "withdrawal.subject: missing",
        ],
    ),
];

#[test]
fn o_02_the_five_sites_pass() {
    for (domain, _) in POLICIES {
        assert_eq!(problems(&site(domain, "site.json")), Vec::<String>::new(), "{domain}");
    }
}

#[test]
fn o_02_each_policy_alone_lacks_exactly_what_its_owner_has_to_supply() {
    for (domain, expected) in POLICIES {
        assert_eq!(problems(&site(domain, "policy-only.json")), expected, "{domain}");
    }
}

/// Paths that the good configuration cannot do without, with the problem that each leaves behind.
const REQUIRED: [(&str, &str); 14] = [
    ("/operator/name", "operator.name: missing"),
    ("/operator/bin", "operator.bin: missing (operator.iin)"),
    ("/operator/email", "operator.email: missing"),
    ("/operator/address", "operator.address: missing"),
    ("/policy/url", "policy.url: missing"),
    ("/policy/version", "policy.version: missing"),
    ("/withdrawal/email", "withdrawal.email: missing"),
    ("/withdrawal/subject", "withdrawal.subject: missing"),
    ("/services/0/counter", "services[0].counter: missing"),
    ("/services/2/recipient", "services[2].recipient: missing"),
    ("/services/2/country", "services[2].country: missing"),
    ("/services/2/purpose", "services[2].purpose: missing"),
    ("/services/2/data", "services[2].data: missing"),
    (
        "/services/2/storage/0/lifetime",
        "services[2].storage[0].lifetime: missing",
    ),
];

/// Keys and words that a configuration has, so that a random document reaches its inside.
fn words() -> impl Strategy<Value = String> {
    let known = "operator policy law scope expiresDays categories services withdrawal languages texts appearance tokens \
        googleConsentMode excludeCountries audience onWithdraw name bin iin email url version id purpose use category \
        src recipient country data storage in lifetime kk ru kz gdpr analytics yandex-metrika counter /^_ga/ * $schema";
    let known: Vec<String> = known.split_whitespace().map(str::to_owned).collect();
    prop_oneof![4 => proptest::sample::select(known), 1 => any::<String>()]
}

fn documents() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_map(Value::Number),
        words().prop_map(|words| Value::Text(keep(words).text())),
    ];
    leaf.prop_recursive(5, 80, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| *Value::of_items(items.into_iter().collect())),
            proptest::collection::vec((words().prop_map(|key| keep(key).text()), inner), 0..8)
                .prop_map(|members| Value::Map(members.leak())),
        ]
    })
}

/// The good configuration with something else in the place of one of its parts.
fn parts_of_any_kind() -> impl Strategy<Value = Value> {
    (0_usize..16, documents()).prop_map(|(key, part)| {
        let mut entries = Value::from(good()).keep().entries().to_vec();
        let count = entries.len();
        entries[key % count].1 = part;
        Value::Map(entries.leak())
    })
}

/// The good configuration without some of the parts that it needs, and the problems that this leaves behind.
fn without_required_parts() -> impl Strategy<Value = (serde_json::Value, BTreeSet<String>)> {
    proptest::collection::vec(any::<bool>(), REQUIRED.len()).prop_map(|taken| {
        let mut document = good();
        let mut expected = BTreeSet::new();
        for ((pointer, problem), _) in REQUIRED.iter().zip(&taken).filter(|(_, taken)| **taken) {
            let (owner, key) = pointer.rsplit_once('/').unwrap();
            let owner = document.pointer_mut(owner).unwrap().as_object_mut().unwrap();
            owner.remove(key).unwrap();
            expected.insert((*problem).to_owned());
        }
        (document, expected)
    })
}

/// Whether the check of the visitor's script comes to the same end as the one that names what is wrong: the same
/// configuration, or none; it names nothing itself.
fn verdict_agrees(document: &'static Value, known: Known) -> bool {
    match (verdict(document, known), check(document, known)) {
        (Ok(passed), Ok(expected)) => passed == expected,
        (Err(problems), Err(expected)) => problems.is_empty() && !expected.is_empty(),
        _ => false,
    }
}

/// O-02: the build that visitors get, which names no problem, starts on the very configurations that have none.
#[test]
fn o_02_the_verdict_agrees_with_the_diagnosis() {
    let good = Value::from(good()).keep();
    let damaged = Known {
        manifests: damaged_manifests(),
        ..known()
    };
    assert!(verdict_agrees(good, known()) && verdict_agrees(good, damaged));
    for case in cases() {
        let document = Value::from(changed(&case.change)).keep();
        assert!(verdict_agrees(document, known()), "{}", case.name);
    }
    for (domain, _) in POLICIES {
        for file in ["site.json", "policy-only.json"] {
            let document = Value::from(site(domain, file)).keep();
            assert!(verdict_agrees(document, known()), "{domain} {file}");
        }
    }
    let lacking = without_required_parts().prop_map(|(document, _)| Value::from(document));
    let any_document = prop_oneof![documents(), parts_of_any_kind(), lacking];
    proptest!(|(document in any_document)| prop_assert!(verdict_agrees(document.keep(), known())));
}

proptest! {
    /// O-02: any document whatsoever is read to its end, and one that is not a whole configuration gathers no consent.
    #[test]
    fn o_02_any_document_is_a_configuration_or_has_problems_with_messages(document in documents()) {
        let known = &*MESSAGES;
        let found = checked(document.keep());
        let problems = found.err().unwrap_or_default();
        prop_assert!(!problems.is_empty(), "a random document does not satisfy the law");
        for problem in problems {
            prop_assert!(known.contains_key(problem.code.text()), "{}", problem.code);
        }
    }

    /// O-02: whatever stands in the place of one part of a good configuration, nothing panics, and no problem is about
    /// another part than the one that was changed, or than what follows from it.
    #[test]
    fn o_02_a_part_of_any_kind_never_panics(document in parts_of_any_kind()) {
        let _ = checked(document.keep());
    }

    /// O-02: any selection of required parts that is taken out is reported, each part by its path.
    #[test]
    fn o_02_every_required_part_that_is_missing_is_named((document, expected) in without_required_parts()) {
        let found: BTreeSet<String> = problems(&document).into_iter().collect();
        prop_assert_eq!(found, expected);
    }

    /// O-01: eleven digits have at most one check digit.
    #[test]
    fn o_01_eleven_digits_have_at_most_one_check_digit(start in 0_u64..99_999_999_999) {
        let valid = |digit: &u64| {
            let number = format!("{start:011}{digit}");
            problems(&changed(&json!({ "operator": { "bin": number } }))).is_empty()
        };
        prop_assert!((0..10).filter(valid).count() <= 1);
    }
}

/// The tool itself: exit codes, places, mends.
mod tool {
    use kelisim::owner::check::{Level, check};

    /// What is advised about a configuration: paths and codes.
    pub(super) fn advice(text: &str) -> Vec<(String, String)> {
        let findings = check(text).unwrap().into_iter();
        findings
            .filter(|finding| finding.level == Level::Advice)
            .map(|finding| (finding.path, finding.code.to_owned()))
            .collect()
    }

    #[test]
    fn o_02_a_problem_is_named_with_its_place_and_its_mend() {
        let text = include_str!("config/good.json").replacen("\"services\"", "\"servises\"", 1);
        let findings = check(&text).unwrap();
        let line = text.lines().position(|line| line.contains("servises")).unwrap() + 1;
        assert_eq!((findings[0].line, findings[0].column), (line, 3));
        assert_eq!(findings[0].code, "unknownKey");
        assert!(
            findings[0].mend.contains("Did you mean `services`?"),
            "{}",
            findings[0].mend
        );
    }

    /// A parameter is told by what it is at its vendor.
    #[test]
    fn o_02_a_vendors_parameter_is_explained() {
        let text = include_str!("corpus/good/every-vendor.json");
        let without = text.replace("\"use\": \"hotjar\", \"site\": 1234567", "\"use\": \"hotjar\"");
        let findings = check(&without).unwrap();
        assert_eq!(
            (findings[0].path.as_str(), findings[0].code),
            ("services[7].site", "missing")
        );
        let mend = &findings[0].mend;
        assert!(
            mend.ends_with("The id of the site, from the list of your sites at Hotjar."),
            "{mend}"
        );
    }

    #[test]
    fn what_is_no_json_is_named_with_its_place_and_its_mend() {
        for (text, line, column, mend) in [
            ("", 1, 1, "Write a configuration"),
            ("{\n  \"law\": [\"kz\",]\n}", 2, 15, "Remove the comma"),
            ("{\n  \"a\": 1,\n}", 2, 9, "Remove the comma"),
            ("{\n  \"a\": \"x\n}", 2, 8, "double quotation mark"),
            ("{\n  \"a\": 1\n  \"b\": 2\n}", 2, 9, "comma"),
            ("{ law: 1 }", 1, 3, "double quotation marks"),
            ("{ 'law': 1 }", 1, 3, "double quotation marks"),
            ("{ \"a\" 1 }", 1, 7, "colon"),
            ("// hello\n{}", 1, 1, "comment"),
            ("{ \"a\": [1 }", 1, 11, "bracket"),
            ("{ \"a\": 1 ", 1, 1, "brace"),
            ("{} {}", 1, 4, "last brace"),
        ] {
            let findings = check(text).unwrap();
            let [finding] = findings.as_slice() else {
                panic!("{text}: {findings:?}")
            };
            assert_eq!(finding.code, "notJson");
            assert!(finding.mend.contains(mend), "{text}: {}", finding.mend);
            assert_eq!(
                (finding.line, finding.column),
                (line, column),
                "{text}: {}",
                finding.problem
            );
        }
    }

    #[test]
    fn a_byte_order_mark_does_not_matter() {
        let text = format!("\u{feff}{}", include_str!("config/good.json"));
        assert!(
            check(&text)
                .unwrap()
                .iter()
                .all(|finding| finding.level == Level::Advice)
        );
    }
}
