//! What Kelisim is to reach, and whether it does. Timings differ between machines, so a target that is not met is said and
//! fails nothing.

use super::conditions::Conditions;
use super::growth::{Aspect, Growth};
use super::readings::{Measure, Ratio, Readings, median, ratio};
use super::subjects::{Role, Subject};
use super::table::{Table, number};
use super::tables::values;

/// One megabyte, in bytes.
const MEGABYTE: f64 = 1024.0 * 1024.0;

/// The peer that some targets name.
const NAMED_PEER: &str = "vanilla-cookieconsent";

/// A number that is to be at most so large.
pub(super) struct Target {
    pub(super) name: &'static str,
    pub(super) limit: f64,
    /// Nothing where it was not measured in this run.
    pub(super) found: Option<Reached>,
}

/// What a run came to.
#[derive(Clone, Copy)]
pub(super) enum Reached {
    /// A number.
    Number(f64),
    /// How many times as much as another needs.
    Times(Ratio),
}

impl Reached {
    /// What is held against the limit.
    pub(super) fn number(self) -> f64 {
        match self {
            Reached::Number(number) => number,
            Reached::Times(ratio) => ratio.middle,
        }
    }

    /// Between which two numbers the middle half of the rounds lies, where each round has one.
    pub(super) fn half(self) -> Option<(f64, f64)> {
        match self {
            Reached::Number(_) => None,
            Reached::Times(ratio) => Some(ratio.half),
        }
    }
}

impl Target {
    /// Whether it is met, not met, or not measured.
    pub(super) fn verdict(&self) -> &'static str {
        match self.found {
            None => "not measured",
            Some(found) if found.number() <= self.limit => "met",
            Some(_) => "not met",
        }
    }
}

/// All of them, against what was read.
pub(super) fn all(readings: &Readings, subjects: &[&Subject]) -> Vec<Target> {
    let found = Found { readings, subjects };
    let target = |name, limit, found| Target { name, limit, found };
    vec![
        target(
            "first contentful paint / without a banner",
            1.02,
            found.against_page(Measure::FirstPaint),
        ),
        target(
            "T-02: first layer / fastest peer",
            1.00,
            found.against_fastest(Role::Kelisim, Measure::Layer),
        ),
        target(
            "the same, in one file",
            1.00,
            found.against_fastest(Role::SingleFile, Measure::Layer),
        ),
        target(
            "T-03: first layer, in the page / bare inline banner",
            1.05,
            found.in_page_against_floor(),
        ),
        target(
            "T-04: analytics on return / fastest peer",
            1.10,
            found.against_fastest(Role::Kelisim, Measure::Return),
        ),
        target(
            "the same, in one file",
            1.10,
            found.against_fastest(Role::SingleFile, Measure::Return),
        ),
        target(
            "Accept to next frame, 200 scripts, ms",
            100.0,
            found.kelisim(Measure::Accept(200)),
        ),
        target(
            "T-05: Accept to next frame, 200 scripts / vanilla-cookieconsent",
            0.5,
            found.against(NAMED_PEER, Measure::Accept(200)),
        ),
        target("T-05: layout shift", 0.0, found.kelisim(Measure::Shift)),
        target("T-05: cost of an element at 1000 / at 100", 1.3, found.growth()),
        target(
            "memory above vanilla-cookieconsent, MB",
            1.0,
            found.memory_above(NAMED_PEER),
        ),
    ]
}

/// The targets as a table.
pub(super) fn table(targets: &[Target]) -> Table {
    let row = |target: &Target| {
        vec![
            target.name.to_owned(),
            format!("≤ {:.2}", target.limit),
            number(target.found.map(Reached::number), 2),
            target
                .found
                .and_then(Reached::half)
                .map_or_else(String::new, |(low, high)| {
                    format!("{} to {}", number(Some(low), 2), number(Some(high), 2))
                }),
            target.verdict().to_owned(),
        ]
    };
    Table {
        title: format!(
            "Targets, {} (Accept and an element's cost: {})",
            Conditions::Slow.name(),
            Conditions::SlowProcessor.name()
        ),
        head: ["", "target", "found", "half of the rounds", ""]
            .map(str::to_owned)
            .to_vec(),
        rows: targets.iter().map(row).collect(),
    }
}

/// Finds numbers among what was read.
struct Found<'bench> {
    readings: &'bench Readings,
    subjects: &'bench [&'bench Subject],
}

impl Found<'_> {
    fn named(&self, id: &str) -> Option<&Subject> {
        self.subjects.iter().copied().find(|subject| subject.id == id)
    }

    fn in_the_role(&self, role: Role) -> Option<&Subject> {
        self.subjects.iter().copied().find(|subject| subject.role == role)
    }

    fn values(&self, subject: &Subject, measure: Measure) -> Vec<f64> {
        values(self.readings, self.subjects, subject, Conditions::Slow, measure)
    }

    fn value(&self, subject: &Subject, measure: Measure) -> Option<f64> {
        median(&self.values(subject, measure))
    }

    fn times(&self, ours: &Subject, theirs: &Subject, measure: Measure) -> Option<Reached> {
        Ratio::of(&self.values(ours, measure), &self.values(theirs, measure)).map(Reached::Times)
    }

    fn kelisim(&self, measure: Measure) -> Option<Reached> {
        self.value(self.in_the_role(Role::Kelisim)?, measure)
            .map(Reached::Number)
    }

    fn against_page(&self, measure: Measure) -> Option<Reached> {
        self.times(self.in_the_role(Role::Kelisim)?, self.in_the_role(Role::Page)?, measure)
    }

    fn against(&self, id: &str, measure: Measure) -> Option<Reached> {
        self.times(self.in_the_role(Role::Kelisim)?, self.named(id)?, measure)
    }

    fn in_page_against_floor(&self) -> Option<Reached> {
        let (ours, theirs) = (self.in_the_role(Role::InPage)?, self.in_the_role(Role::Floor)?);
        self.times(ours, theirs, Measure::Layer)
    }

    /// Kelisim in one of its roles, against the peer with the smallest median.
    fn against_fastest(&self, role: Role, measure: Measure) -> Option<Reached> {
        let peers = self.subjects.iter().filter(|subject| subject.role == Role::Peer);
        let (_, fastest) = peers
            .filter_map(|peer| Some((self.value(peer, measure)?, *peer)))
            .min_by(|one, other| one.0.total_cmp(&other.0))?;
        self.times(self.in_the_role(role)?, fastest, measure)
    }

    fn memory_above(&self, id: &str) -> Option<Reached> {
        let needs = |subject| self.value(subject, Measure::Memory);
        let above = needs(self.in_the_role(Role::Kelisim)?)? - needs(self.named(id)?)?;
        Some(Reached::Number(above / MEGABYTE))
    }

    /// What each element more costs between 100 and 1000 of them, against between 10 and 100.
    fn growth(&self) -> Option<Reached> {
        let kelisim = self.subjects.iter().find(|subject| subject.role == Role::Kelisim)?;
        let time = |count| {
            let measure = Measure::Grown(Growth::Elements(count), Aspect::Accept);
            self.readings.median(kelisim, Growth::CONDITIONS, measure)
        };
        growth(time(10)?, time(100)?, time(1000)?).map(Reached::Number)
    }
}

/// By how much an element of the second kind costs more than one of the first: those from 100 to 1000, those from 10 to 100.
fn growth(ten: f64, hundred: f64, thousand: f64) -> Option<f64> {
    ratio((thousand - hundred) / 900.0, (hundred - ten) / 90.0)
}

#[cfg(test)]
mod tests {
    use super::{Reached, Target, growth};

    fn verdict(found: Option<f64>) -> &'static str {
        let name = "layout shift";
        Target {
            name,
            limit: 0.0,
            found: found.map(Reached::Number),
        }
        .verdict()
    }

    #[test]
    fn a_target_is_met_at_its_limit() {
        assert_eq!(verdict(Some(0.0)), "met");
        assert_eq!(verdict(Some(0.001)), "not met");
        assert_eq!(verdict(None), "not measured");
    }

    #[test]
    fn what_comes_once_is_no_cost_of_an_element() {
        assert_eq!(growth(50.0 + 10.0, 50.0 + 100.0, 50.0 + 1000.0), Some(1.0));
        assert_eq!(growth(10.0, 100.0, 100.0 + 1800.0), Some(2.0));
    }
}
