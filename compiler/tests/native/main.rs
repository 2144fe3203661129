//! What the compiler makes of whole configurations.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod advice;
mod audit;
mod bundle;
mod cases;
mod command;
mod compiled;
mod dist;
mod evidence;
mod extension;
mod findings;
mod hostile;
mod house;
mod inspection;
mod messages;
mod migrate;
mod parity;
mod readme;
mod register;
mod schema;
mod served;
mod slips;
mod snippet;
mod sound;
