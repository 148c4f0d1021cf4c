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
use crate::lab::{Assets, Failure, Outlet, Scenario};

/// Runs a scenario of the amplification lab.
///
/// # Errors
/// Where the run is cancelled, or cannot go on (with a sentence for the user).
pub async fn run(scenario: &Scenario, assets: &dyn Assets, out: &mut Outlet<Event>) -> Result<(), Failure> {
    match scenario.choice("mode") {
        "book" => book::run(scenario, assets, out).await,
        "train" => train::run(scenario, assets, out).await,
        "drift" => drift::run(scenario, out).await,
        "you" => you::run(scenario, out).await,
        _ => tree::run(scenario, out).await,
    }
}
