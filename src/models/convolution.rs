//! A 3 × 3 convolution in plain Rust: the same numbers on every machine, and what is zero costs nothing.

use super::{
    mlp::Layer,
    rectifier::larger,
    rows::{add_rows, add_scaled},
};

/// Places that a layer looks at.
pub const TAPS: usize = 9;

/// The taps of a place of `to` × `to` that lie inside the field of `from` × `from`, and the places there that they see.
pub fn looked_at(place: usize, to: usize, from: usize) -> impl Iterator<Item = (usize, usize)> {
    let stride = from.div_ceil(to);
    let (top, left) = (stride * (place / to), stride * (place % to));
    (0..TAPS).filter_map(move |tap| {
        let (y, x) = (top + tap / 3, left + tap % 3);
        let inside = y > 0 && x > 0 && y <= from && x <= from;
        inside.then(|| (tap, (y - 1) * from + x - 1))
    })
}

/// A layer of `9 · channels in` inputs (place by place, row by row) and `channels out` outputs over a square field of
/// `from` × `from` places, with a border of zeros; to `to` × `to` places, so that the stride is `from / to`, rounded up.
pub fn convolve(layer: &Layer, values: &[f32], from: usize, to: usize) -> Vec<f32> {
    let channels = layer.inputs / TAPS;
    let mut output = Vec::with_capacity(to * to * layer.outputs);
    for place in 0..to * to {
        output.extend_from_slice(&layer.bias);
        let sums = &mut output[place * layer.outputs..];
        for (tap, seen) in looked_at(place, to, from) {
            let weights = &layer.weight[tap * channels * layer.outputs..][..channels * layer.outputs];
            add_rows(sums, weights, &values[seen * channels..][..channels]);
        }
    }
    output
}

/// A layer's weights turned round for [`convolve_back`]: place by place, output by output, the channels.
pub fn turned(layer: &Layer) -> Vec<f32> {
    let channels = layer.inputs / TAPS;
    let mut turned = Vec::with_capacity(layer.weight.len());
    for place in layer.weight.chunks_exact(channels * layer.outputs) {
        for output in 0..layer.outputs {
            turned.extend(place.iter().skip(output).step_by(layer.outputs));
        }
    }
    turned
}

/// Adds to a layer's gradient, and to the slopes by its `values`, what the slopes by its outputs give; as
/// [`convolve`] has it. `below` may be empty: nobody asks for the slopes of what is looked at.
pub fn convolve_back(
    turned: &[f32],
    (values, from): (&[f32], usize),
    (slopes, to): (&[f32], usize),
    gradient: &mut Layer,
    below: &mut [f32],
) {
    let (outputs, channels) = (gradient.outputs, gradient.inputs / TAPS);
    for (place, slopes) in slopes.chunks_exact(outputs).enumerate() {
        add_scaled(&mut gradient.bias, slopes, 1.0);
        for (tap, seen) in looked_at(place, to, from) {
            let at = seen * channels;
            for (channel, value) in values[at..at + channels].iter().enumerate().filter(|(_, value)| **value != 0.0) {
                add_scaled(&mut gradient.weight[(tap * channels + channel) * outputs..][..outputs], slopes, *value);
            }
            if let Some(below) = below.get_mut(at..at + channels) {
                for (output, slope) in slopes.iter().enumerate().filter(|(_, slope)| **slope != 0.0) {
                    add_scaled(below, &turned[(tap * outputs + output) * channels..][..channels], *slope);
                }
            }
        }
    }
}

/// The mean and the maximum of every channel over all places.
pub fn pool(values: &[f32], channels: usize) -> (Vec<f32>, Vec<f32>) {
    let (mut mean, mut most) = (vec![0.0; channels], vec![0.0_f32; channels]);
    let places = values.len() / channels;
    for place in values.chunks_exact(channels) {
        add_scaled(&mut mean, place, 1.0 / places as f32);
        for (most, value) in most.iter_mut().zip(place) {
            *most = larger(*most, *value);
        }
    }
    (mean, most)
}

/// The slopes by rectified values, from those by their means and by their maxima. A maximum is its first place's.
pub fn pool_back(values: &[f32], mean: &[f32], most: &[f32]) -> Vec<f32> {
    let (channels, places) = (mean.len(), values.len() / mean.len());
    let mut slopes: Vec<f32> = mean.iter().map(|slope| slope / places as f32).collect::<Vec<_>>().repeat(places);
    for (channel, slope) in most.iter().enumerate() {
        let at = |place: usize| place * channels + channel;
        let first = (0..places).fold(0, |best, place| if values[at(place)] > values[at(best)] { place } else { best });
        slopes[at(first)] += slope;
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::{super::rectifier::rectify, *};

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
        assert_eq!(pool_back(&[1.0, 5.0, 3.0, 2.0], &[0.5, 1.0], &[2.0, 4.0]), [0.25, 4.5, 2.25, 0.5]);
    }

    #[test]
    fn slopes_are_those_of_the_sums() {
        let layer = Layer { weight: (0..54).map(|i| (i % 7) as f32 - 3.0).collect(), ..Layer::zeros(18, 3) };
        let values: Vec<f32> = (0..50).map(|i| (i % 5) as f32).collect();
        let slopes: Vec<f32> = (0..27).map(|i| (i % 4) as f32 - 1.0).collect();
        let worth = |layer: &Layer, values: &[f32]| {
            convolve(layer, values, 5, 3).iter().zip(&slopes).map(|(output, slope)| output * slope).sum::<f32>()
        };
        let (mut gradient, mut below) = (Layer::zeros(18, 3), vec![0.0; 50]);
        convolve_back(&turned(&layer), (&values, 5), (&slopes, 3), &mut gradient, &mut below);
        // What is linear grows by its slope; all numbers are whole, so nothing is rounded.
        let grown = |after: f32, slope: f32| (after - worth(&layer, &values)).to_bits() == (slope + 0.0).to_bits();
        for at in [0, 13, 24, 49] {
            let mut moved = values.clone();
            moved[at] += 1.0;
            assert!(grown(worth(&layer, &moved), below[at]), "value {at}");
        }
        for at in [0, 20, 53] {
            let mut moved = layer.clone();
            moved.weight[at] += 1.0;
            assert!(grown(worth(&moved, &values), gradient.weight[at]), "weight {at}");
        }
    }
}
