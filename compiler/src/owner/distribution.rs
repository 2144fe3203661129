//! The directory that the build made, `dist/`, as the owner's program reads it: nothing that it does not vouch for.
//!
//! It must not hand out a file that was changed since. Whether the runtime in it knows what this program compiles, the
//! runtime says: a compiled site names its format.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha384};

use super::disk;
pub use crate::bundle::digest::{hexadecimal, integrity};

const CHECKSUMS: &str = "SHA384SUMS";

/// How to come by a build.
#[cfg(not(target_arch = "wasm32"))]
const MAKE_ONE: &str = "make one with `cargo xtask build`";
#[cfg(target_arch = "wasm32")]
const MAKE_ONE: &str = "install the package anew";

/// The build that a command takes its files from.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Build {
    /// The directory of the build, of the same version as this tool
    #[cfg_attr(
        not(target_arch = "wasm32"),
        doc = "[default: dist beside this program, in the current directory or in its project]."
    )]
    #[cfg_attr(target_arch = "wasm32", doc = "[default: that of the package].")]
    #[arg(long = "dist", value_name = "DIRECTORY")]
    pub directory: Option<PathBuf>,
}

impl Build {
    /// Opens it.
    ///
    /// # Errors
    ///
    /// As [`Distribution::open`].
    pub fn open(&self) -> Result<Distribution> {
        Distribution::open(self.directory.as_deref())
    }
}

/// A `dist/`.
#[derive(Clone, Debug)]
pub struct Distribution {
    directory: PathBuf,
    checksums: String,
}

impl Distribution {
    /// Opens the named directory; without a name `dist` beside this program, here, or in the project that it was built in.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn open(named: Option<&Path>) -> Result<Distribution> {
        let directory = named.map_or_else(usual_place, Path::to_owned);
        let checksums = disk::read(&directory.join(CHECKSUMS)).with_context(|| {
            format!(
                "{} has no {CHECKSUMS}: name the directory of a build with --dist, or {MAKE_ONE}",
                directory.display()
            )
        })?;
        let checksums = String::from_utf8(checksums)
            .with_context(|| format!("{} in {} is not UTF-8", CHECKSUMS, directory.display()))?;
        Ok(Distribution { directory, checksums })
    }

    /// Where it lies.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// A file that is a text, exactly as the build made it.
    ///
    /// # Errors
    ///
    /// As [`read`](Distribution::read), and where it is no UTF-8.
    pub fn read_text(&self, file: &str) -> Result<String> {
        String::from_utf8(self.read(file)?).with_context(|| format!("{file} is not UTF-8"))
    }

    /// A file, exactly as the build made it.
    ///
    /// # Errors
    ///
    /// When it is missing, or was changed since.
    pub fn read(&self, file: &str) -> Result<Vec<u8>> {
        let path = self.directory.join(file);
        let content = disk::read(&path)
            .with_context(|| format!("{} could not be read: copy dist/ whole, or {MAKE_ONE}", path.display()))?;
        let sum = hexadecimal(&Sha384::digest(&content));
        if !self.checksums.lines().any(|line| line == format!("{sum}  {file}")) {
            bail!(
                "{} is not what {CHECKSUMS} says: take the whole of dist/ from one build",
                path.display()
            );
        }
        Ok(content)
    }
}

fn usual_place() -> PathBuf {
    let usual = disk::usual_builds();
    let is_build = |directory: &&PathBuf| disk::is_file(&directory.join(CHECKSUMS)).unwrap_or(false);
    let found = usual.iter().find(is_build).or(usual.last());
    found.cloned().unwrap_or_default()
}
