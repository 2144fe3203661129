//! Regulation (EU) 2016/679, to which two of the first sites bind themselves.

use super::{Demand, Rule};

/// What a configuration has to say under the GDPR.
pub const RULES: &[Rule] = &[
    Rule {
        demand: Demand::OperatorEmail,
        article: "GDPR, art. 13(1)(a)",
    },
    Rule {
        demand: Demand::OperatorAddress,
        article: "GDPR, art. 13(1)(a)",
    },
];
