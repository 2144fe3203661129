//! Hands out what `cargo xtask package` packed: the files that its checksums name, and the checksums.

use super::folder;
use crate::{package, project};
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The packages, the checksums last.
pub(super) fn packages() -> Result<Vec<PathBuf>> {
    let directory = package::directory();
    let checksums = directory.join(package::CHECKSUMS);
    let lines = folder::read(&checksums).context("nothing is packed yet. Run it without --as-built")?;
    let names = lines.lines().filter_map(|line| line.split_once("  "));
    let mut files: Vec<PathBuf> = names.map(|(_, name)| directory.join(name)).collect();
    files.push(checksums);
    Ok(files)
}

/// The page that links to them.
pub(super) fn page(packages: &[PathBuf]) -> Result<String> {
    let mut rows = String::new();
    for package in packages {
        let bytes = std::fs::metadata(package)
            .with_context(|| format!("could not read {}", package.display()))?
            .len();
        let name = name(package)?;
        // Writing to a string cannot fail.
        let _ = writeln!(rows, "| [{name}]({name}) | {bytes} | {} |", purpose(name)?);
    }
    Ok(format!(
        "# Download\n\nKelisim {}, in two packages of the same build. [What has changed](../CHANGELOG.md)\n\n\
         | file | bytes | for |\n|---|--:|---|\n{rows}",
        project::VERSION
    ))
}

/// What a package is for, by its ending.
fn purpose(name: &str) -> Result<&'static str> {
    let purposes = [
        (".zip", "an editor and a web server: unpack it and read its README"),
        (".tgz", "Node: `npm install` with this file, then `npx kelisim`"),
        (package::CHECKSUMS, "checking both: `sha384sum --check SHA384SUMS`"),
    ];
    let found = purposes.into_iter().find(|(ending, _)| name.ends_with(ending));
    match found {
        Some((_, purpose)) => Ok(purpose),
        None => bail!("packages/SHA384SUMS names {name}, of which the download page says nothing"),
    }
}

fn name(package: &Path) -> Result<&str> {
    let name = package.file_name().and_then(|name| name.to_str());
    name.context("a package has a name")
}

/// Puts them beside that page.
pub(super) fn copy(packages: &[PathBuf], to: &Path) -> Result<()> {
    for package in packages {
        folder::copy_file(package, &to.join(name(package)?))?;
    }
    Ok(())
}
