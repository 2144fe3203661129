//! What the recipes of `docs/recipes/` are tried on: a real WordPress with its database, and projects of real frameworks. They
//! are visited as [`visits`] does it.
//!
//! Nothing here knows how Kelisim is made. What a page needs of it was built by the program `kelisim`, or is the plugin as it
//! is packed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::missing_panics_doc)]

pub mod document;
pub mod programs;
pub mod site;
pub mod visitor;
pub mod wordpress;

/// Says what something was tried on, for the page that is filed.
pub fn tried_on(what: &str, version: &str) {
    println!("tried on: {what} {version}");
}
