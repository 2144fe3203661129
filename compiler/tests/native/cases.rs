//! What a configuration may say: data cases with the exact problems of each.

use std::collections::BTreeSet;

use kelisim_compiler::config::messages::{Explained, messages};
use kelisim_compiler::config::problem::{Code, Level};
use serde_json::Value;

use crate::house::{document, in_english, json_files, read};

/// A change over the good configuration, and every problem that the result has: `path: code (hint)`.
#[derive(serde::Deserialize)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) change: Value,
    problems: Vec<String>,
}

pub(crate) fn good() -> Value {
    document(include_str!("../good.json")).unwrap()
}

pub(crate) fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("../cases.json")).unwrap()
}

/// JSON merge patch (RFC 7396): `null` removes, an object goes on inside, anything else replaces.
fn merge(document: &mut Value, change: &Value) {
    let (Some(members), Some(changes)) = (document.as_object_mut(), change.as_object()) else {
        *document = change.clone();
        return;
    };
    for (key, change) in changes {
        if change.is_null() {
            members.shift_remove(key);
        } else {
            merge(members.entry(key).or_insert(Value::Null), change);
        }
    }
}

pub(crate) fn changed(change: &Value) -> Value {
    let mut document = good();
    merge(&mut document, change);
    document
}

fn written(problem: &Explained) -> String {
    let Explained { path, code, hint, .. } = problem;
    let code = serde_json::to_value(code).unwrap();
    let code = code.as_str().unwrap();
    match hint {
        None => format!("{path}: {code}"),
        Some(hint) => format!("{path}: {code} ({hint})"),
    }
}

fn problems(document: &Value) -> Vec<Explained> {
    in_english(&read(document).err().unwrap_or_default())
}

/// O-01, O-02, O-03, C-04, C-06, V-01, B-02, B-04, F-05, F-06, F-11, I-05, I-07, I-08, K-02, L-05, S-03: each case names
/// what it shows.
#[test]
fn o_02_every_case_has_exactly_its_problems() {
    let wrong: Vec<String> = cases()
        .into_iter()
        .filter_map(|mut case| {
            let mut found: Vec<String> = problems(&changed(&case.change)).iter().map(written).collect();
            found.sort();
            case.problems.sort();
            (found != case.problems)
                .then(|| format!("{}\n  expected {:#?}\n  found {found:#?}", case.name, case.problems))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What no document of an owner has, and what is only advised.
fn is_met_elsewhere(code: Code) -> bool {
    let elsewhere = [Code::NotJson, Code::KeyTwice, Code::ScopeElsewhere, Code::BrokenVendor];
    elsewhere.contains(&code) || code.level() == Level::Advice
}

#[test]
fn o_02_every_code_has_a_case() {
    let of_cases = cases().into_iter().flat_map(|case| problems(&changed(&case.change)));
    let of_corpus = json_files("tests/corpus/bad")
        .into_iter()
        .filter_map(|(_, text)| document(&text));
    let shown: BTreeSet<Code> = of_cases
        .chain(of_corpus.flat_map(|document| problems(&document)))
        .map(|problem| problem.code)
        .collect();
    let expected: BTreeSet<Code> = messages("en")
        .problems
        .keys()
        .copied()
        .filter(|code| !is_met_elsewhere(*code))
        .collect();
    assert_eq!(shown, expected);
}
