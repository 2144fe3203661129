//! Time stamps, and the date that a layer shows.

use kelisim::consent::{Days, Timestamp};
use kelisim::visit::{Control, text_of};
use kelisim_site::Place;
use proptest::prelude::*;

use crate::site::{DAY, Visit, after, noon, rasco};

/// 0000-01-01 and 9999-12-31T23:59:59, in seconds since 1970.
const YEARS_OF_FOUR_DIGITS: std::ops::Range<i64> = -62_167_219_200..253_402_300_800;

fn second(seconds: i64) -> Timestamp {
    Timestamp::from_milliseconds(seconds * 1000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// every second that a record can name is read back as it was written.
    #[test]
    fn r_01_a_stamp_reads_as_it_was_written(seconds in YEARS_OF_FOUR_DIGITS) {
        let text = second(seconds).to_text();
        prop_assert_eq!(Timestamp::parse(&text), Some(second(seconds)), "{}", text);
        prop_assert_eq!(text.len(), "2026-11-20T10:00:00Z".len());
    }

    /// G-09: nothing but the one way of writing is a time stamp, and nothing panics.
    #[test]
    fn g_09_only_the_one_form_is_a_stamp(
        text in prop_oneof![
            ".*",
            "[0-9TZ:-]{0,24}",
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
            "[+0-9]{1,6}-[+0-9]{1,6}-[+0-9]{1,6}T[+0-9]{1,6}:[+0-9]{1,6}:[+0-9]{1,6}Z",
        ],
    ) {
        if let Some(moment) = Timestamp::parse(&text) {
            prop_assert_eq!(moment.to_text(), text);
        }
    }

    /// G-09: no clock makes anything panic.
    #[test]
    fn g_09_no_clock_is_too_far(milliseconds: i64, seconds: i64, days: u32) {
        let moment = Timestamp::from_milliseconds(milliseconds);
        moment.to_text();
        moment.plus_seconds(seconds).floor_to_second().plus(Days(days)).to_text();
        moment.seconds_until(Timestamp::from_milliseconds(seconds));
    }
}

/// known moments, a leap day among them.
#[test]
fn r_01_known_moments() {
    for (text, seconds) in [
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59Z", -1),
        ("2000-02-29T00:00:00Z", 951_782_400),
        ("2024-02-29T23:59:59Z", 1_709_251_199),
        ("2026-11-20T10:00:00Z", 1_795_168_800),
        ("2100-03-01T00:00:00Z", 4_107_542_400),
    ] {
        assert_eq!(second(seconds).to_text(), text);
        assert_eq!(Timestamp::parse(text), Some(second(seconds)), "{text}");
    }
    let text = Timestamp::from_milliseconds(999).to_text();
    assert_eq!(text, "1970-01-01T00:00:00Z", "parts of a second are not written");
}

/// G-09: dates that do not exist, and other ways to write one that does.
#[test]
fn g_09_what_is_no_time_stamp() {
    for text in [
        "",
        "2026-11-20",
        "2026-11-20T10:00:00",
        "2026-11-20T10:00:00.000Z",
        "2026-11-20T10:00:00z",
        "2026-11-20 10:00:00Z",
        "2026-11-20T10:00:00+00:00",
        "2026-11-31T10:00:00Z",
        "2026-02-29T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-00-01T10:00:00Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20T10:60:00Z",
        "2026-11-20T10:00:60Z",
        "26-11-20T10:00:00Z",
        "12026-11-20T10:00:00Z",
        "-2026-11-20T10:00:00Z",
        "+026-11-20T10:00:00Z",
        "0000-00-00T00:00:00Z",
        "２０２６-11-20T10:00:00Z",
    ] {
        assert_eq!(Timestamp::parse(text), None, "{text}");
    }
}

/// L-01, I-03: the end date in the words of each language; of a choice made now, or of the one that holds.
#[test]
fn l_01_i_03_the_end_is_spelled_in_the_language() {
    let shown = |visit: &Visit| text_of(&visit.site, &visit.state, Place::Ends, None);
    let mut visit = Visit::first(&rasco()).shown();
    for (tag, expected) in [
        ("ru", "19 мая 2027 г."),
        ("kk", "2027 ж. 19 мамыр"),
        ("en", "19 May 2027"),
    ] {
        visit.arrived(tag);
        visit.speak(tag);
        assert_eq!(shown(&visit), expected);
    }
    visit.press(Control::Accept);
    assert_eq!(visit.record().expires(), noon().plus(Days(180)));
    let next = visit.next(&rasco(), after(30 * DAY));
    assert_eq!(shown(&next), "19 мая 2027 г.", "the one that holds");
    let mut changed = rasco();
    changed.policy = "2".to_owned();
    assert_eq!(
        shown(&visit.next(&changed, after(30 * DAY))),
        "18 июня 2027 г.",
        "one made now"
    );
}
