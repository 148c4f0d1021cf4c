//! What the lab's things are called. Pure functions, so that page, screen reader and test read the same.

use super::{
    State,
    event::{By, Errs, Learner},
};
use crate::lab::Scenario;

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
            Some(now) if now.run > 0 => format!("repetition {}, step {} of {}", now.run + 1, now.step, now.steps),
            Some(now) => format!("step {} of {}", now.step, now.steps),
            None => "before the start".to_owned(),
        },
        _ => {
            let asked = state.tree.len();
            let answered = state.tree.iter().filter(|node| node.given.is_some()).count();
            format!("{asked} asked, {answered} answered")
        }
    }
}
