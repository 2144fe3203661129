//! Where a visitor stands: what a stored record still says about today's configuration, and what has to be asked.
//!
//! A consent covers what it was given for. What changed since then is closed and asked anew, alone; what did not change
//! keeps its answer. It must not guess: an id that the record does not know was never answered.

use super::config::Config;
use super::decision::{Choices, Switch};
use super::notice::dates::Moment;
use super::record::{Record, current_terms, operator};

/// A visitor's answers as they hold now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// What holds: granted then, and nothing of it changed.
    pub choices: Choices,
    /// What has to be asked: ids, in the order of the configuration. Empty when the visitor has answered everything.
    pub asked: Vec<String>,
    /// Whether something that was answered before has lapsed or joined, as opposed to a first visit.
    pub again: bool,
}

/// What today's configuration makes of a record.
pub fn standing(config: &Config, record: Option<&Record>, now: Moment) -> Standing {
    let valid = record
        .filter(|record| record.expires > now && record.operator == operator(config) && record.scope == config.scope);
    match valid {
        None => first_visit(config),
        Some(record) => returning(config, record),
    }
}

/// Everything is closed and everything is asked.
fn first_visit(config: &Config) -> Standing {
    let asked = Switch::every(config).map(|(_, id)| String::from(id)).collect();
    Standing {
        choices: Choices::none(config),
        asked,
        again: false,
    }
}

/// Everything that did not change holds; the rest is asked.
fn returning(config: &Config, record: &Record) -> Standing {
    let mut choices = Choices::none(config);
    let mut asked = Vec::new();
    let same_policy = record.policy == config.policy.version;
    for ((switch, id), (_, terms)) in Switch::every(config).zip(current_terms(config)) {
        let (answers, is_service) = match switch {
            Switch::Category(_) => (&record.categories, false),
            Switch::Service(_) => (&record.services, true),
        };
        let answer = answers.iter().find(|(known, _)| known == id).map(|(_, on)| *on);
        let same_terms = record.terms.iter().any(|(known, hash)| known == id && *hash == terms);
        match answer {
            Some(false) if same_terms => {}
            Some(true) if same_terms && same_policy => {
                if is_service || config_has_no_services(config, switch) {
                    choices.set(config, switch, true);
                }
            }
            _ => asked.push(String::from(id)),
        }
    }
    close_categories(config, &mut choices, |id| {
        asked.iter().any(|known| known == id) || !record.granted().any(|known| known == id)
    });
    Standing {
        choices,
        again: !asked.is_empty(),
        asked,
    }
}

/// A category without services is carried by its own answer; one with services by theirs.
fn config_has_no_services(config: &Config, switch: Switch) -> bool {
    matches!(switch, Switch::Category(index) if !config.services.iter().any(|service| service.category == index))
}

/// Closes categories with all that is in them: those asked anew, and those that the record does not grant.
fn close_categories(config: &Config, choices: &mut Choices, closed: impl Fn(&str) -> bool) {
    for (index, category) in config.categories.iter().enumerate() {
        if closed(&category.id) {
            choices.set(config, Switch::Category(index), false);
        }
    }
}
