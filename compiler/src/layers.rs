//! Draws the layers: HTML from the typed notice, by the templates in `templates/`. They escape whatever is put into them,
//! so words of an owner never become elements (requirement B-02). This is the only place where HTML is made.

use askama::Template;

use crate::languages::Texts;
use crate::notice::{Notice, Part};

#[derive(Template)]
#[template(path = "first_layer.html")]
struct FirstLayer<'a> {
    notice: &'a Notice,
    texts: &'a Texts,
}

#[derive(Template)]
#[template(path = "settings.html")]
struct Settings<'a> {
    notice: &'a Notice,
    texts: &'a Texts,
}

#[derive(Template)]
#[template(path = "placeholder.html")]
struct Placeholder<'a> {
    notice: &'a Notice,
    texts: &'a Texts,
}

#[cfg(feature = "program")]
#[derive(Template)]
#[template(path = "declaration.html")]
struct Declaration<'a> {
    notice: &'a Notice,
    texts: &'a Texts,
}

/// The root with the first layer, the control that stays and the status line.
pub fn first_layer(notice: &Notice) -> Result<String, askama::Error> {
    let texts = &notice.texts;
    FirstLayer { notice, texts }.render().map(|html| compact(&html))
}

/// The settings.
pub fn settings(notice: &Notice) -> Result<String, askama::Error> {
    let texts = &notice.texts;
    Settings { notice, texts }.render().map(|html| compact(&html))
}

/// What stands in the place of an embed.
pub fn placeholder(notice: &Notice) -> Result<String, askama::Error> {
    let texts = &notice.texts;
    Placeholder { notice, texts }.render().map(|html| compact(&html))
}

/// What the owner's policy page says of all that is stored, line by line: an owner reads it before they paste it.
#[cfg(feature = "program")]
pub fn declaration(notice: &Notice) -> Result<String, askama::Error> {
    let texts = &notice.texts;
    let html = Declaration { notice, texts }.render()?;
    let lines = html.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.flat_map(|line| [line, "\n"]).collect())
}

/// Without the line ends of the templates, which stand between elements. A notice has none in its words.
fn compact(html: &str) -> String {
    html.lines().map(str::trim).collect()
}
