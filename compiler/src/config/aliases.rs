//! Other consent managers whose gated markup a page may keep, and what their names mean here.
//!
//! It must not know what that markup looks like: `compiler/src/aliases.rs` does.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::id::Id;
use super::nearest::nearest;
use super::phrase::Phrase;
use super::problem::{Code, Fault};
use super::reading::{Read, Reading};

/// The managers whose gated markup the gate understands as well; an empty object where their names are your ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Aliases {
    /// `data-cookiecategory` of version 2; `data-category` and `data-service` of version 3 are Kelisim's own. Names of
    /// categories and services.
    #[schemars(extend("examples" = [{ "ads": "marketing", "Google Analytics": "google-analytics" }]))]
    pub vanilla_cookieconsent: Option<Names>,
    /// `data-name`. Names of services.
    #[schemars(extend("examples" = [{ "googleAnalytics": "google-analytics" }]))]
    pub klaro: Option<Names>,
    /// `data-purpose`, and `data-name` of version 2. Ids of purposes.
    #[schemars(extend("examples" = [{ "matomo": "matomo", "ads": "marketing" }]))]
    pub orejime: Option<Names>,
    /// `data-cookieconsent`. `preferences`, `statistics` and `marketing` mean `functional`, `analytics` and `marketing` unless
    /// you say otherwise.
    #[schemars(extend("examples" = [{ "statistics": "analytics" }]))]
    pub cookiebot: Option<Names>,
}

/// Names of another manager, each with the id of the category or service that it means here. A name that is an id needs no
/// entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Names(pub IndexMap<String, Id>);

impl Read for Aliases {
    const IS_OBJECT: bool = true;

    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Aliases> {
        let mut object = reading.object(value);
        let vanilla_cookieconsent = object.optional::<NewNames>("vanilla-cookieconsent");
        let klaro = object.optional("klaro");
        let orejime = object.optional("orejime");
        let cookiebot = object.optional("cookiebot");
        object.end();
        Some(Aliases {
            vanilla_cookieconsent: vanilla_cookieconsent.map(|NewNames(names)| names),
            klaro,
            orejime,
            cookiebot,
        })
    }
}

impl Read for Names {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Names> {
        let mut object = reading.object(value);
        let mut names = IndexMap::new();
        for (name, written) in object.keys() {
            object.knows(name);
            if let Some(id) = object.reading.within(name, |reading| meant(written, reading)) {
                names.insert(name.clone(), id);
            }
        }
        object.end();
        Some(Names(names))
    }
}

/// The id of a category or service that is there.
fn meant(value: &Value, reading: &mut Reading<'_>) -> Option<Id> {
    let id: Id = reading.text(value)?;
    if reading.ids.contains(id.as_str()) {
        return Some(id);
    }
    let hint = nearest(id.as_str(), reading.ids.iter().map(String::as_str)).map(str::to_owned);
    let fault = hint.map_or(Code::UnknownId.into(), |hint| Fault::with(Code::UnknownId, hint));
    reading.report(fault);
    None
}

/// Names in attributes that Kelisim has too: there an id means itself and nothing else.
struct NewNames(Names);

impl Read for NewNames {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<NewNames> {
        let names = Names::read(value, reading)?;
        for name in names.0.keys() {
            if reading.ids.contains(name) {
                reading.within(name, |reading| {
                    reading.report_with_mend(Code::Duplicate, Phrase::IdMeansItself);
                });
            }
        }
        Some(NewNames(names))
    }
}
