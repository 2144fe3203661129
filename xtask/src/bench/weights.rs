//! What a file weighs as it travels. It compresses and counts, and serves nothing.

use crate::build::sizes;
use crate::serve::content;
use anyhow::{Context, Result};
use std::path::Path;

/// A file as it is served.
pub(super) struct Packed {
    /// What a browser is told it is.
    pub(super) kind: &'static str,
    /// The bytes that travel.
    pub(super) brotli: Vec<u8>,
    /// How many bytes would travel to a browser without brotli.
    pub(super) gzip: usize,
}

impl Packed {
    /// Compresses bytes as far as both formats go.
    pub(super) fn new(kind: &'static str, bytes: &[u8]) -> Packed {
        Packed {
            kind,
            gzip: sizes::gzip(bytes).len(),
            brotli: sizes::brotli(bytes),
        }
    }

    /// A file of the project.
    pub(super) fn file(path: &Path) -> Result<Packed> {
        let bytes = std::fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
        Ok(Packed::new(content::content_type(path), &bytes))
    }
}
