//! Moments in UTC: the record's time stamps, terms in days, calendar dates.
//!
//! A time stamp is written in one way, `2026-11-20T10:00:00Z`, and read in no other (design, section 2). It must not
//! know the clock: a moment is handed in.

use serde::de::{Deserialize, Deserializer, Error};

use super::push_number;

const MILLISECONDS_IN_SECOND: i64 = 1000;
const SECONDS_IN_DAY: i64 = 86_400;
const MILLISECONDS_IN_DAY: i64 = SECONDS_IN_DAY * MILLISECONDS_IN_SECOND;

/// A moment: milliseconds since 1970-01-01T00:00:00Z, as a browser's clock counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

/// A number of whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(pub u32);

impl Days {
    /// As seconds.
    pub const fn seconds(self) -> i64 {
        self.0 as i64 * SECONDS_IN_DAY
    }
}

/// A date of the Gregorian calendar, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Year of the common era.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Timestamp {
    /// A moment by the browser's clock.
    pub const fn from_milliseconds(milliseconds: i64) -> Timestamp {
        Timestamp(milliseconds)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn milliseconds(self) -> i64 {
        self.0
    }

    /// The second in which it lies: a record names no smaller part of time.
    #[must_use]
    pub const fn floor_to_second(self) -> Timestamp {
        Timestamp(
            self.0
                .div_euclid(MILLISECONDS_IN_SECOND)
                .saturating_mul(MILLISECONDS_IN_SECOND),
        )
    }

    /// So many seconds later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(seconds.saturating_mul(MILLISECONDS_IN_SECOND)))
    }

    /// So many days later.
    #[must_use]
    pub const fn plus(self, days: Days) -> Timestamp {
        self.plus_seconds(days.seconds())
    }

    /// Whole seconds from here to a later moment; negative to an earlier one.
    pub const fn seconds_until(self, later: Timestamp) -> i64 {
        later.0.saturating_sub(self.0).div_euclid(MILLISECONDS_IN_SECOND)
    }

    /// The date on which it falls (Howard Hinnant's `civil_from_days`).
    pub fn date(self) -> Date {
        let days = self.0.div_euclid(MILLISECONDS_IN_DAY) + 719_468;
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
            month: small(month),
            day: small(day_of_year - (153 * shifted_month + 2) / 5 + 1),
        }
    }

    /// As a record has it: `2026-11-20T10:00:00Z`. Years of more than four digits are written and never read.
    pub fn to_text(self) -> String {
        let Date { year, month, day } = self.date();
        let second = unsigned(self.0.rem_euclid(MILLISECONDS_IN_DAY) / MILLISECONDS_IN_SECOND);
        let mut text = String::new();
        push_number(&mut text, unsigned(year), 4);
        for (before, number) in [
            ('-', u64::from(month)),
            ('-', u64::from(day)),
            ('T', second / 3600),
            (':', second / 60 % 60),
            (':', second % 60),
        ] {
            text.push(before);
            push_number(&mut text, number, 2);
        }
        text.push('Z');
        text
    }

    /// Reads what [`to_text`](Timestamp::to_text) writes, and nothing else (requirement G-09).
    pub fn parse(text: &str) -> Option<Timestamp> {
        let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
        let [year, month, day] = three_numbers(date, '-')?;
        let [hour, minute, second] = three_numbers(time, ':')?;
        let days = days_since_1970(year, month, day);
        let seconds = days * SECONDS_IN_DAY + hour * 3600 + minute * 60 + second;
        let moment = Timestamp(seconds * MILLISECONDS_IN_SECOND);
        // Whatever is not written like this, a day that does not exist too, comes out differently.
        (text.len() == "2026-11-20T10:00:00Z".len() && moment.to_text() == text).then_some(moment)
    }
}

/// The days from 1970-01-01 to a date (Howard Hinnant's `days_from_civil`); for a month or a day that there is none of, those
/// to some other date.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let shifted_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + day_of_year - 719_468
}

fn three_numbers(text: &str, between: char) -> Option<[i64; 3]> {
    let mut parts = text.split(between).map(|part| part.parse::<u16>().ok().map(i64::from));
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

/// A month or a day, both of which a byte can hold.
fn small(number: i64) -> u8 {
    u8::try_from(number).unwrap_or_default()
}

/// A number that is not negative; a date before the common era, which no clock shows, has the year 0.
fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = String::deserialize(deserializer)?;
        Timestamp::parse(&text).ok_or_else(|| D::Error::custom("no time stamp"))
    }
}
