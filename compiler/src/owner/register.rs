//! `kelisim register`: what the operator has to keep in a register of consents, from a configuration (Rules 179/НҚ,
//! paragraph 9(5); requirement R-05).
//!
//! It must not name any visitor: which consent was given, the record says.

use anyhow::{Context, Result};
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;

use super::notice::{Told, told};
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::config::words::{CodeOrWords, Words};
use crate::description::{Description, descriptions};
use crate::languages::{Language, Languages, Unit};

/// What the operator's register has of each consent: its term, transfer to third parties, transfer across the border and
/// dissemination in public sources. Words are in the default language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Register {
    /// Who asks for consent.
    pub operator: Operator,
    /// The policy.
    pub policy: Policy,
    /// The hash of the notice by language, as a record has it.
    pub notice: IndexMap<String, String>,
    /// How long a choice holds.
    pub term: Term,
    /// Transfer to third parties.
    pub third_parties: ThirdParties,
    /// Transfer across the border of Kazakhstan.
    pub cross_border: CrossBorder,
    /// Dissemination in public sources.
    pub public_sources: PublicSources,
    /// What needs consent.
    pub services: Vec<Service>,
}

/// Who asks for consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Operator {
    /// The name.
    pub name: String,
    /// BIN or IIN.
    pub number: Option<String>,
}

/// The policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// Where it can be read.
    pub url: String,
    /// Its version.
    pub version: String,
}

/// How long a choice holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Term {
    /// In days.
    pub days: u32,
    /// In words.
    pub words: String,
}

/// Transfer to third parties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThirdParties {
    /// Whether there is any.
    pub transferred: bool,
    /// To whom.
    pub recipients: IndexSet<String>,
}

/// Transfer across the border of Kazakhstan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CrossBorder {
    /// Whether there is any.
    pub transferred: bool,
    /// Where to, by codes of ISO 3166-1.
    pub countries: IndexSet<&'static str>,
}

/// Dissemination in public sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicSources {
    /// Whether there is any: nothing that Kelisim asks about is.
    pub disseminated: bool,
    /// What visitors read about it.
    pub words: String,
}

/// Something that needs consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Service {
    /// Its id in the record.
    pub id: String,
    /// The id of its category.
    pub category: String,
    /// Who gets the data.
    pub recipient: String,
    /// Where the data goes, by codes of ISO 3166-1.
    pub countries: Vec<&'static str>,
    /// What it does with the data.
    pub purpose: String,
    /// What it collects.
    pub data: Vec<String>,
}

/// The register of a configuration.
///
/// # Errors
///
/// As [`told`].
pub fn register(config: &Config, catalogue: &Catalogue, languages: &Languages) -> Result<Register> {
    let tag = config
        .languages
        .first()
        .context("this configuration offers no language")?;
    let language = languages.get(tag).context("this configuration offers no language")?;
    let language = config
        .texts
        .0
        .get(tag)
        .map_or_else(|| language.clone(), |own| language.with_own_texts(own));
    let told = told(config, catalogue, languages)?;
    let services: Vec<Service> = descriptions(config, catalogue)
        .iter()
        .map(|description| service(description, &language))
        .collect();
    let days = config.expires_days.days();
    Ok(Register {
        operator: Operator {
            name: config.operator.name.to_string(),
            number: config.operator.number().map(str::to_owned),
        },
        policy: Policy {
            url: config.policy.url.to_string(),
            version: config.policy.version.to_string(),
        },
        notice: hashes(&told),
        term: Term {
            days,
            words: language.counted(days, Unit::Days).replace('\u{a0}', " "),
        },
        third_parties: third_parties(&services),
        cross_border: cross_border(&services),
        public_sources: PublicSources {
            disseminated: false,
            words: language.texts.public_sources_no.clone(),
        },
        services,
    })
}

fn hashes(told: &[Told]) -> IndexMap<String, String> {
    told.iter().map(|told| (told.language.clone(), told.hash())).collect()
}

fn third_parties(services: &[Service]) -> ThirdParties {
    let recipients: IndexSet<String> = services.iter().map(|service| service.recipient.clone()).collect();
    ThirdParties {
        transferred: !recipients.is_empty(),
        recipients,
    }
}

fn cross_border(services: &[Service]) -> CrossBorder {
    let countries = services.iter().flat_map(|service| service.countries.iter().copied());
    let countries: IndexSet<&str> = countries.filter(|country| *country != "KZ").collect();
    CrossBorder {
        transferred: !countries.is_empty(),
        countries,
    }
}

fn service(description: &Description, language: &Language) -> Service {
    let data = description.data.iter().map(|data| match &data.0 {
        CodeOrWords::Code(code) => language.data.get(code).unwrap_or(code).clone(),
        CodeOrWords::Words(each) => Words::Each(each.clone()).in_language(&language.tag).to_owned(),
    });
    Service {
        id: description.id.clone(),
        category: description.category.clone(),
        recipient: description.recipient.in_language(&language.tag).to_owned(),
        countries: description.countries.iter().map(|country| country.as_str()).collect(),
        purpose: description.purpose.in_language(&language.tag).to_owned(),
        data: data.collect(),
    }
}
