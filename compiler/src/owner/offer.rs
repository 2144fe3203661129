//! What an owner can choose from, in the words of one language: for the configurator, which asks by it and has no list of its
//! own.
//!
//! It must not decide what a configuration may say: the check does. What is listed here is what the house has.

use serde::Serialize;
use serde_json::Value;
use strum::VariantNames as _;

use crate::catalogue::{Catalogue, Manifest, ParameterKind};
use crate::config::appearance::{Layout, Position, Reopen, Theme};
use crate::config::consent_type::ConsentType;
use crate::config::country::Country;
use crate::config::texts::is_for_the_owner;
use crate::languages::{BUILT_IN_CATEGORIES, Language, Languages};

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer<'a> {
    /// The built-in categories, in the order in which a visitor is asked.
    pub categories: Vec<Category<'a>>,
    /// The vendors of the catalogue, by id.
    pub vendors: Vec<Vendor<'a>>,
    /// The languages of the house, each by its own name.
    pub languages: Vec<Named<'a>>,
    /// The countries.
    pub countries: Vec<Named<'a>>,
    /// The kinds of collected data.
    pub data: Vec<Named<'a>>,
    /// What is stored for.
    pub storage_purposes: Vec<Named<'a>>,
    /// The sentences that an owner may replace, by key, as they are in each language.
    pub texts: Vec<Sentence<'a>>,
    /// The layouts with their positions.
    pub layouts: Vec<LayoutOffer>,
    /// The themes.
    pub themes: &'static [&'static str],
    /// The ways back to the choice.
    pub reopen: &'static [&'static str],
    /// Google's consent types, with the built-in category that grants each.
    pub consent_types: Vec<Grant>,
}

/// A code with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named<'a> {
    /// As a configuration has it.
    pub code: &'a str,
    /// As an owner reads it.
    pub name: &'a str,
}

/// A built-in category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Category<'a> {
    /// Its id.
    pub id: &'a str,
    /// What visitors read.
    pub name: &'a str,
    /// What it is for.
    pub purpose: &'a str,
}

/// A vendor of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Vendor<'a> {
    /// What a configuration has in `use`.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The category it belongs to.
    pub category: &'a str,
    /// Who gets the data.
    pub recipient: &'a str,
    /// Where the data goes, by name.
    pub countries: Vec<&'a str>,
    /// What it does with the data.
    pub purpose: &'a str,
    /// Whether Kelisim starts it. Otherwise the page gates the vendor's own code.
    pub is_started: bool,
    /// What the owner has to give.
    pub parameters: Vec<Parameter<'a>>,
}

/// What an owner has to give for a vendor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameter<'a> {
    /// The key in the configuration.
    pub name: &'a str,
    /// What it is and where an owner finds it.
    pub description: &'a str,
    /// How it may look.
    pub example: Option<&'a Value>,
    /// Whether it is a number.
    pub is_number: bool,
}

/// A sentence that an owner may replace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sentence<'a> {
    /// Its key in `texts`.
    pub key: &'a str,
    /// As it is, by language.
    pub said: Vec<Named<'a>>,
}

/// A layout with its positions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LayoutOffer {
    /// Its id.
    pub id: &'static str,
    /// Where it can stand.
    pub positions: Vec<&'static str>,
}

/// A consent type of Google's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Grant {
    /// As Google calls it.
    pub id: ConsentType,
    /// The built-in category that grants it where a configuration says nothing.
    pub category: &'static str,
}

/// What can be chosen, in the words of `language`; in English, where the house does not speak it. `None` where it does not
/// speak English either.
pub fn offer<'a>(catalogue: &'a Catalogue, languages: &'a Languages, language: &str) -> Option<Offer<'a>> {
    let words = languages.get(language).or_else(|| languages.get("en"))?;
    let named = |codes: Vec<&'a str>, name: &dyn Fn(&str) -> Option<&'a String>| -> Vec<Named<'a>> {
        let all = codes.into_iter();
        all.filter_map(|code| {
            Some(Named {
                code,
                name: name(code)?,
            })
        })
        .collect()
    };
    Some(Offer {
        categories: BUILT_IN_CATEGORIES
            .into_iter()
            .filter_map(|id| category(id, words))
            .collect(),
        vendors: catalogue.iter().map(|manifest| vendor(manifest, words)).collect(),
        languages: named(languages.tags().collect(), &|tag| {
            languages
                .iter()
                .find(|language| language.tag == tag)
                .map(|language| &language.texts.language_name)
        }),
        countries: named(languages.country_codes().collect(), &|code| words.countries.get(code)),
        data: named(languages.data_codes().collect(), &|code| words.data.get(code)),
        storage_purposes: named(languages.storage_purpose_codes().collect(), &|code| {
            words.storage_purposes.get(code)
        }),
        texts: sentences(words, languages),
        layouts: Layout::all().map(layout).collect(),
        themes: Theme::VARIANTS,
        reopen: Reopen::VARIANTS,
        consent_types: ConsentType::ALL
            .map(|id| Grant {
                id,
                category: id.category(),
            })
            .to_vec(),
    })
}

fn category<'a>(id: &'a str, words: &'a Language) -> Option<Category<'a>> {
    Some(Category {
        id,
        name: words.texts.category_name(id)?,
        purpose: words.texts.category_purpose(id)?,
    })
}

fn vendor<'a>(manifest: &'a Manifest, words: &'a Language) -> Vendor<'a> {
    let country = |country: &'a Country| {
        let code = country.as_str();
        words.countries.get(code).map_or(code, String::as_str)
    };
    let parameters = manifest.parameters.iter().map(|(name, parameter)| Parameter {
        name,
        description: parameter.description.in_language(&words.tag),
        example: parameter.examples.first(),
        is_number: parameter.kind == ParameterKind::Number,
    });
    Vendor {
        id: &manifest.id,
        name: manifest.name.in_language(&words.tag),
        category: &manifest.category,
        recipient: manifest.recipient.in_language(&words.tag),
        countries: manifest.countries.iter().map(country).collect(),
        purpose: manifest.purpose.in_language(&words.tag),
        is_started: !manifest.start.is_empty(),
        parameters: parameters.collect(),
    }
}

/// In the order of the language files.
fn sentences<'a>(words: &'a Language, languages: &'a Languages) -> Vec<Sentence<'a>> {
    let keys = words
        .texts
        .iter()
        .map(|(key, _)| key)
        .filter(|key| is_for_the_owner(key));
    let said = |key: &'static str| {
        let each = languages.iter();
        each.filter_map(|language| {
            Some(Named {
                code: &language.tag,
                name: language.texts.get(key)?,
            })
        })
        .collect()
    };
    keys.map(|key| Sentence { key, said: said(key) }).collect()
}

fn layout(layout: Layout) -> LayoutOffer {
    LayoutOffer {
        id: layout.as_str(),
        positions: layout.positions().iter().copied().map(Position::as_str).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::offer;
    use crate::catalogue::Catalogue;
    use crate::languages::Languages;

    /// Everything is offered in words of the page's language, and there are as many things as the house has.
    #[test]
    fn the_whole_house_is_offered_in_each_language() {
        let (catalogue, languages) = (Catalogue::house().unwrap(), Languages::house().unwrap());
        for language in languages.tags() {
            let offered = offer(&catalogue, &languages, language).unwrap();
            assert_eq!(offered.vendors.len(), catalogue.ids().count(), "{language}");
            assert_eq!(offered.languages.len(), languages.tags().count(), "{language}");
            assert_eq!(offered.countries.len(), 249, "{language}");
            assert!(
                offered
                    .texts
                    .iter()
                    .all(|text| text.said.len() == offered.languages.len()),
                "{language}"
            );
            assert_eq!(offered.categories.len(), 5, "{language}");
        }
        let name = |language| {
            let countries = offer(&catalogue, &languages, language).unwrap().countries;
            countries
                .into_iter()
                .find(|country| country.code == "US")
                .unwrap()
                .name
                .to_owned()
        };
        assert_eq!((name("ru").as_str(), name("fr")), ("США", name("en")));
    }

    #[test]
    fn facts_of_the_law_are_not_offered_to_be_replaced() {
        let (catalogue, languages) = (Catalogue::house().unwrap(), Languages::house().unwrap());
        let offered = offer(&catalogue, &languages, "ru").unwrap();
        let keys: Vec<&str> = offered.texts.iter().map(|text| text.key).collect();
        assert!(keys.contains(&"title") && !keys.contains(&"rightsKz"));
    }
}
