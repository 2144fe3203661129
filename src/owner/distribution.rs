//! The directory that the build made, `dist/`, as the owner's tool reads it: nothing that it does not vouch for.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use sha2::{Digest, Sha384};

use super::included;
use super::pack::TEMPLATE;

const CHECKSUMS: &str = "SHA384SUMS";

/// A `dist/` of the same build as this tool.
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
    /// When there is none, or it is of another build than this tool: then what the tool checks and prints would not be
    /// what visitors get.
    pub fn open(named: Option<&Path>) -> Result<Distribution> {
        let directory = match named {
            Some(directory) => directory.to_owned(),
            None => usual_place(),
        };
        let checksums = std::fs::read_to_string(directory.join(CHECKSUMS)).with_context(|| {
            format!(
                "{} has no {CHECKSUMS}: name the directory of a build with --dist, or make one with `cargo xtask build`",
                directory.display()
            )
        })?;
        let distribution = Distribution { directory, checksums };
        for (language, texts) in included::packed_texts()? {
            if distribution.json(&format!("locales/{language}.json"))?.get("texts") != Some(&texts) {
                return distribution.differs(&format!("locales/{language}.json"));
            }
        }
        for (id, manifest) in included::written_manifests()? {
            if distribution.json(&format!("services/{id}.json"))? != manifest {
                return distribution.differs(&format!("services/{id}.json"));
            }
        }
        Ok(distribution)
    }

    fn differs<T>(&self, file: &str) -> Result<T> {
        bail!(
            "{}/{file} is of another build than this tool: take both from one build",
            self.directory.display()
        )
    }

    /// Where it lies.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// A file, exactly as the build made it.
    ///
    /// # Errors
    ///
    /// When it is missing, or was changed since.
    pub fn read(&self, file: &str) -> Result<Vec<u8>> {
        let path = self.directory.join(file);
        let content = std::fs::read(&path).with_context(|| {
            format!(
                "{} could not be read: copy dist/ whole, or run `cargo xtask build`",
                path.display()
            )
        })?;
        let sum = hexadecimal(&Sha384::digest(&content));
        if !self.checksums.lines().any(|line| line == format!("{sum}  {file}")) {
            bail!(
                "{} is not what {CHECKSUMS} says: take the whole of dist/ from one build",
                path.display()
            );
        }
        Ok(content)
    }

    /// A JSON file.
    ///
    /// # Errors
    ///
    /// As [`Distribution::read`].
    pub fn json(&self, file: &str) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.read(file)?).with_context(|| file.to_owned())
    }

    /// What [`super::pack`] fills in.
    pub(super) fn template(&self) -> Result<String> {
        String::from_utf8(self.read(TEMPLATE)?).with_context(|| TEMPLATE.to_owned())
    }
}

/// The value of the `integrity` attribute for a script.
pub fn integrity(script: &[u8]) -> String {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha384::digest(script));
    format!("sha384-{hash}")
}

/// Bytes as lowercase hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

fn usual_place() -> PathBuf {
    let beside = std::env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join("dist")));
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    [beside, Some(PathBuf::from("dist"))]
        .into_iter()
        .flatten()
        .find(|directory| directory.join(CHECKSUMS).is_file())
        .unwrap_or(project)
}
