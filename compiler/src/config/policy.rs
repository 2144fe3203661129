//! The privacy policy that the notice leads to.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::reading::{Read, Reading};
use super::text::Text;
use super::url::Url;

/// The privacy policy that the notice leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Policy {
    /// The address of the policy: https, or relative to the page.
    #[schemars(extend("examples" = ["/privacy", "https://example.kz/privacy"]))]
    pub url: Url,
    /// Its version. A new one asks again for what was granted.
    #[schemars(extend("examples" = ["2026-01-01"]))]
    pub version: Text,
}

impl Read for Policy {
    const IS_OBJECT: bool = true;

    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Policy> {
        let mut object = reading.object(value);
        let url = object.needed("url");
        let version = object.needed("version");
        object.end();
        Some(Policy {
            url: url?,
            version: version?,
        })
    }
}
