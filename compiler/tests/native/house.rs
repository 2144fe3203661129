//! What every test of the compiler starts from: the languages and the vendors of the house, and the files beside.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kelisim_compiler::catalogue::Catalogue;
use kelisim_compiler::config::Config;
use kelisim_compiler::config::messages::{Explained, messages};
use kelisim_compiler::config::problem::Problem;
use kelisim_compiler::languages::Languages;
use serde_json::Value;

pub(crate) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::house().unwrap());
pub(crate) static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| Languages::house().unwrap());

/// Reads a configuration with all that the house has.
pub(crate) fn read(document: &Value) -> Result<Config, Vec<Problem>> {
    Config::read(document, &CATALOGUE, &LANGUAGES)
}

/// Problems as an English reader has them.
pub(crate) fn in_english(problems: &[Problem]) -> Vec<Explained> {
    let explained = problems
        .iter()
        .map(|problem| messages("en").explain(problem, &LANGUAGES));
    explained.collect()
}

/// A folder of this package.
pub(crate) fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The JSON files of a folder of this package, by their names, in the order of the alphabet.
pub(crate) fn json_files(path: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder(path)).unwrap();
    let mut files: Vec<(String, String)> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// What a text says as JSON, where it is JSON. A byte-order mark is dropped, as browsers drop it.
pub(crate) fn document(text: &str) -> Option<Value> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()
}

/// The five sites, by their names, each with what it configures.
pub(crate) fn sites() -> Vec<(String, Value)> {
    [
        "cap.kz",
        "course-planet.net",
        "elesses.pro",
        "proeducation.kz",
        "rasco.kz",
    ]
    .into_iter()
    .map(|name| {
        let text = fs::read_to_string(folder(&format!("../www/sites/{name}/site.json"))).unwrap();
        (name.to_owned(), document(&text).unwrap())
    })
    .collect()
}
