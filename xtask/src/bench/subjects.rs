//! What is measured: Kelisim, its peers, a floor below which no banner can come, and the page without any. Each is a
//! folder under `bench/subjects/`; nothing here knows how it is measured.

use crate::{build, project};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::PathBuf;

/// The folders, in the order of the tables: Kelisim, its peers, the floor, the page without a banner.
const IDS: &[&str] = &[
    "kelisim",
    "kelisim-in-page",
    "kelisim-single-file",
    "vanilla-cookieconsent",
    "orejime",
    "klaro",
    "tarteaucitron",
    "floor",
    "none",
];

/// What a subject is to the comparison.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "lowercase")]
pub(super) enum Role {
    /// What is compared: a built site with its one tag.
    Kelisim,
    /// The same in one file.
    SingleFile,
    /// The same, with the first layer in the page that the server sends.
    InPage,
    /// A consent manager that people would pick instead.
    Peer,
    /// A banner written by hand into the page, without a manager.
    Floor,
    /// The page as it is without a banner.
    Page,
}

/// `subject.json` of a folder.
#[derive(Clone, Debug, Deserialize)]
struct Described {
    name: String,
    role: Role,
    #[serde(default)]
    package: Option<String>,
    #[serde(default)]
    dist: Option<String>,
    #[serde(default)]
    layer: Option<String>,
    #[serde(default)]
    accept: Option<String>,
}

/// One thing that is measured.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// Name of its folder and first part of its addresses.
    pub(super) id: &'static str,
    /// How a table names it.
    pub(super) name: String,
    pub(super) role: Role,
    /// Its package and version, for one from npm: `klaro 0.7.22`.
    pub(super) version: Option<String>,
    /// Where the files lie that it ships.
    pub(super) dist: Option<PathBuf>,
    /// A CSS selector of its first layer.
    pub(super) layer: Option<String>,
    /// A CSS selector of the control that accepts everything.
    pub(super) accept: Option<String>,
    /// What goes into the page's head.
    pub(super) head: String,
    /// What goes first into its body.
    pub(super) body: String,
    /// How it gates a script, with `{{src}}` for the address.
    pub(super) gated: String,
}

impl Subject {
    /// All of them, in the order of the tables.
    pub(super) fn all() -> Result<Vec<Subject>> {
        IDS.iter().map(|id| Subject::read(id)).collect()
    }

    /// Where its folder lies.
    pub(super) fn own(id: &str) -> PathBuf {
        project::path("bench/subjects").join(id)
    }

    /// Whether it is Kelisim, in whatever way.
    pub(super) fn is_kelisim(&self) -> bool {
        matches!(self.role, Role::Kelisim | Role::SingleFile | Role::InPage)
    }

    /// Whether it has a banner.
    pub(super) fn has_banner(&self) -> bool {
        self.role != Role::Page
    }

    fn read(id: &'static str) -> Result<Subject> {
        let text = build::read(&format!("bench/subjects/{id}/subject.json"))?;
        let described: Described =
            serde_json::from_str(&text).with_context(|| format!("bench/subjects/{id}/subject.json"))?;
        let part = |name: &str| std::fs::read_to_string(Subject::own(id).join(name)).unwrap_or_default();
        Ok(Subject {
            id,
            version: described.package.as_deref().map(version).transpose()?,
            dist: described.dist.as_deref().map(project::path),
            name: described.name,
            role: described.role,
            layer: described.layer,
            accept: described.accept,
            head: part("head.html"),
            body: part("body.html"),
            gated: part("gated.html"),
        })
    }
}

/// What is installed of a package.
fn version(package: &str) -> Result<String> {
    let installed = build::read_json(&format!("bench/node_modules/{package}/package.json"))?;
    let version = installed.get("version").and_then(serde_json::Value::as_str);
    Ok(format!("{package} {}", version.context("a package has no version")?))
}

#[cfg(test)]
impl Subject {
    /// A subject of which only the name and the role matter.
    pub(super) fn named(id: &'static str, role: Role) -> Subject {
        Subject {
            id,
            name: id.to_owned(),
            role,
            version: None,
            dist: None,
            layer: None,
            accept: None,
            head: String::new(),
            body: String::new(),
            gated: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{IDS, Subject};

    #[test]
    fn every_folder_is_a_subject() {
        let mut folders: Vec<String> = std::fs::read_dir(Subject::own(""))
            .unwrap()
            .map(|folder| folder.unwrap().file_name().into_string().unwrap())
            .collect();
        folders.sort();
        let mut ids = IDS.to_vec();
        ids.sort_unstable();
        assert_eq!(folders, ids);
    }
}
