//! The owner's audit: what a page does besides what its configuration says.

use std::collections::BTreeSet;

use kelisim_compiler::config::Config;
use kelisim_compiler::owner::audit::{Finding, Kind, Page, Place, Seen, audit};
use serde_json::{Value, json};
use strum::VariantArray as _;

use crate::house::{CATALOGUE, LANGUAGES, sites};

fn rasco() -> Value {
    let (_, site) = sites().into_iter().find(|(name, _)| name == "rasco.kz").unwrap();
    site
}

/// A page of rasco.kz.
fn page(seen: &[(Place, &str)]) -> Page {
    let seen = seen.iter().map(|(place, what)| Seen {
        place: *place,
        what: (*what).to_owned(),
    });
    Page {
        hosts: vec!["rasco.kz".to_owned()],
        seen: seen.collect(),
        ..Page::default()
    }
}

/// What is found on a page of a site: `code about`.
fn found(site: &Value, page: &Page) -> Vec<String> {
    let (config, problems) = Config::read_in_page(site, &CATALOGUE, &LANGUAGES);
    let findings = audit(&config.unwrap(), &problems, &CATALOGUE, page);
    findings.iter().map(line).collect()
}

fn line(Finding { code, about, .. }: &Finding) -> String {
    format!("{} {about}", serde_json::to_value(code).unwrap().as_str().unwrap())
}

/// G-07: a hard-coded tag, a pixel for visitors without JavaScript and a hint are each named by their host.
#[test]
fn g_07_tags_pixels_and_hints_are_named() {
    let metrika = r#"<div><img src="https://mc.yandex.ru/watch/1" alt=""></div>"#;
    let page = page(&[
        (Place::Element, "https://mc.yandex.ru/metrika/tag.js"),
        (Place::Element, "https://mc.yandex.ru/metrika/tag.js?again"),
        (Place::NoScript, metrika),
        (Place::Hint, "https://www.googletagmanager.com/"),
        (Place::Element, "https://connect.facebook.net/en_US/fbevents.js"),
        (Place::Element, "/own.js"),
        (Place::Element, "https://rasco.kz/own.js"),
        (Place::Element, "https://static.rasco.kz/own.js"),
        (Place::Element, "https://rasco.kz/go?to=https://example.org/"),
        (Place::Hint, ""),
    ]);
    let expected = [
        "hardCodedTag mc.yandex.ru",
        "noscriptPixel mc.yandex.ru",
        "vendorHint www.googletagmanager.com",
        "undeclaredHost connect.facebook.net",
    ];
    assert_eq!(found(&rasco(), &page), expected);
}

/// G-07: a `<noscript>` holds any number of addresses, and each is named.
#[test]
fn g_07_every_address_in_a_noscript_is_named() {
    let two = r#"<img src="https://mc.yandex.ru/watch/1"><iframe src="//www.googletagmanager.com/ns.html"></iframe>"#;
    let expected = ["noscriptPixel mc.yandex.ru", "noscriptPixel www.googletagmanager.com"];
    assert_eq!(found(&rasco(), &page(&[(Place::NoScript, two)])), expected);
}

/// O-04: what a granted service loads is its own; a host and a cookie that no service names are listed.
#[test]
fn o_04_undeclared_hosts_and_cookies_are_listed() {
    let page = Page {
        granted: BTreeSet::from(["yandex-metrika".to_owned()]),
        cookies: "_ym_uid=1; kelisim=2; _fbp=3".to_owned(),
        ..page(&[
            (Place::Element, "https://mc.yandex.ru/metrika/tag.js"),
            (Place::Element, "https://www.googletagmanager.com/gtag/js"),
            (Place::Resource, "https://mc.yandex.ru/watch/1"),
            (Place::Resource, "https://region1.google-analytics.com/g/collect"),
            (Place::Resource, "https://stats.example.org/hit"),
            (Place::Resource, "https://notmc.yandex.ru.example.org/hit"),
        ])
    };
    let expected = [
        "hardCodedTag www.googletagmanager.com",
        "undeclaredHost stats.example.org",
        "undeclaredHost notmc.yandex.ru.example.org",
        "undeclaredCookie _fbp",
    ];
    assert_eq!(found(&rasco(), &page), expected);
}

/// What was there when the page began is the site's own.
#[test]
fn o_04_only_newer_cookies_count() {
    let page = Page {
        cookies: "PHPSESSID=1; _other=2; cart=".to_owned(),
        cookies_before: "cart=; PHPSESSID=0".to_owned(),
        ..page(&[])
    };
    assert_eq!(found(&rasco(), &page), ["undeclaredCookie _other"]);
}

/// O-04: the host from which Kelisim itself comes is the site's own.
#[test]
fn o_04_the_hosts_of_the_site_are_its_own() {
    let mut page = page(&[(Place::Element, "https://static.example.kz/kelisim/kelisim.js")]);
    assert_eq!(found(&rasco(), &page), ["undeclaredHost static.example.kz"]);
    page.hosts.push("static.example.kz".to_owned());
    assert!(found(&rasco(), &page).is_empty());
}

/// A host that the owner gives to a vendor is that vendor's.
#[test]
fn g_07_a_host_of_the_owner_s_own_is_the_vendor_s() {
    let mut site = rasco();
    site["services"] = json!([{"use": "matomo", "host": "stat.example.kz", "site": 1}]);
    let page = page(&[(Place::Element, "https://stat.example.kz/matomo.js")]);
    assert_eq!(found(&site, &page), ["hardCodedTag stat.example.kz"]);
}

/// F-06: words that press are listed with their place, where an owner looks who has no tool.
#[test]
fn f_06_an_owners_words_are_looked_at() {
    assert!(found(&rasco(), &page(&[])).is_empty());
    let mut site = rasco();
    site["texts"] = json!({"ru": {"lead": "{operator}: примите cookie и получите скидку 10 %."}});
    assert_eq!(found(&site, &page(&[])), ["wording texts.ru.lead (reward)"]);
}

/// Every code says what it means and what to do.
#[test]
fn every_finding_has_a_sentence() {
    for kind in Kind::VARIANTS {
        let sentence = kind.sentence();
        assert!(sentence.len() > 60 && sentence.ends_with('.'), "{sentence}");
    }
}

/// What the loader's `look.js` hands over is read, and nothing else.
#[test]
fn what_a_page_brings_is_read() {
    let brought = json!({
        "hosts": ["rasco.kz"],
        "seen": [{"place": "noScript", "what": "<img src=//mc.yandex.ru/1>"}, {"place": "hint", "what": "/own"}],
        "cookies": "",
        "cookiesBefore": "",
        "granted": [],
    });
    let page: Page = serde_json::from_value(brought).unwrap();
    assert_eq!(found(&rasco(), &page), ["noscriptPixel mc.yandex.ru"]);
}
