//! A page as HTML: the scripts in it, and what waits in it for another manager. It must not run or fetch anything.

use scraper::{ElementRef, Html, Selector};

use super::orejime::language_of_bundle;
use super::script::Origin;
use crate::aliases::{COOKIEBLOCK, COOKIECATEGORY, COOKIECONSENT, NAME, PURPOSE};

/// What waits, by the attribute that says for what.
const GATED: [&str; 6] = [
    COOKIECATEGORY,
    NAME,
    PURPOSE,
    COOKIECONSENT,
    "data-service",
    "data-category",
];

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its language, if it says so.
    pub(super) language: Option<String>,
    /// The language of a bundle of Orejime's that it loads.
    pub(super) bundle_language: Option<String>,
    /// The scripts that a browser runs, with the byte where each begins.
    pub(super) scripts: Vec<(usize, String)>,
    /// What waits.
    pub(super) gated: Vec<Gated>,
    /// Where the script of Cookiebot stands.
    pub(super) cookiebot: Option<Origin>,
}

/// An element that waits.
#[derive(Clone, Debug)]
pub(super) struct Gated {
    pub(super) attribute: &'static str,
    /// For what: a name, or several.
    pub(super) names: Vec<String>,
    /// The addresses of what it would load.
    pub(super) addresses: Vec<String>,
    /// The text of a script.
    pub(super) text: String,
    pub(super) from: Origin,
}

impl Page {
    /// Reads a page.
    pub(super) fn read(html: &str) -> Page {
        let document = Html::parse_document(html);
        let mut page = Page {
            language: document.root_element().attr("lang").map(str::to_owned),
            ..Page::default()
        };
        let mut read = 0;
        for element in all(&document, "*") {
            page.look_at(&element, html, &mut read);
        }
        page
    }

    fn look_at(&mut self, element: &ElementRef<'_>, html: &str, read: &mut usize) {
        let text: String = element.text().collect();
        let is_script = element.value().name() == "script";
        if is_script && element.attr("data-cbid").is_some()
            || element
                .attr("src")
                .is_some_and(|src| src.contains("consent.cookiebot."))
        {
            let byte = html
                .find("cookiebot")
                .or_else(|| html.find("data-cbid"))
                .unwrap_or_default();
            let path = "script[data-cbid]".to_owned();
            self.cookiebot.get_or_insert(Origin { path, byte });
        }
        if let Some(language) = element.attr("src").and_then(language_of_bundle) {
            self.bundle_language.get_or_insert(language);
        }
        if is_script
            && runs(element)
            && !text.trim().is_empty()
            && let Some(begins) = html.get(*read..).and_then(|rest| rest.find(&text))
        {
            let begins = *read + begins;
            *read = begins + text.len();
            self.scripts.push((begins, text.clone()));
        }
        for attribute in GATED {
            if let Some(names) = element.attr(attribute) {
                let byte = html
                    .find(&format!("{attribute}=\"{names}\""))
                    .or_else(|| html.find(attribute));
                self.gated.push(Gated {
                    attribute,
                    names: names.split(',').map(|name| name.trim().to_owned()).collect(),
                    addresses: addresses(element),
                    text: if is_script { text.clone() } else { String::new() },
                    from: Origin {
                        path: format!("{attribute}=\"{names}\""),
                        byte: byte.unwrap_or_default(),
                    },
                });
            }
        }
    }

    /// What waits by an attribute.
    pub(super) fn gated_by(&self, attribute: &'static str) -> impl Iterator<Item = &Gated> {
        self.gated.iter().filter(move |gated| gated.attribute == attribute)
    }
}

/// Every element that a selector names.
fn all<'d>(document: &'d Html, selector: &str) -> Vec<ElementRef<'d>> {
    let selector = Selector::parse(selector).ok();
    selector.iter().flat_map(|selector| document.select(selector)).collect()
}

/// Whether a browser runs a script as it stands there.
fn runs(script: &ElementRef<'_>) -> bool {
    let kind = script.attr("type").unwrap_or_default();
    script.attr("src").is_none() && (kind.is_empty() || kind.contains("javascript") || kind == "module")
}

/// What an element would load, itself or what it holds.
fn addresses(element: &ElementRef<'_>) -> Vec<String> {
    let inside = element.descendants().filter_map(ElementRef::wrap);
    let attributes = ["src", "data-src", COOKIEBLOCK, "href", "data-href"];
    inside
        .flat_map(|element| {
            attributes
                .into_iter()
                .filter_map(move |name| element.value().attr(name))
        })
        .map(str::to_owned)
        .collect()
}

/// The first link in some markup.
pub(super) fn first_link(markup: &str) -> Option<String> {
    let fragment = Html::parse_fragment(markup);
    let link = all(&fragment, "a[href]").into_iter().next()?;
    link.attr("href").map(str::to_owned)
}

/// The words of some markup without its elements.
pub(super) fn words_of(markup: &str) -> String {
    let text: String = Html::parse_fragment(markup).root_element().text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
