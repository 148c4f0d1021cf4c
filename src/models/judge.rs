//! The judge of a pixel debate: an MLP that sees two planes of 784 numbers, which pixels are shown and how bright
//! they are, and answers with ten logits.

use super::mlp::{Layer, Mlp};
use crate::seed;
use burn::tensor::{Device, Tensor, TensorData, activation::relu};

/// Pixels of a picture.
pub const PIXELS: usize = 784;
/// A judge's sizes. Inputs 0 to 783 are the mask, 784 to 1567 the brightness (0 to 1) of the pixels shown.
pub const SIZES: [usize; 4] = [2 * PIXELS, 256, 64, 10];
/// The spread of the first layer's initial weights: few inputs are ever active, so it is far wider than He's.
const FIRST_SPREAD: f32 = 0.25;

/// A network of these sizes before training: the first layer's weights normal with a standard deviation of 0.25, the
/// others' as He et al. 2015 have it, all biases zero.
pub fn initial(run: u64, sizes: &[usize]) -> Mlp {
    let mut mlp = Mlp::zeros(sizes);
    for (i, layer) in mlp.layers_mut().iter_mut().enumerate() {
        let spread = if i == 0 { FIRST_SPREAD } else { (2.0 / layer.inputs as f32).sqrt() };
        let mut rng = seed::rng(run, "initial weights", i as u64);
        for weight in &mut layer.weight {
            *weight = seed::normal(&mut rng, spread);
        }
    }
    mlp
}

/// A layer in Burn, on one device.
pub struct Linear {
    /// [inputs, outputs].
    pub weight: Tensor<2>,
    /// [outputs].
    pub bias: Tensor<1>,
}

/// The network in Burn.
pub struct Judge {
    /// Its layers, first to last.
    pub layers: Vec<Linear>,
}

impl Linear {
    /// Outputs [rows, outputs] for inputs [rows, inputs].
    pub fn through(&self, rows: Tensor<2>) -> Tensor<2> {
        rows.matmul(self.weight.clone()) + self.bias.clone().unsqueeze()
    }
}

impl Judge {
    /// Uploads the layers of a network, all or its last ones. On a device with `autodiff` they collect gradients.
    pub fn upload(layers: &[Layer], device: &Device) -> Self {
        let upload = |layer: &Layer| {
            let weight = TensorData::new(layer.weight.clone(), [layer.inputs, layer.outputs]);
            let bias = TensorData::new(layer.bias.clone(), [layer.outputs]);
            let (weight, bias) = (Tensor::<2>::from_data(weight, device), Tensor::<1>::from_data(bias, device));
            if !device.is_autodiff() {
                return Linear { weight, bias };
            }
            Linear { weight: weight.require_grad(), bias: bias.require_grad() }
        };
        Self { layers: layers.iter().map(upload).collect() }
    }

    /// Inputs [batch, inputs] to logits [batch, outputs].
    pub fn forward(&self, input: Tensor<2>) -> Tensor<2> {
        let last = self.layers.len() - 1;
        self.layers.iter().enumerate().fold(input, |values, (i, layer)| {
            let values = layer.through(values);
            if i < last { relu(values) } else { values }
        })
    }
}
