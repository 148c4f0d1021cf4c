//! Shortest path: in a directed graph, how far is it from A to F, and what is the first step there?
//!
//! For a distance H looks whether there is an edge; else it asks X for the first step and for the distance from there,
//! and adds one. For a first step it improves on X's guess: see [`super::guess`].

use super::{
    Answer, Body, Facts, Learned, Move, Net, Place, Question, Recipe, Reply, Task, draw_from,
    guess::{self, Asks, Eyes, Guesses, Saw, decision},
    letter,
};
use crate::{amplification::event::Form, seed::Rng};
use rand::Rng as _;

/// Vertices.
const N: u32 = 5;
/// Edges leaving each vertex.
const LEAVING: usize = 2;
/// How far what cannot be reached is; as an answer to a step or a neighbour, that there is none.
const FAR: Answer = N as Answer;
const YES: Answer = 1;

/// Where each kind of question begins; two vertices follow.
const DISTANCE: u32 = 0;
const STEP: u32 = N * N;
const EDGE: u32 = 2 * N * N;
const NEIGHBOUR: u32 = 3 * N * N;

/// The depths, by the distance between the two vertices: with two edges leaving each of five, none is farther than 3.
const DEPTHS: [&str; 4] = ["distance 1", "distance 2", "distance 3", "no path"];

/// See the module's text. Facts are N × N marks, 1 for an edge.
#[derive(Debug, Clone, Copy)]
pub struct Paths;

/// Kind, from and to.
fn parts(question: Question) -> (u32, u32, u32) {
    (question / (N * N) * (N * N), question / N % N, question % N)
}

fn code(kind: u32, from: u32, to: u32) -> Question {
    kind + from * N + to
}

fn has_edge(facts: &Facts, from: u32, to: u32) -> bool {
    facts[(from * N + to) as usize] == 1
}

/// The distance from every vertex to this one, breadth first.
fn distances(facts: &Facts, to: u32) -> [Answer; N as usize] {
    let mut far = [FAR; N as usize];
    far[to as usize] = 0;
    for round in 0..FAR {
        for vertex in 0..N {
            let reaches = |other: u32| has_edge(facts, vertex, other) && far[other as usize] == round;
            if far[vertex as usize] == FAR && (0..N).any(reaches) {
                far[vertex as usize] = round + 1;
            }
        }
    }
    far
}

/// The one decision of H that union find has not: one more than the distance from the guessed vertex.
const ONE_MORE: usize = decision::OWN;

/// What H sees.
const EYES: Eyes = Eyes { kinds: 2, asked: 5 };

impl Task for Paths {
    fn draw(&self, rng: &mut Rng) -> Facts {
        let mut facts = vec![0; (N * N) as usize];
        for from in 0..N {
            let mut left = LEAVING;
            while left > 0 {
                let to = rng.random_range(0..N);
                let edge = &mut facts[(from * N + to) as usize];
                if to != from && *edge == 0 {
                    *edge = 1;
                    left -= 1;
                }
            }
        }
        facts
    }

    fn facts(&self, facts: &Facts) -> Vec<String> {
        let edges = (0..N).flat_map(|from| (0..N).map(move |to| (from, to)));
        let edges = edges.filter(|(from, to)| has_edge(facts, *from, *to));
        edges.map(|(from, to)| format!("{} → {}", letter(from), letter(to))).collect()
    }

    fn question(&self, question: Question) -> String {
        let (kind, from, to) = parts(question);
        let (from, to) = (letter(from), letter(to));
        match kind {
            DISTANCE => format!("distance from {from} to {to}"),
            STEP => format!("first step from {from} to {to}"),
            EDGE => format!("is there an edge {from} → {to}?"),
            _ => format!("a neighbour of {from}"),
        }
    }

    fn link(&self, question: Question) -> String {
        let (kind, from, to) = parts(question);
        let kind = if kind == STEP { "step" } else { "distance" };
        format!("{kind} {} {}", letter(from), letter(to))
    }

    fn read(&self, text: &str) -> Result<Question, String> {
        let mut words = text.split_whitespace();
        let kind = match words.next() {
            Some("distance") => Some(DISTANCE),
            Some("step") => Some(STEP),
            _ => None,
        };
        let mut vertex = || words.next().and_then(|word| (0..N).find(|at| word == letter(*at).to_string()));
        match (kind, vertex(), vertex()) {
            (Some(kind), Some(from), Some(to)) if from != to => Ok(code(kind, from, to)),
            _ => Err(format!(
                "a question of this task is “distance” or “step” and two vertices from A to {}, such as distance A F.",
                letter(N - 1)
            )),
        }
    }

    fn answer(&self, question: Question, answer: Answer) -> String {
        match (parts(question).0, answer) {
            (DISTANCE, FAR) => "no path".to_owned(),
            (DISTANCE, far) => far.to_string(),
            (EDGE, YES) => "yes".to_owned(),
            (EDGE, _) => "no".to_owned(),
            (_, FAR) => "none".to_owned(),
            (_, vertex) => letter(vertex as u32).to_string(),
        }
    }

    fn truth(&self, facts: &Facts, question: Question) -> Answer {
        let (kind, from, to) = parts(question);
        match kind {
            DISTANCE => distances(facts, to)[from as usize],
            STEP => {
                let far = distances(facts, to);
                let next = (0..N).filter(|next| has_edge(facts, from, *next) && far[*next as usize] < FAR);
                next.min_by_key(|next| far[*next as usize]).map_or(FAR, Answer::from)
            }
            EDGE => Answer::from(has_edge(facts, from, to)),
            _ => self.look_up(facts, question, 0),
        }
    }

    fn is_look_up(&self, question: Question) -> bool {
        question >= EDGE
    }

    fn look_up(&self, facts: &Facts, question: Question, chance: u64) -> Answer {
        let (kind, from, to) = parts(question);
        if kind == EDGE {
            return Answer::from(has_edge(facts, from, to));
        }
        let neighbours: Vec<u32> = (0..N).filter(|to| has_edge(facts, from, *to)).collect();
        let at = (chance % neighbours.len().max(1) as u64) as usize;
        neighbours.get(at).map_or(FAR, |vertex| (*vertex).into())
    }

    fn depths(&self) -> Vec<String> {
        DEPTHS.map(str::to_owned).to_vec()
    }

    fn draw_question(&self, facts: &Facts, depth: usize, rng: &mut Rng) -> Option<Question> {
        draw_from(self, facts, depth, rng)
    }

    fn most(&self) -> usize {
        guess::MOST + 1
    }

    fn act(&self, question: Question, replies: &[Reply]) -> Move {
        self.carry_out(self.decide(question, replies), question, replies).unwrap_or(Move::Answer(FAR))
    }

    fn how(&self, question: Question, replies: &[Reply]) -> String {
        match (parts(question).0, replies) {
            (_, [edge]) if edge.answer == YES => "there is an edge".to_owned(),
            (DISTANCE, [_, step, rest]) if rest.answer < FAR => {
                format!("one step to {}, and {} from there", self.answer(step.asked, step.answer), rest.answer)
            }
            (STEP, [_, _, _, ..]) => "the nearest of what was found".to_owned(),
            _ => String::new(),
        }
    }

    fn another(&self, question: Question, answer: Answer, rng: &mut Rng) -> Answer {
        // A distance is at least 1, and one of 5 answers either way.
        let least = Answer::from(parts(question).0 == DISTANCE);
        let answers = FAR + 1 - least;
        least + (answer - least + rng.random_range(1..answers)).rem_euclid(answers)
    }

    fn ends(&self) -> bool {
        false
    }

    fn knows(&self, question: Question) -> bool {
        question < 4 * N * N && (question >= NEIGHBOUR || parts(question).1 != parts(question).2)
    }

    fn forms(&self, question: Question) -> Vec<Form> {
        let pair = [("from", N), ("to", 1)];
        vec![
            guess::ask("is there an edge _ → _?", EDGE, &pair, N),
            guess::ask("first step from _ to _", STEP, &pair, N),
            guess::ask("distance from _ to _", DISTANCE, &pair, N),
            guess::ask("a neighbour of _", NEIGHBOUR, &[("vertex", N)], N),
            guess::answer((0..=FAR).map(|answer| self.answer(question, answer)).collect()),
        ]
    }

    fn learned(&self) -> Option<&dyn Learned> {
        Some(self)
    }
}

impl Learned for Paths {
    fn net(&self) -> Net {
        let (pairs, answers) = ((N * N) as usize, N as usize + 1);
        Net {
            inputs: pairs,
            on: LEAVING * N as usize,
            body: Body::Table(vec![256, 256]),
            outputs: 2 * pairs * answers,
            rows: 1,
        }
    }

    fn encode(&self, facts: &Facts, _: usize) -> Vec<u32> {
        (0..).zip(facts).filter(|(_, edge)| **edge == 1).map(|(at, _)| at).collect()
    }

    fn questions(&self) -> Vec<Question> {
        (0..EDGE).collect()
    }

    fn index(&self, question: Question) -> Option<usize> {
        (question < EDGE).then_some(question as usize)
    }

    fn place(&self, index: usize) -> Place {
        let answers = N as usize + 1;
        Place { row: 0, from: index * answers, answers }
    }

    fn depth(&self, facts: &Facts, question: Question) -> Option<usize> {
        let (_, from, to) = parts(question);
        let far = distances(facts, to)[from as usize];
        match far {
            0 => None,
            FAR => Some(3),
            far => Some((far as usize - 1).min(2)),
        }
    }

    fn recipe(&self) -> Recipe {
        Recipe { steps: 1000, batch: 64, each: None, rate: 3e-3, warm_up: 0, horizon: 30.0, tests: 128, block: 300 }
    }

    fn eyes(&self) -> usize {
        EYES.count()
    }

    fn sees(&self, question: Question, replies: &[Reply], seen: &mut Vec<u32>) {
        let is_step = parts(question).0 == STEP;
        let last = replies.last().map(|last| match parts(last.asked).0 {
            EDGE => (EDGE / (N * N), Saw::Yes(last.answer == YES)),
            asked => (asked / (N * N), Saw::Vertex(last.answer < FAR)),
        });
        let found = (is_step && last.is_some()).then(|| Guesses::of(&replies[1..], FAR, FAR, YES));
        EYES.see(u32::from(is_step), replies.len(), last, found.as_ref(), seen);
    }

    fn decisions(&self) -> usize {
        ONE_MORE + 1
    }

    fn decide(&self, question: Question, replies: &[Reply]) -> usize {
        let leads_on = |reply: &Reply, decision| if reply.answer < FAR { decision } else { decision::NOBODY };
        match (parts(question).0, replies) {
            (_, []) => decision::LOOK_UP,
            (_, [edge]) if edge.answer == YES => decision::AT_ONCE,
            (DISTANCE, [_]) => decision::GUESS,
            (DISTANCE, [_, step]) => leads_on(step, decision::ON),
            (DISTANCE, [_, _, rest, ..]) => leads_on(rest, ONE_MORE),
            (_, [_, rest @ ..]) => Guesses::of(rest, FAR, FAR, YES).next.decision(),
        }
    }

    fn carry_out(&self, decision: usize, question: Question, replies: &[Reply]) -> Option<Move> {
        let (kind, from, to) = parts(question);
        let asks = Asks {
            vertices: FAR,
            yes: YES,
            look_up: code(EDGE, from, to),
            guess: code(STEP, from, to),
            neighbour: code(NEIGHBOUR, from, 0),
            check: &|vertex| code(EDGE, from, vertex),
            measure: &|vertex| code(DISTANCE, vertex, to),
            on: &|vertex| code(DISTANCE, vertex, to),
        };
        match decision {
            decision::AT_ONCE => Some(Move::Answer(if kind == STEP { to.into() } else { 1 })),
            decision::NOBODY => Some(Move::Answer(FAR)),
            ONE_MORE => replies.last().map(|far| Move::Answer((far.answer + 1).min(FAR))),
            _ => asks.carry_out(decision, replies),
        }
    }
}
