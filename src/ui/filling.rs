//! Brings the places, conditions and switches of a piece of HTML in line with a state. What they come to, the core says.

use kelisim_site::{Place, When};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::Scene;
use crate::consent::Id;
use crate::page::element::Element;
use crate::visit::{Embed, is_there, text_of};

const PLACE: &str = "data-kelisim-place";
const WHEN: &str = "data-kelisim-when";
/// The address of a letter, as the compiler wrote it, with its places.
const LETTER: &str = "data-kelisim-letter";
const SWITCHES: &str = "input[data-kelisim-category],input[data-kelisim-service]";
const DOWNLOAD: &str = "[data-kelisim-action=download]";

/// What has a meaning of its own in an address: everything but letters, digits and what RFC 3986, section 2.3, leaves free.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Fills everything in an element; `embed` is that of the placeholder that it is.
pub(super) fn fill(element: &Element, scene: Scene, embed: Option<Embed>) {
    for conditional in element.query_selector_all("[data-kelisim-when]") {
        if let Some(when) = written::<When>(&conditional, WHEN) {
            let is_there = is_there(scene.site, scene.state, &when, embed);
            conditional.toggle_attribute("hidden", !is_there);
        }
    }
    for place in element.query_selector_all("[data-kelisim-place]") {
        match written::<Place>(&place, PLACE) {
            // It speaks when its words change, and is told of a decision once (WCAG 4.1.3).
            Some(Place::Status) if scene.state.status().is_some() => {}
            Some(kind) => put(&place, &text_of(scene.site, scene.state, kind, embed)),
            None => {}
        }
    }
    switch(element, scene);
    address_letters(element, scene);
    offer_download(element, scene);
}

/// Has the status line say what the state says.
pub(super) fn announce(root: &Element, scene: Scene) {
    if let Some(line) = root.query_selector("[data-kelisim=status]") {
        put(&line, &text_of(scene.site, scene.state, Place::Status, None));
    }
}

/// What an attribute says.
fn written<T: std::str::FromStr>(element: &Element, name: &str) -> Option<T> {
    element.attribute(name)?.parse().ok()
}

/// Gives an element other words. The same words are left alone: a screen reader would read them again.
fn put(element: &Element, words: &str) {
    if element.text() != words {
        element.set_text(words);
    }
}

/// Turns the switches to where they stand in the draft.
fn switch(element: &Element, scene: Scene) {
    let Some(draft) = scene.state.draft() else { return };
    for input in element.query_selector_all(SWITCHES) {
        if let Some(id) = id_of(&input).and_then(|name| Id::named(scene.site, &name)) {
            input.unchecked_ref::<HtmlInputElement>().set_checked(draft.is_on(id));
        }
    }
}

/// The category or service of a switch.
pub(super) fn id_of(input: &Element) -> Option<String> {
    let category = input.attribute("data-kelisim-category");
    category.or_else(|| input.attribute("data-kelisim-service"))
}

/// Puts host and code into the addresses of letters, in which the compiler left places for them.
fn address_letters(element: &Element, scene: Scene) {
    for letter in element.query_selector_all("[data-kelisim-letter]") {
        let kept = letter.attribute(LETTER).filter(|kept| !kept.is_empty());
        let Some(mut address) = kept.or_else(|| letter.attribute("href")) else {
            continue;
        };
        letter.set_attribute(LETTER, &address);
        for place in [Place::Host, Place::Code] {
            let words = encoded(&text_of(scene.site, scene.state, place, None));
            address = address.replace(&encoded(place.in_notice()), &words);
        }
        letter.set_attribute("href", &address);
    }
}

/// The record as a file (requirement R-04).
fn offer_download(element: &Element, scene: Scene) {
    if let Some(link) = element.query_selector(DOWNLOAD) {
        let mut address = String::from("data:application/json,");
        address.push_str(&encoded(&text_of(scene.site, scene.state, Place::Record, None)));
        link.set_attribute("href", &address);
    }
}

fn encoded(words: &str) -> String {
    utf8_percent_encode(words, RESERVED).collect()
}
