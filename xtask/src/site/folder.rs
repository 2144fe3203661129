//! Files below a folder, and how they are copied.

use anyhow::{Context, Result};
use std::path::Path;

/// Every file below a folder, by its path from there with `/`, in order.
pub(super) fn files(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<()> {
    let unread = || format!("could not read {}", folder.display());
    for entry in std::fs::read_dir(folder).with_context(unread)? {
        let entry = entry.with_context(unread)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

/// Whether a file is of this kind, by the ending of its name.
pub(super) fn is_kind(file: &str, ending: &str) -> bool {
    Path::new(file).extension().is_some_and(|own| own == ending)
}

/// Copies everything below a folder.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        copy_file(&from.join(&file), &to.join(&file))?;
    }
    Ok(())
}

/// Copies a file, and makes the folder that it goes to.
pub(super) fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let content = std::fs::read(from).with_context(|| format!("could not read {}", from.display()))?;
    write(to, &content)
}

/// Writes a file, and makes its folder.
pub(super) fn write(file: &Path, content: &[u8]) -> Result<()> {
    file.parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(file, content))
        .with_context(|| format!("could not write {}", file.display()))
}

/// Reads a file as text.
pub(super) fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))
}
