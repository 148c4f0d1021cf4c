//! The transformer that is shipped: X after the training that the preset `held-out` shows, with weights of 8 bits.

use super::{measure::Tests, plan::Plan, training::Training};
use crate::{
    amplification::{
        SPEC,
        tasks::{Learned as _, Powering},
    },
    lab::{Breath, Failure, Scenario},
    models::{pretrain::Made, transformer::Transformer},
    seed,
    stats::Tally,
};

/// Held-out permutations that it is asked about in the end, and the key that they are drawn by.
const ASKED: usize = 500;
const KEY: u64 = 1;

/// Trains it and asks it about permutations that it has not seen; `progress` hears steps done, of how many, and how it
/// goes.
///
/// # Errors
/// A sentence, should there be no such preset, or the file not be written.
pub fn make(progress: &mut dyn FnMut(u32, u32, String)) -> Result<Made, String> {
    let preset = SPEC.preset("held-out").ok_or("There is no preset held-out.")?;
    let scenario = Scenario::of_preset(&SPEC, preset);
    pollster::block_on(trained(&scenario, progress)).map_err(|failure| failure.to_string())
}

async fn trained(scenario: &Scenario, progress: &mut dyn FnMut(u32, u32, String)) -> Result<Made, Failure> {
    let (task, breath) = (Powering::held_out(), Breath::endless());
    let plan = Plan::of(scenario, task.recipe(), seed::seed(scenario.seed, "repetition", 0), 0);
    let mut training = Training::new(&task, plan);
    training.begin(&breath).await?;
    let steps = plan.recipe.steps;
    while training.step < steps {
        let loss = training.advance(&breath).await?;
        progress(training.step, steps, format!("loss {loss:.3}"));
    }
    let tests = Tests::new(&task, ASKED, KEY);
    let before = tests.of_x(&training, &breath).await?;
    let network = training.transformer().ok_or_else(|| "X is no transformer.".to_owned())?;
    let (file, parameters) = (network.to_file()?, network.parameters());
    training.start_from(Transformer::from_file(&file, task.shape())?);
    let after = tests.of_x(&training, &breath).await?;
    progress(steps, steps, format!("{} before rounding, {} after", by_depth(&before), by_depth(&after)));
    let sum = |part: fn(&Tally) -> u32| after.iter().map(part).sum();
    Ok(Made { file, parameters, steps, right: sum(|tally| tally.right), n: sum(|tally| tally.of) })
}

/// Right answers of all, shallowest first.
fn by_depth(tallies: &[Tally]) -> String {
    tallies.iter().map(|tally| format!("{}/{}", tally.right, tally.of)).collect::<Vec<_>>().join(" ")
}
