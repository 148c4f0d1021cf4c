//! A small convolutional network that reads a chess board, and a head that chooses a move.
//!
//! The trunk: a 3 × 3 convolution over 13 planes (nothing, six pieces of the mover, six of the other side), residual
//! 3 × 3 convolutions, and before the last of these one bias for the whole board from the mean and the maximum of every
//! channel. Like the digits' encoder it is pretrained by Burn (`imitation`), then frozen, and evaluated here in plain
//! Rust, with the same numbers on every machine.

#[cfg(feature = "terminal")]
pub mod imitation;
pub mod mover;

use super::{
    convolution::{TAPS, convolve, convolve_back, looked_at, pool, pool_back},
    dense,
    mlp::Layer,
    rectifier::{rectify, rectify_back},
    rows::add_scaled,
    weights,
};
use crate::{
    seed,
    tasks::chess::{KINDS, SQUARES},
};
use mover::Mover;

/// Width and height of a board.
const SIDE: usize = 8;

/// How large a network is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// In names: `xs` to `l`.
    pub name: &'static str,
    /// Channels on every square.
    pub channels: usize,
    /// Residual convolutions.
    pub blocks: usize,
    /// Numbers in a query and in a key of the head.
    pub keys: usize,
}

/// The sizes there are.
pub const SIZES: [Size; 4] = [
    Size { name: "xs", channels: 6, blocks: 1, keys: 4 },
    Size { name: "s", channels: 10, blocks: 2, keys: 8 },
    Size { name: "m", channels: 20, blocks: 3, keys: 12 },
    Size { name: "l", channels: 36, blocks: 4, keys: 16 },
];

/// See the module's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Trunk {
    /// The first convolution, the bias for the whole board, then the residual convolutions.
    layers: Vec<Layer>,
}

impl Trunk {
    /// Before training: weights as He et al. 2015 have it, the residual ones halved.
    pub fn initial(run: u64, size: Size) -> Self {
        let c = size.channels;
        let shapes = [(TAPS * KINDS, 2.0 / TAPS as f32), (2 * c, 0.5 / c as f32)];
        let blocks = (0..size.blocks).map(|_| (TAPS * c, 0.5 / (TAPS * c) as f32));
        let layer = |(i, (inputs, variance)): (usize, (usize, f32))| {
            let mut layer = Layer::zeros(inputs, c);
            let mut rng = seed::rng(run, "initial trunk", i as u64);
            layer.weight.iter_mut().for_each(|weight| *weight = seed::normal(&mut rng, variance.sqrt()));
            layer
        };
        Self { layers: shapes.into_iter().chain(blocks).enumerate().map(layer).collect() }
    }

    /// How many channels every square has.
    pub fn channels(&self) -> usize {
        self.layers[0].outputs
    }

    /// How many weights and biases there are.
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(|layer| layer.weight.len() + layer.bias.len()).sum()
    }

    /// What it makes of a board: its channels for every square in turn, none negative.
    pub fn features(&self, squares: &[u8; SQUARES]) -> Vec<f32> {
        stages(&self.layers, squares).pop().unwrap_or_default()
    }
}

/// What a trunk's layers make of a board, one after the other: first convolution, residual ones, and before the last
/// of these the bias for the whole board. All rectified.
fn stages(layers: &[Layer], squares: &[u8; SQUARES]) -> Vec<Vec<f32>> {
    let (first, blocks) = (&layers[0], &layers[2..]);
    let mut stages = vec![planes(first, squares)];
    rectify(&mut stages[0]);
    for (i, block) in blocks.iter().enumerate() {
        if i + 1 == blocks.len() {
            let mut values = stages[i].clone();
            let (mut mean, mut most) = pool(&values, first.outputs);
            mean.append(&mut most);
            let bias = layers[1].forward(&mean);
            values.chunks_exact_mut(bias.len()).for_each(|square| add_scaled(square, &bias, 1.0));
            rectify(&mut values);
            stages.push(values);
        }
        let before = &stages[stages.len() - 1];
        let mut values = convolve(block, before, SIDE, SIDE);
        for (value, before) in values.iter_mut().zip(before) {
            *value += before;
        }
        rectify(&mut values);
        stages.push(values);
    }
    stages
}

/// Adds a board's gradient to that of every layer of a trunk, from its [`stages`] and the slopes by the last of them;
/// `turned` are the layers turned round.
fn collect(
    (layers, turned): (&[Layer], &[Vec<f32>]),
    squares: &[u8; SQUARES],
    stages: &[Vec<f32>],
    mut slopes: Vec<f32>,
    gradient: &mut [Layer],
) {
    let last = layers.len() - 1;
    for layer in (2..layers.len()).rev() {
        // The last block stands after the bias for the whole board, which has a stage of its own.
        let stage = if layer == last { layer } else { layer - 1 };
        rectify_back(&mut slopes, &stages[stage]);
        let mut below = slopes.clone();
        convolve_back(&turned[layer], (&stages[stage - 1], SIDE), (&slopes, SIDE), &mut gradient[layer], &mut below);
        slopes = below;
        if layer == last {
            rectify_back(&mut slopes, &stages[stage - 1]);
            collect_bias(&layers[1], &stages[stage - 2], &mut slopes, &mut gradient[1]);
        }
    }
    rectify_back(&mut slopes, &stages[0]);
    for (place, slopes) in slopes.chunks_exact(gradient[0].outputs).enumerate() {
        add_scaled(&mut gradient[0].bias, slopes, 1.0);
        for row in seen_from(place, squares) {
            add_scaled(&mut gradient[0].weight[row * slopes.len()..][..slopes.len()], slopes, 1.0);
        }
    }
}

/// The same for the bias for the whole board, which came from these values.
fn collect_bias(layer: &Layer, values: &[f32], slopes: &mut [f32], gradient: &mut Layer) {
    let mut sum = vec![0.0; layer.outputs];
    slopes.chunks_exact(layer.outputs).for_each(|square| add_scaled(&mut sum, square, 1.0));
    let (mut mean, mut most) = pool(values, layer.outputs);
    mean.append(&mut most);
    add_scaled(&mut gradient.bias, &sum, 1.0);
    for (i, value) in mean.iter().enumerate() {
        add_scaled(&mut gradient.weight[i * layer.outputs..][..layer.outputs], &sum, *value);
    }
    let back = dense::back(layer, &sum);
    let (mean, most) = back.split_at(layer.outputs);
    add_scaled(slopes, &pool_back(values, mean, most), 1.0);
}

/// The first convolution: of 13 planes one alone is 1 on every square.
fn planes(layer: &Layer, squares: &[u8; SQUARES]) -> Vec<f32> {
    let mut output = Vec::with_capacity(SQUARES * layer.outputs);
    for place in 0..SQUARES {
        output.extend_from_slice(&layer.bias);
        let sums = &mut output[place * layer.outputs..];
        seen_from(place, squares).for_each(|row| add_scaled(sums, layer.row(row), 1.0));
    }
    output
}

/// The first convolution's inputs that are on for a square.
fn seen_from(place: usize, squares: &[u8; SQUARES]) -> impl Iterator<Item = usize> {
    looked_at(place, SIDE, SIDE).map(|(tap, seen)| tap * KINDS + usize::from(squares[seen]))
}

/// A trunk and the head that it was pretrained with, as one file of 8-bit weights.
///
/// # Errors
/// A sentence, should the writer refuse.
pub fn to_file(trunk: &Trunk, head: &Mover) -> Result<Vec<u8>, String> {
    weights::to_i8_file(&[trunk.layers.as_slice(), head.head()].concat())
}

/// Reads such a file of this size.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn from_file(bytes: &[u8], size: Size) -> Result<(Trunk, Mover), String> {
    let mut layers = weights::from_file(bytes)?;
    let (trunk, head) = (Trunk::initial(0, size), Mover::initial(0, size));
    if !weights::fit(&layers, &[trunk.layers.as_slice(), head.head()].concat()) {
        return Err("The chess network’s layers do not fit its size.".to_owned());
    }
    let head = layers.split_off(trunk.layers.len());
    Ok((Trunk { layers }, Mover::of(head)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::models::fit::Network as _;

    #[test]
    fn the_sizes_are_as_stated() {
        let parameters = |size| Trunk::initial(1, size).parameters() + Mover::initial(1, size).parameters();
        assert_eq!(SIZES.map(parameters), [1186, 3408, 14_586, 54_934]);
    }

    #[test]
    fn a_network_comes_back_from_its_file() {
        let (trunk, head) = (Trunk::initial(1, SIZES[1]), Mover::initial(1, SIZES[1]));
        let file = to_file(&trunk, &head).unwrap();
        let (back, _) = from_file(&file, SIZES[1]).unwrap();
        assert_eq!((back.channels(), back.features(&[0; SQUARES]).len()), (10, 640));
        assert!(from_file(&file, SIZES[0]).unwrap_err().contains("do not fit"));
        assert!(from_file(&file[..100], SIZES[1]).is_err());
    }

    #[test]
    fn what_stands_far_away_is_seen_through_the_whole_boards_bias_alone() {
        let trunk = Trunk::initial(3, SIZES[0]);
        let mut squares = [0; SQUARES];
        let empty = trunk.features(&squares);
        squares[63] = 12;
        let other = trunk.features(&squares);
        assert_ne!(empty[..6], other[..6]);
        // Without it a block and the first convolution see two squares far.
        let mut without = trunk.clone();
        without.layers[1].weight.fill(0.0);
        assert_eq!(without.features(&[0; SQUARES])[..6], without.features(&squares)[..6]);
    }
}
