//! What may start: permissions, and the verdict on an element of the page that waits for one.
//!
//! A [`Permissions`] is made from a visitor's record only, and everything is closed in one that was not. It must not
//! know how an element is started: that is the browser's part.

use super::config::Config;
use super::decision::Choices;
use super::standing::Standing;

/// The id of what needs no consent.
pub const NECESSARY: &str = "necessary";

/// What the visitor's record allows at this moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Permissions {
    choices: Choices,
}

impl Permissions {
    /// What holds of a record under today's configuration; without a record, nothing.
    pub fn of(standing: &Standing) -> Permissions {
        Permissions {
            choices: standing.choices().clone(),
        }
    }

    /// Whether an id is allowed: `necessary` always, a service with its category, nothing unknown (requirement G-03).
    pub fn allow(&self, config: &Config, id: &str) -> bool {
        id == NECESSARY || config.index_of(id).is_some_and(|index| self.choices.is_on(index))
    }

    /// The answers that these permissions were made from.
    pub fn choices(&self) -> &Choices {
        &self.choices
    }
}

/// What is to be done with an element that waits for a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Start it.
    Open,
    /// Leave it as it is.
    Closed,
    /// Leave it as it is, and say why once: the code of a message.
    Misnamed(&'static str),
}

/// The verdict on an element with `data-category` and perhaps `data-service`. Both must be known, agree with the
/// configuration and be granted (requirement G-03).
pub fn verdict(config: &Config, permissions: &Permissions, category: &str, service: Option<&str>) -> Verdict {
    if category == NECESSARY {
        return Verdict::Misnamed("necessaryIsNotGated");
    }
    let Some(index) = config.categories.iter().position(|known| known == category) else {
        return Verdict::Misnamed("unknownCategory");
    };
    let id = match service {
        None => category,
        Some(id) => match config.services.iter().find(|service| service.id == id) {
            None => return Verdict::Misnamed("unknownService"),
            Some(service) if service.category != index => return Verdict::Misnamed("serviceOfAnotherCategory"),
            Some(_) => id,
        },
    };
    if permissions.allow(config, id) {
        Verdict::Open
    } else {
        Verdict::Closed
    }
}
