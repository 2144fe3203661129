//! Law 94-V of the Republic of Kazakhstan on personal data, and the law on the protection of consumers' rights.

use super::{Demand, Rule};

/// What a configuration has to say under the law of Kazakhstan.
pub const RULES: &[Rule] = &[
    Rule {
        demand: Demand::OperatorNumber,
        article: "Law 94-V, art. 8(4)(1)",
    },
    Rule {
        demand: Demand::CollectedData,
        article: "Law 94-V, art. 8(4)(7)",
    },
    Rule {
        demand: Demand::LetterOfWithdrawal,
        article: "Law 94-V, art. 8(7)",
    },
    // Information in one language only counts as not given.
    Rule {
        demand: Demand::KazakhAndRussian,
        article: "Law on the protection of consumers' rights, art. 25(3), 25(7)",
    },
];

/// The eight things that a consent has to name (Law 94-V, art. 8(4)), and where the notice has each: the
/// `data-kelisim-item` of an element of the settings. The second is the code that stands for the name of a visitor whom
/// nobody knows; that a code is enough is an open point of the law.
pub const ITEMS_OF_CONSENT: [(&str, &str); 8] = [
    ("art. 8(4)(1), the operator with its number", "operator"),
    ("art. 8(4)(2), the subject", "code"),
    ("art. 8(4)(3), the term", "term"),
    ("art. 8(4)(4), transfer to third parties", "third-parties"),
    ("art. 8(4)(5), transfer across the border", "cross-border"),
    ("art. 8(4)(6), publicly available sources", "public-sources"),
    ("art. 8(4)(7), the data collected", "data"),
    ("art. 8(4)(8), other: purposes, withdrawal, policy", "withdrawal"),
];

/// The languages in which the notice has to stand.
pub const LANGUAGES: [&str; 2] = ["kk", "ru"];
