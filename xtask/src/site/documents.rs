//! The documents as they lie in the repository: which there are, which book each belongs to, and whether what they link to
//! is there. A page that no summary lists is named too, because nobody would find it on the site.

use super::address::{self, Address, Target};
use super::folder;
use crate::project;
use anyhow::Result;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The pages of one language.
pub(super) struct Book {
    pub(super) language: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    /// Names its pages, wherever they lie.
    pub(super) summary: &'static str,
}

impl Book {
    /// Whether the site begins with it.
    pub(super) fn is_first(&self) -> bool {
        self.language == "en"
    }
}

pub(super) const BOOKS: [Book; 3] = [
    Book {
        language: "en",
        title: "Kelisim",
        description: "A cookie-consent banner in Rust: nothing that tracks before yes",
        summary: "docs/SUMMARY.md",
    },
    Book {
        language: "ru",
        title: "Kelisim",
        description: "Баннер согласия на cookie: до «да» ничего не отслеживает",
        summary: "docs/ru/SUMMARY.md",
    },
    Book {
        language: "kk",
        title: "Kelisim",
        description: "Cookie келісімінің баннері: «иә» дегенге дейін ештеңе бақыламайды",
        summary: "docs/kk/SUMMARY.md",
    },
];

/// Folders whose documents are read; the root is, too, but not what lies below it.
const FOLDERS: [&str; 2] = ["docs", "www"];

/// The documents below a root.
pub(super) struct Documents {
    root: PathBuf,
}

impl Documents {
    pub(super) fn of_the_project() -> Documents {
        Documents {
            root: project::root().to_owned(),
        }
    }

    /// A file by its path from the root.
    pub(super) fn file(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub(super) fn read(&self, path: &str) -> Result<String> {
        folder::read(&self.file(path))
    }

    /// The pages of a book in their order, each by its path from the root, as its summary writes it and as it is.
    pub(super) fn pages(&self, book: &Book) -> Result<Vec<(String, String)>> {
        let summary = self.read(book.summary)?;
        let listed = links(&summary).into_iter();
        let pages = listed.filter_map(|address| match address::read(book.summary, &address) {
            Address::Inside(Target { path, .. }) => Some((address, path)),
            Address::Elsewhere | Address::Outside => None,
        });
        Ok(pages.collect())
    }

    /// What the pages of a book link to and is no page itself: pictures, files to copy.
    pub(super) fn linked_files(&self, book: &Book) -> Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        for (_, page) in self.pages(book)? {
            for address in links(&self.read(&page)?) {
                if let Address::Inside(Target { path, .. }) = address::read(&page, &address)
                    && !is_document(&path)
                {
                    found.insert(path);
                }
            }
        }
        Ok(found)
    }

    /// Links that lead nowhere, and pages that no summary lists, a line each.
    pub(super) fn problems(&self) -> Result<Vec<String>> {
        let mut listed = BTreeSet::new();
        for book in &BOOKS {
            listed.extend(self.pages(book)?.into_iter().map(|(_, page)| page));
        }
        let documents = self.all(&listed)?;
        let mut problems = Vec::new();
        for (path, text) in &documents {
            for address in links(text) {
                if let Some(problem) = self.problem(path, &address, &documents) {
                    problems.push(format!("{path}: {address}: {problem}"));
                }
            }
        }
        let unlisted = documents
            .keys()
            .filter(|path| !listed.contains(*path) && !is_summary(path));
        problems
            .extend(unlisted.map(|path| format!("{path}: no summary lists it; add a line to {}", summary_of(path))));
        Ok(problems)
    }

    fn problem(&self, from: &str, address: &str, documents: &BTreeMap<String, String>) -> Option<&'static str> {
        let Target { path, place } = match address::read(from, address) {
            Address::Elsewhere => return None,
            Address::Outside => return Some("leads out of the repository"),
            Address::Inside(target) => target,
        };
        if !self.file(&path).is_file() {
            return Some("there is no such file");
        }
        let text = documents.get(&path);
        if is_document(&path) && text.is_none() {
            return Some("no summary lists this page");
        }
        let place = place?;
        let is_there = text.is_some_and(|text| anchors(text).contains(&place));
        (!is_there).then_some("there is no such heading")
    }

    /// Every document with its text: what lies in the root and the folders, and what is listed besides.
    fn all(&self, listed: &BTreeSet<String>) -> Result<BTreeMap<String, String>> {
        let mut paths: Vec<String> = listed.iter().cloned().collect();
        for entry in std::fs::read_dir(&self.root)?.flatten() {
            paths.push(entry.file_name().to_string_lossy().into_owned());
        }
        for below in FOLDERS {
            let files = folder::files(&self.file(below))?;
            paths.extend(files.into_iter().map(|file| format!("{below}/{file}")));
        }
        let documents = paths
            .into_iter()
            .filter(|path| is_document(path) && self.file(path).is_file());
        documents.map(|path| Ok((path.clone(), self.read(&path)?))).collect()
    }
}

fn is_document(path: &str) -> bool {
    folder::is_kind(path, "md")
}

fn is_summary(path: &str) -> bool {
    BOOKS.iter().any(|book| book.summary == path)
}

/// The summary that a page would stand in: its language is that of its folder, or stands before its ending.
fn summary_of(path: &str) -> &'static str {
    let is_in = |language| path.starts_with(&format!("docs/{language}/")) || path.ends_with(&format!(".{language}.md"));
    let own = BOOKS.iter().find(|book| is_in(book.language));
    own.map_or("docs/SUMMARY.md", |book| book.summary)
}

/// The addresses of a document's links and pictures, in Markdown and in HTML.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut html = String::new();
    for event in events(text) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                found.push(dest_url.into_string());
            }
            Event::Html(written) | Event::InlineHtml(written) => html.push_str(&written),
            _ => {}
        }
    }
    found.extend(addresses_in_html(&html));
    found
}

fn addresses_in_html(html: &str) -> Vec<String> {
    let fragment = Html::parse_fragment(html);
    let mut found = Vec::new();
    for attribute in ["href", "src"] {
        let Ok(selector) = Selector::parse(&format!("[{attribute}]")) else {
            continue;
        };
        let elements = fragment.select(&selector);
        found.extend(elements.filter_map(|element| element.attr(attribute).map(str::to_owned)));
    }
    found
}

/// The names by which headings are linked to.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in events(text) {
        match (event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::Text(words) | Event::Code(words), Some(heading)) => heading.push_str(&words),
            (Event::End(TagEnd::Heading(_)), _) => {
                let name = anchor(&heading.take().unwrap_or_default());
                let repeated = (1..).map(|count| format!("{name}-{count}"));
                let mut names = std::iter::once(name.clone()).chain(repeated);
                // Endless, so there is one that is free.
                found.extend(names.find(|name| !found.contains(name)));
            }
            _ => {}
        }
    }
    found
}

/// As GitHub and mdBook make it of the words of a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|letter| match letter {
        letter if letter.is_whitespace() => Some('-'),
        letter if letter.is_alphanumeric() || "-_".contains(letter) => Some(letter),
        _ => None,
    });
    kept.collect::<String>().to_lowercase()
}

fn events(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

#[cfg(test)]
mod tests {
    use super::{BOOKS, Documents, anchors, links};
    use std::fs;

    /// Every link works where the repository is looked at, and every page is found on the site.
    #[test]
    fn the_documents_link_to_what_is_there() -> anyhow::Result<()> {
        let problems = Documents::of_the_project().problems()?;
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        Ok(())
    }

    #[test]
    fn what_leads_nowhere_is_named() {
        let root = std::env::temp_dir().join(format!("kelisim-site-{}-documents", std::process::id()));
        let write = |path: &str, text: &str| {
            let file = root.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        for book in &BOOKS {
            write(book.summary, "");
        }
        write("docs/SUMMARY.md", "[Start](../README.md)\n\n- [One](one.md)\n");
        write(
            "docs/ru/SUMMARY.md",
            "- [Лишняя](gone.md)\n- [Сборка](../../package/README.md)\n",
        );
        write("package/README.md", "[other](OTHER.md)\n");
        write("package/OTHER.md", "");
        write("docs/recipes/html.ru.md", "");
        write(
            "README.md",
            "# Start here\n\n[one](docs/one.md#first) <img src=\"docs/none.png\" alt=\"\">\n",
        );
        write(
            "docs/one.md",
            "# First\n\n[start](../README.md#start) [out](../../x.md) `[no](link.md)` [web](https://a.kz)\n",
        );
        write("docs/kk/two.md", "# Two\n");
        write("www/sites/README.md", "# Sites\n");
        let documents = Documents { root: root.clone() };
        let problems = documents.problems().unwrap();
        fs::remove_dir_all(root).unwrap();
        assert_eq!(
            problems,
            [
                "README.md: docs/none.png: there is no such file",
                "docs/one.md: ../README.md#start: there is no such heading",
                "docs/one.md: ../../x.md: leads out of the repository",
                "docs/ru/SUMMARY.md: gone.md: there is no such file",
                "package/README.md: OTHER.md: no summary lists this page",
                "docs/kk/two.md: no summary lists it; add a line to docs/kk/SUMMARY.md",
                "docs/recipes/html.ru.md: no summary lists it; add a line to docs/ru/SUMMARY.md",
                "www/sites/README.md: no summary lists it; add a line to docs/SUMMARY.md",
            ]
        );
    }

    #[test]
    fn headings_are_named_as_they_are_linked_to() {
        let text = "# Что *видит* `site.json`?\n\n## Twice\n\n## Twice\n\n```text\n# no heading\n```\n";
        let names: Vec<String> = anchors(text).into_iter().collect();
        assert_eq!(names, ["twice", "twice-1", "что-видит-sitejson"]);
    }

    #[test]
    fn links_are_found_in_tables_and_in_html() {
        let text = "| a | b |\n|---|---|\n| [x](x.md) | ![y](y.png) <a href=\"z.md\">z</a> |\n";
        assert_eq!(links(text), ["x.md", "y.png", "z.md"]);
    }
}
