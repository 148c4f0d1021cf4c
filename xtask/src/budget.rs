//! Size budgets of the built site. What the first debate loads in all is measured in the browser tests.

use crate::{
    shell::{Outcome, root, say},
    site,
    tally::Tally,
};

/// Compares every part with its budget.
pub fn check() -> Outcome<Tally> {
    let mut tally = Tally::default();
    for part in site::parts(&root().join("dist"))? {
        let size = part.compressed()?;
        let fits = size <= part.budget;
        let word = if fits { "ok" } else { "TOO LARGE" };
        let (size, budget) = (site::kilobytes(size), site::kilobytes(part.budget));
        say(&format!("  {word}: {}: {size} of {budget} gzip", part.name));
        tally += if fits { Tally { passed: 1, ..Tally::default() } } else { Tally::FAILURE };
    }
    Ok(tally)
}
