//! The edge: the only code that touches the browser. One concern a file; none of them decides anything.
//!
//! Whatever the page, the visitor or an extension can break (storage, a named element, a script that throws) becomes a
//! value here and never a panic.

#[cfg(feature = "diagnosis")]
pub mod audit;
pub mod cookies;
pub mod document;
pub mod from_js;
pub mod gate;
pub mod host;
pub(crate) mod names;
pub mod object;
pub mod purge;
pub mod receipts;
pub mod slot;
pub mod storage;
pub mod vendor;
