//! What happens in a run of the amplification lab.

use crate::stats::Tally;
use serde::{Deserialize, Serialize};

/// One step of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The first thing in a run: the task, the facts and the questions to look at.
    Begun(Box<Begun>),
    /// Questions are asked: these nodes join the tree, in order. One a step while the tree is small, else many.
    Asked(Vec<Node>),
    /// Questions of the tree are answered.
    Answered(Vec<Given>),
    /// A training at a measure.
    Measured(Box<Measured>),
    /// The trees of the example questions, as they stand at a measure.
    Snapshot(Box<Snapshot>),
    /// A repetition of the training has ended.
    Ended(Box<Outcome>),
    /// A point of the drift sweep has been run.
    Cell(Box<Cell>),
    /// It is the reader's turn as H.
    Yours(Box<Turn>),
    /// A text has been summarised: what is left of it on each level.
    Kept(Vec<Kept>),
    /// What became of the reader's own summaries in those above; only where there are any.
    Replaced(Vec<Replaced>),
}

/// What a run is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Begun {
    /// The facts of the example questions, in words: what can be looked up.
    pub facts: Vec<String>,
    /// The depths in words, shallowest first, such as “k = 2–3”: tallies stand in this order. Empty: the task has none.
    pub depths: Vec<String>,
    /// Questions to look at; the first is the one that was chosen, or the deepest.
    pub examples: Vec<Example>,
    /// H alone, with its own look-ups and no X, by depth; empty where nothing is trained.
    pub alone: Vec<Tally>,
    /// Weights and biases of X, and of H′ (0: there is none).
    pub parameters: (u32, u32),
    /// Sub-questions that H may ask about one question.
    pub most: u8,
    /// Where the question that was typed cannot be asked: why, and what is asked instead.
    pub instead: Option<String>,
}

/// A question to look at, with its right answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// In words.
    pub question: String,
    /// In the form of the `question` setting, so that it can be asked again.
    pub link: String,
    /// The right answer, in words.
    pub truth: String,
}

/// A question in a tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// The node whose sub-question it is, by its place in the tree from 0; none for the root.
    pub parent: Option<u32>,
    /// In words.
    pub question: String,
    /// Sub-questions between the root and this one.
    pub level: u16,
    /// The right answer in words; none where nobody knows it.
    pub truth: Option<String>,
    /// An earlier node that asked the same.
    pub same_as: Option<u32>,
}

/// An answer to a node of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Which node, by its place in the tree.
    pub node: u32,
    /// In words.
    pub answer: String,
    /// Who gave it.
    pub by: By,
    /// Whether it is right; none where nobody knows.
    pub right: Option<bool>,
    /// What X says when it is asked directly; none where there is no X.
    pub direct: Option<Direct>,
    /// What H makes of X's direct answers to this node's sub-questions: Amplify(X). None where there is no X, or
    /// nothing to combine.
    pub amplified: Option<Direct>,
    /// How the answer came about, in words; empty where there is nothing to say.
    pub how: String,
}

/// An answer beside the tree's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Direct {
    /// In words.
    pub answer: String,
    /// Whether it is right.
    pub right: bool,
}

/// Who gave an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum By {
    /// H, the overseer, who put sub-answers together.
    Human,
    /// H′, the network that learned H's decisions.
    LearnedHuman,
    /// X, the model that is trained.
    X,
    /// The facts.
    LookUp,
    /// An earlier answer to the same question.
    Cache,
    /// The reader.
    You,
    /// A rule of the program, such as the exact solver.
    Rule,
    /// M in H's part: the network that is trained puts the sub-answers together too.
    Own,
}

/// Whose training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Learner {
    /// X, on the answers of Amplify(X).
    X,
    /// The same network on true answers: the ceiling.
    Supervised,
}

/// A training at a measure. Tallies are by depth, shallowest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Which repetition, from 0.
    pub run: u8,
    /// Whose training.
    pub who: Learner,
    /// Steps done.
    pub step: u32,
    /// Of how many.
    pub steps: u32,
    /// Right answers of the learner itself, asked directly.
    pub right: Vec<Tally>,
    /// Right answers of Amplify(X), which X is trained on; empty for the ceiling.
    pub amplify: Vec<Tally>,
    /// Mean cross-entropy against its targets since the last measure, in nats (over all questions at the first).
    pub loss: f32,
    /// Questions that the human H has answered so far, as demonstrations.
    pub queries: u32,
    /// Targets that the learner has been trained on so far.
    pub labels: u64,
    /// Cross-entropy of H′ on demonstrations that it was not trained on, in nats a decision.
    pub overseer_loss: Option<f32>,
    /// Whether the human can still be asked.
    pub human: bool,
}

/// The example questions, each asked to the end, with what X says to every node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Which repetition, from 0.
    pub run: u8,
    /// Steps done.
    pub step: u32,
    /// One tree for each of [`Begun::examples`].
    pub trees: Vec<Grown>,
}

/// A whole tree.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Grown {
    /// Its questions, the root first, a parent before its children.
    pub nodes: Vec<Node>,
    /// Its answers, in the order in which they were given.
    pub given: Vec<Given>,
}

/// What one repetition came to; tallies are by depth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Which repetition, from 0.
    pub run: u8,
    /// X, asked directly.
    pub x: Vec<Tally>,
    /// H (or whoever stands in for H) with X's help.
    pub amplify: Vec<Tally>,
    /// The ceiling; empty where it was not trained.
    pub supervised: Vec<Tally>,
    /// H without X.
    pub alone: Vec<Tally>,
    /// Questions that the human answered.
    pub queries: u32,
    /// For each depth, the first measured step from which X stayed at 95 % or above.
    pub steps_to_95: Vec<Option<u32>>,
}

/// How H errs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Errs {
    /// By chance, each time anew.
    Random,
    /// Always in the same way on the same question and sub-answers.
    Systematic,
}

/// A point of the drift sweep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// How H errs.
    pub kind: Errs,
    /// How often, in percent of its answers.
    pub error: u8,
    /// How many answers of H are asked for, of which the most frequent counts.
    pub vote: u8,
    /// What the repetitions came to.
    pub outcomes: Vec<Outcome>,
}

/// What is left of a text on a level of its summary (Wu et al. 2021).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Levels between the root and these summaries; none for the text itself.
    pub level: Option<u16>,
    /// How many summaries.
    pub parts: u32,
    /// Words in all of them.
    pub words: u32,
    /// Facts that they still tell, of those that the text tells; of none where nobody knows the facts.
    pub facts: Tally,
}

/// What a summary of the reader's own did to those above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// The node that it is of.
    pub node: u32,
    /// Which above it are other than they would be without it, from the bottom up.
    pub changed: Vec<u32>,
    /// The first of those above it in which no sentence of it stands; none where some stand in the last.
    pub dropped: Option<u32>,
    /// The first above it that is the reader's too: this one does nothing to it, nor to what is above.
    pub under: Option<u32>,
}

/// The reader is H: what they see, and what they may do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Which of the reader's questions, from 1.
    pub number: u8,
    /// Of how many.
    pub of: u8,
    /// The question, in words.
    pub question: String,
    /// The node of the tree that it is.
    pub node: u32,
    /// Sub-questions that may still be asked.
    pub left: u8,
    /// What may be asked or answered.
    pub forms: Vec<Form>,
}

/// Something that the reader may do. The move is `prefix` and then `base + Σ choice · stride` over the fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// `q` for a sub-question, `a` for an answer.
    pub prefix: char,
    /// In words, with a gap “_” for each field.
    pub label: String,
    /// The code of the move whose every choice is 0.
    pub base: i64,
    /// What has to be filled in, in the order of the gaps.
    pub fields: Vec<Field>,
}

/// A gap in a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// What it stands for.
    pub label: String,
    /// The possible choices, from 0; empty: any whole number may be typed.
    pub options: Vec<String>,
    /// What a choice's place is multiplied by.
    pub stride: i64,
}

impl Form {
    /// The move of these choices, one for each field.
    pub fn code(&self, choices: &[i64]) -> i64 {
        self.fields.iter().zip(choices).fold(self.base, |code, (field, choice)| code + choice * field.stride)
    }
}
