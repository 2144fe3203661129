//! Vendors as data: one JSON manifest each, in this folder, and the closed set of steps that start and stop them.
//!
//! A [`Manifest`] says what a vendor gets, keeps and needs, so that an owner only has to name it. Everything that can be
//! wrong in one is found when it is read; [`Manifest::resolve`] cannot fail any more. Nothing here reads a
//! configuration, or does anything in a page.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use thiserror::Error;

mod manifest;
mod resolve;
mod steps;
#[cfg(test)]
mod tests;

pub use manifest::{Csp, HostPattern, Manifest, Parameter, ParameterKind};
pub use resolve::{ParameterValue, Resolved};
pub use steps::{ManifestStep, ManifestValue, Piece, Template};

/// This folder, of which the manifests are taken.
static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/catalogue");

/// The ending of a manifest's file; what stands before it is the vendor's id.
const ENDING: &str = ".json";

/// The vendors that an owner can name, by their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    manifests: BTreeMap<String, Manifest>,
}

/// What is wrong in a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}: {place}{}{cause}", if place.is_empty() { "" } else { ": " })]
pub struct CatalogueError {
    /// The name of the file.
    pub file: String,
    /// Where in it, as a path: `start[2].with[0]`. Empty where the cause names the line.
    pub place: String,
    /// What is wrong there.
    pub cause: String,
}

impl Catalogue {
    /// The catalogue of the house.
    ///
    /// # Errors
    ///
    /// The first manifest in which something is wrong.
    pub fn house() -> Result<Catalogue, CatalogueError> {
        let texts = FOLDER.files().filter_map(|file| {
            let name = file.path().file_name()?.to_str()?;
            // A file that is no UTF-8 is no JSON either, and its manifest is refused as such.
            name.ends_with(ENDING)
                .then(|| (name, file.contents_utf8().unwrap_or_default()))
        });
        Catalogue::from_files(texts)
    }

    /// A catalogue of files, each with its name (`yandex-metrika.json`) and its text.
    ///
    /// # Errors
    ///
    /// The first manifest in which something is wrong.
    pub fn from_files<N, T>(files: impl IntoIterator<Item = (N, T)>) -> Result<Catalogue, CatalogueError>
    where
        N: AsRef<str>,
        T: AsRef<str>,
    {
        let mut manifests = BTreeMap::new();
        for (name, text) in files {
            let (file, text) = (name.as_ref(), text.as_ref());
            let wrong = |wrong: manifest::Wrong| CatalogueError {
                file: file.to_owned(),
                place: wrong.place.to_string(),
                cause: wrong.cause,
            };
            let manifest = Manifest::read(text).map_err(wrong)?;
            if file.strip_suffix(ENDING) != Some(manifest.id.as_str()) {
                return Err(wrong(manifest::Wrong::at("id", "the file is named by the id")));
            }
            manifests.insert(manifest.id.clone(), manifest);
        }
        Ok(Catalogue { manifests })
    }

    /// The manifest of a vendor.
    pub fn get(&self, id: &str) -> Option<&Manifest> {
        self.manifests.get(id)
    }

    /// The ids of the vendors, in alphabetical order.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.manifests.keys().map(String::as_str)
    }

    /// The manifests, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Manifest> + Clone {
        self.manifests.values()
    }
}
