//! The disk as the standard library has it.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

pub(in super::super) use std::fs::{canonicalize, create_dir_all, read, remove_file, rename, write};
pub(in super::super) use std::process::id as process_id;

/// Whether what is there is a file; an error where nothing is.
pub(in super::super) fn is_file(path: &Path) -> io::Result<bool> {
    fs::metadata(path).map(|found| found.is_file())
}

/// An error where a file that is there may not be written.
pub(in super::super) fn check_writable(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path).map(drop)
}

/// Lets `to` be read and written by whoever may do that with `from`.
pub(in super::super) fn copy_permissions(from: &Path, to: &Path) -> io::Result<()> {
    fs::set_permissions(to, fs::metadata(from)?.permissions())
}

/// Where builds usually lie: beside this program, here, in the project that it was made in.
pub(in super::super) fn usual_builds() -> Vec<PathBuf> {
    let program = std::env::current_exe().ok();
    let beside = program.and_then(|program| Some(program.parent()?.join("dist")));
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("dist");
    beside.into_iter().chain([PathBuf::from("dist"), project]).collect()
}
