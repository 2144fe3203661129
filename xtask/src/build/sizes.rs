//! Weighs what visitors pay for, prints it, and holds it against `budgets.json`.

use super::dist::Files;
use super::texts;
use crate::project;
use anyhow::{Context, Result, bail};
use kelisim::owner::check::configuration;
use kelisim::owner::distribution::{Distribution, hexadecimal};
use kelisim::owner::pack::pack;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write as _;

const BUDGETS: &str = "budgets.json";
const SITES: &str = "www/sites";

/// What the script is made of, each weighed by itself.
pub(super) struct Parts(Vec<Part>);

struct Part {
    name: String,
    /// Its entry in the file of budgets.
    budget: &'static str,
    content: Vec<u8>,
}

impl Parts {
    /// The parts of a build, each as it travels in the script, which are kept for [`Parts::of_last_build`].
    pub(super) fn new(
        module: &[u8],
        styles: &str,
        template: &str,
        languages: &[(String, Value)],
        glue: &[u8],
    ) -> Result<Parts> {
        let part = |name: &str, budget, content: &[u8]| Part {
            name: name.to_owned(),
            budget,
            content: content.into(),
        };
        let mut parts = vec![
            part("module", "module", module),
            part("styles", "styles", styles.as_bytes()),
            part("template", "template", template.as_bytes()),
            part("glue", "glue", glue),
        ];
        for (language, texts) in languages {
            parts.push(part(
                &format!("language-{language}"),
                "language",
                texts::of_the_first_layer(texts).to_string().as_bytes(),
            ));
        }
        let parts = Parts(parts);
        parts.keep()?;
        Ok(parts)
    }

    /// The parts that the last build kept.
    fn of_last_build() -> Result<Parts> {
        let mut parts = Vec::new();
        for entry in std::fs::read_dir(kept()).context("nothing was built yet: cargo xtask build")? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let budget = ["module", "styles", "template", "glue"]
                .into_iter()
                .find(|known| name == *known)
                .unwrap_or("language");
            parts.push(Part {
                name,
                budget,
                content: std::fs::read(entry.path())?,
            });
        }
        parts.sort_by_key(|part| (part.budget == "language", part.name.clone()));
        Ok(Parts(parts))
    }

    fn keep(&self) -> Result<()> {
        let directory = kept();
        if directory.exists() {
            std::fs::remove_dir_all(&directory).context("could not clear target/kelisim/parts")?;
        }
        std::fs::create_dir_all(&directory).context("could not make target/kelisim/parts")?;
        for part in &self.0 {
            std::fs::write(directory.join(&part.name), &part.content).context("could not keep a part of the script")?;
        }
        Ok(())
    }
}

fn kept() -> std::path::PathBuf {
    project::work().join("parts")
}

/// Numbers of bytes.
#[derive(Serialize, Deserialize)]
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Weight {
    /// What the content weighs. It is kept by its hash: compressing the compiler alone takes half a minute.
    fn of(content: &[u8]) -> Weight {
        let directory = project::work().join("weights");
        let file = directory.join(hexadecimal(&Sha256::digest(content)));
        let kept = std::fs::read(&file).ok();
        if let Some(weight) = kept.and_then(|weight| serde_json::from_slice(&weight).ok()) {
            return weight;
        }
        let weight = Weight {
            raw: content.len(),
            gzip: gzip(content).len(),
            brotli: brotli(content).len(),
        };
        // What cannot be kept is worked out again.
        let _ = std::fs::create_dir_all(directory).and_then(|()| std::fs::write(file, json!(weight).to_string()));
        weight
    }
}

/// Prints the table of the last build.
pub(crate) fn print_of_last_build() -> Result<()> {
    let files = Files::of_last_build()?;
    print(&files, &Parts::of_last_build()?)
}

/// Prints raw, gzip and brotli bytes of every file, of every part of the script and of the packs of the demo's sites.
pub(super) fn print(files: &Files, parts: &Parts) -> Result<()> {
    let budgets = super::read_json(BUDGETS).unwrap_or_default();
    println!(
        "\n{:<36}{:>9}{:>9}{:>9}{:>9}",
        "dist/", "raw", "gzip", "brotli", "budget"
    );
    for (path, content) in files.iter() {
        print_row(path, content, &budgets, budget_of(path));
    }
    println!(
        "\n{:<36}{:>9}{:>9}{:>9}{:>9}",
        "kelisim.js is made of", "raw", "gzip", "brotli", "budget"
    );
    for part in &parts.0 {
        print_row(&part.name, &part.content, &budgets, part.budget);
    }
    println!(
        "\n{:<36}{:>9}{:>9}{:>9}",
        "kelisim-pack www/sites/…/site.json", "raw", "gzip", "brotli"
    );
    for (site, script) in packs()? {
        print_row(&site, script.as_bytes(), &budgets, "");
    }
    println!("\nintegrity of kelisim.js: {}", files.integrity("kelisim.js"));
    Ok(())
}

/// The scripts that `kelisim-pack` makes of the demo's sites, from what lies in `dist/`.
fn packs() -> Result<Vec<(String, String)>> {
    let distribution = Distribution::open(Some(&project::dist()))?;
    let mut packs = Vec::new();
    for entry in std::fs::read_dir(project::path(SITES)).context("could not read the demo's sites")? {
        let site = entry?.file_name().to_string_lossy().into_owned();
        let file = format!("{SITES}/{site}/site.json");
        if !project::path(&file).is_file() {
            continue;
        }
        let written = super::read_json(&file)?;
        let checked = configuration(kelisim::core::value::Value::from(written.clone()).keep())?;
        let Ok(config) = checked else {
            bail!("{file} has problems: cargo run --bin kelisim -- check {file}");
        };
        packs.push((site, pack(&written, &config, &distribution)?));
    }
    packs.sort();
    Ok(packs)
}

fn print_row(name: &str, content: &[u8], budgets: &Value, budget: &str) {
    let Weight { raw, gzip, brotli } = Weight::of(content);
    let limit = budgets.get(budget).and_then(Value::as_u64);
    let limit = limit.map(|bytes| bytes.to_string()).unwrap_or_default();
    println!("{name:<36}{raw:>9}{gzip:>9}{brotli:>9}{limit:>9}");
}

/// Fails when something weighs more than its budget, naming everything that does.
pub(super) fn check(files: &Files, parts: &Parts) -> Result<()> {
    let budgets = super::read_json(BUDGETS)?;
    let mut overruns = Vec::new();
    let files = files.iter().map(|(path, content)| (path, budget_of(path), content));
    let weighed = files.filter(|(_, budget, _)| BUDGETED.contains(budget));
    let parts = parts
        .0
        .iter()
        .map(|part| (part.name.as_str(), part.budget, part.content.as_slice()));
    for (name, budget, content) in weighed.chain(parts) {
        let allowed = budgets.get(budget).and_then(Value::as_u64);
        let allowed = allowed.with_context(|| format!("{BUDGETS} has no number \"{budget}\""))?;
        overruns.extend(overrun(name, Weight::of(content).brotli as u64, allowed));
    }
    if !overruns.is_empty() {
        bail!("over budget ({BUDGETS}):\n  {}", overruns.join("\n  "));
    }
    Ok(())
}

/// What visitors fetch, of `dist/`. Everything else in it is for owners and bundlers.
const BUDGETED: [&str; 5] = [
    "kelisim.js",
    "first-layer.js",
    "first-layer.css",
    "locales/",
    "services/",
];

/// The entry in the file of budgets for a file of `dist/`: its name, or that of its folder, `locales/`, for each in it.
fn budget_of(path: &str) -> &str {
    let (folder, _) = path.split_at(path.find('/').map_or(0, |slash| slash + 1));
    if folder.is_empty() { path } else { folder }
}

fn overrun(name: &str, weight: u64, allowed: u64) -> Option<String> {
    let over = weight.checked_sub(allowed).filter(|over| *over > 0)?;
    Some(format!(
        "{name}: {weight} bytes after brotli, {over} more than the {allowed} it may weigh"
    ))
}

/// Content as it travels to a browser without brotli.
pub(crate) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    // Writing to memory cannot fail; a file of zero bytes in the table would show it.
    encoder
        .write_all(content)
        .and_then(|()| encoder.finish())
        .unwrap_or_default()
}

/// Content as it travels.
pub(crate) fn brotli(content: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    // As above.
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters).unwrap_or_default();
    compressed
}

#[cfg(test)]
mod tests {
    use super::{brotli, budget_of, overrun};

    #[test]
    fn every_file_of_a_folder_has_its_budget() {
        assert_eq!(budget_of("locales/ru.json"), "locales/");
        assert_eq!(budget_of("kelisim.js"), "kelisim.js");
    }

    #[test]
    fn what_weighs_more_than_its_budget_is_named() {
        assert_eq!(overrun("styles", 3072, 3072), None);
        let sentence = overrun("styles", 3073, 3072).unwrap_or_default();
        assert_eq!(
            sentence,
            "styles: 3073 bytes after brotli, 1 more than the 3072 it may weigh"
        );
    }

    #[test]
    fn brotli_is_of_the_best_quality() {
        let text = "nothing tracks before yes ".repeat(400);
        assert!(
            (1..60).contains(&brotli(text.as_bytes()).len()),
            "{}",
            brotli(text.as_bytes()).len()
        );
    }
}
