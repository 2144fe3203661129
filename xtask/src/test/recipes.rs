//! The recipes of `docs/recipes/`, each tried on the real thing, and what came of it filed beside them with its date.

use crate::{process, project, setup};
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// Where the outcome is filed.
const FILED: &str = "docs/recipes/tried.md";

/// The pictures that trials take, and where the documents have them.
const PICTURES: (&str, &str) = ("target/recipes/pictures", "docs/recipes");

/// The tests of the package `recipes`.
pub(super) fn tests() -> Command {
    let mut command = super::cargo(&["test", "--workspace", "--test", "recipes"]);
    command.env("KELISIM_DIST", project::dist());
    command.env("KELISIM_PACKAGES", project::path("packages"));
    command.env("GECKODRIVER", setup::geckodriver());
    command
}

/// What trials have said of themselves.
#[derive(Default)]
pub(super) struct Tried {
    on: BTreeSet<String>,
    outcomes: Vec<(String, String)>,
}

impl Tried {
    /// Reads `tried on: PHP 8.2`, and `test chromium::html::by_the_start_page ... ok`; other lines say nothing.
    pub(super) fn read(&mut self, line: &str) {
        if let Some(what) = line.trim().strip_prefix("tried on: ") {
            self.on.insert(what.to_owned());
        }
        let outcome = line.strip_prefix("test ").and_then(|line| line.split_once(" ... "));
        if let Some((name, outcome)) = outcome {
            let name = name.trim().trim_start_matches("chromium::");
            self.outcomes.push((name.to_owned(), plain(outcome)));
        }
    }

    /// Files it, with the pictures.
    pub(super) fn file(&mut self) -> Result<()> {
        self.on.insert(version("chromium", &["--version"])?);
        self.on.insert(format!("Node {}", version("node", &["--version"])?));
        let path = project::path(FILED);
        std::fs::write(&path, self.text(&version("date", &["-u", "+%F"])?))
            .with_context(|| format!("could not write {FILED}"))?;
        println!("filed  {FILED}");
        copy_pictures(&project::path(PICTURES.0), &project::path(PICTURES.1))
    }

    fn text(&mut self, date: &str) -> String {
        self.outcomes.sort();
        let on: Vec<&str> = self.on.iter().map(String::as_str).collect();
        let mut text = format!(
            "# Tried\n\nThe trials of `cargo xtask test --only recipes`, on {date}, with {}.\n\n| trial | outcome |\n|---|---|\n",
            on.join(", ")
        );
        for (name, outcome) in &self.outcomes {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "| `{name}` | {outcome} |");
        }
        text
    }
}

/// An outcome without the colours of a terminal.
fn plain(outcome: &str) -> String {
    let word = if outcome.contains("ok") { "passed" } else { "failed" };
    word.to_owned()
}

/// The first line that a program prints of itself.
fn version(program: &str, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new(program);
    let text = process::read(
        command.args(arguments),
        &format!("ask {program} what it is"),
        "Is it installed?",
    )?;
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}

fn copy_pictures(from: &Path, to: &Path) -> Result<()> {
    let entries = std::fs::read_dir(from).with_context(|| format!("no pictures in {}", from.display()))?;
    for entry in entries {
        let picture = entry.context("a picture cannot be read")?;
        std::fs::copy(picture.path(), to.join(picture.file_name())).context("a picture could not be copied")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Tried;

    #[test]
    fn what_was_tried_is_filed_with_its_date() {
        let mut tried = Tried::default();
        for line in [
            "running 2 tests",
            "tried on: PHP 8.2",
            "test chromium::wordpress::site_json_is_pasted ... FAILED",
            "tried on: PHP 8.2",
            "test chromium::html::by_the_start_page         ... \u{1b}[32mok\u{1b}[0m",
        ] {
            tried.read(line);
        }
        assert_eq!(
            tried.text("2026-12-01"),
            "# Tried\n\nThe trials of `cargo xtask test --only recipes`, on 2026-12-01, with PHP 8.2.\n\n| trial | outcome |\n\
             |---|---|\n| `html::by_the_start_page` | passed |\n| `wordpress::site_json_is_pasted` | failed |\n"
        );
    }
}
