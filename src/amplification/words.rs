//! What the lab's things are called. Pure functions, so that page, screen reader and test read the same.

use super::{
    State,
    event::{By, Errs, Learner},
};
use crate::lab::{Scenario, grouped};

/// Who gave an answer.
pub fn by(by: By) -> &'static str {
    match by {
        By::Human => "H",
        By::LearnedHuman => "H′",
        By::X => "X",
        By::LookUp => "look-up",
        By::Cache => "asked before",
        By::You => "you",
        By::Rule => "rule",
        By::Own => "M",
    }
}

/// Whose training.
pub fn learner(who: Learner) -> &'static str {
    match who {
        Learner::X => "X",
        Learner::Supervised => "supervised",
    }
}

/// How H errs.
pub fn errs(kind: Errs) -> &'static str {
    match kind {
        Errs::Random => "random",
        Errs::Systematic => "systematic",
    }
}

/// What a task asks, for somebody who has not met it. Arithmetic explains itself.
pub fn task(task: &str) -> &'static str {
    match task {
        "powering" | "fixed" | "held-out" => {
            "The task: σ sends every item to another, and σ¹²(7) is where twelve steps from 7 lead; k counts the steps."
        }
        "assignments" => {
            "The task: some variables are given, others are made of two others by a function f, as in e := f(a, c); what is \
             the value of e?"
        }
        "wildcard" => {
            "The task: f gives every string of 0s and 1s a value, 1 or −1; a star stands for either sign, and 0*1 asks for \
             the sum of f over all strings that match, here f(001) + f(011)."
        }
        "path" => "The task: along the arrows, how far is it from one vertex to another, and what is the first step?",
        "union" => {
            "The task: lines join vertices into trees, and one vertex of each tree has a label; what is the label of \
             another one’s tree?"
        }
        _ => "",
    }
}

/// Where a recording stands.
pub fn position(scenario: &Scenario, state: &State) -> String {
    if let Some(turn) = &state.yours {
        return format!("your question {} of {}", turn.number, turn.of);
    }
    match scenario.choice("mode") {
        "drift" => match state.cells.len() {
            0 => "before the first point".to_owned(),
            1 => "one point".to_owned(),
            n => format!("{n} points"),
        },
        "train" => match &state.current {
            Some(now) if now.who == Learner::Supervised => format!("ceiling, step {} of {}", now.step, now.steps),
            Some(now) if now.steps == 0 => "trained beforehand".to_owned(),
            Some(now) if now.run > 0 => format!("repetition {}, step {} of {}", now.run + 1, now.step, now.steps),
            Some(now) => format!("step {} of {}", now.step, now.steps),
            None => "before the start".to_owned(),
        },
        _ => {
            let asked = state.tree.len();
            let answered = state.tree.iter().filter(|node| node.given.is_some()).count();
            format!("{} asked, {} answered", grouped(asked as u64), grouped(answered as u64))
        }
    }
}
