//! The words of one language: a closed set of texts, each known by a key, and a few tables of words known by a code.
//!
//! A language is a JSON file in `src/core/locales/`, one string per key of [`Text`] and one object per table. The build
//! makes an array of it in the order of [`Text`], which is what travels to the visitor. A missing or unknown key fails
//! the build (requirement L-01).

/// Declares the texts: their names in Rust and their keys in a language file, in the order in which they travel.
macro_rules! texts {
    ($($(#[$meaning:meta])* $name:ident = $key:literal,)+) => {
        /// Names one text, whatever the language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Text { $($(#[$meaning])* $name,)+ }

        /// The key of every text in a language file, in the order of [`Text`].
        pub const KEYS: &[&str] = &[$($key,)+];

        impl Text {
            /// Every text, in the order in which they travel.
            pub const ALL: &[Text] = &[$(Text::$name,)+];
        }
    };
}

texts! {
    /// `ltr` or `rtl`.
    Direction = "direction",
    /// The language's name in itself: "Русский".
    LanguageName = "languageName",
    /// A date, with `{day}`, `{month}` and `{year}`.
    DateFormat = "dateFormat",
    /// The twelve months as they stand in a date, separated by `|`.
    Months = "months",
    /// Plural forms of "{n} days", separated by `|`: one form (kk), two (en: one, other), or three (ru: one, few, many).
    /// In a locative or genitive where the sentence `term` needs it. A language file gives them in the same form.
    Days = "days",
    /// Plural forms of "{n} hours".
    Hours = "hours",
    /// Plural forms of "{n} minutes".
    Minutes = "minutes",
    /// Lifetime of a name that goes when the browser or tab is closed.
    SessionLifetime = "sessionLifetime",
    /// Lifetime of a name that stays until it is removed.
    UnlimitedLifetime = "unlimitedLifetime",
    /// Accessible name of the first layer.
    RegionLabel = "regionLabel",
    /// Heading of the first layer.
    Title = "title",
    /// What is asked and why, with `{operator}`.
    Lead = "lead",
    /// Name of the link to the owner's policy.
    PolicyLink = "policyLink",
    /// Label: grant everything.
    Accept = "accept",
    /// Label: refuse everything. An explicit refusal (requirement F-05).
    Reject = "reject",
    /// Label: open the settings.
    Settings = "settings",
    /// Label: store the switches as they stand.
    Save = "save",
    /// Label: withdraw what was granted.
    Withdraw = "withdraw",
    /// Accessible name: leave the settings without deciding.
    Close = "close",
    /// Accessible name of the row of languages.
    LanguagesLabel = "languagesLabel",
    /// Heading of the settings; also the name of the control that reopens them (requirement W-01).
    SettingsTitle = "settingsTitle",
    /// Under the heading of the settings, while there is something optional.
    SettingsLead = "settingsLead",
    /// Under the heading of the settings, when nothing is optional.
    NothingOptional = "nothingOptional",
    /// Name of the necessary category.
    NecessaryName = "necessaryName",
    /// What the necessary category is for.
    NecessaryPurpose = "necessaryPurpose",
    /// In the place of its switch.
    AlwaysOn = "alwaysOn",
    /// Built-in category `functional`: name.
    FunctionalName = "functionalName",
    /// Built-in category `functional`: purpose.
    FunctionalPurpose = "functionalPurpose",
    /// Built-in category `analytics`: name.
    AnalyticsName = "analyticsName",
    /// Built-in category `analytics`: purpose.
    AnalyticsPurpose = "analyticsPurpose",
    /// Built-in category `replay`: name.
    ReplayName = "replayName",
    /// Built-in category `replay`: purpose.
    ReplayPurpose = "replayPurpose",
    /// Built-in category `marketing`: name.
    MarketingName = "marketingName",
    /// Built-in category `marketing`: purpose.
    MarketingPurpose = "marketingPurpose",
    /// Built-in category `media`: name.
    MediaName = "mediaName",
    /// Built-in category `media`: purpose.
    MediaPurpose = "mediaPurpose",
    /// A service with its recipient and countries: `{service}`, `{recipient}`, `{countries}`.
    ServiceSummary = "serviceSummary",
    /// Label of the disclosure with a service's details.
    Details = "details",
    /// Label: purpose.
    Purpose = "purpose",
    /// Label: recipient.
    Recipient = "recipient",
    /// Label: country.
    Country = "country",
    /// Label: data collected.
    DataCollected = "dataCollected",
    /// Label: the recipient's own policy.
    RecipientPolicy = "recipientPolicy",
    /// Caption of the table of stored names.
    Stored = "stored",
    /// Column: name.
    StoredName = "storedName",
    /// Column: where.
    StoredPlace = "storedPlace",
    /// Column: lifetime.
    StoredLifetime = "storedLifetime",
    /// Place: cookie.
    PlaceCookie = "placeCookie",
    /// Place: `localStorage`.
    PlaceLocal = "placeLocal",
    /// Place: `sessionStorage`.
    PlaceSession = "placeSession",
    /// Heading of the facts about the consent.
    FactsTitle = "factsTitle",
    /// Label: operator.
    Operator = "operator",
    /// BIN, with `{number}`.
    Bin = "bin",
    /// IIN, with `{number}`.
    Iin = "iin",
    /// Label: policy.
    Policy = "policy",
    /// Version of the policy, with `{version}`.
    PolicyVersion = "policyVersion",
    /// Label: term.
    Term = "term",
    /// The term with its end, with `{days}` and `{date}`: for a choice not yet made and for one that was.
    TermText = "termText",
    /// Label: transfer to third parties.
    ThirdParties = "thirdParties",
    /// Yes, with `{recipients}`.
    ThirdPartiesYes = "thirdPartiesYes",
    /// No.
    ThirdPartiesNo = "thirdPartiesNo",
    /// Label: cross-border transfer.
    CrossBorder = "crossBorder",
    /// Yes, with `{countries}`.
    CrossBorderYes = "crossBorderYes",
    /// No.
    CrossBorderNo = "crossBorderNo",
    /// Label: dissemination in publicly available sources.
    PublicSources = "publicSources",
    /// No.
    PublicSourcesNo = "publicSourcesNo",
    /// Label: what a refusal changes.
    Refusal = "refusal",
    /// What a refusal changes, truthfully.
    RefusalText = "refusalText",
    /// Label: withdrawal.
    Withdrawal = "withdrawal",
    /// Here, at once.
    WithdrawalHere = "withdrawalHere",
    /// By letter, with `{email}` and `{subject}`; the link opens such a letter.
    WithdrawalLetter = "withdrawalLetter",
    /// Label: scope.
    Scope = "scope",
    /// This host only, with `{host}`.
    ScopeHost = "scopeHost",
    /// A domain and its subdomains, with `{domain}`.
    ScopeDomain = "scopeDomain",
    /// Label: code of the grant.
    Code = "code",
    /// On the first layer when a choice is asked anew, with `{names}`.
    Changed = "changed",
    /// Status: everything was granted.
    StatusAccepted = "statusAccepted",
    /// Status: everything was refused.
    StatusRejected = "statusRejected",
    /// Status: the switches were stored.
    StatusSaved = "statusSaved",
    /// Status: the consent was withdrawn.
    StatusWithdrawn = "statusWithdrawn",
    /// Table: countries by ISO 3166-1 alpha-2 code.
    Countries = "countries",
    /// Table: kinds of collected data by code.
    Data = "data",
    /// Table: purposes of stored names by code.
    StoragePurposes = "storagePurposes",
}

impl Text {
    /// The text that a language file or the configuration calls `key`.
    pub fn from_key(key: &str) -> Option<Text> {
        KEYS.iter().zip(Text::ALL).find(|(known, _)| **known == key).map(|(_, text)| *text)
    }
}
