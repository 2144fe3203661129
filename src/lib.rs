//! Kelisim asks a visitor once, plainly, and loads nothing that tracks before the visitor says yes.
//!
//! How a visit flows through it:
//!
//! 1. `boot.js` instantiates the module and fetches the owner's configuration, or `start` is called with one.
//! 2. [`core::config`] checks it against the laws it names. Anything wrong: every problem is named, all stays closed.
//! 3. [`core::update::open`] reads the visitor's record and says where the visitor stands; `app` carries out what
//!    follows: draw the first layer, or start what was granted.
//! 4. The visitor acts. `ui` turns it into an event, [`core::update::update`] into a decision, a record and effects.
//! 5. `app` carries the effects out through `browser`: the record first, then the layer away, then vendors and the
//!    page's own gated elements, last the event for the page.
//!
//! [`core`] is pure and runs natively too, in the tests and in the owner's tool; `app`, `browser`, `exports` and what is
//! in [`ui`] exist only in the browser.

#[cfg(target_arch = "wasm32")]
mod allocator;
#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod core;
#[cfg(target_arch = "wasm32")]
pub mod exports;
#[cfg(not(target_arch = "wasm32"))]
pub mod owner;
pub mod ui;
