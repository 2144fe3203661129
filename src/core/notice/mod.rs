//! What the visitor is told: disclosure items, texts per language, dates, and the hash that binds a record to them.

pub mod texts;
