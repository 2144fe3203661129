//! The second layer: a dialog with the whole notice and a switch for every purpose and every service.
//!
//! It is drawn from the view alone: a switch is on only where the view says so, and nothing is decided until one of the
//! buttons at its end is pressed. Where nothing is optional it is the notice and has no such buttons.

use super::markup::{Markup, block, element, words};
use super::parts::{action, choices, facts, languages};
use crate::core::view::{CategoryChoice, Necessary, ServiceChoice, Settings};

/// Start of the id of the words that name a switch; its own id follows.
const NAME: &str = "kelisim-name-";
/// Start of the id of the words that describe a switch; its own id follows.
const ABOUT: &str = "kelisim-about-";
/// Id of the heading, which names the dialog.
const TITLE: &str = "kelisim-title";

/// Draws the settings. The caller opens them with `showModal`; the heading then has the focus.
pub fn settings(settings: &Settings) -> Markup {
    let dialog = block("dialog", "kelisim-settings")
        .with("data-kelisim", "settings")
        .with("aria-labelledby", TITLE)
        .child(header(settings))
        .child(body(settings));
    if settings.reject.is_none() && settings.save.is_none() && settings.accept.is_none() {
        return dialog;
    }
    dialog.child(choices(
        "footer",
        &[
            ("reject", settings.reject.as_deref()),
            ("accept", settings.accept.as_deref()),
            ("save", settings.save.as_deref()),
            ("withdraw", settings.withdraw.as_deref()),
        ],
    ))
}

fn header(settings: &Settings) -> Markup {
    element("header")
        .child(
            // A static heading takes the focus, so that the notice is read from its beginning (APG, dialog).
            words("h2", &settings.title)
                .with("id", TITLE)
                .with("tabindex", "-1")
                .with("autofocus", ""),
        )
        .child(action("kelisim-close", "close").with("aria-label", &settings.close))
}

fn body(settings: &Settings) -> Markup {
    let mut body = block("div", "kelisim-body").child(words("p", &settings.lead));
    if settings.languages.len() > 1 {
        body = body.child(
            languages(&settings.languages)
                .with("role", "group")
                .with("aria-label", &settings.languages_label),
        );
    }
    body = body.child(necessary(&settings.necessary));
    for choice in &settings.categories {
        body = body.child(category(choice));
    }
    body.child(words("h3", &settings.facts_title))
        .child(facts(&settings.facts))
}

/// What always runs: explained, and without a switch (requirement C-06).
fn necessary(necessary: &Necessary) -> Markup {
    block("div", "kelisim-category")
        .with("data-kelisim-item", "necessary")
        .child(
            block("div", "kelisim-switch")
                .child(words("span", &necessary.name))
                .child(words("em", &necessary.state)),
        )
        .child(words("p", &necessary.purpose))
}

fn category(choice: &CategoryChoice) -> Markup {
    let mut category = switch(
        "data-kelisim-category",
        &choice.id,
        &choice.name,
        &choice.purpose,
        choice.on,
    )
    .with("class", "kelisim-category");
    for choice in &choice.services {
        category = category.child(service(choice));
    }
    category
}

fn service(choice: &ServiceChoice) -> Markup {
    switch(
        "data-kelisim-service",
        &choice.id,
        &choice.name,
        &choice.summary,
        choice.on,
    )
    .with("class", "kelisim-service")
    .child(details(choice))
}

/// A group with a switch, whose label does not change with its state, and what it stands for (requirement A-16).
fn switch(attribute: &'static str, id: &str, name: &str, about: &str, on: bool) -> Markup {
    let mut input = element("input")
        .with("type", "checkbox")
        .with("role", "switch")
        .with(attribute, id)
        .with_joined("aria-describedby", ABOUT, id);
    if on {
        input = input.with("checked", "");
    }
    element("div")
        .with("role", "group")
        .with_joined("aria-labelledby", NAME, id)
        .child(
            block("label", "kelisim-switch")
                .child(words("span", name).with_joined("id", NAME, id))
                .child(input),
        )
        .child(words("p", about).with_joined("id", ABOUT, id))
}

fn details(choice: &ServiceChoice) -> Markup {
    let mut details = element("details")
        .child(words("summary", &choice.details).with_joined("aria-describedby", NAME, &choice.id))
        .child(facts(&choice.facts));
    if !choice.storage.is_empty() {
        details = details.child(storage(choice));
    }
    details
}

/// What the service keeps on the visitor's device, one name a row (Planet49; requirement I-09).
fn storage(choice: &ServiceChoice) -> Markup {
    let mut headings = element("tr");
    for heading in &choice.storage_columns {
        headings = headings.child(words("th", heading).with("scope", "col"));
    }
    let mut rows = element("tbody");
    for [name, place, purpose, lifetime] in &choice.storage {
        rows = rows.child(
            element("tr")
                .child(words("td", name).with("dir", "ltr").with("translate", "no"))
                .child(words("td", place))
                .child(words("td", purpose))
                .child(words("td", lifetime)),
        );
    }
    element("table")
        .child(words("caption", &choice.storage_title))
        .child(element("thead").child(headings))
        .child(rows)
}
