//! Draws a [`crate::core::view::View`] and sends the visitor's acts back as events. It decides nothing.
//!
//! [`root`], [`first_layer`], [`settings`], [`reopen`] and [`status`] make [`markup`] of a view, without a document.

pub mod first_layer;
pub mod markup;
mod parts;
pub mod reopen;
pub mod root;
pub mod settings;
pub mod status;
