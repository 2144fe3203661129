//! What the browser's edge reports.

use super::act::{Act, Press};
use crate::consent::{Circumstances, Id, LanguageId, Stored, Timestamp};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A layer with the notice stands in the document, or a placeholder, which tells who, where and what for.
    Shown,
    /// Somebody decided.
    Act {
        /// Who, and what.
        act: Act,
        /// When, and with what chance.
        at: Circumstances,
    },
    /// The loader hands over the visitor's last press, once: a refusal at any time, anything else after the layer was taken
    /// over and [`Shown`](Event::Shown).
    Kept {
        /// What was pressed.
        press: Press,
        /// When it is handed over, and with what chance.
        at: Circumstances,
    },
    /// The settings are to open.
    OpenSettings,
    /// The settings were closed: that decides nothing, and discards the draft.
    CloseSettings,
    /// A switch in the settings was turned.
    Switched {
        /// The category or service.
        id: Id,
        /// Its new state.
        on: bool,
    },
    /// The visitor or the page wants another language.
    Speak(LanguageId),
    /// The settings' file of a language has come, and its hash was right.
    SettingsArrived {
        /// The language.
        language: LanguageId,
        /// What was decided meanwhile, also on another host of the scope, is the later decision.
        look: Look,
    },
    /// The settings' file of a language could not be had.
    SettingsFailed(LanguageId),
    /// The page asks for the first layer: `show()`.
    Recalled,
    /// An element of the page that waited for this was started.
    Ran(Id),
    /// What lies in the browser changed, or may have: another tab decided, the page came back into view or out of the
    /// back-forward cache.
    Looked(Look),
    /// The page has painted since [`Effect::Yield`](super::Effect::Yield). It may have lain in the back-forward cache meanwhile.
    Painted(Look),
}

/// A look at what lies in the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What lies there now.
    pub stored: Stored,
    /// When.
    pub now: Timestamp,
    /// The visitor has edited a form control of this page.
    pub edited: bool,
}
