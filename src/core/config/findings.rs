//! What is wrong in a configuration: all of it by name, or only whether anything is.
//!
//! The check is the same; what it finds goes to a [`Diagnosis`], which keeps every problem with its path, or to a
//! [`Verdict`], which keeps a yes or no and in the visitor's script weighs 1.3 KB less. A page of whose configuration
//! something is wrong fetches the build that names it, so that the visitors of a sound one do not.

use super::Problem;
use super::codes::Code;
use crate::core::pile::Pile;
use crate::core::value::{Words, Writer};

/// Where the check is, and what it has found so far.
pub(super) trait Findings: Default {
    /// Whether it wants to know what would help: the nearest known key, the glob to write.
    const ASKS_FOR_HINTS: bool;

    /// Goes to a member. Returns what leads back; 0 from the whole document.
    fn enter(&mut self, key: &str) -> usize;
    /// Goes to an item. Returns what leads back.
    fn enter_item(&mut self, index: i64) -> usize;
    /// Goes back to where the check was.
    fn leave(&mut self, place: usize);
    /// Something is wrong here.
    fn add(&mut self, code: Code, hint: &'static str);
    /// The problems, when something was wrong; none of them where they have no names.
    fn done(self) -> Option<&'static [Problem]>;
}

/// Everything that is wrong.
#[derive(Default)]
pub(super) struct Diagnosis {
    /// `services[1].country`.
    path: Writer,
    problems: Pile<Problem>,
}

impl Findings for Diagnosis {
    const ASKS_FOR_HINTS: bool = true;

    fn enter(&mut self, key: &str) -> usize {
        let place = self.path.len();
        if place > 0 {
            self.path.mark(b'.');
        }
        self.path.push(key);
        place
    }

    fn enter_item(&mut self, index: i64) -> usize {
        let place = self.path.len();
        self.path.mark(b'[');
        self.path.number(index, 1);
        self.path.mark(b']');
        place
    }

    fn leave(&mut self, place: usize) {
        self.path.cut(place);
    }

    fn add(&mut self, code: Code, hint: &'static str) {
        self.problems.push(Problem {
            path: Writer::of(self.path.as_str()).done(),
            code: code.name(),
            hint: Words::of(hint),
        });
    }

    fn done(self) -> Option<&'static [Problem]> {
        (!self.problems.is_empty()).then(|| self.problems.done())
    }
}

/// Whether anything is wrong.
#[derive(Default)]
pub(super) struct Verdict {
    depth: usize,
    guilty: bool,
}

impl Findings for Verdict {
    const ASKS_FOR_HINTS: bool = false;

    #[inline]
    fn enter(&mut self, _: &str) -> usize {
        self.depth += 1;
        self.depth - 1
    }

    #[inline]
    fn enter_item(&mut self, _: i64) -> usize {
        self.depth
    }

    #[inline]
    fn leave(&mut self, place: usize) {
        self.depth = place;
    }

    #[inline]
    fn add(&mut self, _: Code, _: &'static str) {
        self.guilty = true;
    }

    #[inline]
    fn done(self) -> Option<&'static [Problem]> {
        self.guilty.then_some(&[])
    }
}
