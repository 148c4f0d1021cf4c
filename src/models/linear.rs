//! Many rows through one layer and the slopes back, as matrix products ([`super::product`]).

use super::{
    mlp::Layer,
    product::{
        Factor::{Plain, Turned},
        Panel, add_product,
    },
    rows::add_scaled,
};

/// The outputs [rows, outputs] of a layer for inputs [rows, inputs].
pub fn through(layer: &Layer, inputs: &[f32], panel: &mut Panel) -> Vec<f32> {
    let mut outputs = layer.bias.repeat(inputs.len() / layer.inputs.max(1));
    add_product(&mut outputs, Plain(inputs), Plain(&layer.weight), layer.inputs, layer.outputs, panel);
    outputs
}

/// The way back through a layer: overwrites its gradient, and returns the slopes [rows, inputs] by its inputs, from
/// these and the slopes [rows, outputs] by its outputs.
pub fn back(layer: &Layer, inputs: &[f32], slopes: &[f32], gradient: &mut Layer, panel: &mut Panel) -> Vec<f32> {
    gradient.weight.fill(0.0);
    sum_rows(slopes, &mut gradient.bias);
    let rows = inputs.len() / layer.inputs.max(1);
    add_product(&mut gradient.weight, Turned(inputs), Plain(slopes), rows, layer.outputs, panel);
    let mut below = vec![0.0; inputs.len()];
    add_product(&mut below, Plain(slopes), Turned(&layer.weight), layer.outputs, layer.inputs, panel);
    below
}

/// The outputs of a layer whose inputs are marks: for each row the sum of the weights of those that are on.
pub fn embedded<'a>(layer: &Layer, rows: impl ExactSizeIterator<Item = &'a [u32]>) -> Vec<f32> {
    let mut outputs = layer.bias.repeat(rows.len());
    for (on, output) in rows.zip(outputs.chunks_exact_mut(layer.outputs)) {
        for mark in on {
            add_scaled(output, layer.row(*mark as usize), 1.0);
        }
    }
    outputs
}

/// Overwrites the gradient of such a layer.
pub fn back_embedded<'a>(rows: impl Iterator<Item = &'a [u32]>, slopes: &[f32], gradient: &mut Layer) {
    let outputs = gradient.outputs;
    gradient.weight.fill(0.0);
    sum_rows(slopes, &mut gradient.bias);
    for (on, slopes) in rows.zip(slopes.chunks_exact(outputs)) {
        for mark in on {
            add_scaled(&mut gradient.weight[*mark as usize * outputs..][..outputs], slopes, 1.0);
        }
    }
}

fn sum_rows(rows: &[f32], sums: &mut [f32]) {
    sums.fill(0.0);
    rows.chunks_exact(sums.len().max(1)).for_each(|row| add_scaled(sums, row, 1.0));
}
