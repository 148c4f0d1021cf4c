//! Training a judge from nothing: random pictures, random pixels of them, and nothing said about debates.
//!
//! The recipe is that of the paper's appendix in spirit (a judge that only ever saw random pixels), with a smaller
//! network: Adam, 200 steps of warm-up to 2e-3, then a cosine to 0; 256 pictures a step, fresh pixels each time. The
//! first layer sees at most 24 of its 1,568 inputs, so its sums and its gradient are plain loops over those; the rest
//! of the network and its gradient are Burn's.

use super::{
    adam::Adam,
    batch::{Batch, Pool},
    device::{self, broken, numbers},
    judge::{self, Judge, Linear, SIZES},
    mlp::{Layer, Mlp},
};
use crate::{
    lab::experiment::{Breath, Failure},
    seed,
    tasks::{
        Pictures,
        pictures::{HELD_OUT_LEN, TRAIN_LEN},
    },
};
use burn::tensor::{Device, Gradients, Tensor, TensorData, loss::cross_entropy_with_logits};
use std::f32::consts::PI;

/// Adam's largest step size.
pub const RATE: f32 = 2e-3;
const WARM_UP: u32 = 200;
/// Pictures a step.
pub const BATCH: usize = 256;
/// Pictures that there are at the first step, and how many join at each step until all are there: generating them
/// must not keep a reader waiting.
const FIRST_PICTURES: usize = 1024;
const MORE_PICTURES: usize = 4;

/// What to train.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Training {
    /// The run's seed.
    pub seed: u64,
    /// Pixels shown of each picture, 1 to 12.
    pub pixels: u8,
    /// Mini-batches.
    pub steps: u32,
    /// Steps between two measures; there is one after the last step in any case.
    pub measure_every: u32,
    /// Held-out pictures asked at each measure, 1 to 5,000.
    pub held_out: u32,
}

/// How far a training has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// Mini-batches seen.
    pub step: u32,
    /// Mean cross-entropy of the batches since the last measure, in nats.
    pub loss: f32,
    /// Right answers on held-out pictures with random pixels.
    pub right: u32,
    /// How many were asked.
    pub of: u32,
}

impl Training {
    /// The size of a step: it rises to `most`, then falls to 0 as a cosine does.
    fn rate(&self, most: f32, step: u32) -> f32 {
        let warm_up = WARM_UP.min(self.steps / 5);
        if step < warm_up {
            return most * (step + 1) as f32 / warm_up as f32;
        }
        let along = (step - warm_up) as f32 / (self.steps - warm_up) as f32;
        most * 0.5 * (1.0 + libm::cosf(PI * along))
    }

    /// Whether something is measured after so many steps.
    fn measures_at(&self, done: u32) -> bool {
        done.is_multiple_of(self.measure_every.max(1)) || done == self.steps
    }
}

/// A network that learns to judge.
pub(super) trait Learner {
    /// Pictures a step.
    const BATCH: usize;
    /// The largest step size.
    const RATE: f32;

    /// One step; the loss before it.
    async fn step(&mut self, batch: &Batch, rate: f32) -> Result<f32, Failure>;

    /// How many pictures of a batch it gets right.
    async fn right(&self, batch: &Batch, breath: &Breath) -> Result<u32, Failure>;
}

/// Lets a network learn; `on_measure` hears how it goes.
///
/// # Errors
/// Where the run is cancelled, or there are no pictures for training.
pub(super) async fn follow<L: Learner>(
    learner: &mut L,
    training: &Training,
    pictures: &Pictures,
    breath: &Breath,
    mut on_measure: impl FnMut(Measure),
) -> Result<(), Failure> {
    let shown = usize::from(training.pixels);
    let held_out = held_out(training, pictures, breath).await?;
    let mut pool = Pool::default();
    let (mut losses, mut since) = (0.0, 0);
    for step in 0..training.steps {
        fill(&mut pool, FIRST_PICTURES + MORE_PICTURES * step as usize, pictures, breath).await?;
        let batch = pool.draw(L::BATCH, shown, &mut seed::rng(training.seed, "training batch", u64::from(step)));
        losses += learner.step(&batch, training.rate(L::RATE, step)).await?;
        since += 1;
        if training.measures_at(step + 1) {
            let right = learner.right(&held_out, breath).await?;
            on_measure(Measure { step: step + 1, loss: losses / since as f32, right, of: held_out.len() as u32 });
            (losses, since) = (0.0, 0);
        }
        breath.take().await?;
    }
    Ok(())
}

/// The three layers, with what their training needs.
pub struct Layers {
    network: Mlp,
    gradient: Mlp,
    adam: Adam,
    device: Device,
}

impl Layers {
    /// Before training.
    pub(super) fn new(run: u64, device: Device) -> Self {
        let gradient = Mlp::zeros(&SIZES);
        let adam = Adam::new(gradient.layers().to_vec());
        Self { network: judge::initial(run, &SIZES), gradient, adam, device }
    }

    /// The loss of a batch, and the slopes by every weight.
    #[cfg(feature = "gpu")]
    pub(super) async fn slopes(&mut self, batch: &Batch) -> Result<Vec<f32>, Failure> {
        let loss = gradients(&self.network, batch, &self.device, &mut self.gradient).await?;
        let slopes = self.gradient.layers().iter().flat_map(|layer| layer.weight.iter().chain(&layer.bias));
        Ok(std::iter::once(loss).chain(slopes.copied()).collect())
    }
}

impl Learner for Layers {
    const BATCH: usize = BATCH;
    const RATE: f32 = RATE;

    async fn step(&mut self, batch: &Batch, rate: f32) -> Result<f32, Failure> {
        let loss = gradients(&self.network, batch, &self.device, &mut self.gradient).await?;
        self.adam.step(self.network.layers_mut(), self.gradient.layers(), rate);
        Ok(loss)
    }

    async fn right(&self, batch: &Batch, breath: &Breath) -> Result<u32, Failure> {
        right(&self.network, batch, breath).await
    }
}

/// Trains a judge of debates; `on_measure` hears how it goes.
///
/// # Errors
/// Where the run is cancelled, or there are no pictures for training.
pub async fn train(
    training: &Training,
    pictures: &Pictures,
    breath: &Breath,
    on_measure: impl FnMut(Measure),
) -> Result<Mlp, Failure> {
    let mut layers = Layers::new(training.seed, device::current());
    follow(&mut layers, training, pictures, breath, on_measure).await?;
    Ok(layers.network)
}

/// How many pictures of a batch the network gets right.
///
/// # Errors
/// Where the run is cancelled.
pub async fn right(network: &Mlp, batch: &Batch, breath: &Breath) -> Result<u32, Failure> {
    let first = &network.layers()[0];
    let mut right = 0;
    for (picture, sums) in batch.first_layer(first).chunks_exact(first.outputs).enumerate() {
        let logits = network.above(sums.to_vec());
        right += u32::from(likeliest(&logits) == usize::from(batch.labels[picture]));
        if picture % 100 == 99 {
            breath.take().await?;
        }
    }
    Ok(right)
}

/// The digit with the largest logit, the first of equals.
pub(super) fn likeliest(logits: &[f32]) -> usize {
    (0..logits.len()).fold(0, |best, digit| if logits[digit] > logits[best] { digit } else { best })
}

async fn held_out(training: &Training, pictures: &Pictures, breath: &Breath) -> Result<Batch, Failure> {
    let mut pool = Pool::default();
    for index in 0..training.held_out.clamp(1, HELD_OUT_LEN) {
        pool.push(&pictures.held_out(index).ok_or_else(nothing_to_learn_from)?);
        breath.take().await?;
    }
    Ok(pool.all(usize::from(training.pixels), &mut seed::rng(training.seed, "held-out pixels", 0)))
}

/// Brings the pool to `len` pictures, or to all that there are.
async fn fill(pool: &mut Pool, len: usize, pictures: &Pictures, breath: &Breath) -> Result<(), Failure> {
    while pool.len() < len.min(TRAIN_LEN as usize) {
        pool.push(&pictures.train(pool.len() as u32).ok_or_else(nothing_to_learn_from)?);
        if pool.len().is_multiple_of(16) {
            breath.take().await?;
        }
    }
    Ok(())
}

pub(super) fn nothing_to_learn_from() -> Failure {
    Failure::Because("A judge is trained on MNIST's training pictures, and only the test files were given.".to_owned())
}

/// The loss of a batch, and its gradient by every weight.
async fn gradients(network: &Mlp, batch: &Batch, device: &Device, gradient: &mut Mlp) -> Result<f32, Failure> {
    let (first, above) = (&network.layers()[0], &network.layers()[1..]);
    let sums = TensorData::new(batch.first_layer(first), [batch.len(), first.outputs]);
    let device = &device.clone().autodiff();
    let sums = Tensor::<2>::from_data(sums, device).require_grad();
    let judge = Judge::upload(above, device);
    let logits = judge.forward(burn::tensor::activation::relu(sums.clone()));
    let loss = cross_entropy_with_logits(logits, truths(batch, above[above.len() - 1].outputs, device));
    let slopes = loss.backward();

    let [first_gradient, above_gradients @ ..] = gradient.layers_mut() else { return Ok(0.0) };
    first_gradient.clear();
    let by_sums = sums.grad(&slopes).ok_or_else(|| broken(&"the first layer has no gradient"))?;
    batch.first_gradient(&numbers(by_sums).await?, first_gradient);
    above_gradients.clone_from_slice(&gradients_of(&judge, &slopes).await?);
    loss.into_scalar_async::<f32>().await.map_err(|why| broken(&why))
}

/// [batch, digits]: 1 at what each picture shows.
pub(super) fn truths(batch: &Batch, digits: usize, device: &Device) -> Tensor<2> {
    let mut truths = vec![0.0; batch.len() * digits];
    for (row, label) in truths.chunks_exact_mut(digits).zip(&batch.labels) {
        row[usize::from(*label)] = 1.0;
    }
    Tensor::from_data(TensorData::new(truths, [batch.len(), digits]), device)
}

/// The gradient by every weight and bias; 0 by those that were not used, such as an embedding's bias.
pub(super) async fn gradients_of(network: &Judge, slopes: &Gradients) -> Result<Vec<Layer>, Failure> {
    let mut gradients = Vec::new();
    for Linear { weight, bias } in &network.layers {
        let [inputs, outputs] = weight.dims();
        let mut layer = Layer::zeros(inputs, outputs);
        if let Some(slope) = weight.grad(slopes) {
            layer.weight = numbers(slope).await?;
        }
        if let Some(slope) = bias.grad(slopes) {
            layer.bias = numbers(slope).await?;
        }
        gradients.push(layer);
    }
    Ok(gradients)
}

#[cfg(test)]
mod tests;
