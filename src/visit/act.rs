//! Acts of deciding: by a control of Kelisim, which is the visitor, or by a call of the page, which is not.

use crate::consent::{Id, LanguageId, Refusal};

/// Number of a promise that the page holds.
pub type Reply = u32;

/// An act of deciding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The visitor used a control of Kelisim.
    Control(Control),
    /// A script of the page used one: the page's act, for whose outcome nobody waits.
    Script(Control),
    /// The page called, and waits for the outcome.
    Page(Call, Reply),
}

/// A control of Kelisim, or an element of the page that stands for one (`reject` and `withdraw`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Grant everything.
    Accept,
    /// Refuse everything.
    Reject,
    /// Store the switches as they stand.
    Save,
    /// Take back what was granted.
    Withdraw,
    /// Grant this on top of what holds: the control of an embed's placeholder.
    Also(Id),
}

/// A call of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// `accept()`: grant everything.
    Accept,
    /// `accept(ids)`: grant exactly these, refuse the rest.
    Only(Vec<String>),
    /// `reject()`: refuse everything.
    Reject,
    /// `withdraw()`: take back what was granted.
    Withdraw,
}

/// The visitor's last press on a first layer that was there before the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Grant everything.
    Accept,
    /// Refuse everything.
    Reject,
    /// Open the settings.
    Settings,
    /// Read in another language.
    Language(LanguageId),
}

impl Act {
    /// Who waits for the outcome.
    pub(super) fn reply(&self) -> Option<Reply> {
        match self {
            Act::Control(_) | Act::Script(_) => None,
            Act::Page(_, reply) => Some(*reply),
        }
    }

    /// What it is where it grants nothing.
    pub(super) fn refusal(&self) -> Refusal {
        match self {
            Act::Control(Control::Withdraw) | Act::Script(Control::Withdraw) | Act::Page(Call::Withdraw, _) => {
                Refusal::Withdraw
            }
            Act::Control(Control::Reject) => Refusal::Reject,
            Act::Control(_) => Refusal::Save,
            Act::Script(_) | Act::Page(..) => Refusal::Api,
        }
    }

    /// Whether it leaves what was answered before as it is, and only adds to it.
    pub(super) fn only_adds(&self) -> bool {
        matches!(self, Act::Control(Control::Also(_)) | Act::Script(Control::Also(_)))
    }
}
