//! Draws a [`crate::core::view::View`] and sends the visitor's acts back as events. It decides nothing.
//!
//! [`root`], [`first_layer`], [`settings`], [`reopen`] and [`status`] make [`markup`] of a view, without a document;
//! `draw` brings the document in line with it, and `listen` hears what the visitor does there.

#[cfg(target_arch = "wasm32")]
pub mod draw;
pub mod first_layer;
#[cfg(target_arch = "wasm32")]
pub mod listen;
pub mod markup;
mod parts;
pub mod reopen;
pub mod root;
pub mod settings;
pub mod status;
