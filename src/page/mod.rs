//! The browser edge of Kelisim's runtime: what a page can do, one concern a file. It carries out what the core says and
//! tells it what happened; it decides nothing, and nothing that a page breaks or denies ends it.

mod activation;
pub mod address;
pub mod aliases;
pub mod clock;
pub mod consent_mode;
pub mod console;
pub mod cookies;
pub mod document;
pub mod element;
mod embed;
pub mod events;
pub mod frames;
pub mod gate;
pub mod javascript;
pub mod late;
pub mod purge;
pub mod reading;
pub mod receipts;
pub(crate) mod resources;
mod script;
pub mod signals;
pub mod storage;
pub mod tabs;
pub mod vendors;
