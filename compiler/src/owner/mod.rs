//! What the program `kelisim` does for site owners, on their own machine. [`advice`] and [`base`] are for pages too, and
//! [`audit`] is for pages alone.
//!
//! What is said of a configuration here is what will happen in the page, because both come of the same compiler.

pub mod advice;
pub mod audit;
pub mod base;
#[cfg(not(target_arch = "wasm32"))]
pub mod build;
#[cfg(not(target_arch = "wasm32"))]
pub mod check;
#[cfg(not(target_arch = "wasm32"))]
pub mod content_security_policy;
#[cfg(not(target_arch = "wasm32"))]
pub mod distribution;
#[cfg(not(target_arch = "wasm32"))]
pub mod evidence;
#[cfg(not(target_arch = "wasm32"))]
pub mod files;
#[cfg(not(target_arch = "wasm32"))]
pub mod first_layer;
#[cfg(not(target_arch = "wasm32"))]
mod locate;
#[cfg(not(target_arch = "wasm32"))]
pub mod notice;
#[cfg(not(target_arch = "wasm32"))]
pub mod register;
#[cfg(not(target_arch = "wasm32"))]
pub mod snippet;
#[cfg(not(target_arch = "wasm32"))]
mod syntax;
#[cfg(not(target_arch = "wasm32"))]
mod weight;
