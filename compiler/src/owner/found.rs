//! Which vendors stand in a page by hand, and what they were given there: for the configurator, into which an owner pastes the
//! page's HTML.
//!
//! It must not read HTML: the page's parser does that, and what comes here are addresses and the texts of scripts.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalogue::{Catalogue, Manifest, ManifestStep, Parameter, ParameterKind, Piece, Template};

/// A vendor that stands in a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// What a configuration has in `use`.
    #[serde(rename = "use")]
    pub vendor: String,
    /// What the page gives the vendor, by the parameters' names, as it is written there. All of them or none.
    pub parameters: BTreeMap<String, String>,
    /// Whether the vendor's own code stands there. Otherwise something comes from a host that it shares with others.
    pub is_certain: bool,
}

/// The vendors of the catalogue in `texts`, each an address, the text of a script, or the markup of a `<noscript>`.
pub fn found(texts: &[String], catalogue: &Catalogue) -> Vec<Found> {
    let pages: Vec<Page> = texts.iter().map(|text| Page::of(text)).collect();
    let certain: Vec<Found> = catalogue
        .iter()
        .filter_map(|manifest| by_its_code(manifest, &pages))
        .collect();
    let hosts = pages.iter().flat_map(|page| &page.hosts);
    // A host of somebody who was found already says nothing of the others that it serves.
    let open: Vec<&String> = hosts
        .filter(|host| !certain.iter().any(|found| is_reached(found, host, catalogue)))
        .collect();
    let by_host = catalogue
        .iter()
        .filter(|manifest| open.iter().any(|host| manifest.is_reached_on(host)))
        .filter(|manifest| !certain.iter().any(|found| found.vendor == manifest.id))
        .map(|manifest| Found {
            vendor: manifest.id.clone(),
            parameters: BTreeMap::new(),
            is_certain: false,
        });
    certain.iter().cloned().chain(by_host).collect()
}

/// One of the texts.
struct Page {
    /// Without spaces and with one kind of quotation marks, so that it does not matter how somebody writes.
    bare: String,
    /// The hosts of the addresses in it.
    hosts: Vec<String>,
}

impl Page {
    fn of(text: &str) -> Page {
        let letters = text.chars().filter(|letter| !letter.is_whitespace());
        Page {
            bare: letters
                .map(|letter| if letter == '"' { '\'' } else { letter })
                .collect(),
            hosts: text.split("//").skip(1).map(super::audit::host_at_start).collect(),
        }
    }
}

fn is_reached(found: &Found, host: &str, catalogue: &Catalogue) -> bool {
    catalogue
        .get(&found.vendor)
        .is_some_and(|manifest| manifest.is_reached_on(host))
}

/// The vendor by the script that it loads or by its traces; what tells the most of it counts.
fn by_its_code(manifest: &Manifest, pages: &[Page]) -> Option<Found> {
    let loaded = manifest.start.iter().filter_map(|step| match step {
        ManifestStep::Load { url, .. } => Some(url),
        _ => None,
    });
    let codes: Vec<&Template> = loaded.chain(&manifest.traces).collect();
    let all = pages
        .iter()
        .flat_map(|page| codes.iter().filter_map(|code| values(code, &page.bare, manifest)));
    let parameters = all.max_by_key(BTreeMap::len)?;
    let is_complete = parameters.len() == manifest.parameters.len();
    Some(Found {
        vendor: manifest.id.clone(),
        parameters: if is_complete { parameters } else { BTreeMap::new() },
        is_certain: true,
    })
}

/// What stands in the places of a template, at the first place of a text where it fits.
fn values(template: &Template, text: &str, manifest: &Manifest) -> Option<BTreeMap<String, String>> {
    let (first, others) = template.pieces().split_first()?;
    let Piece::Text(first) = first else {
        // `https://{host}/…` has no beginning to look for.
        return None;
    };
    text.match_indices(first.as_str())
        .find_map(|(at, _)| values_after(others, text.get(at + first.len()..)?, manifest))
}

fn values_after(pieces: &[Piece], mut text: &str, manifest: &Manifest) -> Option<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Text(fixed) => text = text.strip_prefix(fixed.as_str())?,
            Piece::Parameter(name) => {
                let end = match pieces.peek() {
                    Some(Piece::Text(next)) => text.find(next.as_str())?,
                    _ => text.find(|letter| !is_of_a_value(letter)).unwrap_or(text.len()),
                };
                let (value, rest) = text.split_at_checked(end)?;
                if !fits(value, manifest.parameters.get(name)?) {
                    return None;
                }
                values.insert(name.clone(), value.to_owned());
                text = rest;
            }
        }
    }
    Some(values)
}

fn is_of_a_value(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-_.".contains(letter)
}

/// Whether it can be a parameter's value: digits for a number; for a text that has a beginning of its own (`G-`) that.
fn fits(value: &str, parameter: &Parameter) -> bool {
    let beginning = parameter
        .examples
        .first()
        .and_then(|example| example.as_str()?.split_once('-'));
    !value.is_empty()
        && match parameter.kind {
            ParameterKind::Number => value.bytes().all(|byte| byte.is_ascii_digit()),
            ParameterKind::Text => {
                value.chars().all(is_of_a_value)
                    && beginning.is_none_or(|(beginning, _)| {
                        value.strip_prefix(beginning).is_some_and(|rest| rest.starts_with('-'))
                    })
            }
        }
}

#[cfg(test)]
mod tests {
    use super::{Found, found};
    use crate::catalogue::Catalogue;

    fn seen(texts: &[&str]) -> Vec<Found> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        found(&texts, &Catalogue::house().unwrap())
    }

    fn certain(vendor: &str, parameters: &[(&str, &str)]) -> Found {
        let given = parameters
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Found {
            vendor: vendor.to_owned(),
            parameters: given.collect(),
            is_certain: true,
        }
    }

    #[test]
    fn metrika_is_found_in_each_of_its_snippets() {
        let expected = [certain("yandex-metrika", &[("counter", "12345678")])];
        for snippet in [
            "(function(m,e,t,r,i,k,a){})(window, document, 'script', 'https://mc.yandex.ru/metrika/tag.js?id=12345678', 'ym');",
            "(…)(window,document,\"script\",\"https://mc.yandex.ru/metrika/tag.js\",\"ym\"); ym(12345678, \"init\", {})",
            "<img src=\"https://mc.yandex.ru/watch/12345678\" style=\"position:absolute\" alt=\"\">",
        ] {
            assert_eq!(seen(&[snippet]), expected, "{snippet}");
        }
    }

    #[test]
    fn products_of_one_host_are_told_apart_by_their_ids() {
        let address = |id: &str| format!("https://www.googletagmanager.com/gtag/js?id={id}");
        let analytics = certain("google-analytics", &[("measurementId", "G-ABC1234567")]);
        assert_eq!(seen(&[&address("G-ABC1234567")]), [analytics]);
        let ads = certain("google-ads", &[("conversionId", "AW-123456789")]);
        assert_eq!(seen(&[&address("AW-123456789")]), [ads]);
    }

    #[test]
    fn a_value_ends_where_the_address_goes_on() {
        let address = "https://cdn-ru.bitrix24.ru/b12345678/crm/site_button/loader_2_abc123.js";
        let expected = certain("bitrix24", &[("button", "2_abc123"), ("portal", "12345678")]);
        assert_eq!(seen(&[address]), [expected]);
    }

    /// Its script alone does not say which pixel it is.
    #[test]
    fn what_is_not_known_whole_is_left_to_the_owner() {
        let script = "https://connect.facebook.net/en_US/fbevents.js";
        assert_eq!(seen(&[script]), [certain("meta-pixel", &[])]);
        let both = [script, "fbq('init', '123456789012345');"];
        assert_eq!(seen(&both), [certain("meta-pixel", &[("pixel", "123456789012345")])]);
    }

    #[test]
    fn a_shared_host_alone_is_a_guess_and_other_hosts_are_none() {
        let guessed = seen(&["https://vk.com/video_ext.php?oid=1"]);
        let vendors: Vec<&str> = guessed.iter().map(|found| found.vendor.as_str()).collect();
        assert_eq!(vendors, ["vk-retargeting", "vk-video"]);
        assert!(guessed.iter().all(|found| !found.is_certain));
        assert_eq!(seen(&["https://example.kz/metrika/tag.js?id=12345678", "ym(", ""]), []);
    }
}
