//! A small convnet that turns a picture into features: three layers of 3 × 3 with stride 2 and `ReLU`, then the mean
//! and the maximum over what is left of the picture.
//!
//! It is trained without labels (see [`contrast`]) and then frozen. What uses it evaluates it here, in plain Rust
//! that gives the same numbers on every machine and skips what is zero, as most of a digit is.

#[cfg(feature = "terminal")]
pub mod contrast;
pub mod tuned;
#[cfg(feature = "terminal")]
mod warp;

use super::{
    convolution::{TAPS, convolve, convolve_back, pool, pool_back},
    mlp::Layer,
    rectifier::{rectify, rectify_back},
    weights,
};
use crate::seed;

/// Width and height of the pictures.
pub const SIDE: usize = 28;
/// Width and height after each layer, and before the first.
const SIDES: [usize; 4] = [SIDE, 14, 7, 4];

/// See the module's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoder {
    /// Each of `9 · channels in` inputs (place by place, row by row) and `channels out` outputs.
    layers: Vec<Layer>,
}

impl Encoder {
    /// Before training, with `width`, 2 `width` and 4 `width` channels: weights as He et al. 2015 have it.
    pub fn initial(run: u64, width: usize) -> Self {
        let channels = [1, width, 2 * width, 4 * width];
        let layer = |i: usize| {
            let mut layer = Layer::zeros(TAPS * channels[i], channels[i + 1]);
            let spread = (2.0 / layer.inputs as f32).sqrt();
            let mut rng = seed::rng(run, "initial filters", i as u64);
            for weight in &mut layer.weight {
                *weight = seed::normal(&mut rng, spread);
            }
            layer
        };
        Self { layers: (0..SIDES.len() - 1).map(layer).collect() }
    }

    /// Checks that the layers follow each other.
    ///
    /// # Errors
    /// A sentence that says what does not fit.
    pub fn new(layers: Vec<Layer>) -> Result<Self, String> {
        if layers.len() != SIDES.len() - 1 {
            return Err(format!("An encoder has {} layers, not {}.", SIDES.len() - 1, layers.len()));
        }
        let mut channels = 1;
        for (i, layer) in layers.iter().enumerate() {
            let Layer { inputs, outputs, weight, bias } = layer;
            let fits = *inputs == TAPS * channels
                && weight.len() == inputs * outputs
                && bias.len() == *outputs
                && *outputs > 0;
            if !fits {
                return Err(format!("Layer {i} of the encoder, {inputs} × {outputs}, does not fit."));
            }
            channels = *outputs;
        }
        Ok(Self { layers })
    }

    /// Reads its file.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn from_file(bytes: &[u8]) -> Result<Self, String> {
        Self::new(weights::from_file(bytes)?)
    }

    /// Its file of 8-bit weights.
    ///
    /// # Errors
    /// A sentence, should the writer refuse.
    pub fn to_file(&self) -> Result<Vec<u8>, String> {
        weights::to_i8_file(&self.layers)
    }

    /// Its layers.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The same, to be changed; the sizes must stay.
    pub fn layers_mut(&mut self) -> &mut [Layer] {
        &mut self.layers
    }

    /// How many weights and biases there are.
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(|layer| layer.weight.len() + layer.bias.len()).sum()
    }

    /// How many features come out: two for each channel of the last layer.
    pub fn features_len(&self) -> usize {
        2 * self.layers[self.layers.len() - 1].outputs
    }

    /// The features of a picture of 784 brightnesses, 0 to 1: the channels' means, then their maxima.
    pub fn features(&self, picture: &[f32]) -> Vec<f32> {
        features(&stages(&self.layers, picture), self.layers[self.layers.len() - 1].outputs)
    }
}

/// A picture, and what every layer makes of it.
fn stages(layers: &[Layer], picture: &[f32]) -> Vec<Vec<f32>> {
    let mut stages = vec![picture.to_vec()];
    for (layer, sides) in layers.iter().zip(SIDES.windows(2)) {
        let mut values = convolve(layer, &stages[stages.len() - 1], sides[0], sides[1]);
        rectify(&mut values);
        stages.push(values);
    }
    stages
}

fn features(stages: &[Vec<f32>], channels: usize) -> Vec<f32> {
    let (mut mean, mut most) = pool(&stages[stages.len() - 1], channels);
    mean.append(&mut most);
    mean
}

/// Adds a picture's gradient to that of every layer, from its [`stages`] and the slopes by its features; `turned` are
/// the layers turned round.
fn collect(turned: &[Vec<f32>], stages: &[Vec<f32>], slopes: &[f32], gradient: &mut [Layer]) {
    let (mean, most) = slopes.split_at(slopes.len() / 2);
    let mut slopes = pool_back(&stages[stages.len() - 1], mean, most);
    for (i, gradient) in gradient.iter_mut().enumerate().rev() {
        rectify_back(&mut slopes, &stages[i + 1]);
        // Nobody asks for the slopes of a picture.
        let mut below = vec![0.0; if i == 0 { 0 } else { stages[i].len() }];
        convolve_back(&turned[i], (&stages[i], SIDES[i]), (&slopes, SIDES[i + 1]), gradient, &mut below);
        slopes = below;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_encoder_comes_back_from_its_file() {
        let encoder = Encoder::initial(1, 3);
        assert_eq!((encoder.features_len(), encoder.parameters()), (24, 30 + 168 + 660));
        let back = Encoder::from_file(&encoder.to_file().unwrap()).unwrap();
        assert_eq!(back.features(&[0.5; SIDE * SIDE]).len(), 24);
        assert!(Encoder::new(encoder.layers()[..2].to_vec()).unwrap_err().contains("3 layers"));
        assert!(Encoder::new(encoder.layers().iter().rev().cloned().collect()).unwrap_err().contains("Layer 0"));
    }
}
