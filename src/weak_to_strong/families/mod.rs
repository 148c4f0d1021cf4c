//! Families of questions: what supervisor and student see of each, and the truth.

mod digits;
mod overlap;

use super::event::Example;
use crate::{
    lab::{Assets, Breath, Failure, Scenario},
    models::head::Matrix,
};

/// Questions with their true answers, as supervisor and student see them.
#[derive(Debug, Clone, Default)]
pub struct Questions {
    /// What the supervisor sees, a row each.
    pub weak: Matrix,
    /// What the student sees, a row each; nothing where the student need not look.
    pub strong: Matrix,
    /// Whether the answer is *yes*.
    pub truth: Vec<bool>,
}

/// Everything that one repetition needs.
pub struct Task {
    /// The supervisor learns from these, with the truth.
    pub for_weak: Questions,
    /// The supervisor answers these for the student; the ceiling learns from them with the truth.
    pub for_student: Questions,
    /// For choosing when to stop.
    pub validation: Questions,
    /// For the results; nothing is chosen by them.
    pub test: Questions,
    /// Numbers that the student's head sees, and its hidden units.
    pub inputs: usize,
    /// See `inputs`.
    pub hidden: Vec<usize>,
    /// Weights of the frozen network below the student's head.
    pub frozen: u32,
    /// The first test questions, to look at.
    pub examples: Vec<Example>,
    /// Where what the student sees takes time to compute: how. The supervisor need not wait for it.
    closer: Option<digits::Closer>,
}

impl Task {
    /// Lets the student see its questions.
    ///
    /// # Errors
    /// Where the run is cancelled.
    pub async fn look_closer(&mut self, breath: &Breath) -> Result<(), Failure> {
        if let Some(closer) = &self.closer {
            let [student, validation, test] = closer.features(breath).await?;
            self.for_student.strong = student;
            self.validation.strong = validation;
            self.test.strong = test;
        }
        Ok(())
    }
}

/// Questions for the supervisor's own training, and for choosing when to stop.
const FOR_WEAK: usize = 2000;
const VALIDATION: usize = 1000;
/// Test questions, and how many of them are shown.
const TEST: usize = 2000;
const EXAMPLES: usize = 96;

/// Which pair of models.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// The supervisor's size, 0 to 2.
    pub weak: usize,
    /// The student's size, 0 to 2.
    pub strong: usize,
}

/// The questions of one repetition; `seed` is its own.
///
/// # Errors
/// Where the run is cancelled, or something that it needs is missing.
pub async fn task(
    scenario: &Scenario,
    assets: &dyn Assets,
    pair: Pair,
    seed: u64,
    breath: &Breath,
) -> Result<Task, Failure> {
    match scenario.choice("family") {
        "overlap" => Ok(overlap::task(scenario, pair, seed)),
        _ => digits::task(scenario, assets, pair, seed, breath).await,
    }
}
