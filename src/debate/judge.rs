//! The judge, evaluated incrementally: what a debater's search asks a million times a second.
//!
//! The network is `(mask 784, values 784) → 256 → 64 → 10` with `ReLU`, where `values` are brightness / 255 of the
//! pixels shown. For one picture, showing pixel `p` always adds the same column `mask row p + brightness · value row
//! p` to the first layer, so an evaluation sums as many columns as there are pixels shown.
//!
//! Every sum runs in one fixed order (pixels ascending, then units ascending) and every loop goes element by element
//! over outputs, without fused multiply-add: native and wasm builds give the same bits, and a set of pixels has one
//! answer however it came about.

use super::{
    cache::Cache,
    event::{Logits, PIXELS, Picture},
    rules::{Shown, bright},
};
use crate::models::{mlp::Mlp, rectifier::larger};
use std::rc::Rc;

/// Units of the first hidden layer.
pub const HIDDEN: usize = 256;
/// Units of the second hidden layer.
pub const SECOND: usize = 64;
/// The ten outputs, padded to whole SIMD registers.
const PADDED: usize = 12;
/// Outputs that are summed together: as many as fit into registers beside the operands.
const BLOCK: usize = 32;

/// A judge's weights, laid out for evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct Net {
    first: Vec<[f32; HIDDEN]>,
    first_bias: [f32; HIDDEN],
    /// The second layer's weights in blocks of outputs.
    second: [Vec<[f32; BLOCK]>; SECOND / BLOCK],
    second_bias: [f32; SECOND],
    third: [[f32; PADDED]; SECOND],
    third_bias: [f32; PADDED],
}

impl Net {
    /// Lays out a network's weights.
    ///
    /// # Errors
    /// A sentence, where its sizes are not 1568 → 256 → 64 → 10.
    pub fn new(mlp: &Mlp) -> Result<Self, String> {
        let sizes = [2 * PIXELS, HIDDEN, SECOND, 10];
        let [first, second, third] = mlp.layers() else {
            return Err(format!("A judge has three layers, not {}.", mlp.layers().len()));
        };
        if mlp.sizes() != sizes {
            return Err(format!("A judge's sizes are {sizes:?}, not {:?}.", mlp.sizes()));
        }
        Ok(Self {
            first: first.weight.chunks_exact(HIDDEN).map(padded).collect(),
            first_bias: padded(&first.bias),
            second: std::array::from_fn(|block| {
                let rows = second.weight.chunks_exact(SECOND);
                rows.map(|row| padded(&row[block * BLOCK..][..BLOCK])).collect()
            }),
            second_bias: padded(&second.bias),
            third: std::array::from_fn(|unit| padded(&third.weight[unit * 10..][..10])),
            third_bias: padded(&third.bias),
        })
    }

    /// From the first layer's sums (before `ReLU`) to the logits.
    fn finish(&self, hidden: &[f32; HIDDEN]) -> Logits {
        let (mut units, mut active) = ([0_u8; HIDDEN], 0);
        // About half of the units are 0 after ReLU; they are packed away without a branch to mispredict.
        for (unit, value) in hidden.iter().enumerate() {
            units[active % HIDDEN] = unit as u8;
            active += usize::from(*value > 0.0);
        }
        let mut sums = self.second_bias;
        for (block, rows) in self.second.iter().enumerate() {
            let mut sum = [0.0_f32; BLOCK];
            sum.copy_from_slice(&sums[block * BLOCK..][..BLOCK]);
            for unit in &units[..active] {
                let (value, row) = (hidden[usize::from(*unit)], &rows[usize::from(*unit)]);
                for i in 0..BLOCK {
                    sum[i] += value * row[i];
                }
            }
            sums[block * BLOCK..][..BLOCK].copy_from_slice(&sum);
        }
        let mut out = self.third_bias;
        for (value, row) in sums.iter().zip(&self.third) {
            let value = larger(*value, 0.0);
            for i in 0..PADDED {
                out[i] += value * row[i];
            }
        }
        padded(&out[..10])
    }
}

/// A slice as an array, filled up with zeros.
fn padded<const N: usize>(values: &[f32]) -> [f32; N] {
    std::array::from_fn(|i| values.get(i).copied().unwrap_or(0.0))
}

/// The judge at one picture.
#[derive(Debug, Clone)]
pub struct PictureJudge {
    net: Rc<Net>,
    /// For each pixel that is not black, what showing it adds to the first layer.
    columns: Vec<[f32; HIDDEN]>,
    /// The column of each pixel.
    column: Vec<u16>,
    cache: Cache,
    asked: u64,
}

impl PictureJudge {
    /// Prepares the columns of this picture's pixels.
    pub fn new(net: Rc<Net>, picture: &Picture) -> Self {
        let pixels = bright(&picture.pixels);
        let mut column = vec![0; PIXELS];
        let mut columns = Vec::with_capacity(pixels.len());
        for pixel in pixels.iter().map(|pixel| usize::from(*pixel)).filter(|pixel| *pixel < PIXELS) {
            let brightness = f32::from(picture.pixels[pixel]) / 255.0;
            let (mask, value) = (&net.first[pixel], &net.first[PIXELS + pixel]);
            column[pixel] = columns.len() as u16;
            columns.push(std::array::from_fn(|i| mask[i] + brightness * value[i]));
        }
        Self { net, columns, column, cache: Cache::default(), asked: 0 }
    }

    /// The logits when these pixels are shown. They must be of this picture and not black.
    pub fn logits(&mut self, shown: &Shown) -> Logits {
        self.asked += 1;
        let key = shown.key();
        if let Some(logits) = self.cache.get(key) {
            return *logits;
        }
        let logits = self.compute(shown);
        self.cache.put(key, logits);
        logits
    }

    /// How often it has been asked, whether it had to compute or remembered.
    pub fn asked(&self) -> u64 {
        self.asked
    }

    fn compute(&self, shown: &Shown) -> Logits {
        let mut hidden = self.net.first_bias;
        for pixel in shown.pixels() {
            let column = &self.columns[usize::from(self.column[usize::from(*pixel)])];
            for i in 0..HIDDEN {
                hidden[i] += column[i];
            }
        }
        self.net.finish(&hidden)
    }
}

#[cfg(test)]
pub mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::missing_panics_doc)]
    use super::*;
    use crate::{debate::rules::tests::picture, models::mlp::Layer, seed};
    use proptest::prelude::*;
    use rand::Rng as _;

    /// Random weights with the scales of an untrained network.
    fn random_mlp(run: u64) -> Mlp {
        let mut rng = seed::rng(run, "test judge", 0);
        let layers = [(2 * PIXELS, HIDDEN, 0.5), (HIDDEN, SECOND, 0.15), (SECOND, 10, 0.3)];
        let layers = layers.map(|(inputs, outputs, scale)| {
            let mut draw = |n| (0..n).map(|_| rng.random_range(-scale..scale)).collect();
            Layer { inputs, outputs, weight: draw(inputs * outputs), bias: draw(outputs) }
        });
        Mlp::new(layers.into()).expect("layers that fit")
    }

    /// A judge with random weights.
    pub fn random_net(run: u64) -> Rc<Net> {
        Rc::new(Net::new(&random_mlp(run)).expect("right sizes"))
    }

    /// The same network, written down as plainly as possible, in double precision.
    fn plain(mlp: &Mlp, picture: &Picture, shown: &[u16]) -> Vec<f64> {
        let mut input = vec![0.0; 2 * PIXELS];
        for pixel in shown.iter().map(|pixel| usize::from(*pixel)) {
            input[pixel] = 1.0;
            input[PIXELS + pixel] = f64::from(picture.pixels[pixel]) / 255.0;
        }
        for (number, layer) in mlp.layers().iter().enumerate() {
            let output = (0..layer.outputs).map(|o| {
                let products = input.iter().enumerate().map(|(i, x)| x * f64::from(layer.row(i)[o]));
                let sum = f64::from(layer.bias[o]) + products.sum::<f64>();
                if number < 2 { sum.max(0.0) } else { sum }
            });
            input = output.collect();
        }
        input
    }

    #[test]
    fn sizes_are_checked() {
        let other = Mlp::new(vec![Layer::zeros(2 * PIXELS, 10)]).expect("one layer");
        assert!(Net::new(&other).is_err_and(|why| why.contains("three layers, not 1")));
        let wide = [Layer::zeros(2 * PIXELS, 300), Layer::zeros(300, SECOND), Layer::zeros(SECOND, 10)];
        assert!(Net::new(&Mlp::new(wide.into()).expect("fits")).is_err_and(|why| why.contains("300")));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn agrees_with_the_plain_network(
            run in 0_u64..1000,
            shown in prop::collection::btree_map(0_u16..784, 1_u8..=255, 0..13),
        ) {
            let bright: Vec<(u16, u8)> = shown.into_iter().collect();
            let picture = picture(&bright, 0);
            let pixels: Vec<u16> = bright.iter().map(|(pixel, _)| *pixel).collect();
            let mut judge = PictureJudge::new(random_net(run), &picture);
            let set = pixels.iter().rev().fold(Shown::default(), |set, pixel| set.with(*pixel));
            let logits = judge.logits(&set);
            for (fast, slow) in logits.iter().zip(plain(&random_mlp(run), &picture, &pixels)) {
                prop_assert!((f64::from(*fast) - slow).abs() < 1e-4, "{fast} and {slow}");
            }
            // Remembered or computed afresh, the answer is the same to the bit.
            prop_assert_eq!(judge.logits(&set).map(f32::to_bits), logits.map(f32::to_bits));
            prop_assert_eq!(judge.asked(), 2);
        }
    }
}
