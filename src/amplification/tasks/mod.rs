//! The tasks of Christiano, Shlegeris and Amodei 2018 (section 4.1): facts, questions, how H takes a question apart, and
//! an exact solver that H does not know.
//!
//! | task | facts | a question | H asks |
//! |---|---|---|---|
//! | `powering` | a permutation σ | σᵏ(x)? | half the power, twice; one more step where k is odd |
//! | `expression` | none | the value of an expression | the values of its two sides |

mod expression;
mod powering;

pub use expression::Expression;
pub use powering::Powering;

use crate::seed::Rng;

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
    /// Whether H's questions come to an end without X: some ask X the very question that H was asked.
    fn ends(&self) -> bool {
        true
    }
}

/// Digits raised, as for a power.
fn raised(n: u32) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    n.to_string().bytes().map(|digit| RAISED[usize::from(digit - b'0')]).collect()
}

/// The whole numbers in a text, whatever stands between them.
fn numbers(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
pub(crate) mod tests;
