//! What may start: permissions, and the verdict on an element of the page that waits for one.
//!
//! A [`Permissions`] is made from a visitor's record only, and everything is closed in one that was not. It must not
//! know how an element is started: that is the browser's part.

use super::config::Config;
use super::decision::Choices;
use super::letters::same;
use super::standing::Standing;
use super::value::Words;

/// The id of what needs no consent.
pub const NECESSARY: &str = "necessary";

/// What the visitor's record allows at this moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Permissions {
    choices: Choices,
}

impl Permissions {
    /// What holds of a record under today's configuration; without a record, nothing.
    pub fn of(standing: &Standing) -> Permissions {
        Permissions {
            choices: standing.choices(),
        }
    }

    /// Whether an id is allowed: `necessary` always, a service with its category, nothing unknown (requirement G-03).
    #[inline(never)]
    pub fn allow(self, config: &Config, id: &str) -> bool {
        same(id, NECESSARY) || config.index_of(id).is_some_and(|index| self.choices.is_on(index))
    }

    /// The answers that these permissions were made from.
    pub fn choices(self) -> Choices {
        self.choices
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
    Misnamed(Words),
}

/// The verdict on an element with `data-category` and perhaps `data-service`. Both must be known, agree with the
/// configuration and be granted (requirement G-03).
pub fn verdict(config: &Config, permissions: Permissions, category: Words, service: Option<Words>) -> Verdict {
    if category.are(NECESSARY) {
        return Verdict::Misnamed(Words::at(&"necessaryIsNotGated"));
    }
    let first_service = config.categories.len();
    let index = match config.index_of(&category) {
        Some(index) if index < first_service => index,
        _ => return Verdict::Misnamed(Words::at(&"unknownCategory")),
    };
    if let Some(id) = service {
        match config.index_of(&id).and_then(|index| config.service(index)) {
            None => return Verdict::Misnamed(Words::at(&"unknownService")),
            Some(service) if service.category != index => {
                return Verdict::Misnamed(Words::at(&"serviceOfAnotherCategory"));
            }
            Some(_) => {}
        }
    }
    if permissions.allow(config, &service.unwrap_or(category)) {
        Verdict::Open
    } else {
        Verdict::Closed
    }
}
