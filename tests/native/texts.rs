//! The language files: complete, alike in what they say, truthful in how they say it.
//!
//! The files are read from their folder, so a new language is held to all of this without a change here; only the
//! lexicons of words that must not appear know the house's three languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kelisim::core::notice::dates::{counted, moment, spelled};
use kelisim::core::notice::texts::{KEYS, Text, Texts};
use kelisim::core::value::{Words, keep};
use serde_json::{Map, Value};
use unicode_normalization::is_nfc;

/// Texts whose `|` separates forms; in every other text and in the tables it would break the way they travel.
const LISTS: &[&str] = &["months", "days", "hours", "minutes"];

/// The parsed JSON files of a folder of the source, by their names without the extension.
pub(super) fn json_files(folder: &str) -> BTreeMap<String, Value> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let file = serde_json::from_str(&fs::read_to_string(&path).unwrap());
            (name, file.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        })
        .collect()
}

/// Every language file by its BCP 47 tag.
pub(super) fn languages() -> BTreeMap<String, Map<String, Value>> {
    json_files("src/core/locales")
        .into_iter()
        .map(|(tag, file)| (tag, file.as_object().unwrap().clone()))
        .collect()
}

/// The words of a house language as the visitor's script has them.
fn texts(tag: &str) -> Texts {
    Texts::from_file(tag, &Value::Object(languages()[tag].clone()))
}

/// Every string of a language with a name for it: `lead`, `countries.RU`.
fn strings(file: &Map<String, Value>) -> Vec<(String, String)> {
    let mut strings = Vec::new();
    for (key, value) in file {
        match value {
            Value::String(words) => strings.push((key.clone(), words.clone())),
            Value::Object(table) => {
                strings.extend(
                    table
                        .iter()
                        .map(|(code, words)| (format!("{key}.{code}"), words.as_str().unwrap().to_owned())),
                );
            }
            other => panic!("{key}: {other}"),
        }
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

/// The words of a text, in lower case and without punctuation.
fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Fails when a text of the language has a word that begins like one of the `stems`.
fn forbid_words(tag: &str, stems: &[&str], keys: impl Fn(&str) -> bool) {
    for (key, text) in strings(&languages()[tag]).iter().filter(|(key, _)| keys(key)) {
        for word in words(text) {
            let found = stems.iter().find(|stem| word.starts_with(*stem));
            assert!(found.is_none(), "{tag} {key}: “{word}” in “{text}”");
        }
    }
}

#[test]
fn l_01_the_house_languages_are_there() {
    for tag in ["kk", "ru", "en"] {
        assert!(languages().contains_key(tag), "{tag}");
    }
}

#[test]
fn l_01_every_language_has_every_text_and_no_other() {
    let expected: BTreeSet<&str> = KEYS.split_terminator('|').collect();
    for (tag, file) in languages() {
        let found: BTreeSet<&str> = file.keys().map(String::as_str).collect();
        assert_eq!(found, expected, "{tag}");
        for (key, words) in strings(&file) {
            assert!(!words.is_empty() && words.trim() == words, "{tag} {key}: “{words}”");
        }
    }
}

#[test]
fn l_01_a_text_has_the_same_placeholders_in_every_language() {
    let reference = languages()["kk"].clone();
    for (tag, file) in languages() {
        for key in KEYS.split_terminator('|') {
            let of = |file: &Map<String, Value>| {
                let text = file[key].as_str().unwrap_or_default().to_owned();
                placeholders(&text)
                    .into_iter()
                    .map(str::to_owned)
                    .collect::<BTreeSet<_>>()
            };
            assert_eq!(of(&file), of(&reference), "{tag} {key}");
        }
    }
}

#[test]
fn l_01_a_text_has_the_placeholders_that_are_filled() {
    for (key, expected) in [
        ("dateFormat", &["day", "month", "year"][..]),
        ("lead", &["operator"]),
        ("serviceSummary", &["service", "recipient", "countries"]),
        ("bin", &["number"]),
        ("iin", &["number"]),
        ("policyVersion", &["version"]),
        ("termText", &["days", "date"]),
        ("thirdPartiesYes", &["recipients"]),
        ("crossBorderYes", &["countries"]),
        ("withdrawalLetter", &["email", "subject"]),
        ("scopeHost", &["host"]),
        ("changed", &["names"]),
    ] {
        let file = &languages()["kk"];
        assert_eq!(
            placeholders(file[key].as_str().unwrap()),
            expected.iter().copied().collect(),
            "{key}"
        );
    }
}

#[test]
fn l_05_the_tables_have_the_same_codes_in_every_language() {
    let codes =
        |file: &Map<String, Value>, table: &str| file[table].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let reference = languages()["kk"].clone();
    for (tag, file) in languages() {
        for table in ["countries", "data", "storagePurposes"] {
            assert_eq!(codes(&file, table), codes(&reference, table), "{tag} {table}");
        }
    }
}

#[test]
fn l_01_texts_survive_the_way_they_travel() {
    for (tag, file) in languages() {
        for (key, words) in strings(&file) {
            assert!(is_nfc(&words), "{tag} {key}: not in normalisation form C");
            assert!(!words.contains('='), "{tag} {key}: “{words}”");
            assert!(
                LISTS.contains(&key.as_str()) || !words.contains('|'),
                "{tag} {key}: “{words}”"
            );
            assert!(!words.contains(['<', '>', '\n', '\t']), "{tag} {key}: “{words}”");
        }
        let travelling = texts(&tag);
        for (code, words) in file["countries"].as_object().unwrap() {
            assert_eq!(
                travelling.listed(Text::Countries, keep(code.clone())),
                words.as_str().unwrap(),
                "{tag} {code}"
            );
        }
    }
}

#[test]
fn l_01_dates_are_written_as_the_language_writes_them() {
    for (tag, file) in languages() {
        let months: BTreeSet<&str> = file["months"].as_str().unwrap().split('|').collect();
        assert_eq!(months.len(), 12, "{tag}");
    }
    for (tag, written) in [
        ("kk", ["2027 ж. 19 мамыр", "2026 ж. 1 қаңтар", "2028 ж. 31 желтоқсан"]),
        ("ru", ["19 мая 2027 г.", "1 января 2026 г.", "31 декабря 2028 г."]),
        ("en", ["19 May 2027", "1 January 2026", "31 December 2028"]),
    ] {
        for (stamp, expected) in ["2027-05-19T10:00:00Z", "2026-01-01T00:00:00Z", "2028-12-31T23:59:59Z"]
            .into_iter()
            .zip(written)
        {
            assert_eq!(
                spelled(moment(Words::of(stamp)).unwrap(), &texts(tag)),
                expected,
                "{tag}"
            );
        }
    }
}

#[test]
fn l_01_nouns_agree_with_their_number() {
    for (tag, file) in languages() {
        let forms = |key: &str| file[key].as_str().unwrap().split('|').count();
        assert!([1, 2, 3, 6].contains(&forms("days")), "{tag}: {} forms", forms("days"));
        for key in ["hours", "minutes"] {
            assert_eq!(forms(key), forms("days"), "{tag} {key}");
        }
    }
    let numbers = [1, 2, 5, 11, 21, 22, 111, 180, 365];
    let expected = [
        ("kk", ["күн"; 9]),
        (
            "ru",
            ["день", "дня", "дней", "дней", "день", "дня", "дней", "дней", "дней"],
        ),
        (
            "en",
            ["day", "days", "days", "days", "days", "days", "days", "days", "days"],
        ),
    ];
    for (tag, nouns) in expected {
        for (number, noun) in numbers.into_iter().zip(nouns) {
            assert_eq!(
                counted(number, Text::Days, &texts(tag)),
                format!("{number}\u{a0}{noun}"),
                "{tag}"
            );
        }
    }
    // Arabic: zero, one, two, few, many, other; what is written must be the noun of that form.
    let file = languages()["ar"]["days"].as_str().unwrap().to_owned();
    for (number, form) in [
        (0, 0),
        (1, 1),
        (2, 2),
        (3, 3),
        (10, 3),
        (11, 4),
        (99, 4),
        (100, 5),
        (103, 3),
        (180, 4),
        (202, 5),
    ] {
        let noun = file.split('|').nth(form).unwrap();
        assert_eq!(
            counted(number, Text::Days, &texts("ar")),
            format!("{number}\u{a0}{noun}"),
            "{number}"
        );
    }
    for (tag, hours, minutes) in [
        ("kk", "20\u{a0}сағат", "30\u{a0}минут"),
        ("ru", "20\u{a0}часов", "30\u{a0}минут"),
        ("en", "20\u{a0}hours", "30\u{a0}minutes"),
    ] {
        assert_eq!(counted(20, Text::Hours, &texts(tag)), hours);
        assert_eq!(counted(30, Text::Minutes, &texts(tag)), minutes);
    }
}

#[test]
fn l_04_every_language_says_how_it_runs_and_what_it_is_called() {
    for (tag, file) in languages() {
        assert!(matches!(file["direction"].as_str(), Some("ltr" | "rtl")), "{tag}");
    }
    for (tag, name) in [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")] {
        assert_eq!(languages()[tag]["languageName"], name);
    }
}

#[test]
fn f_05_the_refusal_is_explicit() {
    for (tag, refusals) in [
        ("kk", &["бас тарту"][..]),
        ("ru", &["отклонить", "отказаться"]),
        ("en", &["reject", "refuse", "decline"]),
    ] {
        let label = texts(tag).get(Text::Reject).to_lowercase();
        assert!(
            refusals.iter().any(|refusal| label.contains(refusal)),
            "{tag}: “{label}”"
        );
        let evasions = [
            "закрыть",
            "продолжить",
            "позже",
            "не сейчас",
            "понятно",
            "хорошо",
            "ok",
            "жабу",
            "жалғастыру",
            "кейін",
            "түсінікті",
            "close",
            "continue",
            "later",
            "not now",
            "got it",
            "dismiss",
            "skip",
            "без",
            "не ",
            "without",
            "not ",
            "емес",
        ];
        for evasion in evasions {
            assert!(!label.contains(evasion), "{tag}: “{label}” says “{evasion}”");
        }
    }
}

#[test]
fn f_05_all_is_refused_in_the_words_in_which_all_is_accepted() {
    for (tag, all) in [("kk", "бәрін"), ("ru", "все"), ("en", "all")] {
        let (accept, reject) = (
            texts(tag).get(Text::Accept).to_lowercase(),
            texts(tag).get(Text::Reject).to_lowercase(),
        );
        assert!(
            accept.contains(all) && reject.contains(all),
            "{tag}: “{accept}”, “{reject}”"
        );
        let (accepting, rejecting) = (accept.chars().count(), reject.chars().count());
        assert!(
            accepting.abs_diff(rejecting) * 3 <= accepting.max(rejecting),
            "{tag}: “{accept}” and “{reject}” differ in length"
        );
    }
}

#[test]
fn f_05_no_two_choices_have_the_same_label() {
    for tag in languages().keys() {
        let texts = texts(tag);
        let labels = [
            Text::Accept,
            Text::Reject,
            Text::Settings,
            Text::Save,
            Text::Withdraw,
            Text::Close,
        ]
        .map(|label| texts.get(label));
        assert_eq!(
            labels.iter().collect::<BTreeSet<_>>().len(),
            labels.len(),
            "{tag}: {labels:?}"
        );
    }
}

#[test]
fn f_06_nothing_presses_or_rewards() {
    let everywhere = |_: &str| true;
    forbid_words(
        "kk",
        &[
            "тегін",
            "жеңілдік",
            "бонус",
            "сыйлы",
            "асығ",
            "өкініш",
            "өтін",
            "жақсар",
            "ұсын",
            "ыңғай",
            "рахмет",
        ],
        everywhere,
    );
    forbid_words(
        "ru",
        &[
            "бесплат",
            "скид",
            "бонус",
            "подар",
            "срочн",
            "сожален",
            "пожалуйст",
            "спасибо",
            "лучш",
            "удобн",
            "комфорт",
            "вкусн",
            "рекоменд",
            "пропуст",
            "потеря",
            "хуже",
        ],
        everywhere,
    );
    forbid_words(
        "en",
        &[
            "free",
            "discount",
            "bonus",
            "gift",
            "reward",
            "hurry",
            "now",
            "unfortunate",
            "sorry",
            "please",
            "thank",
            "best",
            "better",
            "enjoy",
            "improve",
            "experience",
            "recommend",
            "miss",
            "lose",
            "worse",
        ],
        everywhere,
    );
    for (tag, file) in languages() {
        for (key, words) in strings(&file) {
            let picture = words
                .chars()
                .find(|letter| matches!(u32::from(*letter), 0x2190..=0x2bff | 0xfe0f | 0x1f000..));
            assert!(picture.is_none() && !words.contains('!'), "{tag} {key}: “{words}”");
        }
    }
}

#[test]
fn f_11_the_choice_hangs_on_nothing_else() {
    let phrases = [
        "используя сайт",
        "продолжая",
        "оставаясь",
        "соглашаетесь с",
        "принимаю политику",
        "принимаете",
        "условия использования",
        "пайдалана отырып",
        "жалғастыра отырып",
        "саясатты қабылда",
        "саясатпен келіс",
        "by continuing",
        "by using",
        "agree to our",
        "accept the policy",
        "accept our",
        "terms of use",
    ];
    for (tag, file) in languages() {
        for (key, words) in strings(&file) {
            let words = words.to_lowercase();
            let found = phrases.iter().find(|phrase| words.contains(*phrase));
            assert!(found.is_none(), "{tag} {key}: “{words}”");
        }
    }
    for (tag, stem) in [("kk", "саясат"), ("ru", "политик"), ("en", "polic")] {
        forbid_words(tag, &[stem], |key| {
            matches!(key, "lead" | "title" | "accept" | "reject" | "save" | "settingsLead")
        });
    }
}

#[test]
fn i_08_purposes_are_specific() {
    let purposes = |key: &str| key.ends_with("Purpose") || key.starts_with("storagePurposes.");
    forbid_words(
        "kk",
        &["жақсар", "сапа", "оңтайл", "дербестендір", "тәжірибе"],
        purposes,
    );
    forbid_words(
        "ru",
        &["улучш", "качеств", "оптимиз", "персонализ", "опыт", "удобств"],
        purposes,
    );
    forbid_words(
        "en",
        &[
            "improv",
            "quality",
            "optimi",
            "personali",
            "experience",
            "various",
            "enhanc",
        ],
        purposes,
    );
}

#[test]
fn f_07_the_lead_says_what_is_asked_and_is_found_by_auto_reject_tools() {
    for (tag, phrase) in [
        ("ru", "мы используем файлы cookie и аналогичные технологии"),
        ("en", "we use cookies"),
    ] {
        let lead = texts(tag).get(Text::Lead).to_lowercase();
        assert!(lead.contains(phrase), "{tag}: “{lead}”");
    }
    for (tag, consent, operator) in [
        ("kk", "Келісімі", "Оператор: {operator}"),
        ("ru", "согласия", "Оператор: {operator}"),
        ("en", "consent", "Operator: {operator}"),
    ] {
        let lead = texts(tag).get(Text::Lead);
        assert!(lead.contains(consent) && lead.contains(operator), "{tag}: “{lead}”");
    }
}

#[test]
fn l_05_the_law_is_named_in_its_own_terms() {
    let terms = [
        (Text::Bin, ["БСН", "БИН", "BIN"]),
        (Text::Iin, ["ЖСН", "ИИН", "IIN"]),
        (Text::ThirdParties, ["Үшінші тұлға", "третьим лицам", "third parties"]),
        (
            Text::CrossBorder,
            [
                "Трансшекаралық беру",
                "Трансграничная передача",
                "Cross-border transfer",
            ],
        ),
        (
            Text::PublicSources,
            [
                "Жалпыға бірдей қолжетімді көздер",
                "Общедоступные источники",
                "Publicly available sources",
            ],
        ),
        (
            Text::PublicSourcesNo,
            ["аратылмайды", "не распространяются", "No data is disseminated"],
        ),
        (Text::Withdraw, ["кері қайтарып алу", "Отозвать", "Withdraw"]),
        (Text::Term, ["Мерзім", "Срок", "Term"]),
        (Text::Operator, ["Оператор", "Оператор", "Operator"]),
    ];
    for (text, expected) in terms {
        for (tag, term) in ["kk", "ru", "en"].into_iter().zip(expected) {
            let words = texts(tag).get(text);
            assert!(words.contains(term), "{tag}: “{words}” without “{term}”");
        }
    }
}

#[test]
fn i_07_no_two_entries_of_a_table_say_the_same() {
    for (tag, file) in languages() {
        for name in ["countries", "data", "storagePurposes"] {
            let table = file[name].as_object().unwrap();
            let words: BTreeSet<&str> = table.values().map(|words| words.as_str().unwrap()).collect();
            assert_eq!(words.len(), table.len(), "{tag} {name}");
        }
    }
}
