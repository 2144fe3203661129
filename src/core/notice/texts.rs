//! The words of one language: a closed set of texts, each known by a key, and a few tables of words known by a code.
//!
//! A language is a JSON file in `src/core/locales/`, one string per key of [`Text`] and one object per table. The build
//! makes an array of it in the order of [`Text`]. The words of the first layer travel inside the script; all of them, with
//! the template of the settings, lie in `locales/`, and a visitor gets those of one language. A missing or unknown key or
//! code fails the build (requirement L-01).

use crate::core::letters::{halves, part, same};
#[cfg(not(target_arch = "wasm32"))]
use crate::core::value::keep;
use crate::core::value::{NULL, Value, Words, Writer};

/// Declares the texts: their names in Rust and their keys in a language file, in the order in which they travel.
macro_rules! texts {
    (
        first layer { $($(#[$meaning:meta])* $name:ident = $key:literal,)+ }
        settings { $($(#[$later:meta])* $other:ident = $word:literal,)+ }
    ) => {
        /// Names one text, whatever the language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Text { $($(#[$meaning])* $name,)+ $($(#[$later])* $other,)+ }

        /// The key of every text in a language file, in the order of [`Text`], each followed by `|`.
        pub const KEYS: &str = concat!($($key, "|",)+ $($word, "|",)+);

        #[cfg(not(target_arch = "wasm32"))]
        impl Text {
            /// Every text, in the order in which they travel.
            pub const ALL: &[Text] = &[$(Text::$name,)+ $(Text::$other,)+];

            /// How many of them, the first, the first layer and the status line speak with: what travels inside the
            /// script.
            pub const FIRST_LAYER: usize = [$($key,)+].len();
        }
    };
}

impl Text {
    /// How many of them, the first, are known of a language whose words lie elsewhere: its name, for the row of languages,
    /// in its place behind an empty direction.
    pub const NAMED: usize = Text::LanguageName as usize + 1;
}

texts! {
    first layer {
        /// `ltr` or `rtl`.
        Direction = "direction",
        /// The language's name in itself: "Русский".
        LanguageName = "languageName",
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
        /// Heading of the settings; also the name of the control that reopens them (requirement W-01).
        SettingsTitle = "settingsTitle",
        /// Built-in category `functional`: name.
        FunctionalName = "functionalName",
        /// Built-in category `analytics`: name.
        AnalyticsName = "analyticsName",
        /// Built-in category `replay`: name.
        ReplayName = "replayName",
        /// Built-in category `marketing`: name.
        MarketingName = "marketingName",
        /// Built-in category `media`: name.
        MediaName = "mediaName",
        /// A service with its recipient and countries: `{service}`, `{recipient}`, `{countries}`.
        ServiceSummary = "serviceSummary",
        /// Label: grant what an embed in the page needs, and show it.
        Allow = "allow",
        /// The browser asks not to be tracked, and that was honoured (requirement S-02).
        Signal = "signal",
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
    }
    settings {
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
        /// Label: store the switches as they stand.
        Save = "save",
        /// Label: withdraw what was granted.
        Withdraw = "withdraw",
        /// Accessible name: leave the settings without deciding.
        Close = "close",
        /// Accessible name of the row of languages.
        LanguagesLabel = "languagesLabel",
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
        /// Built-in category `functional`: purpose.
        FunctionalPurpose = "functionalPurpose",
        /// Built-in category `analytics`: purpose.
        AnalyticsPurpose = "analyticsPurpose",
        /// Built-in category `replay`: purpose.
        ReplayPurpose = "replayPurpose",
        /// Built-in category `marketing`: purpose.
        MarketingPurpose = "marketingPurpose",
        /// Built-in category `media`: purpose.
        MediaPurpose = "mediaPurpose",
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
        /// Where, and that it is this site's own: `{place}`.
        StoredHere = "storedHere",
        /// Where, and that another site reads it: `{place}`, `{host}`.
        StoredThere = "storedThere",
        /// Column: lifetime.
        StoredLifetime = "storedLifetime",
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
        /// What the person has a right to, and within which terms.
        Rights = "rights",
        /// The terms of the law of Kazakhstan.
        RightsKz = "rightsKz",
        /// The terms of the GDPR.
        RightsGdpr = "rightsGdpr",
        /// Label: where to complain.
        Authority = "authority",
        /// The authority and the court in Kazakhstan.
        AuthorityKz = "authorityKz",
        /// The authority and the court under the GDPR.
        AuthorityGdpr = "authorityGdpr",
        /// Label: withdrawal.
        Withdrawal = "withdrawal",
        /// Here, at once.
        WithdrawalHere = "withdrawalHere",
        /// By letter, with `{email}` and `{subject}`; the link opens such a letter.
        WithdrawalLetter = "withdrawalLetter",
        /// What that letter says, with `{host}` and the code of the grant.
        WithdrawalBody = "withdrawalBody",
        /// Label: correction of data.
        Correction = "correction",
        /// By letter, with `{email}` and `{correctionSubject}`.
        CorrectionLetter = "correctionLetter",
        /// What that letter says, with `{host}`.
        CorrectionBody = "correctionBody",
        /// Label: scope.
        Scope = "scope",
        /// This host only, with `{host}`.
        ScopeHost = "scopeHost",
        /// A domain with its subdomains, with `{domain}`.
        ScopeDomain = "scopeDomain",
        /// Label: code of the grant.
        Code = "code",
        /// Label of the disclosure with the visitor's record.
        Record = "record",
        /// Label: copy the record.
        Copy = "copy",
        /// Label: download the record.
        Download = "download",
        /// Table: kinds of collected data by code.
        Data = "data",
        /// Table: purposes of stored names by code.
        StoragePurposes = "storagePurposes",
    }
}

/// What most people read where there is nothing in their own language.
const ENGLISH: Words = Words::at(&"en");

/// The template of the first layer, as it travels beside the module.
#[cfg(not(target_arch = "wasm32"))]
pub const LAYER: &str = include_str!("../view/first_layer.html");

/// The template of the settings, as it travels with every language.
#[cfg(not(target_arch = "wasm32"))]
pub const SETTINGS: &str = include_str!("../view/settings.html");

/// The codes of a table, separated by `|`, in the order in which a language carries their words. They are the same in
/// every language, so none of them carries the codes.
#[inline(never)]
pub fn codes(table: Text) -> &'static str {
    match table {
        Text::Countries => "IE|SG|NL|KZ|RU|US|AE|DE|MT|EE",
        Text::Data => "forms|referrer|pages|time|fingerprint|location|ip|identifier|replay|actions|device|purchases",
        Text::StoragePurposes => "replay|visitor-id|visit|ad-blocker|technical",
        _ => "",
    }
}

/// The name or the purpose of a built-in category: the key of its text.
#[inline(never)]
pub fn key_of_category(id: Words, part: &str) -> Words {
    let mut name = Writer::default();
    name.words(id);
    name.push(if part == "name" { "Name" } else { "Purpose" });
    name.done()
}

/// The place of a text by its key, in the order in which they travel; `None` for a key that there is none of.
pub fn place_of(key: &str) -> Option<usize> {
    place_in(KEYS, key)
}

/// The place of a word in a list with `|` between the words; `None` for one that is not there. What is not there has no
/// number, which somebody would count to.
#[inline(never)]
fn place_in(list: &str, word: &str) -> Option<usize> {
    let (mut rest, mut place) = (list, 0);
    while !rest.is_empty() {
        let (known, after) = halves(rest, b'|');
        if same(known, word) {
            return Some(place);
        }
        rest = after;
        place += 1;
    }
    None
}

/// The words of one language, with the owner's own over them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Texts {
    language: Words,
    words: &'static Value,
    own: &'static Value,
    /// The template of the first layer.
    layer: Words,
    /// The template of the settings, which comes with their words; empty as long as only those of the first layer are
    /// here.
    settings: Words,
}

impl Texts {
    /// The words of `language`: a list in the order of [`Text`], of its name or of the first layer alone; or `{texts,
    /// settings}`, all of them with the template that they fill in. A missing one is empty, which the build does not let
    /// happen. `layer` is the template of the first layer.
    pub fn new(language: Words, file: &'static Value, layer: Words) -> Texts {
        Texts {
            language,
            layer,
            words: if file.is_map() { file.get("texts") } else { file },
            own: &NULL,
            settings: file.text("settings"),
        }
    }

    /// Whether there is more here than the language's name.
    pub fn speak(&self) -> bool {
        self.words.items().len() != Text::NAMED
    }

    /// Whether the words of the settings are here too, and with them the notice that a grant needs.
    pub fn are_whole(&self) -> bool {
        !self.settings.are_none()
    }

    /// The template of the first layer.
    pub fn layer(&self) -> Words {
        self.layer
    }

    /// The template of the settings.
    pub fn settings(&self) -> &'static str {
        self.settings.text()
    }

    /// Puts the owner's words in the place of Kelisim's: the member `texts` of a checked configuration.
    #[must_use]
    pub fn with(self, overrides: &Value) -> Texts {
        Texts {
            own: overrides.get(&self.language),
            ..self
        }
    }

    /// BCP 47 tag of the language.
    pub fn language(&self) -> Words {
        self.language
    }

    /// The words of one text.
    #[inline(never)]
    pub fn get(&self, text: Text) -> Words {
        self.named(part(KEYS, b'|', text as usize))
    }

    /// The words of the text with this key; empty when there is none.
    #[inline(never)]
    pub fn named(&self, key: &str) -> Words {
        let own = self.own.text(key);
        if own.are_none() {
            let known = place_of(key).and_then(|place| self.words.items().get(place));
            known.map_or(Words::NONE, Value::words)
        } else {
            own
        }
    }

    /// Words in this language: one per language, or one for all. Where there are none in this language, English is what
    /// most others read; without that, the first.
    #[inline(never)]
    pub fn wording(&self, words: &'static Value) -> Words {
        let Some((_, first)) = words.entries().first() else {
            return words.words();
        };
        for language in &[self.language, ENGLISH] {
            let known = words.text(language);
            if !known.are_none() {
                return known;
            }
        }
        first.words()
    }

    /// The language of such words where it is another than this one, for `lang` (requirement L-04, WCAG 3.1.2). Which it
    /// is where there are no English ones either is the owner's secret.
    pub fn foreign(&self, words: &'static Value) -> Words {
        if words.text(&self.language).are_none() && !words.text(&ENGLISH).are_none() {
            ENGLISH
        } else {
            Words::NONE
        }
    }

    /// The same; one for all is a code of this table first.
    pub fn coded(&self, table: Text, words: &'static Value) -> Words {
        if words.is_map() {
            self.wording(words)
        } else {
            self.listed(table, words.words())
        }
    }

    /// The words that a table has for a code; without an entry, the code itself.
    #[inline(never)]
    pub fn listed(&self, table: Text, code: Words) -> Words {
        let known = place_in(codes(table), &code).map(|place| part(self.get(table).text(), b'|', place));
        match known {
            Some(words) if !words.is_empty() => Words::of(words),
            _ => code,
        }
    }

    /// A language file as the build packs it, for the owner's tool and the tests.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn from_file(language: &str, file: &serde_json::Value) -> Texts {
        let words: Vec<String> = Text::ALL
            .iter()
            .map(|text| packed(*text, file).unwrap_or_default())
            .collect();
        let file = serde_json::json!({"texts": words, "settings": SETTINGS});
        Texts::new(keep(language.to_owned()), Value::from(file).keep(), Words::at(&LAYER))
    }

    /// The same words as far as the script itself has them: of [`Text::FIRST_LAYER`], or [`Text::NAMED`] alone.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn first(self, count: usize) -> Texts {
        let words = self.words.items().iter().take(count).copied();
        Texts {
            words: Value::of_items(words.collect()),
            settings: Words::NONE,
            ..self
        }
    }
}

/// A text of a language file as it travels: a string as it is; of a table the words alone, in the order of its codes.
/// `None` when it is missing, or when a table does not have exactly the [`codes`] or has a `|` in its words.
#[cfg(not(target_arch = "wasm32"))]
pub fn packed(text: Text, file: &serde_json::Value) -> Option<String> {
    let entry = file.get(part(KEYS, b'|', text as usize))?;
    let codes: Vec<&str> = codes(text).split_terminator('|').collect();
    if codes.is_empty() {
        return entry.as_str().map(ToOwned::to_owned);
    }
    let table = entry.as_object().filter(|table| table.len() == codes.len())?;
    let words: Option<Vec<&str>> = codes.into_iter().map(|code| table.get(code)?.as_str()).collect();
    let words = words.filter(|words| words.iter().all(|word| !word.contains('|')))?;
    Some(words.join("|"))
}

/// What a script has of a language whose words lie elsewhere, or that the site does not offer: its name, in its place.
/// Which way it runs is told with its words. `texts` are all of them in the order in which they travel.
#[cfg(not(target_arch = "wasm32"))]
pub fn name_alone(texts: &serde_json::Value) -> serde_json::Value {
    serde_json::json!(["", texts.get(Text::LanguageName as usize)])
}

/// The first of the offered languages that somebody wants, in the order of their wishes; else the first offered
/// (requirement L-02). A wish is a BCP 47 tag; `kz`, a country's code that sites in the wild use, means `kk`.
pub fn choose(offered: &[Words], wanted: &[Words]) -> Words {
    for wish in wanted {
        for exactly in &[true, false] {
            for tag in offered {
                let speaks = if *exactly {
                    tag.eq_ignore_ascii_case(wish)
                } else {
                    primary(tag).eq_ignore_ascii_case(primary(wish))
                };
                if speaks {
                    return *tag;
                }
            }
        }
    }
    offered.first().copied().unwrap_or_default()
}

/// The language of a tag, without script and region.
fn primary(tag: &str) -> &str {
    match halves(tag, b'-').0 {
        code if code.eq_ignore_ascii_case("kz") => "kk",
        code => code,
    }
}
