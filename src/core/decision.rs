//! What a visitor chose: one answer for every category and every service.
//!
//! [`Choices`] are answers, by whomever: the draft in the settings, a proposal of the page. A [`Decision`] is an act of
//! the visitor, and one that grants anything can only be made from a notice that was shown ([`ShownNotice`]).

use super::config::Config;

/// An answer for every configured id, categories first. A service that is on has its category on; a category that has
/// services and is on has at least one of them on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    answers: Vec<bool>,
}

impl Choices {
    /// The same answer for everything.
    pub fn every(config: &Config, answer: bool) -> Choices {
        let mut answers = Vec::new();
        for _ in 0..config.len() {
            answers.push(answer);
        }
        Choices { answers }
    }

    /// Exactly these ids, the rest refused: a service brings its category, a category none of whose services is named
    /// brings them all.
    ///
    /// # Errors
    ///
    /// The first id that the configuration does not know.
    pub fn only(config: &Config, ids: &[String]) -> Result<Choices, String> {
        let mut choices = Choices::every(config, false);
        for of_services in &[true, false] {
            for id in ids {
                let index = config.index_of(id).ok_or_else(|| id.clone())?;
                if config.service(index).is_some() == *of_services && !choices.is_on(index) {
                    choices.set(config, index, true);
                }
            }
        }
        Ok(choices)
    }

    /// Sets one answer and what follows from it: a category takes its services along, a service that goes on brings its
    /// category, the last service that goes off turns the category off.
    pub fn set(&mut self, config: &Config, index: usize, on: bool) {
        let first_service = config.categories.len();
        let category = config.service(index).map(|service| service.category);
        assign(&mut self.answers, index, on);
        let mut any = false;
        for (number, service) in config.services.iter().enumerate() {
            if category == Some(service.category) {
                any |= self.is_on(first_service + number);
            } else if category.is_none() && service.category == index {
                assign(&mut self.answers, first_service + number, on);
            }
        }
        if let Some(category) = category {
            assign(&mut self.answers, category, any);
        }
    }

    /// The answer for the id with this index ([`Config::id`]).
    pub fn is_on(&self, index: usize) -> bool {
        self.answers.get(index) == Some(&true)
    }

    /// Whether anything is on.
    pub fn any(&self) -> bool {
        self.answers.contains(&true)
    }

    /// Whether everything is on.
    pub fn all(&self) -> bool {
        !self.answers.contains(&false)
    }
}

fn assign(answers: &mut [bool], index: usize, on: bool) {
    if let Some(answer) = answers.get_mut(index) {
        *answer = on;
    }
}

/// Proof that the notice stood before the visitor in this document. Only [`super::update`] makes one, when the browser
/// reports that a layer is in the page.
#[derive(Debug, PartialEq, Eq)]
pub struct ShownNotice {
    _private: (),
}

impl ShownNotice {
    /// The browser has put a layer with the notice into the page.
    pub(super) fn reported() -> ShownNotice {
        ShownNotice { _private: () }
    }
}

/// How a decision was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The control that grants everything.
    Accept,
    /// The control that refuses everything.
    Reject,
    /// The switches as they stood.
    Save,
    /// The withdrawal of what was granted.
    Withdraw,
    /// A call of the page, after the notice was shown.
    Api,
}

impl Method {
    /// Its name in the record.
    pub fn name(self) -> &'static str {
        match self {
            Method::Accept => "accept",
            Method::Reject => "reject",
            Method::Save => "save",
            Method::Withdraw => "withdraw",
            Method::Api => "api",
        }
    }
}

/// Whether a decision by the method of this name can have this outcome: a refusal grants nothing, an acceptance something.
pub fn method_agrees(name: &str, anything_granted: bool) -> bool {
    match name {
        "accept" => anything_granted,
        "reject" | "withdraw" => !anything_granted,
        _ => matches!(name, "save" | "api"),
    }
}

/// An act of the visitor: the answers, and how they were given.
#[derive(Debug, PartialEq, Eq)]
pub struct Decision {
    choices: Choices,
    method: Method,
}

impl Decision {
    /// Any answers, given with the notice in view.
    pub fn informed(_notice: &ShownNotice, choices: Choices, method: Method) -> Decision {
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
    pub fn choices(&self) -> &Choices {
        &self.choices
    }

    /// How they were given.
    pub fn method(&self) -> Method {
        self.method
    }
}
