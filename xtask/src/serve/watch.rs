//! Watches what the demo is made of and builds it anew.

use crate::{process, project};
use anyhow::{Context, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use tokio::sync::watch::Sender;

/// What is compiled or bundled into the script; a change needs a build.
const SOURCES: &[&str] = &["src", "styles", "Cargo.toml", "Cargo.lock", "budgets.json"];

/// What is served as it is; a change needs only that pages load again.
const PAGES: &str = "www";

/// An editor writes a file in several steps.
const SETTLED_AFTER: Duration = Duration::from_millis(200);

/// Watches until the returned watcher is dropped.
pub(super) fn start(versions: Sender<u64>) -> Result<RecommendedWatcher> {
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender).context("could not watch the sources")?;
    for source in SOURCES.iter().chain([&PAGES]) {
        let started = watcher.watch(&project::path(source), RecursiveMode::Recursive);
        started.with_context(|| format!("could not watch {source}"))?;
    }
    std::thread::spawn(move || follow(&events, &versions));
    Ok(watcher)
}

fn follow(events: &Receiver<notify::Result<Event>>, versions: &Sender<u64>) {
    while let Ok(first) = events.recv() {
        let mut changed = changed_paths(first);
        while let Ok(next) = events.recv_timeout(SETTLED_AFTER) {
            changed.extend(changed_paths(next));
        }
        let Some(path) = changed.first() else { continue };
        println!(
            "\nserve  changed: {}",
            path.strip_prefix(project::root()).unwrap_or(path).display()
        );
        if changed.iter().all(|path| is_page(path)) || built() {
            versions.send_modify(|version| *version += 1);
        }
    }
}

fn changed_paths(event: notify::Result<Event>) -> Vec<PathBuf> {
    match event {
        Ok(event) if !matches!(event.kind, EventKind::Access(_)) => event.paths,
        _ => Vec::new(),
    }
}

fn is_page(path: &Path) -> bool {
    path.starts_with(project::path(PAGES))
}

/// Builds in a process of its own: the order of the texts is compiled into this very program.
fn built() -> bool {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build
        .args(["run", "--quiet", "--package", "xtask", "--", "build"])
        .current_dir(project::root());
    let result = process::run(
        &mut build,
        "build",
        "Pages keep what was built before; mend it and save again.",
    );
    result.inspect_err(|error| eprintln!("error: {error:#}")).is_ok()
}
