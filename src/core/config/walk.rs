//! The way through a configuration: where the reading or the check is now, and what was wrong on the way.

use super::Problem;
use super::words::digits;

/// Moves by [`Walk::enter`] and [`Walk::leave`], and reports by the key of a member, so that neither the reader nor the
/// check has to write paths.
#[derive(Default)]
pub(super) struct Walk {
    /// Every problem so far.
    pub(super) problems: Vec<Problem>,
    /// Where the walk is: `services[1]`.
    pub(super) path: String,
}

impl Walk {
    /// Goes to a member; what it returns leads back.
    pub(super) fn enter(&mut self, key: &str) -> usize {
        let back = self.path.len();
        if back > 0 && !key.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(key);
        back
    }

    /// Goes to an item of a member that is a list; without a key, to an item of where the walk is.
    pub(super) fn enter_item(&mut self, key: &str, index: usize) -> usize {
        let back = self.enter(key);
        self.path.push('[');
        digits(index, &mut self.path);
        self.path.push(']');
        back
    }

    /// Goes back.
    pub(super) fn leave(&mut self, back: usize) {
        self.path.truncate(back);
    }

    /// Adds a problem of a member, or without a key of where the walk is; unless it only follows from another: where
    /// something is of a wrong type, nothing in it is missing.
    pub(super) fn report(&mut self, key: &str, code: &'static str, hint: &str) {
        let back = self.enter(key);
        let path = self.path.clone();
        self.leave(back);
        let follows = self.problems.iter().any(|known| {
            known.path == path && known.code == code && known.hint == hint
                || known.code == "wrongType"
                    && path.strip_prefix(known.path.as_str()).is_some_and(|rest| {
                        known.path.is_empty() || matches!(rest.bytes().next(), None | Some(b'.' | b'['))
                    })
        });
        if !follows {
            self.problems.push(Problem {
                path,
                code,
                hint: String::from(hint),
            });
        }
    }

    /// Something has to be written here.
    pub(super) fn missing(&mut self, key: &str) {
        self.report(key, "missing", "");
    }

    /// Something of another kind was expected here.
    pub(super) fn mistyped(&mut self, key: &str, expected: &str) {
        self.report(key, "wrongType", expected);
    }

    /// A string that has to be written.
    pub(super) fn require(&mut self, key: &str, text: &str) {
        if text.trim_ascii().is_empty() {
            self.missing(key);
        }
    }
}
