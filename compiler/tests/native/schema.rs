//! What an editor does with the schema: it explains every key and every word, and marks what the check refuses, wherever
//! a schema can say it. The check and the schema are held to each other on the cases, the five sites, the corpus, and on
//! whatever becomes of its good files by a slip.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use jsonschema::{Validator, validator_for};
use kelisim_compiler::config::appearance::{Layout, Position};
use kelisim_compiler::config::messages::messages;
use kelisim_compiler::config::problem::{Code, Level};
use kelisim_compiler::owner::check::check;
use kelisim_compiler::schema::schema;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use strum::VariantNames;

use crate::cases::{cases, changed, good};
use crate::house::{CATALOGUE, LANGUAGES, document, folder, json_files, read, sites};
use crate::slips::{places, slipped};

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schema(&CATALOGUE, &LANGUAGES));
static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| validator_for(&SCHEMA).unwrap());

/// Codes of which JSON Schema cannot say the rule, and why.
const BEYOND_A_SCHEMA: [(Code, &str); 22] = [
    (Code::NotJson, "there is no document to hold against a schema"),
    (Code::KeyTwice, "a reader of JSON keeps the last one only"),
    (Code::WrongCheckDigit, "a schema does not calculate"),
    (Code::InvalidScope, "the domains of strangers are a list of thousands"),
    (
        Code::Duplicate,
        "a schema does not compare an id with those of other objects",
    ),
    (
        Code::UnknownCategory,
        "a schema does not look an id up in another object",
    ),
    (Code::UnknownId, "a schema does not look an id up in another object"),
    (Code::TooWide, "a schema does not try a pattern on names"),
    (
        Code::UnknownColour,
        "the colours of CSS are a language of their own, and no pattern reads it",
    ),
    (Code::LowContrast, "a schema does not look at colours"),
    (Code::VaguePurpose, "a schema does not read"),
    (Code::NotARefusal, "a schema does not read"),
    (Code::NotAnAcceptance, "a schema does not read"),
    (Code::UnknownPlaceholder, "a schema does not look into sentences"),
    (Code::MissingPlaceholder, "a schema does not look into sentences"),
    (
        Code::HiddenCharacter,
        "a pattern of what nobody sees would be seen by nobody either",
    ),
    (Code::ImpliedConsent, "a schema does not read"),
    (Code::BundledConsent, "a schema does not read"),
    (Code::Guilt, "a schema does not read"),
    (Code::Urgency, "a schema does not read"),
    (Code::Reward, "a schema does not read"),
    (Code::Emoji, "a schema does not look at pictures"),
];

/// Whether a schema can say that this is wrong.
fn is_within_a_schema(code: Code) -> bool {
    !BEYOND_A_SCHEMA.iter().any(|(beyond, _)| *beyond == code)
}

/// What the schema says is wrong, for a test that fails.
fn marks(document: &Value) -> Vec<String> {
    VALIDATOR
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .map(|mark| mark.chars().take(200).collect())
        .collect()
}

/// The codes of what is wrong in a document, of its shape and of its words.
fn codes(document: &Value) -> BTreeSet<Code> {
    let problems = read(document).err().unwrap_or_default();
    problems.into_iter().map(|problem| problem.code).collect()
}

/// The codes of the errors of a text.
fn errors(text: &str) -> BTreeSet<Code> {
    let findings = check(text, &CATALOGUE, &LANGUAGES, messages("en")).into_iter();
    findings
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| finding.code)
        .collect()
}

/// How the check and the schema disagree about a document; not at all where what one of them finds is beyond the other.
fn disagreement(codes: &BTreeSet<Code>, marks: &[String]) -> Option<String> {
    if codes.is_empty() && !marks.is_empty() {
        return Some(format!("marked without a problem: {marks:?}"));
    }
    let is_unseen = marks.is_empty() && codes.iter().any(|code| is_within_a_schema(*code));
    is_unseen.then(|| format!("not marked: {codes:?}"))
}

/// A part of the schema, by the keywords that lead to it.
struct Part<'s> {
    path: String,
    schema: &'s Value,
}

/// Every object below a part of the schema, the part itself first.
fn parts<'s>(path: &str, value: &'s Value, found: &mut Vec<Part<'s>>) {
    match value {
        Value::Object(members) => {
            let path = path.to_owned();
            found.push(Part {
                path: path.clone(),
                schema: value,
            });
            for (key, member) in members
                .iter()
                .filter(|(key, _)| !["default", "examples"].contains(&key.as_str()))
            {
                parts(&format!("{path}/{key}"), member, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                parts(&format!("{path}/{index}"), item, found);
            }
        }
        _ => {}
    }
}

fn all_parts() -> Vec<Part<'static>> {
    let mut all = Vec::new();
    parts("", &SCHEMA, &mut all);
    all
}

/// Where a part refers to.
fn referred(part: &Value) -> Option<&'static Value> {
    let reference = part.get("$ref")?.as_str()?.strip_prefix('#')?;
    let referred = SCHEMA.pointer(reference);
    assert!(referred.is_some(), "there is no {reference}");
    referred
}

/// What a part says under a keyword, itself or where it refers to.
fn said<'s>(part: &'s Value, keyword: &str) -> Option<&'s Value> {
    part.get(keyword).or_else(|| said(referred(part)?, keyword))
}

/// Whether a part says something under a keyword, itself, where it refers to, or in one of its forms.
fn says_anywhere(part: &Value, keyword: &str) -> bool {
    let forms = part.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    part.get(keyword).is_some()
        || referred(part).is_some_and(|part| says_anywhere(part, keyword))
        || forms.into_iter().any(|form| says_anywhere(form, keyword))
}

/// Every key that an object may have, with the path of the object. An object that only demands something of keys that
/// are explained elsewhere says nothing of the others.
fn keys() -> Vec<Part<'static>> {
    let mut keys = Vec::new();
    for Part { path, schema } in all_parts() {
        let is_closed = schema.get("additionalProperties") == Some(&json!(false));
        let named = schema.get("properties").filter(|_| is_closed);
        for members in [named, schema.get("patternProperties")].into_iter().flatten() {
            let members = members.as_object().unwrap().iter();
            keys.extend(members.map(|(key, schema)| Part {
                path: format!("{path}/{key}"),
                schema,
            }));
        }
        if let Some(others @ Value::Object(_)) = schema.get("additionalProperties") {
            keys.push(Part {
                path: format!("{path}/*"),
                schema: others,
            });
        }
    }
    keys
}

/// O-02: an editor explains every key, at every depth.
#[test]
fn o_02_every_key_is_explained() {
    let keys = keys();
    assert!(keys.len() > 1000, "{} keys", keys.len());
    for Part { path, schema: key } in keys {
        let description = said(key, "description").and_then(Value::as_str).unwrap_or_default();
        assert!(description.len() > 3, "{path} is not explained");
        assert!(!description.contains('\n'), "{path} has a sentence of several lines");
    }
}

/// O-02: an editor explains every word among which an owner chooses.
#[test]
fn o_02_every_word_of_a_choice_is_explained() {
    let all = all_parts();
    let choices = all.iter().filter(|part| part.path.contains("/oneOf/"));
    let mut count = 0;
    for Part { path, schema } in choices.filter(|part| part.schema.get("const").is_some()) {
        let description = schema["description"].as_str().unwrap_or_default();
        if path.starts_with("/$defs/Country/") {
            let countries = &LANGUAGES.get("en").unwrap().countries;
            assert_eq!(description, countries[schema["const"].as_str().unwrap()], "{path}");
        } else {
            assert!(description.len() > 3, "{path} is not explained");
            count += 1;
        }
    }
    assert!(count > 70, "{count} words");
}

/// No word stands in the schema without a sentence: a list of words alone explains none of them.
#[test]
fn o_02_words_are_listed_alone_only_where_they_are_a_condition() {
    for Part { path, schema } in all_parts() {
        let is_condition =
            ["/if/", "/then/", "/not/"].iter().any(|keyword| path.contains(keyword)) || path.ends_with("/if");
        let is_nothing = schema.get("enum") == Some(&json!([null, []]));
        assert!(schema.get("enum").is_none() || is_condition || is_nothing, "{path}");
    }
}

/// What is asked for in a certain form is shown, and what is shown has that form.
#[test]
fn examples_and_defaults_are_there_and_hold() {
    // One validator for all of them: each key is held against its own schema, under its path.
    let by_path: Map<String, Value> = keys().into_iter().map(|key| (key.path, key.schema.clone())).collect();
    let validator = validator_for(&json!({ "$defs": SCHEMA["$defs"], "properties": by_path })).unwrap();
    let mut count = 0;
    for Part { path, schema: key } in keys() {
        let (default, examples) = (said(key, "default"), said(key, "examples"));
        assert!(
            !says_anywhere(key, "pattern") || default.or(examples).is_some(),
            "{path} shows nothing"
        );
        let shown = default
            .into_iter()
            .chain(examples.and_then(Value::as_array).into_iter().flatten());
        for value in shown {
            assert!(validator.is_valid(&json!({ path.as_str(): value })), "{path}: {value}");
            count += 1;
        }
    }
    assert!(count > 1000, "{count} values");
}

/// The keys of the schema are those of the types: a configuration that has all of them is written as the schema has it.
#[test]
fn o_02_a_configuration_as_it_is_written_back_has_no_key_that_the_schema_lacks() {
    for (name, text) in json_files("tests/corpus/good") {
        let config = read(&document(&text).unwrap()).unwrap();
        let written = serde_json::to_value(config).unwrap();
        assert_eq!(marks(&written), Vec::<String>::new(), "{name}");
        let keys: BTreeSet<&String> = written.as_object().unwrap().keys().collect();
        let explained = SCHEMA["properties"].as_object().unwrap().keys();
        assert_eq!(keys, explained.filter(|key| *key != "$schema").collect(), "{name}");
    }
}

/// O-02: an editor completes the parameters of the vendor that is named, as its manifest tells them.
#[test]
fn o_02_every_vendor_is_an_object_of_its_own() {
    let vendors = SCHEMA["$defs"]["Service"]["then"]["allOf"].as_array().unwrap();
    let by_id: BTreeMap<&str, &Value> = vendors
        .iter()
        .map(|vendor| {
            (
                vendor["if"]["properties"]["use"]["const"].as_str().unwrap(),
                &vendor["then"],
            )
        })
        .collect();
    assert_eq!(
        by_id.keys().copied().collect::<Vec<_>>(),
        CATALOGUE.ids().collect::<Vec<_>>()
    );
    for manifest in CATALOGUE.iter() {
        let vendor = by_id[manifest.id.as_str()];
        let mut needed = vec!["use"];
        for (name, parameter) in &manifest.parameters {
            let key = &vendor["properties"][name];
            let described = parameter.description.in_language("en");
            assert_eq!(key["description"], described, "{} {name}", manifest.id);
            assert_eq!(key["examples"], json!(parameter.examples), "{} {name}", manifest.id);
            needed.push(name);
        }
        assert_eq!(vendor["required"], json!(needed), "{}", manifest.id);
        assert_eq!(vendor["additionalProperties"], json!(false), "{}", manifest.id);
    }
}

/// K-02: the schema allows a layout to stand where it has a look, and nowhere else.
#[test]
fn k_02_a_layout_stands_only_where_it_has_a_look() {
    let layouts = Layout::VARIANTS
        .iter()
        .map(|layout| (json!(layout), layout.parse().unwrap()));
    for (written, layout) in layouts.chain([(Value::Null, Layout::default())]) {
        for position in Position::VARIANTS {
            let mut document = good();
            document["appearance"] = json!({ "layout": written, "position": position });
            let has_look = layout.positions().contains(&position.parse().unwrap());
            assert_eq!(VALIDATOR.is_valid(&document), has_look, "{written} {position}");
            document["appearance"] = json!({ "layout": written, "position": null });
            assert!(VALIDATOR.is_valid(&document), "{written}");
        }
    }
}

/// The same catalogue and languages give the same bytes.
#[test]
fn the_schema_is_always_the_same() {
    let text = || serde_json::to_string(&schema(&CATALOGUE, &LANGUAGES)).unwrap();
    assert_eq!(text(), text());
    assert_eq!(text(), serde_json::to_string(&*SCHEMA).unwrap());
    jsonschema::meta::validate(&SCHEMA).unwrap();
}

#[test]
fn what_is_beyond_a_schema_has_one_reason() {
    let beyond: BTreeSet<Code> = BEYOND_A_SCHEMA.iter().map(|(code, _)| *code).collect();
    assert_eq!(beyond.len(), BEYOND_A_SCHEMA.len(), "a code stands there twice");
    assert!(beyond.iter().all(|code| messages("en").problems.contains_key(code)));
    assert!(json_files("tests/corpus/good").len() >= 20 && json_files("tests/corpus/bad").len() >= 40);
}

/// O-02: an editor with the schema and the check agree on every case: what passes passes, and what has a problem that a
/// schema can say is marked.
#[test]
fn o_02_the_schema_agrees_with_the_check() {
    let wrong: Vec<String> = cases()
        .into_iter()
        .filter_map(|case| {
            let document = changed(&case.change);
            let found = disagreement(&codes(&document), &marks(&document))?;
            Some(format!("{}: {found}", case.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(marks(&good()), Vec::<String>::new());
}

/// O-02: the five sites pass, and what their policies alone say does not.
#[test]
fn o_02_the_five_sites_pass_and_their_policies_alone_do_not() {
    for (name, site) in sites() {
        assert_eq!(marks(&site), Vec::<String>::new(), "{name}");
        let policy = fs::read_to_string(folder(&format!("../www/sites/{name}/policy-only.json"))).unwrap();
        assert!(!VALIDATOR.is_valid(&document(&policy).unwrap()), "{name}");
    }
}

/// O-02: nothing is wrong in a good file, and an editor marks nothing in it.
#[test]
fn o_02_good_files_pass_the_check_and_the_schema() {
    for (name, text) in json_files("tests/corpus/good") {
        assert_eq!(errors(&text), BTreeSet::new(), "{name}");
        assert_eq!(marks(&document(&text).unwrap()), Vec::<String>::new(), "{name}");
    }
}

/// O-02: an editor marks a bad file too, wherever a schema can say what is wrong in it.
#[test]
fn o_02_the_schema_refuses_bad_files() {
    let mut wrong = Vec::new();
    for (name, text) in json_files("tests/corpus/bad") {
        let codes = errors(&text);
        assert!(!codes.is_empty(), "{name}");
        let passes = document(&text).is_some_and(|document| VALIDATOR.is_valid(&document));
        if passes && codes.iter().any(|code| is_within_a_schema(*code)) {
            wrong.push(format!("{name}: not marked: {codes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every place of a document with something else in it, or without it, and every object with a key too many.
fn slipped_everywhere(document: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for place in places(document) {
        let mut change = |what: &str, change: &dyn Fn(&mut Value)| {
            let mut changed = document.clone();
            change(&mut changed);
            all.push((format!("{place}: {what}"), changed));
        };
        for value in [
            json!(null),
            json!(""),
            json!(" "),
            json!([]),
            json!({}),
            json!("necessary"),
            json!(1),
        ] {
            change(&value.to_string(), &|changed| {
                *changed.pointer_mut(&place).unwrap() = value.clone();
            });
        }
        if let Some((owner, key)) = place.rsplit_once('/') {
            change("absent", &|changed| match changed.pointer_mut(owner).unwrap() {
                Value::Object(members) => drop(members.shift_remove(key)),
                Value::Array(items) => drop(items.remove(key.parse().unwrap())),
                _ => unreachable!(),
            });
        }
        if document.pointer(&place).unwrap().is_object() {
            change("a key too many", &|changed| {
                changed.pointer_mut(&place).unwrap()["zebra"] = json!("x");
            });
        }
    }
    all
}

/// O-02: every key and every item counts for the schema as it counts for the check.
#[test]
fn o_02_after_each_slip_the_schema_agrees_with_the_check() {
    let files: BTreeMap<String, String> = json_files("tests/corpus/good").into_iter().collect();
    let rich = [
        "a-vendor-said-otherwise",
        "every-language",
        "own-look",
        "own-services-of-every-kind",
        "scope-receipts-and-audit",
        "sole-trader-under-kz-only",
    ];
    let rich = rich.map(|name| document(&files[name]).unwrap());
    let mut count = 0;
    for document in rich.into_iter().chain([good()]) {
        for (slip, changed) in slipped_everywhere(&document) {
            // The sentences of the schema take long, so they are asked for only where they are read.
            let (codes, is_valid) = (codes(&changed), VALIDATOR.is_valid(&changed));
            let marks = if is_valid { Vec::new() } else { vec![slip.clone()] };
            let found = disagreement(&codes, &marks);
            assert_eq!(found, None, "{slip}: {:?}", self::marks(&changed));
            count += 1;
        }
    }
    assert!(count > 3000, "{count} slips");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// O-02: the schema accepts whatever the check accepts, and refuses what the check refuses for a reason that a
    /// schema can say.
    #[test]
    fn o_02_after_any_slip_the_schema_agrees_with_the_check(document in slipped()) {
        let found = disagreement(&codes(&document), &marks(&document));
        prop_assert!(found.is_none(), "{}", found.unwrap_or_default());
    }
}
