//! Sequential assignments: given c := 3 and e := f(a, c), what is e? H looks up which two variables e is made of, asks
//! for their values, and looks up f.

use super::{Answer, Body, Facts, Learned, Move, Net, Place, Question, Recipe, Reply, Task, draw_from};
use crate::{
    amplification::event::{Field, Form},
    seed::Rng,
};
use rand::Rng as _;

/// Variables, of which the first are given as numbers.
const VARIABLES: u32 = 6;
/// Variables that are given.
const GIVEN: u32 = 2;
/// Values.
const VALUES: u32 = 3;
/// Where the questions for the first and the second variable of an assignment begin, and those for f.
const FIRST: u32 = VARIABLES;
const SECOND: u32 = 2 * VARIABLES;
const TABLE: u32 = 3 * VARIABLES;
/// The deepest chain that has a tally of its own.
const DEEPEST: usize = 3;

/// See the module's text. Facts are the values of the given variables, and then two variables for each other one. f is
/// the same in a whole run; X need not see it.
#[derive(Debug, Clone)]
pub struct Assignments {
    /// f(a, b) at a · values + b.
    table: Vec<u16>,
}

/// What is asked.
enum Asked {
    Value(u32),
    First(u32),
    Second(u32),
    Table(u32, u32),
}

fn asked(question: Question) -> Asked {
    match question {
        0..FIRST => Asked::Value(question),
        FIRST..SECOND => Asked::First(question - FIRST),
        SECOND..TABLE => Asked::Second(question - SECOND),
        _ => Asked::Table((question - TABLE) / VALUES % VALUES, (question - TABLE) % VALUES),
    }
}

fn name(variable: u32) -> char {
    char::from(b'a' + variable as u8)
}

/// The two variables that another one is made of.
fn sides(facts: &Facts, variable: u32) -> (u32, u32) {
    let at = (GIVEN + 2 * (variable - GIVEN)) as usize;
    (facts[at].into(), facts[at + 1].into())
}

impl Assignments {
    /// With an f of the seed's.
    pub fn new(rng: &mut Rng) -> Self {
        Self { table: (0..VALUES * VALUES).map(|_| rng.random_range(0..VALUES as u16)).collect() }
    }

    fn f(&self, a: u32, b: u32) -> u16 {
        self.table[(a * VALUES + b) as usize]
    }

    fn values(&self, facts: &Facts) -> Vec<u16> {
        let mut values: Vec<u16> = facts[..GIVEN as usize].to_vec();
        for variable in GIVEN..VARIABLES {
            let (a, b) = sides(facts, variable);
            values.push(self.f(values[a as usize].into(), values[b as usize].into()));
        }
        values
    }
}

impl Task for Assignments {
    fn draw(&self, rng: &mut Rng) -> Facts {
        let mut facts: Facts = (0..GIVEN).map(|_| rng.random_range(0..VALUES as u16)).collect();
        for variable in GIVEN..VARIABLES {
            facts.extend([0, 1].map(|_| rng.random_range(0..variable as u16)));
        }
        facts
    }

    fn facts(&self, facts: &Facts) -> Vec<String> {
        let given = (0..GIVEN).map(|variable| format!("{} := {}", name(variable), facts[variable as usize]));
        let made = (GIVEN..VARIABLES).map(|variable| {
            let (a, b) = sides(facts, variable);
            format!("{} := f({}, {})", name(variable), name(a), name(b))
        });
        let table = (0..VALUES).flat_map(|a| (0..VALUES).map(move |b| (a, b)));
        given.chain(made).chain(table.map(|(a, b)| format!("f({a}, {b}) = {}", self.f(a, b)))).collect()
    }

    fn question(&self, question: Question) -> String {
        match asked(question) {
            Asked::Value(variable) => format!("value of {}", name(variable)),
            Asked::First(variable) => format!("what {} is made of, first", name(variable)),
            Asked::Second(variable) => format!("what {} is made of, second", name(variable)),
            Asked::Table(a, b) => format!("f({a}, {b})"),
        }
    }

    fn link(&self, question: Question) -> String {
        name(question.min(VARIABLES - 1)).to_string()
    }

    fn read(&self, text: &str) -> Result<Question, String> {
        let variable = (0..VARIABLES).find(|variable| text == name(*variable).to_string());
        variable.ok_or_else(|| format!("a question of this task is a variable from a to {}.", name(VARIABLES - 1)))
    }

    fn answer(&self, question: Question, answer: Answer) -> String {
        match asked(question) {
            Asked::First(_) | Asked::Second(_) if answer < VARIABLES.into() => name(answer as u32).to_string(),
            Asked::First(_) | Asked::Second(_) => format!("the number {}", answer - Answer::from(VARIABLES)),
            _ => answer.to_string(),
        }
    }

    fn truth(&self, facts: &Facts, question: Question) -> Answer {
        match asked(question) {
            Asked::Value(variable) => self.values(facts)[variable as usize].into(),
            Asked::Table(a, b) => self.f(a, b).into(),
            Asked::First(variable) | Asked::Second(variable) if variable < GIVEN => {
                Answer::from(VARIABLES) + Answer::from(facts[variable as usize])
            }
            Asked::First(variable) => sides(facts, variable).0.into(),
            Asked::Second(variable) => sides(facts, variable).1.into(),
        }
    }

    fn is_look_up(&self, question: Question) -> bool {
        question >= FIRST
    }

    fn depths(&self) -> Vec<String> {
        let name = |depth| match depth {
            0 => "given".to_owned(),
            DEEPEST => format!("{DEEPEST} or more levels"),
            1 => "1 level".to_owned(),
            depth => format!("{depth} levels"),
        };
        (0..=DEEPEST).map(name).collect()
    }

    fn draw_question(&self, facts: &Facts, depth: usize, rng: &mut Rng) -> Option<Question> {
        draw_from(self, facts, depth, rng)
    }

    fn most(&self) -> usize {
        5
    }

    fn act(&self, question: Question, replies: &[Reply]) -> Move {
        self.carry_out(self.decide(question, replies), question, replies).unwrap_or(Move::Answer(0))
    }

    fn how(&self, _: Question, replies: &[Reply]) -> String {
        match replies {
            [_, a, _, b, _] => format!("f({}, {})", a.answer, b.answer),
            _ => String::new(),
        }
    }

    fn another(&self, _: Question, answer: Answer, rng: &mut Rng) -> Answer {
        (answer + rng.random_range(1..Answer::from(VALUES))).rem_euclid(VALUES.into())
    }

    fn knows(&self, question: Question) -> bool {
        question < TABLE + VALUES * VALUES
    }

    fn forms(&self, question: Question) -> Vec<Form> {
        let variables = |first: u32| (first..VARIABLES).map(|variable| name(variable).to_string()).collect();
        let numbers = || (0..VALUES).map(|value| value.to_string()).collect();
        let field = |label: &str, options, stride| Field { label: label.to_owned(), options, stride };
        let form = |prefix, label: &str, base: u32, fields| Form {
            prefix,
            label: label.to_owned(),
            base: base.into(),
            fields,
        };
        let below: Vec<String> = (0..question.min(VARIABLES)).map(|variable| name(variable).to_string()).collect();
        let mut forms = Vec::new();
        if !below.is_empty() {
            forms.push(form('q', "value of _", 0, vec![field("variable", below, 1)]));
        }
        forms.push(form('q', "what _ is made of, first", FIRST, vec![field("variable", variables(0), 1)]));
        forms.push(form('q', "what _ is made of, second", SECOND, vec![field("variable", variables(0), 1)]));
        let pair = vec![field("first value", numbers(), VALUES.into()), field("second value", numbers(), 1)];
        forms.push(form('q', "f(_, _)", TABLE, pair));
        forms.push(form('a', "the value is _", 0, vec![field("value", numbers(), 1)]));
        forms
    }

    fn learned(&self) -> Option<&dyn Learned> {
        Some(self)
    }
}

impl Learned for Assignments {
    fn net(&self) -> Net {
        let made = VARIABLES - GIVEN;
        let inputs = (GIVEN * VALUES + 2 * made * VARIABLES) as usize;
        let (on, outputs) = ((GIVEN + 2 * made) as usize, (VARIABLES * VALUES) as usize);
        Net { inputs, on, body: Body::Table(vec![256, 256]), outputs, rows: 1 }
    }

    fn encode(&self, facts: &Facts, _: usize) -> Vec<u32> {
        let (given, made) = facts.split_at(GIVEN as usize);
        let given = (0..).zip(given).map(|(at, value)| at * VALUES + u32::from(*value));
        let made = (0..).zip(made).map(|(at, other)| GIVEN * VALUES + at * VARIABLES + u32::from(*other));
        given.chain(made).collect()
    }

    fn questions(&self) -> Vec<Question> {
        (0..VARIABLES).collect()
    }

    fn index(&self, question: Question) -> Option<usize> {
        (question < VARIABLES).then_some(question as usize)
    }

    fn place(&self, index: usize) -> Place {
        let answers = VALUES as usize;
        Place { row: 0, from: index * answers, answers }
    }

    fn depth(&self, facts: &Facts, question: Question) -> Option<usize> {
        let mut depths = vec![0; GIVEN as usize];
        for variable in GIVEN..VARIABLES {
            let (a, b) = sides(facts, variable);
            depths.push(1 + depths[a as usize].max(depths[b as usize]));
        }
        depths.get(question as usize).map(|depth: &usize| (*depth).min(DEEPEST))
    }

    fn recipe(&self) -> Recipe {
        Recipe { steps: 3000, batch: 64, each: None, rate: 3e-3, warm_up: 0, horizon: 30.0, tests: 128, block: 60 }
    }

    fn eyes(&self) -> usize {
        8
    }

    fn sees(&self, _: Question, replies: &[Reply], seen: &mut Vec<u32>) {
        let is_number = replies.first().is_some_and(|reply| reply.answer >= VARIABLES.into());
        seen.extend([replies.len().min(5) as u32, 6 + u32::from(is_number)]);
    }

    fn decisions(&self) -> usize {
        10
    }

    fn decide(&self, _: Question, replies: &[Reply]) -> usize {
        match replies {
            [] => 0,
            [first] if first.answer >= VARIABLES.into() => 6,
            [_] => 2,
            [_, _] => 1,
            [_, _, _] => 3,
            [_, _, _, _] => 4,
            _ => 9,
        }
    }

    fn carry_out(&self, decision: usize, question: Question, replies: &[Reply]) -> Option<Move> {
        let reply = |at: usize| replies.get(at).map(|reply| reply.answer);
        let variable =
            |at| reply(at).filter(|answer| (0..VARIABLES.into()).contains(answer)).map(|answer| answer as u32);
        let value = |at| reply(at).filter(|answer| (0..VALUES.into()).contains(answer));
        let table = |a: Answer, b: Answer| Move::Ask(TABLE + a as u32 * VALUES + b as u32);
        match decision {
            0 => Some(Move::Ask(FIRST + question)),
            1 => Some(Move::Ask(SECOND + question)),
            2 => variable(0).map(Move::Ask),
            3 => variable(2).map(Move::Ask),
            4 => value(1).zip(value(3)).map(|(a, b)| table(a, b)),
            5 => value(1).zip(value(3)).map(|(a, b)| table(b, a)),
            6 => reply(0)
                .and_then(|number| number.checked_sub(VARIABLES.into()))
                .filter(|value| *value >= 0)
                .map(Move::Answer),
            7 => value(1).map(Move::Answer),
            8 => value(3).map(Move::Answer),
            _ => value(4).map(Move::Answer),
        }
    }
}
