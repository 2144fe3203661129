//! `kelisim check`: every problem of a configuration with its line, its column and its mend.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::locate::{Located, Place};
use super::schema::meanings::Meanings;
use super::{advice, included, syntax};
use crate::core::config::{self, Config, Known, Problem};
use crate::core::value::{Members, Value, Words, keep};

/// The sentences of every problem, by its code. The page fetches the same file when something is wrong.
const MESSAGES: &str = include_str!("../core/config/messages.json");

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// The configuration does not satisfy its law, or its words press the visitor.
    Error,
    /// It works, and could be better.
    Advice,
}

/// A problem or an advice as the owner reads it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// How much it weighs.
    pub level: Level,
    /// Where in the configuration: `services[1].country`.
    pub path: String,
    /// What, as a name that does not change.
    pub code: &'static str,
    /// Line in the file, from 1.
    pub line: usize,
    /// Column in the line, from 1, in characters.
    pub column: usize,
    /// What it is.
    pub problem: String,
    /// How to mend it.
    pub mend: String,
}

/// The sentences of one problem.
#[derive(Debug, Deserialize)]
pub struct Message {
    /// What it is.
    pub problem: String,
    /// How to mend it.
    pub mend: String,
    /// What to add when there is a hint, with `{hint}` in its place.
    #[serde(default)]
    pub hint: String,
    /// The mend at one place of the configuration (`services[].country`), where it is another than the general one.
    #[serde(default)]
    pub at: BTreeMap<String, String>,
}

/// The sentences of every problem, by its code.
///
/// # Errors
///
/// When `messages.json` is damaged, which the tests do not let happen.
pub fn messages() -> Result<BTreeMap<String, Message>> {
    serde_json::from_str(MESSAGES).context("messages.json")
}

/// A configuration made of a document, as the page would make it, with all that Kelisim brings along.
///
/// # Errors
///
/// The outer error means that this build of Kelisim is damaged; the inner ones are the problems of the configuration.
pub fn configuration(document: &'static Value) -> Result<Result<Config, &'static [Problem]>> {
    configured(document, manifests()?)
}

/// The manifest of every vendor, by its id.
fn manifests() -> Result<&'static Value> {
    let mut manifests = Members::default();
    for (id, manifest) in included::manifests()? {
        manifests = manifests.value(keep(id).text(), &manifest);
    }
    Ok(manifests.done())
}

fn configured(document: &'static Value, manifests: &'static Value) -> Result<Result<Config, &'static [Problem]>> {
    let texts = included::texts()?;
    let vendors: String = manifests.entries().iter().flat_map(|(id, _)| [*id, "|"]).collect();
    let known = Known {
        texts: &texts,
        manifests,
        vendors: &vendors,
    };
    Ok(config::check(document, known))
}

/// Everything wrong in the text of a configuration, in the order of the file; then, where nothing of its shape is wrong,
/// what is advised.
///
/// # Errors
///
/// When this build of Kelisim is damaged.
pub fn check(text: &str) -> Result<Vec<Finding>> {
    // A byte-order mark is dropped by the browser as well.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = match serde_json::from_str::<serde_json::Value>(text) {
        Ok(document) => Value::from(document),
        Err(error) => {
            let fault = syntax::fault(text, &error);
            let Place { line, column } = fault.place;
            let (problem, mend) = (fault.problem.to_owned(), fault.mend.to_owned());
            return Ok(vec![Finding {
                level: Level::Error,
                line,
                column,
                path: String::new(),
                code: "notJson",
                problem,
                mend,
            }]);
        }
    };
    let (document, manifests) = (document.keep(), manifests()?);
    let (shape, advised) = match configured(document, manifests)? {
        Ok(config) => (&[][..], advice::advice(document, &config, manifests)),
        Err(problems) => (problems, Vec::new()),
    };
    let scope = shared_scope(document, shape);
    let errors = shape.iter().chain(config::wording(document)).chain(&scope);
    let (messages, located) = (messages()?, Located::new(text));
    let mut findings = errors
        .map(|problem| (Level::Error, problem))
        .chain(advised.iter().map(|problem| (Level::Advice, problem)))
        .map(|(level, problem)| finding(level, problem, located.find(&problem.path), &messages))
        .collect::<Result<Vec<_>>>()?;
    for (path, place) in located.keys_twice() {
        findings.push(finding(Level::Error, &key_twice(path), place, &messages)?);
    }
    explain_parameters(document, &messages, &mut findings)?;
    explain_categories(document, manifests, &mut findings);
    findings.sort_by_key(|finding| (finding.level, finding.line, finding.column));
    Ok(findings)
}

/// A scope under which strangers register their domains, of the whole list of public suffixes. The page knows the few
/// that lie near, and hears of the others from the browser, which takes no cookie for them.
fn shared_scope(document: &Value, found: &[Problem]) -> Option<Problem> {
    let scope = document.text("scope");
    let is_shared = !scope.are_none() && psl::suffix_str(&scope).is_some_and(|suffix| suffix == scope.text());
    let is_named = found.iter().any(|problem| problem.path.are("scope"));
    (is_shared && !is_named).then_some(Problem {
        path: Words::at(&"scope"),
        code: Words::at(&"invalidScope"),
        hint: Words::NONE,
    })
}

/// Adds to the mend of a vendor's parameter what it is and where it stands, unless the mend is for this key alone.
fn explain_parameters(
    document: &'static Value,
    messages: &BTreeMap<String, Message>,
    findings: &mut [Finding],
) -> Result<()> {
    let meanings = Meanings::read()?;
    let is_general = |finding: &&mut Finding| {
        let of_its_value = ["missing", "wrongType", "invalidParameter"].contains(&finding.code);
        let message = messages.get(finding.code).filter(|_| of_its_value);
        message.is_some_and(|message| !message.at.contains_key(&without_indices(&finding.path)))
    };
    for finding in findings.iter_mut().filter(is_general) {
        let parameter = parameter(document, &finding.path);
        if let Some(sentence) = parameter.and_then(|parameter| meanings.sentence(&parameter)) {
            finding.mend = format!("{} {sentence}", finding.mend);
        }
    }
    Ok(())
}

/// Says which category a vendor belongs to where the owner named none, so none that could be misspelt.
fn explain_categories(document: &'static Value, manifests: &'static Value, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.code == "unknownCategory") {
        let Some((service, "category")) = member_of_service(document, &finding.path) else {
            continue;
        };
        if !service.get("category").is_null() {
            continue;
        }
        let vendor = service.text("use");
        let category = manifests.get(&vendor).text("category");
        finding.mend = format!(
            "`{vendor}` belongs to `{category}`: add `{{\"id\": \"{category}\"}}` to `categories`, or write another `category` here."
        );
    }
}

/// The vendor and the parameter of a path that may be one's: `hotjar.site` for `services[1].site`.
fn parameter(document: &'static Value, path: &str) -> Option<String> {
    let (service, key) = member_of_service(document, path)?;
    Some(format!("{}.{key}", service.text("use")))
}

/// The service and the rest of a path that leads into one: for `services[1].site` the second service, and `site`.
fn member_of_service<'p>(document: &'static Value, path: &'p str) -> Option<(&'static Value, &'p str)> {
    let (index, key) = path.strip_prefix("services[")?.split_once("].")?;
    Some((document.list("services").get(index.parse::<usize>().ok()?)?, key))
}

/// A key whose object has it already: whoever reads JSON drops the first one without a word.
fn key_twice(path: String) -> Problem {
    Problem {
        path: keep(path),
        code: Words::at(&"keyTwice"),
        hint: Words::NONE,
    }
}

fn finding(level: Level, problem: &Problem, place: Place, messages: &BTreeMap<String, Message>) -> Result<Finding> {
    let message = messages
        .get(problem.code.text())
        .with_context(|| format!("messages.json has no {}", problem.code))?;
    let mut mend = message
        .at
        .get(&without_indices(&problem.path))
        .unwrap_or(&message.mend)
        .clone();
    if !problem.hint.is_empty() && !message.hint.is_empty() {
        mend.push(' ');
        mend.push_str(&message.hint.replace("{hint}", &problem.hint));
    }
    let Place { line, column } = place;
    Ok(Finding {
        level,
        line,
        column,
        path: problem.path.text().to_owned(),
        code: problem.code.text(),
        problem: message.problem.clone(),
        mend,
    })
}

/// A path for every item of its lists: `services[].country`.
fn without_indices(path: &str) -> String {
    let mut digits = false;
    path.chars()
        .filter(|character| {
            digits = *character == '[' || digits && character.is_ascii_digit();
            !digits || *character == '['
        })
        .collect()
}
