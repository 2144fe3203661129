//! Makes the configurator (`www/configurator/`): one script, the program `kelisim` as Node runs it, and what sites are built
//! from. What lies in its folder afterwards can be served from any folder of any server.
//!
//! The program is that of the package, byte for byte, so what a page builds is what `kelisim build` builds. Only its disk and its
//! console are others: they lie in memory.

use crate::setup::{self, Toolchain};
use crate::{build, package, process, project};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// Where its sources are.
const SOURCES: &str = "www/configurator";

/// What the bindings of the program import, by the end of its path there, and what stands in its place.
const IN_MEMORY: [(&str, &str); 2] = [
    ("src/owner/disk/node.js", "kelisim/disk"),
    ("src/wasm/program.js", "kelisim/console"),
];

/// What is served as it is written.
const AS_WRITTEN: &[&str] = &["index.html", "configurator.css"];

/// Where a page that is made with [`build()`] lies.
pub(crate) fn directory() -> PathBuf {
    project::work().join("configurator")
}

/// Builds it and says where it lies.
pub(crate) fn run() -> Result<()> {
    let toolchain = setup::for_building()?;
    build::build(&toolchain)?;
    build(&toolchain)?;
    println!("{}", directory().display());
    Ok(())
}

/// Makes it of what lies in `dist/`.
pub(crate) fn build(toolchain: &Toolchain) -> Result<()> {
    let program = build::compiler::build_program(toolchain)?;
    let directory = directory();
    if directory.exists() {
        std::fs::remove_dir_all(&directory).with_context(|| format!("could not clear {}", directory.display()))?;
    }
    let put = |name: &str, content: &[u8]| {
        let file = directory.join(name);
        let made = file.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.and_then(|()| std::fs::write(&file, content))
            .with_context(|| format!("could not write {}", file.display()))
    };
    put("configurator.js", script(&program.bindings)?.as_bytes())?;
    put("kelisim-program.wasm", &program.module)?;
    put("preview.html", preview()?.as_bytes())?;
    put("icon.svg", build::read("www/icon.svg")?.as_bytes())?;
    for name in AS_WRITTEN {
        put(name, build::read(&format!("{SOURCES}/{name}"))?.as_bytes())?;
    }
    for file in package::built()? {
        put(&format!("dist/{}", file.path), &file.content)?;
    }
    Ok(())
}

/// The whole page as one script.
fn script(bindings: &Path) -> Result<String> {
    println!("build  configurator esbuild bundles the page");
    let bindings = in_memory(bindings)?;
    let mut esbuild = setup::esbuild();
    esbuild.arg(format!("{SOURCES}/main.jsx"));
    esbuild.args([
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=chrome111,firefox115,safari16.4",
    ]);
    esbuild.args(["--jsx=automatic", "--jsx-import-source=preact", "--charset=utf8"]);
    esbuild.args(["--legal-comments=none", "--log-level=warning"]);
    let alias = |name: &str, file: &Path| format!("--alias:{name}={}", file.display());
    esbuild.arg(alias("kelisim/program", &bindings));
    for (name, file) in [("kelisim/disk", "disk.js"), ("kelisim/console", "console.js")] {
        esbuild.arg(alias(name, &project::path(SOURCES).join("program").join(file)));
    }
    process::read(
        &mut esbuild,
        "bundle the configurator",
        "The message above names the file and line.",
    )
}

/// The bindings of the program with another disk and another console. What a page has in the place of Node's is named by
/// [`script`].
fn in_memory(bindings: &Path) -> Result<PathBuf> {
    let place = project::work().join("configurator-program");
    let name = bindings.file_name().context("the bindings have a name")?;
    let mut text = std::fs::read_to_string(bindings).context("could not read the bindings of the program")?;
    for (end, instead) in IN_MEMORY {
        let path = imported(&text, end).with_context(|| format!("the bindings of the program import no {end}"))?;
        // The module calls it by this name all the same.
        for quote in ['"', '\''] {
            let from = |path: &str| format!("from {quote}{path}{quote}");
            text = text.replace(&from(&path), &from(instead));
        }
    }
    std::fs::create_dir_all(&place).with_context(|| format!("could not make {}", place.display()))?;
    let file = place.join(name);
    std::fs::write(&file, text).with_context(|| format!("could not write {}", file.display()))?;
    Ok(file)
}

/// The path of an import that ends so.
fn imported(text: &str, end: &str) -> Option<String> {
    let mut quoted = text.split(['"', '\'']);
    quoted
        .find(|path| path.starts_with('.') && path.ends_with(end))
        .map(str::to_owned)
}

/// The page in the preview's frame, which may fetch nothing, not even its own script.
fn preview() -> Result<String> {
    let page = build::read(&format!("{SOURCES}/preview.html"))?;
    let script = build::read(&format!("{SOURCES}/preview.js"))?;
    Ok(page.replace("{{preview.js}}", &script))
}
