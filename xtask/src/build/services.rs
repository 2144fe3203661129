//! The manifests of vendors: two travel inside the script, every one lies in `dist/services/`.

use anyhow::{Result, bail};
use serde_json::{Map, Value};

const DIRECTORY: &str = "src/core/catalogue/services";

/// The vendors that travel inside the script.
const COMPILED_IN: &[&str] = &["yandex-metrika", "google-analytics"];

/// Every manifest by its id.
pub(super) fn manifests() -> Result<Vec<(String, Value)>> {
    let manifests = super::json_files(DIRECTORY)?;
    for (name, manifest) in &manifests {
        // A site names a vendor by its id, and the script makes the address of it.
        if manifest.get("id").and_then(Value::as_str) != Some(name) {
            bail!("{DIRECTORY}/{name}.json: its \"id\" must be \"{name}\"");
        }
    }
    Ok(manifests)
}

/// The compiled-in manifests as one object: id to manifest.
pub(super) fn compiled_in(manifests: &[(String, Value)]) -> Result<Value> {
    let mut object = Map::new();
    for id in COMPILED_IN {
        let Some((id, manifest)) = manifests.iter().find(|(name, _)| name == id) else {
            bail!("{DIRECTORY}/{id}.json is missing, and this vendor travels inside the script");
        };
        let mut manifest = manifest.clone();
        // What an owner's policy has to allow is read by owners and the tests, and not on a page.
        if let Some(manifest) = manifest.as_object_mut() {
            manifest.remove("hosts");
            manifest.remove("csp");
        }
        object.insert(id.clone(), manifest);
    }
    Ok(Value::Object(object))
}
