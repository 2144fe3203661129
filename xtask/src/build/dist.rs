//! The directory `dist/`: what is shipped, with the checksums that a page's owner can hold it against.

use crate::project;
use anyhow::{Context, Result};
use kelisim_compiler::bundle::digest::hexadecimal;
use sha2::{Digest, Sha384};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

const CHECKSUMS: &str = "SHA384SUMS";

/// Files by their paths in `dist/`.
#[derive(Default)]
pub(super) struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// Adds a file.
    pub(super) fn add(&mut self, path: &str, content: impl Into<Vec<u8>>) {
        self.0.insert(path.to_owned(), content.into());
    }

    /// What the last build left in `dist/`, without the checksums.
    pub(super) fn of_last_build() -> Result<Files> {
        let mut files = Files::default();
        for path in paths_under(&project::dist())? {
            if path != CHECKSUMS {
                let content = std::fs::read(project::dist().join(&path));
                files.add(&path, content.with_context(|| format!("could not read dist/{path}"))?);
            }
        }
        Ok(files)
    }

    /// Every file in the order of the paths.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, content)| (path.as_str(), content.as_slice()))
    }

    /// A file that was added.
    pub(super) fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// Makes `dist/` hold these files and nothing else. Each is replaced whole, and only when it differs, so that a
    /// page that is being served never sees half of one.
    pub(super) fn write(&self) -> Result<()> {
        let mut checksums = String::new();
        for (path, content) in self.iter() {
            replace(path, content)?;
            // Writing to a string cannot fail.
            let _ = writeln!(checksums, "{}  {path}", hexadecimal(&Sha384::digest(content)));
        }
        replace(CHECKSUMS, checksums.as_bytes())?;
        for path in paths_under(&project::dist())? {
            if path != CHECKSUMS && !self.0.contains_key(&path) {
                std::fs::remove_file(project::dist().join(&path))
                    .with_context(|| format!("could not remove dist/{path}"))?;
            }
        }
        Ok(())
    }
}

fn replace(path: &str, content: &[u8]) -> Result<()> {
    let file = project::dist().join(path);
    if std::fs::read(&file).is_ok_and(|present| present == content) {
        return Ok(());
    }
    let directory = file.parent().unwrap_or(&file);
    std::fs::create_dir_all(directory).with_context(|| format!("could not make {}", directory.display()))?;
    // In the work directory, so that the watched or served one holds whole files only.
    let new = project::work().join("replacement");
    std::fs::write(&new, content)
        .and_then(|()| std::fs::rename(&new, &file))
        .with_context(|| format!("could not write {}", file.display()))
}

fn paths_under(directory: &Path) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(current) = directories.pop() {
        for entry in std::fs::read_dir(&current).with_context(|| format!("could not read {}", current.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                directories.push(path);
            } else if let Ok(relative) = path.strip_prefix(directory) {
                paths.push(relative.to_string_lossy().into_owned());
            }
        }
    }
    Ok(paths)
}
