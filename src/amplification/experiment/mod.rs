//! Joins tasks, overseers and networks: a scenario in, events out.

mod book;
#[cfg(feature = "terminal")]
pub mod checkpoint;
mod drift;
mod grow;
mod learner;
mod measure;
mod mistakes;
mod overseer;
mod plan;
mod subject;
#[cfg(test)]
mod tests;
mod train;
mod training;
mod tree;
mod you;

use super::event::Event;
#[cfg(feature = "gpu")]
use crate::amplification::tasks::{Learned as _, Powering, Recipe, Task as _};
use crate::lab::{Assets, Failure, Outlet, Scenario};

/// Runs a scenario of the amplification lab.
///
/// # Errors
/// Where the run is cancelled, or cannot go on (with a sentence for the user).
pub async fn run(scenario: &Scenario, assets: &dyn Assets, out: &mut Outlet<Event>) -> Result<(), Failure> {
    if asks_too_much(scenario) {
        let why = "Powering of held-out permutations trains a transformer, which has no part that decides for H: choose \
                   another who decomposes, or another task.";
        return Err(Failure::Because(why.to_owned()));
    }
    match scenario.choice("mode") {
        "book" => book::run(scenario, assets, out).await,
        "train" => train::run(scenario, assets, out).await,
        "drift" => drift::run(scenario, out).await,
        "you" => you::run(scenario, out).await,
        _ => tree::run(scenario, out).await,
    }
}

/// The transformer that a GPU trains, as it is without settings of one's own.
#[cfg(feature = "gpu")]
pub fn transformer() -> crate::models::trial::Kind {
    let task = Powering::held_out();
    let Recipe { batch: contexts, each, .. } = task.recipe();
    let each = each.unwrap_or(1) * task.depths().len();
    crate::models::trial::Kind::Transformer { shape: task.shape(), contexts, each }
}

/// Whether one network is to play both parts, and cannot.
fn asks_too_much(scenario: &Scenario) -> bool {
    let is = |key, value| scenario.choice(key) == value;
    is("task", "held-out") && (is("mode", "train") || is("mode", "drift")) && is("overseer", "self")
}
