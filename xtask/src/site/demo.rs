//! The demo as files: the start page, and each site in a folder that is whole by itself. What `serve` does for every request is
//! done here once: addresses become relative ones, what only that server has is left out, and the policy that stops requests to
//! vendors stands in the page, with the hashes of its inline scripts.

use super::folder;
use crate::project;
use crate::serve::adapt::file_of;
use crate::serve::answer::{CONFIGURATOR, policy};
use crate::serve::sites::Sites;
use anyhow::{Context, Result, anyhow};
use base64::Engine as _;
use scraper::node::Element;
use scraper::{Html, Node, Selector};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;

/// Of a site's folder, what is no part of its pages.
const CONFIGURATIONS: [&str; 2] = ["site.json", "policy-only.json"];

/// Attributes that hold an address.
const ADDRESSES: [&str; 3] = ["href", "src", "data-src"];

/// Beside these a page may say what it is written in; the policy stands behind it.
const CHARSET: &str = "<meta charset=\"utf-8\">";

/// A page as a file, and the files that it names.
struct Page {
    html: String,
    named: BTreeSet<String>,
}

/// Makes it in this folder.
pub(super) fn make(demo: &Path) -> Result<()> {
    let sites = Sites::in_folders(demo);
    sites.build_all()?;
    for site in sites.names() {
        copy_site(&site, &demo.join(&site)).with_context(|| format!("could not copy {site}"))?;
    }
    let start = folder::read(&project::path("www/index.html"))?;
    write_page(&start, "index.html", demo)
}

fn copy_site(site: &str, to: &Path) -> Result<()> {
    let own = project::path("www/sites").join(site);
    let files = folder::files(&own)?;
    let (pages, others): (Vec<&String>, Vec<&String>) = files.iter().partition(|file| folder::is_kind(file, "html"));
    for file in others
        .into_iter()
        .filter(|file| !CONFIGURATIONS.contains(&file.as_str()))
    {
        folder::copy_file(&own.join(file), &to.join(file))?;
    }
    for file in pages {
        write_page(&folder::read(&own.join(file))?, &page_name(file), to)?;
    }
    Ok(())
}

/// Writes a page, and what it names that every site shares and this folder has not yet.
fn write_page(html: &str, name: &str, to: &Path) -> Result<()> {
    let page = as_a_file(html)?;
    for file in page.named {
        let shared = project::path("www").join(&file);
        if !to.join(&file).exists() && shared.is_file() && !folder::is_kind(&file, "html") {
            folder::copy_file(&shared, &to.join(&file))?;
        }
    }
    folder::write(&to.join(name), page.html.as_bytes())
}

fn as_a_file(html: &str) -> Result<Page> {
    let mut page = Html::parse_document(html);
    let of_the_server = selector("[data-demo-server]")?;
    let left_out: Vec<_> = page.select(&of_the_server).map(|element| element.id()).collect();
    for id in left_out {
        if let Some(mut element) = page.tree.get_mut(id) {
            element.detach();
        }
    }
    let mut named = BTreeSet::new();
    for node in page.tree.values_mut() {
        if let Node::Element(element) = node {
            take_address_of_the_server(element);
            adapt_addresses(element, &mut named);
        }
    }
    let policy = policy(&hashes_of_inline_scripts(&page)?);
    let meta = format!("{CHARSET}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    let html = page.html().replacen(CHARSET, &meta, 1);
    Ok(Page { html, named })
}

/// No server answers a form here, and none makes a nonce; the page's own script answers the form.
fn take_address_of_the_server(element: &mut Element) {
    element
        .attrs
        .retain(|(name, _)| !matches!(&*name.local, "action" | "method" | "nonce"));
}

fn adapt_addresses(element: &mut Element, named: &mut BTreeSet<String>) {
    for (name, value) in &mut element.attrs {
        if !ADDRESSES.contains(&&*name.local) {
            continue;
        }
        if let Some(relative) = relative(value) {
            *value = relative.as_str().into();
            named.insert(relative);
        }
    }
}

/// An address from the root of a host as one in the folder; `None` where it is another one.
fn relative(address: &str) -> Option<String> {
    if let Some((site, path)) = address
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once(".localhost:8080"))
    {
        return Some(format!("{site}/{}", in_the_folder(path)));
    }
    // It lies beside the demo.
    if let Some(rest) = address.strip_prefix(CONFIGURATOR) {
        return Some(format!("..{CONFIGURATOR}index.html{rest}"));
    }
    address.starts_with('/').then(|| in_the_folder(address))
}

/// `/courses#list` is `courses.html#list`.
fn in_the_folder(address: &str) -> String {
    let end = address.find(['#', '?']).unwrap_or(address.len());
    let (path, rest) = address.split_at(end);
    format!("{}{rest}", file_of(path))
}

/// The file of a page: all of them lie beside each other, so that one address of the policy is right on each.
fn page_name(file: &str) -> String {
    file_of(file.strip_suffix("index.html").unwrap_or(file))
}

/// As a policy names them.
fn hashes_of_inline_scripts(page: &Html) -> Result<String> {
    let inline = selector("script:not([src]):not([data-src])")?;
    let hashes = page.select(&inline).map(|script| {
        let text: String = script.text().collect();
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
        format!("'sha256-{hash}'")
    });
    Ok(hashes.collect::<Vec<_>>().join(" "))
}

fn selector(text: &str) -> Result<Selector> {
    Selector::parse(text).map_err(|error| anyhow!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::{as_a_file, page_name, relative};

    #[test]
    fn addresses_are_found_in_the_folder() {
        for (address, expected) in [
            ("/", Some("index.html")),
            ("/courses", Some("courses.html")),
            ("/privacy#cookies", Some("privacy.html#cookies")),
            ("/kk/", Some("kk.html")),
            ("/kelisim/kelisim.js", Some("kelisim/kelisim.js")),
            ("/docs/privacy.pdf", Some("docs/privacy.pdf")),
            ("http://rasco.kz.localhost:8080/kk/", Some("rasco.kz/kk.html")),
            ("#sites", None),
            ("https://rasco.kz/", None),
        ] {
            assert_eq!(relative(address).as_deref(), expected, "{address}");
        }
        assert_eq!(page_name("kk/index.html"), "kk.html");
        assert_eq!(page_name("index.html"), "index.html");
    }

    #[test]
    fn what_only_a_server_has_is_left_out() -> anyhow::Result<()> {
        let page = as_a_file(
            "<!doctype html><html><head><meta charset=\"utf-8\"></head><body><p data-demo-server>receipts</p>\
             <form method=\"post\" action=\"/signup\"></form><script nonce=\"{{nonce}}\">a < b</script></body></html>",
        )?;
        for gone in ["receipts", "/signup", "nonce"] {
            assert!(!page.html.contains(gone), "{gone}: {}", page.html);
        }
        // printf 'a < b' | openssl dgst -sha256 -binary | base64
        let hash = "'sha256-7+Hlx2Vr8LqQcasoFPqn2AmTTgoMPYgL6CInd4G5SiI='";
        assert!(
            page.html.contains(hash) && page.html.contains("<script>a < b</script>"),
            "{}",
            page.html
        );
        Ok(())
    }
}
