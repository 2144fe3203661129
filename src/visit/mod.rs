//! What holds in one document, and what follows from what happens there.
//!
//! [`open`] makes the [`State`] of a document in which Kelisim starts; [`update`] answers each [`Event`] with effects, which
//! the browser's edge carries out in their order. Both are pure. The edge reports and carries out, and decides nothing.
//!
//! The order is a promise of the contract (design, section 2: on a decision). In the task of the click: the record, the
//! mirror, the layers away, [`Effect::Yield`]. When the page has painted, [`Event::Painted`] brings what was put off:
//! withdrawals before grants, the consent update before vendors, vendors before the page's own elements, then the page's
//! event; a page that has to load anew does so at the very end. What was superseded while it was put off is told to the
//! page and starts nothing.

mod act;
mod decide;
mod effect;
mod event;
mod follow;
mod google;
mod look;
mod notification;
mod open;
mod settings;
mod state;
mod update;
mod vendors;
mod view;

pub use act::{Act, Call, Control, Press, Reply};
pub use effect::{Answer, Complaint, Effect, Outcome};
pub use event::{Event, Look};
pub use notification::{Notification, ReadyStanding, Source};
pub use open::{BrowserSignals, Opening, open};
pub use settings::SettingsFile;
pub use state::{Page, State};
pub use update::update;
pub use vendors::{Resolved, VendorContext, steps_to_start, steps_to_stop};
pub use view::{Embed, is_there, text_of};
