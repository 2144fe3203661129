//! What the panel of `#kelisim-audit` is told of a configuration's services.

use kelisim_compiler::config::Config;
use kelisim_compiler::owner::inspection::{Inspection, Seen, inspect};
use serde_json::{Value, json};

use crate::house::{CATALOGUE, LANGUAGES, sites};

/// Of a service of the owner's own.
const PURPOSE: &str = "Считать, какие страницы курсов открывают";

/// What is told of rasco.kz with a service of the owner's own, where a page brings this.
fn inspected(brought: &Value) -> Inspection {
    let (_, mut site) = sites().into_iter().find(|(name, _)| name == "rasco.kz").unwrap();
    site["services"].as_array_mut().unwrap().push(json!({
        "id": "counter", "category": "analytics", "src": "/counter.js", "recipient": "ТОО «Счётчик»", "country": "KZ",
        "purpose": {"ru": PURPOSE, "kk": PURPOSE, "en": PURPOSE}, "data": ["ip"],
        "storage": [
            {"name": "seen_*", "in": "localStorage", "lifetime": "30d"},
            {"name": "seen_*", "in": "cookie", "lifetime": "30d", "host": "video.example"},
        ],
    }));
    let (config, problems) = Config::read_in_page(&site, &CATALOGUE, &LANGUAGES);
    let seen: Seen = serde_json::from_value(brought.clone()).unwrap();
    inspect(&config.unwrap(), &problems, &CATALOGUE, &seen)
}

/// As `look.js` brings it.
fn brought() -> Value {
    json!({
        "page": {
            "hosts": ["rasco.kz"],
            "seen": [{"place": "resource", "what": "https://pixel.example/one"}],
            "cookies": "_ym_uid=1; _ym_first=1; seen_course=2; PHPSESSID=3",
            "cookiesBefore": "PHPSESSID=3; seen_course=2",
            "granted": [],
        },
        "addresses": [
            "https://mc.yandex.ru/metrika/tag.js?id=1",
            "https://rasco.kz/counter.js",
            "https://rasco.kz/own.js",
            "https://pixel.example/one",
            "data:,",
        ],
        "localStorage": ["seen_course", "theme"],
        "sessionStorage": ["seen_course"],
    })
}

/// O-04: a service comes with who gets the data, and with what of its storage is there, each in its own place.
#[test]
fn o_04_a_service_is_shown_with_what_of_it_is_there() {
    let Inspection { services, .. } = inspected(&brought());
    let ids: Vec<&str> = services.iter().map(|service| service.id.as_str()).collect();
    assert_eq!(ids, ["yandex-metrika", "google-analytics", "counter"]);
    let metrika = serde_json::to_value(&services[0]).unwrap();
    assert_eq!(
        (&metrika["recipient"], &metrika["category"], &metrika["countries"]),
        (&json!("YANDEX LLC"), &json!("analytics"), &json!(["RU"]))
    );
    let found = |name: &str| {
        let kept = metrika["storage"].as_array().unwrap();
        kept.iter().find(|kept| kept["name"] == name).unwrap()["found"].clone()
    };
    assert_eq!(found("_ym_uid"), json!(["_ym_uid"]));
    assert_eq!(found("_ym_d"), json!([]));
    assert_eq!(
        found("_ym_*"),
        json!(["_ym_first"]),
        "what has a name of its own is told of once"
    );
    let counter = serde_json::to_value(&services[2].storage).unwrap();
    let expected = json!([
        {"name": "seen_*", "in": "localStorage", "host": null, "found": ["seen_course"]},
        {"name": "seen_*", "in": "cookie", "host": "video.example", "found": []},
    ]);
    assert_eq!(counter, expected, "no page sees what lies on another host");
}

/// O-04: an address is a service's by its host or by being its script, the site's, or nobody's.
#[test]
fn o_04_an_address_belongs_to_somebody() {
    let owners = serde_json::to_value(inspected(&brought()).owners).unwrap();
    let expected = json!([{"service": "yandex-metrika"}, {"service": "counter"}, "site", "stranger", "site"]);
    assert_eq!(owners, expected);
}

/// O-04: the panel's findings are those of `kelisim.audit()`, and it knows which signals count.
#[test]
fn o_04_the_findings_and_the_signals_are_the_configurations() {
    let inspection = serde_json::to_value(inspected(&brought())).unwrap();
    let about: Vec<&Value> = inspection["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| &finding["about"])
        .collect();
    assert_eq!(about, ["pixel.example"]);
    assert_eq!(inspection["signals"], json!({"gpc": "all", "dnt": false}));
}
