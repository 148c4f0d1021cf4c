//! The one training loop of the small networks: shuffled batches, Adam with a step size that falls in a line to 0,
//! measures on the way, and a breath after every step.

use super::{adam::Adam, losses, mlp::Layer};
use crate::{
    lab::experiment::{Breath, Failure},
    seed::{self, Rng},
};
use rand::Rng as _;

/// The share of the step size with which pretrained layers learn below a head: more would wipe out what they know.
pub const BELOW: f32 = 0.1;

/// A network that learns to choose among the answers to a question.
pub trait Network: Clone {
    /// Questions as it sees them.
    type Seen;
    /// How it brings questions into a common scale.
    type Standards;
    /// What it is to answer to one question.
    type Label: Clone;

    /// Its weights.
    fn layers(&self) -> &[Layer];
    /// The same, to be changed; the sizes must stay.
    fn layers_mut(&mut self) -> &mut [Layer];
    /// The share of the step size with which a layer learns, by its number.
    fn pace(&self, _layer: usize) -> f32 {
        1.0
    }
    /// How many questions there are.
    fn count(seen: &Self::Seen) -> usize;
    /// The common scale of these questions.
    fn standards(seen: &Self::Seen) -> Self::Standards;
    /// Questions in that scale.
    fn scaled(standards: &Self::Standards, seen: &Self::Seen) -> Self::Seen;
    /// Overwrites `gradient` with the gradient of a batch of questions, whose targets are their labels and, with the
    /// weight `alpha`, the network's own answers; returns the mean loss against the labels alone, in nats.
    fn descend(
        &self,
        seen: &Self::Seen,
        labels: &[Self::Label],
        batch: &[usize],
        alpha: f32,
        gradient: &mut [Layer],
    ) -> f32;
    /// The mean loss against labels, one for each question, in nats.
    fn mean_loss(&self, seen: &Self::Seen, labels: &[Self::Label]) -> f32;
    /// Its answer to every question.
    fn answers(&self, seen: &Self::Seen) -> Vec<Answer>;
    /// Its answers as labels for another: what it believes, or (`hard`) only what it answers.
    fn labels(&self, seen: &Self::Seen, hard: bool) -> Vec<Self::Label>;
    /// Labels from the right answers to every question; a question has at least one.
    fn truth(seen: &Self::Seen, right: &[Vec<u8>]) -> Vec<Self::Label>;

    /// How many weights and biases there are.
    fn parameters(&self) -> usize {
        self.layers().iter().map(|layer| layer.weight.len() + layer.bias.len()).sum()
    }
}

/// An answer, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// Which of the possible answers.
    pub choice: u8,
    /// The belief in it, 0 to 1.
    pub belief: f32,
}

/// How to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recipe {
    /// The run's seed; the order of examples comes from it.
    pub seed: u64,
    /// What the network is called in the run: another name gives other chances.
    pub name: &'static str,
    /// How often every example is seen.
    pub epochs: u32,
    /// Examples a step.
    pub batch: usize,
    /// Adam's step size; it falls in a line to 0.
    pub rate: f32,
    /// The most weight that the student's own answers get (auxiliary confidence loss); 0: none.
    pub alpha: f32,
    /// Measures over the training besides one before the first step, closer together at its start: the k-th of n
    /// comes after (k/n)² of all steps.
    pub measures: u32,
}

/// A training at a measure.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a, N> {
    /// Steps done.
    pub step: u32,
    /// Of how many.
    pub steps: u32,
    /// Mean cross-entropy against the labels since the last measure, in nats; before the first step over all of them.
    pub loss: f32,
    /// The weight of the student's own answers in the step that was just done.
    pub alpha: f32,
    /// The network as it is now.
    pub network: &'a N,
}

/// Trains a network on labels, one for each question that it sees; `measure` hears how it goes, and may breathe.
///
/// # Errors
/// Where the run is cancelled, or there is nothing to learn from.
pub async fn train<N: Network>(
    recipe: &Recipe,
    mut network: N,
    seen: &N::Seen,
    labels: &[N::Label],
    breath: &Breath,
    mut measure: impl AsyncFnMut(Moment<'_, N>) -> Result<(), Failure>,
) -> Result<N, Failure> {
    let n = N::count(seen).min(labels.len());
    if n == 0 {
        return Err(Failure::Because("There are no examples to learn from.".to_owned()));
    }
    let mut gradient: Vec<Layer> =
        network.layers().iter().map(|layer| Layer::zeros(layer.inputs, layer.outputs)).collect();
    let mut adam = Adam::new(gradient.clone());
    let per_epoch = (n / recipe.batch.max(1)).max(1);
    let steps = per_epoch as u32 * recipe.epochs;
    let start = network.mean_loss(seen, labels);
    measure(Moment { step: 0, steps, loss: start, alpha: 0.0, network: &network }).await?;
    let (mut order, mut since, mut told) = (Vec::new(), (0.0, 0), 1_u32);
    let is_due = |done: u32, told: u32| {
        u64::from(done) * u64::from(recipe.measures).pow(2) >= u64::from(told).pow(2) * u64::from(steps)
    };
    for step in 0..steps {
        let at = step as usize % per_epoch;
        if at == 0 {
            order = shuffled(n, &mut seed::rng(recipe.seed, recipe.name, u64::from(step)));
        }
        let batch = &order[at * recipe.batch..((at + 1) * recipe.batch).min(n)];
        let alpha = losses::alpha(step, steps, recipe.alpha);
        since.0 += network.descend(seen, labels, batch, alpha, &mut gradient);
        since.1 += 1;
        let rate = recipe.rate * (1.0 - step as f32 / steps as f32);
        let paces: Vec<f32> = (0..gradient.len()).map(|layer| network.pace(layer)).collect();
        adam.step_each(network.layers_mut(), &gradient, |layer| rate * paces[layer]);
        let done = step + 1;
        if is_due(done, told) || done == steps {
            measure(Moment { step: done, steps, loss: since.0 / since.1 as f32, alpha, network: &network }).await?;
            since = (0.0, 0);
            while is_due(done, told) {
                told += 1;
            }
        }
        breath.take().await?;
    }
    Ok(network)
}

/// 0 to `n` − 1 in a random order.
pub fn shuffled(n: usize, rng: &mut Rng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for at in (1..n).rev() {
        order.swap(at, rng.random_range(0..=at as u32) as usize);
    }
    order
}
