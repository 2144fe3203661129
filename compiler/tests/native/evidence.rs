//! `kelisim evidence`: what is filed, and that nothing that was filed is lost.

use std::fs;
use std::path::Path;
use std::process::Command;

use kelisim_compiler::bundle::{Bundle, Options};
use kelisim_compiler::compile;
use kelisim_compiler::config::Config;
use kelisim_compiler::owner::build::make;
use kelisim_compiler::owner::distribution::integrity;
use kelisim_compiler::owner::evidence::{Evidence, Subject, write_texts};
use kelisim_compiler::owner::notice::{Told, told};
use serde_json::Value;

use crate::dist::Dist;
use crate::house::{self, CATALOGUE, LANGUAGES, read};
use crate::snippet::{rasco, source};

/// A site with what is filed of it.
struct Filed {
    text: String,
    config: Config,
    notices: Vec<Told>,
}

impl Filed {
    fn of(site: &Value) -> Filed {
        let config = read(site).unwrap();
        Filed {
            text: format!("{site:#}\n"),
            notices: told(&config, &CATALOGUE, &LANGUAGES).unwrap(),
            config,
        }
    }

    fn bundle(&self, dist: &Dist) -> Bundle {
        make(source(&self.config, &self.text), Options::default(), &dist.open()).unwrap()
    }

    /// Files all that needs no browser.
    fn write_texts(&self, dist: &Dist, folder: &Path) -> anyhow::Result<Evidence> {
        let bundle = self.bundle(dist);
        let subject = Subject {
            config: &self.config,
            text: &self.text,
            notices: &self.notices,
            bundle: &bundle,
            at: "2026-11-20T12:00:00.987Z".parse().unwrap(),
        };
        write_texts(subject, folder)
    }
}

fn json(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("evidence.json")).unwrap()).unwrap()
}

/// O-05: the texts are those that a record is bound to, and the configuration is there byte for byte.
#[test]
fn o_05_the_filed_texts_are_those_of_a_record() {
    let (filed, dist) = (Filed::of(&rasco()), Dist::new("evidence"));
    let folder = dist.path().join("filed");
    let evidence = filed.write_texts(&dist, &folder).unwrap();
    assert!(
        evidence
            .to_string()
            .starts_with("3 notices, 0 screenshots; index.html shows them")
    );

    let read = |name: &Value| fs::read_to_string(folder.join(name.as_str().unwrap())).unwrap();
    let list = json(&folder);
    assert_eq!(read(&"site.json".into()), filed.text);
    let bundle = filed.bundle(&dist);
    let script = bundle.files.iter().find(|file| file.name == "kelisim.js").unwrap();
    assert_eq!(list["script"], integrity(&script.content), "as it is served");
    assert_eq!(list["date"], "2026-11-20T12:00:00Z");
    assert_eq!(list["operator"]["number"], "140340014652");
    let notices = list["notices"].as_array().unwrap();
    let languages = compile(&filed.config, &CATALOGUE, &LANGUAGES).unwrap().site.languages;
    assert_eq!((notices.len(), languages.len()), (3, 3));
    for ((listed, told), language) in notices.iter().zip(&filed.notices).zip(languages) {
        assert_eq!(listed["language"], language.tag);
        assert_eq!(read(&listed["file"]), told.text);
        assert_eq!(listed["sha256"], language.notice, "as a record has it");
    }
}

/// O-05: what lacks its screenshots is made anew; what is complete stays as it was filed.
#[test]
fn o_05_what_was_filed_stays() {
    let (filed, dist) = (Filed::of(&rasco()), Dist::new("complete"));
    let folder = dist.path().join("filed");
    for _ in 0..2 {
        filed.write_texts(&dist, &folder).unwrap();
        assert_eq!(json(&folder)["screenshotsMissing"], "they were not taken yet");
    }
    fs::write(folder.join("evidence.json"), "{}").unwrap();
    let error = filed.write_texts(&dist, &folder).unwrap_err().to_string();
    assert!(error.contains("holds evidence already"), "{error}");
    assert_eq!(fs::read_to_string(folder.join("evidence.json")).unwrap(), "{}");
}

/// O-05: a folder with files of anybody else's is left as it is.
#[test]
fn o_05_nothing_is_filed_among_other_files() {
    let (filed, dist) = (Filed::of(&rasco()), Dist::new("kept"));
    let root = dist.path().join("web");
    fs::create_dir_all(&root).unwrap();
    fs::write(root.join("index.html"), "the shop").unwrap();
    let error = filed.write_texts(&dist, &root).unwrap_err().to_string();
    assert!(error.contains("holds other files, which stay as they are"), "{error}");
    assert_eq!(fs::read_to_string(root.join("index.html")).unwrap(), "the shop");
    assert_eq!(fs::read_dir(&root).unwrap().count(), 1);
}

/// B-02: in the index an owner's words are text.
#[test]
fn b_02_the_index_shows_words_as_text() {
    let dist = Dist::new("index");
    let mut site = rasco();
    site["operator"]["name"] = "ТОО <img src=x onerror=alert(1)> «Anysoft»".into();
    let folder = dist.path().join("filed");
    Filed::of(&site).write_texts(&dist, &folder).unwrap();
    let index = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(!index.contains("<img") && index.contains("ТОО &#60;img"), "{index}");
    for shown in [
        "<dd>2026-11-20T12:00:00Z</dd>",
        "<strong>There are no screenshots:</strong> they were not taken yet</p>",
        "<h2>kk</h2>\n<p>Notice: <a href=\"notice.kk.txt\">notice.kk.txt</a>, SHA-256 <code>",
    ] {
        assert!(index.contains(shown), "{shown}: {index}");
    }
}

/// The program as an owner runs it, where there is no browser: exit code, what it printed, what it complained of.
fn run(dist: &Dist, site: &Path, folder: &Path) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kelisim"))
        .arg("evidence")
        .arg(site)
        .arg("--out")
        .arg(folder)
        .arg("--dist")
        .arg(dist.path())
        .env("CHROMEDRIVER", "/nowhere/chromedriver")
        .output()
        .unwrap();
    let words = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), words(output.stdout), words(output.stderr))
}

/// O-05: texts, hashes and the configuration are filed where there is no browser too, and the rest is not lost silently.
#[test]
fn o_05_texts_are_filed_without_a_browser() {
    let dist = Dist::new("no-browser");
    let site = house::folder("../www/sites/rasco.kz/site.json");
    let folder = dist.path().join("filed");
    // What lacks its screenshots is made anew.
    for _ in 0..2 {
        let (code, printed, complaint) = run(&dist, &site, &folder);
        assert_eq!((code, printed.as_str()), (Some(2), ""));
        assert!(
            complaint.contains("the screenshots are not") && complaint.contains("apt install chromium"),
            "{complaint}"
        );
    }
    assert_eq!(
        fs::read(folder.join("site.json")).unwrap(),
        fs::read(site).unwrap(),
        "byte for byte"
    );
    let evidence = json(&folder);
    assert_eq!(evidence["notices"].as_array().unwrap().len(), 3);
    let missing = evidence["screenshotsMissing"].as_str().unwrap();
    assert!(missing.contains("chromedriver"), "{missing}");
    let index = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(index.contains("There are no screenshots"), "people read it too");
}

/// O-02: nothing is filed of a configuration that does not satisfy its law.
#[test]
fn o_02_nothing_is_filed_of_a_configuration_with_problems() {
    let dist = Dist::new("problems");
    let folder = dist.path().join("filed");
    let site = house::folder("../www/sites/rasco.kz/policy-only.json");
    let (code, printed, complaint) = run(&dist, &site, &folder);
    assert_eq!((code, printed.as_str()), (Some(1), ""));
    assert!(
        complaint.contains("policy-only.json:2:3: operator.email: missing"),
        "{complaint}"
    );
    assert!(!folder.exists());
}
