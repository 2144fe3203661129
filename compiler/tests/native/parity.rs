//! The wasm build of the compiler, which a page and Node use, held against this one: the same problems, the same bytes.
//!
//! It has to be built first, so these tests run with `cargo xtask test --only compiler` alone, which says where it is.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use kelisim_compiler::bundle::Whole;
use kelisim_compiler::compile::{compile, notice};
use kelisim_compiler::config::Config;
use kelisim_compiler::config::messages::messages;
use kelisim_compiler::config::problem::{Level, Problem};
use kelisim_compiler::owner::advice::advice;
use kelisim_compiler::schema::schema;
use serde_json::{Value, json};

use crate::cases::{cases, changed};
use crate::house::{CATALOGUE, LANGUAGES, document, folder, json_files};

/// The five sites.
const SITES: [&str; 5] = [
    "cap.kz",
    "course-planet.net",
    "elesses.pro",
    "proeducation.kz",
    "rasco.kz",
];

/// A configuration as text, and where it is from.
struct File {
    name: String,
    text: String,
}

/// Everything that is compared, in the order in which it is.
fn files() -> Vec<File> {
    let mut files = Vec::new();
    let folders = ["tests/corpus/good", "tests/corpus/bad"].map(str::to_owned);
    let sites = SITES.map(|site| format!("../www/sites/{site}"));
    for folder in folders.into_iter().chain(sites) {
        let found = json_files(&folder);
        println!("parity: {} files of {folder}", found.len());
        files.extend(found.into_iter().map(|(name, text)| File {
            name: format!("{folder}/{name}"),
            text,
        }));
    }
    let before = files.len();
    files.extend(cases().into_iter().map(|case| File {
        text: changed(&case.change).to_string(),
        name: format!("case: {}", case.name),
    }));
    println!("parity: {} cases over good.json", files.len() - before);
    files
}

/// In which languages the check is asked besides English; the last is none of its own.
const ASKED: [&str; 3] = ["ru", "kk", "xx"];

/// What this build says to a configuration, as `parity.mjs` prints what the other says.
fn answer(text: &str, languages: &[&str]) -> Vec<String> {
    let Some(document) = document(text) else {
        return vec!["no JSON".to_owned()];
    };
    let (config, problems) = Config::read_in_page(&document, &CATALOGUE, &LANGUAGES);
    let Some(config) = config else {
        let mut answers = checked(&problems);
        let problems = reported(&problems, "en");
        answers.extend([problems.clone(), developed(&problems, "null")]);
        answers.extend(languages.iter().map(|_| problems.clone()));
        return answers;
    };
    let advised = advice(&document, &config, &CATALOGUE);
    let compiled = compile(&config, &CATALOGUE, &LANGUAGES).unwrap();
    let problems = [problems, advised].concat();
    let whole = serde_json::to_string(&Whole::of(&compiled)).unwrap();
    let mut answers = checked(&problems);
    answers.extend([
        serde_json::to_string(&compiled).unwrap(),
        developed(&reported(&problems, "en"), &whole),
    ]);
    answers.extend(languages.iter().map(|language| {
        notice(&config, &CATALOGUE, &LANGUAGES, language)
            .unwrap()
            .unwrap_or_else(|| format!("This configuration does not offer the language `{language}`."))
    }));
    answers
}

/// What the check says in English, and in each other language in which it is asked.
fn checked(problems: &[Problem]) -> Vec<String> {
    let languages = ["en"].into_iter().chain(ASKED);
    languages.map(|language| reported(problems, language)).collect()
}

/// What a page that compiles its own configuration is given.
fn developed(problems: &str, compiled: &str) -> String {
    format!("{{\"problems\":{problems},\"compiled\":{compiled}}}")
}

/// Problems with what a page has to know of them.
fn reported(problems: &[Problem], language: &str) -> String {
    let with_level = problems.iter().map(|problem| {
        let explained = messages(language).explain(problem, &LANGUAGES);
        let mut reported = serde_json::to_value(explained).unwrap();
        let level = problem.code.level();
        reported["level"] = serde_json::to_value(level).unwrap();
        reported["closesPage"] = (level == Level::Error && !problem.code.is_for_the_build_alone()).into();
        reported
    });
    Value::Array(with_level.collect()).to_string()
}

/// The script and the module of the wasm build.
fn build() -> [PathBuf; 2] {
    let folder = std::env::var_os("KELISIM_COMPILER").expect("run it with `cargo xtask test --only compiler`");
    ["kelisim-compiler.mjs", "kelisim-compiler.wasm"].map(|file| PathBuf::from(&folder).join(file))
}

/// What a program of this folder prints under Node.
fn node(program: &str, more: &[PathBuf], input: &str) -> String {
    let mut command = Command::new("node");
    command
        .arg(folder("tests/native").join(program))
        .args(build())
        .args(more);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program} failed: its message stands above");
    String::from_utf8(output.stdout).unwrap()
}

/// Where two lists of answers differ: the names of the files, with the first texts that are not the same.
fn differences(names: &[&str], expected: &[Vec<String>], found: &[Vec<String>]) -> Vec<String> {
    assert_eq!(names.len(), expected.len());
    assert_eq!(names.len(), found.len(), "there are other answers than questions");
    let pairs = names.iter().zip(expected.iter().zip(found));
    let different = pairs.filter(|(_, (expected, found))| expected != found);
    different
        .map(|(name, (expected, found))| {
            let first = expected.iter().zip(found).find(|(expected, found)| expected != found);
            match first {
                Some((expected, found)) => {
                    let [expected, found] =
                        [(expected, found), (found, expected)].map(|(one, other)| around(one, other));
                    format!("{name}\n  natively {expected}\n  in wasm  {found}")
                }
                None => format!("{name}: {} answers, and {} in wasm", expected.len(), found.len()),
            }
        })
        .collect()
}

/// A text around the first character in which it is not the other.
fn around(text: &str, other: &str) -> String {
    let same = text
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .count();
    text.chars().skip(same.saturating_sub(60)).take(120).collect()
}

#[test]
#[ignore = "needs the wasm build: cargo xtask test --only compiler"]
fn the_wasm_build_says_the_same_to_every_configuration() {
    let files = files();
    let mut languages: Vec<&str> = LANGUAGES.tags().collect();
    languages.push("xx");
    let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
    let printed = node(
        "parity.mjs",
        &[],
        &json!({ "texts": texts, "languages": languages, "asked": ASKED }).to_string(),
    );
    let found: Vec<Vec<String>> = printed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut names = vec!["the schema"];
    names.extend(files.iter().map(|file| file.name.as_str()));
    let mut expected = vec![vec![schema(&CATALOGUE, &LANGUAGES).to_string()]];
    expected.extend(texts.iter().map(|text| answer(text, &languages)));
    let differences = differences(&names, &expected, &found);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    let answers: usize = expected.iter().map(Vec::len).sum();
    println!(
        "parity: {} configurations, {answers} answers, all the same",
        files.len()
    );
}

#[test]
fn one_other_byte_is_a_difference() {
    let answers = |text: &str| {
        vec![
            vec!["the same".to_owned()],
            vec!["the same".to_owned(), text.to_owned()],
        ]
    };
    let names = ["first", "second"];
    assert!(differences(&names, &answers("a"), &answers("a")).is_empty());
    let found = differences(&names, &answers("a"), &answers("b"));
    assert_eq!(found, ["second\n  natively a\n  in wasm  b"]);
    let fewer = vec![vec!["the same".to_owned()]; 2];
    assert_eq!(
        differences(&names, &answers("a"), &fewer),
        ["second: 2 answers, and 1 in wasm"]
    );
}

/// An object that is none of JSON's.
const OF_A_CLASS: &str =
    "This is an object of a class, such as a `Date`, a `Map`, a promise or an element of the page.";
/// What comes before the message of an error that code of the page threw.
const THREW: &str = "This could not be read, because code of the page that gives it threw an error";

/// What a page may hand in and no file could hold: the name of the value, where the problem is, and its sentence.
#[rustfmt::skip]
const ODD: &[(&str, &str, &str)] = &[
    ("nothing", "", "This is `undefined`."),
    ("a function", "", "This is a function."),
    ("a class", "", "This is a function."),
    ("a symbol", "", "This is a symbol, which JSON does not have."),
    ("a big number", "", "This is a `BigInt`, which JSON does not have."),
    ("no number", "", "This number is not finite, and JSON has no such number."),
    ("a date", "", "OF_A_CLASS"),
    ("a map", "", "OF_A_CLASS"),
    ("a set", "", "OF_A_CLASS"),
    ("a promise", "", "OF_A_CLASS"),
    ("an error", "", "OF_A_CLASS"),
    ("bytes", "", "OF_A_CLASS"),
    ("a buffer", "", "OF_A_CLASS"),
    ("a text in an object", "", "OF_A_CLASS"),
    ("a revoked proxy", "", "THREW: Cannot perform 'getPrototypeOf' on a proxy that has been revoked"),
    ("a revoked proxy of a list", "", "THREW: Cannot perform 'getPrototypeOf' on a proxy that has been revoked"),
    ("a proxy that throws", "", "THREW: no keys"),
    ("a proxy that throws the worst", "", "THREW: it does not say which"),
    ("a proxy that throws nothing", "", "THREW: it does not say which"),
    ("a proxy that holds itself", "a", "This object or list holds itself."),
    ("a proxy that never ends", "a.a.a.a.a…", "This is nested too deeply."),
    ("a list that throws", "services", "THREW: no length"),
    ("an object that holds itself", "operator.friend", "This object or list holds itself."),
    ("a list that holds itself", "[0][0]", "This object or list holds itself."),
    ("an object that doubles", "", "This document is too large to be a configuration."),
    ("a list that is too deep", "[0][0][0]…", "This is nested too deeply."),
    ("a text that is too long", "", "This document is too large to be a configuration."),
    ("a list of holes", "services[0]", "This is `undefined`."),
    ("a getter that throws", "operator", "THREW: boom"),
    ("a member of nothing", "scope", "This is `undefined`."),
    ("a member that is a function", "onWithdraw", "This is a function."),
    ("an item that is a big number", "services[0].counter", "This is a `BigInt`, which JSON does not have."),
    ("an infinite number", "expiresDays", "This number is not finite, and JSON has no such number."),
    ("half a character", "scope", "This text has half of a character in it, which no file can hold."),
    ("half a character in a key", "", "This text has half of a character in it, which no file can hold."),
];

#[test]
#[ignore = "needs the wasm build: cargo xtask test --only compiler"]
fn what_no_file_could_hold_is_a_problem_with_its_place() {
    let printed = node("odd-values.mjs", &[folder("tests/good.json")], "");
    let expected = ODD.iter().map(|(name, path, sentence)| {
        let sentence = sentence.replace("OF_A_CLASS", OF_A_CLASS).replace("THREW", THREW);
        format!("{name} | {path} | {sentence}")
    });
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    println!("parity: {} values that no file could hold, each a problem", ODD.len());
}
