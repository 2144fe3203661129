//! The consent types of Google's consent mode.
//!
//! They are data: which category grants which in a configuration is for the configuration to say.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::nearest::nearest;
use super::problem::{Code, Fault, Hint};

/// A consent type of Google's consent mode (basic mode, the only one there is).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentType {
    /// Storage for what the site does for the visitor, such as the language.
    FunctionalityStorage,
    /// Storage for what the site shows to this visitor, such as recommended videos.
    PersonalizationStorage,
    /// Storage for the measurement of visits.
    AnalyticsStorage,
    /// Storage for advertising.
    AdStorage,
    /// Data of the visitor may be sent to Google for advertising.
    AdUserData,
    /// Advertising may be chosen for this visitor.
    AdPersonalization,
}

impl ConsentType {
    /// Every type that there is.
    pub const ALL: [ConsentType; 6] = [
        ConsentType::FunctionalityStorage,
        ConsentType::PersonalizationStorage,
        ConsentType::AnalyticsStorage,
        ConsentType::AdStorage,
        ConsentType::AdUserData,
        ConsentType::AdPersonalization,
    ];

    /// Its name at Google, and in a configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            ConsentType::FunctionalityStorage => "functionality_storage",
            ConsentType::PersonalizationStorage => "personalization_storage",
            ConsentType::AnalyticsStorage => "analytics_storage",
            ConsentType::AdStorage => "ad_storage",
            ConsentType::AdUserData => "ad_user_data",
            ConsentType::AdPersonalization => "ad_personalization",
        }
    }

    /// The built-in category that grants it where the owner does not say.
    pub fn category(self) -> &'static str {
        match self {
            ConsentType::FunctionalityStorage | ConsentType::PersonalizationStorage => "functional",
            ConsentType::AnalyticsStorage => "analytics",
            ConsentType::AdStorage | ConsentType::AdUserData | ConsentType::AdPersonalization => "marketing",
        }
    }
}

impl fmt::Display for ConsentType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for ConsentType {
    type Err = Fault;

    fn from_str(text: &str) -> Result<ConsentType, Fault> {
        let mut all = ConsentType::ALL.into_iter();
        all.find(|known| known.as_str() == text).ok_or_else(|| Fault {
            code: Code::UnknownConsentType,
            hint: nearest(text, ConsentType::ALL.map(ConsentType::as_str)).map(Hint::from),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ConsentType;
    use crate::config::problem::{Code, Fault};

    #[test]
    fn every_type_has_one_name() {
        for known in ConsentType::ALL {
            assert_eq!(known.as_str().parse(), Ok(known));
            assert_eq!(serde_json::to_value(known).unwrap(), known.to_string());
        }
    }

    #[test]
    fn a_slip_is_told_the_type_that_is_nearest() {
        let fault = Fault::with(Code::UnknownConsentType, "ad_storage");
        assert_eq!("ad_store".parse::<ConsentType>(), Err(fault));
        assert_eq!("security".parse::<ConsentType>(), Err(Code::UnknownConsentType.into()));
    }

    #[test]
    fn the_built_in_categories_grant_the_types() {
        let granted: Vec<&str> = ConsentType::ALL.map(ConsentType::category).into();
        let expected = [
            "functional",
            "functional",
            "analytics",
            "marketing",
            "marketing",
            "marketing",
        ];
        assert_eq!(granted, expected);
    }
}
