//! In which order the visits of a round are made: one subject after the other for each thing that is measured, each time
//! beginning with another subject and in another order, so that whatever the machine does besides, and whatever a visit
//! leaves behind for the next one, falls on all alike.

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
    let turns = kinds.len();
    let mut visits = Vec::new();
    for (turn, kind) in kinds.into_iter().enumerate() {
        let order = order(round * turns + turn, roles.len());
        let concerned = order.filter(|place| roles.get(*place).is_some_and(|role| concerns(*role, kind)));
        visits.extend(concerned.map(|place| (place, kind)));
    }
    visits
}

/// Places in a circle, each once: where it begins and how far it is from one to the next is another in each turn, so that
/// nobody always follows the same one.
fn order(turn: usize, places: usize) -> impl Iterator<Item = usize> {
    let strides: Vec<usize> = (1..places.max(2))
        .filter(|stride| comes_round(*stride, places))
        .collect();
    let stride = strides.get(turn % strides.len().max(1)).copied().unwrap_or(1);
    (0..places).map(move |step| (turn + step * stride) % places)
}

/// Whether steps of this length come to every place of the circle: the two have no divisor in common.
fn comes_round(stride: usize, places: usize) -> bool {
    (2..=stride).all(|divisor| !stride.is_multiple_of(divisor) || !places.is_multiple_of(divisor))
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
    use super::{Tables, Visit, order, visits};
    use crate::bench::conditions::Conditions;
    use crate::bench::subjects::Role;

    const COMPARISON: Tables = Tables {
        comparison: true,
        growth: false,
    };

    #[test]
    fn each_turn_begins_with_another_subject() {
        let first = |turn| order(turn, 9).next();
        assert_eq!([first(0), first(1), first(8), first(9)], [0, 1, 8, 0].map(Some));
    }

    #[test]
    fn each_turn_has_every_subject_once() {
        for places in 0..12 {
            for turn in 0..30 {
                let mut order: Vec<usize> = order(turn, places).collect();
                order.sort_unstable();
                assert_eq!(order, (0..places).collect::<Vec<_>>(), "turn {turn} of {places}");
            }
        }
    }

    #[test]
    fn nobody_always_follows_the_same_one() {
        let before_the_last = |turn| {
            let order: Vec<usize> = order(turn, 9).collect();
            let place = order.iter().position(|place| *place == 8).unwrap();
            order[(place + 8) % 9]
        };
        let mut before: Vec<usize> = (0..9).map(before_the_last).collect();
        before.sort_unstable();
        before.dedup();
        assert_eq!(before.len(), 6, "{before:?}");
    }

    /// One after the other, and then all again: what slows the machine for a while slows all.
    #[test]
    fn slow_pages_are_loaded_in_turn() {
        let roles = [Role::Kelisim, Role::Peer];
        let loaded: Vec<usize> = visits(0, &roles, COMPARISON)
            .into_iter()
            .filter(|(_, visit)| *visit == Visit::FirstAndSecond(Conditions::Slow))
            .map(|(place, _)| place)
            .collect();
        assert_eq!(loaded, [0, 1, 1, 0, 0, 1]);
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
