//! Weighs what visitors pay for, prints it, and holds it against `budgets.json`.

use super::dist::Files;
use super::runtime::sites;
use crate::project;
use anyhow::{Context, Result, bail};
use kelisim_compiler::bundle::digest::hexadecimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write as _;

const BUDGETS: &str = "budgets.json";

/// The site that is held against the budgets: three languages, two vendors.
const BUDGETED_SITE: &str = "rasco.kz/";

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
        let directory = project::work().join("portable-weights");
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

/// Prints raw, gzip and brotli bytes of every file that lies in `dist/`, and of what `kelisim build` makes of it for the
/// demo's sites.
pub(crate) fn print_of_last_build() -> Result<()> {
    print_head("dist/", "");
    for (path, content) in Files::of_last_build()?.iter() {
        print_row(path, content, None);
    }
    let budgets = super::read_json(BUDGETS)?;
    print_head("kelisim build www/sites/…/site.json", "budget");
    for (file, content) in sites::fetched()? {
        print_row(&file, &content, budget_of(&file, &budgets)?);
    }
    Ok(())
}

fn print_head(title: &str, budget: &str) {
    println!("\n{title:<36}{:>9}{:>9}{:>9}{budget:>9}", "raw", "gzip", "brotli");
}

fn print_row(name: &str, content: &[u8], budget: Option<u64>) {
    let Weight { raw, gzip, brotli } = Weight::of(content);
    let limit = budget.map(|bytes| bytes.to_string()).unwrap_or_default();
    println!("{name:<36}{raw:>9}{gzip:>9}{brotli:>9}{limit:>9}");
}

/// Fails when something weighs more than its budget, naming everything that does.
pub(crate) fn check() -> Result<()> {
    let budgets = super::read_json(BUDGETS)?;
    let mut overruns = Vec::new();
    for (file, content) in sites::fetched()? {
        if let Some(allowed) = budget_of(&file, &budgets)? {
            overruns.extend(overrun(&file, Weight::of(&content).brotli as u64, allowed));
        }
    }
    if !overruns.is_empty() {
        bail!("over budget ({BUDGETS}):\n  {}", overruns.join("\n  "));
    }
    Ok(())
}

/// What a file of the budgeted site may weigh: `settings` for `rasco.kz/settings.ru.json`; nothing for those of others.
fn budget_of(file: &str, budgets: &Value) -> Result<Option<u64>> {
    let Some(name) = file.strip_prefix(BUDGETED_SITE) else {
        return Ok(None);
    };
    let entry = if name.starts_with("settings.") {
        "settings"
    } else {
        name
    };
    let allowed = budgets.get(entry).and_then(Value::as_u64);
    allowed
        .map(Some)
        .with_context(|| format!("{BUDGETS} has no number \"{entry}\""))
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
    use serde_json::json;

    #[test]
    fn t_01_every_file_of_the_budgeted_site_has_its_budget() -> anyhow::Result<()> {
        let budgets = json!({"kelisim.js": 10, "settings": 20});
        assert_eq!(budget_of("rasco.kz/settings.ru.json", &budgets)?, Some(20));
        assert_eq!(budget_of("rasco.kz/kelisim.js", &budgets)?, Some(10));
        assert_eq!(budget_of("cap.kz/kelisim.js", &budgets)?, None);
        assert!(budget_of("rasco.kz/kelisim.wasm", &budgets).is_err());
        Ok(())
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
