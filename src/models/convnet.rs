//! A judge as the paper's was (Irving et al. 2018: a convolutional network over two planes, which pixels are shown and
//! how bright they are), trained where Burn computes. Weights and slopes stay in the device's own memory; nothing but
//! losses and answers comes back.
//!
//! Two convolutions of 5 × 5, each followed by a rectifier and a pooling of 2 × 2, then two dense layers. 128 pictures
//! a step, as in the paper; the step size rises to 1e-3 and falls to 0, for shorter trainings than the paper's.

use super::{
    batch::Batch,
    judge::PIXELS,
    training::{self, Learner, Measure, Training, broken, likeliest, numbers, truths},
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
/// Adam's, as Kingma and Ba 2015 have them.
const DECAY: f32 = 0.9;
const DECAY_OF_SQUARES: f32 = 0.999;
const EPSILON: f32 = 1e-8;
const SIDE: usize = 28;
/// Pictures that are answered at once.
const ASKED: usize = 50;
/// Weights [outputs, inputs, 5, 5] or [inputs, outputs] and biases, layer by layer: 455,722 numbers.
const SHAPES: [&[usize]; 8] =
    [&[32, 2, 5, 5], &[32], &[64, 32, 5, 5], &[64], &[64 * 49, 128], &[128], &[128, 10], &[10]];

/// The weights on a device, with what Adam remembers of each.
struct Network {
    weights: Vec<Tensor<1>>,
    means: Vec<Tensor<1>>,
    squares: Vec<Tensor<1>>,
    steps: i32,
}

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
    fn upload(numbers: &[Vec<f32>], device: &Device) -> Self {
        let upload =
            |numbers: &Vec<f32>| Tensor::<1>::from_data(TensorData::new(numbers.clone(), [numbers.len()]), device);
        let plain: Vec<Tensor<1>> = numbers.iter().map(upload).collect();
        let zeros: Vec<Tensor<1>> = plain.iter().map(Tensor::zeros_like).collect();
        let weights = plain.into_iter().map(|weights| weights.autodiff().require_grad()).collect();
        Self { weights, means: zeros.clone(), squares: zeros, steps: 0 }
    }

    /// Planes [batch, 2, 28, 28] to logits [batch, 10].
    fn forward(&self, planes: Tensor<4>) -> Tensor<2> {
        let weights = |at: usize| self.weights[at].clone();
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

    /// The loss of a batch, and the slopes by every weight.
    fn slopes(&self, batch: &Batch) -> Result<(Tensor<1>, Vec<Tensor<1>>), Failure> {
        let device = self.means[0].device();
        let loss =
            cross_entropy_with_logits(self.forward(planes(batch, 0..batch.len(), &device)), truths(batch, 10, &device));
        let slopes = loss.backward();
        let slope = |weights: &Tensor<1>| weights.grad(&slopes).ok_or_else(|| broken(&"a weight has no gradient"));
        Ok((loss.inner(), self.weights.iter().map(slope).collect::<Result<_, _>>()?))
    }

    /// One step of Adam.
    fn learn(&mut self, slopes: Vec<Tensor<1>>, rate: f32) {
        self.steps += 1;
        let right = |decay: f32| 1.0 - decay.powi(self.steps);
        let (rate, squares_right) = (rate / right(DECAY), right(DECAY_OF_SQUARES));
        for (at, slope) in slopes.into_iter().enumerate() {
            let mean = self.means[at].clone() * DECAY + slope.clone() * (1.0 - DECAY);
            let square = self.squares[at].clone() * DECAY_OF_SQUARES + slope.clone() * slope * (1.0 - DECAY_OF_SQUARES);
            let step = mean.clone() * rate / ((square.clone() / squares_right).sqrt() + EPSILON);
            self.weights[at] = (self.weights[at].clone().inner() - step).autodiff().require_grad();
            (self.means[at], self.squares[at]) = (mean, square);
        }
    }
}

impl Learner for Network {
    const BATCH: usize = BATCH;
    const RATE: f32 = RATE;

    async fn step(&mut self, batch: &Batch, rate: f32) -> Result<f32, Failure> {
        let (loss, slopes) = self.slopes(batch)?;
        self.learn(slopes, rate);
        // Waiting for the loss keeps the device from falling behind what it is asked to do.
        Ok(numbers(Some(loss)).await?.first().copied().unwrap_or(f32::NAN))
    }

    async fn right(&self, batch: &Batch, breath: &Breath) -> Result<u32, Failure> {
        let device = self.means[0].device();
        let mut right = 0;
        for from in (0..batch.len()).step_by(ASKED) {
            let some = from..batch.len().min(from + ASKED);
            let logits = numbers(Some(self.forward(planes(batch, some.clone(), &device)).inner())).await?;
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
    let mut network = Network::upload(&initial(training.seed), device);
    training::follow(&mut network, training, pictures, breath, on_measure).await
}

/// The loss of a batch on a device, and the slopes by every weight, from the weights before training.
///
/// # Errors
/// Where the device fails.
pub async fn first_slopes(run: u64, batch: &Batch, device: &Device) -> Result<Vec<f32>, Failure> {
    let (loss, slopes) = Network::upload(&initial(run), device).slopes(batch)?;
    let mut all = numbers(Some(loss)).await?;
    for slope in slopes {
        all.extend(numbers(Some(slope)).await?);
    }
    Ok(all)
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
