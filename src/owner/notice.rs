//! `kelisim notice` and `kelisim register`: what a visitor is told, as the bytes that a record is bound to, and what the
//! operator has to keep in a register, both from a checked configuration.

use anyhow::{Result, bail};
use serde_json::{Map, Value, json};

use super::included;
use crate::core::config::{Config, Service};
use crate::core::notice::dates::counted;
use crate::core::notice::hash::sha256;
use crate::core::notice::texts::{Text, Texts};
use crate::core::record::operator;
use crate::core::value::Words;
use crate::core::view::notice_text;

/// The languages that a configuration offers, with the owner's own words in them, the default first.
///
/// # Errors
///
/// When this build of Kelisim is damaged.
pub fn offered(config: &Config) -> Result<Vec<Texts>> {
    let texts = included::texts()?;
    let known = |language| texts.iter().find(|texts| texts.language() == language);
    let own = config.document.get("texts");
    Ok(config
        .languages
        .iter()
        .filter_map(|language| known(*language).map(|texts| texts.with(own)))
        .collect())
}

/// How much of a notice had come when a visitor decided.
///
/// A grant waits for the whole notice. A refusal waits for nothing: one that is quicker than the words of the settings is
/// bound to those of the first layer, which is all that was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The first layer and the settings.
    Whole,
    /// The first layer alone.
    FirstLayer,
}

impl Extent {
    /// What had come of the notice in a language, of which these are all words.
    #[must_use]
    pub fn notice(self, config: &Config, texts: Texts) -> Words {
        let come = match self {
            Extent::Whole => texts,
            Extent::FirstLayer => texts.first(Text::FIRST_LAYER),
        };
        notice_text(config, &come)
    }
}

/// The notice in one language, exactly the bytes whose SHA-256 is the `notice` of a record (requirement R-02); in the
/// default language when none is named.
///
/// # Errors
///
/// When the configuration does not offer the language.
pub fn notice(config: &Config, language: Option<&str>, extent: Extent) -> Result<&'static str> {
    let offered = offered(config)?;
    let wanted = offered
        .iter()
        .find(|texts| language.is_none_or(|language| texts.language().are(language)));
    match wanted {
        Some(texts) => Ok(extent.notice(config, *texts).text()),
        None => bail!(
            "this configuration does not offer the language {}; it offers {}",
            language.unwrap_or_default(),
            offered
                .iter()
                .map(|texts| texts.language().text())
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}

/// What the operator's register has of each consent: its term, transfer to third parties, transfer across the border and
/// dissemination in public sources (Rules 179/НҚ, paragraph 9(5); requirement R-05). Words are in the default language.
///
/// # Errors
///
/// When this build of Kelisim is damaged.
pub fn register(config: &Config) -> Result<Value> {
    let offered = offered(config)?;
    let Some(texts) = offered.first() else {
        bail!("this configuration offers no language");
    };
    let hashes = |extent: Extent| -> Map<String, Value> {
        let named = |texts: &Texts| {
            let hash = sha256(&extent.notice(config, *texts));
            (texts.language().text().to_owned(), json!(hash.text()))
        };
        offered.iter().map(named).collect()
    };
    let services: Vec<Value> = config
        .services
        .iter()
        .map(|service| entry(config, texts, service))
        .collect();
    let mut recipients: Vec<&str> = Vec::new();
    let mut abroad: Vec<&str> = Vec::new();
    for service in &config.services {
        let recipient = texts.wording(service.description.get("recipient")).text();
        let countries = service.countries().iter().map(|code| code.keep().words().text());
        add(&mut recipients, recipient);
        countries
            .filter(|code| *code != "KZ")
            .for_each(|code| add(&mut abroad, code));
    }
    Ok(json!({
        "operator": {"name": config.text("operator", "name").text(), "number": operator(config).text()},
        "policy": {"url": config.text("policy", "url").text(), "version": config.text("policy", "version").text()},
        "notice": hashes(Extent::Whole),
        "firstLayer": hashes(Extent::FirstLayer),
        "term": {
            "days": config.expires_days,
            "words": counted(config.expires_days, Text::Days, texts).text().replace('\u{a0}', " "),
        },
        "thirdParties": {"transferred": !recipients.is_empty(), "recipients": recipients},
        "crossBorder": {"transferred": !abroad.is_empty(), "countries": abroad},
        "publicSources": {"disseminated": false, "words": texts.get(Text::PublicSourcesNo).text()},
        "services": services,
    }))
}

/// One service in the register.
fn entry(config: &Config, texts: &Texts, service: &Service) -> Value {
    let said = service.description;
    let data: Vec<&str> = said
        .list("data")
        .iter()
        .map(|item| texts.coded(Text::Data, item).text())
        .collect();
    let countries: Vec<&str> = service
        .countries()
        .iter()
        .map(|code| code.keep().words().text())
        .collect();
    json!({
        "id": service.id.text(),
        "category": config.id(service.category).text(),
        "recipient": texts.wording(said.get("recipient")).text(),
        "countries": countries,
        "purpose": texts.wording(said.get("purpose")).text(),
        "data": data,
    })
}

fn add<'a>(list: &mut Vec<&'a str>, word: &'a str) {
    if !list.contains(&word) {
        list.push(word);
    }
}
