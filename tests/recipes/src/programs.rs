//! Programs that a trial runs: to their end, or as long as it lasts. What they print goes to files under `target/recipes/`,
//! and is read only where something fails.

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};
use visits::internet::{free_port, listens};
use visits::site::repository;

/// How long a program may take on a busy machine: a framework builds for minutes.
const PATIENCE: Duration = Duration::from_mins(8);

/// Between two looks at a server that is starting.
const GLANCE: Duration = Duration::from_millis(50);

/// A server, which ends with this.
#[derive(Debug)]
pub struct Server {
    /// The port of the loopback that it listens on.
    pub port: u16,
    _process: Child,
}

/// The folder of the trials' own.
pub fn workshop() -> PathBuf {
    let folder = repository().canonicalize().unwrap().join("target/recipes");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// An empty folder with this name.
pub fn empty_folder(name: &str) -> PathBuf {
    let folder = workshop().join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The program `kelisim`, as it was built beside these trials.
pub fn kelisim() -> PathBuf {
    let trials = std::env::current_exe().expect("the trials know their own file");
    trials
        .ancestors()
        .nth(2)
        .expect("it lies in target/debug/deps")
        .join("kelisim")
}

/// A call of a program in a folder.
pub fn call(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null()).kill_on_drop(true);
    // What frameworks and npm would tell their makers.
    command.env("npm_config_update_notifier", "false");
    for name in [
        "NEXT_TELEMETRY_DISABLED",
        "NUXT_TELEMETRY_DISABLED",
        "ASTRO_TELEMETRY_DISABLED",
    ] {
        command.env(name, "1");
    }
    command
}

/// Runs a program to its end and gives what it printed.
///
/// # Panics
/// Where it does not start, fails, or takes too long.
pub async fn run(mut command: Command) -> String {
    let output = tokio::time::timeout(PATIENCE, command.output()).await;
    let output = output.unwrap_or_else(|_| panic!("{command:?} is still running after {PATIENCE:?}"));
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{command:?}: {}\n{printed}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    printed
}

/// Starts a server that is told its port by `tell`, and waits until it listens.
///
/// # Panics
/// Where it does not in time.
pub async fn serve(name: &str, mut command: Command, tell: impl FnOnce(&mut Command, u16)) -> Server {
    let port = free_port().await.unwrap();
    tell(&mut command, port);
    let process = start(name, command);
    let started = Instant::now();
    while !listens(port).await {
        assert!(started.elapsed() < PATIENCE, "{name} does not listen");
        tokio::time::sleep(GLANCE).await;
    }
    Server {
        port,
        _process: process,
    }
}

/// Starts a program that runs as long as what is given is kept.
///
/// # Panics
/// Where it does not start.
pub fn start(name: &str, mut command: Command) -> Child {
    let log = File::create(workshop().join(format!("{name}.log"))).unwrap();
    command.stdout(log.try_clone().unwrap()).stderr(log);
    command.spawn().unwrap_or_else(|error| panic!("{name}: {error}"))
}
