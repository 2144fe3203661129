//! In which order the visits of a round are made: one subject after the other for each thing that is measured, and each
//! round beginning with another subject, so that whatever the machine does besides falls on all alike.

use super::conditions::Conditions;
use super::growth::{Aspect, Growth};
use super::readings::Measure;
use super::subjects::Role;

/// With how many gated scripts accepting is measured.
pub(super) const SCRIPTS: [u32; 3] = [1, 50, 200];

/// How often a page is loaded in one round where the network is slow. That is what most targets are about, it is a ratio of a
/// few hundredths, and one page load differs from the next by more.
const LOADS: usize = 3;

/// A visit to make.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Visit {
    /// With nothing cached, and again after accepting.
    FirstAndSecond(Conditions),
    /// Accepting with this many gated scripts.
    Accepting(Conditions, u32),
    /// With more of something.
    Growing(Growth),
}

impl Visit {
    /// What it measures last: the number that is missing where it does not come to its end.
    pub(super) fn last_measure(self) -> (Conditions, Measure) {
        match self {
            Visit::FirstAndSecond(conditions) => (conditions, Measure::Return),
            Visit::Accepting(conditions, scripts) => (conditions, Measure::Accept(scripts)),
            Visit::Growing(growth) => (Growth::CONDITIONS, Measure::Grown(growth, Aspect::Accept)),
        }
    }
}

/// The tables that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tables {
    pub(super) comparison: bool,
    pub(super) growth: bool,
}

/// The visits of one round over subjects of these roles, each with the place of its subject among them.
pub(super) fn visits(round: usize, roles: &[Role], tables: Tables) -> Vec<(usize, Visit)> {
    let mut kinds = Vec::new();
    if tables.comparison {
        kinds.extend([Visit::FirstAndSecond(Conditions::Slow); LOADS]);
        kinds.push(Visit::FirstAndSecond(Conditions::Plain));
        for conditions in [Conditions::SlowProcessor, Conditions::Plain] {
            kinds.extend(SCRIPTS.map(|scripts| Visit::Accepting(conditions, scripts)));
        }
    }
    if tables.growth {
        kinds.extend(Growth::ALL.map(Visit::Growing));
    }
    let mut rotated: Vec<(usize, Role)> = roles.iter().copied().enumerate().collect();
    rotated.rotate_left(round % roles.len().max(1));
    let pairs = kinds
        .into_iter()
        .flat_map(|kind| rotated.iter().map(move |subject| (*subject, kind)));
    pairs
        .filter(|((_, role), kind)| concerns(*role, *kind))
        .map(|((place, _), kind)| (place, kind))
        .collect()
}

/// Whether a visit of this kind says anything of a subject of this role.
fn concerns(role: Role, visit: Visit) -> bool {
    match visit {
        Visit::FirstAndSecond(_) => true,
        Visit::Accepting(..) => role != Role::Page,
        Visit::Growing(_) => role == Role::Kelisim,
    }
}

#[cfg(test)]
mod tests {
    use super::{Tables, Visit, visits};
    use crate::bench::conditions::Conditions;
    use crate::bench::subjects::Role;

    const COMPARISON: Tables = Tables {
        comparison: true,
        growth: false,
    };

    #[test]
    fn each_round_begins_with_another_subject() {
        let roles = [Role::Kelisim, Role::Peer, Role::Page];
        let first = |round| visits(round, &roles, COMPARISON)[0];
        assert_eq!(first(0), (0, Visit::FirstAndSecond(Conditions::Slow)));
        assert_eq!(first(1), (1, Visit::FirstAndSecond(Conditions::Slow)));
        assert_eq!(first(3), first(0));
    }

    /// One after the other, and then all again: what slows the machine for a while slows all.
    #[test]
    fn slow_pages_are_loaded_in_turn() {
        let roles = [Role::Kelisim, Role::Peer];
        let order: Vec<usize> = visits(0, &roles, COMPARISON)
            .into_iter()
            .filter(|(_, visit)| *visit == Visit::FirstAndSecond(Conditions::Slow))
            .map(|(place, _)| place)
            .collect();
        assert_eq!(order, [0, 1, 0, 1, 0, 1]);
    }

    #[test]
    fn only_what_says_something_is_visited() {
        let growth = Tables {
            comparison: true,
            growth: true,
        };
        let of_the_page = visits(0, &[Role::Page], growth);
        assert!(
            of_the_page
                .iter()
                .all(|(_, visit)| matches!(visit, Visit::FirstAndSecond(_)))
        );
        let of_a_peer = visits(0, &[Role::Peer], growth);
        assert!(!of_a_peer.iter().any(|(_, visit)| matches!(visit, Visit::Growing(_))));
    }
}
