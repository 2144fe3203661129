//! `kelisim-pack`: one script with one configuration, and of vendors and languages only those that it names; of the other
//! languages their names. A page with it fetches nothing else of Kelisim's.

use anyhow::Result;
use serde_json::{Map, Value};

use super::distribution::Distribution;
use super::included;
use super::literals::{of_json, put};
use crate::core::config::{Config, vendors};
use crate::core::notice::texts::name_alone;

/// The script of the build that a pack is made from: the loader, the module and the styles, with three identifiers in the
/// places of the rest.
pub const TEMPLATE: &str = "kelisim.template.js";

/// The script of one site, of its configuration as it was written, which satisfies its law.
///
/// # Errors
///
/// When a file of the build is missing, damaged or of another build.
pub fn pack(written: &Value, config: &Config, distribution: &Distribution) -> Result<String> {
    let mut services = Map::new();
    for id in &vendors(config.document) {
        let mut manifest = distribution.json(&format!("services/{id}.json"))?;
        // Of what an owner's policy has to allow no page reads anything.
        if let Some(manifest) = manifest.as_object_mut() {
            manifest.shift_remove("hosts");
            manifest.shift_remove("csp");
        }
        services.insert(id.text().to_owned(), manifest);
    }
    put(
        &distribution.template()?,
        &[
            ("__KELISIM_CONFIGURATION__", of_json(&without_notes(written))),
            ("__KELISIM_TEXTS__", words(config, distribution)?),
            ("__KELISIM_SERVICES__", of_json(&Value::Object(services))),
        ],
    )
}

/// Every language that there is, as an expression in which the template of the settings, the same for each, stands once:
/// those of the configuration with all their words, the others with their names. A manifest or the owner may have words
/// in any of them, so the script has to know each, as the check did that the configuration has passed.
fn words(config: &Config, distribution: &Distribution) -> Result<String> {
    let mut settings = Value::Null;
    let mut files = Vec::new();
    for language in &config.languages {
        let file = distribution.json(&format!("locales/{language}.json"))?;
        let part = |name| file.get(name).cloned().unwrap_or_default();
        settings = part("settings");
        let texts = of_json(&part("texts"));
        files.push(format!(
            "{}:{{texts:{texts},settings}}",
            of_json(&Value::from(language.text()))
        ));
    }
    for (language, texts) in included::packed_texts()? {
        if !config.languages.iter().any(|offered| offered.are(&language)) {
            let (language, name) = (of_json(&Value::from(language)), of_json(&name_alone(&texts)));
            files.push(format!("{language}:{name}"));
        }
    }
    Ok(format!("(settings=>({{{}}}))({})", files.join(","), of_json(&settings)))
}

/// The configuration without what only editors read.
fn without_notes(written: &Value) -> Value {
    let mut written = written.clone();
    if let Some(members) = written.as_object_mut() {
        members.retain(|key, _| !key.starts_with('$'));
    }
    written
}
