//! What the program `kelisim` does for site owners, on their own machine or under Node. [`advice`] and [`base`] are for pages
//! too, [`audit`] and [`inspection`] are for pages alone, and [`offer`] and [`found`] for the configurator.
//!
//! What is said of a configuration here is what will happen in the page, because both come of the same compiler.

pub mod advice;
pub mod audit;
pub mod base;
#[cfg(feature = "program")]
pub mod build;
#[cfg(feature = "program")]
pub mod check;
#[cfg(feature = "program")]
pub mod content_security_policy;
#[cfg(feature = "program")]
pub mod declaration;
#[cfg(feature = "program")]
mod disk;
#[cfg(feature = "program")]
pub mod distribution;
// Its pictures need a browser of this machine.
#[cfg(all(feature = "program", not(target_arch = "wasm32")))]
pub mod evidence;
#[cfg(feature = "program")]
pub mod files;
#[cfg(feature = "program")]
pub mod first_layer;
#[cfg(feature = "program")]
pub mod found;
pub mod inspection;
#[cfg(feature = "program")]
mod locate;
#[cfg(feature = "program")]
pub mod migrate;
#[cfg(feature = "program")]
pub mod notice;
#[cfg(feature = "program")]
pub mod offer;
#[cfg(feature = "program")]
pub mod program;
#[cfg(feature = "program")]
pub mod register;
#[cfg(feature = "program")]
pub mod snippet;
#[cfg(feature = "program")]
mod syntax;
#[cfg(feature = "program")]
mod weight;
