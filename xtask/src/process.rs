//! Starts programs, without a shell, with errors that say what failed and what to do about it.

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Output, Stdio};

/// Runs a program whose output the reader sees, and fails when it fails.
///
/// `purpose` completes the sentence "could not …"; `remedy` says what to do about it.
pub(crate) fn run(command: &mut Command, purpose: &str, remedy: &str) -> Result<()> {
    let status = command
        .status()
        .with_context(|| could_not_start(command, purpose, remedy))?;
    succeed(command, status, purpose, remedy)
}

/// Runs a program and returns what it wrote on its standard output, without the last line break.
pub(crate) fn read(command: &mut Command, purpose: &str, remedy: &str) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| could_not_start(command, purpose, remedy))?;
    succeed(command, output.status, purpose, remedy)?;
    let text = String::from_utf8(output.stdout).with_context(|| format!("could not {purpose}: not UTF-8"))?;
    Ok(text.trim_end().to_owned())
}

/// Runs a program quietly; what it wrote is shown only when it failed.
pub(crate) fn run_quietly(command: &mut Command, purpose: &str, remedy: &str) -> Result<()> {
    let Output { status, stdout, stderr } = command
        .output()
        .with_context(|| could_not_start(command, purpose, remedy))?;
    if !status.success() {
        eprint!(
            "{}{}",
            String::from_utf8_lossy(&stdout),
            String::from_utf8_lossy(&stderr)
        );
    }
    succeed(command, status, purpose, remedy)
}

/// Whether a program of this name can be started from `PATH`.
pub(crate) fn exists(program: &str) -> bool {
    find(program).is_some()
}

/// The file that this name starts from `PATH`.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let directories = std::env::var_os("PATH")?;
    std::env::split_paths(&directories)
        .map(|directory| directory.join(program))
        .find(|file| file.is_file())
}

fn could_not_start(command: &Command, purpose: &str, remedy: &str) -> String {
    format!(
        "could not {purpose}: {} did not start. {remedy}",
        command.get_program().display()
    )
}

fn succeed(command: &Command, status: ExitStatus, purpose: &str, remedy: &str) -> Result<()> {
    if !status.success() {
        bail!(
            "could not {purpose}: {} ended with {status}. {remedy}",
            command.get_program().display()
        );
    }
    Ok(())
}
