//! Nothing that is told takes longer than there is to tell: not of a country, a code or a word that no table has.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use kelisim::core::letters::part;
use kelisim::core::notice::texts::{Text, Texts, codes, place_of};
use kelisim::core::value::{Words, keep};
use kelisim::owner::included;
use kelisim::owner::notice::{Extent, notice};
use serde_json::{Value, json};

use crate::site::config;

/// Every country of ISO 3166-1.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY \
    MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM \
    PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ \
    UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Words that no table has as a code: free ones, nothing, the code of another table, what tables separate codes with.
const FREE_WORDS: [&str; 5] = ["Schuhgröße und Lieblingsfarbe", "", "RU|US", "ip|", "visitor-id|visit"];

/// A visitor would see the tab stand still long before this, and no machine is so busy that the work takes as long.
const LONGEST: Duration = Duration::from_mins(1);

/// Does the work beside the test, which fails where it does not come to an end.
fn in_time(what: &str, work: impl FnOnce() + Send + 'static) {
    let (done, waits) = channel();
    let worker = thread::spawn(move || {
        work();
        // Nobody listens any more where it took too long.
        let _ = done.send(());
    });
    let outcome = waits.recv_timeout(LONGEST);
    // A work that failed has hung up before its time; what it says follows.
    assert!(
        outcome != Err(RecvTimeoutError::Timeout),
        "{what}: not at an end after {LONGEST:?}"
    );
    worker
        .join()
        .unwrap_or_else(|failure| std::panic::resume_unwind(failure));
}

fn countries() -> Vec<&'static str> {
    COUNTRIES.split(' ').collect()
}

/// The words of a language file for a code; without an entry, the code.
fn told(file: &Value, table: &str, code: &str) -> String {
    let words = file[table].get(code).and_then(Value::as_str);
    words.unwrap_or(code).to_owned()
}

/// A site of one language with one service of the owner's.
fn site(language: &str, countries: &[&str], data: &[&str], purposes: &[&str]) -> Value {
    let stored = |(number, purpose): (usize, &&str)| json!({"name": format!("own_{number}"), "in": "cookie", "lifetime": "20h", "purpose": purpose});
    json!({
        "law": ["gdpr"],
        "operator": {"name": "Jane Doe", "address": "1 Example Road, Dublin", "email": "jane@doe.example"},
        "policy": {"url": "/privacy", "version": "1"},
        "languages": [language],
        "categories": [{"id": "analytics"}],
        "services": [{
            "id": "counter", "category": "analytics", "recipient": "Counter Ltd", "country": countries,
            "purpose": "Zählt die Besuche.", "data": data,
            "storage": purposes.iter().enumerate().map(stored).collect::<Vec<_>>(),
        }],
    })
}

/// What the visitors of a site read, which comes to an end.
fn notice_of(site: &Value) -> String {
    let config = config(site);
    notice(&config, None, Extent::FirstLayer).unwrap();
    notice(&config, None, Extent::Whole).unwrap().to_owned()
}

fn languages() -> Vec<(Texts, Value)> {
    let files = crate::texts::json_files("src/core/locales");
    let texts = included::texts().unwrap().into_iter();
    texts
        .map(|texts| (texts, files[texts.language().text()].clone()))
        .collect()
}

#[test]
fn the_countries_are_those_of_the_standard() {
    let countries = countries();
    assert_eq!(countries.len(), 249);
    assert!(countries.is_sorted() && countries.iter().all(|code| code.len() == 2));
}

/// T-06, I-05: a country with a name is told by it, any other by its code, whatever the language.
#[test]
fn t_06_every_country_is_told_in_time() {
    in_time("every country in every language", || {
        for (texts, file) in languages() {
            let language = texts.language();
            for code in countries() {
                let expected = told(&file, "countries", code);
                let listed = texts.listed(Text::Countries, Words::of(code));
                assert_eq!(listed, expected.as_str(), "{language} {code}");
            }
            let read = notice_of(&site(&language, &countries(), &["ip"], &["visit"]));
            for code in countries() {
                let expected = told(&file, "countries", code);
                assert!(read.contains(&expected), "{language}: no {expected} in {read}");
            }
        }
    });
}

/// T-06, I-07, I-09: every code of the tables is told by its words, and an owner's own words as they are.
#[test]
fn t_06_every_code_and_free_words_are_told_in_time() {
    in_time("every code and free words in every language", || {
        for (texts, file) in languages() {
            let language = texts.language();
            let of = |table: Text| codes(table).split('|').chain(["Schuhgröße"]).collect::<Vec<_>>();
            let (data, purposes) = (of(Text::Data), of(Text::StoragePurposes));
            let read = notice_of(&site(&language, &["GB"], &data, &purposes));
            for (table, key, words) in [
                (Text::Data, "data", data),
                (Text::StoragePurposes, "storagePurposes", purposes),
            ] {
                for word in words {
                    let expected = told(&file, key, word);
                    assert!(read.contains(&expected), "{language} {key}: no {expected} in {read}");
                }
                for free in FREE_WORDS {
                    assert_eq!(texts.listed(table, Words::of(free)), free, "{language} {key}");
                }
            }
            for free in FREE_WORDS {
                assert_eq!(texts.listed(Text::Countries, Words::of(free)), free, "{language}");
            }
        }
    });
}

/// T-06: what there is none of is not searched for beyond the last.
#[test]
fn t_06_a_text_that_there_is_none_of_is_empty_in_time() {
    in_time("a key that there is none of", || {
        for (texts, _) in languages() {
            for key in FREE_WORDS.into_iter().chain(["titel", "analyticsPurposes"]) {
                assert_eq!(place_of(key), None, "{key}");
                assert_eq!(texts.named(key), Words::NONE, "{key}");
            }
            // Only the name of the language is here: its tables have no words.
            let alone = texts.first(Text::NAMED);
            assert_eq!(alone.listed(Text::Countries, keep("RU".to_owned())), "RU");
        }
        for text in ["", "день", "день|дня|дней"] {
            assert_eq!(part(text, b'|', usize::MAX), "", "{text}");
        }
    });
}
