//! Which vendor of the catalogue something of theirs is, by its name, by the hosts that it loads from, or by what it stores;
//! and its number, where a script of the page says it. What cannot be told stays an own service.

use serde_json::{Value, json};
use url::Url;

use super::draft::bare;
use super::script::{Facts, Literal, Node};
use crate::catalogue::{Catalogue, Manifest};
use crate::config::glob::matches;

/// What vendors are called besides their names, in small letters without what stands between words.
const ALSO_CALLED: [(&str, &[&str]); 13] = [
    (
        "google-analytics",
        &["ga", "ga4", "gtag", "gtagjs", "universalanalytics"],
    ),
    ("google-tag-manager", &["gtm", "googletagmanager"]),
    ("google-ads", &["adwords", "googleadwords", "googleadsconversion"]),
    ("google-maps", &["googlemap", "gmaps"]),
    (
        "meta-pixel",
        &["facebook", "facebookpixel", "fbpixel", "fbq", "pixelfacebook"],
    ),
    ("microsoft-clarity", &["clarity", "msclarity"]),
    ("microsoft-uet", &["bing", "bingads", "microsoftads", "uet"]),
    (
        "yandex-metrika",
        &[
            "metrika",
            "metrica",
            "ym",
            "yandexmetrica",
            "yametrika",
            "яндексметрика",
        ],
    ),
    ("linkedin-insight", &["linkedin", "linkedininsighttag"]),
    ("tiktok-pixel", &["tiktok"]),
    ("matomo", &["piwik"]),
    ("two-gis", &["2gis"]),
    ("top-mail-ru", &["topmailru", "mytarget", "рейтингmailru"]),
];

/// A name of fewer letters stands at the beginning of too many others.
const TELLING: usize = 6;

/// What is known of a service.
pub(super) struct Clues<'a> {
    pub(super) names: Vec<&'a str>,
    pub(super) addresses: Vec<&'a str>,
    pub(super) cookies: Vec<&'a str>,
}

/// The vendor of a service.
pub(super) fn vendor<'c>(clues: &Clues<'_>, catalogue: &'c Catalogue) -> Option<&'c Manifest> {
    let by_name = clues.names.iter().find_map(|name| by_name(name, catalogue));
    let by_address = || {
        clues
            .addresses
            .iter()
            .find_map(|address| by_address(address, catalogue))
    };
    by_name
        .or_else(by_address)
        .or_else(|| by_cookies(&clues.cookies, catalogue))
}

fn by_name<'c>(name: &str, catalogue: &'c Catalogue) -> Option<&'c Manifest> {
    let name = bare(name);
    let also = ALSO_CALLED.iter().find(|(_, names)| names.contains(&name.as_str()));
    if let Some((id, _)) = also {
        return catalogue.get(id);
    }
    let is_called = |called: &str| {
        let called = bare(called);
        called == name || called.len() >= TELLING && name.starts_with(&called)
    };
    // The longest name is the closest.
    let called = catalogue
        .iter()
        .filter(|manifest| is_called(&manifest.id) || is_called(manifest.name.meaning()));
    called.max_by_key(|manifest| manifest.id.len())
}

/// By the host of an address; Google's and Yandex's hosts serve several vendors, which the rest of the address tells apart.
pub(super) fn by_address<'c>(address: &str, catalogue: &'c Catalogue) -> Option<&'c Manifest> {
    let base = Url::parse("https://page.invalid/").ok()?;
    let address = base.join(address).ok()?;
    let host = address.host_str()?;
    let whole = address.as_str();
    let told = [
        ("googletagmanager.com/gtm.js", "google-tag-manager"),
        ("googletagmanager.com/ns.html", "google-tag-manager"),
        ("id=AW-", "google-ads"),
        ("googletagmanager.com/gtag/", "google-analytics"),
        ("google.com/maps", "google-maps"),
        ("yandex.ru/map", "yandex-maps"),
        ("vk.com/video", "vk-video"),
    ];
    if let Some((_, id)) = told.into_iter().find(|(part, _)| whole.contains(part)) {
        return catalogue.get(id);
    }
    let mut reached = catalogue.iter().filter(|manifest| manifest.is_reached_on(host));
    let first = reached.next()?;
    reached.next().is_none().then_some(first)
}

/// By what it stores, where one vendor alone stores most of it; of two the one that stores little else.
fn by_cookies<'c>(cookies: &[&str], catalogue: &'c Catalogue) -> Option<&'c Manifest> {
    let score = |manifest: &Manifest| {
        let are_one = |theirs: &str, ours: &str| {
            matches(ours, &theirs.replace('*', "x")) || matches(theirs, &ours.replace('*', "x"))
        };
        let ours: Vec<&str> = manifest.storage.iter().map(|stored| stored.name.as_str()).collect();
        let known = cookies
            .iter()
            .filter(|theirs| ours.iter().any(|ours| are_one(theirs, ours)))
            .count();
        let told = ours
            .iter()
            .filter(|ours| cookies.iter().any(|theirs| are_one(theirs, ours)))
            .count();
        (known, told * 100 / ours.len().max(1))
    };
    let best = catalogue.iter().map(score).max().filter(|(known, _)| *known > 0)?;
    let mut found = catalogue.iter().filter(|manifest| score(manifest) == best);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// What the scripts of a page say for a parameter of a vendor: a number in a call, or an id in a text.
pub(super) fn parameter(vendor: &str, name: &str, facts: &Facts) -> Option<Value> {
    match (vendor, name) {
        ("google-analytics", "measurementId") => beginning_with("G-", facts),
        ("google-tag-manager", "container") => beginning_with("GTM-", facts),
        ("google-ads", "conversionId") => beginning_with("AW-", facts),
        ("yandex-metrika", "counter") => argument("ym", 0, facts),
        ("meta-pixel", "pixel") => argument("fbq", 1, facts),
        ("hotjar", "site") => member("_hjSettings", "hjid", facts),
        ("linkedin-insight", "partner") => facts.value("_linkedin_partner_id").and_then(plain),
        _ => None,
    }
}

/// The first word in a text of the scripts that begins so.
fn beginning_with(start: &str, facts: &Facts) -> Option<Value> {
    let is_of_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let mut words = facts
        .texts
        .iter()
        .flat_map(|text| text.split(move |letter| !is_of_word(letter)));
    let word = words.find(|word| {
        let id = word.strip_prefix(start).unwrap_or_default();
        id.len() >= 4
            && id
                .chars()
                .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
    });
    word.map(|word| json!(word))
}

fn argument(call: &str, place: usize, facts: &Facts) -> Option<Value> {
    let mut found = facts.calls(|name| name == call);
    found.find_map(|arguments| plain(arguments.into_iter().nth(place)?).filter(is_number))
}

fn member(assigned: &str, key: &str, facts: &Facts) -> Option<Value> {
    let is_it = |name: &str| name == assigned || name.ends_with(&format!(".{assigned}"));
    let (_, node) = facts.assigned.iter().find(|(name, _)| is_it(name))?;
    match &node.literal {
        Literal::Members(members) => plain(members.get(key)?.clone()),
        _ => None,
    }
}

/// Whether a value is a number, or the digits of one.
fn is_number(value: &Value) -> bool {
    value.is_number()
        || value
            .as_str()
            .is_some_and(|text| text.bytes().all(|digit| digit.is_ascii_digit()))
}

/// A number or text as JSON.
pub(super) fn plain(node: Node) -> Option<Value> {
    match node.literal {
        Literal::Text(text) if !text.is_empty() => Some(json!(text)),
        Literal::Number(number) => Some(numeral(number)),
        _ => None,
    }
}

/// A number as JSON has it: a whole one without a fraction.
pub(super) fn numeral(number: f64) -> Value {
    let written = number.to_string();
    written
        .parse::<i64>()
        .map_or_else(|_| json!(number), |whole| json!(whole))
}
