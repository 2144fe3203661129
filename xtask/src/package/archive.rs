//! The ZIP for who has nothing but an editor and a web server: the files for pages that compile their own configuration, with a
//! page and a configuration that work as they are.

use super::{File, built, licences};
use crate::{build, project};
use anyhow::{Context, Result};
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What stands beside the folder `kelisim/`, which is the build.
const PAGE: &[&str] = &["README.md", "index.html", "privacy.html", "site.json"];

/// Makes it and names the file.
pub(super) fn pack(directory: &Path) -> Result<PathBuf> {
    println!("package  zip        packing");
    let name = format!("kelisim-{}", project::VERSION);
    let mut files = files()?;
    files.sort_by(|first, second| first.path.cmp(&second.path));
    let file = directory.join(format!("{name}.zip"));
    std::fs::write(&file, zipped(&name, &files)?).with_context(|| format!("could not write {}", file.display()))?;
    Ok(file)
}

fn files() -> Result<Vec<File>> {
    let mut files = licences()?;
    for name in PAGE {
        files.push(File::new(*name, build::read(&format!("package/zip/{name}"))?));
    }
    for File { path, content } in built()? {
        files.push(File::new(format!("kelisim/{path}"), content));
    }
    Ok(files)
}

/// One folder, in the order of the names and without a clock: the same files give the same bytes.
pub(super) fn zipped(folder: &str, files: &[File]) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for File { path, content } in files {
        archive.start_file(format!("{folder}/{path}"), options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::{File, zipped};

    #[test]
    fn the_same_files_give_the_same_bytes() -> anyhow::Result<()> {
        let files = || [File::new("a", "first"), File::new("kelisim/b", "second")];
        assert_eq!(zipped("kelisim", &files())?, zipped("kelisim", &files())?);
        Ok(())
    }
}
