//! Packs what was built for those who do not build it themselves: an npm package with the program `kelisim` for Node, and a ZIP
//! for who has neither npm nor Rust, and the plugin for WordPress. All lie in `packages/`, with checksums of their own.
//!
//! What goes into them is named by `dist/SHA384SUMS`, file by file: whatever else lies in `dist/` stays there. The same build
//! gives the same bytes.

mod archive;
mod npm;
mod wordpress;

use crate::{build, project, setup};
use anyhow::{Context, Result};
use kelisim_compiler::bundle::digest::hexadecimal;
use kelisim_compiler::owner::distribution::Distribution;
use sha2::{Digest, Sha384};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Names the packages and their hashes.
pub(crate) const CHECKSUMS: &str = "SHA384SUMS";

/// What the first two have beside the build.
const LICENCES: &[&str] = &["LICENSE-APACHE", "LICENSE-MIT", "CHANGELOG.md"];

/// A file of a package, by its path there.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) content: Vec<u8>,
}

impl File {
    fn new(path: impl Into<String>, content: impl Into<Vec<u8>>) -> File {
        File {
            path: path.into(),
            content: content.into(),
        }
    }
}

/// Builds, packs, and says what lies where.
pub(crate) fn run() -> Result<()> {
    let toolchain = setup::for_building()?;
    build::build(&toolchain)?;
    for package in pack(&toolchain)? {
        println!("{}", package.display());
    }
    Ok(())
}

/// Packs what lies in `dist/`. The npm package is first.
pub(crate) fn pack(toolchain: &setup::Toolchain) -> Result<Vec<PathBuf>> {
    let directory = directory();
    std::fs::create_dir_all(&directory).with_context(|| format!("could not make {}", directory.display()))?;
    let packages = [
        npm::pack(toolchain, &directory)?,
        archive::pack(&directory)?,
        wordpress::pack(&directory)?,
    ];
    write_checksums(&packages, &directory)?;
    Ok(packages.into())
}

/// Where the packages lie.
pub(crate) fn directory() -> PathBuf {
    project::path("packages")
}

/// The files of the build that the checksums name, each as they say, and the checksums themselves.
pub(crate) fn built() -> Result<Vec<File>> {
    let distribution = Distribution::open(Some(&project::dist()))?;
    let checksums =
        std::fs::read_to_string(project::dist().join(CHECKSUMS)).context("could not read dist/SHA384SUMS")?;
    let named = checksums.lines().filter_map(|line| line.split_once("  "));
    let files = named.map(|(_, name)| Ok(File::new(name, distribution.read(name)?)));
    let mut files = files.collect::<Result<Vec<File>>>()?;
    files.push(File::new(CHECKSUMS, checksums));
    Ok(files)
}

fn licences() -> Result<Vec<File>> {
    let files = LICENCES.iter().map(|name| Ok(File::new(*name, build::read(name)?)));
    files.collect()
}

fn write_checksums(packages: &[PathBuf], directory: &Path) -> Result<()> {
    let mut lines = String::new();
    for package in packages {
        let content = std::fs::read(package).with_context(|| format!("could not read {}", package.display()))?;
        let name = package.file_name().context("a package has a name")?.to_string_lossy();
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{}  {name}", hexadecimal(&Sha384::digest(content)));
    }
    std::fs::write(directory.join(CHECKSUMS), lines).context("could not write the checksums of the packages")
}
