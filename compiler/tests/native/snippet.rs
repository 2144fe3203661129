//! `kelisim snippet`: the lines for a page, and the policy that goes with them.

use clap::Parser;
use kelisim_compiler::bundle::Options;
use kelisim_compiler::bundle::digest::source_expression;
use kelisim_compiler::config::Config;
use kelisim_compiler::description::descriptions;
use kelisim_compiler::owner::base::Base;
use kelisim_compiler::owner::build::{Source, make};
use kelisim_compiler::owner::content_security_policy::content_security_policy;
use kelisim_compiler::owner::distribution::Distribution;
use kelisim_compiler::owner::first_layer::FirstLayer;
use kelisim_compiler::owner::snippet::{self, Snippet};
use serde_json::{Value, json};

use crate::bundle::FIRST_LAYER_STYLES;
use crate::compiled::compiled;
use crate::dist::{Dist, PRINTED};
use crate::house::{CATALOGUE, LANGUAGES, read, sites};

/// The configuration of rasco.kz.
pub(crate) fn rasco() -> Value {
    let mut sites = sites().into_iter();
    sites
        .find_map(|(name, site)| (name == "rasco.kz").then_some(site))
        .unwrap()
}

fn base(written: &str) -> Base {
    written.parse().unwrap()
}

fn policy(site: &Value, base: &Base, first_layer: Option<&FirstLayer>) -> String {
    let config = read(site).unwrap();
    content_security_policy(&descriptions(&config, &CATALOGUE), base, first_layer).unwrap()
}

fn nothing_to_ask() -> Value {
    let mut site = rasco();
    for key in ["services", "categories", "googleConsentMode"] {
        site.as_object_mut().unwrap().shift_remove(key);
    }
    site
}

/// B-01: the policy of rasco.kz has what its two vendors need, each host in its own directive, and nothing else.
#[test]
fn b_01_the_policy_names_each_host_where_it_is_needed() {
    let mut site = rasco();
    assert_eq!(
        policy(&site, &base("/kelisim/"), None),
        "default-src 'self'; \
         script-src 'self' 'wasm-unsafe-eval' https://mc.yandex.ru https://www.googletagmanager.com; \
         style-src 'self'; \
         img-src 'self' https://mc.yandex.ru https://mc.yandex.com https://www.googletagmanager.com \
         https://*.google-analytics.com; \
         connect-src 'self' https://mc.yandex.ru https://mc.yandex.com https://mc.webvisor.com https://mc.webvisor.org \
         https://www.googletagmanager.com https://*.google-analytics.com https://*.analytics.google.com"
    );
    assert_eq!(
        policy(&nothing_to_ask(), &base("https://static.rasco.kz/kelisim/"), None),
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' https://static.rasco.kz; style-src 'self'; \
         img-src 'self'; connect-src 'self' https://static.rasco.kz"
    );
    site["excludeCountries"] = json!(["US"]);
    let excluded = policy(&site, &base("/kelisim/"), None);
    assert!(
        !excluded.contains("google"),
        "what is left out needs nothing: {excluded}"
    );
}

/// B-01: what a vendor asks by another scheme than https, a frame, and the host that an owner gives.
#[test]
fn b_01_the_policy_names_what_vendors_need_besides() {
    let mut site = rasco();
    site["categories"] = json!([{"id": "analytics"}, {"id": "functional"}, {"id": "media"}]);
    site["services"] = json!([
        {"use": "matomo", "host": "stats.rasco.kz", "site": 1},
        {"use": "jivo", "widget": "abcDEF1234"},
        {"use": "youtube"},
    ]);
    site.as_object_mut().unwrap().shift_remove("googleConsentMode");
    let policy = policy(&site, &base("/kelisim/"), None);
    for source in [
        " https://stats.rasco.kz",
        " wss://*.jivosite.com",
        "; frame-src 'self' https://*.jivosite.com https://www.youtube.com",
    ] {
        assert!(policy.contains(source), "{source}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline"), "{policy}");
}

/// B-01: an own service is allowed the origin of its script, and a path of the site nothing more.
#[test]
fn b_01_an_own_script_is_allowed_by_its_origin() {
    for (src, source) in [
        ("https://chat.example.kz/widget.js?id=1", " https://chat.example.kz"),
        ("https://chat.example.kz:8443", " https://chat.example.kz:8443"),
        ("/counter.js", ""),
        ("/counter.js?from=https://example.kz/", ""),
    ] {
        let mut site = rasco();
        site["services"] = json!([{
            "id": "chat", "name": "Chat", "category": "analytics", "src": src, "recipient": "TOO Chat", "country": "KZ",
            "purpose": {"kk": "Сұрақтарға жауап", "ru": "Ответы на вопросы", "en": "Answers"}, "data": ["pages"], "storage": [],
        }]);
        let allowed = policy(&site, &base("/"), None);
        assert!(
            allowed.contains(&format!(
                "script-src 'self' 'wasm-unsafe-eval'{source}; style-src 'self'; img-src 'self'; connect-src 'self'"
            )),
            "{allowed}"
        );
    }
}

/// A configuration with what the house knows.
pub(crate) fn source<'a>(config: &'a Config, text: &'a str) -> Source<'a> {
    Source {
        config,
        text,
        catalogue: &CATALOGUE,
        languages: &LANGUAGES,
    }
}

#[test]
fn a_changed_or_foreign_build_is_refused() {
    let dist = Dist::new("foreign");
    std::fs::write(dist.path().join("runtime/kelisim.js"), "other();").unwrap();
    let config = read(&rasco()).unwrap();
    let error = make(source(&config, ""), Options::default(), &dist.open()).unwrap_err();
    assert!(
        error.to_string().contains("kelisim.js is not what SHA384SUMS says"),
        "{error}"
    );

    let nowhere = std::path::Path::new("/nowhere");
    let error = Distribution::open(Some(nowhere)).unwrap_err().to_string();
    assert!(
        error.contains("--dist") && error.contains("cargo xtask build"),
        "{error}"
    );
}

/// The command as clap reads it.
#[derive(Parser)]
struct Line {
    #[command(flatten)]
    snippet: Snippet,
}

/// What the command prints of a configuration.
fn printed(site: &Value, dist: &Dist, arguments: &[&str]) -> anyhow::Result<String> {
    let directory = dist.path().to_str().unwrap();
    let line = ["snippet", "site.json", "--dist", directory]
        .into_iter()
        .chain(arguments.iter().copied());
    let Line { snippet } = Line::try_parse_from(line)?;
    let config = read(site).unwrap();
    let mut output = Vec::new();
    snippet::run(&snippet, source(&config, &site.to_string()), &mut output)?;
    Ok(String::from_utf8(output)?)
}

#[test]
fn b_01_the_command_prints_the_tag_of_the_build_and_the_policy() {
    let (rasco, dist) = (rasco(), Dist::new("printed"));
    let expected = format!(
        "In <head>:\n\n<script async src=\"/kelisim/kelisim.js\"></script>\n\n\
         As a response header of every page, with what the page itself needs added to it:\n\n\
         Content-Security-Policy: {}\n",
        policy(&rasco, &base("/kelisim/"), None)
    );
    assert_eq!(printed(&rasco, &dist, &[]).unwrap(), expected);
    let elsewhere = printed(&rasco, &dist, &["--base", "https://static.rasco.kz/k"]).unwrap();
    for line in [
        "<script async src=\"https://static.rasco.kz/k/kelisim.js\" crossorigin></script>\n",
        "As a response header of every file at https://static.rasco.kz, ",
        "\nAccess-Control-Allow-Origin: *\n",
        "script-src 'self' 'wasm-unsafe-eval' https://static.rasco.kz ",
    ] {
        assert!(elsewhere.contains(line), "{line}: {elsewhere}");
    }
    for (arguments, complaint) in [
        (["--base", "kelisim"], "write a path of your site"),
        (["--lang", "ru"], "--first-layer"),
    ] {
        let error = printed(&rasco, &dist, &arguments).unwrap_err().to_string();
        assert!(error.contains(complaint), "{error}");
    }
}

/// A tag that is pinned names the very script that the build writes.
#[test]
fn the_tag_is_that_of_the_build() {
    let (rasco, dist) = (rasco(), Dist::new("pinned"));
    let config = read(&rasco).unwrap();
    let text = rasco.to_string();
    for (arguments, options) in [
        (
            vec!["--pin"],
            Options {
                pin: true,
                ..Options::default()
            },
        ),
        (
            vec!["--pin", "--single-file"],
            Options {
                pin: true,
                single_file: true,
                ..Options::default()
            },
        ),
    ] {
        let bundle = make(source(&config, &text), options, &dist.open()).unwrap();
        let printed = printed(&rasco, &dist, &arguments).unwrap();
        assert!(bundle.tag.contains(" integrity=\"sha384-"), "{}", bundle.tag);
        assert!(printed.contains(&format!("\n{}\n", bundle.tag)), "{printed}");
        match bundle.inline_source {
            Some(source) => assert!(printed.ends_with(&format!("\n\n{source}\n")), "{printed}"),
            None => assert!(!printed.contains("sha256-"), "{printed}"),
        }
    }
}

fn first_layer(site: &Value, language: &str, dist: &Dist) -> FirstLayer {
    let config = read(site).unwrap();
    FirstLayer::new(source(&config, ""), Some(language), &dist.open()).unwrap()
}

/// F-13: what is printed is what the loader shows, in each language of each site, and only hidden.
#[test]
fn f_13_the_printed_layer_is_that_of_the_loader() {
    let dist = Dist::new("loader");
    for (name, site) in sites() {
        let compiled = compiled(&site).site;
        if compiled.categories.is_empty() {
            continue;
        }
        for language in &compiled.languages {
            let FirstLayer { root, tag, .. } = first_layer(&site, &language.tag, &dist);
            let (before, after) = root.split_once(" hidden").unwrap();
            assert_eq!(before, "<div id=\"kelisim-root\"", "{name}");
            assert_eq!(format!("{before}{after}"), language.first_layer, "{name}");
            let apology = format!("data-apology=\"{}\">", language.status.unavailable);
            assert!(tag.contains(&apology), "{tag}");
        }
    }
}

/// F-13: which signals the script looks at, and that no word of an owner's leaves its attribute.
#[test]
fn f_13_b_02_the_script_reads_the_site_s_part_from_its_tag() {
    let (mut site, dist) = (rasco(), Dist::new("signals"));
    site["signals"] = json!({"dnt": true, "gpc": "marketing"});
    site["texts"] = json!({"ru": {"statusUnavailable": "Не вышло\"><script>alert(1)</script>"}});
    let FirstLayer { tag, script, .. } = first_layer(&site, "ru", &dist);
    assert_eq!(script, PRINTED);
    assert!(
        tag.starts_with("<script data-signals=\"globalPrivacyControl doNotTrack\" data-apology=\"Не вышло"),
        "{tag}"
    );
    assert_eq!(tag.matches("<script").count(), 1, "{tag}");
    assert!(tag.ends_with(&format!("\">{PRINTED}</script>")), "{tag}");
}

/// F-13, B-01: the command prints the first layer in a language of the configuration, and the policy has the hashes of its
/// script and style.
#[test]
fn f_13_b_01_the_first_layer_is_printed_with_its_hashes() {
    let (mut rasco, dist) = (rasco(), Dist::new("first-layer"));
    rasco["appearance"]["tokens"] = json!({"radius": "3px"});
    let kazakh = first_layer(&rasco, "kk", &dist);
    let style = format!(
        "@layer kelisim{{.auto{{color:red}}}}{FIRST_LAYER_STYLES}@layer kelisim{{.box{{color:red}}}}\
         @layer kelisim{{.button{{color:red}}}}@layer kelisim{{.kelisim-own{{--kelisim-radius:3px;}}}}"
    );
    assert_eq!(kazakh.style, style, "with the site's own look and the owner's tokens");
    let text = printed(&rasco, &dist, &["--first-layer", "--lang", "kk"]).unwrap();
    let begins = format!(
        "In <head>:\n\n<style data-kelisim=\"styles\">{style}</style>\n<script async src=\"/kelisim/kelisim.js\"></script>\n\n"
    );
    assert!(text.starts_with(&begins), "{text}");
    let FirstLayer { root, tag, .. } = &kazakh;
    assert!(text.contains(&format!("First in <body>:\n\n{root}{tag}\n\n")), "{text}");
    assert!(root.contains(" lang=\"kk\" "), "{root}");

    let (script, style) = kazakh.sources();
    assert_eq!(script, source_expression(PRINTED.as_bytes()));
    let (with, without) = (
        policy(&rasco, &base("/kelisim/"), Some(&kazakh)),
        policy(&rasco, &base("/kelisim/"), None),
    );
    let expected = without
        .replace("'wasm-unsafe-eval'", &format!("'wasm-unsafe-eval' {script}"))
        .replace("style-src 'self'", &format!("style-src 'self' {style}"));
    assert_eq!(with, expected);
    assert!(text.ends_with(&format!("Content-Security-Policy: {with}\n")), "{text}");
    let hashes = format!("Its hashes, which the policy has too: {script} for the script, {style} for the style.\n");
    assert!(text.contains(&hashes), "{text}");
}

/// F-13: a language that the configuration does not offer is named with those that it does, and a site that asks nothing
/// has no first layer.
#[test]
fn f_13_a_first_layer_speaks_an_offered_language() {
    let dist = Dist::new("languages");
    let error = printed(&rasco(), &dist, &["--first-layer", "--lang", "de"]).unwrap_err();
    assert!(error.to_string().contains("it offers ru, kk, en"), "{error}");
    let error = printed(&nothing_to_ask(), &dist, &["--first-layer"]).unwrap_err();
    assert!(error.to_string().contains("asks nothing"), "{error}");
}
