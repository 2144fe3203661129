//! What a visitor chose: one answer for every category and every service.
//!
//! [`Choices`] are answers, by whomever: the draft in the settings, a proposal of the page. A [`Decision`] is an act of
//! the visitor, and one that grants anything can only be made from a notice that was shown ([`ShownNotice`]).

use super::config::Config;

/// An answer for every configured id. A service that is on has its category on; a category that has services and is on
/// has at least one of them on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    categories: Vec<bool>,
    services: Vec<bool>,
}

impl Choices {
    /// Everything refused.
    pub fn none(config: &Config) -> Choices {
        Choices {
            categories: vec![false; config.categories.len()],
            services: vec![false; config.services.len()],
        }
    }

    /// Everything granted.
    pub fn all(config: &Config) -> Choices {
        Choices {
            categories: vec![true; config.categories.len()],
            services: vec![true; config.services.len()],
        }
    }

    /// Exactly these ids, the rest refused: a service brings its category, a category none of whose services is named
    /// brings them all. `Err` holds the first id that the configuration does not know.
    pub fn only<'a>(config: &Config, ids: &'a [String]) -> Result<Choices, &'a str> {
        let mut choices = Choices::none(config);
        let (mut categories, mut services) = (Vec::new(), Vec::new());
        for id in ids {
            match Switch::of(config, id) {
                Some(Switch::Category(index)) => categories.push(index),
                Some(Switch::Service(index)) => services.push(index),
                None => return Err(id),
            }
        }
        for index in services {
            choices.set(config, Switch::Service(index), true);
        }
        for index in categories {
            if choices.categories.get(index) == Some(&false) {
                choices.set(config, Switch::Category(index), true);
            }
        }
        Ok(choices)
    }

    /// Sets one switch and what follows from it: a category takes its services along, a service that goes on brings its
    /// category, the last service that goes off turns the category off.
    pub fn set(&mut self, config: &Config, switch: Switch, on: bool) {
        match switch {
            Switch::Category(index) => {
                assign(&mut self.categories, index, on);
                for (state, service) in self.services.iter_mut().zip(&config.services) {
                    if service.category == index {
                        *state = on;
                    }
                }
            }
            Switch::Service(index) => {
                assign(&mut self.services, index, on);
                if let Some(category) = config.services.get(index).map(|service| service.category) {
                    let any = self
                        .services
                        .iter()
                        .zip(&config.services)
                        .any(|(on, service)| *on && service.category == category);
                    assign(&mut self.categories, category, any);
                }
            }
        }
    }

    /// Whether a category is on.
    pub fn category(&self, index: usize) -> bool {
        self.categories.get(index) == Some(&true)
    }

    /// Whether a service is on, which its category then is too.
    pub fn service(&self, index: usize) -> bool {
        self.services.get(index) == Some(&true)
    }

    /// Whether the switch is on.
    pub fn is_on(&self, switch: Switch) -> bool {
        match switch {
            Switch::Category(index) => self.category(index),
            Switch::Service(index) => self.service(index),
        }
    }

    /// Whether anything is on.
    pub fn any(&self) -> bool {
        self.categories.contains(&true) || self.services.contains(&true)
    }

    /// The ids that are on here and not in `other`, categories first.
    pub fn beyond(&self, other: &Choices, config: &Config) -> Vec<String> {
        Switch::every(config)
            .filter(|(switch, _)| self.is_on(*switch) && !other.is_on(*switch))
            .map(|(_, id)| String::from(id))
            .collect()
    }
}

fn assign(states: &mut [bool], index: usize, on: bool) {
    if let Some(state) = states.get_mut(index) {
        *state = on;
    }
}

/// What one switch in the settings stands for, by its place in the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// A category.
    Category(usize),
    /// A service.
    Service(usize),
}

impl Switch {
    /// The switch that an id names.
    pub fn of(config: &Config, id: &str) -> Option<Switch> {
        Switch::every(config)
            .find(|(_, known)| *known == id)
            .map(|(switch, _)| switch)
    }

    /// Every switch with its id, categories first.
    pub fn every(config: &Config) -> impl Iterator<Item = (Switch, &str)> {
        let categories = config
            .categories
            .iter()
            .enumerate()
            .map(|(index, category)| (Switch::Category(index), &*category.id));
        categories.chain(
            config
                .services
                .iter()
                .enumerate()
                .map(|(index, service)| (Switch::Service(index), &*service.id)),
        )
    }
}

/// Proof that the notice stood before the visitor in this document. Only [`super::update`] makes one, when the browser
/// reports that a layer is in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Every method with its name in the record.
    const NAMES: [(Method, &'static str); 5] = [
        (Method::Accept, "accept"),
        (Method::Reject, "reject"),
        (Method::Save, "save"),
        (Method::Withdraw, "withdraw"),
        (Method::Api, "api"),
    ];

    /// Its name in the record.
    pub fn name(self) -> &'static str {
        Method::NAMES
            .iter()
            .find(|(method, _)| *method == self)
            .map_or("", |(_, name)| name)
    }

    /// The method that a record names.
    pub fn from_name(name: &str) -> Option<Method> {
        Method::NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(method, _)| *method)
    }

    /// Whether a decision by this method can have this outcome: a refusal grants nothing, an acceptance something.
    pub fn agrees_with(self, anything_granted: bool) -> bool {
        match self {
            Method::Accept => anything_granted,
            Method::Reject | Method::Withdraw => !anything_granted,
            Method::Save | Method::Api => true,
        }
    }
}

/// An act of the visitor: the answers, and how they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
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
            choices: Choices::none(config),
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
