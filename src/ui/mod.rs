//! Draws what [`crate::core::view`] says and sends the visitor's acts back as events. It decides nothing.
//!
//! `draw` brings the document in line with the view, `embed` shows what waits in the page itself, and `listen` hears what
//! the visitor does there.

#[cfg(target_arch = "wasm32")]
pub mod draw;
#[cfg(target_arch = "wasm32")]
pub mod embed;
#[cfg(target_arch = "wasm32")]
pub mod listen;
