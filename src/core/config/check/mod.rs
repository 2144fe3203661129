//! Holds what the owner wrote against the laws it names.
//!
//! Every problem is found at once, each with its path and a code whose sentence and mend stand in `messages.json`.
//! There is a [`Config`] only where there is no problem (requirement O-02), so a fault can never half-work. It must not
//! guess: a number, a country or a term that is not there stays missing.

mod appearance;
mod services;
mod wording;

use super::words::{item, member, nearest};
use super::written::{self, Audience, Law, Written};
use super::{Category, Config, Identifier, Operator, Policy, Problem, Withdrawal, Wording};
use super::{identifier, link, read, scope};
use crate::core::notice::texts::{Text, Texts};
use crate::core::value::Value;

/// The shortest and the longest term of a choice, in days (requirement V-01).
const TERMS: core::ops::RangeInclusive<f64> = 180.0..=1095.0;

/// The categories that Kelisim has words for, and what each grants to Google's tags where the owner does not say.
const BUILT_IN: &[(&str, Text, Text, &[&str])] = &[
    (
        "functional",
        Text::FunctionalName,
        Text::FunctionalPurpose,
        &["functionality_storage", "personalization_storage"],
    ),
    (
        "analytics",
        Text::AnalyticsName,
        Text::AnalyticsPurpose,
        &["analytics_storage"],
    ),
    ("replay", Text::ReplayName, Text::ReplayPurpose, &[]),
    (
        "marketing",
        Text::MarketingName,
        Text::MarketingPurpose,
        &["ad_storage", "ad_user_data", "ad_personalization"],
    ),
    ("media", Text::MediaName, Text::MediaPurpose, &[]),
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
    let mut problems = Vec::new();
    let written: Written = read::read(document, &mut problems);
    let mut check = Check {
        problems,
        languages: Vec::new(),
        known,
    };
    let config = check.config(written, document, manifests);
    if check.problems.is_empty() {
        Ok(config)
    } else {
        Err(check.problems)
    }
}

/// Whether `id` can stand in an attribute, a record and a file name: `[a-z][a-z0-9-]*`.
fn is_id(id: &str) -> bool {
    id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// An empty string is one that was not written.
fn written_or_none(text: String) -> Option<String> {
    if text.is_empty() { None } else { Some(text) }
}

/// The state of one check.
struct Check<'a> {
    problems: Vec<Problem>,
    /// The offered languages, as far as they are known.
    languages: Vec<String>,
    known: Known<'a>,
}

impl Check<'_> {
    /// Adds a problem, unless it only follows from another: where something is of a wrong type, nothing in it is missing.
    fn report(&mut self, path: &str, code: &'static str, hint: &str) {
        let follows = self.problems.iter().any(|known| {
            known.path == path && known.code == code && known.hint == hint
                || known.code == "wrongType"
                    && path.strip_prefix(known.path.as_str()).is_some_and(|rest| {
                        rest.is_empty() || known.path.is_empty() || rest.starts_with('.') || rest.starts_with('[')
                    })
        });
        if !follows {
            self.problems.push(Problem {
                path: String::from(path),
                code,
                hint: String::from(hint),
            });
        }
    }

    /// Something that has to be written.
    fn require(&mut self, path: &str, text: &str) {
        if text.trim_ascii().is_empty() {
            self.report(path, "missing", "");
        }
    }

    /// The table of one language, as it travels: `code=words|code=words`. Codes are the same in every language.
    fn table(&self, table: Text) -> &str {
        self.known.texts.first().map_or("", |texts| texts.get(table))
    }

    /// Whether a table has an entry for `code`; where not, the nearest code, or nothing.
    fn listed(&self, table: Text, code: &str) -> Result<(), String> {
        let codes = || {
            self.table(table)
                .split('|')
                .filter_map(|entry| entry.split_once('='))
                .map(|(code, _)| code)
        };
        if codes().any(|known| known == code) {
            Ok(())
        } else {
            Err(String::from(nearest(code, codes())))
        }
    }

    fn config(&mut self, written: Written, document: &Value, manifests: &[(String, Option<Value>)]) -> Config {
        let law = |law| written.law.as_ref().is_none_or(|laws| laws.contains(&law));
        let (kz, gdpr) = (law(Law::Kz), law(Law::Gdpr));
        if !kz && !gdpr {
            self.report("law", "missing", "");
        }
        self.languages(written.languages.as_deref(), kz);
        let operator = self.operator(written.operator, kz, gdpr);
        self.require("policy.url", &written.policy.url);
        self.link("policy.url", &written.policy.url);
        self.require("policy.version", &written.policy.version);
        if !written.scope.is_empty() && !scope::is_domain(&written.scope) {
            self.report("scope", "invalidScope", "");
        }
        let days = written.expires_days.unwrap_or(*TERMS.start());
        if !TERMS.contains(&days) || days.trunc().to_bits() != days.to_bits() {
            self.report("expiresDays", "outOfRange", "");
        }
        let mut ids = Vec::new();
        let mut categories = self.categories(written.categories, &mut ids);
        let mut services = self.services(written.services, document, manifests, &categories, &mut ids, kz);
        for (index, code) in written.exclude_countries.iter().enumerate() {
            self.country(&item("excludeCountries", index), code);
        }
        services.retain(|service| {
            !service
                .countries
                .iter()
                .any(|code| written.exclude_countries.contains(code))
        });
        let google_consent = self.google_consent(&written.google_consent_mode, &categories);
        if written.audience == Audience::Minors {
            categories.clear();
            services.clear();
        }
        let withdrawal = self.withdrawal(written.withdrawal, kz);
        let texts = self.texts(&written.texts);
        let appearance = self.appearance(&written.appearance);
        Config {
            operator,
            policy: Policy {
                url: written.policy.url,
                version: written.policy.version,
            },
            kz,
            gdpr,
            scope: written_or_none(written.scope),
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the range was checked"
            )]
            expires_days: days as u16,
            google_consent: if categories.is_empty() {
                Vec::new()
            } else {
                google_consent
            },
            categories,
            services,
            withdrawal,
            languages: core::mem::take(&mut self.languages),
            texts,
            appearance,
        }
    }

    /// The offered languages. Under Kazakhstan's consumer law an information in one language only was not given.
    fn languages(&mut self, written: Option<&[String]>, kz: bool) {
        let written = written.unwrap_or_default();
        if written.is_empty() {
            self.report("languages", "missing", "");
            return;
        }
        for (index, language) in written.iter().enumerate() {
            let path = item("languages", index);
            if self.languages.contains(language) {
                self.report(&path, "duplicate", "");
            } else if self.language(&path, language) {
                self.languages.push(language.clone());
            }
        }
        for language in ["kk", "ru"] {
            if kz && !written.iter().any(|written| written == language) {
                self.report("languages", "languageRequired", language);
            }
        }
    }

    /// Whether there is such a language.
    fn language(&mut self, path: &str, language: &str) -> bool {
        let known = || self.known.texts.iter().map(Texts::language);
        if known().any(|known| known == language) {
            return true;
        }
        // Sites in the wild use the country's code for the language.
        let hint = if language == "kz" {
            "kk"
        } else {
            nearest(language, known())
        };
        let hint = String::from(hint);
        self.report(path, "unknownLanguage", &hint);
        false
    }

    /// Law 94-V, art. 8(4)(1): name and number of the operator. GDPR, art. 13(1)(a): identity and contact details.
    fn operator(&mut self, written: written::Operator, kz: bool, gdpr: bool) -> Operator {
        self.require("operator.name", &written.name);
        if gdpr {
            self.require("operator.email", &written.email);
            self.require("operator.address", &written.address);
        }
        self.email("operator.email", &written.email);
        for (path, number) in [("operator.bin", &written.bin), ("operator.iin", &written.iin)] {
            if let Some(code) = identifier::fault(number) {
                self.report(path, code, "");
            }
        }
        let identifier = match (written_or_none(written.bin), written_or_none(written.iin)) {
            (Some(bin), None) => Some(Identifier::Bin(bin)),
            (None, Some(iin)) => Some(Identifier::Iin(iin)),
            (None, None) => {
                if kz {
                    self.report("operator.bin", "missing", "operator.iin");
                }
                None
            }
            (Some(_), Some(_)) => {
                self.report("operator.iin", "twoIdentifiers", "");
                None
            }
        };
        Operator {
            name: written.name,
            identifier,
            address: written_or_none(written.address),
            email: written_or_none(written.email),
            phone: written_or_none(written.phone),
        }
    }

    /// Something a letter can be sent to; an absent one is for the caller to miss.
    fn email(&mut self, path: &str, email: &str) {
        let plain =
            |part: &str| !part.is_empty() && !part.bytes().any(|byte| byte <= b' ' || b"@<>,;:\"?&".contains(&byte));
        if !email.is_empty()
            && !email
                .split_once('@')
                .is_some_and(|(box_, host)| plain(box_) && plain(host))
        {
            self.report(path, "invalidEmail", "");
        }
    }

    /// An address that a visitor may be led to, or a script loaded from.
    fn link(&mut self, path: &str, address: &str) {
        match link::target(address) {
            link::Target::Page => {}
            link::Target::Letter => self.report(path, "unsafeLink", ""),
            link::Target::Refused(code) => self.report(path, code, ""),
        }
    }

    /// An id of a category or service; `ids` holds those that are taken.
    fn id(&mut self, path: &str, id: &str, ids: &mut Vec<String>) {
        let path = member(path, "id");
        if id.is_empty() {
            self.report(&path, "missing", "");
        } else if !is_id(id) {
            self.report(&path, "invalidId", "");
        } else if ids.iter().any(|taken| taken == id) {
            self.report(&path, "duplicate", "");
        }
        ids.push(String::from(id));
    }

    fn categories(&mut self, written: Vec<written::Category>, ids: &mut Vec<String>) -> Vec<Category> {
        let mut categories = Vec::new();
        for (index, category) in written.into_iter().enumerate() {
            let path = item("categories", index);
            self.id(&path, &category.id, ids);
            if category.id == "necessary" {
                self.report(&member(&path, "id"), "necessaryIsImplied", "");
                continue;
            }
            let built_in = BUILT_IN.iter().find(|(id, ..)| *id == category.id);
            let name = match (&category.name, built_in) {
                (Value::Null, Some((_, name, ..))) => Wording::Own(*name),
                (Value::Null, None) => Wording::Same(category.id.clone()),
                (name, _) => self.wording(&member(&path, "name"), name, false),
            };
            let purpose = match (&category.purpose, built_in) {
                (Value::Null, Some((_, _, purpose, _))) => Wording::Own(*purpose),
                (purpose, _) => self.wording(&member(&path, "purpose"), purpose, true),
            };
            categories.push(Category {
                id: category.id,
                name,
                purpose,
            });
        }
        categories
    }

    /// Law 94-V, art. 8(7): how to withdraw by letter.
    fn withdrawal(&mut self, written: written::Withdrawal, kz: bool) -> Option<Withdrawal> {
        let given = [&written.email, &written.subject, &written.correction_subject]
            .iter()
            .any(|text| !text.is_empty());
        if !kz && !given {
            return None;
        }
        self.require("withdrawal.email", &written.email);
        self.email("withdrawal.email", &written.email);
        self.require("withdrawal.subject", &written.subject);
        Some(Withdrawal {
            email: written.email,
            subject: written.subject,
            correction_subject: written_or_none(written.correction_subject),
        })
    }

    /// Which category grants which of Google's consent types (basic mode, the only one there is).
    fn google_consent(&mut self, written: &Value, categories: &[Category]) -> Vec<(usize, String)> {
        let mut grants = Vec::new();
        let types = || BUILT_IN.iter().flat_map(|(.., types)| types.iter().copied());
        if *written == Value::Null {
            for (index, category) in categories.iter().enumerate() {
                for (.., types) in BUILT_IN.iter().filter(|(id, ..)| *id == category.id) {
                    grants.extend(types.iter().map(|name| (index, String::from(*name))));
                }
            }
            return grants;
        }
        self.expect_object("googleConsentMode", written);
        for (category, granted) in written.entries() {
            let path = member("googleConsentMode", category);
            let index = self.category(&path, category, categories);
            if !matches!(granted, Value::List(_)) {
                self.report(&path, "wrongType", "a list");
            }
            for (place, name) in granted.items().iter().enumerate() {
                let name = name.as_text().unwrap_or_default();
                if types().any(|known| known == name) {
                    grants.push((index, String::from(name)));
                } else {
                    self.report(&item(&path, place), "unknownConsentType", nearest(name, types()));
                }
            }
        }
        grants
    }

    /// The place of a category in the configuration; of an unknown one the first, with a problem.
    fn category(&mut self, path: &str, id: &str, categories: &[Category]) -> usize {
        categories
            .iter()
            .position(|category| category.id == id)
            .unwrap_or_else(|| {
                let hint = nearest(id, categories.iter().map(|category| category.id.as_str()));
                self.report(path, "unknownCategory", hint);
                0
            })
    }

    /// A part without a fixed shape that has to be an object.
    fn expect_object(&mut self, path: &str, value: &Value) {
        if !matches!(value, Value::Map(_) | Value::Null) {
            self.report(path, "wrongType", "an object");
        }
    }
}
