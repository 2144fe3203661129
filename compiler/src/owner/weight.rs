//! What a file weighs on its way to a browser.
//!
//! It must not say whether that is too much.

use std::io::Write as _;

use anyhow::Result;

/// From here on a file is compressed as servers do it on the way: what is that large is only there for owners, and the
/// last hundredths would take them minutes.
const LARGE: usize = 1 << 20;

/// Bytes of a file, as it is and as it travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Weight {
    pub(super) raw: usize,
    pub(super) gzip: usize,
    pub(super) brotli: usize,
}

impl Weight {
    /// Compresses as hard as a server can that does so once, unless the file is large.
    ///
    /// # Errors
    ///
    /// None, unless a compressor is broken: it all happens in memory.
    pub(super) fn of(content: &[u8]) -> Result<Weight> {
        Ok(Weight {
            raw: content.len(),
            gzip: gzip(content)?,
            brotli: brotli(content)?,
        })
    }
}

fn gzip(content: &[u8]) -> Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

fn brotli(content: &[u8]) -> Result<usize> {
    let quality = if content.len() < LARGE { 11 } else { 5 };
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed.len())
}
