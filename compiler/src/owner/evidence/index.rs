//! The page that shows a folder of evidence to people: plain HTML, which will open in many years.
//!
//! It must not say anything that `evidence.json` does not.

use askama::Template;

use super::Evidence;

#[derive(Template)]
#[template(path = "evidence.html", whitespace = "minimize")]
struct Index<'a> {
    evidence: &'a Evidence,
}

/// The page.
pub(super) fn page(evidence: &Evidence) -> Result<String, askama::Error> {
    Index { evidence }.render()
}
