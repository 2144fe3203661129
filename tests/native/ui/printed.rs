//! The first layer that an owner's server renders, as the tool prints it, beside what Kelisim draws.

use kelisim::core::config::Config;
use kelisim::core::value::Value;
use kelisim::owner::check::configuration;
use kelisim::owner::first_layer::FirstLayer;
use serde_json::json;

use super::views::{SITES, Visit, site};
use crate::markup::Markup;
use crate::owner_pages::Dist;

fn config(site: &serde_json::Value) -> Config {
    configuration(Value::from(site.clone()).keep()).unwrap().unwrap()
}

fn printed(site: &serde_json::Value, language: Option<&str>, name: &str) -> FirstLayer {
    FirstLayer::new(&config(site), language, &Dist::new(name).open()).unwrap()
}

/// A site that looks otherwise than rasco.kz, with words that would be HTML.
fn other_look() -> serde_json::Value {
    let mut site = site("rasco.kz");
    site["operator"]["name"] = json!("<b>\"A\" & B</b>");
    site["appearance"] = json!({
        "layout": "bar", "position": "top", "theme": "dark", "reopen": "link",
        "tokens": {"accent": "#123456", "font": "\"</style>\""},
    });
    site
}

/// F-13: the printed markup is what Kelisim draws at a first visit, element for element, in every language: names,
/// attributes in their order, words. Only its root is hidden.
#[test]
fn f_13_the_printed_first_layer_is_what_kelisim_draws() {
    let asking = SITES.map(site).into_iter().filter(|site| !site["categories"].is_null());
    let mut compared = 0;
    for site in asking.chain([other_look()]) {
        for language in site["languages"].as_array().unwrap() {
            let language = language.as_str().unwrap();
            let mut markup = Markup::read(&printed(&site, Some(language), "element").markup);
            let hidden = markup.attributes.pop();
            assert_eq!(hidden, Some(("hidden", String::new())), "{language}: it is hidden");
            let drawn = Visit::to(&site, language).page().without_empty_words();
            assert_eq!(markup, drawn, "{language}");
            compared += 1;
        }
    }
    assert!(compared > 10, "{compared} pages");
}

/// F-13: without a language it is the configuration's first; a language that it does not offer is named with those that it
/// does, and a site that asks nothing has no first layer.
#[test]
fn f_13_a_first_layer_speaks_an_offered_language() {
    let dist = Dist::new("languages");
    let rasco = config(&site("rasco.kz"));
    let first = |language| FirstLayer::new(&rasco, language, &dist.open());
    assert_eq!(first(None).unwrap().markup, first(Some("ru")).unwrap().markup);
    let error = first(Some("de")).unwrap_err().to_string();
    assert!(error.contains("ru, kk, en"), "{error}");

    let mut silent = site("rasco.kz");
    for key in ["services", "categories", "googleConsentMode"] {
        silent.as_object_mut().unwrap().remove(key);
    }
    let error = FirstLayer::new(&config(&silent), None, &dist.open())
        .unwrap_err()
        .to_string();
    assert!(error.contains("asks nothing"), "{error}");
}

/// S-01: the script is told those signals with which Kelisim would ask nothing, and no others.
#[test]
fn s_01_the_script_heeds_what_kelisim_heeds() {
    let mut site = site("rasco.kz");
    let heeded = |site: &serde_json::Value| printed(site, None, "signals").signals;
    assert_eq!(heeded(&site), "globalPrivacyControl");
    site["signals"] = json!({"dnt": true});
    assert_eq!(heeded(&site), "globalPrivacyControl doNotTrack");
    // What is not marketing is asked all the same.
    site["signals"] = json!({"gpc": "marketing"});
    assert_eq!(heeded(&site), "");
}

/// F-13, B-01: one style and one script for every language, so one policy fits all; of the styles those of this look, and the owner's tokens, which cannot end the element.
#[test]
fn f_13_b_01_every_language_has_the_same_style_and_script() {
    let site = other_look();
    let ru = printed(&site, Some("ru"), "style");
    assert_eq!(
        ru.style,
        "@layer kelisim{#kelisim-root .kelisim-banner{position:fixed!important}\
         #kelisim-root[data-theme=dark]{color-scheme:dark!important}}\
         #kelisim-root{--kelisim-accent:#123456;--kelisim-font:\"\\3c /style>\"}"
    );
    assert_eq!(ru.script, "show();");
    for language in ["kk", "en"] {
        let other = printed(&site, Some(language), "style");
        assert_eq!((&other.style, &other.script), (&ru.style, &ru.script), "{language}");
    }
}
