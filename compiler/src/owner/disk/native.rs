//! The disk as the standard library has it.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

pub(in super::super) use std::process::id as process_id;

pub(in super::super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

pub(in super::super) fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    fs::write(path, content)
}

pub(in super::super) fn create_dir_all(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

pub(in super::super) fn canonicalize(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

pub(in super::super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

pub(in super::super) fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

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
