//! Holds what the owner wrote against the laws it names.
//!
//! Every problem is found at once, each with its path and a code whose sentence and mend stand in `messages.json`.
//! There is a [`Config`] only where there is no problem (requirement O-02), so a fault can never half-work. It must not
//! guess: a number, a country or a term that is not there stays missing.

mod appearance;
mod services;
mod wording;

use super::walk::Walk;
use super::words::Nearest;
use super::written::{self, Audience, Law, Written};
use super::{Category, Config, Identifier, Operator, Policy, Problem, Withdrawal, Wording};
use super::{identifier, link, read, scope};
use crate::core::notice::texts::{Text, Texts};
use crate::core::value::Value;

/// The shortest and the longest term of a choice, in days (requirement V-01).
const TERMS: core::ops::RangeInclusive<f64> = 180.0..=1095.0;

/// The categories that Kelisim has words for.
const BUILT_IN: &[(&str, Text, Text)] = &[
    ("functional", Text::FunctionalName, Text::FunctionalPurpose),
    ("analytics", Text::AnalyticsName, Text::AnalyticsPurpose),
    ("replay", Text::ReplayName, Text::ReplayPurpose),
    ("marketing", Text::MarketingName, Text::MarketingPurpose),
    ("media", Text::MediaName, Text::MediaPurpose),
];

/// Google's consent types, and the category that grants each where the owner does not say.
const CONSENT_TYPES: &[(&str, &str)] = &[
    ("analytics_storage", "analytics"),
    ("ad_storage", "marketing"),
    ("ad_user_data", "marketing"),
    ("ad_personalization", "marketing"),
    ("functionality_storage", "functional"),
    ("personalization_storage", "functional"),
];

/// What Kelisim knows from elsewhere, to hold ids and codes against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The words of every language that there is, with the tables of countries, data and purposes. Never empty.
    pub texts: &'a [Texts],
    /// The vendors of the catalogue, to name the one that a slip is nearest to; empty where it is not at hand.
    pub vendors: &'a [&'a str],
}

/// The vendors whose manifests are needed to check `document`, each once.
pub fn vendors(document: &Value) -> Vec<&str> {
    let mut vendors = Vec::new();
    for service in document.get("services").map(Value::items).unwrap_or_default() {
        if let Some(vendor) = service.get("use").and_then(Value::as_text)
            && is_id(vendor)
            && !vendors.contains(&vendor)
        {
            vendors.push(vendor);
        }
    }
    vendors
}

/// Reads and checks a configuration.
///
/// `manifests` holds, for each of its [`vendors`], the manifest, or `None` where there is no such vendor.
///
/// # Errors
///
/// Every problem there is, in the order in which it was found: first what does not fit the shape, from the document's
/// beginning to its end, then what is missing or contradicts the law.
pub fn check(document: &Value, manifests: &[(String, Option<Value>)], known: Known) -> Result<Config, Vec<Problem>> {
    let mut walk = Walk::default();
    let written: Written = read::read(document, &mut walk);
    let mut check = Check {
        walk,
        languages: Vec::new(),
        known,
    };
    let config = check.config(&written, document, manifests);
    if check.walk.problems.is_empty() {
        Ok(config)
    } else {
        Err(check.walk.problems)
    }
}

/// Whether `id` can stand in an attribute, a record and a file name: `[a-z][a-z0-9-]*`.
fn is_id(id: &str) -> bool {
    id.bytes().next().is_some_and(|first| first.is_ascii_lowercase())
        && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// A part without a fixed shape, where it stands in the document.
fn part<'v>(document: &'v Value, key: &str) -> &'v Value {
    document.get(key).unwrap_or(&Value::Null)
}

/// An empty string is one that was not written.
fn optional(text: &str) -> Option<String> {
    if text.is_empty() {
        None
    } else {
        Some(String::from(text))
    }
}

/// The state of one check.
struct Check<'a> {
    walk: Walk,
    /// The offered languages, as far as they are known.
    languages: Vec<&'a str>,
    known: Known<'a>,
}

impl<'a> Check<'a> {
    /// The members of a part without a fixed shape, which has to be an object.
    fn members<'v>(&mut self, key: &str, value: &'v Value) -> &'v [(String, Value)] {
        if !matches!(value, Value::Map(_) | Value::Null) {
            self.walk.mistyped(key, "an object");
        }
        value.entries()
    }

    /// A table of one language, as it travels: `code=words|code=words`. Codes are the same in every language.
    fn table(&self, table: Text) -> &'a str {
        self.known.texts.first().map_or("", |texts| texts.get(table))
    }

    /// What is wrong with a code that a table should have: `None` when it is there, else the nearest code, or nothing.
    fn unlisted(&self, table: Text, code: &str) -> Option<&'a str> {
        let mut nearest = Nearest::to(code);
        for entry in self.table(table).split('|') {
            let known = entry.split_once('=').map_or("", |(known, _)| known);
            if known == code {
                return None;
            }
            nearest.offer(known);
        }
        Some(nearest.best)
    }

    fn config(&mut self, written: &Written<'a>, document: &Value, manifests: &[(String, Option<Value>)]) -> Config {
        let law = |law| written.law.as_ref().is_none_or(|laws| laws.contains(&law));
        let (kz, gdpr) = (law(Law::Kz), law(Law::Gdpr));
        if !kz && !gdpr {
            self.walk.missing("law");
        }
        self.languages(&written.languages, kz);
        let operator = self.operator(&written.operator, kz, gdpr);
        self.policy(&written.policy);
        if !written.scope.is_empty() && !scope::is_domain(written.scope) {
            self.walk.report("scope", "invalidScope", "");
        }
        let days = written.expires_days.unwrap_or(*TERMS.start());
        if !TERMS.contains(&days) || days.trunc().to_bits() != days.to_bits() {
            self.walk.report("expiresDays", "outOfRange", "");
        }
        let mut ids = Vec::new();
        let mut categories = self.categories(&written.categories, document, &mut ids);
        let mut services = self.services(&written.services, document, manifests, &categories, &mut ids, kz);
        for (index, code) in written.exclude_countries.iter().enumerate() {
            let back = self.walk.enter_item("excludeCountries", index);
            self.country(code);
            self.walk.leave(back);
        }
        services.retain(|service| {
            !written
                .exclude_countries
                .iter()
                .any(|code| service.countries.iter().any(|own| own == code))
        });
        let mut google_consent = self.google_consent(part(document, "googleConsentMode"), &categories);
        if written.audience == Audience::Minors {
            categories.clear();
            services.clear();
            google_consent.clear();
        }
        Config {
            operator,
            policy: Policy {
                url: String::from(written.policy.url),
                version: String::from(written.policy.version),
            },
            kz,
            gdpr,
            scope: optional(written.scope),
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the range was checked"
            )]
            expires_days: days as u16,
            categories,
            services,
            google_consent,
            withdrawal: self.withdrawal(&written.withdrawal, kz),
            texts: self.texts(part(document, "texts")),
            appearance: self.appearance(&written.appearance, part(part(document, "appearance"), "tokens")),
            languages: self.languages.iter().map(|language| String::from(*language)).collect(),
        }
    }

    /// The offered languages. Under Kazakhstan's consumer law an information in one language only was not given.
    fn languages(&mut self, written: &[&'a str], kz: bool) {
        if written.is_empty() {
            self.walk.missing("languages");
        } else if kz {
            for language in ["kk", "ru"] {
                if !written.contains(&language) {
                    self.walk.report("languages", "languageRequired", language);
                }
            }
        }
        for (index, language) in written.iter().enumerate() {
            let back = self.walk.enter_item("languages", index);
            if self.languages.contains(language) {
                self.walk.report("", "duplicate", "");
            } else if self.language("", language) {
                self.languages.push(language);
            }
            self.walk.leave(back);
        }
    }

    /// Whether there is such a language.
    fn language(&mut self, key: &str, language: &str) -> bool {
        let mut nearest = Nearest::to(language);
        for texts in self.known.texts {
            if texts.language() == language {
                return true;
            }
            nearest.offer(texts.language());
        }
        // Sites in the wild use the country's code for the language.
        self.walk.report(
            key,
            "unknownLanguage",
            if language == "kz" { "kk" } else { nearest.best },
        );
        false
    }

    /// Law 94-V, art. 8(4)(1): name and number of the operator. GDPR, art. 13(1)(a): identity and contact details.
    fn operator(&mut self, written: &written::Operator, kz: bool, gdpr: bool) -> Operator {
        let back = self.walk.enter("operator");
        self.walk.require("name", written.name);
        if gdpr {
            self.walk.require("email", written.email);
            self.walk.require("address", written.address);
        }
        self.email(written.email);
        for (key, number) in [("bin", written.bin), ("iin", written.iin)] {
            if let Some(code) = identifier::fault(number) {
                self.walk.report(key, code, "");
            }
        }
        let identifier = optional(written.bin)
            .map(Identifier::Bin)
            .or(optional(written.iin).map(Identifier::Iin));
        if kz && identifier.is_none() {
            self.walk.report("bin", "missing", "operator.iin");
        }
        if !written.bin.is_empty() && !written.iin.is_empty() {
            self.walk.report("iin", "twoIdentifiers", "");
        }
        self.walk.leave(back);
        Operator {
            name: String::from(written.name),
            identifier,
            address: optional(written.address),
            email: optional(written.email),
            phone: optional(written.phone),
        }
    }

    /// An address that a letter can be sent to, in the member `email`; an absent one is for the caller to miss.
    fn email(&mut self, email: &str) {
        let odd = |byte: u8| byte <= b' ' || matches!(byte, b'<' | b'>' | b',' | b';' | b':' | b'"' | b'?' | b'&');
        let parts = email.split_once('@');
        let whole = parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'));
        if !email.is_empty() && (!whole || email.bytes().any(odd)) {
            self.walk.report("email", "invalidEmail", "");
        }
    }

    fn policy(&mut self, written: &written::Policy) {
        let back = self.walk.enter("policy");
        self.walk.require("url", written.url);
        self.link("url", written.url);
        self.walk.require("version", written.version);
        self.walk.leave(back);
    }

    /// An address that a visitor may be led to, or a script loaded from.
    fn link(&mut self, key: &str, address: &str) {
        match link::target(address) {
            link::Target::Page => {}
            link::Target::Letter => self.walk.report(key, "unsafeLink", ""),
            link::Target::Refused(code) => self.walk.report(key, code, ""),
        }
    }

    /// An id of a category or service; `ids` holds those that are taken.
    fn id(&mut self, id: &'a str, ids: &mut Vec<&'a str>) {
        if id.is_empty() {
            self.walk.missing("id");
        } else if !is_id(id) {
            self.walk.report("id", "invalidId", "");
        } else if ids.contains(&id) {
            self.walk.report("id", "duplicate", "");
        }
        ids.push(id);
    }

    fn categories(
        &mut self,
        written: &[written::Category<'a>],
        document: &Value,
        ids: &mut Vec<&'a str>,
    ) -> Vec<Category> {
        let mut categories = Vec::new();
        for (index, (category, raw)) in written.iter().zip(part(document, "categories").items()).enumerate() {
            let back = self.walk.enter_item("categories", index);
            let id = category.id;
            self.id(id, ids);
            let built_in = BUILT_IN.iter().find(|(known, ..)| *known == id);
            if id == "necessary" {
                self.walk.report("id", "necessaryIsImplied", "");
            } else {
                let name = match (part(raw, "name"), built_in) {
                    (Value::Null, Some((_, name, _))) => Wording::Own(*name),
                    (Value::Null, None) => Wording::Same(String::from(id)),
                    (name, _) => self.wording("name", name, false),
                };
                let purpose = match (part(raw, "purpose"), built_in) {
                    (Value::Null, Some((_, _, purpose))) => Wording::Own(*purpose),
                    (purpose, _) => self.wording("purpose", purpose, true),
                };
                categories.push(Category {
                    id: String::from(id),
                    name,
                    purpose,
                });
            }
            self.walk.leave(back);
        }
        categories
    }

    /// Law 94-V, art. 8(7): how to withdraw by letter.
    fn withdrawal(&mut self, written: &written::Withdrawal, kz: bool) -> Option<Withdrawal> {
        if !kz && written.email.is_empty() && written.subject.is_empty() && written.correction_subject.is_empty() {
            return None;
        }
        let back = self.walk.enter("withdrawal");
        self.walk.require("email", written.email);
        self.email(written.email);
        self.walk.require("subject", written.subject);
        self.walk.leave(back);
        Some(Withdrawal {
            email: String::from(written.email),
            subject: String::from(written.subject),
            correction_subject: optional(written.correction_subject),
        })
    }

    /// Which category grants which of Google's consent types (basic mode, the only one there is).
    fn google_consent(&mut self, written: &Value, categories: &[Category]) -> Vec<(usize, String)> {
        let mut grants = Vec::new();
        if matches!(written, Value::Null) {
            for (name, wanted) in CONSENT_TYPES {
                if let Some(index) = categories.iter().position(|category| category.id == *wanted) {
                    grants.push((index, String::from(*name)));
                }
            }
        }
        let back = self.walk.enter("googleConsentMode");
        for (category, granted) in self.members("", written) {
            let index = self.category(category, category, categories);
            if !matches!(granted, Value::List(_)) {
                self.walk.mistyped(category, "a list");
            }
            for (place, name) in granted.items().iter().enumerate() {
                let name = name.as_text().unwrap_or_default();
                let mut nearest = Nearest::to(name);
                for (known, _) in CONSENT_TYPES {
                    nearest.offer(known);
                }
                if !nearest.found {
                    let back = self.walk.enter_item(category, place);
                    self.walk.report("", "unknownConsentType", nearest.best);
                    self.walk.leave(back);
                }
                grants.push((index, String::from(name)));
            }
        }
        self.walk.leave(back);
        grants
    }

    /// The place of a category in the configuration; of an unknown one the first, with a problem.
    fn category(&mut self, key: &str, id: &str, categories: &[Category]) -> usize {
        let mut nearest = Nearest::to(id);
        for (index, category) in categories.iter().enumerate() {
            if category.id == id {
                return index;
            }
            nearest.offer(&category.id);
        }
        self.walk.report(key, "unknownCategory", nearest.best);
        0
    }
}
