//! A project of somebody with Node alone: an empty folder, the packed npm package installed into it, and bundlers beside it.
//!
//! It lies under `target/visits/projects/`, where the bundlers of `tests/bundlers/` are found as if they had been installed
//! into the folder above. Nothing here needs a registry.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};

use crate::internet::{Answer, free_port, listens};
use crate::site::{Site, repository};

/// How long a program may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// Between two looks at a server that is starting.
const GLANCE: Duration = Duration::from_millis(50);

/// A folder with the package in it.
#[derive(Debug)]
pub struct Project(PathBuf);

/// What a program did.
#[derive(Debug, PartialEq, Eq)]
pub struct Done {
    /// The code that it ended with.
    pub code: Option<i32>,
    /// What it printed.
    pub printed: String,
    /// What it printed where errors go.
    pub complaint: String,
}

/// A development server, which ends with this.
#[derive(Debug)]
pub struct Server {
    /// The port of the loopback that it listens on.
    pub port: u16,
    _process: Child,
}

impl Project {
    /// One that lies there already, with what it needs in it.
    pub fn at(folder: PathBuf) -> Project {
        Project(folder)
    }

    /// An empty one with this name.
    ///
    /// # Panics
    /// Where the package was not packed, or the bundlers are not installed: `cargo xtask test` does both.
    pub async fn new(name: &str) -> Project {
        let projects = repository().canonicalize().unwrap().join("target/visits/projects");
        let folder = projects.join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        std::fs::create_dir_all(&folder).unwrap();
        let project = Project(folder);
        project.write(
            "package.json",
            "{ \"name\": \"shop\", \"private\": true, \"type\": \"module\" }\n",
        );
        let package = package("tgz");
        let install = ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund"];
        let arguments = [&install[..], &[package.to_str().unwrap()]].concat();
        project.run("npm", &arguments).await.printed();
        project
    }

    /// The same, beside which bundlers are installed.
    pub async fn with_bundlers(name: &str) -> Project {
        let bundlers = repository().canonicalize().unwrap().join("tests/bundlers/node_modules");
        assert!(bundlers.is_dir(), "no bundlers: cargo xtask setup");
        let project = Project::new(name).await;
        for entry in std::fs::read_dir(&bundlers).unwrap() {
            let name = entry.unwrap().file_name();
            let link = project.path("node_modules").join(&name);
            if !link.exists() {
                std::os::unix::fs::symlink(bundlers.join(&name), link).unwrap();
            }
        }
        project
    }

    /// A path in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    /// Writes a file.
    pub fn write(&self, path: &str, content: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Runs the program `kelisim` of the package.
    pub async fn npx_kelisim(&self, arguments: &[&str]) -> Done {
        self.run("npx", &[&["--no", "--offline", "kelisim"], arguments].concat())
            .await
    }

    /// Runs a program in the folder.
    ///
    /// # Panics
    /// Where it does not start, or takes too long.
    pub async fn run(&self, program: &str, arguments: &[&str]) -> Done {
        let mut command = self.command(program, arguments);
        let output = tokio::time::timeout(PATIENCE, command.output()).await;
        let output = output.unwrap_or_else(|_| panic!("{program} {arguments:?} is still running after {PATIENCE:?}"));
        let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
        Done {
            code: output.status.code(),
            printed: String::from_utf8_lossy(&output.stdout).into_owned(),
            complaint: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Starts a server in the folder, which gets its port behind its other arguments.
    ///
    /// # Panics
    /// Where it does not listen in time.
    pub async fn serve(&self, script: &str, arguments: &[&str]) -> Server {
        let port = free_port().await.unwrap();
        let number = port.to_string();
        let mut command = self.command("node", &[&[script], arguments, &["--port", &number]].concat());
        let process = command.stdout(Stdio::null()).spawn().unwrap();
        let started = Instant::now();
        while !listens(port).await {
            assert!(started.elapsed() < PATIENCE, "{script} does not listen");
            tokio::time::sleep(GLANCE).await;
        }
        Server {
            port,
            _process: process,
        }
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.0).stdin(Stdio::null());
        command.env("npm_config_update_notifier", "false").kill_on_drop(true);
        command
    }

    /// Unpacks the ZIP into it.
    ///
    /// # Panics
    /// Where it was not packed.
    pub fn unpack_the_archive(&self) {
        let file = std::fs::File::open(package("zip")).unwrap();
        zip::ZipArchive::new(file).unwrap().extract(&self.0).unwrap();
    }

    /// Serves what lies in one of its folders.
    pub fn served(&self, folder: &str, site: Site) -> Site {
        served_under("", &self.path(folder), site)
    }
}

/// Serves what lies in a folder under the beginning of a path, which is empty or starts with a `/`.
pub fn served_under(beginning: &str, folder: &Path, site: Site) -> Site {
    let files = files_under(folder);
    files.iter().fold(site, |site, path| {
        let content = std::fs::read(folder.join(path)).unwrap();
        let address = format!("{beginning}{}", address_of(path));
        site.answers(&address, Answer::new(media_type(path), content))
    })
}

impl Done {
    /// What it printed, where it ended well.
    ///
    /// # Panics
    /// Where it did not.
    pub fn printed(self) -> String {
        assert_eq!(self.code, Some(0), "{}\n{}", self.printed, self.complaint);
        self.printed
    }
}

/// The files below a folder, by their paths from there.
pub fn files_under(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in std::fs::read_dir(&current).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// What was packed, by the ending of its name.
fn package(ending: &str) -> PathBuf {
    packed(&format!("kelisim-{}.{ending}", env!("CARGO_PKG_VERSION")))
}

/// What was packed, by its name.
///
/// # Panics
/// Where it was not.
pub fn packed(name: &str) -> PathBuf {
    let packages = std::env::var_os("KELISIM_PACKAGES").map_or_else(|| repository().join("packages"), PathBuf::from);
    let package = packages.join(name);
    package
        .canonicalize()
        .unwrap_or_else(|error| panic!("no package: cargo xtask package ({}: {error})", package.display()))
}

/// What a static server shows a file as.
fn address_of(path: &str) -> String {
    let folder = path
        .strip_suffix("index.html")
        .filter(|folder| folder.is_empty() || folder.ends_with('/'));
    format!("/{}", folder.unwrap_or(path))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.') {
        Some((_, "html")) => "text/html; charset=utf-8",
        Some((_, "js" | "mjs")) => "text/javascript",
        Some((_, "json")) => "application/json",
        Some((_, "wasm")) => "application/wasm",
        Some((_, "css")) => "text/css",
        _ => "text/plain",
    }
}
