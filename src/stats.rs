//! Intervals and scores. Nothing here knows what it measures.

use serde::{Deserialize, Serialize};

/// Two-sided 95 % point of the normal distribution.
const Z95: f64 = 1.959_964;

/// A point estimate with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Point estimate.
    pub mean: f64,
    /// Lower end of the 95 % interval.
    pub lo: f64,
    /// Upper end of the 95 % interval.
    pub hi: f64,
    /// How many observations.
    pub n: u64,
}

/// How often something came out, such as right answers of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How often.
    pub right: u32,
    /// Out of how many.
    pub of: u32,
}

impl Tally {
    /// The share, 0 to 1; 0 of none.
    pub fn share(self) -> f64 {
        f64::from(self.right) / f64::from(self.of.max(1))
    }

    /// The share with Wilson's interval, see [`proportion`].
    pub fn estimate(self) -> Estimate {
        proportion(self.right.into(), self.of.into())
    }

    /// Counts one more.
    pub fn count(&mut self, right: bool) {
        self.right += u32::from(right);
        self.of += 1;
    }
}

impl std::ops::Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { right: self.right + other.right, of: self.of + other.of }
    }
}

/// A proportion with Wilson's score interval (Wilson 1927), which stays inside 0 to 1 and is honest for small `n`.
/// Without observations: 0.5 and everything from 0 to 1.
pub fn proportion(successes: u64, n: u64) -> Estimate {
    if n == 0 {
        return Estimate { mean: 0.5, lo: 0.0, hi: 1.0, n };
    }
    share(successes as f64 / n as f64, n)
}

/// The same for a share of 0 to 1 in `n` independent observations that may count in part, such as pictures of which
/// two games were played.
pub fn share(share: f64, n: u64) -> Estimate {
    let count = n.max(1) as f64;
    let z2 = Z95 * Z95;
    let centre = (share + z2 / (2.0 * count)) / (1.0 + z2 / count);
    let half = Z95 / (1.0 + z2 / count) * (share * (1.0 - share) / count + z2 / (4.0 * count * count)).sqrt();
    // At the ends the interval touches 0 or 1 exactly; rounding must not make it miss.
    let lo = if share <= 0.0 { 0.0 } else { (centre - half).max(0.0) };
    let hi = if share >= 1.0 { 1.0 } else { (centre + half).min(1.0) };
    Estimate { mean: share, lo, hi, n }
}

/// A mean with Student's t interval. With fewer than two observations nothing is known of the spread, and the
/// interval is infinite; without any the mean is 0.
pub fn mean(values: &[f64]) -> Estimate {
    let n = values.len();
    let count = n as f64;
    let mean = if n == 0 { 0.0 } else { values.iter().sum::<f64>() / count };
    if n < 2 {
        return Estimate { mean, lo: f64::NEG_INFINITY, hi: f64::INFINITY, n: n as u64 };
    }
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1.0);
    let half = t95(n - 1) * (variance / count).sqrt();
    Estimate { mean, lo: mean - half, hi: mean + half, n: n as u64 }
}

/// The mean of shares (0 to 1) that runs found, each with its number of observations. The interval holds Student's t
/// interval over the runs, as runs may differ, and Wilson's over all observations, as few runs may agree by chance.
pub fn mean_share(runs: &[(f64, u64)]) -> Estimate {
    let over = mean(&runs.iter().map(|(share, _)| *share).collect::<Vec<_>>());
    let pooled = share(over.mean, runs.iter().map(|(_, n)| n).sum());
    Estimate { lo: over.lo.clamp(0.0, pooled.lo), hi: over.hi.clamp(pooled.hi, 1.0), ..over }
}

/// The mean of the shares that runs counted; `None` without any.
pub fn mean_tally(tallies: impl Iterator<Item = Tally>) -> Option<Estimate> {
    let runs: Vec<(f64, u64)> = tallies.map(|tally| (tally.share(), tally.of.into())).collect();
    match runs.as_slice() {
        [] => None,
        [(one, n)] => Some(share(*one, *n)),
        runs => Some(mean_share(runs)),
    }
}

/// Two-sided 95 % point of Student's t: tabled up to 10 degrees of freedom, beyond that by the first terms of the
/// Cornish–Fisher expansion, which is right to three digits there.
fn t95(freedom: usize) -> f64 {
    const TABLE: [f64; 10] = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];
    if let Some(point) = freedom.checked_sub(1).and_then(|row| TABLE.get(row)) {
        return *point;
    }
    let (z, v) = (Z95, freedom as f64);
    let odd = |power: i32, factor: f64| factor * z.powi(power);
    let first = (odd(3, 1.0) + z) / (4.0 * v);
    let second = (odd(5, 5.0) + odd(3, 16.0) + 3.0 * z) / (96.0 * v * v);
    let third = (odd(7, 3.0) + odd(5, 19.0) + odd(3, 17.0) - 15.0 * z) / (384.0 * v * v * v);
    z + first + second + third
}

/// Logarithmic score of a stated probability, in bits: 0 for certainty that proved right, −1 for an even guess.
/// A stated 0 or 1 counts as one part in two hundred, so that one mistake is not minus infinity.
pub fn log_score(probability: f64, happened: bool) -> f64 {
    let given = if happened { probability } else { 1.0 - probability };
    libm::log2(given.clamp(0.005, 0.995))
}

/// One bin of a calibration plot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Mean of the stated probabilities in this bin.
    pub stated: f64,
    /// How often it happened.
    pub happened: Estimate,
}

/// Sorts stated probabilities (0 to 1) into `bins` equal bins and compares each with what happened; empty bins are
/// left out. A probability on an edge belongs to the bin above it.
pub fn calibration(stated: &[(f64, bool)], bins: usize) -> Vec<Bin> {
    let bins = bins.max(1);
    let mut sums = vec![(0.0, 0_u64, 0_u64); bins];
    for (probability, happened) in stated {
        let bin = ((probability * bins as f64) as usize).min(bins - 1);
        let (sum, hits, n) = &mut sums[bin];
        *sum += probability;
        *hits += u64::from(*happened);
        *n += 1;
    }
    let filled = sums.into_iter().filter(|(_, _, n)| *n > 0);
    filled.map(|(sum, hits, n)| Bin { stated: sum / n as f64, happened: proportion(hits, n) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(a: f64, b: f64, within: f64) {
        assert!((a - b).abs() <= within, "{a} is not within {within} of {b}");
    }

    #[test]
    fn wilson_agrees_with_a_published_example() {
        // 81 of 263 (Newcombe 1998, table I): 0.2553 to 0.3662.
        let estimate = proportion(81, 263);
        near(estimate.mean, 0.308, 1e-4);
        near(estimate.lo, 0.2553, 5e-5);
        near(estimate.hi, 0.3662, 5e-5);
        // 0 of 20, by hand: hi = z²/n / (1 + z²/n) = 0.19207 / 1.19207.
        let none = proportion(0, 20);
        assert!(none.lo.abs() < f64::EPSILON);
        near(none.hi, 0.16113, 5e-5);
    }

    #[test]
    fn without_observations_nothing_is_known() {
        assert_eq!(proportion(0, 0), Estimate { mean: 0.5, lo: 0.0, hi: 1.0, n: 0 });
        assert!(mean(&[3.0]).hi.is_infinite());
        assert_eq!(mean(&[]).n, 0);
    }

    #[test]
    fn a_mean_worked_by_hand() {
        // 1, 2, 3, 4: mean 2.5, variance 5/3, standard error 0.645497, t(3) = 3.182.
        let estimate = mean(&[1.0, 2.0, 3.0, 4.0]);
        near(estimate.mean, 2.5, 1e-12);
        near(estimate.hi - 2.5, 2.05397, 1e-4);
        near(2.5 - estimate.lo, 2.05397, 1e-4);
    }

    #[test]
    fn a_mean_of_shares_is_as_unsure_as_both_its_sources() {
        // Two runs that agree: what is left is Wilson's interval for 20 of 20.
        let agree = mean_share(&[(1.0, 10), (1.0, 10)]);
        assert_eq!((agree.mean, agree.lo, agree.hi, agree.n), (1.0, proportion(20, 20).lo, 1.0, 2));
        // Two that do not: Student's t interval, which is wider than what can be.
        let differ = mean_share(&[(0.2, 100), (0.8, 100)]);
        assert_eq!((differ.mean, differ.lo, differ.hi), (0.5, 0.0, 1.0));
        let some = mean_share(&[(0.5, 100), (0.52, 100), (0.51, 100)]);
        assert!(some.lo <= mean(&[0.5, 0.52, 0.51]).lo && some.lo <= share(0.51, 300).lo);
    }

    #[test]
    fn t_beyond_the_table_matches_published_values() {
        for (freedom, point) in [(11, 2.201), (20, 2.086), (30, 2.042), (120, 1.980)] {
            near(t95(freedom), point, 1e-3);
        }
    }

    #[test]
    fn log_score_rewards_honest_doubt() {
        near(log_score(0.5, true), -1.0, 1e-12);
        near(log_score(0.25, false), libm::log2(0.75), 1e-12);
        near(log_score(0.0, true), libm::log2(0.005), 1e-12);
        assert!(log_score(0.9, true) > log_score(0.6, true));
    }

    #[test]
    fn calibration_bins_by_hand() {
        let bins = calibration(&[(0.1, false), (0.3, true), (0.5, true), (1.0, true), (0.8, false)], 2);
        assert_eq!(bins.len(), 2);
        near(bins[0].stated, 0.2, 1e-12);
        assert_eq!(bins[0].happened, proportion(1, 2));
        near(bins[1].stated, 2.3 / 3.0, 1e-12);
        assert_eq!(bins[1].happened, proportion(2, 3));
        assert_eq!(calibration(&[(0.95, true)], 10).len(), 1);
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_mean_and_narrows(n in 1_u64..5000, part in 0.0..=1.0_f64) {
            let successes = (part * n as f64) as u64;
            let estimate = proportion(successes, n);
            prop_assert!(0.0 <= estimate.lo && estimate.lo <= estimate.mean);
            prop_assert!(estimate.mean <= estimate.hi && estimate.hi <= 1.0);
            let more = proportion(successes * 4, n * 4);
            prop_assert!(more.hi - more.lo < estimate.hi - estimate.lo);
        }
    }
}
