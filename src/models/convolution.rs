//! A 3 × 3 convolution in plain Rust: the same numbers on every machine, and what is zero costs nothing.

use super::mlp::{Layer, add_scaled};

/// Places that a layer looks at.
pub const TAPS: usize = 9;

/// A layer of `9 · channels in` inputs (place by place, row by row) and `channels out` outputs over a square field of
/// `from` × `from` places, with a border of zeros; to `to` × `to` places, so that the stride is `from / to`, rounded up.
pub fn convolve(layer: &Layer, values: &[f32], from: usize, to: usize) -> Vec<f32> {
    let (channels, stride) = (layer.inputs / TAPS, from.div_ceil(to));
    let mut output = Vec::with_capacity(to * to * layer.outputs);
    for place in 0..to * to {
        output.extend_from_slice(&layer.bias);
        let sums = &mut output[place * layer.outputs..];
        for tap in 0..TAPS {
            let (y, x) = (stride * (place / to) + tap / 3, stride * (place % to) + tap % 3);
            if y == 0 || x == 0 || y > from || x > from {
                continue;
            }
            let at = ((y - 1) * from + x - 1) * channels;
            for (channel, value) in values[at..at + channels].iter().enumerate().filter(|(_, value)| **value != 0.0) {
                add_scaled(sums, layer.row(tap * channels + channel), *value);
            }
        }
    }
    output
}

/// `ReLU`, in place.
pub fn rectify(values: &mut [f32]) {
    for value in values {
        *value = value.max(0.0);
    }
}

/// The mean and the maximum of every channel over all places.
pub fn pool(values: &[f32], channels: usize) -> (Vec<f32>, Vec<f32>) {
    let (mut mean, mut most) = (vec![0.0; channels], vec![0.0_f32; channels]);
    let places = values.len() / channels;
    for place in values.chunks_exact(channels) {
        add_scaled(&mut mean, place, 1.0 / places as f32);
        for (most, value) in most.iter_mut().zip(place) {
            *most = most.max(*value);
        }
    }
    (mean, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_is_found_as_by_hand() {
        // One channel that adds up its 3 × 3 places: a picture of ones gives 4 in the corner, 6 at the edge, 9 inside.
        let layer = Layer { inputs: 9, outputs: 1, weight: vec![1.0; 9], bias: vec![0.0] };
        let output = convolve(&layer, &[1.0; 28 * 28], 28, 14);
        assert_eq!((output.len(), output[0], output[1], output[15]), (196, 4.0, 6.0, 9.0));
        let board = convolve(&layer, &[1.0; 64], 8, 8);
        assert_eq!((board.len(), board[0], board[1], board[9], board[63]), (64, 4.0, 6.0, 9.0, 4.0));
        let mut below = convolve(&Layer { bias: vec![-9.5], ..layer }, &[1.0; 64], 8, 8);
        rectify(&mut below);
        assert!(below.iter().all(|value| *value == 0.0));
    }

    #[test]
    fn pooling_by_hand() {
        assert_eq!(pool(&[1.0, -1.0, 3.0, -3.0], 2), (vec![2.0, -2.0], vec![3.0, 0.0]));
    }
}
