//! Counts tests, from what the test runners print.

use std::{fmt, ops::AddAssign};

/// How many tests passed, failed and were skipped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

impl Tally {
    /// One thing that went wrong without being a test.
    pub const FAILURE: Self = Self { passed: 0, failed: 1, skipped: 0 };

    /// Reads cargo's line `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub fn of_cargo(line: &str) -> Option<Self> {
        let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let count = |what: &str| {
            let part = counts.split("; ").find(|part| part.ends_with(what))?;
            part.split(' ').next()?.parse().ok()
        };
        Some(Self { passed: count(" passed")?, failed: count(" failed")?, skipped: count(" ignored")? })
    }

    /// Reads the report of Playwright's JSON reporter.
    pub fn of_playwright(report: &str) -> Option<Self> {
        let report: serde_json::Value = serde_json::from_str(report).ok()?;
        let count = |what: &str| report["stats"][what].as_u64();
        // An error outside of any test (a file that does not load) is none of the counts.
        let outside = report["errors"].as_array().map_or(0, Vec::len) as u64;
        Some(Self {
            passed: count("expected")? + count("flaky")?,
            failed: count("unexpected")? + outside,
            skipped: count("skipped")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_line_is_read() {
        let line = "test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        assert_eq!(Tally::of_cargo(line), Some(Tally { passed: 12, failed: 1, skipped: 2 }));
        assert_eq!(Tally::of_cargo("running 3 tests"), None);
    }

    #[test]
    fn playwrights_report_is_read() {
        let report = r#"{"errors": [{}], "stats": {"expected": 5, "unexpected": 1, "flaky": 0, "skipped": 2}}"#;
        assert_eq!(Tally::of_playwright(report), Some(Tally { passed: 5, failed: 2, skipped: 2 }));
        assert_eq!(Tally::of_playwright("{}"), None);
    }

    #[test]
    fn the_last_line_has_the_agreed_form() {
        assert_eq!(Tally { passed: 7, failed: 0, skipped: 0 }.to_string(), "7 passed, 0 failed");
        assert_eq!(Tally { passed: 7, failed: 1, skipped: 2 }.to_string(), "7 passed, 1 failed, 2 skipped");
    }
}
