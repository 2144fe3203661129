//! Words among which an owner chooses: an enum whose names are the words.

use std::str::FromStr;

use serde_json::Value;
use strum::VariantNames;

use super::phrase::Phrase;
use super::problem::Code;
use super::reading::Reading;

/// Types that are read from one of the names of their variants.
macro_rules! read_as_choice {
    ($($type:ty),+) => { $(
        impl $crate::config::reading::Read for $type {
            fn read(value: &serde_json::Value, reading: &mut $crate::config::reading::Reading<'_>) -> Option<Self> {
                $crate::config::choice::choice(value, reading)
            }
        }
    )+ };
}
pub(crate) use read_as_choice;

/// Words that other banners choose among, and which mean nothing here: the nearest of Kelisim's would mean another thing.
const OF_OTHERS: [&str; 3] = ["cloud", "top-left", "top-right"];

/// One of the words that a type has.
pub(crate) fn choice<T: FromStr + VariantNames>(value: &Value, reading: &mut Reading<'_>) -> Option<T> {
    let Some(word) = value.as_str() else {
        reading.wrong_type(Phrase::AString);
        return None;
    };
    if OF_OTHERS.contains(&word) {
        reading.report(Code::UnknownValue);
    } else {
        reading.knows(word, T::VARIANTS.iter().copied(), Code::UnknownValue);
    }
    word.parse().ok()
}
