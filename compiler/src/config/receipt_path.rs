//! Where receipts go (requirement R-06).
//!
//! It must not lead to another host, however a browser reads it.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use super::problem::{Code, Fault};

/// A path on this very site, whatever a browser makes of it: no other host, no way up, nothing escaped that could become
/// one of them, no query that could hold an identifier (requirement R-06).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct ReceiptPath(
    #[schemars(regex(pattern = r"^/(?!/)(?!.*(//|\.\.))[^\x00-\x20\\%?#]*$"))]
    String,
);

impl ReceiptPath {
    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReceiptPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for ReceiptPath {
    type Err = Fault;

    fn from_str(text: &str) -> Result<ReceiptPath, Fault> {
        let is_foreign = |letter: char| letter <= ' ' || r"\%?#".contains(letter);
        if text.starts_with('/') && !text.contains(is_foreign) && !text.contains("//") && !text.contains("..") {
            Ok(ReceiptPath(text.to_owned()))
        } else {
            Err(Code::ForeignPath.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ReceiptPath;
    use crate::config::problem::Code;

    #[test]
    fn r_06_receipts_stay_on_this_site() {
        for path in ["/", "/kelisim/receipts", "/a.b/c-d_e", "/қабылдау"] {
            assert_eq!(path.parse::<ReceiptPath>().unwrap().as_str(), path);
        }
        for path in [
            "",
            "https://receipts.example.com/",
            "//receipts.example.com/",
            "receipts",
            "/kelisim/../../receipts",
            "/kelisim/%2e%2e/receipts",
            "/\\receipts.example.com",
            "/receipts?visitor=1",
            "/receipts#visitor",
            "/a//b",
            "/\t/receipts.example.com",
            " /receipts",
        ] {
            assert_eq!(path.parse::<ReceiptPath>(), Err(Code::ForeignPath.into()), "{path}");
        }
    }
}
