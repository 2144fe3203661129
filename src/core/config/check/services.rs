//! The services: vendors of the catalogue, whose manifests fill in what the owner need not say, and the owner's own.

use super::{Check, optional, part};
use crate::core::config::walk::Walk;
use crate::core::config::words::Nearest;
use crate::core::config::{Category, Lifetime, Place, Problem, Service, Storage, Wording, glob, read, written};
use crate::core::notice::texts::Text;
use crate::core::value::Value;

/// The greatest whole number that a JSON number holds exactly.
const GREATEST: f64 = 9_007_199_254_740_991.0;

impl<'a> Check<'a> {
    pub(super) fn services(
        &mut self,
        written: &[written::Service<'a>],
        document: &Value,
        manifests: &[(String, Option<Value>)],
        categories: &[Category],
        ids: &mut Vec<&'a str>,
        kz: bool,
    ) -> Vec<Service> {
        let mut services = Vec::new();
        for (index, (own, raw)) in written.iter().zip(part(document, "services").items()).enumerate() {
            let back = self.walk.enter_item("services", index);
            if own.vendor.is_empty() {
                self.id(own.id, ids);
                self.link("src", own.src);
                let own = Source { written: own, raw };
                services.push(self.service(&own, &own, own.written.id, categories, kz));
            } else if let Some(manifest) = self.manifest(own.vendor, manifests) {
                let id = if own.id.is_empty() { own.vendor } else { own.id };
                self.id(id, ids);
                let parameters = self.parameters(raw, manifest);
                let own = Source { written: own, raw };
                let written = self.vendor(&own, manifest);
                let vendor = Source {
                    written: &written,
                    raw: manifest,
                };
                let mut service = self.service(&own, &vendor, id, categories, kz);
                service.start = steps(manifest, "start");
                service.stop = steps(manifest, "stop");
                service.parameters = parameters;
                services.push(service);
            }
            self.walk.leave(back);
        }
        services
    }

    /// The manifest of a vendor. Where there is none, the service's other keys cannot be judged.
    fn manifest<'m>(&mut self, vendor: &str, manifests: &'m [(String, Option<Value>)]) -> Option<&'m Value> {
        let found = manifests
            .iter()
            .find(|(id, _)| id == vendor)
            .and_then(|(_, manifest)| manifest.as_ref());
        if found.is_none() {
            let path = self.walk.path.as_str();
            self.walk
                .problems
                .retain(|problem| unknown_below(problem, path).is_none());
            let mut nearest = Nearest::to(vendor);
            for known in self.known.vendors {
                nearest.offer(known);
            }
            self.walk.report("use", "unknownVendor", nearest.best);
        }
        found
    }

    /// The owner's parameters of a vendor (`counter`, `measurementId`), which its manifest declares.
    fn parameters(&mut self, raw: &Value, manifest: &Value) -> Vec<(String, Value)> {
        let declared = manifest.get("parameters").map(Value::entries).unwrap_or_default();
        let path = self.walk.path.as_str();
        self.walk.problems.retain_mut(|problem| {
            let Some(key) = unknown_below(problem, path) else {
                return true;
            };
            let mut nearest = Nearest::to(key);
            for (name, _) in declared {
                nearest.offer(name);
            }
            let Nearest { best, found, .. } = nearest;
            if !best.is_empty() {
                problem.hint = String::from(best);
            }
            // A key that the manifest declares is known after all.
            !found
        });
        let mut parameters = Vec::new();
        for (name, kind) in declared {
            let value = raw.get(name).unwrap_or(&Value::Null);
            let number = kind.as_text() == Some("number");
            let valid = match value {
                Value::Number(value) if number => {
                    (1.0..=GREATEST).contains(value) && value.trunc().to_bits() == value.to_bits()
                }
                // It becomes a part of an address.
                Value::Text(text) if !number => {
                    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
                    !text.is_empty() && text.bytes().all(plain)
                }
                Value::Null => {
                    self.walk.missing(name);
                    true
                }
                _ => {
                    self.walk.mistyped(name, if number { "a number" } else { "a string" });
                    true
                }
            };
            if !valid {
                self.walk.report(name, "invalidParameter", "");
            }
            parameters.push((name.clone(), value.clone()));
        }
        parameters
    }

    /// What a vendor's manifest says. The owner may choose the service's id and category and say more about it; who
    /// receives what, where and for how long is the vendor's to say.
    fn vendor<'m>(&mut self, own: &Source, manifest: &'m Value) -> written::Service<'m> {
        for key in ["src", "recipient", "country", "storage", "policy"] {
            if is_written(part(own.raw, key)) {
                self.walk.report(key, "fixedByVendor", "");
            }
        }
        let mut walk = Walk::default();
        let vendor = read::read(manifest, &mut walk);
        // A manifest has keys of its own, so only what is wrong in the shared ones counts.
        if walk.problems.iter().any(|fault| fault.code != "unknownKey") {
            self.walk.report("use", "brokenVendor", "");
        }
        vendor
    }

    /// What every service has to say: the owner, or for a vendor its manifest. An own service is its own `vendor`.
    fn service(&mut self, own: &Source, vendor: &Source, id: &str, categories: &[Category], kz: bool) -> Service {
        let category = if own.written.category.is_empty() {
            vendor.written.category
        } else {
            own.written.category
        };
        let category = match category {
            "" => {
                self.walk.missing("category");
                0
            }
            "necessary" => {
                self.walk.report("category", "vendorInNecessary", "");
                0
            }
            id => self.category("category", id, categories),
        };
        let name = match either(own, vendor, "name") {
            Value::Null => Wording::Same(String::from(id)),
            name => self.wording("name", name, false),
        };
        let recipient = self.wording("recipient", part(vendor.raw, "recipient"), false);
        let countries = self.countries(part(vendor.raw, "country"));
        let purpose = self.wording("purpose", either(own, vendor, "purpose"), true);
        let written = either(own, vendor, "data");
        if is_written(written) && !matches!(written, Value::List(_)) {
            self.walk.mistyped("data", "a list");
        }
        let written = written.items();
        if kz && written.is_empty() {
            self.walk.missing("data");
        }
        let mut data = Vec::new();
        for (index, entry) in written.iter().enumerate() {
            let back = self.walk.enter_item("data", index);
            data.push(self.listed_wording("", entry, Text::Data));
            self.walk.leave(back);
        }
        if vendor.written.storage.is_none() {
            self.walk.missing("storage");
        }
        let mut storage = Vec::new();
        for (index, (entry, raw)) in vendor
            .written
            .storage
            .iter()
            .flatten()
            .zip(part(vendor.raw, "storage").items())
            .enumerate()
        {
            let back = self.walk.enter_item("storage", index);
            storage.push(self.storage(entry, part(raw, "purpose"), &purpose));
            self.walk.leave(back);
        }
        self.link("policy", vendor.written.policy);
        let mut start = Vec::new();
        if !own.written.src.is_empty() {
            // An own service starts by its script; one without a script starts what the page has gated for it.
            start.push(Value::Map(vec![(
                String::from("load"),
                Value::Text(String::from(own.written.src)),
            )]));
        }
        Service {
            id: String::from(id),
            name,
            category,
            recipient,
            countries,
            purpose,
            data,
            storage,
            policy: optional(vendor.written.policy),
            start,
            stop: Vec::new(),
            parameters: Vec::new(),
        }
    }

    /// One country's code, or a list of them.
    fn countries(&mut self, written: &Value) -> Vec<String> {
        let mut countries = Vec::new();
        let back = self.walk.enter("country");
        match written {
            Value::Text(code) => {
                self.country(code);
                countries.push(code.clone());
            }
            Value::List(codes) => {
                for (index, code) in codes.iter().enumerate() {
                    let back = self.walk.enter_item("", index);
                    let code = code.as_text().unwrap_or_default();
                    self.country(code);
                    self.walk.leave(back);
                    countries.push(String::from(code));
                }
            }
            Value::Null => {}
            _ => self.walk.mistyped("", "a country code or a list of them"),
        }
        if countries.is_empty() {
            self.walk.missing("");
        }
        self.walk.leave(back);
        countries
    }

    /// A country by its ISO 3166-1 code. One without a name in Kelisim's table is shown by its code.
    pub(super) fn country(&mut self, code: &str) {
        let plausible = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        // What the codes of the United Kingdom and of the Union are taken for.
        let mistaken = matches!(code, "UK" | "EU");
        if let Some(nearest) = self.unlisted(Text::Countries, code)
            && (mistaken || !plausible)
        {
            self.walk
                .report("", "unknownCountry", if code == "UK" { "GB" } else { nearest });
        }
    }

    fn storage(&mut self, written: &written::Storage, own_purpose: &Value, purpose: &Wording) -> Storage {
        let name = written.name;
        self.walk.require("name", name);
        if let Some(glob) = glob::instead_of_regex(name) {
            self.walk.report("name", "regularExpression", &glob);
        } else if !name.is_empty()
            && (glob::matches(name, "kelisim") || name.bytes().filter(|byte| *byte != b'*').count() < 2)
        {
            // What is not granted is purged by this name: it must neither name the record nor everything.
            self.walk.report("name", "tooWide", "");
        }
        if written.place.is_none() {
            self.walk.missing("in");
        }
        self.walk.require("lifetime", written.lifetime);
        let lifetime = lifetime(written.lifetime);
        if lifetime.is_none() && !written.lifetime.is_empty() {
            self.walk.report("lifetime", "invalidLifetime", "");
        }
        Storage {
            name: String::from(written.name),
            place: written.place.unwrap_or(Place::Cookie),
            purpose: match own_purpose {
                Value::Null => purpose.clone(),
                written => self.listed_wording("purpose", written, Text::StoragePurposes),
            },
            lifetime: lifetime.unwrap_or(Lifetime::Session),
        }
    }
}

/// The key that a problem calls unknown, where it is one of the object at `path`.
fn unknown_below<'p>(problem: &'p Problem, path: &str) -> Option<&'p str> {
    if problem.code != "unknownKey" {
        return None;
    }
    problem.path.strip_prefix(path)?.strip_prefix('.')
}

/// Whether there is something at all.
fn is_written(value: &Value) -> bool {
    !matches!(value, Value::Null)
}

/// Who says something about a service: the owner, or the vendor's manifest.
struct Source<'s> {
    written: &'s written::Service<'s>,
    raw: &'s Value,
}

/// What the owner says, or else the vendor.
fn either<'s>(own: &Source<'s>, vendor: &Source<'s>, key: &str) -> &'s Value {
    let said = part(own.raw, key);
    if is_written(said) { said } else { part(vendor.raw, key) }
}

/// The steps of a manifest.
fn steps(manifest: &Value, which: &str) -> Vec<Value> {
    part(manifest, which).items().to_vec()
}

/// A lifetime in writing: `session`, `unlimited`, `30m`, `20h`, `365d`.
fn lifetime(written: &str) -> Option<Lifetime> {
    match written {
        "session" => return Some(Lifetime::Session),
        "unlimited" => return Some(Lifetime::Unlimited),
        _ => {}
    }
    let (number, unit) = written.split_at_checked(written.len().checked_sub(1)?)?;
    let number = number.parse().ok()?;
    match unit {
        "m" => Some(Lifetime::Minutes(number)),
        "h" => Some(Lifetime::Hours(number)),
        "d" => Some(Lifetime::Days(number)),
        _ => None,
    }
}
