//! Which category grants which of Google's consent types (basic mode, the only one there is).

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::category::CategoryOfService;
use super::consent_type::ConsentType;
use super::id::Id;
use super::problem::Code;
use super::reading::{Read, Reading};

/// The consent types that each category grants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("propertyNames" = { "not": { "const": "necessary" } }))]
pub struct ConsentMode(pub IndexMap<Id, Vec<ConsentType>>);

impl Read for ConsentMode {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<ConsentMode> {
        let mut object = reading.object(value);
        let mut types = IndexMap::new();
        for (category, granted) in object.keys() {
            object.knows(category);
            object.reading.within(category, |reading| {
                let category = CategoryOfService::of(category, reading);
                let granted = Vec::<ConsentType>::read(granted, reading);
                if let (Some(category), Some(granted)) = (category, granted) {
                    types.insert(category, granted);
                }
            });
        }
        object.end();
        Some(ConsentMode(types))
    }
}

impl Read for ConsentType {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<ConsentType> {
        let Some(name) = value.as_str() else {
            reading.report(Code::UnknownConsentType);
            return None;
        };
        reading.knows(
            name,
            ConsentType::ALL.map(ConsentType::as_str),
            Code::UnknownConsentType,
        );
        ConsentType::ALL.into_iter().find(|known| known.as_str() == name)
    }
}
