//! How networks that answer are trained: Adam down a gradient that is cut off at some length, and a Polyak average that
//! follows.

#[cfg(feature = "large")]
use super::on_device;
use super::{adam::Adam, mlp::Layer};

/// The largest length of a gradient; a longer one is shortened to it.
const CLIP: f32 = 1.0;
/// Adam's memory for squares: shorter than usual, as the targets move.
const BETA_2: f32 = 0.98;

/// The same where Burn computes.
#[cfg(feature = "large")]
pub const ON_DEVICE: on_device::Descent = on_device::Descent { beta_2: BETA_2, clip: Some(CLIP) };

/// See the module's text.
#[derive(Clone)]
pub struct Descent {
    adam: Adam,
    /// The slopes by every number, to be filled before a step.
    pub gradient: Vec<Layer>,
}

impl Descent {
    /// For layers of these sizes, before the first step.
    pub fn new(layers: &[Layer]) -> Self {
        let gradient: Vec<Layer> = layers.iter().map(|layer| Layer::zeros(layer.inputs, layer.outputs)).collect();
        Self { adam: Adam::with_memory(gradient.clone(), BETA_2), gradient }
    }

    /// One step down the gradient, and the average follows by 1/`horizon` of the way.
    pub fn step(&mut self, layers: &mut [Layer], average: &mut [Layer], rate: f32, horizon: f32) {
        self.clip();
        self.adam.step(layers, &self.gradient, rate);
        let share = 1.0 / horizon.max(1.0);
        for (average, layer) in average.iter_mut().zip(layers) {
            let pairs = average.weight.iter_mut().zip(&layer.weight).chain(average.bias.iter_mut().zip(&layer.bias));
            pairs.for_each(|(average, value)| *average += share * (value - *average));
        }
    }

    fn clip(&mut self) {
        let numbers = || self.gradient.iter().flat_map(|layer| layer.weight.iter().chain(&layer.bias));
        let length = numbers().map(|value| value * value).sum::<f32>().sqrt();
        if length > CLIP {
            for layer in &mut self.gradient {
                layer.weight.iter_mut().chain(&mut layer.bias).for_each(|value| *value *= CLIP / length);
            }
        }
    }
}
