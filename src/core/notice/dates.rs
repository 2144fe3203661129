//! Moments, dates and counts as text: the record's time stamps, the end date of a consent, "180 days".
//!
//! Everything is UTC and pure, so that the owner's tool prints what the visitor reads. It must not use `fmt`, which
//! would bring its tables into the visitor's script.

use super::texts::{Text, Texts};
use crate::core::letters::part;
use crate::core::placeholders::fill;
use crate::core::value::{Words, Writer};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Moment = i64;

/// Milliseconds in a second.
pub const SECOND: Moment = 1000;
/// Milliseconds in a day.
pub const DAY: Moment = 86_400 * SECOND;

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Year of the common era.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
}

/// The date in UTC on which a moment falls (Howard Hinnant's `civil_from_days`).
pub fn date(moment: Moment) -> Date {
    let days = moment.div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    Date {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month,
        day: day_of_year - (153 * shifted_month + 2) / 5 + 1,
    }
}

/// A moment as the record writes it: `2026-11-20T10:00:00Z`.
#[inline(never)]
pub fn stamp(moment: Moment) -> Words {
    let Date { year, month, day } = date(moment);
    let seconds = moment.rem_euclid(DAY) / SECOND;
    let mut text = Writer::default();
    text.number(year, 4);
    let mut pair = |separator, number| {
        text.mark(separator);
        text.number(number, 2);
    };
    pair(b'-', month);
    pair(b'-', day);
    pair(b'T', seconds / 3600);
    pair(b':', seconds / 60 % 60);
    pair(b':', seconds % 60);
    text.mark(b'Z');
    text.done()
}

/// The moment of a time stamp. `None` unless it is written exactly as [`stamp`] writes it.
pub fn moment(text: Words) -> Option<Moment> {
    let moment = reckoned(&text)?;
    stamp(moment).are(&text).then_some(moment)
}

/// The moment that the numbers of a time stamp make, however it is written; for one that was found to be well written.
#[inline(never)]
pub fn reckoned(text: &str) -> Option<Moment> {
    let mut numbers = [0_i64; 6];
    let mut field = 0;
    for byte in text.as_bytes() {
        if byte.is_ascii_digit() {
            let number = numbers.get_mut(field)?;
            *number = (*number * 10 + i64::from(byte - b'0')) % 10_000;
        } else {
            field += 1;
        }
    }
    let [year, month, day, hours, minutes, seconds] = numbers;
    // The calendar comes back after 400 years: so none of these numbers is negative, also in January of the year 0.
    let shifted_year = if month <= 2 { year + 399 } else { year + 400 };
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let days = shifted_year * 365 + shifted_year / 4 - shifted_year / 100 + shifted_year / 400 + day_of_year - 865_565;
    Some(days * DAY + (hours * 3600 + minutes * 60 + seconds) * SECOND)
}

/// A date in the words of a language: «19 мая 2027 г.».
#[inline(never)]
pub fn spelled(moment: Moment, texts: &Texts) -> Words {
    let Date { year, month, day } = date(moment);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a month is 1 to 12"
    )]
    let place = month as usize - 1;
    let mut spelled = Writer::default();
    fill(
        texts.get(Text::DateFormat).text(),
        &mut spelled,
        &|name, spelled| match name {
            "day" => spelled.number(day, 1),
            "year" => spelled.number(year, 1),
            _ => spelled.push(part(&texts.get(Text::Months), b'|', place)),
        },
    );
    spelled.done()
}

/// A number with its noun: "1 день", "2 дня", "5 дней", "180 күн" (requirement L-01).
///
/// `unit` names one form (kk), two (en: one, other), three (ru: one, few, many) or six (ar: zero, one, two, few, many,
/// other).
#[inline(never)]
pub fn counted(number: u32, unit: Text, texts: &Texts) -> Words {
    let forms = texts.get(unit);
    let mut known = 1;
    while !part(&forms, b'|', known).is_empty() {
        known += 1;
    }
    let form = match known {
        1 => 0,
        2 => usize::from(number != 1),
        3 => slavic_form(number),
        _ => arabic_form(number),
    };
    let mut words = Writer::default();
    words.number(i64::from(number), 1);
    words.push("\u{a0}");
    words.push(part(&forms, b'|', form));
    words.done()
}

/// Which of zero, one, two, few, many and other an Arabic noun takes (Unicode CLDR).
fn arabic_form(number: u32) -> usize {
    match (number, number % 100) {
        (0..=2, _) => number as usize,
        (_, 3..=10) => 3,
        (_, 11..=99) => 4,
        _ => 5,
    }
}

/// Which of one, few and many an East Slavic noun takes.
fn slavic_form(number: u32) -> usize {
    match (number % 10, number % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
        _ => 2,
    }
}
