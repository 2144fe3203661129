//! Consent and visit, tested without a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod dates;
mod guards;
mod life;
mod record;
mod settings;
mod signals;
mod site;
mod sites;
mod superseded;
mod tabs;
mod time;
mod visit;
