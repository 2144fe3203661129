//! `kelisim check` on the command line: what it prints, where it prints it, and with which code it ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const GOOD: &str = "tests/native/corpus/good/smallest-possible.json";
const ADVISED: &str = "tests/native/corpus/good/course-site-in-kazakhstan.json";
const BAD: &str = "tests/native/corpus/bad/policy-over-plain-http.json";
const POLICY_ONLY: &str = "www/sites/rasco.kz/policy-only.json";

/// What the tool did, as an owner sees it.
struct Done {
    code: i32,
    printed: String,
    complaint: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Checks in the directory of the project.
fn check(arguments: &[&str]) -> Done {
    let output = Command::new(env!("CARGO_BIN_EXE_kelisim"))
        .arg("check")
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

fn entries(done: &Done) -> Vec<Value> {
    serde_json::from_str(&done.printed).unwrap()
}

/// The block of a kind that follows a sentence of the README.
fn sample(sentence: &str, kind: &str) -> String {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, after) = readme.split_once(sentence).expect(sentence);
    let (_, block) = after.split_once(&format!("```{kind}\n")).unwrap();
    block.split_once("```").unwrap().0.to_owned()
}

/// A file that is gone when the test is over.
struct Written(PathBuf);

impl Written {
    fn new(name: &str, bytes: &[u8]) -> Written {
        let path = std::env::temp_dir().join(format!("kelisim-{}-{name}", std::process::id()));
        fs::write(&path, bytes).unwrap();
        Written(path)
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
    let done = check(&[old.0.to_str().unwrap()]);
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

#[test]
fn the_readme_shows_what_the_check_prints() {
    let sample = sample(
        "What the check says of a configuration with only what a published policy states",
        "text",
    );
    assert_eq!(check(&[POLICY_ONLY]).printed, sample);
}

/// The sample is an array with one of the entries, as it is printed.
#[test]
fn the_readme_shows_an_entry_of_the_array() {
    let sample = sample("`kelisim check --json FILE…` prints one array", "json");
    let entry = sample
        .strip_prefix("[\n")
        .and_then(|sample| sample.strip_suffix("\n]\n"))
        .unwrap();
    let printed = check(&["--json", POLICY_ONLY]).printed;
    assert!(printed.contains(entry), "{printed}");
}
