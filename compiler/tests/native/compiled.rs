//! What a configuration is compiled to: the five sites byte for byte, the largest site, the layers in every language.
//!
//! `KELISIM_SNAPSHOTS=write` agrees to a change of a snapshot.

use std::collections::BTreeSet;
use std::fs;

use kelisim_compiler::Compiled;
use kelisim_compiler::compile::{compile, notice};
use kelisim_compiler::languages::BUILT_IN_CATEGORIES;
use kelisim_compiler::law::kz::ITEMS_OF_CONSENT;
use kelisim_compiler::notice::text::{notice_text, sha256};
use kelisim_site::{Place, When};
use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};

use crate::house::{CATALOGUE, LANGUAGES, document, folder, json_files, read, sites};

/// Compiles a configuration in which nothing is wrong.
pub(crate) fn compiled(document: &Value) -> Compiled {
    let config = read(document).unwrap_or_else(|problems| panic!("{problems:#?}"));
    compile(&config, &CATALOGUE, &LANGUAGES).unwrap()
}

/// Every good file of the corpus and every site, by its name.
pub(crate) fn good() -> Vec<(String, Value)> {
    let corpus = json_files("tests/corpus/good").into_iter();
    let corpus = corpus.map(|(name, text)| (name, document(&text).unwrap()));
    corpus.chain(sites()).collect()
}

/// Holds something against what was agreed to.
fn assert_snapshot(name: &str, found: &str) {
    let path = folder("tests/snapshots").join(name);
    if std::env::var_os("KELISIM_SNAPSHOTS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, found).unwrap();
    }
    let agreed = fs::read_to_string(&path).unwrap_or_default();
    assert!(agreed == found, "{} is not:\n{found}", path.display());
}

/// The largest sound configuration that anyone should think of: 200 services in nine languages.
fn largest() -> Value {
    let languages: Vec<&str> = LANGUAGES.tags().collect();
    let words = |text: &str| -> Value {
        let each = languages
            .iter()
            .map(|language| ((*language).to_owned(), json!(format!("{text} ({language})"))));
        Value::Object(each.collect())
    };
    let services: Vec<Value> = (0..200)
        .map(|number| {
            json!({
                "id": format!("service-{number}"),
                "name": words(&format!("Service {number}")),
                "category": (BUILT_IN_CATEGORIES[number % 5]),
                "recipient": words(&format!("Recipient {number}")),
                "country": ["KZ", "US", "GB"],
                "purpose": words(&format!("Counts what is opened on page {number}")),
                "data": ["ip", "identifier", "pages", words("pressed buttons")],
                "storage": [
                    {"name": format!("service_{number}_*"), "in": "cookie", "lifetime": "30d", "purpose": "visit"},
                    {"name": format!("service_{number}"), "in": "localStorage", "lifetime": "unlimited"},
                ],
                "policy": "https://recipient.example/privacy",
            })
        })
        .collect();
    json!({
        "operator": {"name": "ТОО «Пример»", "bin": "991240000003", "address": "Алматы", "email": "privacy@example.kz"},
        "policy": {"url": "/privacy", "version": "2026-01-01"},
        "languages": languages,
        "categories": (BUILT_IN_CATEGORIES.map(|id| json!({"id": id}))),
        "services": services,
        "withdrawal": {"email": "privacy@example.kz", "subject": "Отзыв", "correctionSubject": "Уточнение"},
    })
}

fn pretty(compiled: &Compiled) -> String {
    let Compiled { site, settings } = compiled;
    let mut text = serde_json::to_string_pretty(&json!({"site": site, "settings": settings})).unwrap();
    text.push('\n');
    text
}

/// The same input gives the same bytes, and these.
#[test]
fn the_five_sites_compile_to_what_was_agreed() {
    for (name, document) in sites() {
        let text = pretty(&compiled(&document));
        assert_eq!(text, pretty(&compiled(&document)), "{name}");
        assert_snapshot(&format!("{name}.json"), &text);
    }
}

/// T-06: its size is agreed to, so that what makes every site heavier is seen.
#[test]
fn t_06_the_largest_site_has_the_size_that_was_agreed() {
    let Compiled { site, settings } = compiled(&largest());
    let bytes = |value: Value| serde_json::to_string(&value).unwrap().len();
    let sizes = format!(
        "Bytes of JSON of 200 services in nine languages: the site {}, the settings {}, in one language {}\n",
        bytes(json!(site)),
        bytes(json!(settings)),
        bytes(json!(settings[0])),
    );
    assert_snapshot("largest.txt", &sizes);
}

/// I-01 to I-12, L-05: the eight items of Law 94-V, art. 8(4), stand in the settings of every language, and their words
/// in the text of the notice.
#[test]
fn l_05_the_items_of_the_law_stand_in_every_language() {
    let mut document = sites().into_iter().find(|(name, _)| name == "rasco.kz").unwrap().1;
    document["languages"] = LANGUAGES.tags().collect();
    let config = read(&document).unwrap();
    let Compiled { site, settings } = compile(&config, &CATALOGUE, &LANGUAGES).unwrap();
    for (language, settings) in site.languages.iter().zip(&settings) {
        let text = notice(&config, &CATALOGUE, &LANGUAGES, &language.tag).unwrap().unwrap();
        let html = Html::parse_fragment(&settings.html);
        for (item, name) in ITEMS_OF_CONSENT {
            let selector = Selector::parse(&format!("[data-kelisim-item=\"{name}\"]")).unwrap();
            let element = html.select(&selector).next();
            let element = element.unwrap_or_else(|| panic!("{}: {item}", language.tag));
            let mut words = Vec::new();
            for part in ["dt", "dd"] {
                let selector = Selector::parse(part).unwrap();
                let part = element.select(&selector).next().unwrap();
                words.push(part.text().collect::<String>());
            }
            let place = element.select(&Selector::parse("[data-kelisim-place]").unwrap()).next();
            let is_said = |words: &String| words.chars().count() > 1 && text.contains(words.as_str());
            // What only the visit knows is a place, and stands in the notice as one.
            let has_place = place.is_some() && text.contains(place_of(name));
            assert!(
                is_said(&words[0]),
                "{}: {item} has no label in the notice",
                language.tag
            );
            assert!(is_said(&words[1]) || has_place, "{}: {item} says nothing", language.tag);
        }
        let said = |item: &str| -> Vec<String> {
            let selector = Selector::parse(&format!("[data-kelisim-item=\"{item}\"] dd")).unwrap();
            html.select(&selector).map(|element| element.text().collect()).collect()
        };
        let number = config.operator.number().unwrap();
        assert!(
            said("operator").iter().any(|line| line.contains(number)),
            "{}",
            language.tag
        );
        assert!(said("term")[0].contains("180"), "{}", language.tag);
        let (transfers, abroad) = (said("third-parties"), said("cross-border"));
        for recipient in said("recipient") {
            assert!(transfers[0].contains(&recipient), "{}: {recipient}", language.tag);
        }
        for country in said("country").iter().flat_map(|countries| countries.split(", ")) {
            assert!(abroad[0].contains(country), "{}: {country}", language.tag);
        }
        let subject = config.withdrawal.as_ref().unwrap().subject.as_str();
        assert!(
            said("withdrawal").iter().any(|line| line.contains(subject)),
            "{}",
            language.tag
        );
    }
}

/// How a place of an item stands in the text of a notice.
fn place_of(item: &str) -> &'static str {
    if item == "code" { "{code}" } else { "{date}" }
}

/// the hash that a record has is that of the notice's text, and the text is that of the layers.
#[test]
fn r_02_the_hash_is_that_of_what_is_shown() {
    for (name, document) in good() {
        let config = read(&document).unwrap();
        let Compiled { site, settings } = compile(&config, &CATALOGUE, &LANGUAGES).unwrap();
        assert_eq!(site.languages.len(), config.languages.len(), "{name}");
        for (language, settings) in site.languages.iter().zip(&settings) {
            assert_eq!(language.tag, settings.language);
            let text = notice_text(&[&language.first_layer, &settings.html]);
            let told = notice(&config, &CATALOGUE, &LANGUAGES, &language.tag).unwrap();
            assert_eq!(Some(&text), told.as_ref(), "{name} {}", language.tag);
            assert_eq!(sha256(&text), language.notice, "{name} {}", language.tag);
            assert!(text.ends_with('\n') && !text.contains('\r'), "{name} {}", language.tag);
            assert!(unicode_normalization::is_nfc(&text), "{name} {}", language.tag);
        }
    }
}

/// F-01, F-05, F-07, F-10: the first layer has one Accept, one Reject and one Settings, no X, and the recipients stand
/// before its buttons; no layer has more ways to accept than to refuse.
#[test]
fn f_01_f_07_f_10_the_layers_are_even() {
    let actions = |html: &Html, action: &str| {
        let selector = Selector::parse(&format!("button[data-kelisim-action=\"{action}\"]")).unwrap();
        html.select(&selector).count()
    };
    for (name, document) in good() {
        let Compiled { site, settings } = compiled(&document);
        for (language, settings) in site.languages.iter().zip(&settings) {
            let (first, second) = (
                Html::parse_fragment(&language.first_layer),
                Html::parse_fragment(&settings.html),
            );
            let asks = usize::from(!site.categories.is_empty());
            for action in ["accept", "reject"] {
                assert_eq!(actions(&first, action), asks, "{name}");
                assert_eq!(actions(&second, action), asks, "{name}");
            }
            assert_eq!(actions(&first, "close"), 0, "{name}");
            // The control that stays opens the settings as well.
            assert_eq!(actions(&first, "settings"), 1 + asks, "{name}");
            let buttons = language.first_layer.find("kelisim-choices").unwrap_or(usize::MAX);
            let last_name = language.first_layer.rfind("</dd>").unwrap_or(0);
            assert!(last_name < buttons, "{name}: a recipient stands after the buttons");
        }
    }
}

/// Every place and condition of a layer is one that the runtime knows.
#[test]
fn places_and_conditions_are_known() {
    for (name, document) in good() {
        let Compiled { site, settings } = compiled(&document);
        let spoken = site
            .languages
            .iter()
            .flat_map(|language| [&language.first_layer, &language.placeholder]);
        let all = spoken.chain(settings.iter().map(|settings| &settings.html));
        for html in all {
            for element in elements(&Html::parse_fragment(html)) {
                let element = element.value();
                if let Some(place) = element.attr("data-kelisim-place") {
                    assert!(place.parse::<Place>().is_ok(), "{name}: {place}");
                }
                if let Some(when) = element.attr("data-kelisim-when") {
                    let when: When = when.parse().unwrap_or_else(|_| panic!("{name}: {when}"));
                    if let When::Asked(ids) | When::Embed(ids) = when {
                        let known = site.categories.iter().map(|category| &category.id);
                        let known = known.chain(site.services.iter().map(|service| &service.id));
                        let known: BTreeSet<&str> = known.map(String::as_str).collect();
                        assert!(ids.split(' ').all(|id| known.contains(id)), "{name}: {ids}");
                    }
                }
            }
        }
    }
}

/// Every element of a fragment.
pub(crate) fn elements(html: &Html) -> Vec<ElementRef<'_>> {
    html.root_element().descendent_elements().collect()
}

/// S-03: a service of an excluded country is nowhere; for minors nothing is offered.
#[test]
fn s_03_what_is_left_out_is_nowhere() {
    let (_, mut document) = sites().into_iter().find(|(name, _)| name == "rasco.kz").unwrap();
    document["excludeCountries"] = json!(["US"]);
    let text = pretty(&compiled(&document));
    assert!(text.contains("yandex-metrika") && !text.contains("google-analytics"));
    document["audience"] = json!("minors");
    let Compiled { site, .. } = compiled(&document);
    assert!(site.categories.is_empty() && site.services.is_empty());
    assert!(!site.languages[0].first_layer.contains("data-kelisim=\"banner\""));
}

/// V-03: what changes the terms of a consent, and what does not.
#[test]
fn v_03_only_what_is_consented_to_changes_the_terms() {
    let own = json!({
        "id": "own", "category": "testing", "name": "Counter", "recipient": "R", "country": "KZ",
        "purpose": {"kk": "а", "ru": "б"}, "data": ["ip"],
        "storage": [{"name": "own_*", "in": "cookie", "lifetime": "20h"}],
    });
    let (_, mut document) = sites().into_iter().find(|(name, _)| name == "rasco.kz").unwrap();
    document["googleConsentMode"] = Value::Null;
    document["languages"] = json!(["ru", "kk"]);
    document["categories"] = json!([
        {"id": "analytics"}, {"id": "testing", "purpose": {"ru": "Сравнить два вида страницы", "kk": "Салыстыру"}},
    ]);
    document["services"] = json!([own]);
    let terms = |document: &Value| {
        let Compiled { site, .. } = compiled(document);
        (site.services[0].terms.clone(), site.categories[1].terms.clone())
    };
    let before = terms(&document);
    for (pointer, value, service, category) in [
        ("/services/0/recipient", json!("S"), true, false),
        ("/services/0/country", json!("RU"), true, false),
        ("/services/0/data", json!(["ip", "pages"]), true, false),
        ("/services/0/storage/0/name", json!("other_*"), true, false),
        ("/services/0/storage/0/in", json!("localStorage"), true, false),
        ("/services/0/storage/0/lifetime", json!("21h"), true, false),
        ("/services/0/category", json!("analytics"), true, false),
        ("/services/0/name", json!("Another name"), false, false),
        ("/services/0/purpose/ru", json!("в"), false, false),
        (
            "/categories/1/purpose/ru",
            json!("Измерить, где дольше читают"),
            false,
            true,
        ),
        ("/categories/1/purpose/kk", json!("Екі түрін салыстыру"), false, false),
        ("/policy/version", json!("2027-01-01"), false, false),
        ("/operator/name", json!("ТОО «Другое»"), false, false),
    ] {
        let mut changed = document.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        let after = terms(&changed);
        assert_eq!(
            (after.0 != before.0, after.1 != before.1),
            (service, category),
            "{pointer}"
        );
    }
    // Golden: a change of these bytes asks every visitor anew.
    assert_eq!(before, ("50c12f62".to_owned(), "e2d84db1".to_owned()));
}
