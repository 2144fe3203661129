//! Draws a [`crate::core::view::View`] and sends the visitor's acts back as events. It decides nothing.
