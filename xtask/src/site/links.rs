//! Holds the finished site against what it promises: every link leads to a file and a place that are there, nothing leads out of
//! its folder, and no page fetches anything of another origin. What scripts fetch is not seen here.

use super::address::{self, Address, Target};
use super::folder;
use anyhow::{Result, anyhow};
use scraper::{ElementRef, Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Attributes that hold an address. The last ones wait for a consent.
const ATTRIBUTES: [&str; 6] = ["href", "src", "action", "poster", "data-src", "data-href"];

/// One page, as far as it matters here.
struct Page {
    /// Addresses, and whether the page fetches each by itself.
    addresses: Vec<(String, bool)>,
    places: BTreeSet<String>,
}

/// What is wrong, a line each.
pub(super) fn problems(site: &Path) -> Result<Vec<String>> {
    let files: BTreeSet<String> = folder::files(site)?.into_iter().collect();
    let mut pages = BTreeMap::new();
    let mut problems = Vec::new();
    for file in &files {
        if folder::is_kind(file, "html") {
            pages.insert(file.clone(), page(&folder::read(&site.join(file))?)?);
        } else if folder::is_kind(file, "css") && fetches_from_elsewhere(&folder::read(&site.join(file))?) {
            problems.push(format!("{file}: fetches something of another origin"));
        }
    }
    for (file, page) in &pages {
        for (address, is_fetched) in &page.addresses {
            if let Some(problem) = problem(file, address, *is_fetched, &files, &pages) {
                problems.push(format!("{file}: {address}: {problem}"));
            }
        }
    }
    Ok(problems)
}

fn problem(
    from: &str,
    address: &str,
    is_fetched: bool,
    files: &BTreeSet<String>,
    pages: &BTreeMap<String, Page>,
) -> Option<&'static str> {
    let Target { path, place } = match address::read(from, address) {
        Address::Elsewhere if is_fetched && !address.starts_with("data:") => {
            return Some("is fetched from another origin");
        }
        Address::Elsewhere => return None,
        Address::Outside => return Some("leads out of the site"),
        Address::Inside(target) => target,
    };
    if !files.contains(&path) {
        return Some("there is no such file");
    }
    let place = place?;
    let is_there = pages.get(&path).is_some_and(|page| page.places.contains(&place));
    (!is_there).then_some("there is no such place in the page")
}

fn page(html: &str) -> Result<Page> {
    let page = Html::parse_document(html);
    let everything = Selector::parse("*").map_err(|error| anyhow!("{error}"))?;
    let mut addresses = Vec::new();
    let mut places = BTreeSet::new();
    for element in page.select(&everything) {
        places.extend(element.attr("id").map(str::to_owned));
        for attribute in ATTRIBUTES {
            let address = element.attr(attribute);
            addresses.extend(address.map(|address| (address.to_owned(), is_fetched(element, attribute))));
        }
    }
    Ok(Page { addresses, places })
}

/// Links are followed by whoever presses them, and what is gated waits for a consent; everything else a browser fetches by
/// itself.
fn is_fetched(element: ElementRef, attribute: &str) -> bool {
    let is_link = matches!(element.value().name(), "a" | "area");
    let mut around = element.ancestors().filter_map(ElementRef::wrap);
    let is_gated = attribute.starts_with("data-") || around.any(|outer| outer.value().name() == "template");
    !is_link && !is_gated
}

fn fetches_from_elsewhere(styles: &str) -> bool {
    let addresses = styles.split("url(").skip(1).chain(styles.split("@import").skip(1));
    let mut starts = addresses.map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
    starts.any(|start| start.starts_with("http") || start.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::problems;
    use crate::site::folder;

    #[test]
    fn what_is_dead_or_elsewhere_is_named() -> anyhow::Result<()> {
        let site = std::env::temp_dir().join(format!("kelisim-site-{}-links", std::process::id()));
        let write = |path: &str, text: &str| folder::write(&site.join(path), text.as_bytes());
        write(
            "index.html",
            "<h1 id=\"a\">a</h1><a href=\"#a\"></a><a href=\"b/c.html#d\"></a><a href=\"https://a.kz/\"></a><img src=\"data:,\">",
        )?;
        write(
            "b/c.html",
            "<a href=\"../index.html#none\"></a><a href=\"/index.html\"></a><p id=\"d\"></p>\
             <script src=\"https://a.kz/x.js\"></script><script data-src=\"x.js\"></script>\
             <template><iframe src=\"https://a.kz/frame\"></iframe></template><a href=\"../../up.html\"></a>",
        )?;
        write(
            "b/own.css",
            "@font-face { src: url('own.woff2') } p { background: url(\"//a.kz/x.png\") }",
        )?;
        let found = problems(&site);
        std::fs::remove_dir_all(&site)?;
        assert_eq!(
            found?,
            [
                "b/own.css: fetches something of another origin",
                "b/c.html: ../index.html#none: there is no such place in the page",
                "b/c.html: /index.html: leads out of the site",
                "b/c.html: https://a.kz/x.js: is fetched from another origin",
                "b/c.html: x.js: there is no such file",
                "b/c.html: ../../up.html: leads out of the site",
            ]
        );
        Ok(())
    }
}
