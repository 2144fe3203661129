//! What the owner's program tells of a sound configuration: the notice and the register.

use std::fmt::Write as _;

use kelisim_compiler::compile::{compile, notice};
use kelisim_compiler::config::Config;
use kelisim_compiler::owner::notice::{notice as told_in, told};
use kelisim_compiler::owner::register::register;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::house::{CATALOGUE, LANGUAGES, read, sites};

/// The configuration of rasco.kz.
fn rasco() -> Value {
    let mut sites = sites().into_iter();
    sites
        .find_map(|(name, site)| (name == "rasco.kz").then_some(site))
        .unwrap()
}

/// The same without anything optional.
fn nothing_to_ask() -> Value {
    let mut site = rasco();
    for key in ["services", "categories", "googleConsentMode"] {
        site.as_object_mut().unwrap().shift_remove(key);
    }
    site
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

fn kept(config: &Config) -> Value {
    serde_json::to_value(register(config, &CATALOGUE, &LANGUAGES).unwrap()).unwrap()
}

/// what is told is what a record is bound to, in every language, with its places unfilled.
#[test]
fn r_02_what_is_told_is_what_a_record_is_bound_to() {
    let config = read(&rasco()).unwrap();
    let site = compile(&config, &CATALOGUE, &LANGUAGES).unwrap().site;
    let told = told(&config, &CATALOGUE, &LANGUAGES).unwrap();
    assert_eq!(told.len(), 3);
    for (told, language) in told.iter().zip(&site.languages) {
        assert_eq!(told.language, language.tag);
        let bytes = notice(&config, &CATALOGUE, &LANGUAGES, &told.language)
            .unwrap()
            .unwrap();
        assert_eq!(told.text, bytes);
        assert_eq!(hash(&bytes), language.notice, "{}", told.language);
        assert_eq!(told.hash(), language.notice);
        for placeholder in ["{date}", "{code}"] {
            assert!(bytes.contains(placeholder), "{placeholder} is not filled in");
        }
        assert!(!bytes.contains('\r') && bytes.ends_with('\n'));
    }
    let default = told_in(&config, &CATALOGUE, &LANGUAGES, None).unwrap();
    assert_eq!(default, told[0]);
    let error = told_in(&config, &CATALOGUE, &LANGUAGES, Some("de"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("ru, kk, en"), "{error}");
}

/// B-04: the notice says where the choice holds.
#[test]
fn b_04_the_notice_names_the_hosts() {
    let mut alone = rasco();
    alone.as_object_mut().unwrap().shift_remove("scope");
    for (language, shared) in [("ru", "rasco.kz и поддомены"), ("kk", "rasco.kz және ішкі домендері")]
    {
        let printed = |site: &Value| {
            let config = read(site).unwrap();
            told_in(&config, &CATALOGUE, &LANGUAGES, Some(language)).unwrap().text
        };
        assert!(printed(&rasco()).contains(shared), "{language}");
        assert!(
            !printed(&alone).contains(shared) && printed(&alone).contains("{host}"),
            "{language}"
        );
    }
}

/// the register has its four fields, of the same data as the notice.
#[test]
fn r_05_the_register_has_its_four_fields() {
    let mut site = rasco();
    site["categories"] = json!([{ "id": "analytics" }, { "id": "marketing" }]);
    site["services"] = json!([
        { "use": "yandex-metrika", "counter": 1 },
        { "use": "google-analytics", "measurementId": "G-1" },
        { "use": "top-mail-ru", "counter": 1 },
        { "use": "yandex-metrika", "id": "second", "counter": 2 },
    ]);
    let config = read(&site).unwrap();
    let kept = kept(&config);
    let keys: Vec<&String> = kept.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "operator",
            "policy",
            "notice",
            "term",
            "thirdParties",
            "crossBorder",
            "publicSources",
            "services"
        ]
    );
    assert_eq!(kept["term"], json!({"days": 180, "words": "180 дней"}));
    let recipients = json!(["ООО «ЯНДЕКС»", "Google LLC, Google Ireland Ltd", "ООО «ВК»"]);
    assert_eq!(
        kept["thirdParties"],
        json!({"transferred": true, "recipients": recipients})
    );
    assert_eq!(
        kept["crossBorder"],
        json!({"transferred": true, "countries": ["RU", "US", "IE"]})
    );
    assert_eq!(kept["publicSources"]["disseminated"], false);
    assert!(!kept["publicSources"]["words"].as_str().unwrap().is_empty());
    assert_eq!(kept["operator"]["number"], "140340014652");
    assert_eq!(kept["policy"]["url"], site["policy"]["url"]);
    let services = kept["services"].as_array().unwrap();
    assert_eq!(services.len(), 4);
    let members: Vec<&String> = services[3].as_object().unwrap().keys().collect();
    assert_eq!(members, ["id", "category", "recipient", "countries", "purpose", "data"]);
    assert_eq!(
        (&services[3]["id"], &services[3]["category"]),
        (&json!("second"), &json!("analytics"))
    );
    let told = told(&config, &CATALOGUE, &LANGUAGES).unwrap();
    for told in told {
        assert_eq!(kept["notice"][&told.language], told.hash());
    }
}

/// where nothing is asked, nothing is transferred; and what has no number says so.
#[test]
fn r_05_the_register_of_a_site_that_asks_nothing() {
    let kept_of_nothing = kept(&read(&nothing_to_ask()).unwrap());
    assert_eq!(
        kept_of_nothing["thirdParties"],
        json!({"transferred": false, "recipients": []})
    );
    assert_eq!(
        kept_of_nothing["crossBorder"],
        json!({"transferred": false, "countries": []})
    );
    let mut abroad = nothing_to_ask();
    abroad["law"] = json!(["gdpr"]);
    abroad["operator"].as_object_mut().unwrap().shift_remove("bin");
    assert_eq!(kept(&read(&abroad).unwrap())["operator"]["number"], Value::Null);
}

/// words of an owner are told in the default language.
#[test]
fn r_05_own_words_are_told_in_the_default_language() {
    let mut site = rasco();
    site["languages"] = json!(["kk", "ru", "en"]);
    site["categories"] = json!([{ "id": "functional" }]);
    site["services"] = json!([{
        "id": "own", "category": "functional", "country": ["KZ"], "storage": [],
        "recipient": { "kk": "«Мысал» ЖШС", "ru": "ТОО «Пример»", "en": "Example LLP" },
        "purpose": { "kk": "Тапсырысты сақтаймыз", "ru": "Храним заказ", "en": "We keep the order" },
        "data": ["ip", { "kk": "тапсырыс", "ru": "заказ", "en": "the order" }],
    }]);
    site["googleConsentMode"] = Value::Null;
    let kept = kept(&read(&site).unwrap());
    assert_eq!(kept["thirdParties"]["recipients"], json!(["«Мысал» ЖШС"]));
    assert_eq!(kept["crossBorder"]["transferred"], false);
    assert_eq!(kept["services"][0]["purpose"], "Тапсырысты сақтаймыз");
    let data = kept["services"][0]["data"].as_array().unwrap();
    assert_eq!(data[1], "тапсырыс");
    assert_ne!(data[0], "ip", "a code is told in words");
}
