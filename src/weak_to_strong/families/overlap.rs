//! A toy in which one can see why weak-to-strong generalization happens: points of 32 numbers, of which six carry
//! easy evidence and six carry hard evidence, which the supervisor does not see. (After Shin, Cooper and Sala 2024,
//! "Weak-to-strong generalization through the data-centric lens".)
//!
//! Where points carry both, a student can learn from the supervisor's labels what hard evidence looks like.

use super::{EXAMPLES, FOR_WEAK, Pair, Questions, TEST, Task, VALIDATION};
use crate::{
    lab::Scenario,
    models::head::Matrix,
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
pub fn task(scenario: &Scenario, pair: Pair, seed: u64) -> Task {
    let overlap = scenario.int("overlap") as f32 / 100.0;
    let draw = |purpose, n| {
        let mut rng = seed::rng(seed, purpose, 0);
        (0..n).map(|_| Point::draw(overlap, &mut rng)).collect::<Vec<_>>()
    };
    let questions = |points: &[Point]| Questions {
        weak: Matrix::of_rows(points.iter().map(|point| point.numbers[..SEEN[pair.weak]].to_vec())),
        strong: Matrix::of_rows(points.iter().map(|point| point.numbers.clone())),
        truth: points.iter().map(|point| point.truth).collect(),
    };
    let test = draw("points for the test", TEST);
    Task {
        for_weak: questions(&draw("points for the supervisor", FOR_WEAK)),
        for_student: questions(&draw("points for the student", scenario.int("labelled") as usize)),
        validation: questions(&draw("points for validation", VALIDATION)),
        test: questions(&test),
        inputs: EASY + HARD + NOISE,
        hidden: vec![HIDDEN[pair.strong]],
        frozen: 0,
        examples: test[..EXAMPLES].iter().map(Point::example).collect(),
        closer: None,
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
        Example { shown: Shown::Evidence { easy, hard }, truth: self.truth }
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
            Shown::Picture(_) => false,
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
