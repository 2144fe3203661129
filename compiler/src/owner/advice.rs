//! What is advised about a configuration: nothing of it stops it from working.
//!
//! It must not read a file or print: pages in development give the same advice on their console.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::catalogue::{Catalogue, Manifest};
use crate::config::Config;
use crate::config::problem::{Code, Fault, Path, Problem};
use crate::config::reading::{Step, path_of};
use crate::config::service::{OwnService, Service, VendorService};
use crate::config::storage::{Place, Stored};
use crate::description::descriptions;
use crate::languages::OwnTexts;

/// A cookie that stays longer than thirteen months, in days (CNIL, on cookies that measure an audience).
const LONG: u32 = 395;

/// Everything to advise about a configuration that works, made of `document`.
pub fn advice(document: &Value, config: &Config, catalogue: &Catalogue) -> Vec<Problem> {
    let mut adviser = Adviser {
        config,
        catalogue,
        found: Vec::new(),
    };
    let top = Path::default();
    adviser.contact(&top.member("operator"));
    adviser.services(&top.member("services"));
    adviser.half_translated(&top.member("texts"));
    adviser.plain_addresses(&mut Vec::new(), document);
    adviser.found
}

/// The id of a service, which may be its vendor's.
fn id(service: &Service) -> &str {
    match service {
        Service::Own(own) => own.id.as_str(),
        Service::Vendor(vendor) => vendor.id.as_ref().map_or(vendor.vendor.as_str(), |id| id.as_str()),
    }
}

struct Adviser<'a> {
    config: &'a Config,
    catalogue: &'a Catalogue,
    found: Vec<Problem>,
}

impl Adviser<'_> {
    fn advise(&mut self, path: Path, fault: impl Into<Fault>) {
        self.found.push(Problem::new(path, fault));
    }

    fn contact(&mut self, path: &Path) {
        let operator = &self.config.operator;
        if operator.email.is_none() && operator.phone.is_none() {
            self.advise(path.clone(), Code::NoContact);
        }
    }

    fn services(&mut self, path: &Path) {
        // A service of an excluded country is not there, and none are for minors.
        let kept = descriptions(self.config, self.catalogue);
        let kept: BTreeSet<&str> = kept.iter().map(|service| service.id.as_str()).collect();
        for (index, service) in self.config.services.iter().enumerate() {
            let path = path.item(index);
            let is_kept = kept.contains(id(service));
            match service {
                Service::Own(own) => self.own_service(&path, own, is_kept),
                Service::Vendor(vendor) if is_kept => self.vendor(&path, vendor),
                Service::Vendor(_) => {}
            }
        }
    }

    /// An own service: each of its cookies by its place, and the vendor on whose host its script lies (requirement C-06).
    fn own_service(&mut self, path: &Path, own: &OwnService, is_kept: bool) {
        for (index, stored) in own.storage.iter().enumerate().filter(|_| is_kept) {
            if let Some(code) = self.too_long(stored) {
                let path = path.member("storage").item(index).member("lifetime");
                self.advise(path, Fault::with(code, stored.name.as_str()));
            }
        }
        let catalogue = self.catalogue;
        let vendor = own.src.as_ref().and_then(|src| vendor_of(src.as_str(), catalogue));
        if let Some(vendor) = vendor {
            self.advise(path.member("src"), Fault::with(Code::VendorByHand, vendor.id.as_str()));
        }
    }

    /// The cookies of a vendor, by the service that names it. Where the vendor is told how long the consent lasts, they
    /// end with it (requirement V-05).
    fn vendor(&mut self, path: &Path, vendor: &VendorService) {
        let manifest = self.catalogue.get(&vendor.vendor);
        let Some(manifest) = manifest.filter(|manifest| !manifest.is_told_the_term()) else {
            return;
        };
        for code in [Code::LongLifetime, Code::OutlivesConsent] {
            let stored = manifest.storage.iter();
            let names: Vec<&str> = stored
                .filter(|stored| self.too_long(stored) == Some(code))
                .map(|stored| stored.name.as_str())
                .collect();
            if !names.is_empty() {
                self.advise(path.member("use"), Fault::with(code, enumerated(&names)));
            }
        }
    }

    /// Why a cookie stays too long; `None` where it does not.
    fn too_long(&self, stored: &Stored) -> Option<Code> {
        let days = stored.lifetime.days();
        let term = self.config.expires_days.days();
        match stored.place {
            Place::Cookie if days > LONG => Some(Code::LongLifetime),
            Place::Cookie if days > term => Some(Code::OutlivesConsent),
            _ => None,
        }
    }

    /// Own words in one offered language, where another keeps Kelisim's: the notice then says two things (requirement
    /// L-05).
    fn half_translated(&mut self, path: &Path) {
        let Config { texts, languages, .. } = self.config;
        for (language, own) in texts.0.iter().filter(|(language, _)| languages.contains(language)) {
            for (key, _) in own.iter() {
                let has_it = |own: &OwnTexts| own.iter().any(|(other, _)| other == key);
                let lacks_it = |offered: &&str| !texts.0.get(*offered).is_some_and(has_it);
                let lacking: Vec<&str> = languages.iter().map(String::as_str).filter(lacks_it).collect();
                if !lacking.is_empty() {
                    let path = path.member(language).member(key);
                    self.advise(path, Fault::with(Code::HalfTranslated, enumerated(&lacking)));
                }
            }
        }
    }

    /// Addresses over plain http inside words; one that is an address itself is an error.
    fn plain_addresses(&mut self, steps: &mut Vec<Step>, value: &Value) {
        match value {
            Value::String(words) if words.to_lowercase().contains("http://") => {
                self.advise(path_of(steps), Code::PlainAddress);
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    steps.push(Step::Item(index));
                    self.plain_addresses(steps, item);
                    steps.pop();
                }
            }
            Value::Object(members) => {
                for (key, member) in members.iter().filter(|(key, _)| !key.starts_with('$')) {
                    steps.push(Step::member(key));
                    self.plain_addresses(steps, member);
                    steps.pop();
                }
            }
            _ => {}
        }
    }
}

/// Words for a place in a sentence that has the outer marks already.
fn enumerated(words: &[&str]) -> String {
    words.join("`, `")
}

/// The vendor of the catalogue on whose host an address leads.
fn vendor_of<'c>(address: &str, catalogue: &'c Catalogue) -> Option<&'c Manifest> {
    let (_, rest) = address.split_once("//")?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    catalogue.iter().find(|manifest| manifest.is_reached_on(&host))
}
