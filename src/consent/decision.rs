//! An act of the visitor: answers, and how they were given.
//!
//! Only a [`ShownNotice`] makes a decision that grants (requirement G-05); a refusal needs none, it only takes away. The
//! constructors leave no way to a method that contradicts its answers.

use kelisim_site::Site;
use serde::Deserialize;

use super::choices::Choices;

/// Proof that the notice stood before the visitor in this document, and can be read there as a whole. Only
/// [`crate::visit`] makes one, when the browser's edge has reported it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownNotice {
    _private: (),
}

impl ShownNotice {
    /// The edge has reported that the notice is in the page. A test holds that only `visit` calls this.
    pub(crate) fn reported() -> ShownNotice {
        ShownNotice { _private: () }
    }
}

/// How a decision was made; its name in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// The control that grants everything.
    Accept,
    /// The control that refuses everything.
    Reject,
    /// The switches as they stood, or one embed.
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

    /// Whether a decision by this method can have this outcome: a refusal grants nothing, an acceptance something.
    pub fn agrees_with(self, grants: bool) -> bool {
        match self {
            Method::Accept => grants,
            Method::Reject | Method::Withdraw => !grants,
            Method::Save | Method::Api => true,
        }
    }
}

/// How everything was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The control that refuses everything.
    Reject,
    /// The withdrawal of what was granted.
    Withdraw,
    /// The switches, all of them off.
    Save,
    /// A call of the page.
    Api,
}

impl Refusal {
    fn method(self) -> Method {
        match self {
            Refusal::Reject => Method::Reject,
            Refusal::Withdraw => Method::Withdraw,
            Refusal::Save => Method::Save,
            Refusal::Api => Method::Api,
        }
    }
}

/// An act of the visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    choices: Choices,
    method: Method,
}

impl Decision {
    /// Everything granted by the control for that, with the notice in view. A site that asks nothing has no such decision:
    /// it would grant nothing, and be a refusal.
    pub fn accept(site: &Site, _notice: ShownNotice) -> Option<Decision> {
        let choices = Choices::all(site);
        choices.any().then_some(Decision {
            choices,
            method: Method::Accept,
        })
    }

    /// Any answers, by the switches and with the notice in view.
    pub fn save(_notice: ShownNotice, choices: Choices) -> Decision {
        Decision {
            choices,
            method: Method::Save,
        }
    }

    /// Any answers, by a call of the page and with the notice in view.
    pub fn api(_notice: ShownNotice, choices: Choices) -> Decision {
        Decision {
            choices,
            method: Method::Api,
        }
    }

    /// Everything refused.
    pub fn refusal(site: &Site, refusal: Refusal) -> Decision {
        Decision {
            choices: Choices::none(site),
            method: refusal.method(),
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
