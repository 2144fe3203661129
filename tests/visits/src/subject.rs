//! What a visit is a visit to.

/// What Kelisim is on the pages of a visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// What `kelisim build` makes of the configuration.
    #[default]
    Built,
    /// The script of `dist/`, which compiles the configuration in the page.
    Development,
}

impl Subject {
    /// What a visit of this name is called where it goes to this.
    pub(crate) fn name(self, case: &str) -> String {
        match self {
            Subject::Built => case.to_owned(),
            Subject::Development => format!("development::{case}"),
        }
    }
}
