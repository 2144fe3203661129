//! What the visitor is told, as typed data: who asks, for what, who gets the data and where, for how long, and how to
//! take it back. The layers are drawn from this by the templates, and the notice's text is taken from what they draw: so
//! what is shown is what is hashed.
//!
//! Nothing here writes HTML. Words of the owner are tidied (one line, NFC) and otherwise stay what they are.

mod enumeration;
mod sentence;
mod tell;
pub mod text;

use self::enumeration::Enumeration;
pub use self::sentence::Part;
use self::tell::Teller;
use crate::config::Config;
use crate::description::Description;
use crate::languages::{Language, Languages, Texts};

/// The notice in one language.
#[derive(Clone, Debug)]
pub struct Notice {
    /// BCP 47 tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Kelisim's words, with the owner's in their place.
    pub texts: Texts,
    /// The offered languages.
    pub languages: Vec<Choice>,
    /// How the layers look.
    pub look: Look,
    /// What is asked and why.
    pub lead: Vec<Part>,
    /// What is asked anew.
    pub changed: Vec<Part>,
    /// Who asks (Law 94-V, art. 8(4)(1); GDPR, art. 13(1)(a)).
    pub operator: OperatorNotice,
    /// The owner's policy.
    pub policy: PolicyNotice,
    /// Where the choice holds (requirement B-04).
    pub scope: Vec<Part>,
    /// How long the choice holds (Law 94-V, art. 8(4)(3)).
    pub term: Vec<Part>,
    /// What can be agreed to.
    pub categories: Vec<CategoryNotice>,
    /// Who gets the data for any of them, each once.
    pub recipients: Vec<RecipientNotice>,
    /// Transfer to third parties (Law 94-V, art. 8(4)(4)).
    pub third_parties: String,
    /// Transfer across the border of Kazakhstan (Law 94-V, art. 8(4)(5)).
    pub cross_border: String,
    /// The letter that withdraws (Law 94-V, art. 8(7)).
    pub letter_of_withdrawal: Option<Letter>,
    /// The letter that asks for a correction.
    pub letter_of_correction: Option<Letter>,
    /// What the person has a right to, under each law.
    pub rights: Vec<String>,
    /// Where to complain, under each law.
    pub authorities: Vec<String>,
}

/// A language that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// BCP 47 tag.
    pub tag: String,
    /// Its name in itself.
    pub name: String,
    /// The beginning of that name.
    pub short: String,
    /// It is the language of this notice.
    pub is_current: bool,
}

/// How the layers look, as the style sheets call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// `bar`, `box` or `card`.
    pub layout: &'static str,
    /// `bottom`, `bottom-start`, …; none for a card.
    pub position: Option<&'static str>,
    /// `auto`, `light` or `dark`.
    pub theme: &'static str,
    /// `button` or `link`.
    pub reopen: &'static str,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorNotice {
    /// The name.
    pub name: String,
    /// BIN or IIN, in words.
    pub number: Option<String>,
    /// The postal address.
    pub address: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
}

/// The owner's policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyNotice {
    /// Where it can be read.
    pub url: String,
    /// Its version, in words.
    pub version: String,
}

/// Something that can be agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryNotice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Its services.
    pub services: Vec<ServiceNotice>,
    /// Services of other categories that do more once this one is granted: Webvisor under `replay`, advertising by
    /// Google's tag under `marketing`.
    pub widened: Vec<ServiceNotice>,
}

/// How many services of a category the settings show at once.
const MOST_UNFOLDED: usize = 5;

impl Notice {
    /// The categories for which somebody gets data, as a condition writes them.
    pub fn categories_with_recipients(&self) -> String {
        let with_any = self
            .categories
            .iter()
            .filter(|category| category.all_services().next().is_some());
        with_any
            .map(|category| category.id.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl CategoryNotice {
    /// Whether its services are so many that they are folded in the settings: the switch of the category stands above them.
    pub fn folds(&self) -> bool {
        self.services.len() > MOST_UNFOLDED
    }

    /// Whatever does something once it is granted: its services, and those of other categories that do more then.
    fn all_services(&self) -> impl Iterator<Item = &ServiceNotice> {
        self.services.iter().chain(&self.widened)
    }

    /// Their names in a row.
    pub fn named(&self) -> String {
        let names = self.all_services().map(|service| service.name.as_str());
        names.collect::<Enumeration>().into_words()
    }
}

/// A recipient with all that it is told by and for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientNotice {
    /// Its services, its name and its countries, in one sentence.
    pub summary: String,
    /// The categories in which it is named, as a condition writes them: it is there with any of them.
    pub categories: String,
}

/// A service (requirements I-04, I-05, I-07, I-09).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceNotice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name with recipient and countries, in one sentence.
    pub summary: String,
    /// Who gets the data.
    pub recipient: String,
    /// Where the data goes.
    pub countries: String,
    /// What it does.
    pub purpose: String,
    /// The language of the purpose, where it is not the notice's.
    pub purpose_language: Option<&'static str>,
    /// What it collects.
    pub data: String,
    /// The recipient's own policy.
    pub policy: Option<String>,
    /// What it stores.
    pub storage: Vec<StoredNotice>,
}

/// Something that a service stores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredNotice {
    /// The name.
    pub name: String,
    /// Where, and whether it is this site's own.
    pub place: String,
    /// What it is for.
    pub purpose: String,
    /// The language of the purpose, where it is not the notice's.
    pub purpose_language: Option<&'static str>,
    /// How long it stays.
    pub lifetime: String,
}

/// A letter that a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// `mailto:` with the exact subject and a body, in which the places are percent-encoded as they are written.
    pub address: String,
    /// What the link says.
    pub words: String,
}

/// The notice of a configuration in each of its languages, the default first.
pub fn notices(config: &Config, services: &[Description], languages: &Languages) -> Vec<Notice> {
    let offered: Vec<Language> = config
        .languages
        .iter()
        .filter_map(|tag| Some(spoken(config, languages.get(tag)?)))
        .collect();
    offered
        .iter()
        .map(|language| {
            Teller {
                config,
                services,
                language,
            }
            .notice(&offered)
        })
        .collect()
}

/// A language with the owner's words in it.
fn spoken(config: &Config, language: &Language) -> Language {
    match config.texts.0.get(&language.tag) {
        Some(own) => language.with_own_texts(own),
        None => language.clone(),
    }
}
