//! Why something cannot be read as JSON, by name; the sentences stand in `messages/`.

use serde::Deserialize;
use strum::VariantArray;

/// Why a text is not JSON, or what a page handed in is nothing that JSON has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, VariantArray)]
#[serde(rename_all = "camelCase")]
pub enum Unreadable {
    // Texts.
    /// Nothing stands in it.
    EmptyFile,
    /// HTML.
    Page,
    /// It is no JSON, and nobody can say why.
    NoJson,
    /// A number that no program holds.
    NumberTooLarge,
    /// Half of a character, by its code.
    HalfAnEscape,
    /// A tab in a string.
    Tab,
    /// Another control character in a string.
    Unseen,
    /// A number that begins with a zero.
    LeadingZero,
    /// `True`, as Python has it.
    CapitalTruth,
    /// `None`, `undefined`, `NaN`.
    NoSuchValue,
    /// A quotation mark of a word processor.
    QuotationMark,
    /// A comma after the last entry.
    LastComma,
    /// A comment.
    Comment,
    /// No comma between two entries.
    MissingComma,
    /// No colon after a key.
    MissingColon,
    /// No value after a colon.
    MissingValue,
    /// A word without quotation marks.
    BareWord,
    /// A string in single quotation marks.
    SingleQuotes,
    /// A string without an end.
    EndlessString,
    /// A backslash that means nothing.
    Backslash,
    /// A list without an end.
    EndlessList,
    /// An object without an end.
    EndlessObject,
    /// A bracket that closes nothing.
    OtherBracket,
    /// Something after the end.
    AfterTheEnd,
    /// Something where nothing belongs.
    OutOfPlace,
    /// Too many levels; of a value that a page hands in as well.
    TooDeep,
    /// A number that is written otherwise than JSON writes it.
    OtherNotation,
    // Values of a page.
    /// A function.
    Function,
    /// `undefined`.
    Undefined,
    /// A `BigInt`.
    BigInt,
    /// A symbol.
    Symbol,
    /// `Infinity` or `NaN`.
    NotFinite,
    /// Half of a character in a text.
    HalfACharacter,
    /// An object of a class.
    OfAClass,
    /// An object or list that holds itself.
    HoldsItself,
    /// More than any configuration has.
    TooLarge,
    /// Anything else that JSON does not have.
    NothingOfJson,
    /// Code of the page threw an error while the value was read.
    Threw,
    /// The same, and the error has no message.
    ThrewUnnamed,
}
