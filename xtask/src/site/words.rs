//! What mdBook says itself, in the language of the book: it has English words only, and a page that says it is Russian must
//! not have a button in English.

use super::folder;
use anyhow::{Result, bail};
use std::path::Path;

/// In English as they stand in a page of mdBook's, in Russian, in Kazakh. Names of themes stay as they are.
const WORDS: [(&str, &str, &str); 12] = [
    ("\"Table of contents\"", "\"Содержание\"", "\"Мазмұны\""),
    (
        "\"Toggle Table of Contents\"",
        "\"Показать или скрыть содержание\"",
        "\"Мазмұнын көрсету немесе жасыру\"",
    ),
    ("\"Change theme\"", "\"Сменить тему\"", "\"Тақырыпты ауыстыру\""),
    ("\"Themes\"", "\"Темы\"", "\"Тақырыптар\""),
    (">Auto<", ">Как в системе<", ">Жүйедегідей<"),
    (">Light<", ">Светлая<", ">Ашық<"),
    ("\"Page navigation\"", "\"Соседние страницы\"", "\"Көрші беттер\""),
    ("\"Next chapter\"", "\"Следующая страница\"", "\"Келесі бет\""),
    (">Keyboard shortcuts<", ">Клавиши<", ">Пернелер<"),
    (
        " to navigate between chapters<",
        " — соседние страницы<",
        " — көрші беттер<",
    ),
    (" to show this help<", " — эта подсказка<", " — осы анықтама<"),
    (" to hide this help<", " — скрыть её<", " — оны жасыру<"),
];

/// Words that are not on a book's first page.
const LATER: [(&str, &str, &str); 2] = [
    ("\"Previous chapter\"", "\"Предыдущая страница\"", "\"Алдыңғы бет\""),
    ("<p>Press <kbd>", "<p><kbd>", "<p><kbd>"),
];

/// Puts them into every page of a book. A word that is no longer there has got another name, which somebody must look at.
pub(super) fn translate(language: &str, made: &Path) -> Result<()> {
    let in_language = match language {
        "ru" => |(_, russian, _): &(&'static str, &'static str, &'static str)| *russian,
        "kk" => |(_, _, kazakh): &(&'static str, &'static str, &'static str)| *kazakh,
        _ => return Ok(()),
    };
    let first = folder::read(&made.join("index.html"))?;
    if let Some((missing, ..)) = WORDS.iter().find(|(english, ..)| !first.contains(english)) {
        bail!("mdBook no longer says {missing}: bring xtask/src/site/words.rs up to it");
    }
    for file in folder::files(made)?.iter().filter(|file| folder::is_kind(file, "html")) {
        let mut page = folder::read(&made.join(file))?;
        for word in WORDS.iter().chain(&LATER) {
            page = page.replace(word.0, in_language(word));
        }
        folder::write(&made.join(file), page.as_bytes())?;
    }
    Ok(())
}
