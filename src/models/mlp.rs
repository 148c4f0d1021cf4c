//! A multi-layer perceptron as plain numbers, with a rectifier (`ReLU`) between its layers.
//!
//! Knows nothing of Burn: rules and players evaluate these numbers in their own way.

use super::{rectifier::rectify, rows::add_rows};

/// One linear layer: `output[o] = bias[o] + Σ input[i] · weight[i · outputs + o]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// How many numbers go in.
    pub inputs: usize,
    /// How many come out.
    pub outputs: usize,
    /// `inputs` rows of `outputs` weights.
    pub weight: Vec<f32>,
    /// `outputs` biases.
    pub bias: Vec<f32>,
}

/// Layers whose sizes fit together; at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Mlp {
    layers: Vec<Layer>,
}

impl Layer {
    /// A layer of zeros.
    pub fn zeros(inputs: usize, outputs: usize) -> Self {
        Self { inputs, outputs, weight: vec![0.0; inputs * outputs], bias: vec![0.0; outputs] }
    }

    /// Sets every number to 0, as before a gradient is summed.
    pub fn clear(&mut self) {
        self.weight.fill(0.0);
        self.bias.fill(0.0);
    }

    /// The weights from input `i` to every output.
    pub fn row(&self, i: usize) -> &[f32] {
        &self.weight[i * self.outputs..][..self.outputs]
    }

    /// `bias + input · weight`, for one input.
    pub fn forward(&self, input: &[f32]) -> Vec<f32> {
        let mut output = self.bias.clone();
        add_rows(&mut output, &self.weight, input);
        output
    }
}

impl Mlp {
    /// Checks that every layer has as many weights and biases as it says, that each takes what the one before gives,
    /// and that every number is finite.
    ///
    /// # Errors
    /// A sentence that names the layer.
    pub fn new(layers: Vec<Layer>) -> Result<Self, String> {
        if layers.is_empty() {
            return Err("A network needs at least one layer.".to_owned());
        }
        for (i, layer) in layers.iter().enumerate() {
            let Layer { inputs, outputs, weight, bias } = layer;
            if inputs.checked_mul(*outputs) != Some(weight.len()) || bias.len() != *outputs {
                return Err(format!(
                    "Layer {i} of {inputs} × {outputs} has {} weights and {} biases.",
                    weight.len(),
                    bias.len()
                ));
            }
            if i > 0 && layers[i - 1].outputs != *inputs {
                return Err(format!("Layer {i} takes {inputs} numbers, but {} come in.", layers[i - 1].outputs));
            }
            if weight.iter().chain(bias).any(|value| !value.is_finite()) {
                return Err(format!("Layer {i} holds a weight that is not a number."));
            }
        }
        Ok(Self { layers })
    }

    /// A network of two or more sizes, with every number zero.
    pub fn zeros(sizes: &[usize]) -> Self {
        Self { layers: sizes.windows(2).map(|pair| Layer::zeros(pair[0], pair[1])).collect() }
    }

    /// The layers, first to last.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The same, to be changed; the sizes must stay.
    pub fn layers_mut(&mut self) -> &mut [Layer] {
        &mut self.layers
    }

    /// What goes in, what comes out of each layer: `[1568, 256, 64, 10]` for a judge.
    pub fn sizes(&self) -> Vec<usize> {
        std::iter::once(self.layers[0].inputs).chain(self.layers.iter().map(|layer| layer.outputs)).collect()
    }

    /// How many weights and biases there are.
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(|layer| layer.weight.len() + layer.bias.len()).sum()
    }

    /// The network's answer to one input.
    pub fn forward(&self, input: &[f32]) -> Vec<f32> {
        self.above(self.layers[0].forward(input))
    }

    /// The answer from the first layer's output on.
    pub fn above(&self, first: Vec<f32>) -> Vec<f32> {
        self.layers[1..].iter().fold(first, |mut values, layer| {
            rectify(&mut values);
            layer.forward(&values)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn two_layers_are_computed_as_by_hand() {
        let first = Layer { inputs: 2, outputs: 2, weight: vec![1.0, 2.0, 3.0, -4.0], bias: vec![0.5, 1.0] };
        let second = Layer { inputs: 2, outputs: 1, weight: vec![10.0, 100.0], bias: vec![-1.0] };
        let mlp = Mlp::new(vec![first, second]).unwrap();
        // First layer: [0.5 + 1 + 6, 1 + 2 − 8] = [7.5, −5], of which ReLU leaves [7.5, 0].
        assert_eq!(mlp.forward(&[1.0, 2.0]), [74.0]);
        assert_eq!((mlp.sizes(), mlp.parameters()), (vec![2, 2, 1], 9));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let refused = |layers| Mlp::new(layers).unwrap_err();
        assert!(refused(vec![]).contains("at least one layer"));
        assert!(refused(vec![Layer { bias: vec![], ..Layer::zeros(2, 3) }]).contains("0 biases"));
        assert!(refused(vec![Layer::zeros(2, 3), Layer::zeros(4, 1)]).contains("Layer 1 takes 4"));
        assert!(refused(vec![Layer { bias: vec![f32::NAN], ..Layer::zeros(1, 1) }]).contains("not a number"));
        assert!(refused(vec![Layer { inputs: usize::MAX, ..Layer::zeros(2, 2) }]).contains("4 weights"));
    }
}
