//! The pure core and the owner's tool, tested without a browser.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod audit;
mod catalogue;
mod catalogue_steps;
mod config;
mod corpus;
mod dates;
mod fetched;
mod hash;
mod life;
mod markup;
mod owner;
mod owner_pages;
mod record;
mod schema;
mod site;
mod texts;
mod time;
mod ui;
mod visit;
