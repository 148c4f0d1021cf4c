//! Joins rules, players and protocols to pictures and weights: a scenario in, events out.

mod game;
mod judge;
mod protocols;
mod setup;
mod tournament;
mod training;

pub use super::metrics::metrics;

use super::{event::Event, spec};
use crate::lab::{Assets, Failure, Outlet, Scenario};
use std::ops::Range;

/// Runs some parts of a scenario of the debate lab (see [`spec::parts`]).
///
/// # Errors
/// Where the run is cancelled, or cannot go on (with a sentence for the user).
pub async fn run(
    scenario: &Scenario,
    parts: Range<u32>,
    assets: &dyn Assets,
    out: &mut Outlet<Event>,
) -> Result<(), Failure> {
    match scenario.choice("mode") {
        "protocols" => protocols::run(scenario, assets, out).await,
        "tournament" => tournament::run(scenario, spec::parts(scenario).units(parts), assets, out).await,
        "training" => training::run(scenario, assets, out).await,
        _ => game::run(scenario, assets, out).await,
    }
}

#[cfg(test)]
mod tests;
