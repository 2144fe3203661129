//! The language files: complete, and alike in what they say.
//!
//! Every file of the folder is held to this, so a new language is too; only what is known of single languages names them.

use std::collections::{BTreeMap, BTreeSet};

use icu_plurals::PluralCategory;
use serde_json::Value;
use unicode_normalization::is_nfc;

use super::calendar::plural_rules;
use super::{BUILT_IN_CATEGORIES, FOLDER, Language, LanguageError, Languages, OwnTexts, Unit};

/// ISO 3166-1 alpha-2.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY \
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR \
    IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK \
    ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM \
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF \
    TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The months of a date, by number.
const MONTHS: std::ops::RangeInclusive<u8> = 1..=12;

fn house() -> Languages {
    Languages::house().unwrap()
}

/// The text of a language file.
fn file(tag: &str) -> &'static str {
    FOLDER.get_file(format!("{tag}.json")).unwrap().contents_utf8().unwrap()
}

/// The tables of a language by their names.
fn tables(language: &Language) -> [(&'static str, &BTreeMap<String, String>); 3] {
    [
        ("countries", &language.countries),
        ("data", &language.data),
        ("storagePurposes", &language.storage_purposes),
    ]
}

/// Every string of a language with a name for it: `lead`, `countries.RU`.
fn strings(language: &Language) -> Vec<(String, &str)> {
    let mut strings: Vec<(String, &str)> = Vec::new();
    strings.extend(language.texts.iter().map(|(key, words)| (key.to_owned(), words)));
    strings.extend(
        language
            .months
            .iter()
            .map(|month| ("months".to_owned(), month.as_str())),
    );
    for (name, forms) in [
        ("days", &language.days),
        ("hours", &language.hours),
        ("minutes", &language.minutes),
    ] {
        strings.extend(PluralCategory::all().map(|category| (name.to_owned(), forms.form(category))));
    }
    for (name, table) in tables(language) {
        strings.extend(
            table
                .iter()
                .map(|(code, words)| (format!("{name}.{code}"), words.as_str())),
        );
    }
    strings
}

/// The names in braces of a text.
fn placeholders(words: &str) -> BTreeSet<&str> {
    words
        .split('{')
        .skip(1)
        .map(|rest| rest.split_once('}').expect("a closing brace").0)
        .collect()
}

#[test]
fn l_01_the_house_languages_are_there() {
    let house = house();
    for (tag, name) in [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")] {
        assert_eq!(house.get(tag).unwrap().texts.language_name, name);
    }
    assert_eq!(house.get("KK"), None);
}

#[test]
fn l_01_every_text_says_something() {
    for language in house().iter() {
        for (key, words) in strings(language) {
            assert!(
                !words.is_empty() && words.trim() == words,
                "{} {key}: “{words}”",
                language.tag
            );
        }
    }
}

#[test]
fn l_01_every_file_is_in_the_same_order() {
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for tag in house().tags() {
        let file: Value = serde_json::from_str(file(tag)).unwrap();
        assert_eq!(keys(&file["texts"]), OwnTexts::KEYS, "{tag}");
        assert!(keys(&file["countries"]).is_sorted(), "{tag}");
    }
}

#[test]
fn l_01_a_file_with_a_key_too_few_or_too_many_is_refused() {
    let problem = |tag: &str, content: &str| Languages::from_files([(tag, content)]).unwrap_err().to_string();
    let sound = file("ru");
    for (from, to, expected) in [
        ("\"lead\":", "\"leed\":", "unknown field `leed`"),
        ("\"direction\": \"ltr\",", "", "missing field `direction`"),
        ("\"ltr\"", "\"up\"", "unknown variant `up`"),
        ("\"января\",", "", "invalid length 11"),
        ("\"other\": \"дня\"", "\"others\": \"дня\"", "unknown field `others`"),
    ] {
        let broken = sound.replacen(from, to, 1);
        assert_ne!(broken, sound, "{from}");
        let problem = problem("ru", &broken);
        assert!(problem.contains("ru.json") && problem.contains(expected), "{problem}");
    }
    for tag in ["", "kk-arab", "kk_Arab", "README"] {
        let error = Languages::from_files([(tag, sound)]).unwrap_err();
        assert!(matches!(error, LanguageError::Tag { .. }), "{tag}: {error}");
    }
}

#[test]
fn l_01_a_text_has_the_same_placeholders_in_every_language() {
    let house = house();
    let reference = &house.get("kk").unwrap().texts;
    for language in house.iter() {
        for (key, words) in language.texts.iter() {
            let expected = placeholders(reference.get(key).unwrap());
            assert_eq!(placeholders(words), expected, "{} {key}", language.tag);
        }
    }
}

#[test]
fn l_01_a_text_has_the_placeholders_that_are_filled() {
    let house = house();
    let mut expected = BTreeMap::from([
        ("dateFormat", &["day", "month", "year"][..]),
        ("lead", &["operator"]),
        ("serviceSummary", &["service", "recipient", "countries"]),
        ("storedHere", &["place"]),
        ("storedThere", &["place", "host"]),
        ("bin", &["number"]),
        ("iin", &["number"]),
        ("policyVersion", &["version"]),
        ("termText", &["days", "date"]),
        ("thirdPartiesYes", &["recipients"]),
        ("crossBorderYes", &["countries"]),
        ("withdrawalLetter", &["email", "subject"]),
        ("withdrawalBody", &["host", "code"]),
        ("correctionLetter", &["email", "correctionSubject"]),
        ("correctionBody", &["host"]),
        ("scopeHost", &["host"]),
        ("scopeDomain", &["domain"]),
        ("changed", &["names"]),
    ]);
    for (key, words) in house.get("kk").unwrap().texts.iter() {
        let expected = expected.remove(key).unwrap_or_default();
        assert_eq!(placeholders(words), expected.iter().copied().collect(), "{key}");
    }
    assert!(expected.is_empty(), "{expected:?}");
}

#[test]
fn l_01_words_are_plain_text_in_normalisation_form_c() {
    for language in house().iter() {
        for (key, words) in strings(language) {
            assert!(is_nfc(words), "{} {key}: “{words}”", language.tag);
            assert!(
                !words.contains(['<', '>', '=', '|', '\n', '\t']),
                "{} {key}: “{words}”",
                language.tag
            );
        }
    }
}

#[test]
fn l_05_the_tables_have_the_same_codes_in_every_language() {
    let house = house();
    for language in house.iter() {
        for ((name, table), (_, reference)) in tables(language).into_iter().zip(tables(house.get("kk").unwrap())) {
            assert!(table.keys().eq(reference.keys()), "{} {name}", language.tag);
        }
    }
    assert!(house.data_codes().any(|code| code == "ip"));
    assert!(house.storage_purpose_codes().any(|code| code == "visitor-id"));
}

#[test]
fn l_05_every_country_is_named_in_every_language() {
    let codes: Vec<&str> = COUNTRIES.split(' ').collect();
    assert_eq!(codes.len(), 249);
    assert_eq!(house().country_codes().collect::<Vec<_>>(), codes);
}

#[test]
fn i_07_no_two_entries_of_a_table_say_the_same() {
    for language in house().iter() {
        for (name, table) in tables(language) {
            let mut codes = BTreeMap::new();
            for (code, words) in table {
                let other = codes.insert(words, code);
                assert_eq!(other, None, "{} {name}: {code} is “{words}” too", language.tag);
            }
        }
    }
}

#[test]
fn i_07_countries_are_called_what_they_were_called_before() {
    let house = house();
    for (tag, code, name) in [
        ("en", "US", "USA"),
        ("ru", "AE", "ОАЭ"),
        ("kk", "AE", "БАӘ"),
        ("kk-Arab", "AE", "بىرىككەن اراب امىرلىكتەرى"),
        ("kk-Arab", "US", "ا\u{a0}ق\u{a0}ش"),
        ("ky", "NL", "Нидерланды"),
        ("uz", "KZ", "Qozogʻiston"),
    ] {
        assert_eq!(house.get(tag).unwrap().countries[code], name, "{tag} {code}");
    }
}

#[test]
fn l_04_a_language_says_how_it_runs() {
    let house = house();
    for (tag, direction) in [
        ("kk", "ltr"),
        ("ru", "ltr"),
        ("en", "ltr"),
        ("ar", "rtl"),
        ("kk-Arab", "rtl"),
    ] {
        assert_eq!(house.get(tag).unwrap().direction.as_str(), direction, "{tag}");
    }
}

#[test]
fn l_01_the_owners_words_stand_in_place_of_kelisims() {
    let house = house();
    let english = house.get("en").unwrap();
    let mut own = OwnTexts::default();
    assert!(own.set("accept", "Allow everything".to_owned()));
    assert!(own.set("dateFormat", "{month} {day}, {year}".to_owned()));
    assert!(!own.set("months", "January".to_owned()));
    assert!(
        own.iter()
            .eq([("dateFormat", "{month} {day}, {year}"), ("accept", "Allow everything")])
    );
    let written = r#"{"dateFormat":"{month} {day}, {year}","accept":"Allow everything"}"#;
    assert_eq!(serde_json::to_string(&own).unwrap(), written);
    assert_eq!(serde_json::from_str::<OwnTexts>(written).unwrap(), own);

    let owners = english.with_own_texts(&own);
    assert_eq!(owners.texts.accept, "Allow everything");
    assert_eq!(owners.texts.reject, english.texts.reject);
    assert_eq!(owners.date(2027, 5, 19), "May 19, 2027");
    assert_eq!(OwnTexts::default().over(&english.texts), english.texts);
}

#[test]
fn l_01_every_text_is_found_by_its_key() {
    let house = house();
    let texts = &house.get("en").unwrap().texts;
    assert!(texts.iter().map(|(key, _)| key).eq(OwnTexts::KEYS.iter().copied()));
    for (key, words) in texts.iter() {
        assert_eq!(texts.get(key), Some(words));
        let mut own = OwnTexts::default();
        assert!(own.set(key, words.to_owned()) && own.iter().eq([(key, words)]));
    }
    assert_eq!(texts.get("months"), None);
}

#[test]
fn i_08_every_built_in_category_has_a_name_and_a_purpose() {
    let house = house();
    let texts = &house.get("en").unwrap().texts;
    for id in BUILT_IN_CATEGORIES {
        assert_eq!(texts.category_name(id), texts.get(&format!("{id}Name")), "{id}");
        assert_eq!(texts.category_purpose(id), texts.get(&format!("{id}Purpose")), "{id}");
    }
    for id in ["necessary", "stored", ""] {
        assert_eq!(
            (texts.category_name(id), texts.category_purpose(id)),
            (None, None),
            "{id}"
        );
    }
}

/// As the first edition wrote them.
#[test]
fn l_01_dates_are_written_as_the_language_writes_them() {
    let house = house();
    for language in house.iter() {
        let months: BTreeSet<&String> = language.months.iter().collect();
        assert_eq!(months.len(), 12, "{}", language.tag);
        for (month, name) in MONTHS.zip(&language.months) {
            assert!(
                language.date(2026, month, 20).contains(name),
                "{} {month}",
                language.tag
            );
        }
    }
    for (tag, written) in [
        ("ar", ["19 مايو 2027", "1 يناير 2026", "31 ديسمبر 2028"]),
        ("de", ["19. Mai 2027", "1. Januar 2026", "31. Dezember 2028"]),
        ("en", ["19 May 2027", "1 January 2026", "31 December 2028"]),
        ("kk", ["2027 ж. 19 мамыр", "2026 ж. 1 қаңтар", "2028 ж. 31 желтоқсан"]),
        (
            "kk-Arab",
            ["2027-جىلعى 19-مامىر", "2026-جىلعى 1-قاڭتار", "2028-جىلعى 31-جەلتوقسان"],
        ),
        (
            "ky",
            ["2027-жылдын 19-майы", "2026-жылдын 1-январы", "2028-жылдын 31-декабры"],
        ),
        ("ru", ["19 мая 2027 г.", "1 января 2026 г.", "31 декабря 2028 г."]),
        ("tr", ["19 Mayıs 2027", "1 Ocak 2026", "31 Aralık 2028"]),
        ("uz", ["2027-yil 19-may", "2026-yil 1-yanvar", "2028-yil 31-dekabr"]),
    ] {
        let language = house.get(tag).unwrap();
        let dates = [(2027, 5, 19), (2026, 1, 1), (2028, 12, 31)];
        assert_eq!(
            dates.map(|(year, month, day)| language.date(year, month, day)),
            written,
            "{tag}"
        );
    }
    let english = house.get("en").unwrap();
    assert_eq!(
        [0, 13].map(|month| english.date(2026, month, 1)),
        ["1 0 2026", "1 13 2026"]
    );
}

#[test]
fn l_01_a_language_has_the_plural_forms_that_its_numbers_need() {
    for language in house().iter() {
        let needed: BTreeSet<PluralCategory> = plural_rules(&language.tag).unwrap().categories().collect();
        for forms in [&language.days, &language.hours, &language.minutes] {
            let found = [
                (PluralCategory::Zero, forms.zero.is_some()),
                (PluralCategory::One, forms.one.is_some()),
                (PluralCategory::Two, forms.two.is_some()),
                (PluralCategory::Few, forms.few.is_some()),
                (PluralCategory::Many, forms.many.is_some()),
                (PluralCategory::Other, true),
            ];
            let found = found.into_iter().filter(|(_, is_there)| *is_there);
            assert!(
                found.map(|(category, _)| category).collect::<BTreeSet<_>>() == needed,
                "{} {forms:?}",
                language.tag
            );
        }
    }
}

#[test]
fn l_01_days_agree_with_their_number() {
    let house = house();
    let [russian, kazakh] = ["ru", "kk"].map(|tag| house.get(tag).unwrap());
    for (number, expected) in [(1, "1 день"), (2, "2 дня"), (5, "5 дней"), (21, "21 день")] {
        assert_eq!(russian.counted(number, Unit::Days), expected.replace(' ', "\u{a0}"));
        assert_eq!(kazakh.counted(number, Unit::Days), format!("{number}\u{a0}күн"));
    }
}

#[test]
fn l_01_a_language_that_nobody_has_rules_for_counts_in_one_form() {
    let languages = Languages::from_files([("tlh", file("ru"))]).unwrap();
    assert_eq!(languages.get("tlh").unwrap().counted(1, Unit::Days), "1\u{a0}дня");
}

/// The forms beside 1, 2, 3, 5, 11, 21, 22, 25, 101, 111, 180, 365 and 1095, as the first edition wrote them.
#[test]
#[rustfmt::skip]
fn l_01_every_noun_agrees_with_its_number() {
    let house = house();
    for (tag, unit, nouns) in [
        ("ar", Unit::Days, "يوم يوم أيام أيام يومًا يومًا يومًا يومًا يوم يومًا يومًا يومًا يومًا"),
        ("ar", Unit::Hours, "ساعة ساعة ساعات ساعات ساعة ساعة ساعة ساعة ساعة ساعة ساعة ساعة ساعة"),
        ("ar", Unit::Minutes, "دقيقة دقيقة دقائق دقائق دقيقة دقيقة دقيقة دقيقة دقيقة دقيقة دقيقة دقيقة دقيقة"),
        ("de", Unit::Days, "Tag Tage Tage Tage Tage Tage Tage Tage Tage Tage Tage Tage Tage"),
        ("de", Unit::Hours, "Stunde Stunden Stunden Stunden Stunden Stunden Stunden Stunden Stunden Stunden Stunden Stunden Stunden"),
        ("de", Unit::Minutes, "Minute Minuten Minuten Minuten Minuten Minuten Minuten Minuten Minuten Minuten Minuten Minuten Minuten"),
        ("en", Unit::Days, "day days days days days days days days days days days days days"),
        ("en", Unit::Hours, "hour hours hours hours hours hours hours hours hours hours hours hours hours"),
        ("en", Unit::Minutes, "minute minutes minutes minutes minutes minutes minutes minutes minutes minutes minutes minutes minutes"),
        ("kk", Unit::Days, "күн күн күн күн күн күн күн күн күн күн күн күн күн"),
        ("kk", Unit::Hours, "сағат сағат сағат сағат сағат сағат сағат сағат сағат сағат сағат сағат сағат"),
        ("kk", Unit::Minutes, "минут минут минут минут минут минут минут минут минут минут минут минут минут"),
        ("kk-Arab", Unit::Days, "كۇن كۇن كۇن كۇن كۇن كۇن كۇن كۇن كۇن كۇن كۇن كۇن كۇن"),
        ("kk-Arab", Unit::Hours, "ساعات ساعات ساعات ساعات ساعات ساعات ساعات ساعات ساعات ساعات ساعات ساعات ساعات"),
        ("kk-Arab", Unit::Minutes, "مينۋت مينۋت مينۋت مينۋت مينۋت مينۋت مينۋت مينۋت مينۋت مينۋت مينۋت مينۋت مينۋت"),
        ("ky", Unit::Days, "күн күн күн күн күн күн күн күн күн күн күн күн күн"),
        ("ky", Unit::Hours, "саат саат саат саат саат саат саат саат саат саат саат саат саат"),
        ("ky", Unit::Minutes, "мүнөт мүнөт мүнөт мүнөт мүнөт мүнөт мүнөт мүнөт мүнөт мүнөт мүнөт мүнөт мүнөт"),
        ("ru", Unit::Days, "день дня дня дней дней день дня дней день дней дней дней дней"),
        ("ru", Unit::Hours, "час часа часа часов часов час часа часов час часов часов часов часов"),
        ("ru", Unit::Minutes, "минута минуты минуты минут минут минута минуты минут минута минут минут минут минут"),
        ("tr", Unit::Days, "gün gün gün gün gün gün gün gün gün gün gün gün gün"),
        ("tr", Unit::Hours, "saat saat saat saat saat saat saat saat saat saat saat saat saat"),
        ("tr", Unit::Minutes, "dakika dakika dakika dakika dakika dakika dakika dakika dakika dakika dakika dakika dakika"),
        ("uz", Unit::Days, "kun kun kun kun kun kun kun kun kun kun kun kun kun"),
        ("uz", Unit::Hours, "soat soat soat soat soat soat soat soat soat soat soat soat soat"),
        ("uz", Unit::Minutes, "daqiqa daqiqa daqiqa daqiqa daqiqa daqiqa daqiqa daqiqa daqiqa daqiqa daqiqa daqiqa daqiqa"),
    ] {
        let language = house.get(tag).unwrap();
        let numbers = [1, 2, 3, 5, 11, 21, 22, 25, 101, 111, 180, 365, 1095];
        assert_eq!(nouns.split(' ').count(), numbers.len(), "{tag} {unit:?}");
        for (number, noun) in numbers.into_iter().zip(nouns.split(' ')) {
            assert_eq!(language.counted(number, unit), format!("{number}\u{a0}{noun}"), "{tag}");
        }
    }
}

/// Arabic says a form of its own beside 0, 1, 2, 3 to 10, 11 to 99, and the rest of a hundred.
#[test]
fn l_01_arabic_nouns_agree_with_their_number() {
    let house = house();
    let language = house.get("ar").unwrap();
    let days = &language.days;
    for (number, noun) in [
        (0, days.zero.as_ref()),
        (1, days.one.as_ref()),
        (2, days.two.as_ref()),
        (3, days.few.as_ref()),
        (10, days.few.as_ref()),
        (11, days.many.as_ref()),
        (99, days.many.as_ref()),
        (100, Some(&days.other)),
        (103, days.few.as_ref()),
        (180, days.many.as_ref()),
        (202, Some(&days.other)),
    ] {
        assert_eq!(
            language.counted(number, Unit::Days),
            format!("{number}\u{a0}{}", noun.unwrap())
        );
    }
}
