//! The check in other languages: each says what English says, whole, and of everything that an owner can meet.

use std::collections::{BTreeMap, BTreeSet};

use kelisim_compiler::config::messages::{self, messages};
use kelisim_compiler::owner::check::{Finding, check};
use serde_json::Value;

use crate::house::{CATALOGUE, LANGUAGES, json_files};

const FOLDER: &str = "src/config/messages";

/// Words in Latin letters that stand in sentences of other alphabets: names, and what is called so everywhere.
const NAMES: [&str; 15] = [
    "CSS", "Cookie", "EDPB", "GDPR", "Google", "ISO", "JSON", "Kelisim", "Planet49", "README", "V", "WCAG", "cookie",
    "ePrivacy", "http",
];

/// Every sentence of a file, by the keys that lead to it.
type Sentences = BTreeMap<String, String>;

fn sentences(text: &str) -> Sentences {
    let mut sentences = Sentences::new();
    let mut left = vec![(String::new(), serde_json::from_str::<Value>(text).unwrap())];
    while let Some((path, value)) = left.pop() {
        if let Value::Object(members) = value {
            left.extend(members.into_iter().map(|(key, value)| (format!("{path}/{key}"), value)));
        } else {
            sentences.insert(path, value.as_str().unwrap().to_owned());
        }
    }
    sentences
}

/// The English sentences, and those of every other language.
fn languages() -> (Sentences, BTreeMap<String, Sentences>) {
    let read = json_files(FOLDER)
        .into_iter()
        .map(|(tag, text)| (tag, sentences(&text)));
    let mut languages: BTreeMap<String, Sentences> = read.collect();
    (languages.remove("en").unwrap(), languages)
}

/// What stands between the marks of code, and what stands outside of them.
fn code_and_words(sentence: &str) -> (BTreeSet<&str>, String) {
    let parts: Vec<&str> = sentence.split('`').collect();
    let code = parts.iter().skip(1).step_by(2).copied().collect();
    let words: Vec<&str> = parts.iter().step_by(2).copied().collect();
    (code, words.join(" "))
}

/// `{hint}`, `{language}`; no object of JSON.
fn placeholders(sentence: &str) -> BTreeSet<&str> {
    let parts = sentence.split('{').skip(1).filter_map(|part| part.split_once('}'));
    let names = parts.map(|(name, _)| name);
    names
        .filter(|name| name.chars().all(|letter| letter.is_ascii_alphabetic()))
        .collect()
}

fn latin_words(words: &str) -> BTreeSet<String> {
    let mut words = words.replace("\\n", " ");
    for name in placeholders(&words.clone()) {
        words = words.replace(&format!("{{{name}}}"), " ");
    }
    let words = words.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words = words.filter(|word| word.contains(|letter: char| letter.is_ascii_alphabetic()));
    words.map(str::to_owned).collect()
}

#[test]
fn every_file_is_a_language_of_the_check() {
    let files: Vec<String> = json_files(FOLDER).into_iter().map(|(tag, _)| tag).collect();
    assert_eq!(messages::languages().collect::<Vec<_>>(), files);
    for language in ["en", "kk", "ru"] {
        assert!(files.iter().any(|file| file == language), "{language}");
    }
}

/// The same keys, the same placeholders, and whatever is to be written into a configuration as it is written there.
#[test]
fn a_language_of_the_check_says_what_english_says() {
    let (english, others) = languages();
    for (tag, sentences) in others {
        assert!(sentences.keys().eq(english.keys()), "{tag} has other keys");
        for ((key, sentence), said) in sentences.iter().zip(english.values()) {
            assert_eq!(placeholders(sentence), placeholders(said), "{tag}: {key}");
            let (code, expected) = (code_and_words(sentence).0, code_and_words(said).0);
            assert!(
                code.is_superset(&expected),
                "{tag}: {key} has {code:?}, not {expected:?}"
            );
            assert_eq!(sentence.ends_with('.'), said.ends_with('.'), "{tag}: {key}");
        }
    }
}

/// Nothing is left in English: what has words has words of its own.
#[test]
fn no_sentence_is_left_in_english() {
    let (english, others) = languages();
    for (tag, sentences) in others {
        for ((key, sentence), said) in sentences.iter().zip(english.values()) {
            let has_words = !latin_words(&code_and_words(said).1).is_empty();
            assert!(sentence != said || !has_words, "{tag}: {key}");
            if !["kk", "ru"].contains(&tag.as_str()) {
                continue;
            }
            let words = latin_words(&code_and_words(sentence).1);
            let foreign: Vec<&String> = words.iter().filter(|word| !NAMES.contains(&word.as_str())).collect();
            assert!(foreign.is_empty(), "{tag}: {key}: {foreign:?}");
        }
    }
}

/// What a parameter is stands in the vendor's manifest, in the languages in which that says everything else.
#[test]
fn every_parameter_is_described_in_three_languages() {
    for manifest in CATALOGUE.iter() {
        for (name, parameter) in &manifest.parameters {
            let said = ["kk", "ru", "en"].map(|language| parameter.description.in_language(language));
            let place = format!("{}: {name}", manifest.id);
            assert_eq!(BTreeSet::from(said).len(), said.len(), "{place}");
            for sentence in said {
                assert_eq!(code_and_words(sentence).0, code_and_words(said[2]).0, "{place}");
                assert!(sentence.ends_with('.'), "{place}");
            }
        }
    }
}

fn findings(text: &str, language: &str) -> Vec<Finding> {
    check(text, &CATALOGUE, &LANGUAGES, messages(language))
}

/// O-02: of each file of the corpus the same is found, and each finding is whole and in the language that was asked for.
#[test]
fn o_02_what_is_found_hangs_on_no_language() {
    let files = ["tests/corpus/bad", "tests/corpus/good"].map(json_files).concat();
    let mut told = 0;
    for (name, text) in files {
        let english = findings(&text, "en");
        for language in messages::languages().filter(|language| *language != "en") {
            let found = findings(&text, language);
            assert_eq!(found.len(), english.len(), "{name}");
            for (found, said) in found.iter().zip(&english) {
                let place = |finding: &Finding| (finding.path.clone(), finding.code, finding.line, finding.column);
                assert_eq!(place(found), place(said), "{name}");
                for (sentence, said) in [(&found.problem, &said.problem), (&found.mend, &said.mend)] {
                    assert_ne!(sentence, said, "{name}");
                    // What stays in braces outside of code was never filled.
                    let words = code_and_words(sentence).1;
                    assert!(placeholders(&words).is_empty(), "{name}: {sentence}");
                    told += 1;
                }
            }
        }
    }
    assert!(told > 400, "{told}");
}
