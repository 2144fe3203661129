//! The notice as text, and its hash: taken from the very HTML that visitors are shown (requirement R-02).
//!
//! UTF-8, NFC, a line for whatever stands by itself, each ended by one LF. Where a link leads is a line before its words.
//! The places for the end date, the host and the code stay unfilled. It is what somebody reads who is asked for the first
//! time: what is only there after a decision ("Withdraw"), and the names of the other languages, do not belong to it, so
//! that a grant is never bound to words that nobody saw, and another language lapses nothing.

use kelisim_site::{Place, When};
use scraper::{ElementRef, Html, Node};
use sha2::{Digest, Sha256};

use crate::bundle::digest::hexadecimal;

/// The text of a notice that is shown as these pieces of HTML, one after the other.
pub fn notice_text(layers: &[&str]) -> String {
    let mut text = String::new();
    for layer in layers {
        let document = Html::parse_fragment(layer);
        write_element(document.root_element(), &mut text);
    }
    text
}

/// SHA-256 in lowercase hex.
pub fn sha256(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

/// Writes an element and what is in it.
fn write_element(element: ElementRef<'_>, text: &mut String) {
    if !belongs_to_the_notice(element) {
        return;
    }
    if let Some(address) = element.value().attr("href") {
        text.push_str(address);
        text.push('\n');
    }
    if has_words(element) {
        // Also of a place that is empty: the status line is there from the first moment.
        text.push_str(words(element).trim());
        text.push('\n');
        return;
    }
    for child in element.child_elements() {
        write_element(child, text);
    }
}

fn belongs_to_the_notice(element: ElementRef<'_>) -> bool {
    let is_another_language = element.value().attr("data-kelisim-action") == Some("language");
    let when = element.value().attr("data-kelisim-when");
    let is_there = when.is_none_or(|when| when.parse::<When>().is_ok_and(|when| when.is_in_notice()));
    is_there && !is_another_language
}

/// Whether words or a place stand in the element itself.
fn has_words(element: ElementRef<'_>) -> bool {
    let is_word = |node: &Node| node.as_text().is_some_and(|text| !text.trim().is_empty());
    place(element).is_some() || element.children().any(|child| is_word(child.value()))
}

fn place(element: ElementRef<'_>) -> Option<Place> {
    element.value().attr("data-kelisim-place")?.parse().ok()
}

/// The words of an element, with its places as they are written in a notice.
fn words(element: ElementRef<'_>) -> String {
    if let Some(place) = place(element) {
        return place.in_notice().to_owned();
    }
    let words = element.children().map(|child| match child.value() {
        Node::Text(text) => text.to_string(),
        _ => ElementRef::wrap(child).map(words).unwrap_or_default(),
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::{notice_text, sha256};

    #[test]
    fn r_02_a_notice_is_what_is_read() {
        let html = "<div><h2>Cookies</h2><p>180 days, until <span data-kelisim-place=\"ends\"></span>.</p>\
            <a href=\"/privacy\">Policy</a><button data-kelisim-action=\"language\">Қазақша</button>\
            <button data-kelisim-when=\"granted\">Withdraw</button>\
            <dl data-kelisim-when=\"coded\"><dd><bdi data-kelisim-place=\"code\"></bdi></dd></dl></div>";
        let expected = "Cookies\n180 days, until {date}.\n/privacy\nPolicy\n{code}\n";
        assert_eq!(notice_text(&[html]), expected);
    }

    #[test]
    fn r_02_the_hash_is_sha_256() {
        let of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(""), of_nothing);
    }
}
