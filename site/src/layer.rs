//! What the HTML of a layer leaves open for a visit: places for text, and conditions of elements.
//!
//! They are attributes: `data-kelisim-place="ends"`, `data-kelisim-when="asked:analytics"`. The compiler writes them, the
//! runtime fills and toggles; nobody builds an element.

use std::fmt;
use std::str::FromStr;

/// A place for text that only the visit knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// When the choice ends, as a date.
    Ends,
    /// When the choice was made, as a date.
    Decided,
    /// What is granted, by name.
    Granted,
    /// The host of the page.
    Host,
    /// The code of the grant.
    Code,
    /// What is asked anew, by name.
    Names,
    /// What has just happened.
    Status,
    /// The record as JSON.
    Record,
    /// What an embed belongs to, by name.
    Embed,
}

impl Place {
    /// Every place.
    pub const ALL: [Place; 9] = [
        Place::Ends,
        Place::Decided,
        Place::Granted,
        Place::Host,
        Place::Code,
        Place::Names,
        Place::Status,
        Place::Record,
        Place::Embed,
    ];

    /// As it stands in `data-kelisim-place`.
    pub fn as_str(self) -> &'static str {
        match self {
            Place::Ends => "ends",
            Place::Decided => "decided",
            Place::Granted => "granted",
            Place::Host => "host",
            Place::Code => "code",
            Place::Names => "names",
            Place::Status => "status",
            Place::Record => "record",
            Place::Embed => "embed",
        }
    }

    /// As it stands in the text of the notice, where it is not filled (requirement R-02), and in the address of a letter.
    pub fn in_notice(self) -> &'static str {
        match self {
            Place::Ends => "{date}",
            Place::Host => "{host}",
            Place::Code => "{code}",
            Place::Names => "{names}",
            Place::Decided | Place::Granted | Place::Status | Place::Record | Place::Embed => "",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Place {
    type Err = ParseError;

    fn from_str(written: &str) -> Result<Place, ParseError> {
        let known = Place::ALL.into_iter().find(|place| place.as_str() == written);
        known.ok_or(ParseError)
    }
}

/// When an element is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// Something is granted.
    Granted,
    /// Nothing is granted.
    Ungranted,
    /// A grant has a code, which its visitor can name.
    Coded,
    /// There is a record.
    Recorded,
    /// A signal of the browser answered in the visitor's place (requirement S-02).
    Signal,
    /// Something that was answered before is asked anew.
    Again,
    /// One of these categories or services, which a space parts, is asked: on a first visit everything, later only what
    /// lapsed.
    Asked(String),
    /// An embed waits for this category, or for this service or all of its category.
    Embed(String),
}

impl When {
    /// Whether the element belongs to the notice: what somebody reads who is asked for the first time, and who may say
    /// yes (requirement R-02).
    pub fn is_in_notice(&self) -> bool {
        matches!(self, When::Ungranted | When::Coded | When::Asked(_))
    }
}

impl fmt::Display for When {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Granted => formatter.write_str("granted"),
            When::Ungranted => formatter.write_str("ungranted"),
            When::Coded => formatter.write_str("coded"),
            When::Recorded => formatter.write_str("recorded"),
            When::Signal => formatter.write_str("signal"),
            When::Again => formatter.write_str("again"),
            When::Asked(id) => write!(formatter, "asked:{id}"),
            When::Embed(id) => write!(formatter, "embed:{id}"),
        }
    }
}

impl FromStr for When {
    type Err = ParseError;

    fn from_str(written: &str) -> Result<When, ParseError> {
        match written.split_once(':') {
            Some(("asked", id)) => Ok(When::Asked(id.to_owned())),
            Some(("embed", id)) => Ok(When::Embed(id.to_owned())),
            Some(_) => Err(ParseError),
            None => match written {
                "granted" => Ok(When::Granted),
                "ungranted" => Ok(When::Ungranted),
                "coded" => Ok(When::Coded),
                "recorded" => Ok(When::Recorded),
                "signal" => Ok(When::Signal),
                "again" => Ok(When::Again),
                _ => Err(ParseError),
            },
        }
    }
}

/// A place or condition that there is none of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError;

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("there is no such place or condition in a layer")
    }
}

impl std::error::Error for ParseError {}

#[cfg(test)]
mod tests {
    use super::{Place, When};

    #[test]
    fn what_is_written_is_read() {
        for place in Place::ALL {
            assert_eq!(place.as_str().parse(), Ok(place));
        }
        for when in [
            When::Granted,
            When::Ungranted,
            When::Coded,
            When::Recorded,
            When::Signal,
            When::Again,
            When::Asked("analytics".to_owned()),
            When::Asked("analytics replay".to_owned()),
            When::Embed("youtube".to_owned()),
        ] {
            assert_eq!(when.to_string().parse(), Ok(when));
        }
        assert!("granted:analytics".parse::<When>().is_err() && "end".parse::<Place>().is_err());
    }
}
