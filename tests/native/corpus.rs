//! Whole configurations as owners write them: `corpus/good`, and `corpus/bad` with one mistake in each. The check of the
//! script of today and its schema are held to each other on all of them, and on whatever becomes of the good ones by a
//! slip. What an owner reads of them is held in `compiler/tests/native/findings.rs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jsonschema::Validator;
use kelisim::core::config::{check, keys, wording};
use kelisim::core::notice::texts::{Text, codes as codes_of};
use kelisim::core::value::Value;
use kelisim::owner::check::{Level, check as check_text, messages};
use kelisim::owner::schema::schema;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;

use crate::config::ADVISED;
use crate::site::known;

/// Codes of which JSON Schema cannot say the rule, and why.
const BEYOND_A_SCHEMA: [(&str, &str); 15] = [
    ("notJson", "there is no document to hold against a schema"),
    ("keyTwice", "a reader of JSON keeps the last one only"),
    ("wrongCheckDigit", "a schema does not calculate"),
    ("invalidScope", "the domains of strangers are a list of thousands"),
    (
        "duplicate",
        "a schema does not compare an id with those of other objects",
    ),
    ("unknownCategory", "a schema does not look an id up in another object"),
    ("tooWide", "a schema does not try a pattern on names"),
    ("vaguePurpose", "a schema does not read"),
    ("notARefusal", "a schema does not read"),
    ("impliedConsent", "a schema does not read"),
    ("bundledConsent", "a schema does not read"),
    ("guilt", "a schema does not read"),
    ("urgency", "a schema does not read"),
    ("reward", "a schema does not read"),
    ("emoji", "a schema does not look at pictures"),
];

/// Whether a schema can say that this is wrong.
pub(super) fn is_within_a_schema(code: &str) -> bool {
    !BEYOND_A_SCHEMA.iter().any(|(beyond, _)| *beyond == code)
}

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| jsonschema::validator_for(&schema().unwrap()).unwrap());

fn corpus(directory: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/native/corpus")
        .join(directory)
}

/// The configurations of a directory, by their names, in the order of the alphabet.
fn files(directory: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(corpus(directory)).unwrap();
    let mut files: Vec<(String, String)> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// What a text says as JSON, where it is JSON.
fn document(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()
}

/// The codes of the errors of a text.
fn errors(text: &str) -> BTreeSet<&'static str> {
    let findings = check_text(text).unwrap().into_iter();
    findings
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| finding.code)
        .collect()
}

/// What the schema says is wrong, for a test that fails.
fn marks(document: &serde_json::Value) -> Vec<String> {
    SCHEMA
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .map(|mark| mark.chars().take(200).collect())
        .collect()
}

#[test]
fn the_corpus_is_there() {
    assert!(files("good").len() >= 20 && files("bad").len() >= 40);
    let reasons: BTreeSet<&str> = BEYOND_A_SCHEMA.iter().map(|(code, _)| *code).collect();
    assert_eq!(reasons.len(), BEYOND_A_SCHEMA.len(), "a code stands there twice");
}

/// O-02: nothing is wrong in a good file, and an editor marks nothing in it.
#[test]
fn o_02_good_files_pass_the_check_and_the_schema() {
    for (name, text) in files("good") {
        assert_eq!(errors(&text), BTreeSet::new(), "{name}");
        assert_eq!(marks(&document(&text).unwrap()), Vec::<String>::new(), "{name}");
    }
}

/// The mend of a wrong language names every one that there is.
#[test]
fn every_language_is_named_to_whoever_asks_for_another() {
    let messages = messages().unwrap();
    for texts in kelisim::owner::included::texts().unwrap() {
        let named = format!("`{}`", texts.language());
        assert!(messages["unknownLanguage"].mend.contains(&named), "{named}");
    }
}

/// The mend of a wrong code or value names every one that there is.
#[test]
fn every_value_is_named_to_whoever_writes_another() {
    let messages = messages().unwrap();
    let at = |code: &str, path: &str| messages[code].at[path].clone();
    for (path, table) in [
        ("services[].data[]", Text::Data),
        ("services[].storage[].purpose", Text::StoragePurposes),
    ] {
        for code in codes_of(table).split('|') {
            assert!(at("unknownCode", path).contains(&format!("`{code}`")), "{path}: {code}");
        }
    }
    let mut lists = 0;
    for (object, prefix) in [
        ("site", ""),
        ("signals", "signals."),
        ("appearance", "appearance."),
        ("stored", "services[].storage[]."),
    ] {
        for (key, kind) in keys(object) {
            let Some((before, values)) = kind.split_once('(') else {
                continue;
            };
            let items = if before.ends_with('[') { "[]" } else { "" };
            for value in values.split('/') {
                let mend = at("unknownValue", &format!("{prefix}{key}{items}"));
                assert!(mend.contains(&format!("`{value}`")), "{key}: {value}");
            }
            lists += 1;
        }
    }
    assert!(lists > 5);
}

/// Codes that no text of an owner has as an error, besides those of advice: of a damaged build, and of a page.
const NO_MISTAKE: [&str; 2] = ["brokenVendor", "scopeElsewhere"];

/// A mistake that has a code has a file here, so that its sentences are read where they are met.
#[test]
fn every_error_has_a_bad_file() {
    let made: BTreeSet<String> = files("bad")
        .iter()
        .flat_map(|(_, text)| errors(text))
        .map(str::to_owned)
        .collect();
    let mut known: BTreeSet<String> = messages().unwrap().into_keys().collect();
    known.retain(|code| !NO_MISTAKE.iter().chain(&ADVISED).any(|other| other == code));
    assert_eq!(made, known);
}

/// O-02: an editor marks a bad file too, wherever a schema can say what is wrong in it.
#[test]
fn o_02_the_schema_refuses_bad_files() {
    let mut wrong = Vec::new();
    for (name, text) in files("bad") {
        let codes = errors(&text);
        assert!(!codes.is_empty(), "{name}");
        let passes = document(&text).is_some_and(|document| SCHEMA.is_valid(&document));
        if passes && codes.iter().any(|code| is_within_a_schema(code)) {
            wrong.push(format!("{name}: not marked: {codes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A slip: what becomes of one value of a document.
#[derive(Clone, Debug)]
enum Slip {
    Deleted,
    /// Its key is this one.
    Renamed(&'static str),
    Replaced(serde_json::Value),
}

fn slips() -> impl Strategy<Value = Slip> {
    let keys = "id use name category counter purpose kk ru en kz src country storage in law bin iin defaultOn Name \
        operatr url necessary $note analytics texts accent";
    let values = json!([
        null, true, false, 0, 1, -1, 179, 180, 1095, 1096, 180.5, 1e17, "", " ", "x", "kk", "analytics", "necessary",
        "KZ", "kz", "ip", "991240000003", "/x", "//x", "http://x", "HTTPS://x", "a@b", "session", "30d", "_x", "/_x/",
        "gdpr", "yandex-metrika", "google-analytics", [], {}, [""], [null], ["ru"], ["kk", "ru"], ["gdpr"], ["KZ"],
        {"kk": "а"}, {"kk": "а", "ru": "б"}, {"kk": "", "ru": "б"}, {"kk": null}, {"id": "analytics"}, [{}]
    ]);
    let serde_json::Value::Array(values) = values else {
        unreachable!()
    };
    prop_oneof![
        1 => Just(Slip::Deleted),
        1 => select(keys.split_whitespace().collect::<Vec<_>>()).prop_map(Slip::Renamed),
        4 => select(values).prop_map(Slip::Replaced),
    ]
}

/// The paths to everything in a document, as JSON pointers.
fn places(value: &serde_json::Value, here: &str, places: &mut Vec<String>) {
    places.push(here.to_owned());
    match value {
        serde_json::Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                self::places(item, &format!("{here}/{index}"), places);
            }
        }
        serde_json::Value::Object(members) => {
            for (key, member) in members {
                self::places(
                    member,
                    &format!("{here}/{}", key.replace('~', "~0").replace('/', "~1")),
                    places,
                );
            }
        }
        _ => {}
    }
}

/// Lets a slip happen somewhere in a document.
fn let_slip(document: &mut serde_json::Value, place: Index, slip: &Slip) {
    let mut all = Vec::new();
    places(document, "", &mut all);
    let path = place.get(&all);
    if let Slip::Replaced(value) = slip {
        *document.pointer_mut(path).unwrap() = value.clone();
        return;
    }
    let Some((owner, key)) = path.rsplit_once('/') else {
        return;
    };
    match document.pointer_mut(owner).unwrap() {
        serde_json::Value::Array(items) => {
            items.remove(key.parse().unwrap());
        }
        serde_json::Value::Object(members) => {
            let value = members
                .shift_remove(&key.replace("~1", "/").replace("~0", "~"))
                .unwrap();
            if let Slip::Renamed(key) = slip {
                members.insert((*key).to_owned(), value);
            }
        }
        _ => unreachable!(),
    }
}

/// The good files after one slip or two.
fn slipped() -> impl Strategy<Value = serde_json::Value> {
    let good: Vec<serde_json::Value> = files("good").iter().map(|(_, text)| document(text).unwrap()).collect();
    let slips = proptest::collection::vec((any::<Index>(), slips()), 1..3);
    (select(good), slips).prop_map(|(mut document, slips)| {
        for (place, slip) in slips {
            let_slip(&mut document, place, &slip);
        }
        document
    })
}

/// The codes of what is wrong in a document, of its shape and of its words.
fn codes(document: &serde_json::Value) -> Vec<&'static str> {
    let document = Value::from(document.clone()).keep();
    let shape = check(document, known()).err().unwrap_or_default();
    shape
        .iter()
        .chain(wording(document))
        .map(|problem| problem.code.text())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// O-02: the schema accepts whatever the check accepts, and refuses what the check refuses for a reason that a
    /// schema can say.
    #[test]
    fn o_02_after_any_slip_the_schema_agrees_with_the_check(document in slipped()) {
        let codes = codes(&document);
        let marks = marks(&document);
        if codes.is_empty() {
            prop_assert!(marks.is_empty(), "marked without a problem: {:?}", marks);
        } else if marks.is_empty() {
            prop_assert!(!codes.iter().any(|code| is_within_a_schema(code)), "not marked: {:?}", codes);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// O-02: every finding has a place in the file and a mend.
    #[test]
    fn o_02_after_any_slip_each_finding_has_a_place_and_a_mend(document in slipped()) {
        let text = serde_json::to_string_pretty(&document).unwrap();
        let lines: Vec<usize> = text.lines().map(|line| line.chars().count()).collect();
        for finding in check_text(&text).unwrap() {
            let length = finding.line.checked_sub(1).and_then(|line| lines.get(line));
            prop_assert!(length.is_some_and(|length| (1..=*length).contains(&finding.column)), "{:?}", finding);
            prop_assert!(!finding.problem.is_empty() && !finding.mend.is_empty(), "{:?}", finding);
        }
    }
}
