//! The program on the command line: what it prints, where it prints it, and with which code it ends.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use kelisim_compiler::compile::{Compiled, compile, notice};
use kelisim_compiler::description::descriptions;
use kelisim_compiler::schema::schema;
use scraper::{Html, Selector};
use serde_json::Value;

use crate::house::{CATALOGUE, LANGUAGES, document, folder, read, sites};

const GOOD: &str = "compiler/tests/corpus/good/smallest-possible.json";
const ADVISED: &str = "compiler/tests/corpus/good/course-site-in-kazakhstan.json";
const BAD: &str = "compiler/tests/corpus/bad/policy-over-plain-http.json";
const POLICY_ONLY: &str = "www/sites/rasco.kz/policy-only.json";
const SITE: &str = "www/sites/rasco.kz/site.json";

/// What the program did, as an owner sees it.
struct Done {
    code: i32,
    printed: String,
    complaint: String,
}

/// The directory of the project.
fn root() -> PathBuf {
    folder("..")
}

/// Runs the program in the directory of the project.
fn run(command: &str, arguments: &[&str]) -> Done {
    let output = Command::new(env!("CARGO_BIN_EXE_kelisim"))
        .arg(command)
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    Done {
        code: output.status.code().unwrap(),
        printed: String::from_utf8(output.stdout).unwrap(),
        complaint: String::from_utf8(output.stderr).unwrap(),
    }
}

fn check(arguments: &[&str]) -> Done {
    run("check", arguments)
}

fn entries(done: &Done) -> Vec<Value> {
    serde_json::from_str(&done.printed).unwrap()
}

/// The configuration of rasco.kz.
fn site() -> Value {
    document(&fs::read_to_string(root().join(SITE)).unwrap()).unwrap()
}

/// The block of a kind that follows a sentence of the documentation.
fn sample(sentence: &str, kind: &str) -> String {
    let page = fs::read_to_string(root().join("docs/configuration.md")).unwrap();
    let (_, after) = page.split_once(sentence).expect(sentence);
    let (_, block) = after.split_once(&format!("```{kind}\n")).unwrap();
    block.split_once("```").unwrap().0.to_owned()
}

/// A file that is gone when the test is over.
struct Written(PathBuf);

impl Written {
    fn new(name: &str, bytes: &[u8]) -> Written {
        let path = std::env::temp_dir().join(format!("kelisim-compiler-{}-{name}", std::process::id()));
        fs::write(&path, bytes).unwrap();
        Written(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn o_02_a_sound_file_ends_with_0_and_one_line() {
    let done = check(&[GOOD]);
    assert_eq!(
        (done.code, done.printed, done.complaint),
        (0, format!("{GOOD}: nothing wrong\n"), String::new())
    );
}

#[test]
fn o_02_advice_alone_ends_with_0() {
    let done = check(&[ADVISED]);
    assert_eq!(done.code, 0);
    let mut lines = done.printed.lines();
    assert_eq!(lines.next(), Some(&*format!("{ADVISED}: nothing wrong")));
    assert_eq!(lines.next(), Some("Advice:"));
    assert!(lines.next().unwrap().ends_with(": services[0].use: outlivesConsent"));
}

#[test]
fn o_02_an_error_ends_with_1() {
    let done = check(&[BAD]);
    assert_eq!((done.code, done.complaint), (1, String::new()));
    assert!(
        done.printed
            .starts_with(&format!("{BAD}:10:15: policy.url: insecureLink\n    "))
    );
}

/// What cannot be read ends with 2, whatever the others say, and they are all looked at.
#[test]
fn o_02_a_file_that_cannot_be_read_ends_with_2() {
    let done = check(&["nowhere.json", BAD]);
    assert_eq!(done.code, 2);
    assert!(
        done.complaint.starts_with("kelisim: nowhere.json: "),
        "{}",
        done.complaint
    );
    assert!(done.printed.contains("policy.url: insecureLink"), "{}", done.printed);
    let done = check(&["--json", BAD, "nowhere.json"]);
    assert_eq!((done.code, entries(&done).len()), (2, 1));
}

/// An editor that writes the letters of an old code page is named, because the file looks right in it.
#[test]
fn o_02_a_file_in_another_encoding_is_told_how_to_be_saved() {
    let old = Written::new("windows-1251.json", b"{ \"operator\": { \"name\": \"\xd2\xce\xce\" } }");
    let done = check(&[old.name()]);
    assert_eq!(done.code, 2);
    assert!(
        done.complaint.contains(":1:26: this is not UTF-8: save it as UTF-8\n"),
        "{}",
        done.complaint
    );
}

#[test]
fn o_02_of_several_files_each_is_told_by_its_name() {
    let done = check(&[GOOD, BAD, ADVISED]);
    assert_eq!(done.code, 1);
    let place = |start: String| done.printed.find(&start).unwrap_or_else(|| panic!("{start}"));
    let places = [
        place(format!("{GOOD}: nothing wrong\n")),
        place(format!("{BAD}:10:15: ")),
        place(format!("{ADVISED}: nothing wrong\n")),
    ];
    assert!(places.is_sorted(), "{}", done.printed);
}

#[test]
fn o_02_other_programs_get_one_array_in_reading_order() {
    assert_eq!(check(&["--json", GOOD]).printed, "[]\n");
    let (read, listed) = (check(&[POLICY_ONLY, ADVISED]), check(&["--json", POLICY_ONLY, ADVISED]));
    assert_eq!(listed.code, 1);
    let mut headlines = Vec::new();
    for entry in entries(&listed) {
        let members = entry.as_object().unwrap();
        let names: Vec<&str> = members.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["level", "path", "code", "line", "column", "problem", "mend", "file"]
        );
        let word = |name: &str| members[name].as_str().unwrap().to_owned();
        assert!(["error", "advice"].contains(&&*word("level")));
        assert!(!word("problem").is_empty() && !word("mend").is_empty());
        let (line, column) = (&members["line"], &members["column"]);
        headlines.push(format!(
            "{}:{line}:{column}: {}: {}",
            word("file"),
            word("path"),
            word("code")
        ));
    }
    let lines = read.printed.lines().filter(|line| !line.starts_with(' '));
    let expected: Vec<&str> = lines
        .filter(|line| *line != "Advice:" && !line.ends_with("nothing wrong"))
        .collect();
    assert_eq!(headlines, expected);
}

/// O-02: the sentences and headings are in the language that was asked for; codes and places are the same in each.
#[test]
fn o_02_the_check_speaks_the_language_that_it_is_asked_in() {
    for (language, nothing_wrong, advice) in [
        ("en", "nothing wrong", "Advice:"),
        ("ru", "ошибок нет", "Советы:"),
        ("kk", "қате жоқ", "Кеңестер:"),
    ] {
        let done = check(&["--lang", language, ADVISED, BAD]);
        assert_eq!((done.code, done.complaint.as_str()), (1, ""), "{language}");
        let head = format!("{ADVISED}: {nothing_wrong}\n{advice}\n");
        assert!(done.printed.starts_with(&head), "{}", done.printed);
        let listed = entries(&check(&["--json", "--lang", language, ADVISED, BAD]));
        for entry in &listed {
            let (problem, mend) = (entry["problem"].as_str().unwrap(), entry["mend"].as_str().unwrap());
            assert!(
                done.printed.contains(&format!("\n    {problem}\n    {mend}\n")),
                "{problem}"
            );
        }
        let places = |entries: &[Value]| -> Vec<String> {
            let place = |entry: &Value| format!("{} {} {}", entry["code"], entry["line"], entry["column"]);
            entries.iter().map(place).collect()
        };
        let english = entries(&check(&["--json", ADVISED, BAD]));
        assert_eq!(places(&listed), places(&english), "{language}");
        assert_eq!(listed == english, language == "en", "{language}");
    }
    let unknown = check(&["--lang", "fr", BAD]);
    assert_eq!((unknown.code, unknown.printed.as_str()), (2, ""));
    assert!(unknown.complaint.contains("en, kk, ru"), "{}", unknown.complaint);
}

#[test]
fn the_documentation_shows_what_the_check_prints() {
    let sample = sample(
        "What the check says of a configuration with only what a published policy states",
        "text",
    );
    assert_eq!(check(&[POLICY_ONLY]).printed, sample);
    let russian = self::sample("The same in Russian", "text");
    assert_eq!(check(&["--lang", "ru", POLICY_ONLY]).printed, russian);
}

/// The sample is an array with one of the entries, as it is printed.
#[test]
fn the_documentation_shows_an_entry_of_the_array() {
    let sample = sample("`kelisim check --json FILE…` prints one array", "json");
    let entry = sample
        .strip_prefix("[\n")
        .and_then(|sample| sample.strip_suffix("\n]\n"))
        .unwrap();
    let printed = check(&["--json", POLICY_ONLY]).printed;
    assert!(printed.contains(entry), "{printed}");
}

/// R-02: the printed bytes are those whose hash is in the compiled site, in every language.
#[test]
fn r_02_the_printed_notice_is_that_of_the_compilation() {
    let config = read(&site()).unwrap();
    for language in &config.languages {
        let expected = notice(&config, &CATALOGUE, &LANGUAGES, language).unwrap().unwrap();
        let done = run("notice", &[SITE, "--lang", language]);
        assert_eq!((done.code, done.printed), (0, expected), "{language}");
    }
    let russian = run("notice", &[SITE, "--lang", "ru"]).printed;
    assert_eq!(
        run("notice", &[SITE]).printed,
        russian,
        "the default language is the first"
    );
}

/// A language that is not offered is no problem of the configuration; those that are offered are named.
#[test]
fn r_02_a_language_that_is_not_offered_ends_with_2() {
    let done = run("notice", &[SITE, "--lang", "de"]);
    assert_eq!((done.code, done.printed.as_str()), (2, ""));
    assert!(
        done.complaint.contains("de; it offers ru, kk, en"),
        "{}",
        done.complaint
    );
}

/// I-04, I-09: the section for the policy page names every service with its recipient, country and all that it stores, in every
/// language, and has the control that changes the answer.
#[test]
fn i_09_the_declaration_names_all_that_is_stored() {
    let selector = |selector: &str| Selector::parse(selector).unwrap();
    for (name, document) in sites() {
        let written = Written::new(&format!("{name}.json"), document.to_string().as_bytes());
        let config = read(&document).unwrap();
        for language in &config.languages {
            let done = run("declaration", &[written.name(), "--lang", language]);
            assert_eq!((done.code, done.complaint.as_str()), (0, ""), "{name}, {language}");
            let section = Html::parse_fragment(&done.printed);
            let told = section.root_element().text().collect::<String>();
            for service in descriptions(&config, &CATALOGUE) {
                let recipient = service.recipient.in_language(language);
                assert!(told.contains(recipient), "{name}, {language}: {recipient} in {told}");
                for stored in &service.storage {
                    assert!(
                        told.contains(stored.name.as_str()),
                        "{name}, {language}: {:?}",
                        stored.name
                    );
                }
            }
            let controls = section
                .select(&selector("button[data-kelisim-action=settings]"))
                .count();
            assert_eq!(
                controls,
                usize::from(!config.categories.is_empty()),
                "{name}, {language}"
            );
            let rows = section.select(&selector("tbody tr")).count();
            let with_names = section.select(&selector("tbody tr > th[scope=row]")).count();
            assert_eq!(rows, with_names, "{name}, {language}: each row has its head");
            assert!(
                done.printed.starts_with(&format!("<section lang=\"{language}\"")),
                "{}",
                done.printed
            );
        }
    }
    let done = run("declaration", &[SITE, "--lang", "de"]);
    assert_eq!((done.code, done.printed.as_str()), (2, ""));
    assert!(
        done.complaint.contains("de; it offers ru, kk, en"),
        "{}",
        done.complaint
    );
}

/// The compiled site is printed whole, and is what the library makes.
#[test]
fn the_compiled_site_is_printed_with_all_its_languages() {
    let config = read(&site()).unwrap();
    let Compiled { site, settings } = compile(&config, &CATALOGUE, &LANGUAGES).unwrap();
    let done = run("compile", &[SITE]);
    assert_eq!(done.code, 0, "{}", done.complaint);
    let printed: Value = serde_json::from_str(&done.printed).unwrap();
    let read: kelisim_site::Site = serde_json::from_value(printed["site"].clone()).unwrap();
    assert_eq!(read, site);
    let read: Vec<kelisim_site::Settings> = serde_json::from_value(printed["settings"].clone()).unwrap();
    assert_eq!(read, settings);
    assert_eq!(read.len(), 3);
}

/// O-02: of a configuration with a problem nothing is made, and the problems go where errors go.
#[test]
fn o_02_nothing_is_made_of_a_configuration_with_problems() {
    for command in ["notice", "declaration", "register", "compile", "snippet"] {
        let done = run(command, &[POLICY_ONLY]);
        assert_eq!((done.code, done.printed.as_str()), (1, ""), "{command}");
        assert!(
            done.complaint
                .starts_with(&format!("{POLICY_ONLY}:2:3: operator.email: missing\n")),
            "{command}: {}",
            done.complaint
        );
        let done = run(command, &["nowhere.json"]);
        assert_eq!((done.code, done.printed.as_str()), (2, ""), "{command}");
    }
    // Words that press are a problem too, though a page works with them.
    let mut pressing = site();
    pressing["texts"] = serde_json::json!({ "ru": { "title": "Поторопитесь" } });
    let pressing = Written::new("pressing.json", pressing.to_string().as_bytes());
    let done = run("compile", &[pressing.name()]);
    assert_eq!((done.code, done.printed.as_str()), (1, ""));
    assert!(done.complaint.contains("texts.ru.title: urgency"), "{}", done.complaint);
}

/// A byte-order mark and keys for editors are no part of what is compiled.
#[test]
fn what_only_editors_read_does_not_matter() {
    let text = fs::read_to_string(root().join(SITE)).unwrap();
    let marked = Written::new("marked.json", format!("\u{feff}{text}").as_bytes());
    assert_eq!(
        run("compile", &[marked.name()]).printed,
        run("compile", &[SITE]).printed
    );
}

/// O-02: the printed schema is that of the library.
#[test]
fn o_02_the_program_prints_the_schema() {
    let done = run("schema", &[]);
    assert_eq!(done.code, 0);
    let printed: Value = serde_json::from_str(&done.printed).unwrap();
    assert_eq!(printed, schema(&CATALOGUE, &LANGUAGES));
}
