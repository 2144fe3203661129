//! Time stamps, counted nouns and the choice of a language.

use kelisim::core::notice::dates::{SECOND, counted, moment, spelled, stamp};
use kelisim::core::notice::texts::{Text, choose};
use kelisim::core::value::{Words, keep};
use proptest::prelude::*;

use crate::site::{noon, texts};

/// 0000-01-01 and 9999-12-31T23:59:59, in seconds since 1970.
const YEARS_OF_FOUR_DIGITS: std::ops::Range<i64> = -62_167_219_200..253_402_300_800;

/// The language of those offered that somebody with these wishes gets.
fn chosen(offered: &[&'static str], wanted: &[Words]) -> Words {
    let offered: Vec<Words> = offered.iter().map(|tag| Words::of(tag)).collect();
    choose(&offered, wanted)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// R-01: every second that a record can name is read back as it was written.
    #[test]
    fn r_01_a_stamp_reads_as_it_was_written(seconds in YEARS_OF_FOUR_DIGITS) {
        let text = stamp(seconds * SECOND);
        prop_assert_eq!(moment(text), Some(seconds * SECOND), "{}", text);
        prop_assert_eq!(text.len(), "2026-11-20T10:00:00Z".len());
    }

    /// R-01: also in the first months of the year 0, which begin a year that has none before it.
    #[test]
    fn r_01_the_first_months_read_as_they_were_written(seconds in -62_167_219_200_i64..-62_162_035_200) {
        prop_assert_eq!(moment(stamp(seconds * SECOND)), Some(seconds * SECOND));
    }

    /// G-09: nothing but the one way of writing is a time stamp, and nothing panics.
    #[test]
    fn g_09_only_the_one_form_is_a_stamp(text in prop_oneof![".*", "[0-9TZ:-]{0,24}", "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"]) {
        if let Some(moment) = moment(keep(text.clone())) {
            prop_assert_eq!(stamp(moment), text);
        }
    }

    /// L-02: the language is always an offered one.
    #[test]
    fn l_02_the_language_is_an_offered_one(wanted in prop::collection::vec(".{0,8}", 0..4)) {
        let wanted: Vec<Words> = wanted.into_iter().map(keep).collect();
        prop_assert!(["ru", "kk"].contains(&chosen(&["ru", "kk"], &wanted).text()));
    }
}

/// R-01: known moments, a leap day among them.
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
        assert_eq!(stamp(seconds * SECOND), text);
        assert_eq!(moment(Words::of(text)), Some(seconds * SECOND), "{text}");
    }
    assert_eq!(stamp(999), "1970-01-01T00:00:00Z", "parts of a second are not written");
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
        "0000-00-00T00:00:00Z",
        "２０２６-11-20T10:00:00Z",
    ] {
        assert_eq!(moment(Words::of(text)), None, "{text}");
    }
}

/// L-01: a number and its noun agree, and stay on one line.
#[test]
fn l_01_counted_nouns() {
    for (language, expected) in [
        (
            "ru",
            [
                "0 дней",
                "1 день",
                "2 дня",
                "4 дня",
                "5 дней",
                "11 дней",
                "14 дней",
                "21 день",
                "22 дня",
                "111 дней",
                "180 дней",
                "365 дней",
                "1095 дней",
            ],
        ),
        (
            "kk",
            [
                "0 күн",
                "1 күн",
                "2 күн",
                "4 күн",
                "5 күн",
                "11 күн",
                "14 күн",
                "21 күн",
                "22 күн",
                "111 күн",
                "180 күн",
                "365 күн",
                "1095 күн",
            ],
        ),
        (
            "en",
            [
                "0 days",
                "1 day",
                "2 days",
                "4 days",
                "5 days",
                "11 days",
                "14 days",
                "21 days",
                "22 days",
                "111 days",
                "180 days",
                "365 days",
                "1095 days",
            ],
        ),
    ] {
        let texts = texts(language);
        let numbers = [0, 1, 2, 4, 5, 11, 14, 21, 22, 111, 180, 365, 1095];
        let found = numbers.map(|number| counted(number, Text::Days, texts));
        assert_eq!(found, expected.map(|words| words.replace(' ', "\u{a0}")));
    }
}

/// L-01: a date in the words of each language.
#[test]
fn l_01_dates_are_spelled_in_the_language() {
    for language in ["kk", "ru", "en"] {
        let spelled = spelled(noon(), texts(language));
        assert!(spelled.contains("20") && spelled.contains("2026"), "{spelled}");
        let month = texts(language).get(Text::Months).text().split('|').nth(10).unwrap();
        assert!(spelled.contains(month), "{spelled}: {month}");
    }
}

/// L-02: the page's language, then the visitor's, then the owner's first; `kz` is `kk`.
#[test]
fn l_02_the_language_is_chosen_in_order() {
    for (offered, wanted, expected) in [
        (&["ru", "kk", "en"][..], &["kk", "en"][..], "kk"),
        (&["ru", "kk", "en"], &["", "en", "kk"], "en"),
        (&["ru", "kk", "en"], &["kz", "ru"], "kk"),
        (&["ru", "kk", "en"], &["KZ"], "kk"),
        (&["ru", "kk", "en"], &["kk-KZ", "ru"], "kk"),
        (&["ru", "kk", "en"], &["EN-us"], "en"),
        (&["ru", "kk", "en"], &["de", "fr-CH", "en-GB"], "en"),
        (&["ru", "kk", "en"], &["de", "uz"], "ru"),
        (&["kk", "ru"], &[], "kk"),
        (&["kk", "ru"], &["rue", "r"], "kk"),
        (&["ru", "kk-Arab", "kk"], &["kk"], "kk"),
        (&["ru", "kk-Arab", "kk"], &["kk-Arab"], "kk-Arab"),
    ] {
        let wanted: Vec<Words> = wanted.iter().map(|wish| Words::of(wish)).collect();
        assert_eq!(chosen(offered, &wanted), expected, "{offered:?} {wanted:?}");
    }
}
