//! Makes the three books by mdBook. Each gets its pages laid out as they are in the repository, and what it makes is put
//! together into one site, laid out in the same way: a link between any two pages is right in both places, whichever book they
//! are in.
//!
//! Two things of a page are written otherwise there: `README.md` is the first page of its folder, and what `www/README.md` says
//! of the demo, the configurator and the download becomes a link to the thing itself.

use super::documents::{BOOKS, Book, Documents};
use super::{folder, words};
use crate::{process, project};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

const HEADER: &str = include_str!("theme/header.hbs");
const STYLES: &str = include_str!("theme/kelisim.css");
const SCRIPT: &str = include_str!("theme/kelisim.js");

/// What is on the site beside the documents.
pub(super) struct Beside {
    /// Whether the configurator has been built.
    pub(super) configurator: bool,
    /// The page that hands out the packages.
    pub(super) download: String,
}

/// Makes all of them, and copies what their pages show and hand out.
pub(super) fn make(documents: &Documents, beside: &Beside, mdbook: &Path, site: &Path) -> Result<()> {
    for book in &BOOKS {
        println!("site   book         {}", book.language);
        let stage = project::work().join("books").join(book.language);
        lay_out(documents, book, beside, &stage)?;
        let mut build = Command::new(mdbook);
        build.arg("build").arg(&stage);
        process::run_quietly(&mut build, "make the book", "The message above names the page.")?;
        let made = stage.join("book");
        words::translate(book.language, &made)?;
        take_over(book, &made, site)?;
        for file in documents.linked_files(book)? {
            folder::copy_file(&documents.file(&file), &site.join(&file))?;
        }
    }
    Ok(())
}

/// Puts a book into the site. mdBook makes its first page a second time, as the index of the whole; that is the first book's.
/// The page of contents, for who has no JavaScript, is each book's own.
fn take_over(book: &Book, made: &Path, site: &Path) -> Result<()> {
    let contents = format!("toc.{}.html", book.language);
    for file in folder::files(made)? {
        let name = match file.as_str() {
            "index.html" if !book.is_first() => continue,
            "toc.html" => &contents,
            name => name,
        };
        if folder::is_kind(&file, "html") {
            let page = folder::read(&made.join(&file))?.replace("toc.html\"", &format!("{contents}\""));
            folder::write(&site.join(name), page.as_bytes())?;
        } else {
            folder::copy_file(&made.join(&file), &site.join(name))?;
        }
    }
    Ok(())
}

/// Writes what mdBook reads.
fn lay_out(documents: &Documents, book: &Book, beside: &Beside, stage: &Path) -> Result<()> {
    if stage.exists() {
        std::fs::remove_dir_all(stage).with_context(|| format!("could not clear {}", stage.display()))?;
    }
    let write = |path: &str, text: &str| folder::write(&stage.join(path), text.as_bytes());
    write("book.toml", &settings(book))?;
    write("theme/header.hbs", &header(beside))?;
    write("theme/kelisim.css", STYLES)?;
    write("theme/kelisim.js", SCRIPT)?;
    folder::copy_file(&documents.file("www/icon.svg"), &stage.join("theme/favicon.svg"))?;

    let mut summary = documents.read(book.summary)?;
    for (written, page) in documents.pages(book)? {
        summary = summary.replace(&format!("]({written})"), &format!("]({page})"));
        let text = of_the_site(&documents.read(&page)?, beside);
        write(&format!("src/{}", page_name(&page)), &text)?;
    }
    if book.is_first() {
        write("src/download/index.md", &beside.download)?;
        summary.push_str("\n---\n\n[Download](download/index.md)\n");
    }
    write("src/SUMMARY.md", &of_the_site(&summary, beside))
}

/// `book.toml`. A page for what is not found would need to know where the site lies, and one of all pages would have every
/// link in it twice.
fn settings(book: &Book) -> String {
    let Book {
        language,
        title,
        description,
        ..
    } = book;
    // mdBook's search drops whatever is not written in Latin letters.
    let search = book.is_first();
    format!(
        r#"[book]
title = "{title}"
description = "{description}"
language = "{language}"

[build]
create-missing = false

[output.html]
additional-css = ["theme/kelisim.css"]
additional-js = ["theme/kelisim.js"]
default-theme = "light"
preferred-dark-theme = "navy"
no-section-label = true
input-404 = ""

[output.html.print]
enable = false

[output.html.playground]
runnable = false

[output.html.search]
enable = {search}
"#
    )
}

/// What stands above every page: the languages, and what is on the site beside the documents.
fn header(beside: &Beside) -> String {
    of_the_site(HEADER, beside).replace("index.md", "index.html")
}

/// A page's text as it is on the site.
fn of_the_site(text: &str, beside: &Beside) -> String {
    let mut text = text
        .replace("www/README.md#demo", "demo/index.html")
        .replace("www/README.md#download", "download/index.md");
    if beside.configurator {
        text = text.replace("www/README.md#configurator", "configurator/index.html");
    }
    in_links(&text, "README.md", "index.md")
}

/// Replaces the name of a file where an address ends with it, and nowhere in prose.
fn in_links(text: &str, name: &str, other: &str) -> String {
    let ends = [")", "#", "\""].into_iter();
    ends.fold(text.to_owned(), |text, end| {
        text.replace(&format!("{name}{end}"), &format!("{other}{end}"))
    })
}

/// The name of a page on the site, before it is HTML.
fn page_name(place: &str) -> String {
    match place.strip_suffix("README.md") {
        Some(folder) => format!("{folder}index.md"),
        None => place.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Beside, header, of_the_site, page_name};

    fn beside(configurator: bool) -> Beside {
        let download = String::new();
        Beside { configurator, download }
    }

    #[test]
    fn a_page_links_to_the_thing_itself() {
        let written =
            "[a](../../www/README.md#configurator) [b](../../www/README.md#demo) [c](../../README.md) see README.md";
        let with = "[a](../../configurator/index.html) [b](../../demo/index.html) [c](../../index.md) see README.md";
        assert_eq!(of_the_site(written, &beside(true)), with);
        let without = with.replace("configurator/index.html", "www/index.md#configurator");
        assert_eq!(of_the_site(written, &beside(false)), without);
    }

    #[test]
    fn a_first_page_is_the_index_of_its_folder() {
        assert_eq!(page_name("www/sites/README.md"), "www/sites/index.md");
        assert_eq!(page_name("README.md"), "index.md");
        assert_eq!(page_name("visitor.md"), "visitor.md");
    }

    #[test]
    fn the_header_leads_to_what_is_beside_the_documents() {
        let header = header(&beside(false));
        for place in [
            "docs/ru/index.html",
            "demo/index.html",
            "download/index.html",
            "www/index.html#configurator",
        ] {
            let link = format!("href=\"{{{{ path_to_root }}}}{place}\"");
            assert!(header.contains(&link), "{link}\n{header}");
        }
    }
}
