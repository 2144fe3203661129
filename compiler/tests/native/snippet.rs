//! `kelisim snippet`: the lines for a page, and the policy that goes with them.

use clap::Parser;
use kelisim_compiler::description::descriptions;
use kelisim_compiler::owner::content_security_policy::content_security_policy;
use kelisim_compiler::owner::distribution::{Distribution, integrity};
use kelisim_compiler::owner::first_layer::{self, FirstLayer};
use kelisim_compiler::owner::snippet::{self, Base, Configuration, Snippet, tag};
use serde_json::{Value, json};

use crate::dist::Dist;
use crate::house::{CATALOGUE, read, sites};

const FILE: Configuration<'_> = Configuration::File("site.json");

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

/// B-02: what an owner writes is read back as it was written, and is never a tag of the page's.
#[test]
fn b_02_a_configuration_in_the_page_stays_in_its_element() {
    let dist = Dist::new("inline");
    let said = "</SCRIPT><script>alert(1)</script> <!-- <script> &lt; \u{2028} \\ \"";
    let written = json!({ "$schema": "../schema.json", "operator": { "name": said }, "expiresDays": 180 });
    let lines = tag(Configuration::Inline(&written), &base("/kelisim"), &dist.open()).unwrap();
    let (block, script) = lines.split_once("</script>\n").unwrap();
    assert!(
        !script.contains("preload") && script.ends_with(" data-config=\"#kelisim-site\"></script>\n"),
        "{script}"
    );
    let block = block
        .strip_prefix("<script type=\"application/json\" id=\"kelisim-site\">")
        .unwrap();
    assert!(!block.contains('<'), "{block}");
    let read: Value = serde_json::from_str(block).unwrap();
    let expected = json!({ "operator": { "name": said }, "expiresDays": 180 });
    assert_eq!(read, expected, "without what only editors read");
}

#[test]
fn the_tag_is_pinned_to_the_build() {
    let dist = Dist::new("tag");
    let hash = integrity(b"start();");
    assert!(hash.starts_with("sha384-") && hash.len() == 71, "{hash}");
    assert_eq!(
        tag(FILE, &base("/kelisim"), &dist.open()).unwrap(),
        format!(
            "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/kelisim/site.json\">\n\
             <script async src=\"/kelisim/kelisim.js\" integrity=\"{hash}\" data-config=\"/kelisim/site.json\"></script>\n"
        )
    );
    let elsewhere = tag(FILE, &base("https://static.example.kz/k/"), &dist.open()).unwrap();
    assert!(
        elsewhere.contains(&format!("{hash}\" crossorigin data-config=")),
        "{elsewhere}"
    );
}

#[test]
fn a_changed_or_foreign_build_is_refused() {
    let dist = Dist::new("foreign");
    std::fs::write(dist.path().join("kelisim.js"), "other();").unwrap();
    let error = tag(FILE, &base("/"), &dist.open()).unwrap_err().to_string();
    assert!(error.contains("kelisim.js is not what SHA384SUMS says"), "{error}");

    dist.write("services/yandex-metrika.json", "{\"id\":\"yandex-metrika\"}");
    let error = Distribution::open(Some(dist.path())).unwrap_err().to_string();
    assert!(
        error.contains("services/yandex-metrika.json is of another build"),
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
    let line = ["snippet", "my site.json", "--dist", directory]
        .into_iter()
        .chain(arguments.iter().copied());
    let Line { snippet } = Line::try_parse_from(line)?;
    let config = read(site).unwrap();
    let mut output = Vec::new();
    snippet::run(&snippet, site, &config, &CATALOGUE, &mut output)?;
    Ok(String::from_utf8(output)?)
}

#[test]
fn b_01_the_command_prints_the_lines_and_the_policy() {
    let (rasco, dist) = (rasco(), Dist::new("printed"));
    let lines = tag(Configuration::File("my%20site.json"), &base("/kelisim/"), &dist.open()).unwrap();
    let expected = format!(
        "In <head>:\n\n{lines}\n\
         As a response header of every page, with what the page itself needs added to it:\n\n\
         Content-Security-Policy: {}\n",
        policy(&rasco, &base("/kelisim/"), None)
    );
    assert_eq!(printed(&rasco, &dist, &[]).unwrap(), expected);
    let elsewhere = printed(&rasco, &dist, &["--base", "https://static.rasco.kz/k", "--inline"]).unwrap();
    assert!(
        elsewhere.contains("src=\"https://static.rasco.kz/k/kelisim.js\"") && elsewhere.contains("id=\"kelisim-site\""),
        "{elsewhere}"
    );
    for (arguments, complaint) in [
        (["--base", "kelisim"], "write a path of your site"),
        (["--lang", "ru"], "--first-layer"),
    ] {
        let error = printed(&rasco, &dist, &arguments).unwrap_err().to_string();
        assert!(error.contains(complaint), "{error}");
    }
}

/// F-13, B-01: the command prints the first layer in a language of the configuration, and the policy has the hashes of its
/// script and style.
#[test]
fn f_13_b_01_the_first_layer_is_printed_with_its_hashes() {
    let (rasco, dist) = (rasco(), Dist::new("first-layer"));
    let kazakh = first_layer::draw(&rasco, Some("kk"), dist.path()).unwrap();
    let text = printed(&rasco, &dist, &["--first-layer", "--lang", "kk"]).unwrap();
    let begins = format!("In <head>:\n\n<style>{}</style>\n<link ", kazakh.style);
    assert!(text.starts_with(&begins), "{text}");
    let body = format!(
        "First in <body>:\n\n{}<script data-signals=\"globalPrivacyControl\">show();</script>\n",
        kazakh.markup
    );
    assert!(text.contains(&body), "{text}");
    assert!(
        kazakh.markup.contains(" lang=\"kk\" ") && kazakh.markup.contains(" hidden"),
        "{}",
        kazakh.markup
    );

    let (script, style) = kazakh.sources();
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
    assert!(error.to_string().contains("ru, kk, en"), "{error}");
    let error = printed(&nothing_to_ask(), &dist, &["--first-layer"]).unwrap_err();
    assert!(error.to_string().contains("asks nothing"), "{error}");
}
