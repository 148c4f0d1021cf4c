//! What a scenario is about: a task, facts, and a question.

use crate::{
    amplification::tasks::{Assignments, Expression, Facts, Paths, Powering, Question, Task, Unions, Wildcard},
    lab::{Failure, Scenario, setting::clip},
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
}

impl Subject {
    /// The subject of a scenario.
    ///
    /// # Errors
    /// A sentence, where the question cannot be read.
    pub fn of(scenario: &Scenario) -> Result<Self, Failure> {
        let mut rng = seed::rng(scenario.seed, "question", 0);
        let typed = scenario.text("question");
        if scenario.choice("task") == "held-out"
            && matches!(scenario.choice("mode"), "train" | "drift")
            && scenario.choice("overseer") == "self"
        {
            let why = "Powering of held-out permutations trains a transformer, which has no part that decides for H: \
                       choose another who decomposes, or another task.";
            return Err(Failure::Because(why.to_owned()));
        }
        let task: Box<dyn Task> = match scenario.choice("task") {
            "expression" if typed.is_empty() => Box::new(Expression::draw(&mut rng)),
            "expression" => Box::new(Expression::parse(&typed).map_err(|why| misread(&typed, &why))?),
            "fixed" => Box::new(Powering::fixed(&mut seed::rng(scenario.seed, "the fixed permutation", 0))),
            "assignments" => Box::new(Assignments::new(&mut seed::rng(scenario.seed, "the function f", 0))),
            // In a single tree patterns may be as long as they are typed.
            "wildcard" if scenario.choice("mode") == "tree" && !typed.is_empty() => {
                Box::new(Wildcard::new(typed.chars().count()))
            }
            "wildcard" => Box::new(Wildcard::new(3)),
            "held-out" => Box::new(Powering::held_out()),
            "path" => Box::new(Paths),
            "union" => Box::new(Unions),
            _ => Box::new(Powering::new(7)),
        };
        let facts = task.draw_held_out(&mut seed::rng(scenario.seed, "facts of the question", 0));
        let deepest = task.depths().len().saturating_sub(1);
        let question = if typed.is_empty() {
            (0..=deepest).rev().find_map(|depth| task.draw_question(&facts, depth, &mut rng)).unwrap_or(0)
        } else {
            task.read(&typed).map_err(|why| misread(&typed, &why))?
        };
        Ok(Self { task, facts, question })
    }
}

fn misread(typed: &str, why: &str) -> Failure {
    Failure::Because(format!("The question “{}” cannot be asked. {}", clip(typed), capital(why)))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
