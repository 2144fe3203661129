//! What the browser's edge carries out, one after the other, in the order in which it is told.

use std::rc::Rc;

use kelisim_site::{Site, Status};

use super::act::Reply;
use super::notification::Notification;
use super::vendors::VendorContext;
use crate::consent::{Id, LanguageId, Method, Permissions, Receipt, Record, ServiceId};

/// Something for the browser to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Keep this record.
    StoreRecord(Box<Record>),
    /// Assign this to `document.cookie`: it shares the choice with the other hosts of the scope. Read it back.
    Mirror(String),
    /// Take the first layer out of the page and close the settings: somebody decided.
    RemoveLayers,
    /// Let the page paint. [`Event::Painted`](super::Event::Painted) brings the rest, in a task of its own.
    Yield,
    /// Carry out the steps that stop a service ([`steps_to_stop`](super::steps_to_stop)).
    Stop(ServiceId, Rc<VendorContext>),
    /// Set a service's kill flags on `window` (requirement M-03).
    SetFlags(ServiceId),
    /// Remove a service's kill flags from `window`.
    ClearFlags(ServiceId),
    /// Stop the elements of the page that run and are not allowed any more, and give their placeholders back (requirement P-04).
    DeactivateElements,
    /// Tell Google's consent mode: per consent type, whether it is granted. Never empty.
    UpdateConsent(Vec<(String, bool)>),
    /// Remove what is stored by services that are not granted, and shorten the cookies of the others (requirements W-03, V-05).
    Purge,
    /// Carry out the steps that start a service, which the visitor granted ([`steps_to_start`](super::steps_to_start)).
    Start(ServiceId, Rc<VendorContext>),
    /// Start the page's own elements that are allowed now, and put a placeholder where an embed waits.
    ActivateElements,
    /// Dispatch a DOM event on `window`.
    Dispatch(Notification),
    /// Send the owner this receipt, and those that wait.
    SendReceipt(Box<Receipt>),
    /// Send the owner the receipts that wait.
    RetryReceipts,
    /// Answer a call of the page: with the record, or with `null`.
    Reply(Reply, Answer),
    /// Load the page anew, so that what ran no longer does.
    Reload,
    /// Get the settings' file of a language; [`Event::SettingsArrived`](super::Event::SettingsArrived) or
    /// [`Event::SettingsFailed`](super::Event::SettingsFailed) answers.
    FetchSettings(LanguageId),
    /// Have the first layer stand in the page, with these asked; take over the one that the loader shows. Then
    /// [`Event::Shown`](super::Event::Shown).
    ShowFirstLayer {
        /// What it lists.
        asked: Vec<Id>,
    },
    /// Take the first layer out of the page: there is nothing to ask.
    RemoveFirstLayer,
    /// Have the settings stand open, with their switches as in the draft. Then [`Event::Shown`](super::Event::Shown).
    OpenSettings,
    /// Close the settings.
    CloseSettings,
    /// Put the HTML of this language in the place of what is shown, placeholders too. Open settings and focus stay.
    Speak(LanguageId),
    /// Bring places, conditions and switches of whatever is shown in line with the state ([`text_of`](super::text_of),
    /// [`is_there`](super::is_there)).
    FillPlaces,
    /// Say in the status line what became of a decision (WCAG 4.1.3).
    Announce(Outcome),
    /// Put the focus on the control that stays, unless something of the page's has it.
    FocusReopen,
    /// One line on the console.
    Complain(Complaint),
}

/// What a call of the page is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The record of its decision.
    Record,
    /// `null`: nothing was decided.
    Null,
}

/// What the status line tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was granted.
    Accepted,
    /// Everything was refused.
    Rejected,
    /// The switches were stored.
    Saved,
    /// The consent was withdrawn.
    Withdrawn,
    /// What the visitor pressed came to nothing, because the settings could not be had (requirement P-15).
    Unavailable,
}

impl Outcome {
    /// What a decision by this method, which allows this, has come to.
    pub(super) fn of(method: Method, permissions: &Permissions) -> Outcome {
        if method == Method::Withdraw {
            Outcome::Withdrawn
        } else if !permissions.any() {
            Outcome::Rejected
        } else if permissions.are_all() {
            Outcome::Accepted
        } else {
            Outcome::Saved
        }
    }

    /// It in the words of a language.
    pub fn words(self, status: &Status) -> &str {
        match self {
            Outcome::Accepted => &status.accepted,
            Outcome::Rejected => &status.rejected,
            Outcome::Saved => &status.saved,
            Outcome::Withdrawn => &status.withdrawn,
            Outcome::Unavailable => &status.unavailable,
        }
    }
}

/// What the console is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Complaint {
    /// What lies under Kelisim's key is no record.
    RecordIgnored,
    /// The page named something that the site does not know.
    UnknownId(String),
    /// A page alone grants nothing: no notice was shown in this document, or a signal answers.
    NoticeNotShown,
    /// The settings' file of a language could not be had: nobody is asked, and nothing is granted.
    SettingsUnavailable(LanguageId),
}

impl Complaint {
    /// The code of a line on the console.
    pub fn code(&self) -> &'static str {
        match self {
            Complaint::RecordIgnored => "recordIgnored",
            Complaint::UnknownId(_) => "unknownId",
            Complaint::NoticeNotShown => "noticeNotShown",
            Complaint::SettingsUnavailable(_) => "noticeUnavailable",
        }
    }

    /// What it is about; empty where the code says it all.
    pub fn about<'a>(&'a self, site: &'a Site) -> &'a str {
        match self {
            Complaint::UnknownId(name) => name,
            Complaint::SettingsUnavailable(language) => language.of(site).map_or("", |language| &language.tag),
            Complaint::RecordIgnored | Complaint::NoticeNotShown => "",
        }
    }
}
