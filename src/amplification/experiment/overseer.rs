//! Whoever plays H: H itself, or a network that decides like it; what H has shown, and when it is asked again.

use crate::{
    amplification::tasks::{Answer, Facts, Learned, Move, Question, Reply},
    models::{
        mlp::Mlp,
        table::{self, Learner, Marks, Target, beliefs, likeliest},
    },
    seed,
};
use rand::Rng as _;
use std::{cell::RefCell, collections::BTreeMap};

/// Hidden units of H′.
const HIDDEN: usize = 64;
/// Decisions that H′ looks at in one step.
const BATCH: usize = 64;
/// Adam's step size for H′.
const RATE: f32 = 1e-2;
/// One demonstration in so many is kept to validate H′.
const VALIDATE: u32 = 8;

/// A decision with what led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The marks that are on in what H saw.
    pub seen: Vec<u32>,
    /// What it decided.
    pub decision: u32,
}

/// A network's decisions, remembered while the network does not change.
pub struct Decider {
    /// The network decides from these marks on …
    marks: u32,
    /// … with the logits from here on.
    logits: usize,
    memory: RefCell<BTreeMap<Vec<u32>, usize>>,
}

impl Decider {
    /// For a network of which the marks and logits before these have another use.
    pub fn after(marks: usize, logits: usize) -> Self {
        Self { marks: marks as u32, logits, memory: RefCell::default() }
    }

    /// To be called whenever the network has changed.
    pub fn forget(&self) {
        self.memory.borrow_mut().clear();
    }

    /// What the network decides.
    pub fn decide(&self, network: &Mlp, task: &dyn Learned, question: Question, replies: &[Reply]) -> usize {
        let mut seen = Vec::with_capacity(16);
        task.sees(question, replies, &mut seen);
        if let Some(decision) = self.memory.borrow().get(&seen) {
            return *decision;
        }
        let mut marks = Marks::default();
        marks.push(seen.iter().map(|mark| mark + self.marks));
        let decision = likeliest(&table::logits(network, &marks)[self.logits..]);
        self.memory.borrow_mut().insert(seen, decision);
        decision
    }

    /// Adds a decision to a batch that a network is to learn.
    pub fn teach(&self, shown: &Shown, decisions: usize, weight: f32, marks: &mut Marks, targets: &mut Vec<Target>) {
        targets.push(Target {
            row: marks.len() as u32,
            from: self.logits as u32,
            answers: decisions as u32,
            answer: shown.decision,
            weight,
        });
        marks.push(shown.seen.iter().map(|mark| mark + self.marks));
    }
}

/// What H has shown so far.
#[derive(Debug, Clone, Default)]
pub struct Demonstrations {
    learned_from: Vec<Shown>,
    validation: Vec<Shown>,
    /// How many questions H has answered.
    pub queries: u32,
    /// The part of a query that has come up since the last one.
    due: f32,
}

impl Demonstrations {
    /// Keeps H's decisions about one question.
    pub fn keep(&mut self, transcript: Vec<Shown>) {
        self.queries += 1;
        let list = if self.queries.is_multiple_of(VALIDATE) { &mut self.validation } else { &mut self.learned_from };
        list.extend(transcript);
    }

    /// How many questions H is asked at this step, after the paper's schedule: 1 a step, 0.1 and 0.01 once the loss of
    /// H′ on what it has not learned from is below 0.1 and 0.01.
    pub fn due(&mut self, loss: f32) -> u32 {
        self.due += if loss < 0.01 {
            0.01
        } else if loss < 0.1 {
            0.1
        } else {
            1.0
        };
        let now = self.due as u32;
        self.due -= now as f32;
        now
    }

    /// Some decisions to learn from, drawn by the key; empty without any.
    pub fn batch(&self, run: u64, purpose: &str, index: u64) -> Vec<&Shown> {
        let mut rng = seed::rng(run, purpose, index);
        let n = self.learned_from.len() as u32;
        let many = if n == 0 { 0 } else { BATCH };
        (0..many).map(|_| &self.learned_from[rng.random_range(0..n) as usize]).collect()
    }

    /// A network's mean cross-entropy on the decisions kept for validation, in nats; `None` without any.
    pub fn loss(&self, network: &Mlp, decider: &Decider, decisions: usize) -> Option<f32> {
        if self.validation.is_empty() {
            return None;
        }
        let (mut marks, mut targets) = (Marks::default(), Vec::new());
        self.validation.iter().for_each(|shown| decider.teach(shown, decisions, 1.0, &mut marks, &mut targets));
        let logits = table::logits(network, &marks);
        let outputs = logits.len() / marks.len();
        let mut found = vec![0.0; decisions];
        let sum: f32 = targets
            .iter()
            .map(|target| {
                let own = &logits[target.row as usize * outputs + target.from as usize..][..decisions];
                beliefs(own, &mut found) - own[target.answer as usize]
            })
            .sum();
        Some(sum / targets.len() as f32)
    }
}

/// H′: a network that has learned H's decisions.
pub struct LearnedHuman {
    learner: Learner,
    decider: Decider,
    updates: u64,
}

impl LearnedHuman {
    /// Before any demonstration.
    pub fn new(run: u64, task: &dyn Learned) -> Self {
        let sizes = [task.eyes(), HIDDEN, task.decisions()];
        let learner = Learner::new(table::initial(run, "overseer", &sizes, task.eyes().min(4)));
        Self { learner, decider: Decider::after(0, 0), updates: 0 }
    }

    /// Weights and biases.
    pub fn parameters(&self) -> usize {
        self.learner.network.parameters()
    }

    /// Learns a few batches of what H has shown.
    pub fn learn(&mut self, shown: &Demonstrations, run: u64, decisions: usize, batches: u32) {
        for _ in 0..batches {
            let (mut marks, mut targets) = (Marks::default(), Vec::new());
            let batch = shown.batch(run, "decisions to learn", self.updates);
            let weight = 1.0 / batch.len().max(1) as f32;
            for one in batch {
                self.decider.teach(one, decisions, weight, &mut marks, &mut targets);
            }
            self.updates += 1;
            if !targets.is_empty() {
                self.learner.step(&marks, &targets, RATE, 1.0);
            }
        }
        self.decider.forget();
    }

    /// Its loss on decisions that it has not learned from.
    pub fn loss(&self, shown: &Demonstrations, decisions: usize) -> Option<f32> {
        shown.loss(&self.learner.network, &self.decider, decisions)
    }

    /// What it decides.
    pub fn decide(&self, task: &dyn Learned, question: Question, replies: &[Reply]) -> usize {
        self.decider.decide(&self.learner.network, task, question, replies)
    }
}

/// Somebody's decisions about one question, with these answers to sub-questions.
pub fn transcript(
    task: &dyn Learned,
    question: Question,
    decide: &dyn Fn(Question, &[Reply]) -> usize,
    answer: &mut dyn FnMut(Question) -> Answer,
) -> Vec<Shown> {
    let (mut shown, mut replies) = (Vec::new(), Vec::new());
    while replies.len() <= task.most() {
        let decision = decide(question, &replies);
        let mut seen = Vec::new();
        task.sees(question, &replies, &mut seen);
        shown.push(Shown { seen, decision: decision as u32 });
        match task.carry_out(decision, question, &replies) {
            Some(Move::Ask(asked)) => replies.push(Reply { asked, answer: answer(asked) }),
            _ => break,
        }
    }
    shown
}

/// The answer to a sub-question: what the facts say, or what X says.
pub fn reply(
    task: &dyn Learned,
    facts: &Facts,
    question: Question,
    chance: u64,
    x: impl FnOnce(usize) -> Answer,
) -> Answer {
    match task.index(question) {
        Some(index) if !task.is_look_up(question) => x(index),
        _ => task.look_up(facts, question, chance),
    }
}
