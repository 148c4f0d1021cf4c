//! Wildcard search: given a function f of short strings of 0 and 1, what is the sum of f over all strings that match a
//! pattern such as 0*1? H fills the first star with 0 and with 1, and adds.

use super::{Answer, Body, Facts, Learned, Move, Net, Place, Question, Recipe, Reply, Task, draw_from, signed};
use crate::{
    amplification::event::{Field, Form},
    seed::Rng,
};
use rand::Rng as _;

/// The longest pattern.
pub const LONGEST: usize = 16;
/// The digit of a question's code that is a star.
const STAR: u32 = 2;

/// See the module's text. A question is the pattern as a number with digits 0, 1 and 2 (a star), the first digit in
/// front; an answer is the sum plus the number of all strings, so that none is below 0. Facts are 0 for −1 and 1 for 1.
#[derive(Debug, Clone, Copy)]
pub struct Wildcard {
    length: usize,
}

impl Wildcard {
    /// Patterns of this length, from 1 to [`LONGEST`].
    pub fn new(length: usize) -> Self {
        Self { length: length.clamp(1, LONGEST) }
    }

    fn strings(self) -> usize {
        1 << self.length
    }

    /// What the digit at a place counts.
    fn weight(self, place: usize) -> u32 {
        3_u32.pow((self.length - 1 - place) as u32)
    }

    fn digit(self, question: Question, place: usize) -> u32 {
        question / self.weight(place) % 3
    }

    fn first_star(self, question: Question) -> Option<usize> {
        (0..self.length).find(|place| self.digit(question, *place) == STAR)
    }

    fn stars(self, question: Question) -> usize {
        (0..self.length).filter(|place| self.digit(question, *place) == STAR).count()
    }

    fn pattern(self, question: Question) -> String {
        (0..self.length).map(|place| ['0', '1', '*'][self.digit(question, place) as usize]).collect()
    }

    fn filled(self, question: Question, place: usize, with: u32) -> Question {
        question - (self.digit(question, place) - with) * self.weight(place)
    }

    fn sum(self, replies: &[Reply]) -> Answer {
        let zero = self.strings() as Answer;
        replies.iter().fold(zero, |sum, reply| sum + reply.answer - zero).clamp(0, 2 * zero)
    }
}

/// The place of a sign in words, from 0.
fn ordinal(place: usize) -> String {
    ["first", "second", "third"].get(place).map_or_else(|| format!("{}th", place + 1), |word| (*word).to_owned())
}

impl Task for Wildcard {
    fn draw(&self, rng: &mut Rng) -> Facts {
        (0..self.strings()).map(|_| u16::from(rng.random::<bool>())).collect()
    }

    fn facts(&self, facts: &Facts) -> Vec<String> {
        let value = |value: &u16| if *value == 0 { "−1" } else { "1" };
        let text = |(string, fact)| format!("f({string:0width$b}) = {}", value(fact), width = self.length);
        facts.iter().enumerate().map(text).collect()
    }

    fn question(&self, question: Question) -> String {
        match self.stars(question) {
            0 => format!("f({})", self.pattern(question)),
            _ => format!("sum of f over {}", self.pattern(question)),
        }
    }

    fn link(&self, question: Question) -> String {
        self.pattern(question)
    }

    fn read(&self, text: &str) -> Result<Question, String> {
        let digits: Option<Vec<u32>> = text.chars().map(|symbol| "01*".find(symbol).map(|at| at as u32)).collect();
        match digits {
            Some(digits) if digits.len() == self.length => Ok(digits.iter().fold(0, |code, digit| code * 3 + digit)),
            Some(digits) if digits.len() > LONGEST => {
                Err(format!("a pattern has at most {LONGEST} signs, and this one has {}.", digits.len()))
            }
            _ => Err(format!("a question of this task is {} of the signs 0, 1 and *, such as 0*1.", self.length)),
        }
    }

    fn answer(&self, _: Question, answer: Answer) -> String {
        signed(answer - self.strings() as Answer)
    }

    fn truth(&self, facts: &Facts, question: Question) -> Answer {
        let bits = |wanted: u32| {
            let is = |place: &usize| self.digit(question, *place) == wanted;
            (0..self.length).filter(is).fold(0, |bits, place| bits | 1 << (self.length - 1 - place))
        };
        let (ones, stars): (usize, usize) = (bits(1), bits(STAR));
        // Every subset of the stars' bits, from all of them down to none.
        let (mut sum, mut subset) = (self.strings() as Answer, stars);
        loop {
            sum += 2 * Answer::from(facts[ones | subset]) - 1;
            if subset == 0 {
                return sum;
            }
            subset = (subset - 1) & stars;
        }
    }

    fn is_look_up(&self, question: Question) -> bool {
        self.first_star(question).is_none()
    }

    fn depths(&self) -> Vec<String> {
        let name = |stars| if stars == 1 { "1 star".to_owned() } else { format!("{stars} stars") };
        (0..=self.length).map(name).collect()
    }

    fn draw_question(&self, facts: &Facts, depth: usize, rng: &mut Rng) -> Option<Question> {
        draw_from(self, facts, depth, rng)
    }

    fn most(&self) -> usize {
        2
    }

    fn act(&self, question: Question, replies: &[Reply]) -> Move {
        self.carry_out(self.decide(question, replies), question, replies).unwrap_or(Move::Answer(0))
    }

    fn how(&self, question: Question, replies: &[Reply]) -> String {
        match replies {
            [zero, one] => {
                format!("{} + {}", self.answer(question, zero.answer), self.answer(question, one.answer))
            }
            _ => String::new(),
        }
    }

    fn another(&self, question: Question, answer: Answer, rng: &mut Rng) -> Answer {
        // The parity of a sum is known, and a mistake should not be seen at a glance.
        let matching = 1 << self.stars(question);
        let zero = self.strings() as Answer;
        let place = Answer::midpoint(answer - zero, matching);
        let other = (place + rng.random_range(1..=matching)).rem_euclid(matching + 1);
        zero - matching + 2 * other
    }

    fn knows(&self, question: Question) -> bool {
        question < 3_u32.pow(self.length as u32)
    }

    fn forms(&self, question: Question) -> Vec<Form> {
        let options = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let symbol = |place| Field {
            label: format!("{} sign", ordinal(place)),
            options: options(&["0", "1", "*"]),
            stride: self.weight(place).into(),
        };
        let ask = Form {
            prefix: 'q',
            label: format!("sum of f over {}", "_".repeat(self.length)),
            base: 0,
            fields: (0..self.length).map(symbol).collect(),
        };
        let matching = 1 << self.stars(question);
        let sums = (0..=matching).map(|at: Answer| signed(2 * at - matching)).collect();
        let sum = Field { label: "sum".to_owned(), options: sums, stride: 2 };
        let base = self.strings() as Answer - matching;
        vec![ask, Form { prefix: 'a', label: "the sum is _".to_owned(), base, fields: vec![sum] }]
    }

    fn learned(&self) -> Option<&dyn Learned> {
        // X answers every pattern at once, so patterns have to be short.
        (self.length <= 4).then_some(self)
    }
}

impl Learned for Wildcard {
    fn net(&self) -> Net {
        let patterns = 3_usize.pow(self.length as u32);
        let outputs = patterns * (2 * self.strings() + 1);
        Net { inputs: self.strings(), on: self.strings() / 2, body: Body::Table(vec![64]), outputs, rows: 1 }
    }

    fn encode(&self, facts: &Facts, _: usize) -> Vec<u32> {
        (0..).zip(facts).filter(|(_, value)| **value == 1).map(|(at, _)| at).collect()
    }

    fn questions(&self) -> Vec<Question> {
        (0..3_u32.pow(self.length as u32)).collect()
    }

    fn index(&self, question: Question) -> Option<usize> {
        Some(question as usize)
    }

    fn place(&self, index: usize) -> Place {
        let answers = 2 * self.strings() + 1;
        Place { row: 0, from: index * answers, answers }
    }

    fn depth(&self, _: &Facts, question: Question) -> Option<usize> {
        Some(self.stars(question))
    }

    fn recipe(&self) -> Recipe {
        Recipe { steps: 500, batch: 64, each: None, rate: 1e-2, warm_up: 0, horizon: 20.0, tests: 64, block: 120 }
    }

    fn eyes(&self) -> usize {
        3 * self.length + 3
    }

    fn sees(&self, question: Question, replies: &[Reply], seen: &mut Vec<u32>) {
        seen.extend((0..self.length).map(|place| 3 * place as u32 + self.digit(question, place)));
        seen.push((3 * self.length + replies.len().min(2)) as u32);
    }

    fn decisions(&self) -> usize {
        2 * self.length + 3
    }

    fn decide(&self, question: Question, replies: &[Reply]) -> usize {
        match (self.first_star(question), replies.len()) {
            (Some(place), filled @ 0..=1) => 2 * place + filled,
            (Some(_), _) => 2 * self.length + 2,
            (None, 0) => 2 * self.length,
            (None, _) => 2 * self.length + 1,
        }
    }

    fn carry_out(&self, decision: usize, question: Question, replies: &[Reply]) -> Option<Move> {
        let star = |place| self.digit(question, place) == STAR;
        match decision.checked_sub(2 * self.length) {
            None if star(decision / 2) => Some(Move::Ask(self.filled(question, decision / 2, decision as u32 % 2))),
            None => None,
            Some(0) => self.is_look_up(question).then_some(Move::Ask(question)),
            Some(1) => replies.first().map(|reply| Move::Answer(reply.answer)),
            Some(_) => replies.get(..2).map(|two| Move::Answer(self.sum(two))),
        }
    }
}
