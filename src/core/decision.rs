//! What a visitor chose: one answer for every category and every service.
//!
//! [`Choices`] are answers, by whomever: the draft in the settings, a proposal of the page. A [`Decision`] is an act of
//! the visitor, and one that grants anything can only be made from a notice that was shown ([`ShownNotice`]).

use super::config::Config;
use super::pile::Pile;
use super::value::{Value, Words};

/// An answer for every configured id, categories first. A service that is on has its category on; a category that has
/// services and is on has at least one of them on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choices(&'static Pile<bool>);

impl Choices {
    /// The same answer for everything.
    #[inline(never)]
    pub fn every(config: &Config, answer: bool) -> Choices {
        let mut answers = Pile::new();
        for _ in 0..config.len() {
            answers.push(answer);
        }
        Choices(Box::leak(Box::new(answers)))
    }

    /// Exactly these ids, the rest refused: a service brings its category, a category none of whose services is named
    /// brings them all.
    ///
    /// # Errors
    ///
    /// The first id that the configuration does not know.
    pub fn only(config: &Config, ids: &'static [Value]) -> Result<Choices, Words> {
        let mut choices = Choices::every(config, false);
        for of_services in &[true, false] {
            for id in ids {
                let index = config.index_of(&id.words()).ok_or(id.words())?;
                if config.service(index).is_some() == *of_services && !choices.is_on(index) {
                    choices = choices.with(config, index, true);
                }
            }
        }
        Ok(choices)
    }

    /// With one answer set and what follows from it: a category takes its services along, a service that goes on brings
    /// its category, the last service that goes off turns the category off.
    #[must_use]
    #[inline(never)]
    pub fn with(self, config: &Config, index: usize, on: bool) -> Choices {
        let category = config.service(index).map(|service| service.category);
        let mut answers = Pile::of(self.0);
        let mut any = false;
        for (place, answer) in answers.iter_mut().enumerate() {
            let of = config.service(place).map(|service| service.category);
            if place == index || of == Some(index) {
                *answer = on;
            }
            if of.is_some() && of == category {
                any |= *answer;
            }
        }
        if let Some(answer) = category.and_then(|category| answers.get_mut(category)) {
            *answer = any;
        }
        Choices(Box::leak(Box::new(answers)))
    }

    /// The answer for the id with this index ([`Config::id`]).
    #[inline(never)]
    pub fn is_on(self, index: usize) -> bool {
        self.0.get(index) == Some(&true)
    }

    /// Whether anything is on.
    #[inline(never)]
    pub fn any(self) -> bool {
        self.0.iter().any(|answer| *answer)
    }

    /// Whether everything is on.
    pub fn all(self) -> bool {
        self.0.iter().all(|answer| *answer)
    }
}

/// Proof that the notice stood before the visitor in this document. Only [`super::update`] makes one, when the browser
/// reports that a layer is in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownNotice {
    _private: (),
}

impl ShownNotice {
    /// The browser has put a layer with the notice into the page.
    pub(super) fn reported() -> ShownNotice {
        ShownNotice { _private: () }
    }
}

/// How a decision was made; its name in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method(Words);

impl Method {
    /// The control that grants everything.
    pub const ACCEPT: Method = Method(Words::at(&"accept"));
    /// The control that refuses everything.
    pub const REJECT: Method = Method(Words::at(&"reject"));
    /// The switches as they stood.
    pub const SAVE: Method = Method(Words::at(&"save"));
    /// The withdrawal of what was granted.
    pub const WITHDRAW: Method = Method(Words::at(&"withdraw"));
    /// A call of the page, after the notice was shown.
    pub const API: Method = Method(Words::at(&"api"));

    /// Its name in the record.
    pub fn name(self) -> Words {
        self.0
    }
}

/// Whether a decision by the method of this name can have this outcome: a refusal grants nothing, an acceptance something.
pub fn method_agrees(name: Words, anything_granted: bool) -> bool {
    let refuses = name == Method::REJECT.0 || name == Method::WITHDRAW.0;
    name == Method::SAVE.0
        || name == Method::API.0
        || name == Method::ACCEPT.0 && anything_granted
        || refuses && !anything_granted
}

/// An act of the visitor: the answers, and how they were given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    choices: Choices,
    method: Method,
}

impl Decision {
    /// Any answers, given with the notice in view.
    pub fn informed(_notice: ShownNotice, choices: Choices, method: Method) -> Decision {
        Decision { choices, method }
    }

    /// A refusal of everything, which needs no notice: it only takes away.
    pub fn refusal(config: &Config, method: Method) -> Decision {
        Decision {
            choices: Choices::every(config, false),
            method,
        }
    }

    /// The answers.
    pub fn choices(self) -> Choices {
        self.choices
    }

    /// How they were given.
    pub fn method(self) -> Method {
        self.method
    }
}
