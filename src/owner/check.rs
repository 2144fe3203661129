//! `kelisim check`: every problem of a configuration with its line, its column and its mend.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::locate::{Located, Place};
use super::{included, syntax};
use crate::core::config::{self, Config, Known, Problem};
use crate::core::value::{Members, Value, Words, keep};

/// The sentences of every problem, by its code. The page fetches the same file when something is wrong.
const MESSAGES: &str = include_str!("../core/config/messages.json");

/// A problem as the owner reads it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Line in the file, from 1.
    pub line: usize,
    /// Column in the line, from 1, in characters.
    pub column: usize,
    /// Where in the configuration: `services[1].country`.
    pub path: String,
    /// What, as a name that does not change.
    pub code: &'static str,
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
    let texts = included::texts()?;
    let (mut vendors, mut manifests) = (String::new(), Members::default());
    for (id, manifest) in included::manifests()? {
        vendors.push_str(&id);
        vendors.push('|');
        manifests = manifests.value(keep(id).text(), &manifest);
    }
    let known = Known {
        texts: &texts,
        manifests: manifests.done(),
        vendors: &vendors,
    };
    Ok(config::check(document, known))
}

/// Everything wrong in the text of a configuration, in the order of the file.
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
                line,
                column,
                path: String::new(),
                code: "notJson",
                problem,
                mend,
            }]);
        }
    };
    let document = document.keep();
    let found = configuration(document)?.err().unwrap_or_default();
    let problems: Vec<Problem> = found.iter().copied().chain(shared_scope(document, found)).collect();
    let messages = messages()?;
    let located = Located::new(text);
    let mut findings = problems
        .iter()
        .map(|problem| finding(problem, &located, &messages))
        .collect::<Result<Vec<_>>>()?;
    findings.sort_by_key(|finding| (finding.line, finding.column));
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

fn finding(problem: &Problem, located: &Located, messages: &BTreeMap<String, Message>) -> Result<Finding> {
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
    let Place { line, column } = located.find(&problem.path);
    Ok(Finding {
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
