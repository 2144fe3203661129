//! The npm package: the build, its types, and the program `kelisim` as one script with its module. `npm pack` makes it of a
//! folder that holds just that.

use super::{File, built, licences};
use crate::setup::{self, Toolchain};
use crate::{build, process, project};
use anyhow::{Context, Result};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest Node that the program runs in, as esbuild is told.
const NODE: &str = "--target=node18";

/// Makes it and names the file.
pub(super) fn pack(toolchain: &Toolchain, directory: &Path) -> Result<PathBuf> {
    let stage = project::work().join("npm");
    stage_files(&stage, &files(toolchain)?)?;
    println!("package  npm        npm pack");
    let mut npm = Command::new("npm");
    npm.args(["pack", "--silent", "--ignore-scripts", "--pack-destination"]);
    npm.arg(directory).current_dir(&stage);
    process::run_quietly(&mut npm, "pack the npm package", "Is npm of Node 18 or newer here?")?;
    Ok(directory.join(format!("kelisim-{}.tgz", project::VERSION)))
}

fn files(toolchain: &Toolchain) -> Result<Vec<File>> {
    let program = build::compiler::build_program(toolchain)?;
    let mut files = licences()?;
    files.push(File::new("package.json", manifest()?));
    files.push(File::new("README.md", build::read("package/npm/README.md")?));
    files.push(File::new("bin/kelisim.mjs", script(&program.bindings)?));
    files.push(File::new("bin/kelisim.wasm", program.module));
    for File { path, content } in built()? {
        files.push(File::new(format!("dist/{path}"), content));
    }
    Ok(files)
}

/// `package.json`, with the version of everything else.
fn manifest() -> Result<String> {
    let mut manifest = build::read_json("package/npm/package.json")?;
    let version = manifest
        .get_mut("version")
        .context("package/npm/package.json has no version")?;
    *version = json!(project::VERSION);
    Ok(format!("{manifest:#}\n"))
}

/// The program and its bindings as one script.
fn script(bindings: &Path) -> Result<String> {
    let mut esbuild = setup::esbuild();
    esbuild.args([
        "compiler/node/kelisim.js",
        "--bundle",
        "--platform=node",
        "--format=esm",
        NODE,
    ]);
    esbuild.args(["--charset=ascii", "--legal-comments=none", "--log-level=warning"]);
    esbuild.arg(format!("--alias:kelisim/program={}", bindings.display()));
    process::read(
        &mut esbuild,
        "bundle the program for Node",
        "The message above names the file and line.",
    )
}

/// Makes the folder hold these files and nothing else.
fn stage_files(stage: &Path, files: &[File]) -> Result<()> {
    if stage.exists() {
        std::fs::remove_dir_all(stage).with_context(|| format!("could not clear {}", stage.display()))?;
    }
    for File { path, content } in files {
        let path = stage.join(path);
        path.parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&path, content))
            .with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}
