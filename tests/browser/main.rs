//! The browser edge, tested in a real browser.
#![cfg(target_arch = "wasm32")]
