//! What may start: permissions, and the verdict on an element of the page that waits for one.
//!
//! A [`Permissions`] is made from a visitor's record only, and everything is closed in one that was not. It must not
//! know how an element is started: that is the browser's part.

use super::config::Config;
use super::decision::{Choices, Switch};
use super::notice::dates::Moment;
use super::record::Record;
use super::standing::standing;

/// The id of what needs no consent.
pub const NECESSARY: &str = "necessary";

/// What the visitor's record allows at this moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Permissions {
    choices: Choices,
}

impl Permissions {
    /// What a record allows under today's configuration.
    pub fn of(record: &Record, config: &Config, now: Moment) -> Permissions {
        Permissions {
            choices: standing(config, Some(record), now).choices,
        }
    }

    /// Whether an id is allowed: `necessary` always, a service with its category, nothing unknown (requirement G-03).
    pub fn allow(&self, config: &Config, id: &str) -> bool {
        id == NECESSARY || Switch::of(config, id).is_some_and(|switch| self.choices.is_on(switch))
    }

    /// Whether a service may run.
    pub fn service(&self, index: usize) -> bool {
        self.choices.service(index)
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
    let Some(index) = config.categories.iter().position(|known| known.id == category) else {
        return Verdict::Misnamed("unknownCategory");
    };
    let Some(id) = service else {
        return open_when(permissions.choices.category(index));
    };
    match config.services.iter().position(|known| known.id == id) {
        None => Verdict::Misnamed("unknownService"),
        Some(known)
            if config
                .services
                .get(known)
                .is_some_and(|service| service.category != index) =>
        {
            Verdict::Misnamed("serviceOfAnotherCategory")
        }
        Some(known) => open_when(permissions.service(known)),
    }
}

fn open_when(granted: bool) -> Verdict {
    if granted { Verdict::Open } else { Verdict::Closed }
}
