//! Whole configurations as owners write them: `corpus/good`, and `corpus/bad` with one mistake in each. Beside a bad file
//! stands what its owner reads.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use kelisim_compiler::config::appearance::{Layout, Position, Reopen, Theme};
use kelisim_compiler::config::messages::{Explained, messages};
use kelisim_compiler::config::problem::{Code, Level};
use kelisim_compiler::config::signals::Covers;
use kelisim_compiler::config::storage::Place;
use kelisim_compiler::config::{Audience, OnWithdraw};
use kelisim_compiler::law::Law;
use kelisim_compiler::owner::check::{Finding, check};
use proptest::prelude::*;
use serde_json::{Value, json};
use strum::VariantNames;

use crate::cases::changed;
use crate::house::{CATALOGUE, LANGUAGES, folder, in_english, json_files, read};
use crate::slips::slipped;

const GOOD: &str = "tests/corpus/good";
const BAD: &str = "tests/corpus/bad";

/// Codes that no text of an owner has as an error: of a damaged build, and of a page.
const NO_MISTAKE: [Code; 2] = [Code::BrokenVendor, Code::ScopeElsewhere];

fn findings(text: &str) -> Vec<Finding> {
    check(text, &CATALOGUE, &LANGUAGES, messages("en"))
}

/// The codes of the errors of a text.
fn errors(text: &str) -> BTreeSet<Code> {
    let findings = findings(text).into_iter();
    findings
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| finding.code)
        .collect()
}

/// What the check finds at a place of the good configuration after a change.
fn found(change: &Value, path: &str) -> Explained {
    let problems = in_english(&read(&changed(change)).unwrap_err()).into_iter();
    let mut there = problems.filter(|problem| problem.path.as_str() == path);
    there.next().unwrap_or_else(|| panic!("{path}: {change}"))
}

#[test]
fn the_corpus_is_there() {
    assert!(json_files(GOOD).len() >= 24 && json_files(BAD).len() >= 95);
}

/// O-02: nothing is wrong in a good file.
#[test]
fn o_02_good_files_pass_the_check() {
    for (name, text) in json_files(GOOD) {
        assert_eq!(errors(&text), BTreeSet::new(), "{name}");
    }
}

/// O-02: what an owner reads about each bad file, with line, column and mend. `KELISIM_SNAPSHOTS=write` agrees to a
/// change.
#[test]
fn o_02_each_bad_file_has_exactly_its_findings() {
    for (name, _) in json_files(BAD) {
        let output = Command::new(env!("CARGO_BIN_EXE_kelisim"))
            .args(["check", &format!("{name}.json")])
            .current_dir(folder(BAD))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}");
        let read = String::from_utf8(output.stdout).unwrap();
        let path = folder(BAD).join(&name).with_extension("findings");
        if std::env::var_os("KELISIM_SNAPSHOTS").is_some() {
            fs::write(&path, &read).unwrap();
        }
        let agreed = fs::read_to_string(&path).unwrap_or_default();
        assert!(read == agreed, "{} is not:\n{read}", path.display());
    }
}

/// A file that is gone has no findings left behind.
#[test]
fn all_findings_belong_to_a_bad_file() {
    for entry in fs::read_dir(folder(BAD)).unwrap() {
        let path = entry.unwrap().path();
        assert!(path.with_extension("json").exists(), "{}", path.display());
    }
}

/// A mistake that has a code has a file here, so that its sentences are read where they are met.
#[test]
fn every_error_has_a_bad_file() {
    let made: BTreeSet<Code> = json_files(BAD).iter().flat_map(|(_, text)| errors(text)).collect();
    let errors = messages("en")
        .problems
        .keys()
        .filter(|code| code.level() == Level::Error);
    let known: BTreeSet<Code> = errors.filter(|code| !NO_MISTAKE.contains(code)).copied().collect();
    assert_eq!(made, known);
}

/// The mend of a wrong language names every one that there is.
#[test]
fn every_language_is_named_to_whoever_asks_for_another() {
    let mend = found(&json!({ "languages": ["kk", "ru", "xx"] }), "languages[2]").mend;
    for language in LANGUAGES.tags() {
        assert!(mend.contains(&format!("`{language}`")), "{language}: {mend}");
    }
}

/// A service of the good configuration that stores something.
fn own_service(key: &str, value: &Value) -> Value {
    let mut service = json!({
        "id": "own", "category": "analytics", "recipient": "R", "country": "KZ", "purpose": { "kk": "а", "ru": "б" },
        "data": ["ip"], "storage": [{ "name": "own_a", "in": "cookie", "lifetime": "1d", "purpose": "technical" }],
    });
    match key.split_once('.') {
        Some((list, key)) => service[list][0][key] = value.clone(),
        None => service[key] = value.clone(),
    }
    json!({ "services": [service], "googleConsentMode": null })
}

/// The mend of a wrong code names every one that there is.
#[test]
fn every_code_is_named_to_whoever_writes_another() {
    let data = found(&own_service("data", &json!(["zebra"])), "services[0].data[0]");
    let stored = found(
        &own_service("storage.purpose", &json!("zebra")),
        "services[0].storage[0].purpose",
    );
    let data_codes: Vec<&str> = LANGUAGES.data_codes().collect();
    let storage_codes: Vec<&str> = LANGUAGES.storage_purpose_codes().collect();
    for (problem, codes) in [(data, data_codes), (stored, storage_codes)] {
        assert!(problem.code == Code::UnknownCode && codes.len() > 3);
        for code in codes {
            assert!(problem.mend.contains(&format!("`{code}`")), "{code}: {}", problem.mend);
        }
    }
}

/// The mend of a wrong value names every one that there is.
#[test]
fn every_value_is_named_to_whoever_writes_another() {
    let zebra = json!("zebra");
    for (path, change, values) in [
        ("law[0]", json!({ "law": ["zebra"] }), Law::VARIANTS),
        ("audience", json!({ "audience": "zebra" }), Audience::VARIANTS),
        ("onWithdraw", json!({ "onWithdraw": "zebra" }), OnWithdraw::VARIANTS),
        (
            "signals.gpc",
            json!({ "signals": { "gpc": "zebra" } }),
            Covers::VARIANTS,
        ),
        (
            "appearance.layout",
            json!({ "appearance": { "layout": "zebra" } }),
            Layout::VARIANTS,
        ),
        (
            "appearance.position",
            json!({ "appearance": { "position": "zebra" } }),
            Position::VARIANTS,
        ),
        (
            "appearance.theme",
            json!({ "appearance": { "theme": "zebra" } }),
            Theme::VARIANTS,
        ),
        (
            "appearance.reopen",
            json!({ "appearance": { "reopen": "zebra" } }),
            Reopen::VARIANTS,
        ),
        (
            "services[0].storage[0].in",
            own_service("storage.in", &zebra),
            Place::VARIANTS,
        ),
    ] {
        let problem = found(&change, path);
        assert_eq!(problem.code, Code::UnknownValue, "{path}");
        for value in values {
            assert!(problem.mend.contains(&format!("`{value}`")), "{path}: {value}");
        }
    }
}

#[test]
fn o_02_a_problem_is_named_with_its_place_and_its_mend() {
    let text = include_str!("../good.json").replacen("\"services\"", "\"servises\"", 1);
    let findings = findings(&text);
    let line = text.lines().position(|line| line.contains("servises")).unwrap() + 1;
    assert_eq!((findings[0].line, findings[0].column), (line, 3));
    assert_eq!(findings[0].code, Code::UnknownKey);
    let mend = &findings[0].mend;
    assert!(mend.contains("Did you mean `services`?"), "{mend}");
}

/// A parameter is told by what it is at its vendor.
#[test]
fn o_02_a_vendors_parameter_is_explained() {
    let text = include_str!("../corpus/good/every-vendor.json");
    let without = text.replace("\"use\": \"hotjar\", \"site\": 1234567", "\"use\": \"hotjar\"");
    let findings = findings(&without);
    assert_eq!(
        (findings[0].path.as_str(), findings[0].code),
        ("services[7].site", Code::Missing)
    );
    let mend = &findings[0].mend;
    assert!(
        mend.ends_with("The id of the site, from the list of your sites at Hotjar."),
        "{mend}"
    );
}

#[test]
fn a_byte_order_mark_does_not_matter() {
    let text = format!("\u{feff}{}", include_str!("../good.json"));
    assert_eq!(errors(&text), BTreeSet::new());
}

/// B-04: a scope under which strangers register is a problem, of the whole list of public suffixes.
#[test]
fn b_04_a_public_suffix_is_no_scope() {
    for (scope, is_wrong) in [
        ("com.kz", true),
        ("github.io", true),
        ("co.jp", true),
        ("rasco.kz", false),
        ("shop.rasco.kz", false),
    ] {
        let text = changed(&json!({ "scope": scope })).to_string();
        let named = findings(&text)
            .into_iter()
            .filter(|finding| finding.path.as_str() == "scope" && finding.code == Code::InvalidScope);
        assert_eq!(named.count(), usize::from(is_wrong), "{scope}");
    }
}

/// The documentation has a row for every code, with its very sentence.
#[test]
fn the_documentation_names_every_code() {
    let page = fs::read_to_string(folder("../docs/troubleshooting.md")).unwrap();
    for (code, message) in &messages("en").problems {
        // Of two it also says where they are met.
        let end = if [Code::NotJson, Code::ScopeElsewhere].contains(code) {
            " Only"
        } else {
            " |"
        };
        let row = format!("\n| `{code}` | {}{end}", message.problem);
        assert!(page.contains(&row), "docs/troubleshooting.md has no row {row}");
    }
}

/// A code is called alike wherever it is written.
#[test]
fn a_code_has_one_name() {
    for code in messages("en").problems.keys() {
        assert_eq!(serde_json::to_value(code).unwrap(), code.to_string());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// O-02: every finding has a place in the file and a mend.
    #[test]
    fn o_02_after_any_slip_each_finding_has_a_place_and_a_mend(document in slipped()) {
        let text = serde_json::to_string_pretty(&document).unwrap();
        let lines: Vec<usize> = text.lines().map(|line| line.chars().count()).collect();
        for finding in findings(&text) {
            let length = finding.line.checked_sub(1).and_then(|line| lines.get(line));
            prop_assert!(length.is_some_and(|length| (1..=*length).contains(&finding.column)), "{:?}", finding);
            prop_assert!(!finding.problem.is_empty() && !finding.mend.is_empty(), "{:?}", finding);
        }
    }
}
