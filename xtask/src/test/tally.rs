//! Counts what passed and what failed, over every kind of check.

use anyhow::Result;
use std::fmt;

/// Numbers of checks and tests, and the checks that failed.
#[derive(Default)]
pub(super) struct Tally {
    passed: u64,
    failed: u64,
    failures: Vec<String>,
    /// Whether a test harness was heard at all, even of no tests.
    harness: bool,
}

impl Tally {
    /// Reads `test result: ok. 12 passed; 1 failed; …`, which every test harness prints; other lines count nothing.
    pub(super) fn read(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result: ") else {
            return;
        };
        let number_before = |word: &str| -> u64 {
            let number = counts
                .split(word)
                .next()
                .and_then(|before| before.split_whitespace().last());
            number.and_then(|number| number.parse().ok()).unwrap_or_default()
        };
        self.harness = true;
        self.passed += number_before(" passed");
        self.failed += number_before(" failed");
    }

    /// Adds a check that is no test: it counts as one.
    pub(super) fn add_check(&mut self, name: &str, result: Result<()>) {
        match result {
            Ok(()) => self.passed += 1,
            Err(error) => self.fail(format!("{name}: {error:#}")),
        }
    }

    /// Adds a program that ran: by its tests, or as one where it is no test harness. A program that failed although none of
    /// its tests did could not be compiled or broke off, which is one failure more.
    pub(super) fn add(&mut self, name: &str, counted: &Tally, succeeded: Result<bool>) {
        self.passed += counted.passed;
        self.failed += counted.failed;
        match succeeded {
            Ok(true) if counted.failed == 0 => self.passed += u64::from(!counted.harness),
            Ok(_) if counted.failed > 0 => self.failures.push(format!("{name}: {} failed", counted.failed)),
            Ok(_) => self.fail(format!("{name}: see above")),
            Err(error) => self.fail(format!("{name}: {error:#}")),
        }
    }

    /// Whether nothing failed, and something ran.
    pub(super) fn all_passed(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    fn fail(&mut self, failure: String) {
        self.failed += 1;
        self.failures.push(failure);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter)?;
        for failure in &self.failures {
            writeln!(formatter, "failed: {failure}")?;
        }
        writeln!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use anyhow::anyhow;

    fn last_line(tally: &Tally) -> String {
        tally.to_string().lines().last().unwrap_or_default().to_owned()
    }

    #[test]
    fn tests_are_counted_over_every_harness() {
        let mut counted = Tally::default();
        counted.read("running 3 tests");
        counted.read("test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s");
        counted.read("\u{1b}[32mtest result: FAILED. 3 passed; 2 failed; 1 ignored; 0 filtered out");
        let mut tally = Tally::default();
        tally.add("native tests", &counted, Ok(false));
        assert_eq!(last_line(&tally), "15 passed, 2 failed");
        assert!(!tally.all_passed());
    }

    #[test]
    fn a_check_without_tests_counts_as_one() {
        let mut tally = Tally::default();
        tally.add("formatting", &Tally::default(), Ok(true));
        tally.add_check("build", Ok(()));
        assert_eq!(last_line(&tally), "2 passed, 0 failed");
        assert!(tally.all_passed());
    }

    #[test]
    fn what_does_not_compile_counts_as_failed() {
        let mut tally = Tally::default();
        tally.add("native tests", &Tally::default(), Ok(false));
        tally.add("visits", &Tally::default(), Err(anyhow!("cargo did not start")));
        assert_eq!(last_line(&tally), "0 passed, 2 failed");
    }

    #[test]
    fn a_harness_that_breaks_off_after_tests_that_passed_is_a_failure() {
        let mut counted = Tally::default();
        counted.read("test result: ok. 4 passed; 0 failed; 0 ignored");
        let mut tally = Tally::default();
        tally.add("native tests", &counted, Ok(false));
        assert_eq!(last_line(&tally), "4 passed, 1 failed");
    }
}
