//! What the program asks of the machine that it runs on: the disk's files, where its build lies, which process it is.
//! Natively the standard library answers (`native.rs`), under Node what its JavaScript lends (`node.rs`, `node.js`).
//!
//! It must not decide what is read or written. Both halves have the same functions, each one step of a disk's, and their
//! errors read the same.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod node;

#[cfg(not(target_arch = "wasm32"))]
pub(super) use native::*;
#[cfg(target_arch = "wasm32")]
pub(super) use node::*;
