//! Says what a run came to: on the terminal, in `target/bench.json` for programs, and in `target/bench.md`, which is written to
//! be copied into docs/weight-and-speed.md.

use super::readings::{Measure, Readings, median};
use super::rounds::Tables;
use super::subjects::Subject;
use super::table::Table;
use super::targets::{Reached, Target};
use super::{tables, targets};
use crate::{process, project};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::process::Command;

/// When, where, with what and how it was measured.
pub(super) struct Circumstances {
    /// `2026-11-24`, in UTC.
    date: String,
    browser: String,
    /// `0.1.0 (c80042b)`, with a plus where files were changed since that commit.
    kelisim: String,
    machine: String,
    rounds: u32,
    command: String,
}

impl Circumstances {
    /// Those of this run.
    pub(super) fn now(browser: String, rounds: u32) -> Result<Circumstances> {
        let mut date = Command::new("date");
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        Ok(Circumstances {
            date: process::read(
                date.args(["-u", "+%F"]),
                "read the date",
                "Is there a program called date?",
            )?,
            browser,
            kelisim: format!("{} ({})", project::VERSION, commit()?),
            machine: machine(),
            rounds,
            command: format!("cargo xtask {}", arguments.join(" ")),
        })
    }

    /// One sentence for above the tables.
    fn sentence(&self, subjects: &[&Subject]) -> String {
        let mut versions = vec![format!("Kelisim {}", self.kelisim)];
        versions.extend(subjects.iter().filter_map(|subject| subject.version.clone()));
        format!(
            "`{}` of {}: {} in {} on {}, rounds: {}.",
            self.command,
            self.date,
            versions.join(", "),
            self.browser,
            self.machine,
            self.rounds
        )
    }
}

/// Prints the tables and writes the files.
pub(super) fn write(
    readings: &Readings,
    subjects: &[&Subject],
    tables: Tables,
    circumstances: &Circumstances,
) -> Result<()> {
    let targets = targets::all(readings, subjects);
    let mut all = tables::all(readings, subjects, tables);
    all.push(targets::table(&targets));
    let sentence = circumstances.sentence(subjects);
    println!("\n{sentence}\n");
    for table in &all {
        println!("{}", table.text());
    }
    keep("bench.md", &markdown(&sentence, &all))?;
    keep(
        "bench.json",
        &document(readings, subjects, circumstances, &targets).to_string(),
    )
}

fn markdown(sentence: &str, tables: &[Table]) -> String {
    let tables: Vec<String> = tables.iter().map(Table::markdown).collect();
    format!("{sentence}\n\n{}", tables.join("\n"))
}

fn document(readings: &Readings, subjects: &[&Subject], circumstances: &Circumstances, targets: &[Target]) -> Value {
    let versions: Vec<&String> = subjects.iter().filter_map(|subject| subject.version.as_ref()).collect();
    let ratios = tables::ratios_to_each(readings, subjects)
        .into_iter()
        .map(|(other, conditions, measure, ratio)| {
            json!({
                "of": "kelisim",
                "to": other.id,
                "conditions": conditions.name(),
                "measure": name(measure),
                "ratio": ratio.middle,
                "middleHalf": [ratio.half.0, ratio.half.1],
            })
        });
    let readings = readings.all().map(|(subject, conditions, measure, values)| {
        json!({
            "subject": subject,
            "conditions": conditions.name(),
            "measure": name(measure),
            // JSON has no infinity: what did not come to its end has no median.
            "median": median(values),
            "gaveUp": values.iter().any(|value| value.is_infinite()),
            "values": values,
        })
    });
    let targets = targets.iter().map(|target| {
        let (found, half) = (target.found.map(Reached::number), target.found.and_then(Reached::half));
        json!({
            "name": target.name,
            "limit": target.limit,
            "found": found,
            "middleHalf": half.map(|(low, high)| [low, high]),
            "verdict": target.verdict(),
        })
    });
    json!({
        "date": circumstances.date,
        "kelisim": circumstances.kelisim,
        "browser": circumstances.browser,
        "versions": versions,
        "machine": circumstances.machine,
        "rounds": circumstances.rounds,
        "command": circumstances.command,
        "readings": readings.collect::<Vec<Value>>(),
        "ratios": ratios.collect::<Vec<Value>>(),
        "targets": targets.collect::<Vec<Value>>(),
    })
}

/// How `bench.json` calls a measure, with its unit.
fn name(measure: Measure) -> String {
    match measure {
        Measure::Brotli => "brotli bytes".to_owned(),
        Measure::Gzip => "gzip bytes".to_owned(),
        Measure::Requests => "requests".to_owned(),
        Measure::FirstPaint => "first contentful paint ms".to_owned(),
        Measure::Layer => "first layer ms".to_owned(),
        Measure::Script => "script to first layer ms".to_owned(),
        Measure::Task => "tasks to first layer ms".to_owned(),
        Measure::Shift => "layout shift".to_owned(),
        Measure::Memory => "heap and wasm bytes".to_owned(),
        Measure::Accept(scripts) => format!("accept to next frame with {scripts} scripts ms"),
        Measure::Return => "analytics requested on return ms".to_owned(),
        Measure::Grown(growth, aspect) => format!("{}: {} ms", growth.name(), aspect.name()),
    }
}

fn keep(file: &str, content: &str) -> Result<()> {
    let path = project::path("target").join(file);
    std::fs::write(&path, content).with_context(|| format!("could not write {}", path.display()))?;
    println!("bench  wrote target/{file}");
    Ok(())
}

fn commit() -> Result<String> {
    let mut git = Command::new("git");
    git.args(["describe", "--always", "--dirty=+", "--exclude=*"])
        .current_dir(project::root());
    process::read(&mut git, "read the commit", "Measure in a clone of the repository.")
}

/// Cores, and what kind of processor they belong to where the system says it.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let described = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = described
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    model.map_or_else(
        || format!("{cores} cores"),
        |(_, model)| format!("{cores} cores ({model})"),
    )
}
