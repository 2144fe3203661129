//! The owner's tool: what `kelisim` does on the command line. It uses the same core as the visitor's script, so that
//! what it says about a configuration is what will happen in the page. Native only: nothing here ships to a visitor.

mod advice;
pub mod check;
pub mod distribution;
pub mod files;
pub mod first_layer;
pub mod included;
pub mod literals;
mod locate;
pub mod notice;
pub mod pack;
pub mod schema;
mod syntax;
