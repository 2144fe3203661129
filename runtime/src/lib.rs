//! The pure half of Kelisim's runtime: what a visitor's consent is, and what follows in a page from what happens there.
//!
//! [`consent`] knows decisions, records and what they permit. [`visit`] holds what is true in one document and answers
//! each event with effects, which the browser's edge carries out. Neither names a browser, a clock or chance: whatever
//! comes from outside is handed in.

pub mod consent;
pub mod page;
pub mod visit;
