//! Weights that stay in a device's own memory, and how they learn there: nothing but losses and answers comes back.
//!
//! All numbers of a network stand in one row, so that a step of Adam is a dozen kernels however many layers there are:
//! on a GPU a kernel for a small layer costs as much as one for a large one.

mod block;

pub use block::{attended, normalised};

use super::{device::numbers, judge::Linear, mlp::Layer};
use crate::lab::experiment::Failure;
use burn::tensor::{Device, Gradients, Tensor, TensorData};

/// Adam's memory for slopes, and what keeps its step finite.
const BETA_1: f32 = 0.9;
const EPSILON: f32 = 1e-8;

/// How weights learn.
#[derive(Debug, Clone, Copy)]
pub struct Descent {
    /// Adam's memory for squares.
    pub beta_2: f32,
    /// The largest length of a gradient; a longer one is shortened to it.
    pub clip: Option<f32>,
}

/// See the module's text.
pub struct Weights {
    descent: Descent,
    /// How many numbers each part has.
    sizes: Vec<usize>,
    values: Tensor<1>,
    mean: Tensor<1>,
    square: Tensor<1>,
    steps: i32,
}

impl Weights {
    /// Before the first step.
    pub fn upload(parts: &[&[f32]], descent: Descent, device: &Device) -> Self {
        let values = row(parts.concat(), device);
        let zeros = values.zeros_like();
        let sizes = parts.iter().map(|part| part.len()).collect();
        Self { descent, sizes, values, mean: zeros.clone(), square: zeros, steps: 0 }
    }

    /// Where they are.
    pub fn device(&self) -> Device {
        self.values.device()
    }

    /// All numbers.
    pub fn values(&self) -> Tensor<1> {
        self.values.clone()
    }

    /// Numbers of the same sizes, part by part.
    pub fn parts(&self, values: &Tensor<1>) -> Vec<Tensor<1>> {
        let mut from = 0;
        let part = |size: &usize| {
            from += size;
            values.clone().narrow(0, from - size, *size)
        };
        self.sizes.iter().map(part).collect()
    }

    /// The parts, which collect slopes.
    pub fn learning(&self) -> Vec<Tensor<1>> {
        self.parts(&self.values).into_iter().map(|part| part.autodiff().require_grad()).collect()
    }

    /// One step of Adam, down the slopes by what [`Self::learning`] gave.
    pub fn learn(&mut self, slopes: Tensor<1>, rate: f32) {
        let Descent { beta_2, clip } = self.descent;
        let slopes = match clip {
            Some(most) => {
                let length = (slopes.clone() * slopes.clone()).sum().sqrt();
                slopes * (length.clamp_min(most).recip() * most)
            }
            None => slopes,
        };
        self.steps += 1;
        let right = |beta: f32| 1.0 / (1.0 - beta.powi(self.steps));
        self.mean = self.mean.clone() * BETA_1 + slopes.clone() * (1.0 - BETA_1);
        self.square = self.square.clone() * beta_2 + slopes.clone() * slopes * (1.0 - beta_2);
        let size = (self.square.clone() * right(beta_2)).sqrt() + EPSILON;
        self.values = self.values.clone() - self.mean.clone() * (rate * right(BETA_1)) / size;
    }
}

/// The parts of layers, as [`Weights::upload`] takes them: of each its weights and its biases.
pub fn parts_of(layers: &[Layer]) -> Vec<&[f32]> {
    layers.iter().flat_map(|layer| [layer.weight.as_slice(), layer.bias.as_slice()]).collect()
}

/// Such parts as layers of these inputs and outputs.
pub fn layered(parts: Vec<Tensor<1>>, sizes: &[(usize, usize)]) -> Vec<Linear> {
    let mut parts = parts.into_iter();
    let layer = |(inputs, outputs): &(usize, usize)| {
        let (weight, bias) = (parts.next()?, parts.next()?);
        Some(Linear { weight: weight.reshape([*inputs, *outputs]), bias })
    };
    sizes.iter().map_while(layer).collect()
}

/// Brings the numbers of such parts back into layers of the same sizes.
///
/// # Errors
/// Where the device fails.
pub async fn read_back(values: Tensor<1>, layers: &mut [Layer]) -> Result<(), Failure> {
    let values = numbers(values).await?;
    let mut rest = values.as_slice();
    for layer in layers {
        for part in [&mut layer.weight, &mut layer.bias] {
            let (own, others) = rest.split_at(part.len());
            part.copy_from_slice(own);
            rest = others;
        }
    }
    Ok(())
}

/// The slopes by every part, in one row; 0 by those that were not used.
pub fn slopes(parts: &[Tensor<1>], slopes: &Gradients) -> Tensor<1> {
    let slope = |part: &Tensor<1>| part.grad(slopes).unwrap_or_else(|| part.clone().inner().zeros_like());
    Tensor::cat(parts.iter().map(slope).collect(), 0)
}

/// Numbers in a row on a device.
pub fn row(numbers: Vec<f32>, device: &Device) -> Tensor<1> {
    let length = numbers.len();
    Tensor::from_data(TensorData::new(numbers, [length]), device)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::models::descent;

    /// Slopes of the third step are long enough to be shortened.
    #[test]
    fn a_step_is_the_plain_one() {
        let mut layers = vec![Layer { inputs: 1, outputs: 2, weight: vec![0.5, -0.25], bias: vec![1.0, 0.0] }];
        let mut plain = descent::Descent::new(&layers);
        let mut weights = Weights::upload(&parts_of(&layers), descent::ON_DEVICE, &Device::flex());
        let (mut average, mut found) = (layers.clone(), layers.clone());
        for scale in [0.1, -0.2, 3.0] {
            let slopes = [1.0, -2.0, 0.5, 0.0].map(|slope| slope * scale);
            weights.learn(row(slopes.to_vec(), &Device::flex()), 0.01);
            plain.gradient[0] = Layer { weight: slopes[..2].to_vec(), bias: slopes[2..].to_vec(), ..layers[0].clone() };
            plain.step(&mut layers, &mut average, 0.01, 10.0);
        }
        pollster::block_on(read_back(weights.values(), &mut found)).unwrap();
        for (found, plain) in
            found[0].weight.iter().chain(&found[0].bias).zip(layers[0].weight.iter().chain(&layers[0].bias))
        {
            assert!((found - plain).abs() < 1e-6, "{found} and {plain}");
        }
    }
}
