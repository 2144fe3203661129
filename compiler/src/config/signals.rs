//! Signals of the browser that count as a refusal.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use strum::{EnumString, VariantNames};

use super::choice::read_as_choice;
use super::reading::{Read, Reading};

/// Signals of the browser that count as a refusal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Signals {
    /// What Global Privacy Control refuses.
    #[schemars(extend("default" = "all"))]
    pub gpc: Option<Covers>,
    /// Whether Do Not Track counts like it. Absent: it does not.
    #[schemars(extend("default" = false))]
    pub dnt: Option<bool>,
}

/// What a signal refuses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, EnumString, VariantNames)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Covers {
    /// Everything optional.
    #[default]
    All,
    /// The category `marketing` only.
    Marketing,
}

read_as_choice!(Covers);

impl Read for Signals {
    const IS_OBJECT: bool = true;

    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Signals> {
        let mut object = reading.object(value);
        let gpc = object.optional("gpc");
        let dnt = object.optional("dnt");
        object.end();
        Some(Signals { gpc, dnt })
    }
}
