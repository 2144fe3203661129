//! What was read, and what it comes to over all rounds: the median, and for two subjects the median of their ratios. It keeps
//! numbers, and judges none.

use super::conditions::Conditions;
use super::growth::{Aspect, Growth};
use super::subjects::Subject;
use std::collections::BTreeMap;

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measure {
    /// Bytes of everything a first visit fetches, after brotli.
    Brotli,
    /// The same after gzip.
    Gzip,
    /// Requests of a first visit.
    Requests,
    /// Milliseconds to the first contentful paint.
    FirstPaint,
    /// Milliseconds to the first layer.
    Layer,
    /// Milliseconds of script to the first layer.
    Script,
    /// Milliseconds of the main thread's tasks to the first layer.
    Task,
    /// Cumulative layout shift.
    Shift,
    /// Bytes of JavaScript heap and WebAssembly memory.
    Memory,
    /// Milliseconds from Accept to the next frame, with this many gated scripts.
    Accept(u32),
    /// Milliseconds on a second visit until the gated analytics script is asked for.
    Return,
    /// Milliseconds of something that grew.
    Grown(Growth, Aspect),
}

/// All readings of a run.
#[derive(Default)]
pub(super) struct Readings(BTreeMap<(&'static str, Conditions, Measure), Vec<f64>>);

impl Readings {
    /// Adds one.
    pub(super) fn add(&mut self, subject: &Subject, conditions: Conditions, measure: Measure, value: f64) {
        self.0.entry((subject.id, conditions, measure)).or_default().push(value);
    }

    /// Says that a visit did not come to this measure, whatever was read in other rounds: it takes for ever.
    pub(super) fn give_up(&mut self, subject: &Subject, conditions: Conditions, measure: Measure) {
        self.0.insert((subject.id, conditions, measure), vec![f64::INFINITY]);
    }

    /// The values in the order in which they were read; none where it was not measured.
    pub(super) fn values(&self, subject: &Subject, conditions: Conditions, measure: Measure) -> &[f64] {
        let values = self.0.get(&(subject.id, conditions, measure));
        values.map_or(&[], Vec::as_slice)
    }

    /// The median, where it was measured at all.
    pub(super) fn median(&self, subject: &Subject, conditions: Conditions, measure: Measure) -> Option<f64> {
        median(self.values(subject, conditions, measure))
    }

    /// Every measure with its values, in the order in which they were read.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'static str, Conditions, Measure, &[f64])> {
        self.0
            .iter()
            .map(|((subject, conditions, measure), values)| (*subject, *conditions, *measure, values.as_slice()))
    }
}

/// How many times one goes into another, over all rounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ratio {
    /// The one in the middle.
    pub(super) middle: f64,
    /// Between these two lies the middle half of all.
    pub(super) half: (f64, f64),
}

impl Ratio {
    /// Of what was read in the same turn of the same round, so that what slows the machine for a while slows both.
    pub(super) fn of(ours: &[f64], theirs: &[f64]) -> Option<Ratio> {
        let turns = ours.iter().zip(theirs);
        let mut ratios: Vec<f64> = turns.filter_map(|(ours, theirs)| ratio(*ours, *theirs)).collect();
        ratios.sort_by(f64::total_cmp);
        let quarter = ratios.len() / 4;
        Some(Ratio {
            middle: median(&ratios)?,
            half: (*ratios.get(quarter)?, *ratios.get(ratios.len() - 1 - quarter)?),
        })
    }
}

/// The value in the middle, or between the two in the middle.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle)?;
    if sorted.len().is_multiple_of(2) {
        sorted.get(middle - 1).map(|lower| f64::midpoint(*lower, *upper))
    } else {
        Some(*upper)
    }
}

/// How many times `theirs` goes into `ours`; nothing where there is nothing to divide by.
pub(super) fn ratio(ours: f64, theirs: f64) -> Option<f64> {
    (theirs > 0.0).then(|| ours / theirs).filter(|ratio| !ratio.is_nan())
}

#[cfg(test)]
mod tests {
    use super::{Ratio, median, ratio};

    #[test]
    fn the_median_is_the_value_in_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 200.0]), Some(3.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 100.0]), Some(3.0));
        assert_eq!(median(&[]), None);
    }

    /// A machine that is three times slower for a while makes neither of the two slower than the other.
    #[test]
    fn ratios_are_of_what_was_read_together() {
        let ours = [11.0, 33.0, 12.0, 11.0, 10.0];
        let theirs = [10.0, 30.0, 10.0, 10.0, 10.0];
        let found = Ratio::of(&ours, &theirs).unwrap();
        assert_eq!(
            (found.middle, found.half),
            (11.0 / 10.0, (11.0 / 10.0, 11.0 / 10.0)),
            "what is far off to either side counts as one"
        );
        assert_eq!(Ratio::of(&ours, &[]), None);
        assert_eq!(Ratio::of(&ours, &[0.0; 5]), None);
    }

    #[test]
    fn who_gave_up_is_infinitely_slower() {
        let found = Ratio::of(&[f64::INFINITY], &[10.0, 20.0, 30.0]).unwrap();
        assert!(found.middle.is_infinite());
        let found = Ratio::of(&[10.0, 20.0, 30.0], &[f64::INFINITY]).unwrap();
        assert!(found.middle.abs() < f64::EPSILON);
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        assert_eq!(ratio(3.0, 2.0), Some(1.5));
        assert_eq!(ratio(0.0, 0.0), None);
        assert_eq!(ratio(f64::INFINITY, f64::INFINITY), None);
    }
}
