//! Dates and counted units in the words of a language: «19 мая 2027 г.», «180 дней».
//!
//! The words lie in the language's file; which plural form a number takes is known to Unicode CLDR, through
//! `icu_plurals`. Nothing here knows a clock, or reckons with dates.

use icu_locale_core::LanguageIdentifier;
use icu_plurals::{PluralCategory, PluralRules};
use serde::Deserialize;

use super::Language;

/// The forms of a noun beside a number, by plural category of Unicode CLDR. A file has those of its language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Beside 0 in Arabic.
    pub zero: Option<String>,
    /// Beside 1 in most languages, and in Russian beside 21.
    pub one: Option<String>,
    /// Beside 2 in Arabic.
    pub two: Option<String>,
    /// Beside 2 to 4 in Russian, and beside 3 to 10 in Arabic.
    pub few: Option<String>,
    /// Beside 5 to 20 in Russian, and beside 11 to 99 in Arabic.
    pub many: Option<String>,
    /// Beside everything else; every language has it.
    pub other: String,
}

impl Counted {
    /// The form of a plural category; [`Counted::other`] where the language has no such form.
    pub fn form(&self, category: PluralCategory) -> &str {
        let form = match category {
            PluralCategory::Zero => &self.zero,
            PluralCategory::One => &self.one,
            PluralCategory::Two => &self.two,
            PluralCategory::Few => &self.few,
            PluralCategory::Many => &self.many,
            PluralCategory::Other => &None,
        };
        form.as_ref().unwrap_or(&self.other)
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days: the term of a consent, a long lifetime.
    Days,
    /// Hours of a lifetime.
    Hours,
    /// Minutes of a lifetime.
    Minutes,
}

impl Language {
    /// A date as the language writes it: «19 мая 2027 г.». Months count from 1; one that there is none of stays a number.
    pub fn date(&self, year: i64, month: u8, day: u8) -> String {
        let place = usize::from(month).checked_sub(1);
        let name = place.and_then(|place| self.months.get(place));
        let name = name.map_or_else(|| month.to_string(), String::clone);
        let format = &self.texts.date_format;
        format
            .replace("{day}", &day.to_string())
            .replace("{month}", &name)
            .replace("{year}", &year.to_string())
    }

    /// A number with its noun, which agree and stay on one line: "1 день", "2 дня", "5 дней", "180 күн" (requirement
    /// L-01).
    pub fn counted(&self, number: u32, unit: Unit) -> String {
        let forms = match unit {
            Unit::Days => &self.days,
            Unit::Hours => &self.hours,
            Unit::Minutes => &self.minutes,
        };
        let category = plural_rules(&self.tag).map_or(PluralCategory::Other, |rules| rules.category_for(number));
        format!("{number}\u{a0}{}", forms.form(category))
    }
}

/// The rules by which nouns of a language agree with their number; `None` when the tag names no language.
pub(super) fn plural_rules(tag: &str) -> Option<PluralRules> {
    let mut language: LanguageIdentifier = tag.parse().ok()?;
    // A language counts alike in all its scripts, and the data knows only the usual one.
    language.script = None;
    PluralRules::try_new_cardinal(language.into()).ok()
}
