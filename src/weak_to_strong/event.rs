//! What happens in a run of the weak-to-strong lab.

use crate::stats::Tally;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

/// One step of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The first thing in a run of one pair: test questions to look at.
    Begun(Box<Begun>),
    /// A training at a measure.
    Measured(Box<Measured>),
    /// All trainings of one repetition have ended.
    Ended(Box<Outcome>),
    /// A pair of the grid has been run.
    Cell(Cell),
    /// How far a reader is that is pretrained first.
    Read(Read),
}

/// A reader's pretraining without labels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Read {
    /// Steps done.
    pub step: u32,
    /// Of how many.
    pub steps: u32,
    /// Mean cross-entropy of the hidden words since the last event, in nats.
    pub loss: f32,
}

/// Whose training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Who {
    /// The supervisor, on the truth.
    Weak,
    /// The student on the supervisor's labels as they are; beside a student with another method.
    Naive,
    /// A model of the chain from supervisor to student, from 0; the last one is the student itself.
    Link(u8),
    /// The student on the supervisor's labels, with the method that was chosen.
    Student,
    /// Beside a chain: the student in one step on all the questions of the chain, labelled by the supervisor.
    SameData,
    /// Beside a chain: one as long of students of the same size, from 0.
    SelfLink(u8),
    /// The same network on the truth.
    Ceiling,
}

/// Test questions to look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Begun {
    /// The first of the test questions.
    pub examples: Vec<Example>,
    /// Weights and biases of the supervisor.
    pub weak_parameters: u32,
    /// Weights and biases of the student's head, and of the frozen network below it (0: there is none).
    pub student_parameters: (u32, u32),
    /// Questions that each student learns from.
    pub labelled: u32,
    /// Whether students could answer before they learn.
    pub pretrained: bool,
}

/// A test question with its right answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// What is asked about.
    pub shown: Shown,
    /// What can be answered.
    pub answers: Vec<String>,
    /// Which of these are right.
    pub right: Vec<u8>,
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shown {
    /// A picture of 28 × 28 brightnesses, row by row.
    Picture(ByteBuf),
    /// What the easy and the hard numbers of a point say, each as a sum along its direction: positive speaks for *yes*.
    Evidence { easy: f32, hard: f32 },
    /// A question about a text.
    Text { asks: String, text: String },
    /// Which of two replies is better; the answers are the replies.
    Dialogue(String),
    /// A chess position in which to mate, from the mover's side: what stands on each of 64 squares (0 to 12, see
    /// `tasks::chess`), whether Black is to move, and every legal move from square to square; the answers are their names.
    Board { squares: ByteBuf, black: bool, steps: Vec<(u8, u8)> },
}

/// A training at a measure, asked about test questions (and, to stop by, about validation questions).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Which repetition, from 0.
    pub run: u8,
    /// Whose training.
    pub who: Who,
    /// Steps done.
    pub step: u32,
    /// Of how many.
    pub steps: u32,
    /// Mean cross-entropy against the labels it learns from, in nats.
    pub loss: f32,
    /// The weight of the student's own answers, 0 to 1.
    pub alpha: f32,
    /// Right answers to the test questions.
    pub right: Tally,
    /// How often it gives the supervisor's answer where that is right.
    pub agrees_right: Tally,
    /// How often it gives the supervisor's answer where that is wrong.
    pub agrees_wrong: Tally,
    /// Its answer to every example of [`Begun`].
    pub answers: ByteBuf,
    /// Its belief in each of these answers, in percent.
    pub beliefs: ByteBuf,
}

/// What one repetition came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Which repetition, from 0.
    pub run: u8,
    /// The supervisor.
    pub weak: Tally,
    /// The student, at the step where it was stopped.
    pub student: Tally,
    /// The same network on the truth.
    pub ceiling: Tally,
    /// The same network before it learns, where it was pretrained to answer (zero-shot).
    pub zero_shot: Option<Tally>,
    /// The student on the labels as they are, where another method was chosen.
    pub naive: Option<Tally>,
    /// What the chain came to, where there was one.
    pub chain: Option<Chain>,
    /// How often the student gives the supervisor's answer where that is right, and where it is wrong.
    pub agrees: (Tally, Tally),
    /// The student's step with the lowest loss against the supervisor's labels for validation questions.
    pub stop_weak: u32,
    /// The student's step with most right answers to validation questions: this needs the truth.
    pub stop_truth: u32,
}

/// A chain of models from the supervisor to the student, and its two controls (Burns and others 2023, section 4.3.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// Every model that learned from the one before; the last is the student.
    pub links: Vec<Tally>,
    /// The student on the supervisor's labels for all questions of the chain, in one step.
    pub same_data: Tally,
    /// A chain as long, of students of the same size.
    pub selves: Vec<Tally>,
}

/// A pair of the grid, over all repetitions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// The supervisor's size, from 0.
    pub weak: u8,
    /// The student's size, from 0.
    pub strong: u8,
    /// What each repetition came to.
    pub outcomes: Vec<Outcome>,
}

/// The share of the gap between supervisor and ceiling that a student recovers (PGR: Burns and others 2023, section
/// 3); `None` where the ceiling is not above the supervisor.
pub fn recovered(weak: Tally, student: Tally, ceiling: Tally) -> Option<f64> {
    let gap = ceiling.share() - weak.share();
    (gap > 0.0).then(|| (student.share() - weak.share()) / gap)
}

impl Outcome {
    /// See [`recovered`].
    pub fn pgr(&self) -> Option<f64> {
        recovered(self.weak, self.student, self.ceiling)
    }

    /// The same for the student on the labels as they are.
    pub fn naive_pgr(&self) -> Option<f64> {
        recovered(self.weak, self.naive?, self.ceiling)
    }

    /// The same for the student in one step on all the chain's questions.
    pub fn same_data_pgr(&self) -> Option<f64> {
        recovered(self.weak, self.chain.as_ref()?.same_data, self.ceiling)
    }

    /// The same for the end of the chain of equal sizes.
    pub fn selves_pgr(&self) -> Option<f64> {
        recovered(self.weak, *self.chain.as_ref()?.selves.last()?, self.ceiling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovered_gap_by_hand() {
        let tally = |right| Tally { right, of: 100 };
        // 60 to 80, and the student at 70: half.
        let percent = |student| recovered(tally(60), tally(student), tally(80)).map(|gap| (100.0 * gap).round());
        assert_eq!((percent(70), percent(50), percent(84)), (Some(50.0), Some(-50.0), Some(120.0)));
        assert_eq!(recovered(tally(80), tally(90), tally(80)), None);
    }
}
