//! A judge as the paper's was (Irving et al. 2018: a convolutional network over two planes, which pixels are shown and
//! how bright they are), trained where Burn computes. Weights and slopes stay in the device's own memory; nothing but
//! losses and answers comes back.
//!
//! Two convolutions of 5 × 5, each followed by a rectifier and a pooling of 2 × 2, then two dense layers. 128 pictures
//! a step, as in the paper; the step size rises to 1e-3 and falls to 0, for shorter trainings than the paper's.

use super::{
    batch::Batch,
    device::numbers,
    judge::PIXELS,
    on_device::{self, Descent, Weights},
    training::{self, Learner, Measure, Training, likeliest, truths},
};
use crate::{
    lab::experiment::{Breath, Failure},
    seed,
    tasks::Pictures,
};
use burn::tensor::{
    Device, Tensor, TensorData,
    activation::relu,
    loss::cross_entropy_with_logits,
    module::{conv2d, max_pool2d},
    ops::{ConvOptions, MaxPoolOptions},
};

/// Pictures a step.
pub const BATCH: usize = 128;
/// Adam's largest step size.
const RATE: f32 = 1e-3;
/// Adam as Kingma and Ba 2015 have it.
const DESCENT: Descent = Descent { beta_2: 0.999, clip: None };
const SIDE: usize = 28;
/// Pictures that are answered at once.
const ASKED: usize = 50;
/// Weights [outputs, inputs, 5, 5] or [inputs, outputs] and biases, layer by layer: 455,722 numbers.
const SHAPES: [&[usize]; 8] =
    [&[32, 2, 5, 5], &[32], &[64, 32, 5, 5], &[64], &[64 * 49, 128], &[128], &[128, 10], &[10]];

/// The network on a device.
pub struct Network(Weights);

/// Numbers before training, drawn here so that every device starts equal: weights as He et al. 2015 have it, biases 0.
fn initial(run: u64) -> Vec<Vec<f32>> {
    let numbers = |(at, shape): (usize, &&[usize])| {
        let n = shape.iter().product();
        let fan_in = match shape {
            [_, channels, height, width] => channels * height * width,
            [inputs, _] => *inputs,
            _ => return vec![0.0; n],
        };
        let mut rng = seed::rng(run, "initial weights", at as u64);
        (0..n).map(|_| seed::normal(&mut rng, (2.0 / fan_in as f32).sqrt())).collect()
    };
    SHAPES.iter().enumerate().map(numbers).collect()
}

impl Network {
    /// Before training.
    pub fn new(run: u64, device: &Device) -> Self {
        let parts = initial(run);
        Self(Weights::upload(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>(), DESCENT, device))
    }

    /// Planes [batch, 2, 28, 28] to logits [batch, 10], with weights in parts.
    fn forward(parts: &[Tensor<1>], planes: Tensor<4>) -> Tensor<2> {
        let weights = |at: usize| parts[at].clone();
        let convolved = |values: Tensor<4>, at: usize| {
            let &[outputs, inputs, height, width] = SHAPES[at] else { return values };
            let kernel = weights(at).reshape([outputs, inputs, height, width]);
            let values = conv2d(values, kernel, Some(weights(at + 1)), ConvOptions::new([1, 1], [2, 2], [1, 1], 1));
            max_pool2d(relu(values), MaxPoolOptions::new([2, 2]))
        };
        let dense = |values: Tensor<2>, at: usize| {
            let &[inputs, outputs] = SHAPES[at] else { return values };
            values.matmul(weights(at).reshape([inputs, outputs])) + weights(at + 1).unsqueeze()
        };
        let seen = convolved(convolved(planes, 0), 2).flatten::<2>(1, 3);
        dense(relu(dense(seen, 4)), 6)
    }

    /// The loss of a batch, and the slopes by every weight in one row.
    pub fn slopes(&self, batch: &Batch) -> (Tensor<1>, Tensor<1>) {
        let (device, parts) = (self.0.device(), self.0.learning());
        let logits = Self::forward(&parts, planes(batch, 0..batch.len(), &device));
        let loss = cross_entropy_with_logits(logits, truths(batch, 10, &device));
        let slopes = on_device::slopes(&parts, &loss.backward());
        (loss.inner(), slopes)
    }
}

impl Learner for Network {
    const BATCH: usize = BATCH;
    const RATE: f32 = RATE;

    async fn step(&mut self, batch: &Batch, rate: f32) -> Result<f32, Failure> {
        let (loss, slopes) = self.slopes(batch);
        self.0.learn(slopes, rate);
        // Waiting for the loss keeps the device from falling behind what it is asked to do.
        Ok(numbers(loss).await?.first().copied().unwrap_or(f32::NAN))
    }

    async fn right(&self, batch: &Batch, breath: &Breath) -> Result<u32, Failure> {
        let (device, parts) = (self.0.device(), self.0.parts(&self.0.values()));
        let mut right = 0;
        for from in (0..batch.len()).step_by(ASKED) {
            let some = from..batch.len().min(from + ASKED);
            let logits = numbers(Self::forward(&parts, planes(batch, some.clone(), &device))).await?;
            for (logits, label) in logits.chunks_exact(10).zip(&batch.labels[some]) {
                right += u32::from(likeliest(logits) == usize::from(*label));
            }
            breath.take().await?;
        }
        Ok(right)
    }
}

/// Trains the network; `on_measure` hears how it goes.
///
/// # Errors
/// Where the run is cancelled, or there are no pictures for training.
pub async fn train(
    training: &Training,
    pictures: &Pictures,
    device: &Device,
    breath: &Breath,
    on_measure: impl FnMut(Measure),
) -> Result<(), Failure> {
    training::follow(&mut Network::new(training.seed, device), training, pictures, breath, on_measure).await
}

/// Some pictures of a batch as [pictures, 2, 28, 28].
fn planes(batch: &Batch, some: std::ops::Range<usize>, device: &Device) -> Tensor<4> {
    let n = some.len();
    debug_assert_eq!(SIDE * SIDE, PIXELS);
    Tensor::from_data(TensorData::new(batch.planes(some), [n, 2, SIDE, SIDE]), device)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn it_learns_what_few_pixels_show() {
        let training = Training { seed: 3, pixels: 12, steps: 30, measure_every: 15, held_out: 200 };
        let mut measures = Vec::new();
        let (device, breath) = (Device::flex(), Breath::endless());
        pollster::block_on(train(&training, &Pictures::Builtin, &device, &breath, |m| measures.push(m))).unwrap();
        assert_eq!(measures.iter().map(|measure| measure.step).collect::<Vec<_>>(), [15, 30]);
        // Guessing costs ln 10 = 2.30 nats, and is right in a tenth of 200.
        assert!(measures[1].loss < 2.1 && measures[1].loss < measures[0].loss, "{measures:?}");
        assert!(measures[1].right > 50, "{measures:?}");
    }
}
