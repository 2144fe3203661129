//! What the demo's sites would be served, made of what lies in `dist/`, for the table of sizes.

use crate::project;
use anyhow::{Context, Result, anyhow};
use kelisim_compiler::bundle::{File, Options, bundle};
use kelisim_compiler::catalogue::Catalogue;
use kelisim_compiler::compile;
use kelisim_compiler::config::Config;
use kelisim_compiler::languages::Languages;
use kelisim_compiler::owner::build::runtime;
use kelisim_compiler::owner::distribution::Distribution;

const SITES: &str = "www/sites";

/// What visitors fetch of each site, by the name of the site and of the file.
pub(in super::super) fn fetched() -> Result<Vec<(String, Vec<u8>)>> {
    let distribution = Distribution::open(Some(&project::dist()))?;
    let (catalogue, languages) = (Catalogue::house()?, Languages::house()?);
    let mut rows = Vec::new();
    for site in names()? {
        let file = format!("{SITES}/{site}/site.json");
        let config = Config::read(&super::super::read_json(&file)?, &catalogue, &languages)
            .map_err(|_| anyhow!("{file} has problems: cargo run --bin kelisim -- check {file}"))?;
        let runtime = runtime(&distribution, &config.appearance)?;
        let compiled = compile(&config, &catalogue, &languages)?;
        let built = bundle(&compiled, &runtime, &Options::default())?;
        let is_fetched = |file: &File| file.name != "SHA384SUMS";
        let files = built.files.into_iter().filter(is_fetched);
        rows.extend(files.map(|File { name, content }| (format!("{site}/{}", without_hash(&name)), content)));
    }
    rows.sort();
    Ok(rows)
}

/// The demo's sites that have a configuration.
fn names() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(project::path(SITES)).context("could not read the demo's sites")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if project::path(&format!("{SITES}/{name}/site.json")).is_file() {
            names.push(name);
        }
    }
    Ok(names)
}

/// `settings.ru.0123456789abcdef.json` is `settings.ru.json`.
fn without_hash(name: &str) -> String {
    let parts: Vec<&str> = name.split('.').collect();
    match parts.as_slice() {
        [stem, language, _, ending] => format!("{stem}.{language}.{ending}"),
        [stem, _, ending] => format!("{stem}.{ending}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_hash;

    #[test]
    fn a_row_is_called_the_same_whatever_is_in_the_file() {
        assert_eq!(without_hash("settings.ru.0123456789abcdef.json"), "settings.ru.json");
        assert_eq!(without_hash("kelisim.0123456789abcdef.wasm"), "kelisim.wasm");
        assert_eq!(without_hash("kelisim.js"), "kelisim.js");
    }
}
