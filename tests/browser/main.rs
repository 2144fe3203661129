//! The browser edge, tested in a real browser: each case with its twin, where the thing is denied or fails.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod clock;
mod cookies;
mod document;
mod events;
mod gate;
mod google;
mod page;
mod reading;
mod receipts;
mod signals;
mod storage;
mod tabs;
mod ui;
mod vendors;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
