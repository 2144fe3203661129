//! What a service is, whoever said it: the owner's words over the manifest of a vendor, or the owner's alone.

use std::collections::BTreeSet;

use kelisim_site::{Step, Value};

use crate::catalogue::{Catalogue, Csp, Manifest};
use crate::config::Config;
use crate::config::country::Country;
use crate::config::id::Id;
use crate::config::service::{OwnService, Service, VendorService};
use crate::config::storage::Stored;
use crate::config::url::Url;
use crate::config::words::{CodeOrWords, Data, Words};

/// A service with everything that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    /// Its id in the page, the record and the API.
    pub id: String,
    /// The id of its category.
    pub category: String,
    /// What visitors read.
    pub name: Words,
    /// Who gets the data.
    pub recipient: Words,
    /// Where the data goes (Law 94-V, art. 8(4)(5)).
    pub countries: Vec<Country>,
    /// What it does with the data.
    pub purpose: Words,
    /// What it collects (Law 94-V, art. 8(4)(7)).
    pub data: Vec<Data>,
    /// What it stores.
    pub storage: Vec<Stored>,
    /// The recipient's own policy.
    pub policy: Option<String>,
    /// Names on `window` that are set while it is not granted.
    pub flags: Vec<String>,
    /// What starts it.
    pub start: Vec<Step>,
    /// What stops it.
    pub stop: Vec<Step>,
    /// The hosts that a Content-Security-Policy has to allow for it (requirement B-01).
    pub csp: Csp<String>,
    /// Ids of categories that widen what it does: its steps ask whether they are granted.
    pub asks_for: BTreeSet<String>,
    /// Whether it listens to Google's consent mode.
    pub speaks_gtag: bool,
}

/// Every service of a configuration that needs consent, in the owner's order. One that sends data to an excluded country
/// is left out (requirement S-03), and for minors, who could consent to none, so are all.
pub fn descriptions(config: &Config, catalogue: &Catalogue) -> Vec<Description> {
    if !config.offers_anything() {
        return Vec::new();
    }
    let described = config.services.iter().filter_map(|service| match service {
        Service::Own(own) => Some(of_own(own)),
        Service::Vendor(vendor) => Some(of_vendor(vendor, catalogue.get(&vendor.vendor)?)),
    });
    let excluded: BTreeSet<&Country> = config.exclude_countries.iter().collect();
    let is_excluded = |country: &Country| excluded.contains(country);
    described
        .filter(|service| !service.countries.iter().any(is_excluded))
        .collect()
}

fn of_own(own: &OwnService) -> Description {
    let start = own.src.as_ref().map(|src| Step::Load {
        url: src.as_str().to_owned(),
        attributes: Vec::new(),
    });
    let id = own.id.as_str().to_owned();
    Description {
        name: named(own.name.as_ref().map(|name| &name.0), &id),
        category: own.category.as_str().to_owned(),
        recipient: own.recipient.0.clone(),
        countries: own.country.as_slice().to_vec(),
        purpose: own.purpose.0.clone(),
        data: own.data.clone().unwrap_or_default(),
        storage: own.storage.clone(),
        policy: own.policy.as_ref().map(|policy| policy.as_str().to_owned()),
        flags: Vec::new(),
        start: start.into_iter().collect(),
        stop: Vec::new(),
        csp: csp_of_own(own),
        asks_for: BTreeSet::new(),
        speaks_gtag: false,
        id,
    }
}

/// A script of the owner's may come from elsewhere; a path is of the page's own host.
fn csp_of_own(own: &OwnService) -> Csp<String> {
    let elsewhere = own.src.as_ref().and_then(Url::authority);
    Csp {
        script: elsewhere.map(str::to_owned).into_iter().collect(),
        ..Csp::default()
    }
}

fn of_vendor(vendor: &VendorService, manifest: &Manifest) -> Description {
    let resolved = manifest.resolve(&vendor.parameters);
    let id = vendor.id.as_ref().map_or(manifest.id.as_str(), |id| id.as_str());
    let category = vendor.category.as_ref().map(Id::as_str);
    let mut asks_for = BTreeSet::new();
    for step in &resolved.start {
        ids_asked_for(step, &mut asks_for);
    }
    Description {
        id: id.to_owned(),
        category: category.unwrap_or(&manifest.category).to_owned(),
        name: vendor.name.as_ref().map_or(&manifest.name, |name| &name.0).clone(),
        recipient: manifest.recipient.clone(),
        countries: manifest.countries.clone(),
        purpose: vendor
            .purpose
            .as_ref()
            .map_or(&manifest.purpose, |purpose| &purpose.0)
            .clone(),
        data: vendor.data.clone().unwrap_or_else(|| data_of(manifest)),
        storage: manifest.storage.clone(),
        policy: manifest.policy.as_ref().map(|policy| policy.as_str().to_owned()),
        flags: resolved.flags,
        start: resolved.start,
        stop: resolved.stop,
        csp: resolved.csp,
        asks_for,
        speaks_gtag: manifest.speaks_gtag(),
    }
}

/// What a vendor collects, by codes of Kelisim's table.
fn data_of(manifest: &Manifest) -> Vec<Data> {
    let codes = manifest.data.iter();
    codes.map(|code| Data(CodeOrWords::Code(code.clone()))).collect()
}

/// What has no name is called by its id.
fn named(name: Option<&Words>, id: &str) -> Words {
    name.cloned().unwrap_or_else(|| Words::One(id.to_owned()))
}

/// The ids whose grant a step asks for.
fn ids_asked_for(step: &Step, ids: &mut BTreeSet<String>) {
    match step {
        Step::Set { to, .. } => ids_in_value(to, ids),
        Step::Call { with, .. } => with.iter().for_each(|value| ids_in_value(value, ids)),
        Step::Stub { members, .. } => members.iter().for_each(|(_, value)| ids_in_value(value, ids)),
        _ => {}
    }
}

fn ids_in_value(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::Granted(id) => {
            ids.insert(id.clone());
        }
        Value::List(items) => items.iter().for_each(|item| ids_in_value(item, ids)),
        Value::Object(members) => members.iter().for_each(|(_, value)| ids_in_value(value, ids)),
        _ => {}
    }
}
