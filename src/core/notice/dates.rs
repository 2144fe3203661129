//! Moments, dates and counts as text: the record's time stamps, the end date of a consent, "180 days".
//!
//! Everything is UTC and pure, so that the owner's tool prints what the visitor reads. It must not use `fmt`, which
//! would bring its tables into the visitor's script.

use super::texts::{Text, Texts};
use crate::core::placeholders::{fill, part};

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
pub fn stamp(moment: Moment) -> String {
    let Date { year, month, day } = date(moment);
    let seconds = moment.rem_euclid(DAY) / SECOND;
    let mut text = String::new();
    push_padded(&mut text, year, 4);
    let mut pair = |separator, number| {
        text.push(separator);
        push_padded(&mut text, number, 2);
    };
    pair('-', month);
    pair('-', day);
    pair('T', seconds / 3600);
    pair(':', seconds / 60 % 60);
    pair(':', seconds % 60);
    text.push('Z');
    text
}

/// The moment of a time stamp. `None` unless it is written exactly as [`stamp`] writes it.
pub fn moment(text: &str) -> Option<Moment> {
    let mut numbers = [0_i64; 6];
    let mut field = 0;
    for byte in text.bytes() {
        if byte.is_ascii_digit() {
            let number = numbers.get_mut(field)?;
            *number = (*number * 10 + i64::from(byte - b'0')) % 10_000;
        } else {
            field += 1;
        }
    }
    let [year, month, day, hours, minutes, seconds] = numbers;
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let days = shifted_year * 365 + shifted_year / 4 - shifted_year / 100 + shifted_year / 400 + day_of_year - 719_468;
    let moment = days * DAY + (hours * 3600 + minutes * 60 + seconds) * SECOND;
    (stamp(moment) == text).then_some(moment)
}

/// Appends a whole number in digits.
pub fn push_number(text: &mut String, number: i64) {
    push_padded(text, number, 1);
}

/// Appends a number with at least `width` digits.
fn push_padded(text: &mut String, number: i64, width: u32) {
    let mut unit = 1;
    let mut digits = 1;
    while digits < width || number / unit >= 10 {
        unit *= 10;
        digits += 1;
    }
    while unit > 0 {
        text.push(char::from(b'0' + u8::try_from(number / unit % 10).unwrap_or(0)));
        unit /= 10;
    }
}

/// A date in the words of a language: «19 мая 2027 г.».
pub fn spelled(moment: Moment, texts: &Texts) -> String {
    let Date { year, month, day } = date(moment);
    let mut spelled = String::new();
    fill(texts.get(Text::DateFormat), &mut spelled, &|name, spelled| match name {
        "day" => push_number(spelled, day),
        "year" => push_number(spelled, year),
        _ => spelled.push_str(part(
            texts.get(Text::Months),
            b'|',
            usize::try_from(month - 1).unwrap_or(0),
        )),
    });
    spelled
}

/// A number with its noun: "1 день", "2 дня", "5 дней", "180 күн" (requirement L-01).
///
/// `unit` names one form (kk), two (en: one, other) or three (ru: one, few, many).
pub fn counted(number: u32, unit: Text, texts: &Texts) -> String {
    let forms = texts.get(unit);
    let form = match forms.bytes().filter(|byte| *byte == b'|').count() {
        0 => 0,
        1 => usize::from(number != 1),
        _ => slavic_form(number),
    };
    let mut words = String::new();
    push_number(&mut words, i64::from(number));
    words.push('\u{a0}');
    words.push_str(part(forms, b'|', form));
    words
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
