//! Words of an owner that want to be something else (requirement B-02): whatever stands in a configuration, the layers
//! have the same elements and attributes.

use kelisim_compiler::Compiled;
use kelisim_compiler::owner::declaration::declaration;
use scraper::Html;
use serde_json::Value;

use crate::compiled::{compiled, elements, good};
use crate::house::{CATALOGUE, LANGUAGES, read};

/// Each ends everything that words could stand in, and begins what runs.
const HOSTILE: [&str; 5] = [
    "\"><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>",
    "' autofocus onfocus='alert(1)' x='",
    "</textarea></dialog></div><iframe srcdoc=\"<script>alert(1)</script>\"><!--",
    "{{ 7 * 7 }}{% raw %}{operator}{date}{nobody}{&lt;b&gt;&#x3c;b&#x3e;",
    "\u{202e}\u{0}\u{b}\n\r<b>\u{feff}-->",
];

/// The files that have every kind of string between them.
const FILES: [&str; 4] = [
    "a-vendor-said-otherwise",
    "own-services-of-every-kind",
    "scope-receipts-and-audit",
    "texts-in-three-languages",
];

/// Attributes that carry words or addresses of an owner; of all others the values are Kelisim's own.
const OF_THE_OWNER: [&str; 4] = ["href", "aria-label", "lang", "data-nosnippet"];

/// The elements of a fragment with their attributes: what a browser makes of it, but for words.
fn structure(html: &str) -> Vec<String> {
    let html = Html::parse_fragment(html);
    elements(&html)
        .into_iter()
        .map(|element| {
            let attributes = element.value().attrs().map(|(name, value)| match name {
                // Where a link leads may change; what kind of address it is may not.
                "href" => format!("{name}={}", kind_of_address(value)),
                _ if OF_THE_OWNER.contains(&name) => name.to_owned(),
                _ => format!("{name}={value}"),
            });
            format!(
                "{} {}",
                element.value().name(),
                attributes.collect::<Vec<_>>().join(" ")
            )
        })
        .collect()
}

/// `https`, `mailto`, or relative; whatever else is named as it is.
fn kind_of_address(address: &str) -> &str {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    scheme
        .filter(|scheme| !scheme.contains(['/', '?', '#']))
        .unwrap_or("relative")
}

/// Everything that a site shows, and what its owner's policy page has of it.
fn layers(document: &Value) -> Vec<String> {
    let Compiled { site, settings } = compiled(document);
    let config = read(document).unwrap();
    let declared = config
        .languages
        .iter()
        .map(|language| declaration(&config, &CATALOGUE, &LANGUAGES, Some(language)).unwrap());
    let spoken = site.languages.into_iter();
    let spoken = spoken.flat_map(|language| [language.first_layer, language.placeholder]);
    spoken
        .chain(settings.into_iter().map(|settings| settings.html))
        .chain(declared)
        .collect()
}

/// The places of all strings of a document that say something: what is shown of them is there before as well.
fn strings(value: &Value, here: &str, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.trim().is_empty() => {}
        Value::String(_) => found.push(here.to_owned()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                strings(item, &format!("{here}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                strings(member, &format!("{here}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// A document in which each string is hostile that may be, and how many are. What the check refuses alone stays as it is.
fn overrun(document: &Value, hostile: &str) -> (Value, usize) {
    let (mut overrun, mut count) = (document.clone(), 0);
    let mut places = Vec::new();
    strings(document, "", &mut places);
    for place in places {
        let mut changed = overrun.clone();
        *changed.pointer_mut(&place).unwrap() = hostile.into();
        // A word that leads elsewhere by choice ("position", "theme") is no word of an owner.
        if read(&changed).is_ok() {
            overrun = changed;
            count += 1;
        }
    }
    (overrun, count)
}

/// B-02: every string of a configuration that the check lets be hostile is; that changes words and nothing else.
#[test]
fn b_02_words_of_an_owner_are_words() {
    let mut passed = 0;
    for (name, document) in good().into_iter().filter(|(name, _)| FILES.contains(&name.as_str())) {
        let before: Vec<_> = layers(&document).iter().map(|html| structure(html)).collect();
        for hostile in HOSTILE {
            let (overrun, count) = overrun(&document, hostile);
            let after: Vec<_> = layers(&overrun).iter().map(|html| structure(html)).collect();
            passed += count;
            assert!(
                after == before,
                "{name}: {hostile}: {}",
                first_difference(&before, &after)
            );
        }
    }
    assert!(passed > 100, "only {passed} hostile strings passed the check");
}

/// The first element that one has and the other has not.
fn first_difference(before: &[Vec<String>], after: &[Vec<String>]) -> String {
    let elements = before.iter().flatten().zip(after.iter().flatten());
    let mut differing = elements.filter(|(before, after)| before != after);
    differing.next().map_or_else(
        || "more or fewer elements".to_owned(),
        |(before, after)| format!("{before} became {after}"),
    )
}
