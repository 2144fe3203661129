//! What `kelisim check` advises: nothing of it stops a configuration from working, and the page never hears of it.

use crate::core::config::{Config, Problem, Service, glob};
use crate::core::value::{Value, Words, keep};

/// A cookie that stays longer than thirteen months, in days (CNIL, on cookies that measure an audience).
const LONG: u32 = 395;

/// Everything to advise about a configuration that holds, made of `document`.
pub(super) fn advice(document: &'static Value, config: &Config, manifests: &'static Value) -> Vec<Problem> {
    let mut found = Vec::new();
    if ["email", "phone"]
        .iter()
        .all(|key| config.text("operator", key).are_none())
    {
        found.push(advised("operator", "noContact", ""));
    }
    for (index, own) in document.list("services").iter().enumerate() {
        let path = format!("services[{index}]");
        // A service of an excluded country is not there, and none are for minors.
        let kept = config.services.iter().find(|service| is_of(service, own));
        if let Some(service) = kept {
            lifetimes(&path, own, service, config.expires_days, &mut found);
        }
        if let Some(vendor) = vendor_of(&own.text("src"), manifests) {
            found.push(advised(&format!("{path}.src"), "vendorByHand", vendor));
        }
    }
    half_translated(document, config, &mut found);
    plain_addresses("", document, &mut found);
    found
}

fn advised(path: &str, code: &'static str, hint: &str) -> Problem {
    Problem {
        path: keep(path.to_owned()),
        code: Words::of(code),
        hint: keep(hint.to_owned()),
    }
}

/// Whether a service was made of what the owner wrote here.
fn is_of(service: &Service, own: &'static Value) -> bool {
    let id = own.text("id");
    service.id == if id.are_none() { own.text("use") } else { id }
}

/// Cookies that stay too long: of an own service each by its place, of a vendor by the service that names it. Where the
/// vendor is told how long the consent lasts, its cookies end with it (requirement V-05).
fn lifetimes(path: &str, own: &'static Value, service: &Service, term: u32, found: &mut Vec<Problem>) {
    let is_vendor = !own.text("use").are_none();
    if is_vendor && is_told_the_term(service.description.get("start")) {
        return;
    }
    let (mut long, mut outliving) = (Vec::new(), Vec::new());
    for (index, stored) in service.description.list("storage").iter().enumerate() {
        let days = days(&stored.text("lifetime"));
        if !stored.text("in").are("cookie") || days <= term.min(LONG) {
            continue;
        }
        let (code, names) = if days > LONG {
            ("longLifetime", &mut long)
        } else {
            ("outlivesConsent", &mut outliving)
        };
        if is_vendor {
            names.push(stored.text("name").text());
        } else {
            found.push(advised(
                &format!("{path}.storage[{index}].lifetime"),
                code,
                &stored.text("name"),
            ));
        }
    }
    for (code, names) in [("longLifetime", long), ("outlivesConsent", outliving)] {
        if !names.is_empty() {
            found.push(advised(&format!("{path}.use"), code, &names.join("`, `")));
        }
    }
}

/// Whether a step of the vendor is given the seconds that are left of the consent.
fn is_told_the_term(value: &'static Value) -> bool {
    value.words().are("{secondsLeft}")
        || value.items().iter().any(is_told_the_term)
        || value.entries().iter().any(|(_, member)| is_told_the_term(member))
}

/// A lifetime in days, rounded up; a session ends with the browser.
fn days(lifetime: &str) -> u32 {
    if lifetime == "unlimited" {
        return u32::MAX;
    }
    let (number, unit) = lifetime.split_at(lifetime.len().saturating_sub(1));
    let number: u32 = number.parse().unwrap_or(0);
    match unit {
        "d" => number,
        "h" => number.div_ceil(24),
        "m" => number.div_ceil(24 * 60),
        _ => 0,
    }
}

/// The vendor of the catalogue on whose host an own script lies (requirement C-06).
fn vendor_of(address: &str, manifests: &'static Value) -> Option<&'static str> {
    let (_, rest) = address.split_once("//")?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let is_its = |pattern: &Value| matches!(pattern, Value::Text(pattern) if glob::matches(pattern, &host));
    let mut vendors = manifests.entries().iter();
    vendors
        .find(|(_, manifest)| manifest.list("hosts").iter().any(is_its))
        .map(|(vendor, _)| *vendor)
}

/// Own words in one offered language, where another keeps Kelisim's: the notice then says two things (requirement L-05).
fn half_translated(document: &'static Value, config: &Config, found: &mut Vec<Problem>) {
    let texts = document.get("texts");
    for (language, own) in *texts.entries() {
        if !config.languages.iter().any(|offered| offered.are(language)) {
            continue;
        }
        for (key, _) in own.entries().iter().filter(|(_, text)| !text.is_null()) {
            let lacking: Vec<&str> = config
                .languages
                .iter()
                .filter(|offered| texts.get(offered).get(key).is_null())
                .map(|offered| offered.text())
                .collect();
            if !lacking.is_empty() {
                found.push(advised(
                    &format!("texts.{language}.{key}"),
                    "halfTranslated",
                    &lacking.join("`, `"),
                ));
            }
        }
    }
}

/// Addresses over plain http inside words; one that is an address itself is an error.
fn plain_addresses(path: &str, value: &'static Value, found: &mut Vec<Problem>) {
    if value.words().to_lowercase().contains("http://") {
        found.push(advised(path, "plainAddress", ""));
    }
    for (index, item) in value.items().iter().enumerate() {
        plain_addresses(&format!("{path}[{index}]"), item, found);
    }
    for (key, member) in value.entries().iter().filter(|(key, _)| !key.starts_with('$')) {
        let dot = if path.is_empty() { "" } else { "." };
        plain_addresses(&format!("{path}{dot}{key}"), member, found);
    }
}
