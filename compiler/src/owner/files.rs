//! Reads what an owner wrote, and writes what a command makes of it: whole, or not at all. What stood there before is only
//! gone once the new file is complete.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::disk;
use super::locate::{Place, place};

/// The text of a file.
///
/// # Errors
///
/// When it cannot be read, or where it is no UTF-8.
pub fn read(path: &Path) -> Result<String> {
    let bytes = disk::read(path).with_context(|| path.display().to_string())?;
    let fault = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(fault) => fault,
    };
    // What stands before the fault is the same in both.
    let readable = String::from_utf8_lossy(fault.as_bytes());
    let Place { line, column } = place(&readable, fault.utf8_error().valid_up_to());
    bail!(
        "{}:{line}:{column}: this is not UTF-8: save it as UTF-8",
        path.display()
    )
}

/// Writes a file, in the place of one that is there already.
///
/// # Errors
///
/// When it cannot be written. Then the one that was there is as it was.
pub fn write(path: &Path, content: &[u8]) -> Result<()> {
    replace(path, content).with_context(|| format!("could not write {}", path.display()))
}

/// Writes files that belong together, in the place of those that are there already: once all of them are complete, each
/// comes to its place, in their order.
///
/// # Errors
///
/// When one of them cannot be written. Then those that were there are as they were.
pub fn write_together(files: &[(PathBuf, &[u8])]) -> Result<()> {
    let could_not = |path: &Path| format!("could not write {}", path.display());
    let begun = files
        .iter()
        .map(|(path, content)| Begun::new(path, content).with_context(|| could_not(path)));
    for begun in begun.collect::<Result<Vec<Begun>>>()? {
        let path = begun.path.clone();
        begun.complete().with_context(|| could_not(&path))?;
    }
    Ok(())
}

/// Whether something stands where a path leads.
pub fn is_there(path: &Path) -> bool {
    disk::is_file(path).is_ok()
}

/// Whether two paths lead to one file that is there, by whatever name.
pub fn are_one(first: &Path, second: &Path) -> bool {
    let found = disk::canonicalize(first).ok();
    found.is_some() && found == disk::canonicalize(second).ok()
}

fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    if disk::is_file(path).is_ok_and(|is_file| !is_file) {
        // A pipe or a device has nothing that could be lost, and a directory is an error.
        return disk::write(path, content);
    }
    Begun::new(path, content)?.complete()
}

/// A file that is written, and not yet in its place. Where it never comes there, nothing is left of it.
struct Begun {
    part: PathBuf,
    path: PathBuf,
}

impl Begun {
    fn new(path: &Path, content: &[u8]) -> io::Result<Begun> {
        // What is a link stays one, and what it leads to is replaced.
        let path = disk::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let is_there = match disk::is_file(&path) {
            Ok(true) => true,
            Ok(false) => return Err(io::Error::other("something that is no file stands in its place")),
            Err(_) => false,
        };
        if is_there {
            disk::check_writable(&path)?;
        }
        let begun = Begun {
            part: part(&path),
            path,
        };
        disk::write(&begun.part, content)?;
        if is_there {
            disk::copy_permissions(&begun.path, &begun.part)?;
        }
        Ok(begun)
    }

    /// Moves it to its place, in one step.
    fn complete(self) -> io::Result<()> {
        disk::rename(&self.part, &self.path)
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        // It is gone where it is complete. That it cannot be removed otherwise is no news.
        let _ = disk::remove_file(&self.part);
    }
}

/// Where a file is until it is complete: beside its place, because only there it can be moved in one step.
fn part(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", disk::process_id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::{are_one, part, write, write_together};
    use std::fs;
    use std::path::PathBuf;

    /// A directory of its own, gone when the test is over.
    struct Directory(PathBuf);

    impl Directory {
        fn new(name: &str) -> anyhow::Result<Directory> {
            let path = std::env::temp_dir().join(format!("kelisim-files-{}-{name}", std::process::id()));
            fs::create_dir_all(&path)?;
            Ok(Directory(path))
        }
    }

    impl Drop for Directory {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() -> anyhow::Result<()> {
        let directory = Directory::new("replaced")?;
        let path = directory.0.join("script.js");
        for content in ["first", "second"] {
            write(&path, content.as_bytes())?;
            assert_eq!(fs::read_to_string(&path)?, content);
        }
        assert_eq!(fs::read_dir(&directory.0)?.count(), 1);
        Ok(())
    }

    #[test]
    fn what_cannot_be_completed_leaves_what_was_there() -> anyhow::Result<()> {
        let directory = Directory::new("kept")?;
        let path = directory.0.join("script.js");
        write(&path, b"before")?;
        // Something stands where the new file would grow.
        fs::create_dir(part(&path))?;
        let error = write(&path, b"after").err().map(|error| error.to_string());
        assert_eq!(error, Some(format!("could not write {}", path.display())));
        assert_eq!(fs::read_to_string(&path)?, "before");
        Ok(())
    }

    #[test]
    fn files_that_belong_together_come_together() -> anyhow::Result<()> {
        let directory = Directory::new("together")?;
        let paths = ["module", "sums", "script"].map(|name| directory.0.join(name));
        let all = |content: &'static str| paths.clone().map(|path| (path, content.as_bytes()));
        let found = || paths.clone().map(|path| fs::read_to_string(path).ok());
        write_together(&all("first"))?;
        assert_eq!(found(), [Some("first"); 3].map(|content| content.map(str::to_owned)));

        fs::remove_file(&paths[2])?;
        fs::create_dir(&paths[2])?;
        let error = write_together(&all("second")).err().map(|error| error.to_string());
        assert_eq!(error, Some(format!("could not write {}", paths[2].display())));
        assert_eq!(found(), [Some("first".to_owned()), Some("first".to_owned()), None]);
        assert_eq!(
            fs::read_dir(&directory.0)?.count(),
            3,
            "nothing is left of what was begun"
        );
        Ok(())
    }

    #[test]
    fn a_directory_is_no_file_to_write() -> anyhow::Result<()> {
        let directory = Directory::new("directory")?;
        assert!(write(&directory.0, b"").is_err());
        assert!(write(&directory.0.join("nowhere").join("script.js"), b"").is_err());
        Ok(())
    }

    #[test]
    fn one_file_has_many_names() -> anyhow::Result<()> {
        let directory = Directory::new("names")?;
        let path = directory.0.join("site.json");
        fs::write(&path, "{}")?;
        assert!(are_one(&path, &directory.0.join(".").join("site.json")));
        assert!(!are_one(&path, &directory.0));
        let nowhere = directory.0.join("nowhere");
        assert!(!are_one(&nowhere, &nowhere));
        Ok(())
    }
}
