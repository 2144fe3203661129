//! `kelisim declaration`: what a site stores and who gets it, as a section for the owner's own policy page, with the control
//! that changes the answer.
//!
//! It must not word anything: it says what the notice says.

use anyhow::Result;

use super::notice::not_offered;
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::description::descriptions;
use crate::languages::Languages;
use crate::layers;
use crate::notice::notices;

/// The section in one language, as HTML; in the default language when none is named.
///
/// # Errors
///
/// When the configuration does not offer the language, and when the template cannot be drawn, which is a fault of Kelisim's own.
pub fn declaration(
    config: &Config,
    catalogue: &Catalogue,
    languages: &Languages,
    language: Option<&str>,
) -> Result<String> {
    let services = descriptions(config, catalogue);
    let mut told = notices(config, &services, languages).into_iter();
    match told.find(|notice| language.is_none_or(|language| notice.language == language)) {
        Some(notice) => Ok(layers::declaration(&notice)?),
        None => Err(not_offered(config, language.unwrap_or_default())),
    }
}
