//! How other consent managers mark what has to wait: the attribute that names what an element waits for, and where its
//! address is. Resolved for a site, so that the runtime knows no manager by its name.
//!
//! Only markup that does nothing by itself is theirs: a script that is not gated has run already, and what has a `src` loads.

use cssparser::serialize_string;
use indexmap::IndexMap;
use kelisim_site::Alias;

use crate::config::Config;
use crate::config::aliases::Names;

/// Categories of vanilla-cookieconsent 2.
pub(crate) const COOKIECATEGORY: &str = "data-cookiecategory";
/// Services of Klaro, and of Orejime 2.
pub(crate) const NAME: &str = "data-name";
/// Purposes of Orejime.
pub(crate) const PURPOSE: &str = "data-purpose";
/// Categories of Cookiebot.
pub(crate) const COOKIECONSENT: &str = "data-cookieconsent";
/// The address of a frame or picture that waits for Cookiebot.
pub(crate) const COOKIEBLOCK: &str = "data-cookieblock-src";

/// What Cookiebot calls the categories that Kelisim has too.
pub(crate) const OF_COOKIEBOT: [(&str, &str); 3] = [
    ("preferences", "functional"),
    ("statistics", "analytics"),
    ("marketing", "marketing"),
];

/// Scripts that a browser does not run.
const SCRIPTS: &str = "script[type='text/plain'],script[type='opt-in']";
/// What has an address that a browser does not fetch.
const HELD_BACK: &str = "[data-src],[data-srcset],[data-href],[data-poster]";

/// The gated markup that a page of this site may have besides Kelisim's own.
pub(crate) fn aliases(config: &Config) -> Vec<Alias> {
    let aliases = &config.aliases;
    let mut found = Vec::new();
    if let Some(names) = &aliases.vanilla_cookieconsent {
        found.push(alias(COOKIECATEGORY, SCRIPTS, pairs(names)));
        found.extend(of_our_own_attributes(names, config));
    }
    if let Some(names) = &aliases.orejime {
        found.push(alias(PURPOSE, "template", pairs(names)));
    }
    // Two managers with one attribute: whose name comes first means what that one says.
    let of_name: Vec<&Names> = [&aliases.klaro, &aliases.orejime].into_iter().flatten().collect();
    if !of_name.is_empty() {
        let names = of_name.into_iter().flat_map(pairs).collect();
        found.push(alias(NAME, &format!("{SCRIPTS},{HELD_BACK}"), names));
    }
    if let Some(names) = &aliases.cookiebot {
        let kinds = format!("{SCRIPTS},{HELD_BACK},[{COOKIEBLOCK}]");
        found.push(Alias {
            source: Some(COOKIEBLOCK.to_owned()),
            ..alias(COOKIECONSENT, &kinds, of_cookiebot(names, config))
        });
    }
    found
}

/// Elements of some kinds that have an attribute.
fn alias(attribute: &str, kinds: &str, names: Vec<(String, String)>) -> Alias {
    Alias {
        selector: format!("[{attribute}]:is({kinds})"),
        attribute: attribute.to_owned(),
        source: None,
        names,
    }
}

fn pairs(Names(names): &Names) -> Vec<(String, String)> {
    let names = names.iter();
    names.map(|(name, id)| (name.clone(), id.as_str().to_owned())).collect()
}

/// Version 3 of vanilla-cookieconsent has Kelisim's attributes: there only other names are looked for.
fn of_our_own_attributes(Names(names): &Names, config: &Config) -> Vec<Alias> {
    let is_category = |id: &str| config.categories.iter().any(|category| category.id.as_str() == id);
    let services: IndexMap<_, _> = names
        .iter()
        .filter(|(_, id)| !is_category(id.as_str()))
        .map(|(name, id)| (name.clone(), id.clone()))
        .collect();
    [("data-category", names), ("data-service", &services)]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(attribute, names)| Alias {
            selector: names
                .keys()
                .map(|name| with_value(attribute, name))
                .collect::<Vec<_>>()
                .join(","),
            attribute: attribute.to_owned(),
            source: None,
            names: pairs(&Names(names.clone())),
        })
        .collect()
}

/// The selector of an attribute with a value.
fn with_value(attribute: &str, value: &str) -> String {
    let mut selector = format!("[{attribute}=");
    // Writing to a string cannot fail.
    let _ = serialize_string(value, &mut selector);
    selector.push(']');
    selector
}

/// Cookiebot's own names where the site has what they mean and nothing of that name, behind those of the owner.
fn of_cookiebot(names: &Names, config: &Config) -> Vec<(String, String)> {
    let has = |id: &str| config.categories.iter().any(|category| category.id.as_str() == id);
    let mut pairs = pairs(names);
    for (name, id) in OF_COOKIEBOT {
        if has(id) && !has(name) && !names.0.contains_key(name) {
            pairs.push((name.to_owned(), id.to_owned()));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::aliases;
    use crate::catalogue::Catalogue;
    use crate::config::Config;
    use crate::languages::Languages;

    /// The aliases of a site with two categories and a service in each.
    fn resolved(written: Value) -> Value {
        let mut document = json!({
            "law": ["gdpr"],
            "operator": { "name": "Example", "email": "privacy@example.org", "address": "Street 1" },
            "policy": { "url": "/privacy", "version": "1" },
            "languages": ["en"],
            "categories": [{ "id": "analytics" }, { "id": "marketing" }],
            "services": [{ "use": "google-analytics", "measurementId": "G-ABC" }, { "use": "meta-pixel", "pixel": 1_234_567 }],
        });
        document["aliases"] = written;
        let config = Config::read(&document, &Catalogue::house().unwrap(), &Languages::house().unwrap());
        serde_json::to_value(aliases(&config.unwrap())).unwrap()
    }

    #[test]
    fn a_site_without_aliases_has_none() {
        assert_eq!(resolved(json!(null)), json!([]));
        assert_eq!(resolved(json!({})), json!([]));
    }

    #[test]
    fn klaro_and_orejime_name_services() {
        assert_eq!(
            resolved(json!({ "klaro": { "ga": "google-analytics" } })),
            json!([{
                "selector": "[data-name]:is(script[type='text/plain'],script[type='opt-in'],\
                    [data-src],[data-srcset],[data-href],[data-poster])",
                "attribute": "data-name",
                "names": [["ga", "google-analytics"]],
            }])
        );
        let orejime = resolved(json!({ "orejime": {} }));
        assert_eq!(orejime[0]["selector"], "[data-purpose]:is(template)");
        assert_eq!(orejime[1]["attribute"], "data-name");
    }

    /// Kelisim's own attributes are left alone but for names that are no ids, whatever stands in them.
    #[test]
    fn vanilla_cookieconsent_has_our_own_attributes() {
        assert_eq!(
            resolved(json!({ "vanilla-cookieconsent": {} }))
                .as_array()
                .unwrap()
                .len(),
            1
        );
        let found =
            resolved(json!({ "vanilla-cookieconsent": { "ads\"]": "marketing", "Google": "google-analytics" } }));
        assert_eq!(found[0]["attribute"], "data-cookiecategory");
        assert_eq!(
            found[1]["selector"],
            "[data-category=\"ads\\\"]\"],[data-category=\"Google\"]"
        );
        assert_eq!(found[2]["selector"], "[data-service=\"Google\"]");
        assert_eq!(found[2]["names"], json!([["Google", "google-analytics"]]));
    }

    /// The names of Cookiebot mean what the site has of it, and the owner has the first word.
    #[test]
    fn cookiebot_has_names_of_its_own() {
        let names = |written| resolved(json!({ "cookiebot": written }))[0]["names"].clone();
        assert_eq!(names(json!({})), json!([["statistics", "analytics"]]));
        assert_eq!(
            names(json!({ "statistics": "google-analytics", "preferences": "marketing" })),
            json!([["statistics", "google-analytics"], ["preferences", "marketing"]])
        );
        assert_eq!(
            resolved(json!({ "cookiebot": {} }))[0]["source"],
            "data-cookieblock-src"
        );
    }
}
