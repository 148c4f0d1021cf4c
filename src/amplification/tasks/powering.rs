//! Permutation powering: given σ, what is σᵏ(x)?
//!
//! H halves the power: with h = ⌊k/2⌋ it asks y = σʰ(x), then σʰ(y), and where k is odd looks up one step more. For X,
//! σ is one cycle of all items: with arbitrary permutations short cycles make “answer x” right so often that a plateau
//! looks like learning.

use super::{Answer, Facts, Move, Question, Reply, Task, numbers, raised};
use crate::{models::fit::shuffled, seed::Rng};
use rand::Rng as _;

/// The largest power of a question that is typed.
const LARGEST: u32 = 29_999;

/// See the module's text. A question is k · items + x, an answer is an item; items count from 0 here, from 1 in words.
#[derive(Debug, Clone, Copy)]
pub struct Powering {
    /// How many items σ permutes.
    pub items: u16,
    /// The largest power that X is asked.
    pub most_k: u32,
}

/// What H does, before it is written as a question or answer. Slots count the item asked about as 0, replies from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Ask { power: u32, slot: usize },
    Answer { slot: usize },
}

/// H's plan for σᵏ after so many replies.
fn plan(k: u32, replies: usize) -> Step {
    let half = k / 2;
    match replies {
        0 => Step::Ask { power: half.max(1), slot: 0 },
        1 if half > 0 => Step::Ask { power: half, slot: 1 },
        2 if k % 2 == 1 => Step::Ask { power: 1, slot: 2 },
        slot => Step::Answer { slot },
    }
}

impl Powering {
    fn parts(self, question: Question) -> (u32, u16) {
        (question / u32::from(self.items), (question % u32::from(self.items)) as u16)
    }

    fn code(self, k: u32, item: Answer) -> Question {
        k * u32::from(self.items) + item as u32
    }

    fn slot(self, question: Question, replies: &[Reply], slot: usize) -> Option<Answer> {
        match slot.checked_sub(1) {
            None => Some(Answer::from(self.parts(question).1)),
            Some(reply) => replies.get(reply).map(|reply| reply.answer),
        }
    }
}

impl Task for Powering {
    fn draw(&self, rng: &mut Rng) -> Facts {
        let order = shuffled(usize::from(self.items), rng);
        let mut sigma = vec![0; order.len()];
        for (at, item) in order.iter().enumerate() {
            sigma[*item] = order[(at + 1) % order.len()] as u16;
        }
        sigma
    }

    fn facts(&self, facts: &Facts) -> Vec<String> {
        facts.iter().enumerate().map(|(from, to)| format!("σ({}) = {}", from + 1, to + 1)).collect()
    }

    fn question(&self, question: Question) -> String {
        let (k, item) = self.parts(question);
        let power = if k == 1 { String::new() } else { raised(k) };
        format!("σ{power}({})", item + 1)
    }

    fn link(&self, question: Question) -> String {
        let (k, item) = self.parts(question);
        format!("{k}({})", item + 1)
    }

    fn read(&self, text: &str) -> Result<Question, String> {
        match numbers(text).as_slice() {
            [k, item] if (1..=LARGEST).contains(k) && (1..=u32::from(self.items)).contains(item) => {
                Ok(self.code(*k, Answer::from(*item) - 1))
            }
            _ => Err(format!(
                "a question of this task is a power from 1 to {LARGEST} and an item from 1 to {}, such as 13(4).",
                self.items
            )),
        }
    }

    fn answer(&self, _: Question, answer: Answer) -> String {
        (answer + 1).to_string()
    }

    fn truth(&self, facts: &Facts, question: Question) -> Answer {
        let (k, item) = self.parts(question);
        // σ is one cycle, but nothing here depends on it: steps are counted until the item comes back.
        let (mut at, mut round) = (facts[usize::from(item)], 1);
        while at != item {
            (at, round) = (facts[usize::from(at)], round + 1);
        }
        (0..k % round).fold(item, |at, _| facts[usize::from(at)]).into()
    }

    fn is_look_up(&self, question: Question) -> bool {
        self.parts(question).0 == 1
    }

    fn depths(&self) -> Vec<String> {
        let name = |depth: u32| match (1 << depth, ((2 << depth) - 1).min(self.most_k)) {
            (from, to) if from == to => format!("k = {from}"),
            (from, to) => format!("k = {from}–{to}"),
        };
        (0..=self.most_k.ilog2()).map(name).collect()
    }

    fn draw_question(&self, _: &Facts, depth: usize, rng: &mut Rng) -> Option<Question> {
        let (from, to) = (1_u32.checked_shl(depth as u32)?, 2_u32.checked_shl(depth as u32)?);
        if from > self.most_k {
            return None;
        }
        let k = rng.random_range(from..to.min(self.most_k + 1));
        Some(self.code(k, rng.random_range(0..self.items).into()))
    }

    fn most(&self) -> usize {
        3
    }

    fn act(&self, question: Question, replies: &[Reply]) -> Move {
        let slot = |slot| self.slot(question, replies, slot).unwrap_or(0);
        match plan(self.parts(question).0, replies.len()) {
            Step::Ask { power, slot: at } => Move::Ask(self.code(power, slot(at))),
            Step::Answer { slot: at } => Move::Answer(slot(at)),
        }
    }

    fn how(&self, question: Question, replies: &[Reply]) -> String {
        let (k, half) = (self.parts(question).0, self.parts(question).0 / 2);
        match replies {
            [_, _, _] => format!("{half} + {half} + 1 = {k} steps"),
            [_, _] => format!("{half} + {half} = {k} steps"),
            _ => String::new(),
        }
    }

    fn another(&self, _: Question, answer: Answer, rng: &mut Rng) -> Answer {
        (answer + rng.random_range(1..Answer::from(self.items))) % Answer::from(self.items)
    }
}
