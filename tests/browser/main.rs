//! The browser edge, tested in a real browser: each case with its twin, where the thing is denied or fails.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod document;
mod gate;
mod page;
mod reading;
mod visit;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
