//! What a visitor consented to: answers, decisions, records, and what they permit at a moment.
//!
//! The types hold the invariants of the design. A [`Decision`] that grants needs a [`ShownNotice`]; a [`Record`] is made
//! from a decision or read from what passed every rule of the contract; [`Permissions`] come out of [`standing()`] and
//! of nothing else, so nothing is permitted without a valid record. It must not know how anything is started, stored or
//! shown.

mod by_id;
mod choices;
mod code;
mod decision;
mod found;
mod gate;
mod hash;
mod history;
mod id;
mod json;
mod mirror;
mod number;
pub mod purge;
mod receipt;
mod record;
mod standing;
mod timestamp;

pub use by_id::ById;
pub use choices::Choices;
pub use decision::{Decision, Method, Refusal, ShownNotice};
pub use found::{Found, Kept, Stored};
pub use gate::{Misnaming, Verdict, categories_of, verdict};
pub use history::Entry;
pub use id::{CategoryId, Id, LanguageId, NECESSARY, ServiceId};
pub use mirror::{MIRROR_NAME, Mirror, decoded};
pub use receipt::Receipt;
pub use record::{Circumstances, Record};
pub use standing::{Permissions, Standing, is_covered_by_signal, standing};
pub use timestamp::{Date, Days, Timestamp};

pub(crate) use json::{Object, string};
pub(crate) use number::push_number;
