//! Any document either has problems with messages or compiles, is drawn in each of its languages, and ends in bounded
//! time (requirements O-02, K-01, T-06).

use std::collections::BTreeSet;
use std::sync::{LazyLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use kelisim_compiler::catalogue::ParameterKind;
use kelisim_compiler::compile::{compile, notice};
use kelisim_compiler::config::Config;
use kelisim_compiler::config::consent_type::ConsentType;
use kelisim_compiler::config::country::Country;
use kelisim_compiler::config::messages::messages;
use kelisim_compiler::languages::BUILT_IN_CATEGORIES;
use kelisim_compiler::owner::check::check;
use kelisim_compiler::schema::schema;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use crate::cases::{changed, good};
use crate::house::{CATALOGUE, LANGUAGES, in_english, read};

/// No operation of the compiler takes longer than this on the slowest machine that we know; a fault of the kind that this
/// is for takes for ever.
const LIMIT: Duration = Duration::from_mins(1);

/// Runs something that has to end.
fn in_bounded_time<T: Send + 'static>(what: &str, run: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(run()));
    let result = receiver.recv_timeout(LIMIT);
    result.unwrap_or_else(|_| panic!("{what}: no end within {LIMIT:?}, or a panic"))
}

/// What every outcome of a document has to be.
fn assert_sound(document: &Value) {
    match read(document) {
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in in_english(&problems) {
                assert!(!problem.problem.is_empty() && !problem.mend.is_empty(), "{problem:?}");
            }
        }
        Ok(config) => assert_drawn(&config),
    }
}

/// It is drawn in each of its languages, and asks where something is optional.
fn assert_drawn(config: &Config) {
    let compiled = compile(config, &CATALOGUE, &LANGUAGES).unwrap();
    let languages: Vec<&str> = compiled
        .site
        .languages
        .iter()
        .map(|language| language.tag.as_str())
        .collect();
    assert_eq!(languages, config.languages);
    for (language, settings) in compiled.site.languages.iter().zip(&compiled.settings) {
        let asks = language.first_layer.contains("data-kelisim=\"banner\"");
        assert_eq!(asks, !compiled.site.categories.is_empty());
        assert!(settings.html.starts_with("<dialog") && settings.html.ends_with("</dialog>"));
        assert_eq!(language.notice.len(), 64);
        for service in &compiled.site.services {
            assert!(
                settings
                    .html
                    .contains(&format!("data-kelisim-service=\"{}\"", service.id))
            );
        }
    }
}

/// An own service that satisfies every law.
fn own_service(change: Value) -> Value {
    let mut service = json!({
        "id": "own", "category": "analytics", "recipient": "R", "country": "KZ",
        "purpose": {"kk": "Санау", "ru": "Считать открытые страницы"}, "data": ["ip"], "storage": [],
    });
    if let (Some(service), Value::Object(change)) = (service.as_object_mut(), change) {
        service.extend(change);
    }
    service
}

fn with_services(services: &[Value]) -> Value {
    changed(&json!({"services": services, "googleConsentMode": null}))
}

/// T-06, I-05: every country of ISO 3166-1 is named, in every language.
#[test]
fn t_06_every_country_is_named_in_every_language() {
    in_bounded_time("every country", || {
        let codes: Vec<&str> = Country::all().map(Country::as_str).collect();
        assert_eq!(codes.len(), 249);
        let mut document = with_services(&[own_service(json!({
            "country": codes,
            "purpose": LANGUAGES.tags().map(|tag| (tag.to_owned(), json!("Считать"))).collect::<Map<_, _>>(),
        }))]);
        document["languages"] = LANGUAGES.tags().collect();
        document["categories"] = json!([{"id": "analytics"}]);
        document["excludeCountries"] = Value::Null;
        let config = read(&document).unwrap();
        for language in LANGUAGES.iter() {
            let told = notice(&config, &CATALOGUE, &LANGUAGES, &language.tag).unwrap().unwrap();
            for code in &codes {
                let name = language.countries[*code].replace('\u{a0}', " ");
                assert!(told.replace('\u{a0}', " ").contains(&name), "{} {code}", language.tag);
            }
        }
    });
}

/// T-06: every code, and free words, on a site of one language.
#[test]
fn t_06_codes_and_free_words_end() {
    in_bounded_time("codes and free words", || {
        let free = ["что-нибудь", "some words", "қандай да бір сөз", "ip и ещё что-то"].map(str::to_owned);
        for language in LANGUAGES.tags() {
            for data in LANGUAGES.data_codes().map(str::to_owned).chain(free.clone()) {
                for purpose in LANGUAGES.storage_purpose_codes().map(str::to_owned).chain(free.clone()) {
                    let mut document = with_services(&[own_service(json!({
                        "purpose": "Считает открытые страницы", "data": [data],
                        "storage": [{"name": "own", "in": "cookie", "lifetime": "1d", "purpose": purpose}],
                    }))]);
                    document["law"] = json!(["gdpr"]);
                    document["languages"] = json!([language]);
                    document["categories"] = json!([{"id": "analytics"}]);
                    document["texts"] = Value::Null;
                    assert_drawn(&read(&document).unwrap_or_else(|problems| panic!("{problems:#?}")));
                }
            }
        }
    });
}

/// How many times as long four times as much may take: in proportion it is four times, by a square sixteen.
const GROWTH: u32 = 10;

/// What a machine that does other things too may add.
const FLOOR: Duration = Duration::from_millis(50);

/// Everything that the compiler does with a text: the check with its places and its advice, and the compiled site where
/// nothing is wrong.
fn check_and_compile(text: &str) {
    check(text, &CATALOGUE, &LANGUAGES, messages("en"));
    if let Ok(config) = read(&serde_json::from_str(text).unwrap()) {
        compile(&config, &CATALOGUE, &LANGUAGES).unwrap();
    }
}

/// How long that takes.
fn time(text: &str) -> Duration {
    let start = Instant::now();
    check_and_compile(text);
    start.elapsed()
}

/// Four times as much of something takes about four times as long. `count` is so much of it that a square would show.
/// The least of three times counts, because the others show what else the machine did; where the first is little enough,
/// it is not looked for.
fn assert_growth(what: &'static str, count: usize, is_sound: bool, text: fn(usize) -> String) {
    in_bounded_time(what, move || {
        let (once, four_times) = (text(count), text(4 * count));
        let document = serde_json::from_str(&once).unwrap();
        assert_eq!(read(&document).is_ok(), is_sound, "{what}");
        let short = (0..3).map(|_| time(&once)).min().unwrap();
        let most = short * GROWTH + FLOOR;
        let times: Vec<Duration> = (0..3)
            .map(|_| time(&four_times))
            .take_while(|long| *long >= most)
            .collect();
        assert!(
            times.len() < 3,
            "{what}: {short:?} for {count}, and for four times as many {times:?}"
        );
    });
}

/// So many of something, each with its number.
fn numbered(count: usize, of: impl Fn(usize) -> Value) -> Value {
    (0..count).map(of).collect()
}

/// A configuration with a note that is long in proportion: whoever walks through the text for each problem takes long.
fn with_a_long_note(mut document: Value, count: usize) -> Value {
    document["$note"] = json!("ә".repeat(2000 * count));
    document
}

/// Categories of the owner's.
fn categories_of(count: usize) -> Value {
    numbered(
        count,
        |number| json!({"id": format!("c{number}"), "purpose": {"kk": "Санау", "ru": "Считать"}}),
    )
}

/// T-06: four times the services, categories or words of a sound configuration take about four times as long.
#[test]
fn t_06_time_grows_as_a_sound_configuration_does() {
    assert_growth("services", 30, true, |count| {
        with_services(&own_services(count, |_| json!({"category": "analytics"}))).to_string()
    });
    assert_growth("services of a vendor", 10, true, |count| {
        let of_vendor = |number| json!({"use": "matomo", "id": format!("own-{number}")});
        let mut parameters = vendor("matomo");
        let services = (0..count).map(|number| {
            parameters
                .as_object_mut()
                .unwrap()
                .extend(of_vendor(number).as_object().unwrap().clone());
            parameters.clone()
        });
        with_services(&services.collect::<Vec<_>>()).to_string()
    });
    assert_growth("categories, each with a service", 30, true, |count| {
        let mut document = with_services(&own_services(count, |number| json!({"category": format!("c{number}")})));
        document["categories"] = categories_of(count);
        let types = (0..count).map(|number| (format!("c{number}"), json!(["ad_storage"])));
        document["googleConsentMode"] = types.collect::<Map<_, _>>().into();
        document.to_string()
    });
    assert_growth("stored names", 60, true, |count| {
        let stored = |number| json!({"name": format!("own_{number}"), "in": "cookie", "lifetime": "900d"});
        let service = own_service(json!({"storage": numbered(count, stored)}));
        with_a_long_note(with_services(&[service]), count).to_string()
    });
    assert_growth("countries", 2000, true, |count| {
        let mut document = with_services(&[own_service(json!({"country": vec!["KZ"; count]}))]);
        document["excludeCountries"] = json!(vec!["US"; count]);
        document.to_string()
    });
    assert_growth("words", 200, true, |count| {
        let sentence = format!("{{operator}}: {}", "Считаем, какие страницы открывают. ".repeat(count));
        changed(&json!({"texts": {"ru": {"lead": sentence}, "kk": {"lead": "{operator}: санаймыз."}}})).to_string()
    });
}

/// T-06: four times the problems take about four times as long, on one line and on many.
#[test]
fn t_06_time_grows_as_the_problems_do() {
    assert_growth("services of unlike categories", 200, false, |count| {
        let mut document = with_services(&own_services(count, |number| json!({"category": format!("{number}z")})));
        document["categories"] = categories_of(count);
        document.to_string()
    });
    assert_growth("services of one wrong category", 60, false, |count| {
        let document = with_services(&own_services(count, |_| json!({"category": "analitics"})));
        serde_json::to_string_pretty(&with_a_long_note(document, count)).unwrap()
    });
    assert_growth("unknown keys on a line", 60, false, |count| {
        with_a_long_note(unknown_keys(count), count).to_string()
    });
    assert_growth("unknown keys on lines", 60, false, |count| {
        serde_json::to_string_pretty(&unknown_keys(count)).unwrap()
    });
    assert_growth("unknown keys after many notes", 60, false, |count| {
        let mut document = unknown_keys(count);
        for number in 0..20 * count {
            document[format!("${number}")] = json!(number);
        }
        serde_json::to_string_pretty(&document).unwrap()
    });
    assert_growth("a long key over many items", 5000, false, |count| {
        let mut document = good();
        document["k".repeat(10 * count)] = json!(vec![[0]; count]);
        document.to_string()
    });
    assert_growth("a long key over many problems", 60, false, |count| {
        let mut document = good();
        document["googleConsentMode"] = json!({"k".repeat(2000 * count): vec!["unknown"; count]});
        document.to_string()
    });
    assert_growth("a long key over keys that stand twice", 60, false, |count| {
        let mut document = good();
        document["k".repeat(2000 * count)] = json!(vec![json!({"once": 1, "again": 2}); count]);
        document.to_string().replace("again", "once")
    });
}

/// So many own services, each changed by its number.
fn own_services(count: usize, change: impl Fn(usize) -> Value) -> Vec<Value> {
    (0..count)
        .map(|number| {
            let mut service = own_service(change(number));
            service["id"] = json!(format!("own-{number}"));
            service
        })
        .collect()
}

/// The good configuration with so many keys that there are none of.
fn unknown_keys(count: usize) -> Value {
    let mut document = good();
    for number in 0..count {
        document[format!("unknown{number}")] = json!(number);
    }
    document
}

/// Any JSON.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec((key(), inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A key that an owner may write, or anything.
fn key() -> impl Strategy<Value = String> {
    let known = "operator policy law scope expiresDays categories services withdrawal languages texts appearance tokens \
        googleConsentMode signals receipts onWithdraw audit excludeCountries audience name bin iin address email url \
        version id purpose use category src recipient country data storage in lifetime host counter layout position";
    prop_oneof![
        4 => select(known.split_whitespace().map(str::to_owned).collect::<Vec<_>>()),
        1 => ".{0,8}",
    ]
}

/// Parameters of a vendor, as its manifest shows them.
fn vendor(id: &'static str) -> Value {
    let manifest = CATALOGUE.get(id).unwrap();
    let mut service = json!({"use": id});
    for (name, parameter) in &manifest.parameters {
        let digits = json!("1234567890123456789");
        let is_number = parameter.kind == ParameterKind::Number;
        service[name] = if is_number {
            digits
        } else {
            parameter.examples[0].clone()
        };
    }
    service
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schema(&CATALOGUE, &LANGUAGES));

/// A value for a key.
type Member = (&'static str, BoxedStrategy<Value>);

/// An object with what is in `base` and the keys that it `always` has, and with any of those that it `sometimes` has.
fn object(base: BoxedStrategy<Value>, always: Vec<Member>, sometimes: Vec<Member>) -> BoxedStrategy<Value> {
    let always: Vec<_> = always
        .into_iter()
        .map(|(key, value)| value.prop_map(move |value| Some((key.to_owned(), value))).boxed())
        .collect();
    let sometimes = sometimes
        .into_iter()
        .map(|(key, value)| option::of(value.prop_map(move |value| (key.to_owned(), value))).boxed());
    let members: Vec<_> = always.into_iter().chain(sometimes).collect();
    (base, members)
        .prop_map(|(mut object, members)| {
            object.as_object_mut().unwrap().extend(members.into_iter().flatten());
            object
        })
        .boxed()
}

/// An object without anything but these keys.
fn of(always: Vec<Member>, sometimes: Vec<Member>) -> BoxedStrategy<Value> {
    object(just(json!({})), always, sometimes)
}

fn just(value: Value) -> BoxedStrategy<Value> {
    Just(value).boxed()
}

fn one(values: Vec<Value>) -> BoxedStrategy<Value> {
    select(values).boxed()
}

/// A list of some of these, in their order.
fn some<T: Into<Value> + Clone + std::fmt::Debug + 'static>(
    values: Vec<T>,
    count: impl Into<proptest::sample::SizeRange>,
) -> BoxedStrategy<Value> {
    subsequence(values, count).prop_map(Value::from).boxed()
}

/// A list of those that there are, each of which may be missing.
fn any_of(values: impl IntoIterator<Item = BoxedStrategy<Value>>) -> BoxedStrategy<Value> {
    let values: Vec<_> = values.into_iter().map(option::of).collect();
    values
        .prop_map(|values| values.into_iter().flatten().collect::<Value>())
        .boxed()
}

/// Words in every language that there is.
fn in_each(words: &str) -> Value {
    let each = LANGUAGES.tags().map(|tag| (tag.to_owned(), json!(words)));
    each.collect::<Map<_, _>>().into()
}

fn countries(count: std::ops::Range<usize>) -> BoxedStrategy<Value> {
    let codes: Vec<&'static str> = Country::all().map(Country::as_str).collect();
    vec(select(codes), count).prop_map(Value::from).boxed()
}

/// What a service collects.
fn data() -> BoxedStrategy<Value> {
    let codes = LANGUAGES.data_codes().map(|code| json!(code));
    let data: Vec<Value> = codes.chain([in_each("Нажатые кнопки")]).collect();
    some(data, 1..5)
}

fn operator() -> BoxedStrategy<Value> {
    let base = json!({"name": "ТОО «Пример»", "address": "Алматы", "email": "a@example.kz"});
    let numbered = [("bin", "991240000003"), ("iin", "920212302506")].map(|(key, number)| {
        let mut operator = base.clone();
        operator[key] = json!(number);
        operator
    });
    object(
        one(numbered.to_vec()),
        vec![],
        vec![("phone", just(json!("+7 700 000 00 00")))],
    )
}

fn policy() -> BoxedStrategy<Value> {
    of(
        vec![
            ("url", one(vec![json!("/privacy"), json!("https://example.kz/privacy")])),
            (
                "version",
                one(vec![json!("1"), json!("2026-01-01"), json!("2026-02-30")]),
            ),
        ],
        vec![],
    )
}

fn withdrawal() -> BoxedStrategy<Value> {
    object(
        just(json!({"email": "a@example.kz", "subject": "Отзыв & «согласие»?"})),
        vec![],
        vec![("correctionSubject", just(json!("Уточнение данных")))],
    )
}

/// The built-in categories and one of the owner's.
fn categories() -> BoxedStrategy<Value> {
    let name = || one(vec![json!("Name"), in_each("Название")]);
    let purpose = || just(in_each("Считает, что открывают"));
    let categories: Vec<_> = BUILT_IN_CATEGORIES
        .into_iter()
        .map(|id| {
            object(
                just(json!({"id": id})),
                vec![],
                vec![("name", name()), ("purpose", purpose())],
            )
        })
        .chain([object(
            just(json!({"id": "testing"})),
            vec![("purpose", purpose())],
            vec![("name", name())],
        )])
        .collect();
    categories.prop_map(Value::from).boxed()
}

fn category() -> BoxedStrategy<Value> {
    let ids = BUILT_IN_CATEGORIES.into_iter().chain(["testing"]);
    one(ids.map(Value::from).collect())
}

fn stored(name: &str) -> BoxedStrategy<Value> {
    let lifetimes = ["session", "unlimited", "30m", "20h", "395d", "1d"];
    let codes = LANGUAGES.storage_purpose_codes().map(Value::from);
    of(
        vec![
            ("name", just(json!(name))),
            (
                "in",
                one(["cookie", "localStorage", "sessionStorage"].map(Value::from).to_vec()),
            ),
            ("lifetime", one(lifetimes.map(Value::from).to_vec())),
        ],
        vec![
            ("purpose", one(codes.chain([in_each("Узнаёт посетителя")]).collect())),
            ("host", just(json!("video.example"))),
        ],
    )
}

/// An own service.
fn own(number: usize) -> BoxedStrategy<Value> {
    let storage = any_of((0..3).map(|stored_number| stored(&format!("own{number}_{stored_number}*"))));
    of(
        vec![
            ("id", just(json!(format!("own-{number}")))),
            ("category", category()),
            (
                "recipient",
                one(vec![json!("ТОО «Счётчик», VK"), in_each("Получатель")]),
            ),
            ("country", prop_oneof![Just(json!("KZ")), countries(1..4)].boxed()),
            ("purpose", just(in_each("Считает, что открывают"))),
            ("data", data()),
            ("storage", storage),
        ],
        vec![
            ("name", one(vec![json!("Counter"), in_each("Счётчик")])),
            (
                "src",
                one(vec![
                    json!("/counter.js"),
                    json!("https://counter.example:8443/a.js?b=c"),
                ]),
            ),
            ("policy", just(json!("https://counter.example/privacy"))),
        ],
    )
}

/// A vendor, with anything that its owner may say otherwise.
fn of_vendor(id: &'static str) -> BoxedStrategy<Value> {
    object(
        just(vendor(id)),
        vec![],
        vec![
            ("id", just(json!(format!("my-{id}")))),
            ("category", category()),
            ("name", one(vec![json!("Counter"), in_each("Счётчик")])),
            ("purpose", just(in_each("Считает, что открывают"))),
            ("data", data()),
        ],
    )
}

fn services() -> BoxedStrategy<Value> {
    any_of(CATALOGUE.ids().map(of_vendor).chain((0..4).map(own)))
}

/// Other managers, with names that are ids.
fn aliases() -> BoxedStrategy<Value> {
    let managers = ["vanilla-cookieconsent", "klaro", "orejime", "cookiebot"];
    of(vec![], managers.map(|manager| (manager, just(json!({})))).to_vec())
}

/// Which category grants which of Google's types.
fn consent_mode() -> BoxedStrategy<Value> {
    let types = ConsentType::ALL.map(ConsentType::as_str);
    let granted = || some(types.to_vec(), 0..types.len());
    let ids = BUILT_IN_CATEGORIES.into_iter().chain(["testing"]);
    of(vec![], ids.map(|id| (id, granted())).collect())
}

/// Kelisim's words in the owner's place, which press nobody, and some of the owner's own.
fn texts() -> BoxedStrategy<Value> {
    let languages: Vec<_> = LANGUAGES
        .iter()
        .map(|language| {
            let is_for_the_owner = |key: &str| SCHEMA.pointer(&format!("/$defs/OwnTexts/properties/{key}")).is_some();
            let words = language.texts.iter().filter(|(key, _)| is_for_the_owner(key));
            // What turns a line around is for Kelisim alone to write.
            let turns_a_line =
                |letter| matches!(letter, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let words = words.map(|(key, words)| (key, just(json!(words.replace(turns_a_line, "")))));
            let own = ("title", just(json!("<b>Cookie & \"прочее\"</b>")));
            let tag = language.tag.clone();
            option::of(of(vec![], words.chain([own]).collect()).prop_map(move |words| (tag.clone(), words)))
        })
        .collect();
    languages
        .prop_map(|languages| Value::Object(languages.into_iter().flatten().collect()))
        .boxed()
}

/// How the layers look: an owner's colours stand out where the theme is the one for which they are.
fn appearance() -> BoxedStrategy<Value> {
    let looks = [
        json!({}),
        json!({"layout": "bar"}),
        json!({"layout": "bar", "position": "bottom"}),
        json!({"layout": "bar", "position": "top"}),
        json!({"position": "top"}),
        json!({"layout": "box"}),
        json!({"layout": "box", "position": "bottom-start"}),
        json!({"layout": "box", "position": "bottom-end"}),
    ];
    let reopen = || ("reopen", one(vec![json!("button"), json!("link")]));
    let looks = || one(looks.to_vec());
    let plain = |key, values: &[&str]| (key, one(values.iter().copied().map(Value::from).collect()));
    let shapes = || {
        vec![
            plain("shadow", &["none", "0 4px 12px #18212b14"]),
            plain("radius", &["0", "1em"]),
            plain("font", &["\"PT Sans\", sans-serif"]),
            plain("font-size", &["1rem", "calc(1rem + 2px)"]),
            plain("gap", &["0.5em"]),
            plain("max-width", &["60em"]),
            plain("z-index", &["1"]),
        ]
    };
    let light = [
        plain("accent", &["#1d4468", "rgb(29 68 104)"]),
        plain("accent-text", &["#fff", "white"]),
        plain("background", &["#fff"]),
        plain("surface", &["#f4f6f8"]),
        plain("text", &["#18212b"]),
        plain("muted", &["#525e6b"]),
        plain("border", &["#dde2e8"]),
        plain("control", &["#6c7885"]),
        plain("focus", &["#1668dc"]),
    ];
    let colours = light.into_iter().chain(shapes()).collect();
    prop_oneof![
        object(
            looks(),
            vec![],
            vec![
                reopen(),
                plain("theme", &["auto", "light", "dark"]),
                ("tokens", of(vec![], shapes())),
            ],
        ),
        object(
            looks(),
            vec![plain("theme", &["light"]), ("tokens", of(vec![], colours))],
            vec![reopen()],
        ),
    ]
    .boxed()
}

fn signals() -> BoxedStrategy<Value> {
    of(
        vec![],
        vec![
            ("gpc", one(vec![json!("all"), json!("marketing")])),
            ("dnt", one(vec![json!(true), json!(false)])),
        ],
    )
}

/// Sound configurations under each law, with any of the keys that there are.
fn sound() -> BoxedStrategy<Value> {
    let always = || {
        vec![
            ("operator", operator()),
            ("policy", policy()),
            ("categories", categories()),
            ("services", services()),
        ]
    };
    let sometimes = || {
        vec![
            ("$schema", just(json!("kelisim.schema.json"))),
            ("scope", just(json!("example.kz"))),
            (
                "expiresDays",
                one([180, 181, 365, 1094, 1095].map(Value::from).to_vec()),
            ),
            ("excludeCountries", countries(0..6)),
            ("googleConsentMode", consent_mode()),
            ("texts", texts()),
            ("appearance", appearance()),
            ("audience", one(vec![json!("everyone"), json!("minors")])),
            ("onWithdraw", one(vec![json!("reload"), json!("stay")])),
            ("signals", signals()),
            ("receipts", just(json!("/kelisim/receipts"))),
            ("audit", one(vec![json!(true), json!(false)])),
            ("aliases", aliases()),
        ]
    };
    let tags: Vec<&'static str> = LANGUAGES.tags().collect();
    let others: Vec<&'static str> = tags.iter().copied().filter(|tag| !["kk", "ru"].contains(tag)).collect();
    let count = others.len();
    let kazakh = subsequence(others, 0..=count)
        .prop_map(|others| ["ru", "kk"].into_iter().chain(others).collect::<Value>())
        .boxed();
    let both = [always(), vec![("withdrawal", withdrawal()), ("languages", kazakh)]].concat();
    let european = [
        always(),
        vec![("languages", some(tags, 1..4)), ("law", just(json!(["gdpr"])))],
    ]
    .concat();
    prop_oneof![
        2 => of(both, [sometimes(), vec![("law", one(vec![json!(["kz"]), json!(["kz", "gdpr"])]))]].concat()),
        1 => of(european, [sometimes(), vec![("withdrawal", withdrawal())]].concat()),
    ]
    .boxed()
}

/// Adds the path of every key in a document, for every item of its lists; a service of a vendor is told from an own one.
fn add_key_paths(value: &Value, here: &str, paths: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let here = if members.contains_key("use") {
                format!("{here}use")
            } else {
                here.to_owned()
            };
            for (key, member) in members {
                let path = if here.is_empty() {
                    key.clone()
                } else {
                    format!("{here}.{key}")
                };
                add_key_paths(member, &path, paths);
                paths.insert(path);
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| add_key_paths(item, &format!("{here}[]"), paths)),
        _ => {}
    }
}

/// K-01: sound configurations have every key that the schema has, so nothing is drawn that none of them shows.
#[test]
fn k_01_sound_configurations_have_every_key() {
    let mut written = BTreeSet::new();
    let (mut runner, sound) = (TestRunner::deterministic(), sound());
    for _ in 0..300 {
        let document = sound.new_tree(&mut runner).unwrap().current();
        add_key_paths(&document, "", &mut written);
    }
    for (path, definition) in [
        ("", ""),
        ("operator", "/$defs/Operator"),
        ("policy", "/$defs/Policy"),
        ("categories[]", "/$defs/Category"),
        ("services[]", "/$defs/OwnService"),
        ("services[]use", "/$defs/VendorService"),
        ("services[].storage[]", "/$defs/Stored"),
        ("withdrawal", "/$defs/Withdrawal"),
        ("appearance", "/$defs/Appearance"),
        ("appearance.tokens", "/$defs/Tokens"),
        ("signals", "/$defs/Signals"),
        ("texts.ru", "/$defs/OwnTexts"),
        ("texts.kk-Arab", "/$defs/OwnTexts"),
    ] {
        let keys = SCHEMA
            .pointer(&format!("{definition}/properties"))
            .and_then(Value::as_object);
        let keys = keys.unwrap_or_else(|| panic!("the schema has no {definition}"));
        assert!(!keys.is_empty(), "{definition}");
        // `use` makes a service one of a vendor.
        for key in keys
            .keys()
            .filter(|key| definition != "/$defs/OwnService" || *key != "use")
        {
            let path = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            assert!(written.contains(&path), "no sound configuration has {path}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// O-02: whatever stands in a document, it has problems with messages, or is drawn.
    #[test]
    fn o_02_any_document_has_problems_or_compiles(document in anything()) {
        assert_sound(&document);
    }

    /// O-02: the same for a good configuration in which anything has become something else.
    #[test]
    fn o_02_any_change_has_problems_or_compiles(key in key(), value in anything()) {
        let mut document = good();
        document[key] = value;
        assert_sound(&document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// K-01: every sound configuration compiles and is drawn in each of its languages.
    #[test]
    fn k_01_any_sound_configuration_compiles(document in sound()) {
        match read(&document) {
            Ok(config) => assert_drawn(&config),
            Err(problems) => prop_assert!(false, "{problems:#?}"),
        }
    }
}
