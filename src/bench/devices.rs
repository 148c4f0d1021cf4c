//! What a GPU brings: training steps of the networks that it can train, and judge evaluations in large batches, beside
//! the CPU's.

use super::Clock;
use crate::{
    amplification::experiment,
    lab::Failure,
    models::{
        choice,
        trial::{Kind, SETS, Trial},
    },
};

/// A turn lasts so long, in milliseconds: shorter ones would measure the clock.
const TURN_MS: f64 = 100.0;

/// A network on both.
#[derive(Debug, Clone)]
pub struct Row {
    /// Which.
    pub network: &'static str,
    /// Milliseconds a step in each turn, on the CPU and on the GPU.
    pub step_ms: [Vec<f64>; 2],
    /// The largest difference of their first slopes, as a share of the largest slope.
    pub apart: f64,
}

/// Every network, in turns of both.
///
/// # Errors
/// Where there is no GPU, or it fails.
pub async fn training(turns: u64, clock: Clock) -> Result<(String, Vec<Row>), Failure> {
    let (gpu, name) = choice::found().await?;
    let networks = [
        ("judge", Kind::Layers),
        ("convolutional judge", Kind::Convolutional),
        ("transformer, X", experiment::transformer()),
        ("large reader", Kind::Reader),
    ];
    let mut rows = Vec::new();
    for (network, kind) in networks {
        let apart = choice::apart(kind, &gpu).await?;
        let mut step_ms = [Vec::new(), Vec::new()];
        let mut trials = [Trial::new(kind, false, None)?, Trial::new(kind, false, Some(&gpu))?];
        for trial in &mut trials {
            // Warms up what there is to warm.
            trial.step().await?;
            trial.step().await?;
        }
        for _ in 0..turns {
            for (trial, times) in trials.iter_mut().zip(&mut step_ms) {
                times.push(turn(trial, clock).await?);
            }
        }
        rows.push(Row { network, step_ms, apart });
    }
    Ok((name, rows))
}

/// Judge evaluations a second in large batches, in each turn.
///
/// # Errors
/// Where there is no GPU, or it fails.
pub async fn evaluations(turns: u64, clock: Clock) -> Result<Vec<f64>, Failure> {
    let (gpu, _) = choice::found().await?;
    let mut trial = Trial::new(Kind::Judging, false, Some(&gpu))?;
    trial.step().await?;
    let mut rates = Vec::new();
    for _ in 0..turns {
        rates.push(SETS as f64 * 1000.0 / turn(&mut trial, clock).await?);
    }
    Ok(rates)
}

/// Milliseconds a step.
async fn turn(trial: &mut Trial, clock: Clock) -> Result<f64, Failure> {
    let (began, mut steps) = (clock(), 0);
    while steps == 0 || clock() - began < TURN_MS {
        trial.step().await?;
        steps += 1;
    }
    Ok((clock() - began) / f64::from(steps))
}
