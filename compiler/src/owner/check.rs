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
use crate::config::Config;
use crate::config::messages::{Explained, Messages};
use crate::config::phrase::Phrase;
use crate::config::problem::{Code, Level, Path, Problem};
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
/// is advised. `messages` are the sentences of the language in which it is said.
pub fn check(text: &str, catalogue: &Catalogue, languages: &Languages, messages: &Messages) -> Vec<Finding> {
    let mut findings: Vec<Finding> = placed(text, catalogue, languages)
        .into_iter()
        .map(|(problem, place)| finding(messages.explain(&problem, languages), place))
        .collect();
    findings.sort_by_key(|finding| (finding.level, finding.line, finding.column));
    findings
}

/// Every problem and every advice, with its place in the text.
fn placed(text: &str, catalogue: &Catalogue, languages: &Languages) -> Vec<(Problem, Place)> {
    let text = without_byte_order_mark(text);
    let document = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => return vec![not_json(text, &error)],
    };
    let located = Located::new(text);
    let twice = located.keys_twice().into_iter();
    let twice = twice.map(|(path, place)| (Problem::new(path, Code::KeyTwice), place));
    let problems = problems(&document, catalogue, languages).into_iter();
    problems
        .map(|problem| {
            let place = located.find(problem.path.as_str());
            (problem, place)
        })
        .chain(twice)
        .collect()
}

/// Prints the findings of one file for people, errors first; the first line of each is one that editors can follow. `file`
/// is how the reader calls it, and `messages` are those with which the findings were made.
///
/// # Errors
///
/// When nobody takes what is printed.
pub fn print(output: &mut impl Write, file: &str, findings: &[Finding], messages: &Messages) -> io::Result<()> {
    let mut level = Level::Error;
    if findings.iter().all(|finding| finding.level == Level::Advice) {
        writeln!(output, "{file}: {}", messages.phrase(Phrase::NothingWrong))?;
    }
    for finding in findings {
        if finding.level != level {
            level = finding.level;
            writeln!(output, "{}", messages.phrase(Phrase::Advice))?;
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
        problems.extend(advice(document, &config, catalogue));
    }
    problems
}

fn finding(problem: Explained, place: Place) -> Finding {
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
fn not_json(text: &str, error: &serde_json::Error) -> (Problem, Place) {
    let fault = syntax::fault(text, error);
    (Problem::unreadable(Path::default(), fault.why, None), fault.place)
}
