//! What the layers of the code may name, as the design asks (section 3: invariants).

use std::fs;
use std::path::{Path, PathBuf};

/// The Rust sources below a folder, by their paths, without comments and tests.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    files(folder, &["rs"])
}

/// The files below a folder whose names end so, by their paths, without comments and tests.
fn files(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let ending = path.extension().and_then(|ending| ending.to_str());
            if path.is_dir() {
                folders.push(path);
            } else if ending.is_some_and(|ending| endings.contains(&ending)) {
                let written = fs::read_to_string(&path).unwrap();
                let shipped = written.split("#[cfg(test)]").next().unwrap_or_default();
                let code: Vec<&str> = shipped
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .collect();
                sources.push((path, code.join("\n")));
            }
        }
    }
    assert!(!sources.is_empty());
    sources
}

fn assert_nowhere(folders: &[&str], words: &[&str]) {
    for (path, code) in folders.iter().flat_map(|folder| sources(folder)) {
        for word in words {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
    }
}

/// An invariant of the design: consent and visit know no browser, no clock and no chance.
#[test]
fn consent_and_visit_know_no_browser() {
    let outside = [
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "JsValue",
        "std::time",
        "thread_local",
        "serde_json",
    ];
    assert_nowhere(&["src/consent", "src/visit"], &outside);
}

/// The design, section 4: nothing that drags formatting or panics into what ships to visitors.
#[test]
fn nothing_that_ships_formats_or_panics() {
    let heavy = [
        "format!",
        "{:?}",
        ".unwrap()",
        ".expect(",
        "panic!",
        "unsafe",
        "println!",
        "todo!",
        "unimplemented!",
    ];
    assert_nowhere(&["src"], &heavy);
}

/// An invariant of the design: page and ui decide nothing. They are told what holds, and say what happened.
#[test]
fn c_05_the_edges_decide_nothing() {
    let deciding = [
        "Decision",
        "Record::new",
        "Choices::",
        "standing(",
        "visit::update",
        "ShownNotice",
    ];
    assert_nowhere(&["src/page", "src/ui"], &deciding);
}

/// An invariant of the design: this build's own strings alone become HTML, and in one place.
#[test]
fn b_02_html_is_made_in_one_place() {
    let made = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "set_inner_html",
    ];
    for (path, code) in files("src", &["rs", "js"]) {
        let times: usize = made.iter().map(|word| code.matches(word).count()).sum();
        let allowed = usize::from(path.ends_with("page/page.js"));
        assert_eq!(times, allowed, "{}", path.display());
    }
}

/// An invariant of the design: the runtime knows the compiled site and no compiler.
#[test]
fn the_runtime_does_not_depend_on_the_compiler() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let (_, package) = manifest.split_once("\n[package]").unwrap();
    assert!(!package.contains("kelisim-compiler ="));
    assert_nowhere(&["src"], &["kelisim_compiler"]);
}

/// The arrow inside: consent does not know the visit.
#[test]
fn consent_does_not_know_the_visit() {
    assert_nowhere(&["src/consent"], &["crate::visit", "super::visit"]);
}

/// G-05: one place alone gives proof that a notice was shown, and one alone makes permissions.
#[test]
fn g_05_proofs_are_made_in_one_place() {
    for (proof, home) in [
        ("ShownNotice::reported", "visit/state.rs"),
        ("Permissions { choices", "consent/standing.rs"),
    ] {
        for (path, code) in sources("src") {
            let is_home = path.ends_with(home);
            assert!(is_home || !code.contains(proof), "{} names {proof}", path.display());
            assert!(!is_home || code.contains(proof), "{home} lost {proof}");
        }
    }
}
