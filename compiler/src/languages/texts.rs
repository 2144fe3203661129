//! The sentences of a language: what Kelisim says to a visitor, each known by a key, and the owner's own words for them.
//!
//! Every key stands here once, in the order of a language file's `texts`. What is no sentence to rewrite (months, plural
//! forms, the tables of countries and codes) stands in [`Language`](super::Language). Nothing here fills placeholders,
//! and nothing judges the owner's words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::hidden::SAYS_SOMETHING;

/// The ids of the categories that have a name and a purpose of Kelisim's own. The necessary one is implied by every
/// site and is none of them.
pub const BUILT_IN_CATEGORIES: [&str; 5] = ["functional", "analytics", "replay", "marketing", "media"];

/// Declares the sentences, each with its meaning, its name in Rust and its key in JSON, and makes both structs of them:
/// [`Texts`], where every sentence is there, and [`OwnTexts`], where every sentence may be missing.
macro_rules! sentences {
    ($($(#[$meaning:meta])* $field:ident = $key:literal,)+) => {
        /// All sentences of one language.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Texts {
            $($(#[$meaning])* #[serde(rename = $key)] pub $field: String,)+
        }

        /// The sentences that an owner put into their own words, in one language.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct OwnTexts {
            $(
                $(#[$meaning])*
                #[serde(rename = $key, skip_serializing_if = "Option::is_none")]
                #[schemars(regex(pattern = SAYS_SOMETHING))]
                pub $field: Option<String>,
            )+
        }

        impl Texts {
            /// Every sentence with its key.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$(($key, self.$field.as_str())),+].into_iter()
            }

            /// The sentence with this key; `None` for a key that there is none of.
            pub fn get(&self, key: &str) -> Option<&str> {
                match key {
                    $($key => Some(&self.$field),)+
                    _ => None,
                }
            }
        }

        impl OwnTexts {
            /// The key of every sentence.
            pub const KEYS: &'static [&'static str] = &[$($key),+];

            /// The owner's words where there are some, and the language's own for the rest.
            #[must_use]
            pub fn over(&self, texts: &Texts) -> Texts {
                Texts {
                    $($field: self.$field.as_ref().unwrap_or(&texts.$field).clone(),)+
                }
            }

            /// Puts the sentence with this key into the owner's words, and says whether there is such a key.
            pub fn set(&mut self, key: &str, words: String) -> bool {
                let sentence = match key {
                    $($key => &mut self.$field,)+
                    _ => return false,
                };
                *sentence = Some(words);
                true
            }

            /// Every sentence that is in the owner's words, with its key.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$(($key, self.$field.as_deref())),+]
                    .into_iter()
                    .filter_map(|(key, words)| Some((key, words?)))
            }
        }
    };
}

sentences! {
    /// The language's name in itself: "Русский".
    language_name = "languageName",
    /// The beginning of that name, for a switch with little room.
    language_short = "languageShort",
    /// A date, with `{day}`, `{month}` and `{year}`.
    date_format = "dateFormat",
    /// Lifetime of a name that goes when the browser or tab is closed.
    session_lifetime = "sessionLifetime",
    /// Lifetime of a name that stays until it is removed.
    unlimited_lifetime = "unlimitedLifetime",
    /// Accessible name of the first layer.
    region_label = "regionLabel",
    /// Heading of the first layer.
    title = "title",
    /// What is asked and why, with `{operator}`.
    lead = "lead",
    /// Name of the link to the owner's policy.
    policy_link = "policyLink",
    /// Label: grant everything.
    accept = "accept",
    /// Label: refuse everything. An explicit refusal (requirement F-05).
    reject = "reject",
    /// Label: open the settings.
    settings = "settings",
    /// Label: store the switches as they stand.
    save = "save",
    /// Label: withdraw what was granted.
    withdraw = "withdraw",
    /// Accessible name: leave the settings without deciding.
    close = "close",
    /// Accessible name of the row of languages.
    languages_label = "languagesLabel",
    /// Heading of the settings; also the name of the control that reopens them (requirement W-01).
    settings_title = "settingsTitle",
    /// Under the heading of the settings, while there is something optional.
    settings_lead = "settingsLead",
    /// Under the heading of the settings, when nothing is optional.
    nothing_optional = "nothingOptional",
    /// Name of the necessary category.
    necessary_name = "necessaryName",
    /// What the necessary category is for.
    necessary_purpose = "necessaryPurpose",
    /// In the place of its switch.
    always_on = "alwaysOn",
    /// Built-in category `functional`: name.
    functional_name = "functionalName",
    /// Built-in category `functional`: purpose.
    functional_purpose = "functionalPurpose",
    /// Built-in category `analytics`: name.
    analytics_name = "analyticsName",
    /// Built-in category `analytics`: purpose.
    analytics_purpose = "analyticsPurpose",
    /// Built-in category `replay`: name.
    replay_name = "replayName",
    /// Built-in category `replay`: purpose.
    replay_purpose = "replayPurpose",
    /// Built-in category `marketing`: name.
    marketing_name = "marketingName",
    /// Built-in category `marketing`: purpose.
    marketing_purpose = "marketingPurpose",
    /// Built-in category `media`: name.
    media_name = "mediaName",
    /// Built-in category `media`: purpose.
    media_purpose = "mediaPurpose",
    /// A service with its recipient and countries: `{service}`, `{recipient}`, `{countries}`.
    service_summary = "serviceSummary",
    /// Label of the disclosure with a service's details.
    details = "details",
    /// Label: purpose.
    purpose = "purpose",
    /// Label: recipient.
    recipient = "recipient",
    /// Label: country.
    country = "country",
    /// Label: data collected.
    data_collected = "dataCollected",
    /// Label: the recipient's own policy.
    recipient_policy = "recipientPolicy",
    /// Caption of the table of stored names.
    stored = "stored",
    /// Column: name.
    stored_name = "storedName",
    /// Column: where.
    stored_place = "storedPlace",
    /// Where, and that it is this site's own: `{place}`.
    stored_here = "storedHere",
    /// Where, and that another site reads it: `{place}`, `{host}`.
    stored_there = "storedThere",
    /// Column: lifetime.
    stored_lifetime = "storedLifetime",
    /// Heading of the facts about the consent.
    facts_title = "factsTitle",
    /// Label: operator.
    operator = "operator",
    /// BIN, with `{number}`.
    bin = "bin",
    /// IIN, with `{number}`.
    iin = "iin",
    /// Label: policy.
    policy = "policy",
    /// Version of the policy, with `{version}`.
    policy_version = "policyVersion",
    /// Label: term.
    term = "term",
    /// The term with its end, with `{days}` and `{date}`: for a choice not yet made and for one that was.
    term_text = "termText",
    /// Label: transfer to third parties.
    third_parties = "thirdParties",
    /// Yes, with `{recipients}`.
    third_parties_yes = "thirdPartiesYes",
    /// No.
    third_parties_no = "thirdPartiesNo",
    /// Label: cross-border transfer.
    cross_border = "crossBorder",
    /// Yes, with `{countries}`.
    cross_border_yes = "crossBorderYes",
    /// No.
    cross_border_no = "crossBorderNo",
    /// Label: dissemination in publicly available sources.
    public_sources = "publicSources",
    /// No.
    public_sources_no = "publicSourcesNo",
    /// Label: what a refusal changes.
    refusal = "refusal",
    /// What a refusal changes, truthfully.
    refusal_text = "refusalText",
    /// What the person has a right to, and within which terms.
    rights = "rights",
    /// The terms of the law of Kazakhstan.
    rights_kz = "rightsKz",
    /// The terms of the GDPR.
    rights_gdpr = "rightsGdpr",
    /// Label: where to complain.
    authority = "authority",
    /// The authority and the court in Kazakhstan.
    authority_kz = "authorityKz",
    /// The authority and the court under the GDPR.
    authority_gdpr = "authorityGdpr",
    /// Label: withdrawal.
    withdrawal = "withdrawal",
    /// Here, at once.
    withdrawal_here = "withdrawalHere",
    /// By letter, with `{email}` and `{subject}`; the link opens such a letter.
    withdrawal_letter = "withdrawalLetter",
    /// What that letter says, with `{host}` and the code of the grant, `{code}`.
    withdrawal_body = "withdrawalBody",
    /// Label: correction of data.
    correction = "correction",
    /// By letter, with `{email}` and `{correctionSubject}`.
    correction_letter = "correctionLetter",
    /// What that letter says, with `{host}`.
    correction_body = "correctionBody",
    /// Label: scope.
    scope = "scope",
    /// This host only, with `{host}`.
    scope_host = "scopeHost",
    /// A domain with its subdomains, with `{domain}`.
    scope_domain = "scopeDomain",
    /// Label: code of the grant.
    code = "code",
    /// Label of the disclosure with the visitor's record.
    record = "record",
    /// Heading of what a choice granted.
    granted = "granted",
    /// Heading of the date of a choice.
    decided = "decided",
    /// Label: copy the record.
    copy = "copy",
    /// Label: download the record.
    download = "download",
    /// Label: grant what an embed in the page needs, and show it.
    allow = "allow",
    /// The browser asks not to be tracked, and that was honoured (requirement S-02).
    signal = "signal",
    /// On the first layer when a choice is asked anew, with `{names}`.
    changed = "changed",
    /// Status: everything was granted.
    status_accepted = "statusAccepted",
    /// Status: everything was refused.
    status_rejected = "statusRejected",
    /// Status: the switches were stored.
    status_saved = "statusSaved",
    /// Status: the consent was withdrawn.
    status_withdrawn = "statusWithdrawn",
    /// Status: what was pressed could not be acted on, because Kelisim did not come whole. Nothing was stored and nothing
    /// runs.
    status_unavailable = "statusUnavailable",
}

impl Texts {
    /// The name of a built-in category; `None` for any other id.
    pub fn category_name(&self, id: &str) -> Option<&str> {
        match id {
            "functional" => Some(&self.functional_name),
            "analytics" => Some(&self.analytics_name),
            "replay" => Some(&self.replay_name),
            "marketing" => Some(&self.marketing_name),
            "media" => Some(&self.media_name),
            _ => None,
        }
    }

    /// What a built-in category is for; `None` for any other id.
    pub fn category_purpose(&self, id: &str) -> Option<&str> {
        match id {
            "functional" => Some(&self.functional_purpose),
            "analytics" => Some(&self.analytics_purpose),
            "replay" => Some(&self.replay_purpose),
            "marketing" => Some(&self.marketing_purpose),
            "media" => Some(&self.media_purpose),
            _ => None,
        }
    }
}
