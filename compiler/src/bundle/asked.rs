//! A site in two parts: what the script must know to ask, and the rest, which comes with the module's bindings. A first layer
//! waits for nothing that it does not show (requirement T-02).
//!
//! Both have the names of the site itself, so that a page that has it whole reads it in the same way.

use kelisim_site::{Signals, Site};
use serde::Serialize;

/// What the script must know.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked<'a> {
    scope: Option<&'a str>,
    /// Their ids: whether there is something to ask.
    categories: Vec<&'a str>,
    google_consent: bool,
    signals: Signals,
    audit: bool,
    languages: Vec<AskedIn<'a>>,
}

/// The same in one language.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AskedIn<'a> {
    tag: &'a str,
    first_layer: &'a str,
    status: Apology<'a>,
}

/// What the status line says where the module does not come.
#[derive(Debug, Serialize)]
struct Apology<'a> {
    unavailable: &'a str,
}

impl Asked<'_> {
    pub(super) fn of(site: &Site) -> Asked<'_> {
        let languages = site.languages.iter().map(|language| AskedIn {
            tag: &language.tag,
            first_layer: &language.first_layer,
            status: Apology {
                unavailable: &language.status.unavailable,
            },
        });
        Asked {
            scope: site.scope.as_deref(),
            categories: site.categories.iter().map(|category| category.id.as_str()).collect(),
            google_consent: site.google_consent,
            signals: site.signals,
            audit: site.audit,
            languages: languages.collect(),
        }
    }
}

/// The site without its first layers, which the script has.
pub(super) fn rest(site: &Site) -> Site {
    let mut rest = site.clone();
    for language in &mut rest.languages {
        language.first_layer.clear();
    }
    rest
}
