//! Makes the view of a state: fills in the words, and nothing that the state does not hold.

use super::{CategoryChoice, FirstLayer, LanguageChoice, Necessary, Purpose, ServiceChoice, Settings, View};
use crate::core::config::{Category, Config, Service};
use crate::core::decision::{Choices, Switch};
use crate::core::notice::dates::spelled;
use crate::core::notice::texts::{Text, Texts};
use crate::core::notice::{self, Particulars, joined, wording};
use crate::core::update::State;

/// What is shown in this state. `names` holds the name of every offered language in itself.
pub fn view(config: &Config, state: &State, names: &[(String, String)]) -> View {
    let texts = &state.texts;
    View {
        language: String::from(texts.language()),
        direction: texts.own(Text::Direction),
        first_layer: state.asks().then(|| first_layer(config, state, names)),
        settings: state.draft.as_ref().map(|draft| settings(config, state, draft, names)),
        reopen: texts.own(Text::SettingsTitle),
        status: state.status.map(|status| texts.own(status)).unwrap_or_default(),
    }
}

fn first_layer(config: &Config, state: &State, names: &[(String, String)]) -> FirstLayer {
    let texts = &state.texts;
    FirstLayer {
        label: texts.own(Text::RegionLabel),
        title: texts.own(Text::Title),
        lead: notice::lead(config, texts),
        changed: state.standing.again.then(|| changed(config, state)),
        purposes: config
            .categories
            .iter()
            .map(|category| purpose(config, category, texts))
            .collect(),
        policy: notice::policy_link(config, texts),
        languages: languages(texts, names),
        reject: texts.own(Text::Reject),
        accept: texts.own(Text::Accept),
        settings: texts.own(Text::Settings),
    }
}

/// What changed since the visitor last decided, by name.
fn changed(config: &Config, state: &State) -> String {
    let texts = &state.texts;
    let name = |switch| match switch {
        Switch::Category(index) => config
            .categories
            .get(index)
            .map(|category| wording(&category.name, texts)),
        Switch::Service(index) => config.services.get(index).map(|service| wording(&service.name, texts)),
    };
    let asked = |id: &&str| state.standing.asked.iter().any(|asked| asked == id);
    let names = Switch::every(config)
        .filter(|(_, id)| asked(id))
        .filter_map(|(switch, _)| name(switch));
    texts.fill(Text::Changed, &[("names", &joined(names))])
}

fn purpose(config: &Config, category: &Category, texts: &Texts) -> Purpose {
    Purpose {
        name: wording(&category.name, texts),
        recipients: config
            .services_of(category)
            .map(|service| notice::summary(service, texts))
            .collect(),
    }
}

fn languages(texts: &Texts, names: &[(String, String)]) -> Vec<LanguageChoice> {
    if names.len() < 2 {
        return Vec::new();
    }
    let choice = |(tag, name): &(String, String)| LanguageChoice {
        tag: tag.clone(),
        name: name.clone(),
        current: tag == texts.language(),
    };
    names.iter().map(choice).collect()
}

fn settings(config: &Config, state: &State, draft: &Choices, names: &[(String, String)]) -> Settings {
    let texts = &state.texts;
    let optional = !config.categories.is_empty();
    let label = |present: bool, text| present.then(|| texts.own(text));
    Settings {
        title: texts.own(Text::SettingsTitle),
        lead: texts.own(if optional {
            Text::SettingsLead
        } else {
            Text::NothingOptional
        }),
        close: texts.own(Text::Close),
        languages: languages(texts, names),
        languages_label: texts.own(Text::LanguagesLabel),
        necessary: Necessary {
            name: texts.own(Text::NecessaryName),
            purpose: texts.own(Text::NecessaryPurpose),
            state: texts.own(Text::AlwaysOn),
        },
        categories: config
            .categories
            .iter()
            .enumerate()
            .map(|(index, category)| category_choice(config, texts, draft, index, category))
            .collect(),
        facts_title: texts.own(Text::FactsTitle),
        facts: notice::facts(config, texts, &particulars(config, state)),
        reject: label(optional, Text::Reject),
        save: label(optional, Text::Save),
        accept: label(optional, Text::Accept),
        withdraw: label(state.permissions.choices().any(), Text::Withdraw),
    }
}

/// The end of a choice made now or of the one that holds, its code, and the host.
fn particulars(config: &Config, state: &State) -> Particulars {
    Particulars {
        ends: spelled(state.ends(config), &state.texts),
        code: state.holding().and_then(|record| record.code.clone()),
        host: state.host.clone(),
    }
}

fn category_choice(
    config: &Config,
    texts: &Texts,
    draft: &Choices,
    index: usize,
    category: &Category,
) -> CategoryChoice {
    let services = config
        .services
        .iter()
        .enumerate()
        .filter(|(_, service)| service.category == index);
    CategoryChoice {
        id: category.id.clone(),
        name: wording(&category.name, texts),
        purpose: wording(&category.purpose, texts),
        on: draft.category(index),
        services: services
            .map(|(index, service)| service_choice(texts, draft.service(index), service))
            .collect(),
    }
}

fn service_choice(texts: &Texts, on: bool, service: &Service) -> ServiceChoice {
    ServiceChoice {
        id: service.id.clone(),
        name: wording(&service.name, texts),
        on,
        summary: notice::summary(service, texts),
        details: texts.own(Text::Details),
        facts: notice::service_facts(service, texts),
        storage_title: texts.own(Text::Stored),
        storage_columns: [Text::StoredName, Text::StoredPlace, Text::Purpose, Text::StoredLifetime]
            .map(|text| texts.own(text)),
        storage: notice::stored(&service.storage, texts),
    }
}
