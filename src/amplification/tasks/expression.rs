//! Arithmetic: what is (3 + 4) · (2 − 7) + 1? H asks for the values of the two sides, and puts them together.

use super::{Answer, Facts, Move, Question, Reply, Task, signed};
use crate::{
    amplification::event::{Field, Form},
    seed::Rng,
};
use rand::Rng as _;

/// Most numbers in an expression.
const MOST: usize = 1000;
/// Deepest nesting.
const DEEPEST: usize = 60;
/// Largest value on the way, so that every step is exact.
const LARGEST: Answer = 9_000_000_000_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Times,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Number(Answer),
    /// The negative of another part.
    Negative(Question),
    Both(Sign, Question, Question),
}

/// An expression taken apart. A question is a part, by its place; the whole is the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    parts: Vec<Part>,
}

impl Sign {
    fn of(self, left: Answer, right: Answer) -> Option<Answer> {
        let value = match self {
            Sign::Plus => left.checked_add(right),
            Sign::Minus => left.checked_sub(right),
            Sign::Times => left.checked_mul(right),
        };
        value.filter(|value| (-LARGEST..=LARGEST).contains(value))
    }

    fn symbol(self) -> &'static str {
        match self {
            Sign::Plus => "+",
            Sign::Minus => "−",
            Sign::Times => "·",
        }
    }
}

impl Expression {
    /// Reads an expression of whole numbers, `+`, `-`, `*` (also `−`, `·`, `×`) and parentheses.
    ///
    /// # Errors
    /// A sentence that names the place, counted in characters from 1.
    pub fn parse(text: &str) -> Result<Self, String> {
        let symbols = text.chars().enumerate().filter(|(_, symbol)| !symbol.is_whitespace());
        let mut parser =
            Parser { symbols: symbols.collect(), at: 0, parts: Vec::new(), deep: 0, end: text.chars().count() };
        parser.sum()?;
        if let Some((place, symbol)) = parser.peek() {
            let what = match symbol {
                '/' | '÷' | ':' => return Err(division(place)),
                ')' => "this parenthesis was never opened",
                _ => "an operator is missing before",
            };
            return Err(format!("At character {}: {what} “{symbol}”.", place + 1));
        }
        let expression = Self { parts: parser.parts };
        expression.check_values()?;
        Ok(expression)
    }

    /// A random expression of four to eight numbers.
    pub fn draw(rng: &mut Rng) -> Self {
        let mut expression = Self { parts: Vec::new() };
        let numbers = rng.random_range(4..=8);
        expression.grow(numbers, rng);
        expression
    }

    /// The whole.
    pub fn whole(&self) -> Question {
        self.parts.len() as Question - 1
    }

    fn grow(&mut self, numbers: u32, rng: &mut Rng) -> Question {
        let part = if numbers == 1 {
            Part::Number(rng.random_range(1..=9))
        } else {
            let left = rng.random_range(1..numbers);
            let (left, right) = (self.grow(left, rng), self.grow(numbers - left, rng));
            let sign = [Sign::Plus, Sign::Minus, Sign::Times][rng.random_range(0..3_usize)];
            Part::Both(sign, left, right)
        };
        self.parts.push(part);
        self.whole()
    }

    fn part(&self, question: Question) -> Part {
        self.parts.get(question as usize).copied().unwrap_or(Part::Number(0))
    }

    /// Every value, from the innermost outwards; parts come before the parts that hold them.
    fn values(&self) -> Option<Vec<Answer>> {
        let mut values: Vec<Answer> = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            values.push(match *part {
                Part::Number(number) => number,
                Part::Negative(inner) => -values[inner as usize],
                Part::Both(sign, left, right) => sign.of(values[left as usize], values[right as usize])?,
            });
        }
        Some(values)
    }

    fn check_values(&self) -> Result<(), String> {
        let fits = self.values().is_some();
        fits.then_some(()).ok_or_else(|| "A value on the way is larger than nine quadrillion (9 × 10¹⁵).".to_owned())
    }

    /// Writes a part; `inside` another one it needs parentheses, unless it is a number.
    fn write(&self, question: Question, inside: bool, text: &mut String, spaced: bool) {
        let gap = if spaced { " " } else { "" };
        match self.part(question) {
            Part::Number(number) => *text += &number.to_string(),
            _ if inside => {
                text.push('(');
                self.write(question, false, text, spaced);
                text.push(')');
            }
            Part::Negative(inner) => {
                *text += if spaced { "−" } else { "-" };
                self.write(inner, true, text, spaced);
            }
            Part::Both(sign, left, right) => {
                let is_sum = |part| matches!(self.part(part), Part::Both(sign, ..) if sign != Sign::Times);
                let is_product = |part| matches!(self.part(part), Part::Both(Sign::Times, ..));
                self.write(left, sign == Sign::Times && is_sum(left), text, spaced);
                let symbol = match (spaced, sign) {
                    (false, Sign::Minus) => "-",
                    (false, Sign::Times) => "*",
                    (_, sign) => sign.symbol(),
                };
                text.extend([gap, symbol, gap]);
                self.write(right, sign == Sign::Times || !is_product(right), text, spaced);
            }
        }
    }

    fn text(&self, question: Question, spaced: bool) -> String {
        let mut text = String::new();
        self.write(question, false, &mut text, spaced);
        text
    }
}

impl Task for Expression {
    fn draw(&self, _: &mut Rng) -> Facts {
        Facts::new()
    }

    fn facts(&self, _: &Facts) -> Vec<String> {
        Vec::new()
    }

    fn question(&self, question: Question) -> String {
        self.text(question, true)
    }

    fn link(&self, question: Question) -> String {
        self.text(question, false)
    }

    fn read(&self, text: &str) -> Result<Question, String> {
        Expression::parse(text).map(|_| self.whole())
    }

    fn answer(&self, _: Question, answer: Answer) -> String {
        signed(answer)
    }

    fn truth(&self, _: &Facts, question: Question) -> Answer {
        self.values().and_then(|values| values.get(question as usize).copied()).unwrap_or(0)
    }

    fn is_look_up(&self, question: Question) -> bool {
        matches!(self.part(question), Part::Number(_))
    }

    fn depths(&self) -> Vec<String> {
        Vec::new()
    }

    fn draw_question(&self, _: &Facts, _: usize, _: &mut Rng) -> Option<Question> {
        Some(self.whole())
    }

    fn most(&self) -> usize {
        2
    }

    fn act(&self, question: Question, replies: &[Reply]) -> Move {
        match (self.part(question), replies) {
            (Part::Number(number), _) => Move::Answer(number),
            (Part::Negative(inner), []) => Move::Ask(inner),
            (Part::Negative(_), [inner, ..]) => Move::Answer(-inner.answer),
            (Part::Both(_, left, _), []) => Move::Ask(left),
            (Part::Both(_, _, right), [_]) => Move::Ask(right),
            // Wrong sub-answers can lead anywhere; what no longer fits stays at the limit.
            (Part::Both(sign, ..), [left, right, ..]) => {
                Move::Answer(sign.of(left.answer, right.answer).unwrap_or(LARGEST))
            }
        }
    }

    fn how(&self, question: Question, replies: &[Reply]) -> String {
        let value = |reply: &Reply| {
            let text = self.answer(question, reply.answer);
            if reply.answer < 0 { format!("({text})") } else { text }
        };
        match (self.part(question), replies) {
            (Part::Negative(_), [inner]) => format!("−{}", value(inner)),
            (Part::Both(sign, ..), [left, right]) => format!("{} {} {}", value(left), sign.symbol(), value(right)),
            _ => String::new(),
        }
    }

    fn another(&self, _: Question, answer: Answer, rng: &mut Rng) -> Answer {
        let off = rng.random_range(1..=10);
        if rng.random() { answer + off } else { answer - off }
    }

    fn knows(&self, question: Question) -> bool {
        (question as usize) < self.parts.len()
    }

    fn forms(&self, question: Question) -> Vec<Form> {
        let value = Field { label: "value".to_owned(), options: Vec::new(), stride: 1 };
        let answer = Form { prefix: 'a', label: "the value is _".to_owned(), base: 0, fields: vec![value] };
        let ask =
            |part: Question| Form { prefix: 'q', label: self.question(part), base: part.into(), fields: Vec::new() };
        let asks = match self.part(question) {
            Part::Number(_) => Vec::new(),
            Part::Negative(inner) => vec![ask(inner)],
            Part::Both(_, left, right) => vec![ask(left), ask(right)],
        };
        asks.into_iter().chain([answer]).collect()
    }
}

/// H has no fractions: what is wrong with a sign for division at a place, from 0.
fn division(place: usize) -> String {
    format!("At character {}: H cannot divide, only + − × and ( ) are known.", place + 1)
}

/// A descent through sums, products and factors.
struct Parser {
    /// With their places.
    symbols: Vec<(usize, char)>,
    at: usize,
    parts: Vec<Part>,
    deep: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<(usize, char)> {
        self.symbols.get(self.at).copied()
    }

    fn push(&mut self, part: Part) -> Question {
        self.parts.push(part);
        self.parts.len() as Question - 1
    }

    fn sum(&mut self) -> Result<Question, String> {
        let mut left = self.product()?;
        loop {
            let sign = match self.peek() {
                Some((_, '+')) => Sign::Plus,
                Some((_, '-' | '−' | '–')) => Sign::Minus,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.product()?;
            left = self.push(Part::Both(sign, left, right));
        }
    }

    fn product(&mut self) -> Result<Question, String> {
        let mut left = self.factor()?;
        while let Some((_, '*' | '·' | '×' | '⋅' | '∙')) = self.peek() {
            self.at += 1;
            let right = self.factor()?;
            left = self.push(Part::Both(Sign::Times, left, right));
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Question, String> {
        let Some((place, symbol)) = self.peek() else {
            return Err(format!("At character {}: the expression ends where a number is expected.", self.end + 1));
        };
        match symbol {
            '0'..='9' => self.number(place),
            '(' => {
                self.enter(place)?;
                let inner = self.sum()?;
                match self.peek() {
                    Some((_, ')')) => self.at += 1,
                    Some((other, '/' | '÷' | ':')) => return Err(division(other)),
                    Some((other, symbol)) => {
                        return Err(format!("At character {}: “)” is expected, not “{symbol}”.", other + 1));
                    }
                    None => return Err(format!("At character {}: this parenthesis is never closed.", place + 1)),
                }
                self.deep -= 1;
                Ok(inner)
            }
            '-' | '−' | '–' => {
                self.enter(place)?;
                let inner = self.factor()?;
                self.deep -= 1;
                Ok(self.push(Part::Negative(inner)))
            }
            '/' | '÷' | ':' => Err(division(place)),
            _ => Err(format!("At character {}: a number is expected, not “{symbol}”.", place + 1)),
        }
    }

    fn enter(&mut self, place: usize) -> Result<(), String> {
        self.at += 1;
        self.deep += 1;
        if self.deep > DEEPEST {
            return Err(format!("At character {}: more than {DEEPEST} parentheses in each other.", place + 1));
        }
        Ok(())
    }

    fn number(&mut self, place: usize) -> Result<Question, String> {
        let from = self.at;
        // Digits that a space parts are two numbers.
        while self.peek().is_some_and(|(other, symbol)| symbol.is_ascii_digit() && other == place + self.at - from) {
            self.at += 1;
        }
        if self.parts.len() >= 2 * MOST {
            return Err(format!("The expression has more than {MOST} numbers."));
        }
        let digits: String = self.symbols[from..self.at].iter().map(|(_, digit)| digit).collect();
        match digits.parse::<Answer>() {
            Ok(number) if number <= LARGEST => Ok(self.push(Part::Number(number))),
            _ => Err(format!("At character {}: this number is larger than nine quadrillion (9 × 10¹⁵).", place + 1)),
        }
    }
}
