//! Watches what the demo is made of and builds it anew.

use super::sites::{CATALOGUE, LANGUAGES, SITES, Sites, is_json};
use crate::{BUILD_SITES, process, project};
use anyhow::{Context, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use tokio::sync::watch::Sender;

/// What is compiled or bundled into the runtime or the compiler; a change needs a build.
const SOURCES: &[&str] = &[
    "src",
    "site",
    "compiler/src",
    "compiler/templates",
    "compiler/Cargo.toml",
    "styles",
    "Cargo.toml",
    "Cargo.lock",
    "budgets.json",
];

/// What is served as it is; a change needs only that pages load again, but for the configurations of the sites.
const PAGES: &str = "www";

/// An editor writes a file in several steps.
const SETTLED_AFTER: Duration = Duration::from_millis(200);

/// Watches until the returned watcher is dropped.
pub(super) fn start(sites: Sites, versions: Sender<u64>) -> Result<RecommendedWatcher> {
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender).context("could not watch the sources")?;
    for source in SOURCES.iter().chain([&PAGES]) {
        let started = watcher.watch(&project::path(source), RecursiveMode::Recursive);
        started.with_context(|| format!("could not watch {source}"))?;
    }
    std::thread::spawn(move || follow(sites, &events, &versions));
    Ok(watcher)
}

fn follow(sites: Sites, events: &Receiver<notify::Result<Event>>, versions: &Sender<u64>) {
    let mut builder = Builder {
        sites,
        is_of_the_sources: true,
    };
    while let Ok(first) = events.recv() {
        let mut changed = changed_paths(first);
        while let Ok(next) = events.recv_timeout(SETTLED_AFTER) {
            changed.extend(changed_paths(next));
        }
        let Some(path) = changed.first() else { continue };
        println!("\nserve  changed: {}", from_root(path).display());
        match builder.build(&changed) {
            Ok(()) => versions.send_modify(|version| *version += 1),
            Err(error) => eprintln!("error: {error:#}"),
        }
    }
}

fn changed_paths(event: notify::Result<Event>) -> Vec<PathBuf> {
    match event {
        Ok(event) if !matches!(event.kind, EventKind::Access(_)) => event.paths,
        _ => Vec::new(),
    }
}

fn from_root(path: &Path) -> &Path {
    path.strip_prefix(project::root()).unwrap_or(path)
}

/// What a change asks for; of several, the greatest asks for what the others do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Needed {
    /// Nothing: what is served is the file itself.
    Nothing,
    /// One site.
    Site(String),
    /// All of them: the vendors or the languages are others.
    EverySite,
    /// The runtime and the compiler, and then every site.
    Everything,
}

/// What a change of a file asks for, by its path from the root.
fn needed(path: &Path) -> Needed {
    let is_data = [CATALOGUE, LANGUAGES]
        .map(Path::new)
        .contains(&path.parent().unwrap_or(path));
    if is_data && is_json(path) {
        return Needed::EverySite;
    }
    if !path.starts_with(PAGES) {
        return Needed::Everything;
    }
    let site = path.strip_prefix(SITES).ok().and_then(Path::parent);
    match site.and_then(Path::to_str) {
        Some(site) if path.ends_with("site.json") => Needed::Site(site.to_owned()),
        _ => Needed::Nothing,
    }
}

/// Builds what changed.
struct Builder {
    sites: Sites,
    /// Whether the compiler in this very program is still the one that stands in the sources.
    is_of_the_sources: bool,
}

impl Builder {
    fn build(&mut self, changed: &[PathBuf]) -> Result<()> {
        let mut needed: Vec<Needed> = changed.iter().map(|path| needed(from_root(path))).collect();
        needed.sort();
        needed.dedup();
        match needed.last() {
            None | Some(Needed::Nothing) => Ok(()),
            Some(Needed::Everything) => {
                self.is_of_the_sources = false;
                in_a_new_program("build")?;
                in_a_new_program(BUILD_SITES)
            }
            Some(_) if !self.is_of_the_sources => in_a_new_program(BUILD_SITES),
            Some(Needed::EverySite) => self.sites.build_all(),
            Some(Needed::Site(_)) => self.sites.build(&named(needed)),
        }
    }
}

/// The sites that are named in what is needed.
fn named(needed: Vec<Needed>) -> Vec<String> {
    let names = needed.into_iter().filter_map(|needed| match needed {
        Needed::Site(name) => Some(name),
        _ => None,
    });
    names.collect()
}

/// Has this program made anew from the sources, and a task done by it: the compiler is a part of it.
fn in_a_new_program(task: &str) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut program = Command::new(cargo);
    program
        .args(["run", "--quiet", "--package", "xtask", "--", task])
        .current_dir(project::root());
    process::run(
        &mut program,
        "build",
        "Pages keep what was built before; mend it and save again.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Needed, needed};
    use std::path::Path;

    #[test]
    fn a_change_asks_for_no_more_than_it_touches() {
        let site = Needed::Site("rasco.kz".to_owned());
        for (path, expected) in [
            ("www/start.css", Needed::Nothing),
            ("www/sites/rasco.kz/index.html", Needed::Nothing),
            ("www/sites/rasco.kz/policy-only.json", Needed::Nothing),
            ("www/sites/rasco.kz/site.json", site.clone()),
            ("compiler/src/catalogue/jivo.json", Needed::EverySite),
            ("compiler/src/languages/kk.json", Needed::EverySite),
            ("compiler/src/config/messages/ru.json", Needed::Everything),
            ("compiler/src/languages/texts.rs", Needed::Everything),
            ("src/loader/boot.js", Needed::Everything),
            ("styles/tokens.css", Needed::Everything),
        ] {
            assert_eq!(needed(Path::new(path)), expected, "{path}");
        }
        assert!(Needed::Nothing < site && site < Needed::EverySite && Needed::EverySite < Needed::Everything);
    }
}
