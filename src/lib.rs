//! Kelisim asks a visitor once, plainly, and loads nothing that tracks before the visitor says yes.

pub mod core;
pub mod ui;
