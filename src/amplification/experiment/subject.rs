//! What a scenario is about: a task, facts, and a question.

use crate::{
    amplification::tasks::{Assignments, Expression, Facts, Paths, Powering, Question, Task, Unions, Wildcard},
    lab::{Scenario, setting::clip},
    seed,
};

/// See the module's text.
pub struct Subject {
    /// The task.
    pub task: Box<dyn Task>,
    /// The facts of the example questions.
    pub facts: Facts,
    /// The question that was chosen, or a deep one.
    pub question: Question,
    /// Where the question that was typed cannot be asked: why, and what is asked instead.
    pub instead: Option<String>,
}

impl Subject {
    /// The subject of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let typed = scenario.text("question");
        match Self::typed(scenario, &typed) {
            Ok(subject) => subject,
            Err(why) => {
                let mut drawn = Self::drawn(scenario);
                let other = drawn.task.question(drawn.question);
                drawn.instead =
                    Some(format!("“{}” cannot be asked. {} Asked instead: {other}.", clip(&typed), capital(&why)));
                drawn
            }
        }
    }

    /// About the question that was typed; about one that the seed draws where nothing was.
    fn typed(scenario: &Scenario, typed: &str) -> Result<Self, String> {
        if typed.is_empty() {
            return Ok(Self::drawn(scenario));
        }
        let task: Box<dyn Task> = match scenario.choice("task") {
            "expression" => Box::new(Expression::parse(typed)?),
            // In a single tree patterns may be as long as they are typed.
            "wildcard" if scenario.choice("mode") == "tree" && typed.chars().all(|sign| "01*".contains(sign)) => {
                Box::new(Wildcard::new(typed.chars().count()))
            }
            _ => task(scenario),
        };
        let (facts, question) = (facts(&*task, scenario), task.read(typed)?);
        Ok(Self { task, facts, question, instead: None })
    }

    fn drawn(scenario: &Scenario) -> Self {
        let mut rng = seed::rng(scenario.seed, "question", 0);
        let task: Box<dyn Task> = match scenario.choice("task") {
            "expression" => Box::new(Expression::draw(&mut rng)),
            _ => task(scenario),
        };
        let facts = facts(&*task, scenario);
        let deepest = task.depths().len().saturating_sub(1);
        let drawn = (0..=deepest).rev().find_map(|depth| task.draw_question(&facts, depth, &mut rng));
        Self { question: drawn.unwrap_or(0), task, facts, instead: None }
    }
}

/// The task, of the usual size.
fn task(scenario: &Scenario) -> Box<dyn Task> {
    match scenario.choice("task") {
        "fixed" => Box::new(Powering::fixed(&mut seed::rng(scenario.seed, "the fixed permutation", 0))),
        "assignments" => Box::new(Assignments::new(&mut seed::rng(scenario.seed, "the function f", 0))),
        "wildcard" => Box::new(Wildcard::new(3)),
        "held-out" => Box::new(Powering::held_out()),
        "path" => Box::new(Paths),
        "union" => Box::new(Unions),
        _ => Box::new(Powering::new(7)),
    }
}

fn facts(task: &dyn Task, scenario: &Scenario) -> Facts {
    task.draw_held_out(&mut seed::rng(scenario.seed, "facts of the question", 0))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
