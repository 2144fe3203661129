//! Chromium, Firefox and WebKit with their drivers, which only the tests and the benchmark need.

use super::{compile_program, install_debian_packages, say};
use crate::{process, project};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// How Chromium is started as root, without a screen and without requests of its own.
pub(crate) const HEADLESS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// The programs that show a package is here, and the Debian package of each.
const PROGRAMS: &[(&str, &str)] = &[
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("xvfb-run", "xvfb"),
];

/// Files that show a package without a program is here. WebKit speaks TLS through `glib-networking`.
const FILES: &[(&str, &str)] = &[(
    "/usr/lib/x86_64-linux-gnu/gio/modules/libgiognutls.so",
    "glib-networking",
)];

const GECKODRIVER_VERSION: &str = "0.37.1";

/// Installs what is missing.
pub(super) fn set_up() -> Result<()> {
    let missing = missing_packages();
    if missing.is_empty() {
        say("browsers", "Chromium, Firefox and WebKit are here");
    } else {
        say("browsers", &format!("installing {} from Debian", missing.join(", ")));
        install_debian_packages(&missing, "visiting pages in three engines")?;
    }
    set_up_geckodriver()
}

/// Installs Chromium alone, when it is missing.
pub(super) fn set_up_chromium() -> Result<()> {
    if process::exists("chromium") {
        say("browser", "Chromium is here");
        return Ok(());
    }
    say("browser", "installing chromium from Debian");
    install_debian_packages(&["chromium"], "measuring pages in a browser")
}

/// Where Firefox's driver lies: Debian does not package it.
pub(crate) fn geckodriver() -> PathBuf {
    project::path("target/tools/bin/geckodriver")
}

fn missing_packages() -> Vec<&'static str> {
    let programs = PROGRAMS.iter().filter(|(program, _)| !process::exists(program));
    // Only Debian on x86-64 has the file at this path; elsewhere the programs alone decide.
    let debian = Path::new("/usr/lib/x86_64-linux-gnu").is_dir();
    let files = FILES.iter().filter(|(file, _)| debian && !Path::new(file).exists());
    programs.chain(files).map(|(_, package)| *package).collect()
}

fn set_up_geckodriver() -> Result<()> {
    if geckodriver().is_file() {
        say("geckodriver", "is here");
        return Ok(());
    }
    // It only passes commands on, and compiles in half the time.
    compile_program("geckodriver", GECKODRIVER_VERSION, &["--debug"])
}
