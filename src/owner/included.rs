//! The language files and the vendors' manifests that the tool carries with it.
//!
//! A file that is added to their directories is in the next build by itself: nothing has to be listed here.

use anyhow::{Context, Result};
use include_dir::{Dir, include_dir};

use crate::core::notice::texts::{Text, Texts, packed};
use crate::core::value::Value;

static LOCALES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/core/locales");
static SERVICES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/core/catalogue/services");

/// The words of every language there is.
///
/// # Errors
///
/// When a language file is not JSON, which the build does not let happen.
pub fn texts() -> Result<Vec<Texts>> {
    documents(&LOCALES)
        .map(|file| file.map(|(language, words)| Texts::from_file(&language, &words)))
        .collect()
}

/// Every vendor's id and manifest.
///
/// # Errors
///
/// When a manifest is not JSON, which the build does not let happen.
pub fn manifests() -> Result<Vec<(String, Value)>> {
    documents(&SERVICES)
        .map(|file| file.map(|(id, manifest)| (id, Value::from(manifest))))
        .collect()
}

/// Every language's words in the order in which they travel, as a file of `dist/locales/` has them.
///
/// # Errors
///
/// As [`texts`].
pub(super) fn packed_texts() -> Result<Vec<(String, serde_json::Value)>> {
    documents(&LOCALES)
        .map(|file| {
            let (language, written) = file?;
            let words = Text::ALL
                .iter()
                .map(|text| packed(*text, &written))
                .collect::<Option<Vec<_>>>();
            let words = words.with_context(|| format!("{language}.json lacks words"))?;
            Ok((language, serde_json::Value::from(words)))
        })
        .collect()
}

/// Every language's words as they were written.
///
/// # Errors
///
/// As [`texts`].
pub(super) fn written_texts() -> Result<Vec<(String, serde_json::Value)>> {
    documents(&LOCALES).collect()
}

/// Every vendor's manifest as it was written.
///
/// # Errors
///
/// As [`manifests`].
pub(super) fn written_manifests() -> Result<Vec<(String, serde_json::Value)>> {
    documents(&SERVICES).collect()
}

/// The JSON files of a directory, by their names without the ending.
fn documents(directory: &'static Dir) -> impl Iterator<Item = Result<(String, serde_json::Value)>> {
    directory
        .files()
        .filter(|file| file.path().extension().is_some_and(|ending| ending == "json"))
        .map(|file| {
            let name = file
                .path()
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let document = serde_json::from_slice(file.contents()).with_context(|| name.clone())?;
            Ok((name, document))
        })
}
