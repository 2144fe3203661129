//! `cargo xtask bench`: measures Kelisim side by side with what people would pick instead, and how its cost grows. It only
//! measures and reports: no number makes it fail.
//!
//! - [`subjects`] are read from `bench/subjects/`, the [`pages`] that carry them put together and served ([`server`]);
//! - [`visits`] are made in a [`browser`] under [`conditions`], in the order that [`rounds`] says;
//! - the [`readings`] go into [`tables`], laid out by [`table`], are held against [`targets`], and written down ([`report`]).

mod browser;
mod built;
mod conditions;
mod devtools;
mod growth;
mod pages;
mod readings;
mod report;
mod rounds;
mod server;
mod subjects;
mod table;
mod tables;
mod targets;
mod traces;
mod visits;
mod weights;

use crate::{build, setup};
use anyhow::{Context, Result, bail};
use browser::Browser;
use readings::Readings;
use report::Circumstances;
use rounds::{Tables, Visit};
use server::Server;
use std::path::PathBuf;
use subjects::{Role, Subject};
use traces::Traces;
use visits::Visitor;

/// How to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Measure only this: a table (`comparison`, `growth`) or a subject by its folder under bench/subjects; may be repeated
    #[arg(long)]
    only: Vec<String>,
    /// How many rounds count, after one that does not
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Measure what dist/ holds, without building
    #[arg(long)]
    as_built: bool,
    /// Write what the browser did in each visit into this folder, for its developer tools
    #[arg(long, value_name = "FOLDER")]
    trace: Option<PathBuf>,
}

/// Sets up what it needs, builds, measures and reports.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::for_measuring()?;
    if !options.as_built {
        build::run()?;
    }
    let subjects = Subject::all()?;
    let (picked, tables) = pick(&subjects, &options.only)?;
    let server = Server::start(&subjects)?;
    let mut browser = Browser::start()?;
    // Before measuring, so that it says what was measured, whatever is edited meanwhile.
    let circumstances = Circumstances::now(browser.version()?, options.rounds)?;
    let traces = options.trace.as_deref().map(Traces::into).transpose()?;
    let readings = measure(&mut browser, &server, &picked, tables, options.rounds, traces.as_ref())?;
    drop(browser);
    report::write(&readings, &picked, tables, &circumstances)
}

/// Which subjects and tables `--only` leaves. The page without a banner is what the others' memory is counted from, so a
/// comparison always has it.
fn pick<'bench>(subjects: &'bench [Subject], only: &[String]) -> Result<(Vec<&'bench Subject>, Tables)> {
    let is_table = |name: &String| ["comparison", "growth"].contains(&name.as_str());
    let is_subject = |name: &String| subjects.iter().any(|subject| subject.id == *name);
    if let Some(unknown) = only.iter().find(|name| !is_table(name) && !is_subject(name)) {
        let ids: Vec<&str> = subjects.iter().map(|subject| subject.id).collect();
        bail!(
            "--only {unknown}: write comparison, growth, or one of {}",
            ids.join(", ")
        );
    }
    let no_table = !only.iter().any(is_table);
    let no_subject = !only.iter().any(is_subject);
    let named = |name: &str| only.iter().any(|own| own == name);
    let tables = Tables {
        comparison: no_table || named("comparison"),
        growth: no_table || named("growth"),
    };
    let picked = subjects
        .iter()
        .filter(|subject| no_subject || named(subject.id) || tables.comparison && subject.role == Role::Page)
        .collect();
    Ok((picked, tables))
}

fn measure(
    browser: &mut Browser,
    server: &Server,
    subjects: &[&Subject],
    tables: Tables,
    rounds: u32,
    traces: Option<&Traces>,
) -> Result<Readings> {
    let roles: Vec<Role> = subjects.iter().map(|subject| subject.role).collect();
    let mut readings = Readings::default();
    // What does not come to its end would not the next time either, and takes a minute.
    let mut given_up = Vec::new();
    for round in 0..=rounds {
        // The first warms up the browser's own caches, the server's and the machine's.
        let mut dropped = Readings::default();
        let counted = if round == 0 { &mut dropped } else { &mut readings };
        println!(
            "bench  round {round} of {rounds}{}",
            if round == 0 { ", which warms up" } else { "" }
        );
        for (place, visit) in rounds::visits(round as usize, &roles, tables) {
            let subject = subjects.get(place).context("a visit of no subject")?;
            let mut visitor = Visitor {
                browser,
                server,
                readings: counted,
                traces,
            };
            if given_up.contains(&(place, visit)) {
                continue;
            }
            if let Err(error) = make(&mut visitor, subject, visit) {
                println!("bench  gave up: {}, {visit:?}: {error:#}", subject.name);
                given_up.push((place, visit));
            }
        }
    }
    for (place, visit) in given_up {
        let subject = subjects.get(place).context("a visit of no subject")?;
        let (conditions, measure) = visit.last_measure();
        readings.give_up(subject, conditions, measure);
    }
    Ok(readings)
}

fn make(visitor: &mut Visitor<'_>, subject: &Subject, visit: Visit) -> Result<()> {
    match visit {
        Visit::FirstAndSecond(conditions) => visitor.first_and_second(subject, conditions),
        Visit::Accepting(conditions, scripts) => visitor.accepting(subject, conditions, scripts),
        Visit::Growing(growth) => visitor.growing(subject, growth),
    }
}

#[cfg(test)]
mod tests {
    use super::pick;
    use super::subjects::{Role, Subject};

    /// Subjects of every kind, of which nothing has to be installed.
    fn subjects() -> Vec<Subject> {
        [("kelisim", Role::Kelisim), ("klaro", Role::Peer), ("none", Role::Page)]
            .into_iter()
            .map(|(id, role)| Subject::named(id, role))
            .collect()
    }

    fn picked(only: &[&str]) -> Option<(Vec<&'static str>, bool, bool)> {
        let subjects = subjects();
        let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
        let (picked, tables) = pick(&subjects, &only).ok()?;
        Some((
            picked.iter().map(|subject| subject.id).collect(),
            tables.comparison,
            tables.growth,
        ))
    }

    #[test]
    fn only_narrows_subjects_and_tables() {
        let all = vec!["kelisim", "klaro", "none"];
        assert_eq!(picked(&[]), Some((all.clone(), true, true)));
        assert_eq!(picked(&["comparison"]), Some((all, true, false)));
        assert_eq!(picked(&["growth", "kelisim"]), Some((vec!["kelisim"], false, true)));
        assert_eq!(picked(&["tarteaucitronjs"]), None);
    }

    /// What each needs of memory is counted from the page without a banner.
    #[test]
    fn a_comparison_always_has_the_page_without_a_banner() {
        assert_eq!(
            picked(&["klaro", "comparison"]),
            Some((vec!["klaro", "none"], true, false))
        );
    }
}
