//! The tag of a language in the schema of a configuration: the key of what an owner writes for each language.
//!
//! It must not know which languages there are: they are files, and the schema is told of them when it is made.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// The tag of a language, as BCP 47 has it.
pub(crate) struct LanguageTag;

impl LanguageTag {
    /// The form of a tag. In an object of the schema it marks the keys for which the languages come in.
    pub(crate) const PATTERN: &'static str = "^[A-Za-z0-9-]+$";
}

impl JsonSchema for LanguageTag {
    fn schema_name() -> Cow<'static, str> {
        "LanguageTag".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": LanguageTag::PATTERN })
    }
}
