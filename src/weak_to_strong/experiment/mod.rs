//! Joins questions, models and methods: a scenario in, events out.

mod pair;
#[cfg(test)]
mod tests;

pub use super::metrics::metrics;

use super::{
    event::{Begun, Cell, Event, Outcome},
    families::{self, Pair},
    spec::SIZES,
};
use crate::{
    lab::{Assets, Breath, Failure, Outlet, Scenario},
    seed,
};

/// Runs a scenario of the weak-to-strong lab.
///
/// # Errors
/// Where the run is cancelled, or cannot go on (with a sentence for the user).
pub async fn run(scenario: &Scenario, assets: &dyn Assets, out: &mut Outlet<Event>) -> Result<(), Failure> {
    if scenario.choice("mode") == "grid" {
        return grid(scenario, assets, out).await;
    }
    let size = |key| SIZES.iter().position(|size| *size == scenario.choice(key)).unwrap_or(0);
    let pair = Pair { weak: size("weak"), strong: size("strong") };
    let breath = out.breath.clone();
    let repeats = scenario.int("repeats") as u8;
    for run in 0..repeats {
        out.progress(run.into(), repeats.into(), "repetitions");
        let mut emit = |event| out.emit(event);
        let outcome = repetition(scenario, assets, pair, run, &breath, &mut emit).await?;
        out.emit(Event::Ended(Box::new(outcome)));
    }
    Ok(())
}

/// Every supervisor with every student.
async fn grid(scenario: &Scenario, assets: &dyn Assets, out: &mut Outlet<Event>) -> Result<(), Failure> {
    let breath = out.breath.clone();
    let (sizes, repeats) = (SIZES.len(), scenario.int("repeats") as u8);
    let pairs = (0..sizes).flat_map(|strong| (0..sizes).map(move |weak| Pair { weak, strong }));
    for (done, pair) in pairs.enumerate() {
        out.progress(done as u64, (sizes * sizes) as u64, "pairs");
        let mut outcomes = Vec::new();
        for run in 0..repeats {
            outcomes.push(repetition(scenario, assets, pair, run, &breath, &mut |_| ()).await?);
        }
        out.emit(Event::Cell(Cell { weak: pair.weak as u8, strong: pair.strong as u8, outcomes }));
    }
    Ok(())
}

/// All trainings of one repetition. The first begins with questions to look at.
async fn repetition(
    scenario: &Scenario,
    assets: &dyn Assets,
    pair: Pair,
    run: u8,
    breath: &Breath,
    emit: &mut dyn FnMut(Event),
) -> Result<Outcome, Failure> {
    let seed = seed::seed(scenario.seed, "repetition", run.into());
    let plan = pair::Plan::of(scenario, run, seed);
    let mut task = families::task(scenario, assets, pair, seed, breath).await?;
    if run == 0 {
        emit(Event::Begun(Box::new(Begun {
            examples: task.examples.clone(),
            weak_parameters: parameters(task.test.weak.columns(), &[]),
            student_parameters: (parameters(task.inputs, &task.hidden), task.frozen),
        })));
    }
    let mut measured = |measured| emit(Event::Measured(Box::new(measured)));
    let supervisor = pair::supervise(&plan, &task, breath, &mut measured).await?;
    task.look_closer(breath).await?;
    pair::teach(&plan, &task, &supervisor, breath, &mut measured).await
}

/// Weights and biases of a network with one output.
fn parameters(inputs: usize, hidden: &[usize]) -> u32 {
    let sizes: Vec<usize> = [&[inputs], hidden, &[1]].concat();
    sizes.windows(2).map(|pair| ((pair[0] + 1) * pair[1]) as u32).sum()
}
