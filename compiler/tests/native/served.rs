//! `kelisim build`, as an owner runs it: what it writes, what it leaves, and what it says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use kelisim_compiler::bundle::File;
use kelisim_compiler::bundle::digest::{checksums, source_expression};
use serde_json::{Value, json};

use crate::dist::FILES;
use crate::house::sites;
use crate::snippet::rasco;

/// A directory of its own, gone when the test is over.
pub(crate) struct Directory(PathBuf);

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Directory {
    pub(crate) fn new(name: &str) -> Directory {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("kelisim-served-{}-{count}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Directory(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, file: &str, content: &[u8]) -> PathBuf {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }
}

/// A made-up `dist/`, a configuration, and where it is built to.
struct Workshop {
    directory: Directory,
}

/// What the program did.
struct Done {
    code: Option<i32>,
    printed: String,
    complaint: String,
}

impl Workshop {
    fn new(name: &str, site: &Value) -> Workshop {
        let workshop = Workshop {
            directory: Directory::new(name),
        };
        workshop.configure(site);
        let files = FILES.map(|(name, content)| File {
            name: name.to_owned(),
            content: content.as_bytes().to_vec(),
        });
        for file in &files {
            workshop.directory.write(&format!("dist/{}", file.name), &file.content);
        }
        workshop
            .directory
            .write("dist/SHA384SUMS", checksums(files.iter()).as_bytes());
        workshop
    }

    fn configure(&self, site: &Value) {
        self.directory
            .write("site.json", format!("\u{feff}{site}\n").as_bytes());
    }

    fn out(&self) -> PathBuf {
        self.directory.path().join("public/kelisim")
    }

    fn build(&self, arguments: &[&str]) -> Done {
        let output = Command::new(env!("CARGO_BIN_EXE_kelisim"))
            .args(["build", "site.json", "--out", "public/kelisim", "--dist", "dist"])
            .args(arguments)
            .current_dir(self.directory.path())
            .output()
            .unwrap();
        Done {
            code: output.status.code(),
            printed: String::from_utf8(output.stdout).unwrap(),
            complaint: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What is served, by name.
    fn served(&self) -> Vec<(String, Vec<u8>)> {
        let entries = fs::read_dir(self.out()).unwrap().map(|entry| entry.unwrap());
        let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
        let mut files: Vec<_> = files
            .map(|entry| {
                (
                    entry.file_name().into_string().unwrap(),
                    fs::read(entry.path()).unwrap(),
                )
            })
            .collect();
        files.sort();
        files
    }

    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.out().join(name)).unwrap()
    }
}

/// The names of the files that a script fetches, the module first.
fn named_in(script: &str) -> Vec<String> {
    let (_, script) = script.split_once("{ files: ").unwrap();
    let (script, _) = script.split_once(", site: ").unwrap();
    let files = script.split("\"name\":\"").skip(1);
    files.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// The configuration of rasco.kz, whose pages nobody audits.
fn quiet() -> Value {
    let mut site = rasco();
    site["audit"] = json!(false);
    site
}

/// The same with another text.
fn changed() -> Value {
    let mut site = quiet();
    site["texts"] = json!({"ru": {"settingsTitle": "Настройки файлов cookie"}});
    site
}

#[test]
fn a_site_is_built_and_its_owner_told_how_to_use_it() {
    for (name, site) in sites() {
        let workshop = Workshop::new(&name, &site);
        let done = workshop.build(&[]);
        assert_eq!((done.code, done.complaint.as_str()), (Some(0), ""), "{name}");
        let mut lines = done.printed.lines();
        let title: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
        assert_eq!(title, ["public/kelisim", "raw", "gzip", "brotli"]);
        for (file, content) in workshop.served() {
            let row = done.printed.lines().find(|line| line.starts_with(&format!("{file} ")));
            let row: Vec<&str> = row.unwrap_or_else(|| panic!("{file}")).split_whitespace().collect();
            assert_eq!((row.len(), row[1]), (4, content.len().to_string().as_str()), "{file}");
        }
        assert!(
            done.printed
                .contains("\nIn <head>:\n\n<script async src=\"/kelisim/kelisim.js\"></script>\n\n"),
            "{}",
            done.printed
        );
        assert!(
            done.printed
                .contains("\nContent-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'")
        );
        for file in named_in(&workshop.file("kelisim.js")) {
            assert!(workshop.out().join(&file).is_file(), "{file}");
        }
        assert!(!done.printed.contains("Access-Control") && !done.printed.contains("sha256-"));
    }
}

/// G-08: a page that is open, and a script that is cached, find the files of their own build.
#[test]
fn g_08_files_of_an_earlier_build_stay() {
    let workshop = Workshop::new("earlier", &quiet());
    workshop.build(&[]);
    let before = workshop.served();
    let named_before = named_in(&workshop.file("kelisim.js"));
    workshop.configure(&changed());
    assert_eq!(workshop.build(&[]).code, Some(0));
    let after = workshop.served();
    for file in before.iter().filter(|(name, _)| named_before.contains(name)) {
        assert!(after.contains(file), "{}", file.0);
    }
    assert_ne!(named_in(&workshop.file("kelisim.js")), named_before);
    assert_eq!(
        after.len(),
        before.len() + 2,
        "the settings in Russian, and the rest of the site"
    );
    for file in named_in(&workshop.file("kelisim.js")) {
        assert!(workshop.out().join(&file).is_file(), "{file}");
    }
}

#[test]
fn what_is_the_same_is_not_touched() {
    let workshop = Workshop::new("same", &quiet());
    let dates = || -> Vec<_> {
        let entries = fs::read_dir(workshop.out()).unwrap();
        let mut dates: Vec<_> = entries
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name(), entry.metadata().unwrap().modified().unwrap()))
            .collect();
        dates.sort();
        dates
    };
    let first = workshop.build(&[]);
    let (served, before) = (workshop.served(), dates());
    let second = workshop.build(&[]);
    assert_eq!((workshop.served(), dates()), (served, before));
    assert_eq!(second.printed, first.printed);
    // A file that something else has spoiled is written anew.
    let module = named_in(&workshop.file("kelisim.js")).remove(0);
    fs::write(workshop.out().join(&module), "spoiled").unwrap();
    workshop.build(&[]);
    assert_eq!(workshop.file(&module), "\0asm");
}

/// O-02: of a configuration with a problem nothing is written, and the problem is told as `check` tells it.
#[test]
fn o_02_a_configuration_with_problems_writes_nothing() {
    let mut bad = quiet();
    bad["policy"]["url"] = json!("javascript:alert(1)");
    let workshop = Workshop::new("bad", &bad);
    let done = workshop.build(&[]);
    assert_eq!((done.code, done.printed.as_str()), (Some(1), ""));
    assert!(done.complaint.starts_with("site.json:1:"), "{}", done.complaint);
    assert!(done.complaint.contains(": policy.url: "), "{}", done.complaint);
    assert!(!workshop.directory.path().join("public").exists());

    workshop.configure(&quiet());
    workshop.build(&[]);
    let before = workshop.served();
    workshop.configure(&bad);
    assert_eq!(workshop.build(&[]).code, Some(1));
    assert_eq!(workshop.served(), before);
}

/// G-08: a build that fails in its midst leaves the site as it was served.
#[test]
fn g_08_a_build_that_fails_leaves_what_was_there() {
    let workshop = Workshop::new("midst", &quiet());
    workshop.build(&["--module"]);
    let before = workshop.served();
    // What the next build names is taken by a directory.
    let other = Workshop::new("other", &changed());
    other.build(&["--module"]);
    let new = other.served().into_iter().map(|(name, _)| name);
    let new = new.filter(|name| !workshop.out().join(name).exists());
    let new: Vec<String> = new.collect();
    assert_eq!(new.len(), 2, "{new:?}");
    workshop.configure(&changed());
    for taken in &new {
        let directory = workshop.out().join(taken);
        fs::create_dir(&directory).unwrap();
        let done = workshop.build(&["--module"]);
        assert_eq!((done.code, done.printed.as_str()), (Some(2), ""));
        assert!(
            done.complaint
                .contains(&format!("could not write public/kelisim/{taken}")),
            "{}",
            done.complaint
        );
        let served = workshop.served();
        assert!(before.iter().all(|file| served.contains(file)), "{taken}");
        fs::remove_dir(directory).unwrap();
    }

    // The script itself, which is the last.
    fs::remove_file(workshop.out().join("kelisim.js")).unwrap();
    fs::create_dir(workshop.out().join("kelisim.js")).unwrap();
    let done = workshop.build(&["--module"]);
    assert_eq!(done.code, Some(2));
    assert!(
        done.complaint.contains("could not write public/kelisim/kelisim.js"),
        "{}",
        done.complaint
    );
    let left = workshop.served();
    let others = before.iter().filter(|(name, _)| name != "kelisim.js");
    assert!(others.into_iter().all(|file| left.contains(file)));
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let workshop = Workshop::new("no-directory", &quiet());
    workshop.directory.write("public", b"a file");
    let done = workshop.build(&[]);
    assert_eq!(done.code, Some(2));
    assert!(
        done.complaint.contains("could not make the directory public/kelisim"),
        "{}",
        done.complaint
    );
    let done = workshop.build(&["--base", "//cdn.example/"]);
    assert!(
        done.complaint.contains("write a path of your site"),
        "{}",
        done.complaint
    );
}

#[test]
fn a_runtime_that_is_missing_or_changed_is_named() {
    let workshop = Workshop::new("missing", &quiet());
    let module = workshop.directory.path().join("dist/kelisim.wasm");
    fs::write(&module, "changed").unwrap();
    let done = workshop.build(&[]);
    assert_eq!(done.code, Some(2));
    assert!(
        done.complaint.contains("dist/kelisim.wasm is not what SHA384SUMS says"),
        "{}",
        done.complaint
    );
    fs::remove_file(&module).unwrap();
    let done = workshop.build(&[]);
    assert_eq!(done.code, Some(2));
    assert!(
        done.complaint.contains("dist/kelisim.wasm could not be read") && done.complaint.contains("cargo xtask build"),
        "{}",
        done.complaint
    );
    assert!(!workshop.out().exists());
    fs::remove_dir_all(workshop.directory.path().join("dist")).unwrap();
    let done = workshop.build(&[]);
    assert!(done.complaint.contains("dist has no SHA384SUMS"), "{}", done.complaint);
}

#[test]
fn a_site_is_never_built_over_the_build() {
    let workshop = Workshop::new("over", &quiet());
    let output = Command::new(env!("CARGO_BIN_EXE_kelisim"))
        .args(["build", "site.json", "--out", "./dist/../dist", "--dist", "dist"])
        .current_dir(workshop.directory.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("name another directory with --out"), "{complaint}");
    assert!(!workshop.directory.path().join("dist/kelisim.js").exists());
}

#[test]
fn each_way_of_building_says_what_it_needs() {
    let workshop = Workshop::new("ways", &quiet());
    let done = workshop.build(&["--base", "https://static.rasco.kz/kelisim/"]);
    for line in [
        "<script async src=\"https://static.rasco.kz/kelisim/kelisim.js\" crossorigin></script>\n",
        "As a response header of every file at https://static.rasco.kz, ",
        "\nAccess-Control-Allow-Origin: *\n",
        "script-src 'self' 'wasm-unsafe-eval' https://static.rasco.kz ",
    ] {
        assert!(done.printed.contains(line), "{line}: {}", done.printed);
    }

    let single = Workshop::new("single", &quiet());
    let done = single.build(&["--single-file", "--module"]);
    let names: Vec<String> = single.served().into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["SHA384SUMS", "kelisim.js", "kelisim.site.d.ts", "kelisim.site.js"]
    );
    let source = source_expression(single.file("kelisim.js").as_bytes());
    assert!(done.printed.ends_with(&format!("\n\n{source}\n")), "{}", done.printed);

    let pinned = Workshop::new("pinned", &quiet());
    let done = pinned.build(&["--pin"]);
    let names = pinned.served().into_iter().map(|(name, _)| name);
    let is_pinned = |name: &String| matches!(name.split('.').collect::<Vec<_>>()[..], ["kelisim", _, "js"]);
    let scripts: Vec<String> = names.filter(is_pinned).collect();
    let [script] = &scripts[..] else { panic!("{scripts:?}") };
    assert!(!pinned.out().join("kelisim.js").exists());
    let tag = format!("<script async src=\"/kelisim/{script}\" integrity=\"sha384-");
    assert!(done.printed.contains(&tag), "{}", done.printed);
}

/// What a page needs to look at itself is only there where its owner wants that.
#[test]
fn an_audited_site_has_the_compiler_and_its_configuration_beside() {
    let mut site = rasco();
    site["audit"] = json!(true);
    let workshop = Workshop::new("audit", &site);
    assert_eq!(workshop.build(&[]).code, Some(0));
    let written = fs::read(workshop.directory.path().join("site.json")).unwrap();
    assert_eq!(fs::read(workshop.out().join("site.json")).unwrap(), written);
    assert_eq!(workshop.file("kelisim-audit.js"), "look();");
    assert_eq!(workshop.file("kelisim-compiler.js"), "compile();");
    assert_eq!(workshop.file("kelisim-compiler.wasm"), "\0asm compiler");
    let sums = workshop.file("SHA384SUMS");
    for name in [
        "site.json",
        "kelisim-audit.js",
        "kelisim-compiler.js",
        "kelisim-compiler.wasm",
        "kelisim.js",
    ] {
        assert!(sums.lines().any(|line| line.ends_with(&format!("  {name}"))), "{name}");
    }
    let mut command = Command::new("sha384sum");
    let done = command
        .args(["--check", "--strict", "--quiet", "SHA384SUMS"])
        .current_dir(workshop.out())
        .output();
    assert!(done.unwrap().status.success());

    let without = Workshop::new("no-audit", &quiet());
    without.build(&[]);
    assert!(!without.out().join("site.json").exists() && !without.out().join("kelisim-compiler.js").exists());
}
