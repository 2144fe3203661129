//! The hash of a record's bytes. `crypto.subtle` is not there on plain http (requirements R-02, B-03), so it is the module's own.

use sha2::{Digest, Sha256};

/// Bytes of a hash that a check shows, two digits each.
const CHECK_BYTES: usize = 4;

/// The first 8 hex digits of the SHA-256 of a text: integrity, not a secret.
pub(super) fn check_of(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let bytes = digest.iter().take(CHECK_BYTES);
    let digits = bytes.flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or('0'))
        .collect()
}
