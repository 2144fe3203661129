//! The table of the catalogue follows from the manifests (requirement K-04). `KELISIM_SNAPSHOTS=write` writes it.

use std::fs;

use kelisim_compiler::catalogue::{Catalogue, Manifest};
use kelisim_compiler::config::words::Words;

use crate::house::{CATALOGUE, folder};

const BEGIN: &str = "<!-- catalogue: written by a test from the manifests -->\n";
const END: &str = "<!-- /catalogue -->\n";

/// A table with a row for every vendor.
pub(crate) fn table(catalogue: &Catalogue) -> String {
    let head = "| `use` | vendor | category | parameters | data goes to | |\n|---|---|---|---|---|---|\n";
    let rows: String = catalogue.iter().map(row).collect();
    format!("{head}{rows}")
}

fn row(manifest: &Manifest) -> String {
    let name = match &manifest.name {
        Words::One(name) => name,
        Words::Each(each) => &each["en"],
    };
    let parameters: Vec<String> = manifest.parameters.keys().map(|name| format!("`{name}`")).collect();
    let countries: Vec<&str> = manifest.countries.iter().map(|country| country.as_str()).collect();
    let how = match (manifest.start.is_empty(), manifest.category.as_str()) {
        (true, "media") => "embed",
        (true, _) => "gate its snippet yourself",
        (false, _) => "",
    };
    format!(
        "| `{}` | {name} | `{}` | {} | {} | {how} |\n",
        manifest.id,
        manifest.category,
        parameters.join(", "),
        countries.join(", ")
    )
}

/// K-04: the table has a row for every vendor, and every row its vendor.
#[test]
fn k_04_the_table_of_vendors_follows_from_the_manifests() {
    let path = folder("../docs/catalogue.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the page has the mark of the table");
    let (found, after) = rest.split_once(END).expect("the page has the mark of the table's end");
    let expected = table(&CATALOGUE);
    if std::env::var_os("KELISIM_SNAPSHOTS").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{expected}{END}{after}")).unwrap();
    } else {
        assert_eq!(found, expected);
    }
}
