//! Pieces that both layers are made of. Whatever the visitor can press to choose is made here, by one function, so that
//! no choice can look or behave unlike another (requirement F-02).

use super::markup::{Markup, block, element, words};
use crate::core::view::{Fact, LanguageChoice, Link, Part};

/// A native button that sends `action` and is called by the words on it.
pub(super) fn action(class: &'static str, action: &'static str) -> Markup {
    block("button", class)
        .with("type", "button")
        .with("data-kelisim-action", action)
}

/// The row of choices, with a button for each label that is there, all alike.
pub(super) fn choices(tag: &'static str, buttons: &[(&'static str, Option<&str>)]) -> Markup {
    let mut row = block(tag, "kelisim-choices");
    for (name, label) in buttons {
        if let Some(label) = label {
            row = row.child(action("kelisim-choice", name).text(label));
        }
    }
    row
}

/// A link.
pub(super) fn link(link: &Link) -> Markup {
    words("a", &link.text).with("href", &link.href)
}

/// The row that switches the language of the layer; each name stands in its own language (WCAG 3.1.2).
pub(super) fn languages(languages: &[LanguageChoice]) -> Markup {
    let mut row = block("div", "kelisim-languages");
    for language in languages {
        let mut button = action("kelisim-language", "language")
            .with("data-kelisim-language", &language.tag)
            .with("lang", &language.tag)
            .text(&language.name);
        if language.current {
            button = button.with("aria-current", "true");
        }
        row = row.child(button);
    }
    row
}

/// The facts as a list of terms, each fact known by its id in every language (requirement L-05).
pub(super) fn facts(facts: &[Fact]) -> Markup {
    let mut list = block("dl", "kelisim-facts");
    for fact in facts {
        let mut item = element("div")
            .with("data-kelisim-item", fact.id)
            .child(words("dt", &fact.label));
        for part in &fact.parts {
            item = item.child(match part {
                Part::Text(text) => words("dd", text),
                Part::Link(target) => element("dd").child(link(target)),
            });
        }
        list = list.child(item);
    }
    list
}
