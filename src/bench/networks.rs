//! The networks that the labs train while somebody waits, and what a step of each takes.

use super::Clock;
use crate::{
    lab::{Breath, Failure},
    models::{
        fit::{self, Recipe},
        head::{self, Matrix},
        judge,
        ranker::{Pairs, Ranker},
        training::{self, Training},
    },
    seed,
    tasks::Pictures,
};
use rand::Rng as _;
use serde::Serialize;
use std::cell::Cell;

/// Questions that a small network learns from here. Their number decides only how often they are shuffled.
const QUESTIONS: usize = 2000;
/// Pixels that the judge is shown of each picture.
const SHOWN: u8 = 6;

/// What is learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Yes or no, from one row of numbers.
    Head,
    /// Which of two rows is better.
    Ranker,
    /// Which digit, from the few pixels that are shown.
    Judge,
}

/// A network as a lab trains it.
#[derive(Debug, Clone, Serialize)]
pub struct Network {
    /// The lab.
    pub lab: &'static str,
    /// Whose it is.
    pub name: &'static str,
    /// What it learns.
    pub kind: Kind,
    /// What goes in, what comes out of each layer.
    pub sizes: Vec<usize>,
    /// Questions, pairs or pictures a step.
    pub batch: usize,
    /// Adam's step size.
    pub rate: f32,
}

/// Every network that a lab trains in the browser.
pub fn all() -> Vec<Network> {
    let students = |(name, kind, sizes): (&'static str, Kind, &[usize])| Network {
        lab: "weak-to-strong",
        name,
        kind,
        sizes: sizes.to_vec(),
        batch: 32,
        rate: if name.ends_with("supervisor") { 0.02 } else { 2e-3 },
    };
    let small: [(&'static str, Kind, &[usize]); 24] = [
        ("digits, small supervisor", Kind::Head, &[16, 1]),
        ("digits, medium supervisor", Kind::Head, &[49, 1]),
        ("digits, large supervisor", Kind::Head, &[196, 1]),
        ("digits, small student", Kind::Head, &[32, 1]),
        ("digits, medium student", Kind::Head, &[96, 1]),
        ("digits, large student", Kind::Head, &[256, 1]),
        ("text, small supervisor", Kind::Head, &[20, 1]),
        ("text, medium supervisor", Kind::Head, &[60, 1]),
        ("text, large supervisor", Kind::Head, &[200, 1]),
        ("text, small student", Kind::Head, &[10, 1]),
        ("text, medium student", Kind::Head, &[30, 32, 1]),
        ("text, large student", Kind::Head, &[60, 32, 1]),
        ("reward, small supervisor", Kind::Ranker, &[4, 1]),
        ("reward, medium supervisor", Kind::Ranker, &[7, 1]),
        ("reward, large supervisor", Kind::Ranker, &[10, 1]),
        ("reward, small student", Kind::Ranker, &[20, 1]),
        ("reward, medium student", Kind::Ranker, &[40, 1]),
        ("reward, large student", Kind::Ranker, &[70, 1]),
        ("overlap, small supervisor", Kind::Head, &[2, 1]),
        ("overlap, medium supervisor", Kind::Head, &[4, 1]),
        ("overlap, large supervisor", Kind::Head, &[6, 1]),
        ("overlap, small student", Kind::Head, &[32, 4, 1]),
        ("overlap, medium student", Kind::Head, &[32, 32, 1]),
        ("overlap, large student", Kind::Head, &[32, 128, 1]),
    ];
    let judge = Network {
        lab: "debate",
        name: "judge",
        kind: Kind::Judge,
        sizes: judge::SIZES.to_vec(),
        batch: training::BATCH,
        rate: training::RATE,
    };
    small.into_iter().map(students).chain([judge]).collect()
}

/// Trains a network for about `steps` steps on numbers of the right form; milliseconds a step.
///
/// # Errors
/// Where the training cannot go on.
pub async fn step_ms(network: &Network, steps: u32, clock: Clock, breath: &Breath) -> Result<f64, Failure> {
    let inputs = network.sizes[0];
    let rows = |name| {
        let mut rng = seed::rng(1, name, 0);
        Matrix::of_rows((0..QUESTIONS).map(|_| (0..inputs).map(|_| seed::normal(&mut rng, 1.0)).collect()))
    };
    let start = head::initial(1, "student", inputs, &network.sizes[1..network.sizes.len() - 1]);
    match network.kind {
        Kind::Head => fitted(network, start, rows("rows"), steps, clock, breath).await,
        Kind::Ranker => {
            let pairs = Pairs { first: rows("rows"), second: rows("other rows") };
            fitted(network, Ranker(start), pairs, steps, clock, breath).await
        }
        Kind::Judge => judged(steps, clock, breath).await,
    }
}

/// From the measure before the first step to the one after the last.
async fn fitted<N: fit::Network<Label = f32>>(
    network: &Network,
    start: N,
    seen: N::Seen,
    steps: u32,
    clock: Clock,
    breath: &Breath,
) -> Result<f64, Failure> {
    let mut rng = seed::rng(1, "labels", 0);
    let labels: Vec<f32> = (0..QUESTIONS).map(|_| rng.random_range(0.0..1.0)).collect();
    let epochs = steps.div_ceil((QUESTIONS / network.batch) as u32).max(1);
    let (batch, rate) = (network.batch, network.rate);
    let recipe = Recipe { seed: 1, name: "student", epochs, batch, rate, alpha: 0.0, measures: 1 };
    let (mut began, mut took) = (0.0, 0.0);
    fit::train(&recipe, start, &seen, &labels, breath, |moment| {
        if moment.step == 0 {
            began = clock();
        } else {
            took = (clock() - began) / f64::from(moment.steps);
        }
    })
    .await?;
    Ok(took)
}

/// From a measure in the middle of the training to the one at its end. The step holds all that it holds in the lab:
/// pictures are drawn, generated where there are too few, and reduced to the pixels that are shown.
async fn judged(steps: u32, clock: Clock, breath: &Breath) -> Result<f64, Failure> {
    let steps = steps.max(1);
    let training = Training { seed: 1, pixels: SHOWN, steps: 2 * steps, measure_every: steps, held_out: 1 };
    let (began, took) = (Cell::new(None), Cell::new(0.0));
    training::train(&training, &Pictures::Builtin, breath, |_| match began.get() {
        None => began.set(Some(clock())),
        Some(began) => took.set((clock() - began) / f64::from(steps)),
    })
    .await?;
    Ok(took.get())
}

impl Network {
    /// How many weights and biases there are.
    pub fn parameters(&self) -> usize {
        self.sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
    }
}
