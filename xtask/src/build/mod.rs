//! Makes what is shipped, in this order: the module ([`module`]), the data beside it ([`texts`], [`services`],
//! [`styles`]), the scripts that carry both ([`script`], with the [`packed`]
//! module and the other [`literal`]s put in place), the [`compiler`] for pages and Node, and `dist/` with its
//! checksums ([`dist`]). [`guard`] and [`sizes`] fail the build when the visitor would pay for a mistake.

pub(crate) mod compiler;
mod dist;
mod guard;
mod literal;
mod module;
mod node;
mod packed;
pub(crate) mod report;
mod script;
mod services;
pub(crate) mod sizes;
mod styles;
mod texts;

use crate::{project, setup};
use anyhow::{Context, Result};
use dist::Files;
use kelisim::owner::distribution::hexadecimal;
use kelisim::owner::first_layer;
use kelisim::owner::pack::TEMPLATE;
use kelisim_compiler::catalogue::Catalogue;
use kelisim_compiler::languages::Languages;
use kelisim_compiler::schema::schema;
use module::Module;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sizes::Parts;

/// Sets up what it needs, fills `dist/`, and prints the sizes.
pub(crate) fn run() -> Result<()> {
    let built = build(&setup::for_building()?)?;
    built.print()?;
    built.check_budgets()
}

/// What a build made.
pub(crate) struct Built {
    /// What lies in `dist/` now.
    files: Files,
    /// What the script is made of.
    parts: Parts,
}

impl Built {
    /// Prints what everything weighs, and what pins the script.
    pub(crate) fn print(&self) -> Result<()> {
        sizes::print(&self.files, &self.parts)
    }

    /// Fails when something weighs more than its budget.
    pub(crate) fn check_budgets(&self) -> Result<()> {
        sizes::check(&self.files, &self.parts)
    }
}

/// Fills `dist/`.
pub(crate) fn build(toolchain: &setup::Toolchain) -> Result<Built> {
    let module = module::build(toolchain, Module::Visitors)?;
    let diagnosis = module::build(toolchain, Module::Diagnosis)?;
    let styles = styles::minified(styles::SCRIPT)?;
    let settings_styles = styles::minified(styles::SETTINGS)?;
    let languages = texts::languages()?;
    let layer = texts::layer();
    let manifests = services::manifests()?;
    let fetched = fetched(&languages, &manifests, &settings_styles)?;
    let packed = packed::pack(&module)?;
    let in_ascii = script::bytes(&packed, script::Encoding::Ascii);
    for bytes in [
        script::bytes(&packed, script::Encoding::Utf8),
        format!("atob({in_ascii})"),
    ] {
        packed::check(&module, &packed.literals(bytes))?;
    }
    let data = script::Data {
        module: &packed,
        styles: &styles,
        layer: &layer,
        texts: texts::compiled_in(&languages)?,
        services: services::compiled_in(&manifests)?,
        digest: digest(&fetched),
    };

    let mut files = Files::default();
    files.add("kelisim.js", data.script(script::Encoding::Utf8)?);
    files.add("kelisim.ascii.js", data.script(script::Encoding::Ascii)?);
    files.add(TEMPLATE, data.template(&settings_styles)?);
    files.add("kelisim.mjs", data.module_script()?);
    files.add("diagnosis.mjs", script::diagnosis()?);
    files.add("kelisim.d.ts", read("src/kelisim.d.ts")?);
    files.add(first_layer::SCRIPT, script::inline("src/first-layer.js")?);
    files.add(first_layer::STYLES, styles::bundled(styles::FIRST_LAYER)?);
    let schema = schema(&Catalogue::house()?, &Languages::house()?);
    files.add("kelisim.schema.json", serde_json::to_string(&schema)?);
    for (path, content) in fetched {
        files.add(&path, content);
    }
    // What puts the module together is glue like what calls it.
    let glue = [script::glue()?.as_bytes(), packed.unpacker()].concat();
    let parts = Parts::new(&packed.texts(), &styles, &layer, &languages, &glue)?;
    files.add("kelisim.wasm", module);
    files.add("diagnosis.wasm", diagnosis);
    let compiler = compiler::build(toolchain)?;
    files.add("kelisim-compiler.js", compiler.script);
    files.add("kelisim-compiler.wasm", compiler.module);
    files.write()?;
    Ok(Built { files, parts })
}

/// What the script fetches beside it where a page needs it: paths and contents.
fn fetched(
    languages: &[(String, Value)],
    manifests: &[(String, Value)],
    styles: &str,
) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for (language, texts) in languages {
        files.push((format!("locales/{language}.json"), texts::file(texts, styles)));
    }
    for (id, manifest) in manifests {
        files.push((format!("services/{id}.json"), serde_json::to_string(manifest)?));
    }
    files.push((
        "messages.json".to_owned(),
        minified_json("src/core/config/messages.json")?,
    ));
    Ok(files)
}

/// Six hexadecimal digits that are others when any of these files is another.
fn digest(files: &[(String, String)]) -> String {
    let mut hash = Sha256::new();
    for (_, content) in files {
        hash.update(content);
    }
    let mut digest = hexadecimal(&hash.finalize());
    digest.truncate(6);
    digest
}

/// Reads a text of the project.
pub(crate) fn read(path: &str) -> Result<String> {
    std::fs::read_to_string(project::path(path)).with_context(|| format!("could not read {path}"))
}

/// Reads a JSON file of the project.
pub(crate) fn read_json(path: &str) -> Result<serde_json::Value> {
    serde_json::from_str(&read(path)?).with_context(|| format!("{path} is not JSON"))
}

fn minified_json(path: &str) -> Result<String> {
    Ok(serde_json::to_string(&read_json(path)?)?)
}

/// The JSON files of a directory by their names without `.json`, in the order of the names.
fn json_files(directory: &str) -> Result<Vec<(String, serde_json::Value)>> {
    let entries =
        std::fs::read_dir(project::path(directory)).with_context(|| format!("could not read {directory}/"))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry
            .with_context(|| format!("could not read {directory}/"))?
            .file_name();
        names.extend(
            name.to_str()
                .and_then(|name| name.strip_suffix(".json"))
                .map(str::to_owned),
        );
    }
    names.sort();
    names
        .into_iter()
        .map(|name| read_json(&format!("{directory}/{name}.json")).map(|json| (name, json)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::digest;

    /// L-01: words stand at places, so those of another build have another address.
    #[test]
    fn l_01_another_file_is_another_digest() {
        let files = |words: &str| vec![("locales/ru.json".to_owned(), words.to_owned())];
        assert_eq!(digest(&files("[1]")), digest(&files("[1]")));
        assert_ne!(digest(&files("[1]")), digest(&files("[2]")));
        assert_eq!(digest(&files("[1]")).len(), 6);
    }
}
