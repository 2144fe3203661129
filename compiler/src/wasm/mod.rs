//! The compiler in a page and in Node: what `kelisim-compiler.js` exports.
//!
//! A configuration comes in as whatever the page has at hand (`document.rs` reads it); problems, a compiled site, a text or
//! a schema go out as plain values. It must not decide anything that the native compiler decides otherwise, and must
//! not know the page: no document, no network, no storage.

#[cfg(feature = "program")]
pub mod configurator;
mod document;
#[cfg(feature = "program")]
pub mod program;

use std::sync::LazyLock;

use js_sys::{Error, Reflect};
use kelisim_site::{Settings, Site};
use serde::Serialize;
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::bundle::Whole;
use crate::catalogue::Catalogue;
use crate::compile::{self, Compiled};
use crate::config::Config;
use crate::config::messages::{Explained, Messages, messages};
use crate::config::problem::{Level, Problem};
use crate::config::words::ENGLISH;
use crate::languages::Languages;
use crate::owner::advice::advice;
use crate::owner::{audit, inspection};
use crate::schema;

/// The vendors and languages of the house, which are read once; or the sentence that says why they cannot be.
static HOUSE: LazyLock<Result<(Catalogue, Languages), String>> = LazyLock::new(|| {
    let catalogue = Catalogue::house().map_err(|error| error.to_string())?;
    let languages = Languages::house().map_err(|error| error.to_string())?;
    Ok((catalogue, languages))
});

/// A problem with what a page has to know of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reported {
    #[serde(flatten)]
    problem: Explained,
    level: Level,
    /// Whether a page gathers no consent with such a configuration.
    closes_page: bool,
}

impl From<Explained> for Reported {
    fn from(problem: Explained) -> Reported {
        let level = problem.code.level();
        Reported {
            level,
            closes_page: level == Level::Error && !problem.code.is_for_the_build_alone(),
            problem,
        }
    }
}

/// What [`compile()`] gives.
#[derive(Serialize)]
struct Output {
    site: Site,
    settings: Vec<Settings>,
}

/// What [`develop`] gives.
#[derive(Serialize)]
struct Developed<'a> {
    problems: Vec<Reported>,
    compiled: Option<Whole<'a>>,
}

/// Everything that is wrong in a configuration, and all advice about it: a list, which is empty where there is nothing.
/// It is said in `language`, or in English where the check has no such language or none is named; what is no string names
/// none, as the index that `configurations.map(check)` hands in.
///
/// # Errors
///
/// When the languages or vendors of this very build cannot be read.
#[wasm_bindgen]
pub fn check(value: &JsValue, language: &JsValue) -> Result<JsValue, JsValue> {
    let (catalogue, languages) = house()?;
    let (document, config, mut problems) = read(value, catalogue, languages);
    if let Some(config) = config {
        problems.extend(advice(&document, &config, catalogue));
    }
    let messages = messages(&language.as_string().unwrap_or_default());
    out(&reported(&problems, languages, messages))
}

/// The compiled site of a configuration, and its settings in each language.
///
/// # Errors
///
/// An `Error` with `problems`, as [`check`] gives them, when one of them closes the page.
#[wasm_bindgen]
pub fn compile(value: &JsValue) -> Result<JsValue, JsValue> {
    let (catalogue, languages) = house()?;
    let config = configuration(value)?;
    let compiled = compile::compile(&config, catalogue, languages).map_err(|error| thrown(&error.to_string()))?;
    let Compiled { site, settings } = compiled;
    out(&Output { site, settings })
}

/// What a page that compiles its own configuration runs with, and every problem of it, with all advice: `{problems,
/// compiled}`. There is nothing compiled where a problem closes the page.
///
/// # Errors
///
/// When the languages or vendors of this very build cannot be read, or a template cannot be drawn.
#[wasm_bindgen]
pub fn develop(value: &JsValue) -> Result<JsValue, JsValue> {
    let (catalogue, languages) = house()?;
    let (document, config, mut problems) = read(value, catalogue, languages);
    if let Some(config) = &config {
        problems.extend(advice(&document, config, catalogue));
    }
    let compiled = config
        .map(|config| compile::compile(&config, catalogue, languages))
        .transpose();
    let compiled = compiled.map_err(|error| thrown(&error.to_string()))?;
    out(&Developed {
        problems: reported(&problems, languages, messages(ENGLISH)),
        compiled: compiled.as_ref().map(Whole::of),
    })
}

/// What a page does besides what its configuration says: `[{code, about, sentence}]`. `page` is what was seen there, a
/// [`Page`](audit::Page).
///
/// # Errors
///
/// As [`compile()`], and when `page` is nothing of that kind.
#[wasm_bindgen(js_name = audit)]
pub fn audited(value: &JsValue, page: JsValue) -> Result<JsValue, JsValue> {
    let (catalogue, languages) = house()?;
    let page: audit::Page = serde_wasm_bindgen::from_value(page)?;
    let (_, config, problems) = read(value, catalogue, languages);
    match config {
        Some(config) => out(&audit::audit(&config, &problems, catalogue, &page)),
        None => Err(with_problems(&problems, languages)?),
    }
}

/// What the panel of an audit shows: an [`Inspection`](inspection::Inspection), in which the findings are those of [`audited`].
/// `seen` is what was seen there, a [`Seen`](inspection::Seen).
///
/// # Errors
///
/// As [`compile()`], and when `seen` is nothing of that kind.
#[wasm_bindgen]
pub fn inspect(value: &JsValue, seen: JsValue) -> Result<JsValue, JsValue> {
    let (catalogue, languages) = house()?;
    let seen: inspection::Seen = serde_wasm_bindgen::from_value(seen)?;
    let (_, config, problems) = read(value, catalogue, languages);
    match config {
        Some(config) => out(&inspection::inspect(&config, &problems, catalogue, &seen)),
        None => Err(with_problems(&problems, languages)?),
    }
}

/// The notice of a configuration in one of its languages as text: the bytes whose hash a record has.
///
/// # Errors
///
/// As [`compile()`], and when the configuration does not offer the language.
#[wasm_bindgen]
pub fn notice(value: &JsValue, language: &str) -> Result<String, JsValue> {
    let (catalogue, languages) = house()?;
    let config = configuration(value)?;
    compile::notice(&config, catalogue, languages, language)
        .map_err(|error| thrown(&error.to_string()))?
        .ok_or_else(|| thrown(&format!("This configuration does not offer the language `{language}`.")))
}

/// The JSON Schema of a configuration: `kelisim.schema.json`.
///
/// # Errors
///
/// As [`check`].
#[wasm_bindgen]
pub fn schema() -> Result<JsValue, JsValue> {
    let (catalogue, languages) = house()?;
    out(&schema::schema(catalogue, languages))
}

fn house() -> Result<&'static (Catalogue, Languages), JsValue> {
    HOUSE.as_ref().map_err(|sentence| thrown(sentence))
}

/// The configuration, unless something is wrong that closes a page.
fn configuration(value: &JsValue) -> Result<Config, JsValue> {
    let (catalogue, languages) = house()?;
    let (_, config, problems) = read(value, catalogue, languages);
    match config {
        Some(config) => Ok(config),
        None => Err(with_problems(&problems, languages)?),
    }
}

/// The document that a page handed in, with what became of it: a configuration, unless something is wrong that closes a page.
fn read(value: &JsValue, catalogue: &Catalogue, languages: &Languages) -> (Value, Option<Config>, Vec<Problem>) {
    match document::read(value) {
        Ok(document) => {
            let (config, problems) = Config::read_in_page(&document, catalogue, languages);
            (document, config, problems)
        }
        Err(problem) => (Value::Null, None, vec![problem]),
    }
}

fn reported(problems: &[Problem], languages: &Languages, messages: &Messages) -> Vec<Reported> {
    let explained = problems.iter().map(|problem| messages.explain(problem, languages));
    explained.map(Reported::from).collect()
}

/// As `JSON.parse` would give it: objects, not maps, and `null` where there is nothing.
fn out(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// An `Error` that says how many problems there are, and has them.
fn with_problems(problems: &[Problem], languages: &Languages) -> Result<JsValue, JsValue> {
    let reported = reported(problems, languages, messages(ENGLISH));
    let number = reported.iter().filter(|problem| problem.closes_page).count();
    let error = thrown(&format!(
        "This configuration has problems: {number}. `problems` has them, each with its path and its mend."
    ));
    Reflect::set(&error, &"problems".into(), &out(&reported)?)?;
    Ok(error)
}

fn thrown(sentence: &str) -> JsValue {
    Error::new(sentence).into()
}
