//! SHA-256, held against the `sha2` crate; and what the layers of the code may name.

use kelisim::core::notice::hash::sha256;
use kelisim::core::notice::short;
use kelisim::core::value::Writer;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn expected(text: &str) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        write!(hex, "{byte:02x}").unwrap();
    }
    hex
}

proptest! {
    /// any text has the hash that everybody else computes.
    #[test]
    fn r_02_sha256_of_any_text(text in "(?s).{0,400}") {
        prop_assert_eq!(sha256(&text), expected(&text));
        prop_assert_eq!(short(Writer::of(&text)), &expected(&text)[..8]);
    }
}

/// every length around the blocks and their padding.
#[test]
fn r_02_sha256_of_every_length() {
    for length in 0..300 {
        let text = "a".repeat(length);
        assert_eq!(sha256(&text), expected(&text), "{length} bytes");
    }
    // FIPS 180-4, example of one block.
    assert_eq!(
        sha256("abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

/// The Rust sources below a folder, by their paths, without comments.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let written = fs::read_to_string(&path).unwrap();
                let code: Vec<&str> = written
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

/// An invariant of the design: the core knows no browser, no clock and no chance.
#[test]
fn the_core_knows_no_browser() {
    assert_nowhere(
        &["src/core"],
        &[
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "JsValue",
            "crate::browser",
            "crate::ui",
            "crate::app",
            "std::time",
            "thread_local",
        ],
    );
}

/// The numbers under which the page calls the module: `[("START", "0"), …]`, of every `const NAME… = number;` in a file.
fn numbered(path: &str) -> Vec<(String, String)> {
    let code = std::fs::read_to_string(path).unwrap();
    let mut ways = Vec::new();
    for line in code.lines() {
        let line = line.trim().trim_start_matches("pub(super) ");
        if let Some((name, number)) = line.strip_prefix("const ").and_then(|rest| rest.split_once(" = ")) {
            let (name, number) = (name.trim_end_matches(": i32"), number.trim_end_matches(';'));
            if number.parse::<i32>().is_ok() {
                ways.push((name.to_owned(), number.to_owned()));
            }
        }
    }
    ways
}

/// Both sides of the one export mean the same by a number: a refusal that arrived as an acceptance would be the end.
#[test]
fn g_05_page_and_module_number_the_ways_between_them_alike() {
    let module = numbered("src/exports.rs");
    assert!(module.iter().any(|(name, _)| name == "REJECT"), "{module:?}");
    assert_eq!(numbered("src/host.js"), module);
}

/// C-05, G-05: an invariant of the design: what draws and what touches the browser decides nothing.
#[test]
fn c_05_the_edges_decide_nothing() {
    assert_nowhere(
        &["src/ui", "src/browser"],
        &[
            "Permissions::",
            "Decision::",
            "ShownNotice",
            "Choices::",
            "Standing",
            "Record::new",
        ],
    );
}
