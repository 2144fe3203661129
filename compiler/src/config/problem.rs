//! What can be wrong in a configuration: where, what, and how to mend it.
//!
//! A [`Fault`] is what a single value says of itself; the reading of a document adds the [`Path`] and makes a
//! [`Problem`] of it. A problem has no sentences of its own: `messages/` says it in each language of the check. Nothing
//! here decides what is wrong.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use super::hidden;
use super::phrase::{Phrase, Saying};
use super::text::is_unseen;
use super::unreadable::Unreadable;
use super::words::Words;

/// What is wrong, as a name that does not change: owners' programs and our own documents refer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::Display)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum Code {
    // The text as JSON.
    /// It is no JSON.
    NotJson,
    /// A key stands twice in one object.
    KeyTwice,
    // Keys and kinds.
    /// A value of another kind.
    WrongType,
    /// A key that there is none of.
    UnknownKey,
    /// A word that is not among those to choose from.
    UnknownValue,
    /// Needed, and absent or empty.
    Missing,
    /// An id or a language that stands there already.
    Duplicate,
    /// A key that would turn something on by itself.
    DefaultOn,
    /// A key that names legitimate interest.
    LegitimateInterest,
    /// A key that would make refusing harder.
    WeakensRefusal,
    // Single values.
    /// A BIN or IIN that is not twelve digits.
    NotTwelveDigits,
    /// A BIN or IIN whose last digit does not fit.
    WrongCheckDigit,
    /// A BIN as well as an IIN.
    TwoIdentifiers,
    /// No e-mail address.
    InvalidEmail,
    /// An address over plain http.
    InsecureLink,
    /// An address of another kind than `https:` or relative.
    UnsafeLink,
    /// A path for receipts that is not of this site.
    ForeignPath,
    /// A domain that one owner cannot have.
    InvalidScope,
    /// A page outside of the scope; found in the page only.
    ScopeElsewhere,
    /// A term outside of 180 to 1095 days.
    OutOfRange,
    /// A text that is longer than anybody reads.
    TooLong,
    /// An id that is written otherwise than ids are.
    InvalidId,
    /// A lifetime that is none.
    InvalidLifetime,
    /// A vendor's number or id that cannot be one.
    InvalidParameter,
    /// A country that there is none of.
    UnknownCountry,
    /// A code of a table that there is none of.
    UnknownCode,
    /// A regular expression in the place of a glob.
    RegularExpression,
    /// A glob that names too much.
    TooWide,
    /// A type that Google's consent mode does not have.
    UnknownConsentType,
    /// A text that is not for the owner to replace.
    UnknownText,
    /// A placeholder that a text does not have, or a brace by itself.
    UnknownPlaceholder,
    /// A placeholder without which a text leaves out what it has to say.
    MissingPlaceholder,
    /// A letter that nobody sees, or that turns a line around.
    HiddenCharacter,
    /// A token that there is none of.
    UnknownToken,
    /// A token that loads something or is more than one value.
    UnsafeToken,
    // Languages.
    /// Kazakh or Russian is not offered.
    LanguageRequired,
    /// A language that there is none of.
    UnknownLanguage,
    /// A sentence that stands there once for several languages.
    OneLanguage,
    // Categories and services.
    /// The category `necessary`, which is implied.
    NecessaryIsImplied,
    /// A service in the category `necessary`.
    VendorInNecessary,
    /// A category that there is none of.
    UnknownCategory,
    /// An id of neither a category nor a service.
    UnknownId,
    /// A vendor that the catalogue does not have.
    UnknownVendor,
    /// A manifest that is damaged.
    BrokenVendor,
    /// What the manifest of a vendor says is not for the owner to say.
    FixedByVendor,
    // Looks that nobody can use (requirement K-02).
    /// A colour that is none.
    UnknownColour,
    /// Words or controls that stand out too little from their ground.
    LowContrast,
    /// A position that the layout does not have.
    NoSuchLook,
    // Words that press, hide or say nothing.
    /// A purpose that says nothing.
    VaguePurpose,
    /// The label of the refusal does not refuse.
    NotARefusal,
    /// The label of the acceptance refuses.
    NotAnAcceptance,
    /// Consent by using the site.
    ImpliedConsent,
    /// Consent in one breath with a policy.
    BundledConsent,
    /// Guilt or fear.
    Guilt,
    /// Hurry.
    Urgency,
    /// A price for consent.
    Reward,
    /// A picture or a face.
    Emoji,
    // Advice.
    /// A cookie that stays longer than thirteen months.
    LongLifetime,
    /// A cookie that stays longer than the consent.
    OutlivesConsent,
    /// A script of a vendor that the catalogue has.
    VendorByHand,
    /// No way to reach the operator.
    NoContact,
    /// Own words in one offered language only.
    HalfTranslated,
    /// An address over plain http in words.
    PlainAddress,
}

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// The configuration builds nothing, and a page gathers no consent with it.
    Error,
    /// It works, and could be better.
    Advice,
}

impl Code {
    /// How much it weighs.
    pub fn level(self) -> Level {
        match self {
            Code::LongLifetime
            | Code::OutlivesConsent
            | Code::VendorByHand
            | Code::NoContact
            | Code::HalfTranslated
            | Code::PlainAddress => Level::Advice,
            _ => Level::Error,
        }
    }

    /// Whether a page that compiles its configuration itself gathers consent all the same: words that press, pale
    /// colours and a layout without a look are lines on its console there, and only `build` refuses them.
    pub fn is_for_the_build_alone(self) -> bool {
        matches!(
            self,
            Code::VaguePurpose
                | Code::NotARefusal
                | Code::NotAnAcceptance
                | Code::ImpliedConsent
                | Code::BundledConsent
                | Code::Guilt
                | Code::Urgency
                | Code::Reward
                | Code::Emoji
                | Code::LowContrast
                | Code::NoSuchLook
        )
    }
}

/// What a single value says of itself, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub code: Code,
    /// What helps to mend it.
    pub hint: Option<Hint>,
}

/// What helps to mend something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// The same in every language: the nearest known word, the glob to write, the words that were found.
    Verbatim(String),
    /// One of these words.
    Either(Vec<&'static str>),
    /// What each language has words of its own for: the kind of value that is expected.
    Said(Saying),
}

impl From<String> for Hint {
    fn from(hint: String) -> Hint {
        Hint::Verbatim(hint)
    }
}

impl From<&str> for Hint {
    fn from(hint: &str) -> Hint {
        Hint::Verbatim(hint.to_owned())
    }
}

impl From<Phrase> for Hint {
    fn from(phrase: Phrase) -> Hint {
        Hint::Said(phrase.into())
    }
}

impl From<Saying> for Hint {
    fn from(saying: Saying) -> Hint {
        Hint::Said(saying)
    }
}

impl From<Code> for Fault {
    fn from(code: Code) -> Fault {
        Fault { code, hint: None }
    }
}

impl Fault {
    /// A fault and what helps to mend it.
    pub fn with(code: Code, hint: impl Into<Hint>) -> Fault {
        Fault {
            code,
            hint: Some(hint.into()),
        }
    }
}

/// Where in a configuration: `services[1].country`; empty for the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Path(String);

impl Path {
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of a member of the object here. A key that is not plain stands in brackets and quotes, as
    /// `Path::of_key` says.
    #[must_use]
    pub fn member(&self, key: &str) -> Path {
        let written = Path::of_key(key);
        let is_beside = self.0.is_empty() || written.starts_with('[');
        let dot = if is_beside { "" } else { "." };
        Path(format!("{}{dot}{written}", self.0))
    }

    /// How a key is written in a path: plain as it is (`purpose`), any other as a string of JSON in brackets, in which
    /// every letter that nobody sees is escaped (`["a\nb"]`). So a key colours no terminal and forges no line of what
    /// is printed.
    pub(crate) fn of_key(key: &str) -> Cow<'_, str> {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_.$-".contains(letter);
        if !key.is_empty() && key.chars().all(is_plain) {
            return Cow::Borrowed(key);
        }
        let mut written = String::from("[\"");
        for letter in key.chars() {
            match letter {
                '"' | '\\' => written.extend(['\\', letter]),
                '\n' => written.push_str("\\n"),
                '\t' => written.push_str("\\t"),
                ' ' => written.push(letter),
                _ if is_unseen(letter) || hidden::is_unseen(letter) => {
                    for unit in letter.encode_utf16(&mut [0; 2]) {
                        // Writing to a string cannot fail.
                        let _ = write!(written, "\\u{unit:04x}");
                    }
                }
                _ => written.push(letter),
            }
        }
        written.push_str("\"]");
        Cow::Owned(written)
    }

    /// The path of an item of the list here.
    #[must_use]
    pub fn item(&self, index: usize) -> Path {
        Path(format!("{}[{index}]", self.0))
    }

    /// The path for every item of its lists: `services[].country`.
    pub fn without_indices(&self) -> String {
        let mut is_in_brackets = false;
        let mut path = String::new();
        for letter in self.0.chars() {
            is_in_brackets = letter == '[' || (is_in_brackets && letter.is_ascii_digit());
            if !is_in_brackets || letter == '[' {
                path.push(letter);
            }
        }
        path
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Something wrong in a configuration, or advised about it. [`Messages::explain`](super::messages::Messages::explain)
/// gives it its sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub path: Path,
    /// What.
    pub code: Code,
    /// What helps to mend it, where there is such a thing.
    pub hint: Option<Hint>,
    /// With which sentences it is told.
    pub(crate) told: Told,
}

impl Problem {
    /// A problem that is told as its code is at this place.
    pub(crate) fn new(path: Path, fault: impl Into<Fault>) -> Problem {
        let Fault { code, hint } = fault.into();
        Problem {
            path,
            code,
            hint,
            told: Told::ByCode,
        }
    }

    /// Something that cannot be read as JSON; `error` is what code of the page said that threw one.
    pub(crate) fn unreadable(path: Path, why: Unreadable, error: Option<String>) -> Problem {
        Problem {
            told: Told::Unreadable { why, error },
            ..Problem::new(path, Code::NotJson)
        }
    }
}

/// With which sentences a problem is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Those of its code.
    ByCode,
    /// Those of its code, and one more after a mend that is the same at every place.
    More(Words),
    /// What its code says, and a mend for this place alone.
    Mend(Saying),
    /// Others than those of its code, because they say more.
    Unreadable { why: Unreadable, error: Option<String> },
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn a_path_leads_down_by_keys_and_indices() {
        let path = Path::default().member("services").item(12).member("storage").item(0);
        assert_eq!(path.as_str(), "services[12].storage[0]");
        assert_eq!(path.without_indices(), "services[].storage[]");
    }

    /// B-02: what an owner was given to paste says nothing to a terminal.
    #[test]
    fn b_02_a_key_colours_no_terminal_and_forges_no_line() {
        let top = Path::default();
        for (key, written) in [
            ("purpose", "purpose"),
            ("--kelisim-accent", "--kelisim-accent"),
            ("a.b", "a.b"),
            ("$schema", "$schema"),
            ("", "[\"\"]"),
            ("a b", "[\"a b\"]"),
            ("кілт", "[\"кілт\"]"),
            ("a[0]", "[\"a[0]\"]"),
            ("a\"]\\", "[\"a\\\"]\\\\\"]"),
            ("\u{1b}[31m", "[\"\\u001b[31m\"]"),
            ("a\nb\r", "[\"a\\nb\\u000d\"]"),
            ("\u{9b}31m\u{7f}", "[\"\\u009b31m\\u007f\"]"),
            ("\u{202e}\u{2028}\u{e0041}", "[\"\\u202e\\u2028\\udb40\\udc41\"]"),
        ] {
            assert_eq!(top.member(key).as_str(), written);
            if let Some(quoted) = written.strip_prefix('[').and_then(|quoted| quoted.strip_suffix(']')) {
                assert_eq!(serde_json::from_str::<String>(quoted).unwrap(), key);
            }
        }
        let path = top.member("texts").member("a b").member("c").item(3);
        assert_eq!(path.as_str(), "texts[\"a b\"].c[3]");
        assert_eq!(path.without_indices(), "texts[\"a b\"].c[]");
    }
}
