//! What is said besides the sentences of a code, by its name; the words stand in `messages/`.

use serde::Deserialize;
use strum::VariantArray;

/// The name of something that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, VariantArray)]
#[serde(rename_all = "camelCase")]
pub enum Phrase {
    // What a value has to be.
    /// An object.
    AnObject,
    /// A string.
    AString,
    /// True or false.
    TrueOrFalse,
    /// A list.
    AList,
    /// A number.
    ANumber,
    /// A country, or several.
    ACountry,
    /// Words for all languages, or for each.
    Words,
    // Before the last word of several.
    /// All of them.
    And,
    /// One of them.
    Or,
    // Mends for one place.
    /// Words that an offered language lacks.
    MissingInLanguage,
    /// The same, where a law asks for that language.
    MissingInLanguageOfLaw,
    /// A vendor whose category is not there.
    CategoryOfVendor,
    /// A text that says what the law says.
    FactOfLaw,
    /// A name of another manager that is an id here.
    IdMeansItself,
    // Colours.
    /// A ground that is not opaque.
    ShowsThrough,
    /// Two colours that are too much alike.
    TooClose,
    /// The same, where no third colour would do.
    TooCloseToMend,
    // What the program prints.
    /// A file without an error.
    NothingWrong,
    /// The line above what is advised.
    Advice,
}

impl Phrase {
    /// The phrase with what fills its placeholders, by their names.
    pub(crate) fn with(self, values: impl IntoIterator<Item = (&'static str, String)>) -> Saying {
        Saying {
            phrase: self,
            values: values.into_iter().collect(),
        }
    }
}

/// A phrase with what fills its placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    pub(crate) phrase: Phrase,
    pub(crate) values: Vec<(&'static str, String)>,
}

impl From<Phrase> for Saying {
    fn from(phrase: Phrase) -> Saying {
        phrase.with([])
    }
}
