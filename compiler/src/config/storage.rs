//! What a service stores in the visitor's browser.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use strum::{EnumString, VariantNames};

use super::choice::read_as_choice;
use super::glob::Glob;
use super::lifetime::Lifetime;
use super::reading::{Read, Reading};
use super::text::Text;
use super::words::StoragePurpose;

/// Where something is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, EnumString, VariantNames)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum Place {
    /// A cookie.
    Cookie,
    /// The browser's storage that stays until it is deleted.
    LocalStorage,
    /// The browser's storage that ends with the tab.
    SessionStorage,
}

read_as_choice!(Place);

impl Place {
    /// As pages and browsers call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Place::Cookie => "cookie",
            Place::LocalStorage => "localStorage",
            Place::SessionStorage => "sessionStorage",
        }
    }
}

/// A name, or names, that a service stores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stored {
    /// The name of what is stored; `*` stands for any characters.
    #[schemars(extend("examples" = ["course_seen", "_ga_*"]))]
    pub name: Glob,
    /// Where it is stored.
    #[serde(rename = "in")]
    pub place: Place,
    /// How long it stays: so many minutes (m), hours (h) or days (d), or a word.
    #[schemars(extend("examples" = ["30m", "20h", "365d", "session", "unlimited"]))]
    pub lifetime: Lifetime,
    /// What it is for: a code of Kelisim's table, or words.
    #[schemars(extend("examples" = ["technical"]))]
    pub purpose: Option<StoragePurpose>,
    /// The domain of a third party that keeps this on a host of its own. Absent: it is this site's.
    #[schemars(extend("examples" = ["video.example"]))]
    pub host: Option<Text>,
}

impl Read for Stored {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Stored> {
        let mut object = reading.object(value);
        let name = object.needed("name");
        let place = object.needed("in");
        let lifetime = object.needed("lifetime");
        let purpose = object.optional("purpose");
        let host = object.optional("host");
        object.end();
        Some(Stored {
            name: name?,
            place: place?,
            lifetime: lifetime?,
            purpose,
            host,
        })
    }
}
