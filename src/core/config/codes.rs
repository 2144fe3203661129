//! The codes of problems. Inside the check a code is a number, which weighs less wherever one is named.

use crate::core::letters::part;
use crate::core::value::Words;

/// Declares the codes: their names in Rust, and in a [`super::Problem`] and `messages.json`.
macro_rules! codes {
    ($($name:ident = $written:literal,)+) => {
        /// A code of a problem, or that there is none.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        #[allow(clippy::enum_variant_names, reason = "`UnknownCode` is the name of a public code")]
        pub(super) enum Code { Fine, $($name,)+ }

        const NAMES: &str = concat!($("|", $written,)+);
    };
}

codes! {
    WrongType = "wrongType",
    UnknownKey = "unknownKey",
    UnknownValue = "unknownValue",
    Missing = "missing",
    Duplicate = "duplicate",
    DefaultOn = "defaultOn",
    LegitimateInterest = "legitimateInterest",
    WeakensRefusal = "weakensRefusal",
    NotTwelveDigits = "notTwelveDigits",
    WrongCheckDigit = "wrongCheckDigit",
    TwoIdentifiers = "twoIdentifiers",
    InvalidEmail = "invalidEmail",
    InsecureLink = "insecureLink",
    UnsafeLink = "unsafeLink",
    ForeignPath = "foreignPath",
    LanguageRequired = "languageRequired",
    UnknownLanguage = "unknownLanguage",
    OneLanguage = "oneLanguage",
    InvalidScope = "invalidScope",
    OutOfRange = "outOfRange",
    InvalidId = "invalidId",
    NecessaryIsImplied = "necessaryIsImplied",
    VendorInNecessary = "vendorInNecessary",
    UnknownCategory = "unknownCategory",
    UnknownVendor = "unknownVendor",
    BrokenVendor = "brokenVendor",
    FixedByVendor = "fixedByVendor",
    InvalidParameter = "invalidParameter",
    UnknownCountry = "unknownCountry",
    UnknownCode = "unknownCode",
    RegularExpression = "regularExpression",
    TooWide = "tooWide",
    InvalidLifetime = "invalidLifetime",
    UnknownConsentType = "unknownConsentType",
    UnknownText = "unknownText",
    UnknownToken = "unknownToken",
    UnsafeToken = "unsafeToken",
}

impl Code {
    /// The code as it is written.
    pub(super) fn name(self) -> Words {
        Words::of(part(NAMES, b'|', self as usize))
    }
}
