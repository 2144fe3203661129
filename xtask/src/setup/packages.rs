//! The npm tools, exactly as `package-lock.json` names them: esbuild, Binaryen's wasm-opt, json-schema-to-typescript, axe-core.

use super::say;
use crate::{process, project};
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Installs the tools when the lock file is not the one of the last installation.
pub(super) fn set_up() -> Result<()> {
    install(&Installation {
        step: "npm tools",
        directory: "",
        what: "esbuild, binaryen, json-schema-to-typescript and axe-core",
        stamp: "npm-tools",
        sign: "node_modules/esbuild",
    })
}

/// Installs what Kelisim is measured against, in the same way.
pub(super) fn set_up_peers() -> Result<()> {
    install(&Installation {
        step: "npm peers",
        directory: "bench",
        what: "the consent managers of the benchmark",
        stamp: "npm-peers",
        sign: "node_modules/vanilla-cookieconsent",
    })
}

/// Installs the bundlers that the package is tried with.
pub(super) fn set_up_bundlers() -> Result<()> {
    install(&Installation {
        step: "npm bundlers",
        directory: "tests/bundlers",
        what: "Vite, webpack, esbuild, TypeScript and React",
        stamp: "npm-bundlers",
        sign: "node_modules/vite",
    })
}

/// Installs the libraries that pages are made with, and one that refuses in the visitor's place.
pub(super) fn set_up_libraries() -> Result<()> {
    install(&Installation {
        step: "npm libraries",
        directory: "tests/libraries",
        what: "Turbo, htmx, React 18, Vue, Svelte, Swiper, Lenis, lazysizes and autoconsent",
        stamp: "npm-libraries",
        sign: "node_modules/htmx.org",
    })
}

/// Installs the frameworks that the recipes are tried with.
pub(super) fn set_up_frameworks() -> Result<()> {
    let framework = |directory, what, stamp, sign| Installation {
        step: "npm recipes",
        directory,
        what,
        stamp,
        sign,
    };
    install(&framework(
        "tests/recipes/next",
        "Next.js",
        "npm-next",
        "node_modules/next",
    ))?;
    install(&framework(
        "tests/recipes/nuxt",
        "Nuxt",
        "npm-nuxt",
        "node_modules/nuxt",
    ))?;
    install(&framework(
        "tests/recipes/astro",
        "Astro",
        "npm-astro",
        "node_modules/astro",
    ))
}

/// Packages that a lock file names.
struct Installation {
    /// How the step is called.
    step: &'static str,
    /// Where the lock file lies, from the root.
    directory: &'static str,
    /// Completes "installing …".
    what: &'static str,
    /// The file that keeps the lock file of the last installation.
    stamp: &'static str,
    /// What is there after an installation.
    sign: &'static str,
}

fn install(installation: &Installation) -> Result<()> {
    let Installation { step, what, .. } = installation;
    let directory = project::path(installation.directory);
    let lock = std::fs::read_to_string(directory.join("package-lock.json"))
        .with_context(|| format!("could not read package-lock.json, which names {what}"))?;
    let stamp = project::work().join(installation.stamp);
    let done = std::fs::read_to_string(&stamp).is_ok_and(|last| last == lock);
    if done && directory.join(installation.sign).is_dir() {
        say(step, "as the lock file names them");
        return Ok(());
    }
    if !process::exists("npm") {
        bail!("could not find npm. Install Node.js 18 or newer: apt-get install nodejs npm");
    }
    say(step, &format!("installing {what} from the lock file"));
    process::run_quietly(
        // No package of these needs an installation script.
        Command::new("npm")
            .args(["ci", "--ignore-scripts"])
            .current_dir(&directory),
        &format!("install {what}"),
        "Check that this machine reaches the npm registry.",
    )?;
    std::fs::create_dir_all(project::work()).context("could not make target/kelisim")?;
    std::fs::write(&stamp, lock).with_context(|| format!("could not write {}", stamp.display()))
}

/// A call of esbuild in the root of the project.
pub(crate) fn esbuild() -> Command {
    tool("esbuild")
}

/// A call of wasm-opt in the root of the project.
pub(crate) fn wasm_opt() -> Command {
    tool("wasm-opt")
}

/// A call of json-schema-to-typescript in the root of the project.
pub(crate) fn json_to_typescript() -> Command {
    tool("json2ts")
}

/// The tool as npm links it: a script, or the program that the package's installation script put in its place.
fn tool(name: &str) -> Command {
    let mut command = Command::new(project::path("node_modules/.bin").join(name));
    command.current_dir(project::root());
    command
}
