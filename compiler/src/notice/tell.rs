//! Says a configuration in one language: which words stand in which place of a [`Notice`].
//!
//! It decides nothing about consent and writes no HTML. Whatever it takes from the owner is tidied: one line, NFC.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::{IndexMap, IndexSet};
use kelisim_site::Place;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use super::enumeration::Enumeration;
use super::sentence::{Named, filled, parts};
use super::{
    CategoryNotice, Choice, Letter, Look, Notice, OperatorNotice, Part, PolicyNotice, RecipientNotice, ServiceNotice,
    StoredNotice,
};
use crate::config::Config;
use crate::config::appearance::Position;
use crate::config::category::Category;
use crate::config::country::Country;
use crate::config::domain::Domain;
use crate::config::lifetime::Lifetime;
use crate::config::storage::Stored;
use crate::config::words::{CodeOrWords, Words};
use crate::description::Description;
use crate::languages::{Language, OwnTexts, Texts, Unit};
use crate::law::Law;

/// Words on one line, in the one form in which Unicode writes them: what a browser shows of them anyway.
fn tidy(words: &str) -> String {
    let words: Vec<&str> = words.split_ascii_whitespace().collect();
    words.join(" ").nfc().collect()
}

/// What has a meaning of its own in an address: everything but letters, digits and what RFC 3986, section 2.3, leaves
/// free. A colon means nothing behind a `?`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':');

/// Encoded as a part of an address.
fn encoded(words: &str) -> String {
    utf8_percent_encode(words, RESERVED).to_string()
}

/// Where in the owner's order the services of each category stand, so that they are looked through once and not for
/// each category (requirement T-06).
#[derive(Default)]
struct Places<'a> {
    /// Those of a category, by its id.
    own: BTreeMap<&'a str, BTreeSet<usize>>,
    /// Those that do more once a category is granted, by its id.
    asking: BTreeMap<&'a str, BTreeSet<usize>>,
    /// Those that listen to Google's consent mode.
    speaking_gtag: BTreeSet<usize>,
}

impl Places<'_> {
    fn of(services: &[Description]) -> Places<'_> {
        let mut places = Places::default();
        for (place, service) in services.iter().enumerate() {
            places.own.entry(&service.category).or_default().insert(place);
            for category in &service.asks_for {
                places.asking.entry(category).or_default().insert(place);
            }
            if service.speaks_gtag {
                places.speaking_gtag.insert(place);
            }
        }
        places
    }
}

/// Tells one configuration in one language.
pub(super) struct Teller<'a> {
    pub(super) config: &'a Config,
    pub(super) services: &'a [Description],
    pub(super) language: &'a Language,
}

impl Teller<'_> {
    pub(super) fn notice(&self, offered: &[Language]) -> Notice {
        let texts = &self.language.texts;
        let categories = self.categories();
        Notice {
            language: self.language.tag.clone(),
            direction: self.language.direction.as_str(),
            languages: offered.iter().map(|language| self.choice(language)).collect(),
            look: self.look(),
            lead: self.sentence(&texts.lead),
            changed: self.sentence(&texts.changed),
            operator: self.operator(),
            policy: self.policy(),
            scope: match &self.config.scope {
                Some(_) => self.sentence(&texts.scope_domain),
                None => self.sentence(&texts.scope_host),
            },
            term: self.sentence(&texts.term_text),
            recipients: self.recipients(&categories),
            categories,
            third_parties: self.third_parties(),
            cross_border: self.cross_border(),
            letter_of_withdrawal: self.letter_of_withdrawal(),
            letter_of_correction: self.letter_of_correction(),
            rights: self.under_each_law(&texts.rights_kz, &texts.rights_gdpr),
            authorities: self.under_each_law(&texts.authority_kz, &texts.authority_gdpr),
            texts: tidied(texts),
        }
    }

    fn choice(&self, language: &Language) -> Choice {
        Choice {
            tag: language.tag.clone(),
            name: tidy(&language.texts.language_name),
            short: tidy(&language.texts.language_short),
            is_current: language.tag == self.language.tag,
        }
    }

    fn look(&self) -> Look {
        let appearance = &self.config.appearance;
        Look {
            layout: appearance.layout.unwrap_or_default().as_str(),
            position: appearance.position().map(Position::as_str),
            theme: appearance.theme.unwrap_or_default().as_str(),
            reopen: appearance.reopen.unwrap_or_default().as_str(),
        }
    }

    /// A sentence of the language with what this configuration, or the visit, has to say in it.
    fn sentence(&self, sentence: &str) -> Vec<Part> {
        let operator = tidy(self.config.operator.name.as_str());
        let days = self.language.counted(self.config.expires_days.days(), Unit::Days);
        let domain = self.config.scope.as_ref().map(Domain::as_str).unwrap_or_default();
        parts(&tidy(sentence), |name| match name {
            "operator" => Named::Words(&operator),
            "days" => Named::Words(&days),
            "domain" => Named::Words(domain),
            "date" => Named::Place(Place::Ends),
            "host" => Named::Place(Place::Host),
            "names" => Named::Place(Place::Names),
            _ => Named::Nothing,
        })
    }

    fn operator(&self) -> OperatorNotice {
        let operator = &self.config.operator;
        let texts = &self.language.texts;
        let bin = operator.bin.as_ref().map(|bin| (&texts.bin, bin.as_str()));
        let iin = operator.iin.as_ref().map(|iin| (&texts.iin, iin.as_str()));
        let number = bin
            .or(iin)
            .map(|(words, number)| filled(&tidy(words), &[("number", number)]));
        OperatorNotice {
            name: tidy(operator.name.as_str()),
            number,
            address: operator.address.as_ref().map(|address| tidy(address.as_str())),
            email: operator.email.as_ref().map(|email| email.as_str().to_owned()),
            phone: operator.phone.as_ref().map(|phone| tidy(phone.as_str())),
        }
    }

    fn policy(&self) -> PolicyNotice {
        let policy = &self.config.policy;
        let version = self.version(policy.version.as_str());
        PolicyNotice {
            url: policy.url.as_str().to_owned(),
            version: filled(&tidy(&self.language.texts.policy_version), &[("version", &version)]),
        }
    }

    /// The version of a policy; one that is a date reads as a date.
    fn version(&self, version: &str) -> String {
        let date: Option<jiff::civil::Date> = version.parse().ok().filter(|_| version.len() == "2026-01-01".len());
        match date {
            Some(date) => {
                let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
                tidy(&self.language.date(date.year().into(), month, day))
            }
            None => tidy(version),
        }
    }

    fn categories(&self) -> Vec<CategoryNotice> {
        let places = Places::of(self.services);
        let categories = self.config.offered_categories();
        categories
            .iter()
            .map(|category| self.category(category, &places))
            .collect()
    }

    fn category(&self, category: &Category, places: &Places<'_>) -> CategoryNotice {
        let id = category.id.as_str();
        let own = places.own.get(id).cloned().unwrap_or_default();
        let mut widened = places.asking.get(id).cloned().unwrap_or_default();
        if !self.config.consent_types(&category.id).is_empty() {
            widened.extend(places.speaking_gtag.difference(&own));
        }
        let told = |places: BTreeSet<usize>| {
            let services = places.into_iter().filter_map(|place| self.services.get(place));
            services.map(|service| self.service(service)).collect()
        };
        CategoryNotice {
            id: id.to_owned(),
            name: self.category_name(category),
            purpose: self.category_purpose(category),
            services: told(own),
            widened: told(widened),
        }
    }

    fn category_name(&self, category: &Category) -> String {
        let id = category.id.as_str();
        let own = category.name.as_ref().map(|name| self.words(&name.0));
        own.or_else(|| self.language.texts.category_name(id).map(tidy))
            .unwrap_or_else(|| id.to_owned())
    }

    fn category_purpose(&self, category: &Category) -> String {
        let id = category.id.as_str();
        let own = category.purpose.as_ref().map(|purpose| self.words(&purpose.0));
        own.or_else(|| self.language.texts.category_purpose(id).map(tidy))
            .unwrap_or_else(|| id.to_owned())
    }

    fn words(&self, words: &Words) -> String {
        tidy(words.in_language(&self.language.tag))
    }

    fn service(&self, service: &Description) -> ServiceNotice {
        let (name, recipient) = (self.words(&service.name), self.words(&service.recipient));
        let countries = self.countries(service.countries.iter());
        let summary = self.summary(&name, &recipient, &countries);
        let data = service
            .data
            .iter()
            .map(|data| self.code_or_words(&data.0, &self.language.data));
        let data: Vec<String> = data.collect();
        ServiceNotice {
            id: service.id.clone(),
            purpose: self.words(&service.purpose),
            purpose_language: service.purpose.foreign_language(&self.language.tag),
            data: data.iter().map(String::as_str).collect::<Enumeration>().into_words(),
            policy: service.policy.clone(),
            storage: service
                .storage
                .iter()
                .map(|stored| self.stored(stored, service))
                .collect(),
            name,
            summary,
            recipient,
            countries,
        }
    }

    fn summary(&self, services: &str, recipient: &str, countries: &str) -> String {
        let named = [
            ("service", services),
            ("recipient", recipient),
            ("countries", countries),
        ];
        filled(&tidy(&self.language.texts.service_summary), &named)
    }

    /// Everybody who gets data for any of these categories, once, in the order in which they are named first.
    fn recipients(&self, categories: &[CategoryNotice]) -> Vec<RecipientNotice> {
        let mut told: IndexMap<(&str, &str), (Enumeration, IndexSet<&str>)> = IndexMap::new();
        for category in categories {
            for service in category.all_services() {
                let (services, named_in) = told.entry((&service.recipient, &service.countries)).or_default();
                services.add(&service.name);
                named_in.insert(&category.id);
            }
        }
        let recipients = told.into_iter();
        recipients
            .map(|((recipient, countries), (services, named_in))| RecipientNotice {
                summary: self.summary(&services.into_words(), recipient, countries),
                categories: named_in.into_iter().collect::<Vec<_>>().join(" "),
            })
            .collect()
    }

    /// The names of countries.
    fn countries<'c>(&self, countries: impl Iterator<Item = &'c Country>) -> String {
        let named = countries.map(|country| {
            let code = country.as_str();
            self.language.countries.get(code).map_or(code, String::as_str)
        });
        tidy(&named.collect::<Enumeration>().into_words())
    }

    fn code_or_words(&self, words: &CodeOrWords, table: &BTreeMap<String, String>) -> String {
        match words {
            CodeOrWords::Code(code) => tidy(table.get(code).unwrap_or(code)),
            CodeOrWords::Words(each) => self.words(&Words::Each(each.clone())),
        }
    }

    fn stored(&self, stored: &Stored, service: &Description) -> StoredNotice {
        let texts = &self.language.texts;
        let place = stored.place.as_str();
        let place = match &stored.host {
            Some(host) => filled(
                &tidy(&texts.stored_there),
                &[("place", place), ("host", &tidy(host.as_str()))],
            ),
            None => filled(&tidy(&texts.stored_here), &[("place", place)]),
        };
        let (purpose, purpose_language) = match &stored.purpose {
            Some(purpose) => {
                let words = self.code_or_words(&purpose.0, &self.language.storage_purposes);
                let language = match &purpose.0 {
                    CodeOrWords::Code(_) => None,
                    CodeOrWords::Words(each) => Words::Each(each.clone()).foreign_language(&self.language.tag),
                };
                (words, language)
            }
            None => (
                self.words(&service.purpose),
                service.purpose.foreign_language(&self.language.tag),
            ),
        };
        StoredNotice {
            name: tidy(stored.name.as_str()),
            place,
            purpose,
            purpose_language,
            lifetime: self.lifetime(stored.lifetime),
        }
    }

    fn lifetime(&self, lifetime: Lifetime) -> String {
        match lifetime {
            Lifetime::Session => tidy(&self.language.texts.session_lifetime),
            Lifetime::Unlimited => tidy(&self.language.texts.unlimited_lifetime),
            Lifetime::Minutes(number) => self.language.counted(number, Unit::Minutes),
            Lifetime::Hours(number) => self.language.counted(number, Unit::Hours),
            Lifetime::Days(number) => self.language.counted(number, Unit::Days),
        }
    }

    fn third_parties(&self) -> String {
        let texts = &self.language.texts;
        let recipients: Vec<String> = self
            .services
            .iter()
            .map(|service| self.words(&service.recipient))
            .collect();
        let recipients = recipients
            .iter()
            .map(String::as_str)
            .collect::<Enumeration>()
            .into_words();
        if recipients.is_empty() {
            return tidy(&texts.third_parties_no);
        }
        filled(&tidy(&texts.third_parties_yes), &[("recipients", &recipients)])
    }

    fn cross_border(&self) -> String {
        let texts = &self.language.texts;
        let countries = self.services.iter().flat_map(|service| &service.countries);
        let countries = self.countries(countries.filter(|country| country.as_str() != "KZ"));
        if countries.is_empty() {
            return tidy(&texts.cross_border_no);
        }
        filled(&tidy(&texts.cross_border_yes), &[("countries", &countries)])
    }

    fn letter_of_withdrawal(&self) -> Option<Letter> {
        let withdrawal = self.config.withdrawal.as_ref()?;
        let (email, subject) = (withdrawal.email.as_str(), tidy(withdrawal.subject.as_str()));
        let texts = &self.language.texts;
        let body = body(&texts.withdrawal_body);
        Some(Letter {
            address: format!("mailto:{email}?subject={}&body={}", encoded(&subject), encoded(&body)),
            words: filled(
                &tidy(&texts.withdrawal_letter),
                &[("email", email), ("subject", &subject)],
            ),
        })
    }

    fn letter_of_correction(&self) -> Option<Letter> {
        let withdrawal = self.config.withdrawal.as_ref()?;
        let subject = tidy(withdrawal.correction_subject.as_ref()?.as_str());
        let email = withdrawal.email.as_str();
        let texts = &self.language.texts;
        let body = body(&texts.correction_body);
        Some(Letter {
            address: format!("mailto:{email}?subject={}&body={}", encoded(&subject), encoded(&body)),
            words: filled(
                &tidy(&texts.correction_letter),
                &[("email", email), ("correctionSubject", &subject)],
            ),
        })
    }

    fn under_each_law(&self, kz: &str, gdpr: &str) -> Vec<String> {
        let laws = [(Law::Kz, kz), (Law::Gdpr, gdpr)].into_iter();
        laws.filter(|(law, _)| self.config.law.include(*law))
            .map(|(_, words)| tidy(words))
            .collect()
    }
}

/// What a letter says, with its places as they are written.
fn body(words: &str) -> String {
    let places = [Place::Host, Place::Code].map(|place| (place.as_str(), place.in_notice()));
    filled(&tidy(words), &places)
}

/// Sentences as the layers show them.
fn tidied(texts: &Texts) -> Texts {
    let mut tidied = OwnTexts::default();
    for (key, words) in texts.iter() {
        tidied.set(key, tidy(words));
    }
    tidied.over(texts)
}
