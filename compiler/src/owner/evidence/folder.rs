//! The folder that evidence is filed in.
//!
//! What was filed stays as it is, and so do files of anybody else's; evidence that lacks its screenshots is made anew.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::{Evidence, File, index};
use crate::owner::distribution::hexadecimal;
use crate::owner::files;

/// The file for other programs.
pub(super) const EVIDENCE: &str = "evidence.json";
/// The file for people.
pub(super) const INDEX: &str = "index.html";
/// The configuration, byte for byte.
pub(super) const CONFIGURATION: &str = "site.json";

/// A folder that is there, and that may be written into.
pub(super) struct Folder<'a>(&'a Path);

impl<'a> Folder<'a> {
    /// Makes it where it is not there.
    pub(super) fn make(path: &'a Path) -> Result<Folder<'a>> {
        refuse_to_replace(path)?;
        fs::create_dir_all(path).with_context(|| format!("could not make {}", path.display()))?;
        Ok(Folder(path))
    }

    /// The two files that say what is in the folder.
    pub(super) fn write_lists(&self, evidence: &Evidence) -> Result<()> {
        self.write(EVIDENCE, serde_json::to_string_pretty(evidence)?.as_bytes())?;
        self.write(INDEX, index::page(evidence)?.as_bytes())?;
        Ok(())
    }

    /// Writes a file.
    pub(super) fn write(&self, name: &str, content: &[u8]) -> Result<File> {
        files::write(&self.0.join(name), content)?;
        Ok(File {
            file: name.to_owned(),
            sha256: hexadecimal(&Sha256::digest(content)),
        })
    }
}

fn refuse_to_replace(path: &Path) -> Result<()> {
    let Ok(filed) = fs::read(path.join(EVIDENCE)) else {
        let is_empty = fs::read_dir(path).map_or(true, |mut entries| entries.next().is_none());
        if !is_empty {
            bail!(
                "{} holds other files, which stay as they are: name a directory of its own with --out",
                path.display()
            );
        }
        return Ok(());
    };
    let filed: serde_json::Value = serde_json::from_slice(&filed).unwrap_or_default();
    if filed.get("screenshotsMissing").is_none() {
        bail!(
            "{} holds evidence already, which stays as it is: name another directory with --out",
            path.display()
        );
    }
    Ok(())
}
