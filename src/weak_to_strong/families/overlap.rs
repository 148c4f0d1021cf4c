//! A toy in which one can see why weak-to-strong generalization happens: points of 32 numbers, of which six carry
//! easy evidence and six carry hard evidence, which the supervisor does not see. (After Shin, Cooper and Sala 2024,
//! "Weak-to-strong generalization through the data-centric lens".)
//!
//! Where points carry both, a student can learn from the supervisor's labels what hard evidence looks like.

use super::{EXAMPLES, Eyes, FOR_WEAK, Family, Order, Set, TEST, VALIDATION, yes_or_no};
use crate::{
    lab::{Breath, Failure, Scenario},
    models::{
        head::{self, Matrix},
        mlp::Mlp,
    },
    seed::{self, Rng},
    weak_to_strong::event::{Example, Shown},
};
use rand::Rng as _;

/// Numbers of each kind.
const EASY: usize = 6;
const HARD: usize = 6;
const NOISE: usize = 20;
/// How far evidence moves a point along its direction, in standard deviations of the noise.
const SIGNAL: f32 = 2.2;
/// Easy numbers that a supervisor sees, by its size.
const SEEN: [usize; 3] = [2, 4, 6];
/// Hidden units of a student, by its size.
const HIDDEN: [usize; 3] = [4, 32, 128];

/// See the module's text.
pub struct Overlap {
    order: Order,
    overlap: f32,
}

impl Overlap {
    /// The toy as a scenario sets it.
    pub fn open(scenario: &Scenario, order: Order) -> Self {
        Self { order, overlap: scenario.int("overlap") as f32 / 100.0 }
    }

    fn points(&self, set: Set) -> Vec<Point> {
        let (purpose, first, n) = match set {
            Set::ForWeak => ("points for the supervisor", 0, FOR_WEAK),
            Set::Fresh(n) => ("points for the student", n, self.order.labelled),
            Set::All => return (0..self.order.fresh).flat_map(|n| self.points(Set::Fresh(n))).collect(),
            Set::Validation => ("points for validation", 0, VALIDATION),
            Set::Test => ("points for the test", 0, TEST),
        };
        let mut rng = seed::rng(self.order.seed, purpose, first as u64);
        (0..n).map(|_| Point::draw(self.overlap, &mut rng)).collect()
    }
}

impl Family for Overlap {
    type Net = Mlp;

    fn untrained(&self, eyes: Eyes) -> Mlp {
        match eyes {
            Eyes::Weak => head::initial(self.order.seed, "supervisor", SEEN[self.order.weak], &[]),
            Eyes::Strong(size) => head::initial(self.order.seed, "student", EASY + HARD + NOISE, &[HIDDEN[size]]),
        }
    }

    fn frozen(&self, _: usize) -> u32 {
        0
    }

    fn rate(&self, eyes: Eyes) -> f32 {
        if eyes == Eyes::Weak { 0.02 } else { 2e-3 }
    }

    fn weak_epochs(&self) -> u32 {
        20
    }

    async fn see(&self, eyes: Eyes, set: Set, _: &Breath) -> Result<Matrix, Failure> {
        let seen = if eyes == Eyes::Weak { SEEN[self.order.weak] } else { EASY + HARD + NOISE };
        Ok(Matrix::of_rows(self.points(set).into_iter().map(|point| point.numbers[..seen].to_vec())))
    }

    fn right(&self, set: Set) -> Vec<Vec<u8>> {
        self.points(set).iter().map(|point| yes_or_no(point.truth)).collect()
    }

    fn examples(&self) -> Vec<Example> {
        self.points(Set::Test)[..EXAMPLES].iter().map(Point::example).collect()
    }
}

struct Point {
    numbers: Vec<f32>,
    truth: bool,
}

impl Point {
    fn draw(overlap: f32, rng: &mut Rng) -> Self {
        let truth: bool = rng.random();
        let (has_both, has_easy): (bool, bool) = (rng.random_range(0.0..1.0) < overlap, rng.random());
        let mut kind = |n: usize, present: bool| {
            let sign = if truth { 1.0 } else { -1.0 };
            let shift = if present { sign * SIGNAL / (n as f32).sqrt() } else { 0.0 };
            (0..n).map(|_| shift + seed::normal(rng, 1.0)).collect::<Vec<_>>()
        };
        let easy = kind(EASY, has_both || has_easy);
        let hard = kind(HARD, has_both || !has_easy);
        let noise = kind(NOISE, false);
        Self { numbers: [easy, hard, noise].concat(), truth }
    }

    fn example(&self) -> Example {
        let sum = |numbers: &[f32]| numbers.iter().sum::<f32>() / (numbers.len() as f32).sqrt();
        let (easy, hard) = (sum(&self.numbers[..EASY]), sum(&self.numbers[EASY..EASY + HARD]));
        Example {
            shown: Shown::Evidence { easy, hard },
            answers: ["no", "yes"].map(str::to_owned).to_vec(),
            right: yes_or_no(self.truth),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(overlap: f32) -> Vec<Point> {
        let mut rng = seed::rng(1, "points", 0);
        (0..2000).map(|_| Point::draw(overlap, &mut rng)).collect()
    }

    /// Share of points whose sum over these numbers has the sign of the truth.
    fn told_by(points: &[Point], easy: bool) -> f64 {
        let told = points.iter().filter(|point| match point.example().shown {
            Shown::Evidence { easy: e, hard: h } => ((if easy { e } else { h }) > 0.0) == point.truth,
            _ => false,
        });
        told.count() as f64 / points.len() as f64
    }

    #[test]
    fn with_full_overlap_either_evidence_tells_and_without_it_tells_half() {
        let (all, none) = (points(1.0), points(0.0));
        // Φ(2.2) = 0.986; without overlap half of the points say nothing: (0.986 + 0.5) / 2 = 0.743.
        for (found, expected) in
            [(told_by(&all, true), 0.986), (told_by(&all, false), 0.986), (told_by(&none, true), 0.743)]
        {
            assert!((found - expected).abs() < 0.03, "{found} and {expected}");
        }
        assert_eq!(all[0].numbers.len(), 32);
    }
}
