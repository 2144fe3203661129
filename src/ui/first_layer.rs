//! The first layer: a labelled region that is not modal, with three equal buttons after everything that they decide on.
//!
//! It has no control that closes it without an answer, no checkbox, and nothing that could be taken for an answer
//! (requirements F-01, F-07, F-10, F-11). It decides nothing.

use super::markup::{Markup, block, element, words};
use super::parts::{choices, languages, link};
use crate::core::view::{FirstLayer, Purpose};

/// Draws the question.
pub fn first_layer(layer: &FirstLayer) -> Markup {
    let mut about = block("div", "kelisim-about")
        .child(words("h2", &layer.title))
        .child(words("p", &layer.lead));
    if let Some(changed) = &layer.changed {
        about = about.child(words("p", changed).with("class", "kelisim-changed"));
    }
    let mut ways = block("div", "kelisim-ways").child(link(&layer.policy));
    if layer.languages.len() > 1 {
        ways = ways.child(languages(&layer.languages));
    }
    block("section", "kelisim-banner")
        .with("data-kelisim", "banner")
        .with("role", "region")
        .with("aria-label", &layer.label)
        .child(about.child(purposes(&layer.purposes)).child(ways))
        .child(choices(
            "div",
            &[
                ("reject", Some(&layer.reject)),
                ("accept", Some(&layer.accept)),
                ("settings", Some(&layer.settings)),
            ],
        ))
}

/// Each purpose with those who receive data for it, named before the grant (Planet49; requirement F-07).
fn purposes(purposes: &[Purpose]) -> Markup {
    let mut list = block("dl", "kelisim-purposes");
    for purpose in purposes {
        let mut item = element("div").child(words("dt", &purpose.name));
        for recipient in &purpose.recipients {
            item = item.child(words("dd", recipient));
        }
        list = list.child(item);
    }
    list
}
