//! `kelisim migrate`: what it makes of each product's configuration, what it says of it, and that the check is content once what
//! it names is written.
//!
//! What it makes and says of each file in `tests/migrate/` stands beside it; `KELISIM_SNAPSHOTS=write` agrees to a change.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use kelisim_compiler::config::messages::messages;
use kelisim_compiler::config::problem::{Code, Level};
use kelisim_compiler::owner::check::check;
use serde_json::{Value, json};

use crate::compiled::compiled;
use crate::house::{CATALOGUE, LANGUAGES, document, folder};

const BEGIN: &str = "<!-- migration: written by a test -->\n";
const END: &str = "<!-- /migration -->\n";

/// What the program did.
struct Done {
    code: i32,
    printed: String,
    told: String,
}

/// Runs it where the file lies, so that it is called by its name alone.
fn migrate(arguments: &[&str], directory: PathBuf) -> Done {
    let output = Command::new(env!("CARGO_BIN_EXE_kelisim"))
        .arg("migrate")
        .args(arguments)
        .current_dir(directory)
        .output()
        .unwrap();
    Done {
        code: output.status.code().unwrap(),
        printed: String::from_utf8(output.stdout).unwrap(),
        told: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The files of other products.
fn files() -> Vec<String> {
    let entries = fs::read_dir(folder("tests/migrate")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter(|name| !name.ends_with(".site.json") && !name.ends_with(".told.txt"))
        .collect();
    names.sort();
    names
}

/// Holds something against what was agreed to.
fn assert_agreed(name: &str, found: &str) {
    let path = folder("tests/migrate").join(name);
    if std::env::var_os("KELISIM_SNAPSHOTS").is_some() {
        fs::write(&path, found).unwrap();
    }
    let agreed = fs::read_to_string(&path).unwrap_or_default();
    assert!(agreed == found, "{} is not:\n{found}", path.display());
}

/// Writes what an owner knows where a problem says that it is missing.
fn fill(document: &mut Value, path: &str) {
    let steps = path.replace(']', "").replace('[', ".");
    let steps: Vec<&str> = steps.split('.').collect();
    let (key, parents) = steps.split_last().unwrap();
    let parent = parents
        .iter()
        .fold(document, |value, step| match step.parse::<usize>() {
            Ok(index) => &mut value[index],
            Err(_) => &mut value[*step],
        });
    let vendor = parent["use"].as_str().and_then(|id| CATALOGUE.get(id));
    let example = vendor.and_then(|vendor| Some(vendor.parameters.get(*key)?.examples[0].clone()));
    let known = match *key {
        "name" => json!("ТОО «Пример»"),
        "bin" => json!("991240000003"),
        "address" => json!("г. Алматы, улица Примерная, дом 1"),
        "email" => json!("privacy@example.kz"),
        "url" => json!("/privacy"),
        "version" => json!("2026-01-01"),
        "subject" => json!("Отзыв согласия"),
        "recipient" => json!("Partner Ltd"),
        "country" => json!("DE"),
        "category" => json!("analytics"),
        "data" => json!(["ip", "pages"]),
        "storage" => json!([]),
        "lifetime" => json!("30d"),
        "kk" => json!("Қай беттер ашылғанын санаймыз"),
        "ru" => json!("Считаем, какие страницы открывают"),
        "de" => json!("Wir zählen, welche Seiten geöffnet werden"),
        "en" => json!("We count which pages are opened"),
        _ => example.unwrap_or_else(|| panic!("nobody knows {path}")),
    };
    parent[*key] = known;
}

#[test]
fn each_product_becomes_what_was_agreed_to() {
    for name in files() {
        let done = migrate(&[&name], folder("tests/migrate"));
        assert_eq!(done.code, 0, "{name}: {}", done.told);
        assert_agreed(&format!("{name}.site.json"), &done.printed);
        assert_agreed(&format!("{name}.told.txt"), &done.told);
    }
}

/// What is said to be missing is all that is missing, and nothing else is wrong.
#[test]
fn with_what_is_missing_written_the_check_is_content() {
    for name in files() {
        let done = migrate(&[&name], folder("tests/migrate"));
        let mut site = document(&done.printed).unwrap();
        let findings = check(&done.printed, &CATALOGUE, &LANGUAGES, messages("en"));
        let errors: Vec<_> = findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .collect();
        assert!(!errors.is_empty(), "{name}");
        for finding in errors {
            assert_eq!(finding.code, Code::Missing, "{name}: {}", finding.path);
            let headline = format!("{}: missing", finding.path);
            assert!(done.told.contains(&headline), "{name} does not tell {headline}");
            fill(&mut site, finding.path.as_str());
        }
        compiled(&site);
    }
}

/// The example of the documentation is a file, what it becomes, and what is said of it.
#[test]
fn the_documentation_shows_a_migration() {
    let done = migrate(&["klaro-config.js"], folder("tests/migrate"));
    let file = fs::read_to_string(folder("tests/migrate/klaro-config.js")).unwrap();
    let example = format!(
        "`klaro-config.js`:\n\n```js\n{file}```\n\n`kelisim migrate klaro-config.js` prints\n\n```json\n{}```\n\n\
         and tells\n\n```text\n{}```\n",
        done.printed, done.told
    );
    let path = folder("../docs/moving.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let agreed = format!("{before}{BEGIN}{example}{END}{after}");
    if std::env::var_os("KELISIM_SNAPSHOTS").is_some() {
        fs::write(&path, &agreed).unwrap();
    } else {
        assert!(
            page == agreed,
            "docs/moving.md shows another migration than:\n{example}"
        );
    }
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let once = || migrate(&["klaro.html"], folder("tests/migrate"));
    assert_eq!(once().printed, once().printed);
    assert_eq!(once().told, once().told);
}

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("kelisim-migrate-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn run(&self, file: &str, text: &str) -> Done {
        fs::write(self.0.join(file), text).unwrap();
        migrate(&[file], self.0.clone())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn what_cannot_be_read_is_named_with_line_and_column() {
    let folder = Folder::new("bad");
    for (file, text, told) in [
        ("a.js", "var klaroConfig = {\n  services: [,\n", "kelisim: a.js:3:1: "),
        ("b.json", "{\n  \"apps\": [}\n", "kelisim: b.json:2:12: "),
        (
            "c.html",
            "<p>\n<script>\nvar klaroConfig = {{;\n</script>",
            "kelisim: c.html:3:20: ",
        ),
        (
            "d.js",
            "console.log('hello')",
            "kelisim: d.js: no configuration of vanilla-cookieconsent, Klaro",
        ),
        ("e.js", &"[".repeat(100_000), "kelisim: e.js:1:501: this lies too deep"),
    ] {
        let done = folder.run(file, text);
        assert_eq!(done.code, 2, "{file}: {}", done.told);
        assert!(done.told.starts_with(told), "{}", done.told);
        assert_eq!(done.printed, "");
    }
}

/// Nothing of a file is run, and what would have to be run is said.
#[test]
fn what_a_script_would_work_out_is_left() {
    let folder = Folder::new("code");
    let done = folder.run(
        "a.js",
        "const counter = 'visit_counter'; var klaroConfig = { lang: navigator.language, ...others, services: [\n\
         { name: 'a' + 'b', purposes: ['analytics'], title: title(), cookies: [counter, `seen`, other] }] }",
    );
    assert_eq!(done.code, 0, "{}", done.told);
    let site = document(&done.printed).unwrap();
    let service = &site["services"][0];
    assert_eq!(service["id"], "ab");
    assert_eq!(service.get("name"), None);
    assert_eq!(service["storage"].as_array().unwrap().len(), 2, "{}", done.told);
    for left in ["klaroConfig.lang", "klaroConfig.…", "klaroConfig.services[0].title"] {
        assert!(
            done.told.contains(&format!("{left}\n        An expression")),
            "{left}: {}",
            done.told
        );
    }
}

#[test]
fn a_file_that_is_there_stays() {
    let folder = Folder::new("out");
    let text = fs::read_to_string(crate::house::folder("tests/migrate/klaro.json")).unwrap();
    fs::write(folder.0.join("klaro.json"), text).unwrap();
    let done = migrate(&["klaro.json", "--out", "site.json"], folder.0.clone());
    assert_eq!((done.code, done.printed.as_str()), (0, ""), "{}", done.told);
    let written = fs::read_to_string(folder.0.join("site.json")).unwrap();
    assert!(document(&written).is_some());
    let done = migrate(&["klaro.json", "--out", "site.json"], folder.0.clone());
    assert_eq!(done.code, 2);
    assert!(done.told.contains("site.json is there already"), "{}", done.told);
}
