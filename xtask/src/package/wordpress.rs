//! The plugin for WordPress, as its owner uploads it: the files of `integrations/wordpress/kelisim/`, and beside them what
//! compiles a pasted configuration and runs what came of it.

use super::{File, archive::zipped};
use crate::project;
use anyhow::{Context, Result, bail};
use kelisim_compiler::owner::distribution::Distribution;
use std::path::{Path, PathBuf};

/// Where it lies.
const PLUGIN: &str = "integrations/wordpress/kelisim";

/// What of the build comes with it, in a folder of its own.
const BUILT: &[&str] = &[
    "kelisim-compiler.js",
    "kelisim-compiler.wasm",
    "kelisim.js",
    "kelisim.wasm",
];

/// The files that name the version, each with what stands before it.
const VERSIONS: &[(&str, &str)] = &[
    ("kelisim.php", " * Version: "),
    ("kelisim.php", "const VERSION = '"),
    ("readme.txt", "Stable tag: "),
];

/// Makes it and names the file.
pub(super) fn pack(directory: &Path) -> Result<PathBuf> {
    println!("package  wordpress  packing");
    let plugin = project::path(PLUGIN);
    check_versions(&plugin)?;
    let mut files = Vec::new();
    gather(&plugin, "", &mut files)?;
    let distribution = Distribution::open(Some(&project::dist()))?;
    for name in BUILT {
        files.push(File::new(format!("kelisim/{name}"), distribution.read(name)?));
    }
    files.sort_by(|first, second| first.path.cmp(&second.path));
    let file = directory.join(format!("kelisim-wordpress-{}.zip", project::VERSION));
    std::fs::write(&file, zipped("kelisim", &files)?).with_context(|| format!("could not write {}", file.display()))?;
    Ok(file)
}

/// WordPress reads the version out of the plugin itself.
fn check_versions(plugin: &Path) -> Result<()> {
    for (name, before) in VERSIONS {
        let text =
            std::fs::read_to_string(plugin.join(name)).with_context(|| format!("could not read {PLUGIN}/{name}"))?;
        if !text.contains(&format!("{before}{}", project::VERSION)) {
            bail!(
                "{PLUGIN}/{name} names another version behind {before:?}. Write {}",
                project::VERSION
            );
        }
    }
    Ok(())
}

/// The files below a folder, by their paths from the plugin.
fn gather(folder: &Path, path: &str, files: &mut Vec<File>) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("could not read {}", folder.display()))?;
        let path = format!("{path}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{path}/"), files)?;
        } else {
            let content = std::fs::read(entry.path()).with_context(|| format!("could not read {path}"))?;
            files.push(File::new(path, content));
        }
    }
    Ok(())
}
