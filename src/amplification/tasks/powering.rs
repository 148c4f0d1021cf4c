//! Permutation powering: given σ, what is σᵏ(x)?
//!
//! H halves the power: with h = ⌊k/2⌋ it asks y = σʰ(x), then σʰ(y), and where k is odd looks up one step more. For a
//! table, σ is one cycle of all items: with arbitrary permutations short cycles make “answer x” right so often (in 25 to
//! 34 % of the questions with k > 1, for eight items) that a plateau looks like learning. Arbitrary permutations are for
//! the transformer, which is asked about those that it has not been trained on.

use super::{
    Answer, Body, Facts, Learned, Move, Net, Place, Question, Recipe, Reply, Task, draw_from, numbers, raised,
};
use crate::{
    amplification::event::{Field, Form},
    models::{fit::shuffled, transformer::Shape},
    seed::{self, Rng},
};
use rand::Rng as _;

/// The largest power of a question that is typed.
const LARGEST: u32 = 29_999;
/// The largest power that X is asked.
const MOST_K: u32 = 15;
/// Decisions that ask: each power that is half of one, at each slot.
const ASKS: usize = MOST_K as usize / 2 * 3;
/// One arbitrary permutation in so many is held out: never trained on, whatever the run's seed.
const HELD_OUT_ONE_IN: u64 = 10;

/// See the module's text. A question is k · items + x, an answer is an item; items count from 0 here, from 1 in words.
#[derive(Debug, Clone)]
pub struct Powering {
    /// How many items σ permutes.
    items: u16,
    /// The largest power that X is asked.
    most_k: u32,
    /// Which permutations are asked about.
    sigma: Sigma,
}

/// Which permutations are asked about.
#[derive(Debug, Clone)]
enum Sigma {
    /// Cycles of all items.
    Cycles,
    /// Always the same.
    Fixed(Facts),
    /// Any, of which some are held out.
    Any,
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

/// Whether a permutation is one of those that are never trained on.
fn is_held_out(sigma: &Facts) -> bool {
    let number = sigma.iter().fold(0, |number, item| number * sigma.len() as u64 + u64::from(*item));
    seed::seed(0, "held-out permutation", number).is_multiple_of(HELD_OUT_ONE_IN)
}

impl Powering {
    /// Powers up to 15 of cycles of so many items.
    pub fn new(items: u16) -> Self {
        Self { items, most_k: MOST_K, sigma: Sigma::Cycles }
    }

    /// The smallest form: one cycle of sixteen items, always the same in a run. X need not see it.
    pub fn fixed(rng: &mut Rng) -> Self {
        let cycle = Self::new(16);
        Self { sigma: Sigma::Fixed(cycle.draw(rng)), ..cycle }
    }

    /// Powers up to 15 of arbitrary permutations of eight items, for a transformer.
    pub fn held_out() -> Self {
        Self { sigma: Sigma::Any, ..Self::new(8) }
    }

    /// What a transformer is asked.
    pub fn shape(&self) -> Shape {
        let items = usize::from(self.items);
        Shape { tokens: items, facts: 2 * items, questions: self.most_k as usize + items, answers: items }
    }

    /// Draws arbitrary permutations until one is held out, or is not.
    fn draw_any(&self, held_out: bool, rng: &mut Rng) -> Facts {
        loop {
            let sigma: Facts = shuffled(usize::from(self.items), rng).into_iter().map(|item| item as u16).collect();
            if is_held_out(&sigma) == held_out {
                return sigma;
            }
        }
    }

    /// Whether a row of the network is a single question.
    fn has_rows(&self) -> bool {
        !matches!(self.sigma, Sigma::Cycles)
    }

    fn parts(&self, question: Question) -> (u32, u16) {
        (question / u32::from(self.items), (question % u32::from(self.items)) as u16)
    }

    fn code(&self, k: u32, item: Answer) -> Question {
        k * u32::from(self.items) + item as u32
    }

    fn slot(&self, question: Question, replies: &[Reply], slot: usize) -> Option<Answer> {
        match slot.checked_sub(1) {
            None => Some(Answer::from(self.parts(question).1)),
            Some(reply) => replies.get(reply).map(|reply| reply.answer),
        }
    }
}

impl Task for Powering {
    fn draw(&self, rng: &mut Rng) -> Facts {
        match &self.sigma {
            Sigma::Fixed(sigma) => return sigma.clone(),
            Sigma::Any => return self.draw_any(false, rng),
            Sigma::Cycles => {}
        }
        let order = shuffled(usize::from(self.items), rng);
        let mut sigma = vec![0; order.len()];
        for (at, item) in order.iter().enumerate() {
            sigma[*item] = order[(at + 1) % order.len()] as u16;
        }
        sigma
    }

    fn draw_held_out(&self, rng: &mut Rng) -> Facts {
        if matches!(self.sigma, Sigma::Any) { self.draw_any(true, rng) } else { self.draw(rng) }
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
        // Steps are counted until the item comes back.
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

    fn draw_question(&self, facts: &Facts, depth: usize, rng: &mut Rng) -> Option<Question> {
        draw_from(self, facts, depth, rng)
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

    fn knows(&self, question: Question) -> bool {
        (1..=LARGEST).contains(&self.parts(question).0)
    }

    fn forms(&self, question: Question) -> Vec<Form> {
        let (below, items) = (self.parts(question).0.max(2), u32::from(self.items));
        let field = |label: &str, to: u32, stride: u32| Field {
            label: label.to_owned(),
            options: (1..=to).map(|n| n.to_string()).collect(),
            stride: stride.into(),
        };
        let fields = vec![field("power", (below - 1).min(self.most_k), items), field("item", items, 1)];
        let ask = Form { prefix: 'q', label: "σ to the power _ of _".to_owned(), base: items.into(), fields };
        let item = vec![field("item", items, 1)];
        vec![ask, Form { prefix: 'a', label: "the answer is _".to_owned(), base: 0, fields: item }]
    }

    fn learned(&self) -> Option<&dyn Learned> {
        Some(self)
    }
}

/// X sees σ, one-hot, and answers every question about it at once; of a fixed σ it sees the question instead, and
/// answers only that. The transformer sees both: one token for every item and where it goes, and the question.
impl Learned for Powering {
    fn net(&self) -> Net {
        let (items, powers) = (usize::from(self.items), self.most_k as usize);
        let questions = |body| Net { body, inputs: powers + items, on: 2, outputs: items, rows: powers * items };
        match self.sigma {
            Sigma::Cycles => Net {
                body: Body::Table(vec![256, 256]),
                inputs: items * items,
                on: items,
                outputs: powers * items * items,
                rows: 1,
            },
            Sigma::Fixed(_) => questions(Body::Table(vec![64, 64])),
            Sigma::Any => questions(Body::Transformer(self.shape())),
        }
    }

    fn encode(&self, facts: &Facts, row: usize) -> Vec<u32> {
        let items = u32::from(self.items);
        if self.has_rows() {
            return vec![row as u32 / items, self.most_k + row as u32 % items];
        }
        facts.iter().zip(0..).map(|(to, from)| from * items + u32::from(*to)).collect()
    }

    fn tokens(&self, facts: &Facts) -> Vec<Vec<u32>> {
        facts.iter().zip(0..).map(|(to, from)| vec![from, u32::from(self.items) + u32::from(*to)]).collect()
    }

    fn questions(&self) -> Vec<Question> {
        let first = u32::from(self.items);
        (first..first * (self.most_k + 1)).collect()
    }

    fn sub_questions(&self) -> usize {
        self.most_k as usize / 2 * usize::from(self.items)
    }

    fn index(&self, question: Question) -> Option<usize> {
        let index = question.checked_sub(u32::from(self.items))? as usize;
        (index < self.most_k as usize * usize::from(self.items)).then_some(index)
    }

    fn place(&self, index: usize) -> Place {
        let answers = usize::from(self.items);
        let (row, from) = if self.has_rows() { (index, 0) } else { (0, index * answers) };
        Place { row, from, answers }
    }

    fn depth(&self, _: &Facts, question: Question) -> Option<usize> {
        Some(self.parts(question).0.ilog2() as usize)
    }

    fn recipe(&self) -> Recipe {
        let table =
            Recipe { steps: 500, batch: 64, each: None, rate: 3e-3, warm_up: 0, horizon: 30.0, tests: 32, block: 120 };
        match self.sigma {
            Sigma::Cycles => table,
            Sigma::Fixed(_) => Recipe { steps: 400, batch: 1, rate: 1e-2, tests: 1, ..table },
            Sigma::Any => Recipe { steps: 3000, each: Some(4), rate: 2e-3, warm_up: 100, horizon: 50.0, ..table },
        }
    }

    fn eyes(&self) -> usize {
        self.most_k as usize + 4
    }

    fn sees(&self, question: Question, replies: &[Reply], seen: &mut Vec<u32>) {
        seen.extend([self.parts(question).0 - 1, self.most_k + replies.len().min(3) as u32]);
    }

    fn decisions(&self) -> usize {
        ASKS + 3
    }

    fn decide(&self, question: Question, replies: &[Reply]) -> usize {
        match plan(self.parts(question).0, replies.len()) {
            Step::Ask { power, slot } => (power as usize - 1) * 3 + slot,
            Step::Answer { slot } => ASKS + slot - 1,
        }
    }

    fn carry_out(&self, decision: usize, question: Question, replies: &[Reply]) -> Option<Move> {
        if let Some(answer) = decision.checked_sub(ASKS) {
            return self.slot(question, replies, answer + 1).map(Move::Answer);
        }
        let (power, slot) = (decision as u32 / 3 + 1, decision % 3);
        self.slot(question, replies, slot).map(|item| Move::Ask(self.code(power, item)))
    }
}
