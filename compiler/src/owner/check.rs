//! `kelisim check`: every problem of a configuration with its line, its column and its mend.
//!
//! It must not decide what a problem is: `config` does, and the advice is of `advice.rs`. Here they get their places.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::advice::advice;
use super::locate::{Located, Place};
use super::syntax;
use crate::catalogue::Catalogue;
use crate::config::problem::{Code, Level, Path, Problem};
use crate::config::{Config, messages};
use crate::languages::Languages;

/// A problem or an advice as the owner reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it weighs.
    pub level: Level,
    /// Where in the configuration: `services[1].country`.
    pub path: Path,
    /// What, as a name that does not change.
    pub code: Code,
    /// Line in the file, from 1.
    pub line: usize,
    /// Column in the line, from 1, in characters.
    pub column: usize,
    /// What it is.
    pub problem: String,
    /// How to mend it.
    pub mend: String,
}

/// The text of a configuration as it is read: a byte-order mark is dropped, as browsers drop it.
pub fn without_byte_order_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Everything wrong in the text of a configuration, in the order of the file; then, where it would work in a page, what
/// is advised.
pub fn check(text: &str, catalogue: &Catalogue, languages: &Languages) -> Vec<Finding> {
    let text = without_byte_order_mark(text);
    let document = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => return vec![not_json(text, &error)],
    };
    let located = Located::new(text);
    let twice = located.keys_twice().into_iter().map(|(path, place)| {
        let problem = messages::problem(path, Code::KeyTwice.into(), languages);
        finding(problem, place)
    });
    let problems = problems(&document, catalogue, languages).into_iter();
    let mut findings: Vec<Finding> = problems
        .map(|problem| {
            let place = located.find(problem.path.as_str());
            finding(problem, place)
        })
        .chain(twice)
        .collect();
    findings.sort_by_key(|finding| (finding.level, finding.line, finding.column));
    findings
}

/// Prints the findings of one file for people, errors first; the first line of each is one that editors can follow. `file`
/// is how the reader calls it.
///
/// # Errors
///
/// When nobody takes what is printed.
pub fn print(output: &mut impl Write, file: &str, findings: &[Finding]) -> io::Result<()> {
    let mut level = Level::Error;
    if findings.iter().all(|finding| finding.level == Level::Advice) {
        writeln!(output, "{file}: nothing wrong")?;
    }
    for finding in findings {
        if finding.level != level {
            level = finding.level;
            writeln!(output, "Advice:")?;
        }
        let Finding {
            path,
            code,
            line,
            column,
            ..
        } = finding;
        let separator = if path.as_str().is_empty() { "" } else { ": " };
        writeln!(output, "{file}:{line}:{column}: {path}{separator}{code}")?;
        writeln!(output, "    {}", finding.problem)?;
        writeln!(output, "    {}", finding.mend)?;
    }
    Ok(())
}

/// Every problem, and after them every advice.
fn problems(document: &Value, catalogue: &Catalogue, languages: &Languages) -> Vec<Problem> {
    let (config, mut problems) = Config::read_in_page(document, catalogue, languages);
    if let Some(config) = config {
        problems.extend(advice(document, &config, catalogue, languages));
    }
    problems
}

fn finding(problem: Problem, place: Place) -> Finding {
    Finding {
        level: problem.code.level(),
        path: problem.path,
        code: problem.code,
        line: place.line,
        column: place.column,
        problem: problem.problem,
        mend: problem.mend,
    }
}

/// The first fault of a text that is no JSON, which says more of it than its code does.
fn not_json(text: &str, error: &serde_json::Error) -> Finding {
    let fault = syntax::fault(text, error);
    Finding {
        level: Level::Error,
        path: Path::default(),
        code: Code::NotJson,
        line: fault.place.line,
        column: fault.place.column,
        problem: fault.problem.to_owned(),
        mend: fault.mend.to_owned(),
    }
}
