//! The core decides. It knows no browser, no clock and no chance: whatever it needs of them comes in as a value, and
//! whatever it wants done goes out as an [`update::Effect`]. It is the same code natively and in the visitor's script.

#[cfg(any(feature = "diagnosis", not(target_arch = "wasm32")))]
pub mod audit;
pub mod catalogue;
pub mod config;
pub mod decision;
pub mod gate;
pub mod json;
pub mod letters;
pub mod lifetime;
pub mod notice;
pub mod pile;
pub mod placeholders;
pub mod purge;
pub mod record;
pub mod standing;
pub mod state;
pub mod update;
pub mod value;
pub mod view;
