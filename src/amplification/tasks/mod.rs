//! The tasks of Christiano, Shlegeris and Amodei 2018 (section 4.1): facts, questions, how H takes a question apart, and
//! an exact solver that H does not know.
//!
//! | task | facts | a question | H asks |
//! |---|---|---|---|
//! | `powering` | a permutation σ | σᵏ(x)? | half the power, twice; one more step where k is odd |
//! | `assignments` | what variables are made of, and f | the value of a variable | what it is made of, those values, f of both |
//! | `wildcard` | a function of short strings | its sum over a pattern | the pattern with the first star filled in, twice |
//! | `path` | a directed graph | a distance, or the first step | X's guess, a check, a neighbour, the way on from there |
//! | `union` | trees of joined vertices, and labels | a label, a parent or a depth | the parent, and the same of the parent |
//! | `expression` | none | the value of an expression | the values of its two sides |

mod assignments;
mod expression;
mod guess;
mod path;
mod powering;
mod union;
mod wildcard;

pub use assignments::Assignments;
pub use expression::Expression;
pub use path::Paths;
pub use powering::Powering;
pub use union::Unions;
pub use wildcard::Wildcard;

use super::event::Form;
use crate::{models::transformer::Shape, seed::Rng};
use rand::Rng as _;

/// A question, by a code that its task understands.
pub type Question = u32;
/// An answer, by a code that its task understands.
pub type Answer = i64;
/// The facts of one context, as its task writes them.
pub type Facts = Vec<u16>;

/// A sub-question that H has asked, and what came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    /// What was asked.
    pub asked: Question,
    /// What came back.
    pub answer: Answer,
}

/// What H does next about a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Asks a sub-question.
    Ask(Question),
    /// Answers.
    Answer(Answer),
}

/// See the module's text. A question is only ever one that the task itself has coded.
pub trait Task {
    /// Fresh facts.
    fn draw(&self, rng: &mut Rng) -> Facts;
    /// Facts to test with: where the task holds some out, these are never drawn by [`Task::draw`].
    fn draw_held_out(&self, rng: &mut Rng) -> Facts {
        self.draw(rng)
    }
    /// The facts in words.
    fn facts(&self, facts: &Facts) -> Vec<String>;
    /// A question in words.
    fn question(&self, question: Question) -> String;
    /// A question in the form of the `question` setting.
    fn link(&self, question: Question) -> String;
    /// Reads that form.
    ///
    /// # Errors
    /// A sentence that says what was wrong.
    fn read(&self, text: &str) -> Result<Question, String>;
    /// An answer in words.
    fn answer(&self, question: Question, answer: Answer) -> String;
    /// The right answer.
    fn truth(&self, facts: &Facts, question: Question) -> Answer;
    /// Whether the facts say it at once.
    fn is_look_up(&self, question: Question) -> bool;
    /// What the facts say; where they say several things (such as a neighbour), `chance` picks one.
    fn look_up(&self, facts: &Facts, question: Question, chance: u64) -> Answer {
        let _ = chance;
        self.truth(facts, question)
    }
    /// The depths in words, shallowest first.
    fn depths(&self) -> Vec<String>;
    /// A question of this depth (from 0) about these facts; `None` where there is none.
    fn draw_question(&self, facts: &Facts, depth: usize, rng: &mut Rng) -> Option<Question>;
    /// The most sub-questions that H asks about one question.
    fn most(&self) -> usize;
    /// What H does after these replies.
    fn act(&self, question: Question, replies: &[Reply]) -> Move;
    /// How H came to its answer, in words.
    fn how(&self, question: Question, replies: &[Reply]) -> String;
    /// A wrong answer: another one than `answer` that the question could have.
    fn another(&self, question: Question, answer: Answer, rng: &mut Rng) -> Answer;
    /// Whether a code is a question of this task.
    fn knows(&self, question: Question) -> bool;
    /// What a person who plays H may ask and answer about a question.
    fn forms(&self, question: Question) -> Vec<Form>;
    /// Whether H's questions come to an end without X: some ask X the very question that H was asked.
    fn ends(&self) -> bool {
        true
    }
    /// The task as X learns it; `None` where it is not trained.
    fn learned(&self) -> Option<&dyn Learned> {
        None
    }
}

/// A task that X can learn: all questions about one set of facts are answered by one pass of a network.
///
/// Answers of such a task count from 0, so that an answer is its place among the question's logits.
pub trait Learned: Task {
    /// The network.
    fn net(&self) -> Net;
    /// The marks that are on in a row of the network's input.
    fn encode(&self, facts: &Facts, row: usize) -> Vec<u32>;
    /// The facts as tokens, each by the marks that are on in it; none where the network is a table.
    fn tokens(&self, facts: &Facts) -> Vec<Vec<u32>> {
        let _ = facts;
        Vec::new()
    }
    /// Every question that X may be asked, in the order of [`Learned::index`].
    fn questions(&self) -> Vec<Question>;
    /// How many of these, from the first, can be sub-questions; the others are only asked directly.
    fn sub_questions(&self) -> usize {
        self.questions().len()
    }
    /// The place of a question in that list; `None` where X is not asked it.
    fn index(&self, question: Question) -> Option<usize>;
    /// Where the answer to a question is found.
    fn place(&self, index: usize) -> Place;
    /// How deep a question is, from 0; `None` where it makes no sense about these facts.
    fn depth(&self, facts: &Facts, question: Question) -> Option<usize>;
    /// How it is trained.
    fn recipe(&self) -> Recipe;

    /// How many marks describe what H sees.
    fn eyes(&self) -> usize;
    /// The marks that are on in what H sees: the question and the replies, never the facts.
    fn sees(&self, question: Question, replies: &[Reply], seen: &mut Vec<u32>);
    /// How many decisions H has to choose from.
    fn decisions(&self) -> usize;
    /// What H decides.
    fn decide(&self, question: Question, replies: &[Reply]) -> usize;
    /// What a decision means; `None` where it means nothing, such as to use a reply that is not there.
    fn carry_out(&self, decision: usize, question: Question, replies: &[Reply]) -> Option<Move>;
}

/// What X is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A network of tables with these hidden layers: a row's marks hold facts, question or both.
    Table(Vec<usize>),
    /// A transformer: facts are tokens, and a row is a question, by its index.
    Transformer(Shape),
}

/// The shape of X.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Net {
    /// What it is.
    pub body: Body,
    /// Marks that can be on in a row.
    pub inputs: usize,
    /// How many are.
    pub on: usize,
    /// Logits of a row.
    pub outputs: usize,
    /// Rows for one set of facts.
    pub rows: usize,
}

/// Where the logits of a question lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// In which row.
    pub row: usize,
    /// From where on.
    pub from: usize,
    /// How many.
    pub answers: usize,
}

/// How a task is trained, unless the settings say otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recipe {
    /// Mini-batches.
    pub steps: u32,
    /// Contexts in each.
    pub batch: usize,
    /// Questions of each depth about a context; `None`: every question.
    pub each: Option<usize>,
    /// Adam's step size.
    pub rate: f32,
    /// Steps in which it rises to that.
    pub warm_up: u32,
    /// Steps of the Polyak average.
    pub horizon: f32,
    /// Contexts that are asked about at a measure.
    pub tests: usize,
    /// Questions that the human answers before the first step.
    pub block: u32,
}

/// A question of this depth about these facts, each as likely as the others.
fn draw_from(task: &dyn Learned, facts: &Facts, depth: usize, rng: &mut Rng) -> Option<Question> {
    let all = task.questions();
    let fitting: Vec<Question> = all.into_iter().filter(|at| task.depth(facts, *at) == Some(depth)).collect();
    (!fitting.is_empty()).then(|| fitting[rng.random_range(0..fitting.len() as u32) as usize])
}

/// Digits raised, as for a power.
fn raised(n: u32) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    n.to_string().bytes().map(|digit| RAISED[usize::from(digit - b'0')]).collect()
}

/// A number with a sign that can be read.
fn signed(n: Answer) -> String {
    n.to_string().replace('-', "−")
}

/// The name of a vertex.
fn letter(vertex: u32) -> char {
    char::from(b'A' + vertex.min(25) as u8)
}

/// The whole numbers in a text, whatever stands between them.
fn numbers(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
pub(crate) mod tests;
