//! Hashes of files, in each form in which somebody asks for them.
//!
//! It must not know what the files are for.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use super::File;

/// How many bytes of a hash stand in a file's name: 16 digits, enough that no two builds of a site ever share one.
const BYTES_IN_A_NAME: usize = 8;

/// The value of the `integrity` attribute, and of the option of `fetch`, for a file.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// An inline script as a Content-Security-Policy names it.
pub fn source_expression(script: &[u8]) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))
}

/// A name that changes with the content: `kelisim.0123456789abcdef.wasm`.
pub fn named_by_content(stem: &str, ending: &str, content: &[u8]) -> String {
    let hash = Sha256::digest(content);
    let hash: Vec<u8> = hash.iter().copied().take(BYTES_IN_A_NAME).collect();
    format!("{stem}.{}.{ending}", hexadecimal(&hash))
}

/// What `sha384sum -c` reads: a line for each file.
pub fn checksums<'a>(files: impl Iterator<Item = &'a File>) -> String {
    files.fold(String::new(), |mut lines, file| {
        let sum = hexadecimal(&Sha384::digest(&file.content));
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{sum}  {}", file.name);
        lines
    })
}

/// Bytes as lowercase hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        // As above.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
