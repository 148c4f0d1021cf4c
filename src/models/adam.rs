//! Adam (Kingma and Ba 2015) over plain numbers, in one pass over the memory.
//!
//! Burn's own takes some thirteen passes, which for a judge's wide first layer is most of a training step.

use super::mlp::Layer;

const BETA_1: f32 = 0.9;
const BETA_2: f32 = 0.999;
const EPSILON: f32 = 1e-8;

/// The running means of the gradients of one network.
#[derive(Clone)]
pub struct Adam {
    mean: Vec<Layer>,
    square: Vec<Layer>,
    /// How long squares are remembered.
    beta_2: f32,
    /// β₁ᵗ and β₂ᵗ, for the correction of the means' start at zero.
    powers: (f32, f32),
}

impl Adam {
    /// Before the first step; `zeros` has the sizes of the layers to train.
    pub fn new(zeros: Vec<Layer>) -> Self {
        Self::with_memory(zeros, BETA_2)
    }

    /// The same with another β₂.
    pub fn with_memory(zeros: Vec<Layer>, beta_2: f32) -> Self {
        Self { mean: zeros.clone(), square: zeros, beta_2, powers: (1.0, 1.0) }
    }

    /// One step down the gradient.
    pub fn step(&mut self, layers: &mut [Layer], gradient: &[Layer], rate: f32) {
        self.step_each(layers, gradient, |_| rate);
    }

    /// The same, with a step size for each layer, by its number.
    pub fn step_each(&mut self, layers: &mut [Layer], gradient: &[Layer], rate: impl Fn(usize) -> f32) {
        self.powers = (self.powers.0 * BETA_1, self.powers.1 * self.beta_2);
        let correct = (1.0 / (1.0 - self.powers.0), 1.0 / (1.0 - self.powers.1));
        let means = self.mean.iter_mut().zip(&mut self.square);
        for (i, ((layer, gradient), (mean, square))) in layers.iter_mut().zip(gradient).zip(means).enumerate() {
            let pace = Pace { rate: rate(i), beta_2: self.beta_2, correct };
            update(&mut layer.weight, &gradient.weight, &mut mean.weight, &mut square.weight, pace);
            update(&mut layer.bias, &gradient.bias, &mut mean.bias, &mut square.bias, pace);
        }
    }
}

/// How one step is taken.
#[derive(Clone, Copy)]
struct Pace {
    rate: f32,
    beta_2: f32,
    correct: (f32, f32),
}

fn update(values: &mut [f32], gradient: &[f32], mean: &mut [f32], square: &mut [f32], pace: Pace) {
    let Pace { rate, beta_2, correct } = pace;
    for (((value, slope), mean), square) in values.iter_mut().zip(gradient).zip(mean).zip(square) {
        *mean = BETA_1 * *mean + (1.0 - BETA_1) * slope;
        *square = beta_2 * *square + (1.0 - beta_2) * slope * slope;
        *value -= rate * (*mean * correct.0) / ((*square * correct.1).sqrt() + EPSILON);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bias(value: f32) -> Vec<Layer> {
        vec![Layer { bias: vec![value], ..Layer::zeros(1, 1) }]
    }

    #[test]
    fn the_first_step_has_the_length_of_the_rate_whatever_the_slope() {
        for slope in [1e-3, -20.0] {
            let (mut network, mut adam) = (bias(0.0), Adam::new(bias(0.0)));
            adam.step(&mut network, &bias(slope), 0.01);
            assert!((network[0].bias[0] + 0.01 * slope.signum()).abs() < 1e-6);
        }
    }

    #[test]
    fn it_finds_the_bottom_of_a_bowl() {
        let (mut network, mut adam) = (bias(3.0), Adam::new(bias(0.0)));
        for _ in 0..500 {
            let slope = 2.0 * (network[0].bias[0] - 1.0);
            adam.step(&mut network, &bias(slope), 0.05);
        }
        assert!((network[0].bias[0] - 1.0).abs() < 0.01);
    }
}
