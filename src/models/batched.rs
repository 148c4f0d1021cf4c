//! A judge that is asked about very many sets of pictures' pixels at once, where Burn computes.

use super::{
    device::numbers,
    judge::{Judge, PIXELS},
    mlp::Mlp,
};
use crate::lab::experiment::Failure;
use burn::tensor::{Device, Int, Tensor, TensorData, activation::relu};

/// Pixels whose columns are fetched at once: 64 MiB, half of what WebGPU promises for a buffer.
const PLACES: usize = 65_536;

/// A pixel that may be shown, and how bright it is, from 0 to 1.
pub type Bright = (u16, f32);

/// The judge at some pictures, on a device.
pub struct Batched {
    /// [pixels that are not black, hidden]: what showing each adds to the first layer.
    columns: Tensor<2>,
    /// [1, hidden].
    bias: Tensor<2>,
    above: Judge,
}

impl Batched {
    /// Uploads a judge and the pictures' pixels, one picture after the other.
    pub fn new(judge: &Mlp, pixels: &[Bright], device: &Device) -> Self {
        let (first, above) = (&judge.layers()[0], &judge.layers()[1..]);
        let column = |(pixel, value): &Bright| {
            let (mask, light) = (first.row(usize::from(*pixel)), first.row(PIXELS + usize::from(*pixel)));
            mask.iter().zip(light).map(|(mask, light)| mask + value * light).collect::<Vec<_>>()
        };
        let columns: Vec<f32> = pixels.iter().flat_map(column).collect();
        let upload =
            |numbers: Vec<f32>, rows| Tensor::from_data(TensorData::new(numbers, [rows, first.outputs]), device);
        Self {
            columns: upload(columns, pixels.len()),
            bias: upload(first.bias.clone(), 1),
            above: Judge::upload(above, device),
        }
    }

    /// The logits [sets, 10] of sets of `shown` pixels each, which are places in the list of [`Self::new`]; a set's are
    /// all of one picture.
    ///
    /// # Errors
    /// Where the device fails.
    pub async fn logits(&self, sets: &[i32], shown: usize) -> Result<Vec<f32>, Failure> {
        let answers = sets.chunks(PLACES / shown * shown).map(|sets| self.answer(sets, shown)).collect();
        numbers(Tensor::cat(answers, 0)).await
    }

    fn answer(&self, sets: &[i32], shown: usize) -> Tensor<2> {
        let (n, [_, hidden]) = (sets.len() / shown, self.columns.dims());
        let places = Tensor::<1, Int>::from_data(TensorData::new(sets.to_vec(), [sets.len()]), &self.columns.device());
        let sums = self.columns.clone().select(0, places).reshape([n, shown, hidden]).sum_dim(1).reshape([n, hidden]);
        self.above.forward(relu(sums + self.bias.clone()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::models::judge::{SIZES, initial};

    #[test]
    fn every_set_gets_the_judges_answer() {
        let judge = initial(4, &SIZES);
        let pixels = [(30, 0.5), (400, 1.0), (401, 0.25), (783, 0.75)];
        let batched = Batched::new(&judge, &pixels, &Device::flex());
        let sets = [[0, 1], [2, 3], [1, 3]];
        let found = pollster::block_on(batched.logits(&sets.concat(), 2)).unwrap();
        for (set, found) in sets.iter().zip(found.chunks_exact(10)) {
            let mut input = vec![0.0; 2 * PIXELS];
            for place in set {
                let (pixel, value) = pixels[*place as usize];
                (input[usize::from(pixel)], input[PIXELS + usize::from(pixel)]) = (1.0, value);
            }
            for (found, plain) in found.iter().zip(judge.forward(&input)) {
                assert!((found - plain).abs() < 1e-4, "{found} and {plain}");
            }
        }
    }
}
