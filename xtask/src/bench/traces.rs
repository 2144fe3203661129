//! Traces of visits, for who asks where the time of a number goes: files that Chromium's developer tools open, under
//! "Performance". What is traced is slower than what is not, so the numbers of such a run say little.

use super::browser::Page;
use super::conditions::Conditions;
use super::subjects::Subject;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The folder that traces are written into.
pub(super) struct Traces(PathBuf);

/// What a visit is traced as.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// The visit on which somebody is asked.
    First,
    /// The one after accepting.
    Return,
}

impl Traces {
    /// Traces into this folder, which is made where it is not there.
    pub(super) fn into(folder: &Path) -> Result<Traces> {
        std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
        Ok(Traces(folder.to_owned()))
    }

    /// Writes down what the page did since its trace began. A visit of the same kind before it is overwritten.
    pub(super) fn write(
        &self,
        page: &mut Page<'_>,
        subject: &Subject,
        conditions: Conditions,
        step: Step,
    ) -> Result<()> {
        let step = match step {
            Step::First => "first",
            Step::Return => "return",
        };
        let network = match conditions {
            Conditions::Slow => "slow",
            Conditions::Plain => "plain",
            Conditions::SlowProcessor => "slow-processor",
        };
        let file = self.0.join(format!("{}-{network}-{step}.json", subject.id));
        let trace = page.end_trace()?;
        std::fs::write(&file, trace.to_string()).with_context(|| format!("could not write {}", file.display()))
    }
}
