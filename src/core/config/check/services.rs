//! The services: vendors of the catalogue, whose manifests fill in what the owner need not say, and the owner's own.

use super::{Check, written_or_none};
use crate::core::config::words::{item, member, nearest};
use crate::core::config::{Category, Lifetime, Place, Problem, Service, Storage, Wording, glob, read, written};
use crate::core::notice::texts::Text;
use crate::core::value::Value;

/// The greatest whole number that a JSON number holds exactly.
const GREATEST: f64 = 9_007_199_254_740_991.0;

impl Check<'_> {
    pub(super) fn services(
        &mut self,
        written: Vec<written::Service>,
        document: &Value,
        manifests: &[(String, Option<Value>)],
        categories: &[Category],
        ids: &mut Vec<String>,
        kz: bool,
    ) -> Vec<Service> {
        let raw = document.get("services").map(Value::items).unwrap_or_default();
        let mut services = Vec::new();
        for (index, (service, raw)) in written.into_iter().zip(raw).enumerate() {
            let path = item("services", index);
            if service.vendor.is_empty() {
                let start = own_start(&service.src);
                self.link(&member(&path, "src"), &service.src);
                services.push(self.service(&path, service, categories, ids, kz, start));
            } else if let Some(manifest) = self.manifest(&path, &service.vendor, manifests) {
                let parameters = self.parameters(&path, raw, manifest);
                let filled = self.filled(&path, service, manifest);
                let mut service = self.service(&path, filled, categories, ids, kz, steps(manifest, "start"));
                service.stop = steps(manifest, "stop");
                service.parameters = parameters;
                services.push(service);
            }
        }
        services
    }

    /// The manifest of a vendor. Where there is none, the service's other keys cannot be judged.
    fn manifest<'m>(
        &mut self,
        path: &str,
        vendor: &str,
        manifests: &'m [(String, Option<Value>)],
    ) -> Option<&'m Value> {
        let found = manifests
            .iter()
            .find(|(id, _)| id == vendor)
            .and_then(|(_, manifest)| manifest.as_ref());
        if found.is_none() {
            self.problems
                .retain(|problem| key_below(problem, path).is_none() || problem.code != "unknownKey");
            self.report(
                &member(path, "use"),
                "unknownVendor",
                nearest(vendor, self.known.vendors.iter().copied()),
            );
        }
        found
    }

    /// The owner's parameters of a vendor (`counter`, `measurementId`), which its manifest declares.
    fn parameters(&mut self, path: &str, raw: &Value, manifest: &Value) -> Vec<(String, Value)> {
        let declared = manifest.get("parameters").map(Value::entries).unwrap_or_default();
        let names = || declared.iter().map(|(name, _)| name.as_str());
        // These keys are known after all.
        self.problems
            .retain(|problem| !names().any(|name| key_below(problem, path) == Some(name)));
        for problem in &mut self.problems {
            if let Some(key) = key_below(problem, path)
                && problem.code == "unknownKey"
            {
                let hint = nearest(key, names());
                if !hint.is_empty() {
                    problem.hint = String::from(hint);
                }
            }
        }
        let mut parameters = Vec::new();
        for (name, kind) in declared {
            let path = member(path, name);
            let value = raw.get(name).unwrap_or(&Value::Null);
            let number = kind.as_text() == Some("number");
            match value {
                Value::Null => self.report(&path, "missing", ""),
                Value::Number(value) if number => {
                    if !(1.0..=GREATEST).contains(value) || value.trunc().to_bits() != value.to_bits() {
                        self.report(&path, "invalidParameter", "");
                    }
                }
                // It becomes a part of an address.
                Value::Text(text) if !number => {
                    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
                    if text.is_empty() || !text.bytes().all(plain) {
                        self.report(&path, "invalidParameter", "");
                    }
                }
                _ => self.report(&path, "wrongType", if number { "a number" } else { "a string" }),
            }
            parameters.push((name.clone(), value.clone()));
        }
        parameters
    }

    /// A vendor's service: the owner may choose its id and category and say more about it; who receives what, where and
    /// for how long is the vendor's to say.
    fn filled(&mut self, path: &str, own: written::Service, manifest: &Value) -> written::Service {
        let fixed = [
            ("src", !own.src.is_empty()),
            ("recipient", own.recipient != Value::Null),
            ("country", own.country != Value::Null),
            ("storage", own.storage.is_some()),
            ("policy", !own.policy.is_empty()),
        ];
        for (key, _) in fixed.iter().filter(|(_, written)| *written) {
            self.report(&member(path, key), "fixedByVendor", "");
        }
        let mut faults = Vec::new();
        let mut filled: written::Service = read::read(manifest, &mut faults);
        // A manifest has keys of its own, so only what is wrong in the shared ones counts.
        if faults
            .iter()
            .any(|fault| matches!(fault.code, "wrongType" | "unknownValue"))
        {
            self.report(&member(path, "use"), "brokenVendor", "");
        }
        filled.id = if own.id.is_empty() { own.vendor } else { own.id };
        if !own.category.is_empty() {
            filled.category = own.category;
        }
        if own.name != Value::Null {
            filled.name = own.name;
        }
        if own.purpose != Value::Null {
            filled.purpose = own.purpose;
        }
        if !own.data.is_empty() {
            filled.data = own.data;
        }
        filled
    }

    /// What every service has to say, whoever says it.
    fn service(
        &mut self,
        path: &str,
        written: written::Service,
        categories: &[Category],
        ids: &mut Vec<String>,
        kz: bool,
        start: Vec<Value>,
    ) -> Service {
        self.id(path, &written.id, ids);
        let category_path = member(path, "category");
        let category = match written.category.as_str() {
            "" => {
                self.report(&category_path, "missing", "");
                0
            }
            "necessary" => {
                self.report(&category_path, "vendorInNecessary", "");
                0
            }
            id => self.category(&category_path, id, categories),
        };
        let name = match &written.name {
            Value::Null => Wording::Same(written.id.clone()),
            name => self.wording(&member(path, "name"), name, false),
        };
        let recipient = self.wording(&member(path, "recipient"), &written.recipient, false);
        let countries = self.countries(&member(path, "country"), &written.country);
        let purpose = self.wording(&member(path, "purpose"), &written.purpose, true);
        let data_path = member(path, "data");
        if kz && written.data.is_empty() {
            self.report(&data_path, "missing", "");
        }
        let data = written
            .data
            .iter()
            .enumerate()
            .map(|(index, entry)| self.listed_wording(&item(&data_path, index), entry, Text::Data))
            .collect();
        let storage_path = member(path, "storage");
        if written.storage.is_none() {
            self.report(&storage_path, "missing", "");
        }
        let storage = written
            .storage
            .unwrap_or_default()
            .into_iter()
            .enumerate()
            .map(|(index, entry)| self.storage(&item(&storage_path, index), entry, &purpose))
            .collect();
        self.link(&member(path, "policy"), &written.policy);
        Service {
            id: written.id,
            name,
            category,
            recipient,
            countries,
            purpose,
            data,
            storage,
            policy: written_or_none(written.policy),
            start,
            stop: Vec::new(),
            parameters: Vec::new(),
        }
    }

    /// One country's code, or a list of them.
    fn countries(&mut self, path: &str, written: &Value) -> Vec<String> {
        let mut countries = Vec::new();
        match written {
            Value::Text(code) if !code.is_empty() => {
                self.country(path, code);
                countries.push(code.clone());
            }
            Value::List(codes) if !codes.is_empty() => {
                for (index, code) in codes.iter().enumerate() {
                    let code = code.as_text().unwrap_or_default();
                    self.country(&item(path, index), code);
                    countries.push(String::from(code));
                }
            }
            Value::Null | Value::Text(_) | Value::List(_) => self.report(path, "missing", ""),
            _ => self.report(path, "wrongType", "a country code or a list of them"),
        }
        countries
    }

    /// A country by its ISO 3166-1 code. One without a name in Kelisim's table is shown by its code.
    pub(super) fn country(&mut self, path: &str, code: &str) {
        let plausible = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        // What the codes of the United Kingdom and of the Union are taken for.
        let mistaken = matches!(code, "UK" | "EU");
        if let Err(nearest) = self.listed(Text::Countries, code)
            && (mistaken || !plausible)
        {
            self.report(path, "unknownCountry", if code == "UK" { "GB" } else { &nearest });
        }
    }

    fn storage(&mut self, path: &str, written: written::Storage, purpose: &Wording) -> Storage {
        let name_path = member(path, "name");
        self.require(&name_path, &written.name);
        if let Some(glob) = glob::instead_of_regex(&written.name) {
            self.report(&name_path, "regularExpression", &glob);
        } else if !written.name.is_empty()
            && (glob::matches(&written.name, "kelisim") || written.name.trim_matches('*').len() < 2)
        {
            // What is not granted is purged by this name: it must neither name the record nor everything.
            self.report(&name_path, "tooWide", "");
        }
        let place = written.place.unwrap_or_else(|| {
            self.report(&member(path, "in"), "missing", "");
            Place::Cookie
        });
        let lifetime_path = member(path, "lifetime");
        self.require(&lifetime_path, &written.lifetime);
        let lifetime = lifetime(&written.lifetime).unwrap_or_else(|| {
            if !written.lifetime.is_empty() {
                self.report(&lifetime_path, "invalidLifetime", "");
            }
            Lifetime::Session
        });
        let purpose = match written.purpose {
            Value::Null => purpose.clone(),
            written => self.listed_wording(&member(path, "purpose"), &written, Text::StoragePurposes),
        };
        Storage {
            name: written.name,
            place,
            purpose,
            lifetime,
        }
    }
}

/// The key of the service at `path` that a problem is about.
fn key_below<'p>(problem: &'p Problem, path: &str) -> Option<&'p str> {
    problem.path.strip_prefix(path).and_then(|rest| rest.strip_prefix('.'))
}

/// The steps of a manifest.
fn steps(manifest: &Value, which: &str) -> Vec<Value> {
    manifest.get(which).map(Value::items).unwrap_or_default().to_vec()
}

/// An own service starts by its script; one without a script starts what the page has gated for it.
fn own_start(src: &str) -> Vec<Value> {
    if src.is_empty() {
        return Vec::new();
    }
    vec![Value::Map(vec![(String::from("load"), Value::Text(String::from(src)))])]
}

/// A lifetime in writing: `session`, `unlimited`, `30m`, `20h`, `365d`.
fn lifetime(written: &str) -> Option<Lifetime> {
    match written {
        "session" => Some(Lifetime::Session),
        "unlimited" => Some(Lifetime::Unlimited),
        _ => {
            let number = |unit: char| written.strip_suffix(unit).and_then(|number| number.parse().ok());
            number('m')
                .map(Lifetime::Minutes)
                .or_else(|| number('h').map(Lifetime::Hours))
                .or_else(|| number('d').map(Lifetime::Days))
        }
    }
}
