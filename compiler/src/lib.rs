//! The compiler of Kelisim: what an owner wrote becomes what a site serves.
//!
//! `site.json` → [`config`] reads and checks it, with the rules of [`law`] → [`description`] puts the owner's words over
//! the vendors of the [`catalogue`] → [`notice`] says it in each of the [`languages`] → [`layers`] draws that by the
//! templates → [`compile()`] makes the site of it, which `kelisim-site` describes → [`bundle`](bundle::bundle) makes of
//! that and the runtime's files what the site serves. [`owner`] is what the program `kelisim` does for people.
//!
//! Where is …
//!
//! | | |
//! |---|---|
//! | a key of `site.json` | the `read` of its type in [`config`]; of the document, in `config/mod.rs` |
//! | a rule of a value | a file of its own in [`config`]: `country.rs`, `lifetime.rs` |
//! | a rule of a law | its file in [`law`]: `kz.rs`, `gdpr.rs`; where it bites, `needed_under(Demand::…)` in [`config`]; words that press, in `law/wording.rs` |
//! | a sentence about a problem | `config/messages/`, one file a language |
//! | a word of the notice | the language's file in [`languages`], its place in `notice/tell.rs`, its element in `templates/` |
//! | a file that a site serves | [`mod@bundle`] |
//! | a vendor | its file in [`catalogue`] |
//! | the schema for editors | [`schema`]: from the types of [`config`] |
//! | what pages and Node call | `wasm/` |

mod aliases;
pub mod bundle;
pub mod catalogue;
pub mod compile;
pub mod config;
pub mod description;
pub mod languages;
pub mod law;
pub mod layers;
pub mod notice;
pub mod owner;
pub mod schema;
mod terms;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use compile::{Compiled, compile};
