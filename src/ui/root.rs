//! The one element that everything of Kelisim's stands in, and the order in which it stands there.

use super::first_layer::first_layer;
use super::markup::{Markup, element};
use super::reopen::reopen;
use super::settings::settings;
use super::status::status;
use crate::core::config::{Appearance, Layout, Position, Reopen, Theme};
use crate::core::view::View;

/// Draws the root, empty: whose language, which direction, which look.
pub fn root(language: &str, direction: &str, appearance: &Appearance) -> Markup {
    element("div")
        .with("id", "kelisim-root")
        .with("lang", language)
        .with("dir", direction)
        .with("data-nosnippet", "")
        .with("data-layout", layout(appearance.layout))
        .with("data-position", position(appearance.position))
        .with("data-theme", theme(appearance.theme))
        .with("data-reopen", way_back(appearance.reopen))
}

/// Draws everything that a view shows, in the order that the style sheet counts on: the first layer before the control
/// that stays (which hides while there is a first layer), then the status line, then the settings.
pub fn page(view: &View, appearance: &Appearance) -> Markup {
    let mut page = root(&view.language, &view.direction, appearance);
    if let Some(layer) = &view.first_layer {
        page = page.child(first_layer(layer));
    }
    page = page.child(reopen(&view.reopen)).child(status(&view.status));
    if let Some(layer) = &view.settings {
        page = page.child(settings(layer));
    }
    page
}

fn layout(layout: Layout) -> &'static str {
    match layout {
        Layout::Bar => "bar",
        Layout::Box => "box",
    }
}

fn position(position: Position) -> &'static str {
    match position {
        Position::Bottom => "bottom",
        Position::Top => "top",
        Position::BottomStart => "bottom-start",
        Position::BottomEnd => "bottom-end",
    }
}

fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

fn way_back(reopen: Reopen) -> &'static str {
    match reopen {
        Reopen::Button => "button",
        Reopen::Link => "link",
    }
}
