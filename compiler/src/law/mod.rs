//! What each regime asks of a configuration, and what no owner's words may say under any of them.
//!
//! A regime is a file with its rules, each named by its article. The reading of a configuration asks for a [`Demand`]
//! where the key stands that it is about (`needed_under(Demand::OperatorEmail, "email")`); nothing here reads a key. What
//! a number or a sentence has to be like under every law is a rule of its type: `config/registration_number.rs`, and one
//! sentence for several languages in `config/words.rs`.

pub mod gdpr;
pub mod kz;
pub(crate) mod lexicon;
pub mod wording;

use schemars::JsonSchema;
use serde::Serialize;
use strum::{EnumString, VariantArray, VariantNames};

use crate::config::choice::read_as_choice;
use crate::config::phrase::Phrase;
use crate::config::problem::Code;
use crate::config::reading::{Read, Reading};

/// A regime that a configuration has to satisfy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, EnumString, VariantNames, VariantArray)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Law {
    /// Law 94-V of Kazakhstan: a number of the operator, Kazakh and Russian, a letter of withdrawal, what data is collected.
    Kz,
    /// The GDPR: an e-mail and a postal address of the operator.
    Gdpr,
}

read_as_choice!(Law);

/// Something that a law may ask of a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// The BIN or IIN of the operator.
    OperatorNumber,
    /// An e-mail address of the operator.
    OperatorEmail,
    /// A postal address of the operator.
    OperatorAddress,
    /// How consent is withdrawn by letter.
    LetterOfWithdrawal,
    /// What each service collects.
    CollectedData,
    /// The notice in Kazakh and in Russian.
    KazakhAndRussian,
}

/// A rule of a law: what it asks for, and where it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it asks for.
    pub demand: Demand,
    /// The article.
    pub article: &'static str,
}

impl Law {
    /// What this law asks of a configuration.
    pub fn rules(self) -> &'static [Rule] {
        match self {
            Law::Kz => kz::RULES,
            Law::Gdpr => gdpr::RULES,
        }
    }
}

/// The regimes that hold for a site; without a word on it, every one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Laws(#[schemars(length(min = 1))] Vec<Law>);

impl Default for Laws {
    fn default() -> Laws {
        Laws(<Law as VariantArray>::VARIANTS.to_vec())
    }
}

impl Laws {
    /// Whether this regime holds.
    pub fn include(&self, law: Law) -> bool {
        self.0.contains(&law)
    }

    /// Whether one of them asks for this.
    pub fn demand(&self, demand: Demand) -> bool {
        self.0
            .iter()
            .flat_map(|law| law.rules())
            .any(|rule| rule.demand == demand)
    }
}

impl Read for Laws {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Laws> {
        let Some(items) = value.as_array() else {
            reading.wrong_type(Phrase::AList);
            return None;
        };
        if items.is_empty() {
            reading.report(Code::Missing);
            return None;
        }
        let mut laws = Vec::new();
        reading.items(items, |reading, item| {
            let law = Law::read(item, reading)?;
            laws.push(law);
            Some(())
        });
        // A slip in one regime is no reason to overlook what the other asks for.
        Some(Laws(laws))
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::{Demand, Law, Laws};

    /// O-02: where an owner says nothing, every law holds.
    #[test]
    fn o_02_without_a_word_every_law_holds() {
        let laws = Laws::default();
        for law in <Law as VariantArray>::VARIANTS {
            assert!(laws.include(*law));
            for rule in law.rules() {
                assert!(laws.demand(rule.demand));
            }
        }
        let gdpr = Laws(vec![Law::Gdpr]);
        assert!(!gdpr.demand(Demand::OperatorNumber) && gdpr.demand(Demand::OperatorEmail));
    }

    /// Every rule says where it stands in its law.
    #[test]
    fn every_rule_names_its_article() {
        for rule in <Law as VariantArray>::VARIANTS.iter().flat_map(|law| law.rules()) {
            assert!(rule.article.contains("art. "), "{rule:?}");
        }
    }
}
