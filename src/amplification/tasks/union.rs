//! Union find: vertices are joined into trees, and one vertex of each tree has a label. What is the label of B's tree?
//!
//! H looks whether the label is given; else it asks X for the parent (the next vertex on the way to the labelled one)
//! and for the parent's label. For a parent it improves on X's guess, by the depths of the candidates: see
//! [`super::guess`].

use super::{
    Answer, Body, Facts, Learned, Move, Net, Place, Question, Recipe, Reply, Task, draw_from,
    guess::{self, Asks, Eyes, Guesses, Saw, decision},
    letter,
};
use crate::{amplification::event::Form, models::fit::shuffled, seed::Rng};
use rand::Rng as _;

/// Vertices.
const N: u32 = 6;
/// Trees.
const TREES: u32 = 2;
/// Labels.
const LABELS: u32 = 3;
/// As a vertex, that there is none; as a label, that none is given.
const NONE: Answer = N as Answer;
const YES: Answer = 1;

/// Where each kind of question begins; a vertex follows, for an edge two.
const LABEL: u32 = 0;
const PARENT: u32 = N;
const DEPTH: u32 = 2 * N;
const GIVEN: u32 = 3 * N;
const NEIGHBOUR: u32 = 4 * N;
const EDGE: u32 = 5 * N;

/// The depths, by the edges between a vertex and the labelled one.
const DEPTHS: [&str; 4] = ["labelled", "1 edge away", "2 edges away", "3 or more edges"];

/// See the module's text. Facts are N × N marks, 1 for an edge either way, and then N labels, [`LABELS`] for none.
#[derive(Debug, Clone, Copy)]
pub struct Unions;

/// Kind and vertex.
fn parts(question: Question) -> (u32, u32) {
    if question >= EDGE { (EDGE, (question - EDGE) / N) } else { (question / N * N, question % N) }
}

fn has_edge(facts: &Facts, a: u32, b: u32) -> bool {
    facts[(a * N + b) as usize] == 1
}

fn given(facts: &Facts, vertex: u32) -> Option<Answer> {
    Some(facts[(N * N + vertex) as usize]).filter(|label| u32::from(*label) < LABELS).map(Answer::from)
}

/// For each vertex its depth, its parent and its label, from the labelled vertices outwards.
fn solve(facts: &Facts) -> [(Answer, Answer, Answer); N as usize] {
    let mut solved = [(NONE, NONE, 0); N as usize];
    for vertex in 0..N {
        if let Some(label) = given(facts, vertex) {
            solved[vertex as usize] = (0, vertex.into(), label);
        }
    }
    for depth in 0..NONE {
        for vertex in 0..N {
            let reached = |other: &u32| has_edge(facts, vertex, *other) && solved[*other as usize].0 == depth;
            if solved[vertex as usize].0 == NONE
                && let Some(parent) = (0..N).find(reached)
            {
                solved[vertex as usize] = (depth + 1, parent.into(), solved[parent as usize].2);
            }
        }
    }
    solved
}

/// The decisions of H that shortest path has not, or numbers otherwise: the parent's label, one more than its depth.
const THE_SAME: usize = decision::OWN;
const ONE_MORE: usize = decision::OWN + 1;

/// What H sees.
const EYES: Eyes = Eyes { kinds: 3, asked: 6 };

impl Task for Unions {
    fn draw(&self, rng: &mut Rng) -> Facts {
        let mut facts = vec![0; (N * N) as usize];
        facts.extend([LABELS as u16; N as usize]);
        let order = shuffled(N as usize, rng);
        // The first vertices begin a tree each; every other one is joined to one that came before, in the same tree.
        let mut trees: Vec<Vec<usize>> = order[..TREES as usize].iter().map(|vertex| vec![*vertex]).collect();
        for vertex in &order[TREES as usize..] {
            let tree = &mut trees[rng.random_range(0..TREES) as usize];
            let other = tree[rng.random_range(0..tree.len() as u32) as usize];
            facts[vertex * N as usize + other] = 1;
            facts[other * N as usize + vertex] = 1;
            tree.push(*vertex);
        }
        for tree in trees {
            let labelled = tree[rng.random_range(0..tree.len() as u32) as usize];
            facts[(N * N) as usize + labelled] = rng.random_range(0..LABELS as u16);
        }
        facts
    }

    fn facts(&self, facts: &Facts) -> Vec<String> {
        let pairs = (0..N).flat_map(|a| (a + 1..N).map(move |b| (a, b)));
        let edges = pairs.filter(|(a, b)| has_edge(facts, *a, *b));
        let edges = edges.map(|(a, b)| format!("{} – {}", letter(a), letter(b)));
        let labels = (0..N).filter_map(|vertex| Some((letter(vertex), given(facts, vertex)?)));
        edges.chain(labels.map(|(vertex, label)| format!("label of {vertex} = {}", label + 1))).collect()
    }

    fn question(&self, question: Question) -> String {
        let (kind, vertex) = parts(question);
        let vertex = letter(vertex);
        match kind {
            LABEL => format!("label of {vertex}"),
            PARENT => format!("parent of {vertex}"),
            DEPTH => format!("depth of {vertex}"),
            GIVEN => format!("label given to {vertex}"),
            NEIGHBOUR => format!("a neighbour of {vertex}"),
            _ => format!("are {vertex} and {} joined?", letter((question - EDGE) % N)),
        }
    }

    fn link(&self, question: Question) -> String {
        let (kind, vertex) = parts(question);
        let kind = match kind {
            PARENT => "parent",
            DEPTH => "depth",
            _ => "label",
        };
        format!("{kind} {}", letter(vertex))
    }

    fn read(&self, text: &str) -> Result<Question, String> {
        let (kind, vertex) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let vertex = (0..N).find(|at| vertex.trim() == letter(*at).to_string());
        match (kind, vertex) {
            ("label", Some(vertex)) => Ok(LABEL + vertex),
            ("parent", Some(vertex)) => Ok(PARENT + vertex),
            ("depth", Some(vertex)) => Ok(DEPTH + vertex),
            _ => Err(format!(
                "a question of this task is “label”, “parent” or “depth” and a vertex from A to {}, such as label B.",
                letter(N - 1)
            )),
        }
    }

    fn answer(&self, question: Question, answer: Answer) -> String {
        match parts(question).0 {
            LABEL => (answer + 1).to_string(),
            GIVEN if answer < LABELS.into() => (answer + 1).to_string(),
            GIVEN => "none".to_owned(),
            DEPTH => answer.to_string(),
            EDGE => if answer == YES { "yes" } else { "no" }.to_owned(),
            _ if answer == NONE => "none".to_owned(),
            _ => letter(answer as u32).to_string(),
        }
    }

    fn truth(&self, facts: &Facts, question: Question) -> Answer {
        let (kind, vertex) = parts(question);
        let (depth, parent, label) = solve(facts)[vertex as usize];
        match kind {
            LABEL => label,
            PARENT => parent,
            DEPTH => depth,
            _ => self.look_up(facts, question, 0),
        }
    }

    fn is_look_up(&self, question: Question) -> bool {
        question >= GIVEN
    }

    fn look_up(&self, facts: &Facts, question: Question, chance: u64) -> Answer {
        let (kind, vertex) = parts(question);
        match kind {
            GIVEN => given(facts, vertex).unwrap_or(LABELS.into()),
            NEIGHBOUR => {
                let neighbours: Vec<u32> = (0..N).filter(|other| has_edge(facts, vertex, *other)).collect();
                let at = (chance % neighbours.len().max(1) as u64) as usize;
                neighbours.get(at).map_or(NONE, |vertex| (*vertex).into())
            }
            _ => Answer::from(has_edge(facts, vertex, (question - EDGE) % N)),
        }
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
        self.carry_out(self.decide(question, replies), question, replies).unwrap_or(Move::Answer(0))
    }

    fn how(&self, question: Question, replies: &[Reply]) -> String {
        match (parts(question).0, replies) {
            (_, [_]) => "the label is given".to_owned(),
            (LABEL, [_, parent, _]) => format!("the same as of {}", self.answer(parent.asked, parent.answer)),
            (DEPTH, [_, parent, _]) => format!("one more than {}", self.answer(parent.asked, parent.answer)),
            (PARENT, [_, _, _, ..]) => "the candidate of the least depth".to_owned(),
            _ => String::new(),
        }
    }

    fn another(&self, question: Question, answer: Answer, rng: &mut Rng) -> Answer {
        let answers = if parts(question).0 == LABEL { LABELS } else { N };
        (answer + rng.random_range(1..Answer::from(answers))).rem_euclid(answers.into())
    }

    fn ends(&self) -> bool {
        false
    }

    fn knows(&self, question: Question) -> bool {
        question < EDGE + N * N
    }

    fn forms(&self, question: Question) -> Vec<Form> {
        let one = |label, base| guess::ask(label, base, &[("vertex", 1)], N);
        let answers = match parts(question).0 {
            LABEL => (1..=LABELS).map(|label| label.to_string()).collect(),
            PARENT => guess::names(N),
            _ => (0..N).map(|depth| depth.to_string()).collect(),
        };
        vec![
            one("label given to _", GIVEN),
            one("parent of _", PARENT),
            one("label of _", LABEL),
            one("depth of _", DEPTH),
            one("a neighbour of _", NEIGHBOUR),
            guess::ask("are _ and _ joined?", EDGE, &[("vertex", N), ("vertex", 1)], N),
            guess::answer(answers),
        ]
    }

    fn learned(&self) -> Option<&dyn Learned> {
        Some(self)
    }
}

impl Learned for Unions {
    fn net(&self) -> Net {
        let (n, labels) = (N as usize, LABELS as usize);
        let inputs = n * (n - 1) / 2 + n * labels;
        Net { inputs, on: n, body: Body::Table(vec![256, 256]), outputs: n * (labels + 2 * n), rows: 1 }
    }

    fn encode(&self, facts: &Facts, _: usize) -> Vec<u32> {
        let pairs = (0..N).flat_map(|a| (a + 1..N).map(move |b| (a, b)));
        let edges = (0..).zip(pairs).filter(|(_, (a, b))| has_edge(facts, *a, *b)).map(|(at, _)| at);
        let first = N * (N - 1) / 2;
        let labels = (0..N).filter_map(|vertex| Some(first + vertex * LABELS + given(facts, vertex)? as u32));
        edges.chain(labels).collect()
    }

    fn questions(&self) -> Vec<Question> {
        (0..GIVEN).collect()
    }

    fn index(&self, question: Question) -> Option<usize> {
        (question < GIVEN).then_some(question as usize)
    }

    fn place(&self, index: usize) -> Place {
        let (n, labels) = (N as usize, LABELS as usize);
        match index.checked_sub(n) {
            None => Place { row: 0, from: index * labels, answers: labels },
            Some(later) => Place { row: 0, from: n * labels + later * n, answers: n },
        }
    }

    fn depth(&self, facts: &Facts, question: Question) -> Option<usize> {
        Some((solve(facts)[parts(question).1 as usize].0 as usize).min(DEPTHS.len() - 1))
    }

    fn recipe(&self) -> Recipe {
        Recipe { steps: 2000, batch: 64, each: None, rate: 3e-3, warm_up: 0, horizon: 30.0, tests: 128, block: 300 }
    }

    fn eyes(&self) -> usize {
        EYES.count()
    }

    fn sees(&self, question: Question, replies: &[Reply], seen: &mut Vec<u32>) {
        let kind = parts(question).0;
        let last = replies.last().map(|last| match parts(last.asked).0 {
            EDGE => (EDGE / N, Saw::Yes(last.answer == YES)),
            GIVEN => (GIVEN / N, Saw::Vertex(last.answer < LABELS.into())),
            asked => (asked / N, Saw::Vertex(last.answer < NONE)),
        });
        let found = (kind == PARENT && last.is_some()).then(|| Guesses::of(&replies[1..], NONE, NONE, YES));
        EYES.see(kind / N, replies.len(), last, found.as_ref(), seen);
    }

    fn decisions(&self) -> usize {
        ONE_MORE + 1
    }

    fn decide(&self, question: Question, replies: &[Reply]) -> usize {
        match (parts(question).0, replies) {
            (_, []) => decision::LOOK_UP,
            (_, [given]) if given.answer < LABELS.into() => decision::AT_ONCE,
            (PARENT, [_, rest @ ..]) => Guesses::of(rest, NONE, NONE, YES).next.decision(),
            (_, [_]) => decision::GUESS,
            (_, [_, _]) => decision::ON,
            (LABEL, _) => THE_SAME,
            _ => ONE_MORE,
        }
    }

    fn carry_out(&self, decision: usize, question: Question, replies: &[Reply]) -> Option<Move> {
        let (kind, vertex) = parts(question);
        let last = replies.last().map(|reply| reply.answer);
        let asks = Asks {
            vertices: NONE,
            yes: YES,
            look_up: GIVEN + vertex,
            guess: PARENT + vertex,
            neighbour: NEIGHBOUR + vertex,
            check: &|other| EDGE + vertex * N + other,
            measure: &|other| DEPTH + other,
            on: &|other| kind + other,
        };
        match decision {
            decision::AT_ONCE => match kind {
                LABEL => last.map(Move::Answer),
                PARENT => Some(Move::Answer(vertex.into())),
                _ => Some(Move::Answer(0)),
            },
            // H says so by naming the vertex itself.
            decision::NOBODY => Some(Move::Answer(vertex.into())),
            THE_SAME => last.map(Move::Answer),
            ONE_MORE => last.map(|depth| Move::Answer((depth + 1).min(NONE - 1))),
            _ => asks.carry_out(decision, replies),
        }
    }
}
