//! The words of one language: a closed set of texts, each known by a key, and a few tables of words known by a code.
//!
//! A language is a JSON file in `src/core/locales/`, one string per key of [`Text`] and one object per table. The build
//! makes an array of it in the order of [`Text`], which is what travels to the visitor. A missing or unknown key fails
//! the build (requirement L-01).

use crate::core::placeholders::{fill, part, split};
use crate::core::value::Value;

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
    /// The text for the name or the purpose of a built-in category.
    pub fn of_category(id: &str, key: &str) -> Option<Text> {
        let mut name = String::from(id);
        name.push_str(if key == "name" { "Name" } else { "Purpose" });
        Text::from_key(&name)
    }

    /// The text that a language file or the configuration calls `key`.
    pub fn from_key(key: &str) -> Option<Text> {
        KEYS.iter()
            .zip(Text::ALL)
            .find(|(known, _)| **known == key)
            .map(|(_, text)| *text)
    }
}

/// The words of one language, with the owner's own over them.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts {
    language: String,
    words: Vec<String>,
}

impl Texts {
    /// The words of `language` in the order of [`Text`]; a missing one is empty, which the build does not let happen.
    pub fn new(language: &str, words: Vec<String>) -> Texts {
        Texts {
            language: String::from(language),
            words,
        }
    }

    /// Puts the owner's words in the place of Kelisim's: the member `texts` of a checked configuration.
    #[must_use]
    pub fn with(mut self, overrides: &Value) -> Texts {
        for (key, words) in overrides.get(&self.language).map(Value::entries).unwrap_or_default() {
            if let (Some(text), Some(words)) = (Text::from_key(key), words.as_text())
                && let Some(place) = self.words.get_mut(text as usize)
            {
                *place = String::from(words);
            }
        }
        self
    }

    /// BCP 47 tag of the language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The words of one text.
    pub fn get(&self, text: Text) -> &str {
        self.words.get(text as usize).map_or("", String::as_str)
    }

    /// A copy of the words of one text.
    pub fn own(&self, text: Text) -> String {
        String::from(self.get(text))
    }

    /// The words of a text with each `{name}` replaced by its value.
    pub fn fill(&self, text: Text, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        fill(self.get(text), &mut filled, &|name, filled| {
            filled.push_str(
                values
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map_or("", |(_, value)| value),
            );
        });
        filled
    }

    /// Words in this language: the owner's own per language, or one for all; where `table` is given, one for all is a
    /// code of that table first.
    pub fn wording(&self, words: &Value, table: Option<Text>) -> String {
        let found = match words {
            Value::Text(words) => table.map_or(&**words, |table| self.listed(table, words)),
            Value::Map(languages) => {
                let own = words.get(&self.language).or(languages.first().map(|(_, words)| words));
                own.and_then(Value::as_text).unwrap_or_default()
            }
            _ => "",
        };
        String::from(found)
    }

    /// The words that a table (`code=words|code=words`) has for a code; without an entry, the code itself.
    pub fn listed<'a>(&'a self, table: Text, code: &'a str) -> &'a str {
        let mut rest = self.get(table);
        while !rest.is_empty() {
            let (entry, after) = split(rest, b'|').unwrap_or((rest, ""));
            match split(entry, b'=') {
                Some((known, words)) if known == code => return words,
                _ => rest = after,
            }
        }
        code
    }

    /// A language file as the build packs it, for the owner's tool and the tests.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn from_file(language: &str, file: &serde_json::Value) -> Texts {
        Texts::new(language, KEYS.iter().map(|key| packed(file.get(key))).collect())
    }
}

/// One entry of a language file as it travels: a string as it is, a table as `code=words|code=words`.
#[cfg(not(target_arch = "wasm32"))]
pub fn packed(entry: Option<&serde_json::Value>) -> String {
    match entry {
        Some(serde_json::Value::String(words)) => words.clone(),
        Some(serde_json::Value::Object(table)) => table
            .iter()
            .map(|(code, words)| [code, words.as_str().unwrap_or_default()].join("="))
            .collect::<Vec<_>>()
            .join("|"),
        _ => String::new(),
    }
}

/// The first of the offered languages that somebody wants, in the order of their wishes; else the first offered
/// (requirement L-02). A wish is a BCP 47 tag; `kz`, a country's code that sites in the wild use, means `kk`.
pub fn choose<'a>(offered: &'a [String], wanted: &[String]) -> &'a str {
    for wish in wanted {
        for exactly in &[true, false] {
            for tag in offered {
                let speaks = if *exactly {
                    tag.eq_ignore_ascii_case(wish)
                } else {
                    primary(tag).eq_ignore_ascii_case(primary(wish))
                };
                if speaks {
                    return tag;
                }
            }
        }
    }
    offered.first().map_or("", String::as_str)
}

/// The language of a tag, without script and region.
fn primary(tag: &str) -> &str {
    match part(tag, b'-', 0) {
        code if code.eq_ignore_ascii_case("kz") => "kk",
        code => code,
    }
}
