//! What H's mistakes do: a sweep over how often it errs, in which way, and whether it is asked once or three times.

use super::{mistakes::Mistakes, plan::Plan, subject::Subject, train};
use crate::{
    amplification::event::{Begun, Cell, Errs, Event},
    lab::{Failure, Outlet, Scenario},
    seed,
};

/// How often H errs, in percent.
const RATES: [u8; 5] = [0, 1, 3, 10, 30];
/// Answers of H, of which the most frequent counts.
const VOTES: [u8; 2] = [1, 3];

/// Emits a [`Cell`] for every point.
pub async fn run(scenario: &Scenario, out: &mut Outlet<Event>) -> Result<(), Failure> {
    let subject = Subject::of(scenario);
    let Some(task) = subject.task.learned() else {
        return Err(Failure::Because(
            "Arithmetic is not trained, so nothing can drift: choose another task.".to_owned(),
        ));
    };
    out.emit(Event::Begun(Box::new(Begun {
        facts: subject.task.facts(&subject.facts),
        depths: subject.task.depths(),
        examples: Vec::new(),
        alone: Vec::new(),
        parameters: (0, 0),
        most: subject.task.most() as u8,
        instead: None,
    })));
    let points = points(scenario.choice("kinds"));
    let repeats = scenario.int("repeats") as u8;
    let total = points.len() as u64 * u64::from(repeats);
    for (done, (kind, error, vote)) in points.into_iter().enumerate() {
        let mut outcomes = Vec::new();
        for run in 0..repeats {
            let plan = Plan::of(scenario, task.recipe(), seed::seed(scenario.seed, "repetition", run.into()), run);
            let plan = Plan { mistakes: Mistakes::new(kind, error, vote, plan.seed), ..plan };
            let so_far = done as u64 * u64::from(repeats) + u64::from(run);
            outcomes.push(train::in_sweep(task, plan, (so_far, total), out).await?);
        }
        out.emit(Event::Cell(Box::new(Cell { kind, error, vote, outcomes })));
    }
    Ok(())
}

/// The points of the sweep. Without mistakes their kind and the vote make no difference.
fn points(kinds: &str) -> Vec<(Errs, u8, u8)> {
    let kinds: &[Errs] = match kinds {
        "random" => &[Errs::Random],
        "systematic" => &[Errs::Systematic],
        _ => &[Errs::Random, Errs::Systematic],
    };
    let every = RATES.into_iter().flat_map(|error| VOTES.map(|vote| (error, vote)));
    let every = every.flat_map(|(error, vote)| kinds.iter().map(move |kind| (*kind, error, vote)));
    every.filter(|(kind, error, vote)| *error > 0 || (*vote == 1 && *kind == kinds[0])).collect()
}
