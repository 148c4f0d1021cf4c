//! Many rows through one layer, and the slopes back: plain Rust that processors can do four numbers at a time.
//!
//! Every sum has one order, that of its index, whatever is done side by side: results are the same everywhere, to the
//! bit, and the same as if each row went by itself.

use super::{mlp::Layer, rectifier::rectify_back, rows::add_terms};

/// Rows that are summed together where a layer has one output.
const ROWS: usize = 8;

/// The outputs [rows, outputs] of a layer for inputs [rows, inputs].
pub fn forward(layer: &Layer, inputs: &[f32]) -> Vec<f32> {
    if layer.outputs == 1 {
        return single(layer, inputs);
    }
    let mut outputs = Vec::with_capacity(inputs.len() / layer.inputs * layer.outputs);
    for row in inputs.chunks_exact(layer.inputs) {
        let at = outputs.len();
        outputs.extend_from_slice(&layer.bias);
        add_terms(&mut outputs[at..], &layer.weight, terms(row, 1, layer.outputs));
    }
    outputs
}

/// Overwrites a layer's gradient, from its inputs [rows, inputs] and the slopes [rows, outputs] by its outputs.
pub fn gradient(inputs: &[f32], slopes: &[f32], gradient: &mut Layer) {
    let Layer { inputs: wide, outputs, weight, bias } = gradient;
    weight.fill(0.0);
    bias.fill(0.0);
    let ones = vec![1.0; slopes.len() / *outputs];
    add_terms(bias, slopes, terms(&ones, 1, *outputs));
    if *outputs == 1 {
        return add_terms(weight, inputs, terms(slopes, 1, *wide));
    }
    for (input, weight) in weight.chunks_exact_mut(*outputs).enumerate() {
        let column = inputs.get(input..).unwrap_or_default();
        add_terms(weight, slopes, terms(column, *wide, *outputs));
    }
}

/// The slopes [rows, inputs] by a layer's inputs, from those by its outputs; 0 where the input is not positive, as a
/// `ReLU` stands before it.
pub fn below(layer: &Layer, inputs: &[f32], slopes: &[f32]) -> Vec<f32> {
    let mut below = back(layer, slopes);
    rectify_back(&mut below, inputs);
    below
}

/// The slopes [rows, inputs] by a layer's inputs, from those by its outputs.
pub fn back(layer: &Layer, slopes: &[f32]) -> Vec<f32> {
    let turned = turned(layer);
    // What a sum of numbers starts with: adding it changes nothing, not even the sign of a zero.
    let mut below = vec![-0.0; slopes.len() / layer.outputs * layer.inputs];
    for (below, slopes) in below.chunks_exact_mut(layer.inputs).zip(slopes.chunks_exact(layer.outputs)) {
        add_terms(below, &turned, terms(slopes, 1, layer.inputs));
    }
    below
}

/// Every `step`-th number, and where its row begins: one every `stride` numbers.
fn terms(numbers: &[f32], step: usize, stride: usize) -> impl Iterator<Item = (f32, usize)> + Clone {
    numbers.iter().copied().step_by(step).zip((0..).step_by(stride))
}

/// A layer's weights, output by output.
fn turned(layer: &Layer) -> Vec<f32> {
    let column = |output| layer.weight.iter().skip(output).step_by(layer.outputs).copied();
    (0..layer.outputs).flat_map(column).collect()
}

/// The outputs [rows] of a layer that has one: several rows side by side, as each sum waits for itself.
fn single(layer: &Layer, inputs: &[f32]) -> Vec<f32> {
    let mut outputs = Vec::with_capacity(inputs.len() / layer.inputs);
    let together = inputs.chunks_exact(ROWS * layer.inputs);
    let rest = together.remainder();
    for rows in together {
        let mut rest = rows;
        let rows: [&[f32]; ROWS] = std::array::from_fn(|_| {
            let (row, others) = rest.split_at(layer.inputs);
            rest = others;
            row
        });
        let mut sums = [layer.bias[0]; ROWS];
        for (input, weight) in layer.weight.iter().enumerate() {
            for (sum, row) in sums.iter_mut().zip(rows) {
                *sum += row[input] * weight;
            }
        }
        outputs.extend_from_slice(&sums);
    }
    for row in rest.chunks_exact(layer.inputs) {
        outputs.push(row.iter().zip(&layer.weight).fold(layer.bias[0], |sum, (input, weight)| sum + input * weight));
    }
    outputs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed;
    use proptest::prelude::*;

    /// A layer and as many rows of inputs, of which some numbers are 0, and of slopes.
    fn problem(inputs: usize, outputs: usize, rows: usize, run: u64) -> (Layer, Vec<f32>, Vec<f32>) {
        let mut rng = seed::rng(run, "numbers", 0);
        let mut numbers = |n: usize| (0..n).map(|_| seed::normal(&mut rng, 1.0)).collect::<Vec<_>>();
        let layer = Layer { weight: numbers(inputs * outputs), bias: numbers(outputs), inputs, outputs };
        let values = numbers(rows * inputs).into_iter().map(|value| value.max(0.0)).collect();
        (layer, values, numbers(rows * outputs))
    }

    fn bits(numbers: &[f32]) -> Vec<u32> {
        numbers.iter().map(|number| number.to_bits()).collect()
    }

    /// A sum in its order.
    fn sum(start: f32, products: impl Iterator<Item = f32>) -> f32 {
        products.fold(start, |sum, product| sum + product)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn many_rows_give_what_each_gives_by_itself(
            inputs in 1_usize..70, outputs in 1_usize..46, rows in 1_usize..20, run in 0_u64..1000,
        ) {
            let (layer, values, slopes) = problem(inputs, outputs, rows, run);
            let weight = |i: usize, o: usize| layer.weight[i * outputs + o];
            let by_row = |row: usize, o: usize| {
                sum(layer.bias[o], (0..inputs).map(|i| values[row * inputs + i] * weight(i, o)))
            };
            let plain: Vec<f32> = (0..rows).flat_map(|row| (0..outputs).map(move |o| (row, o))).map(|(row, o)| by_row(row, o)).collect();
            prop_assert_eq!(bits(&forward(&layer, &values)), bits(&plain));

            let mut found = Layer { weight: vec![9.0; inputs * outputs], bias: vec![9.0; outputs], inputs, outputs };
            gradient(&values, &slopes, &mut found);
            for o in 0..outputs {
                prop_assert_eq!(found.bias[o].to_bits(), sum(0.0, (0..rows).map(|row| slopes[row * outputs + o])).to_bits());
                for i in 0..inputs {
                    let by_hand = sum(0.0, (0..rows).map(|row| slopes[row * outputs + o] * values[row * inputs + i]));
                    prop_assert_eq!(found.weight[i * outputs + o].to_bits(), by_hand.to_bits());
                }
            }

            let below = below(&layer, &values, &slopes);
            for (at, (below, value)) in below.iter().zip(&values).enumerate() {
                let (row, i) = (at / inputs, at % inputs);
                let by_hand = sum(-0.0, (0..outputs).map(|o| slopes[row * outputs + o] * weight(i, o)));
                prop_assert_eq!(below.to_bits(), if *value > 0.0 { by_hand } else { 0.0 }.to_bits());
            }
        }
    }
}
