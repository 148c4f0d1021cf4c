//! What a judge is trained on: pictures of which it sees a few random pixels, and the first layer's sums over them.

use super::{judge::PIXELS, mlp::Layer, rows::add_scaled};
use crate::{seed::Rng, tasks::Digit};
use rand::Rng as _;

/// Pictures kept as their ink alone.
#[derive(Default)]
pub struct Pool {
    /// Where each picture's ink ends in `pixels` and `values`.
    ends: Vec<usize>,
    pixels: Vec<u16>,
    /// 0 to 1.
    values: Vec<f32>,
    labels: Vec<u8>,
}

/// Several pictures, of each the same number of pixels.
pub struct Batch {
    /// Which pixels, picture by picture.
    pub pixels: Vec<u16>,
    /// How bright each is, 0 to 1.
    pub values: Vec<f32>,
    /// What each picture shows.
    pub labels: Vec<u8>,
    /// Pixels of each picture.
    pub shown: usize,
}

impl Pool {
    /// Puts one more picture in.
    pub fn push(&mut self, digit: &Digit) {
        for pixel in digit.ink() {
            self.pixels.push(pixel);
            self.values.push(f32::from(digit.pixels[usize::from(pixel)]) / 255.0);
        }
        self.ends.push(self.pixels.len());
        self.labels.push(digit.label);
    }

    /// How many pictures there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// `size` pictures drawn at random, with `shown` random pixels of each.
    pub fn draw(&self, size: usize, shown: usize, rng: &mut Rng) -> Batch {
        let mut batch = Batch::new(shown);
        for _ in 0..size {
            self.show(rng.random_range(0..self.len() as u32) as usize, rng, &mut batch);
        }
        batch
    }

    /// Every picture once, in order, with `shown` random pixels of each.
    pub fn all(&self, shown: usize, rng: &mut Rng) -> Batch {
        let mut batch = Batch::new(shown);
        (0..self.len()).for_each(|picture| self.show(picture, rng, &mut batch));
        batch
    }

    /// Adds a picture to a batch: pixels with ink, each as likely as the others, none twice. (Every picture has at
    /// least twelve.)
    fn show(&self, picture: usize, rng: &mut Rng, batch: &mut Batch) {
        let start = if picture == 0 { 0 } else { self.ends[picture - 1] };
        let (first, ink) = (batch.pixels.len(), self.ends[picture] - start);
        while batch.pixels.len() < first + batch.shown.min(ink) {
            let at = start + rng.random_range(0..ink as u32) as usize;
            if !batch.pixels[first..].contains(&self.pixels[at]) {
                batch.pixels.push(self.pixels[at]);
                batch.values.push(self.values[at]);
            }
        }
        batch.labels.push(self.labels[picture]);
    }
}

impl Batch {
    fn new(shown: usize) -> Self {
        Self { pixels: Vec::new(), values: Vec::new(), labels: Vec::new(), shown }
    }

    /// How many pictures there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// The pixels shown of one picture, with their brightness.
    fn glimpse(&self, picture: usize) -> impl Iterator<Item = (usize, f32)> {
        let range = picture * self.shown..(picture + 1) * self.shown;
        self.pixels[range.clone()].iter().map(|pixel| usize::from(*pixel)).zip(self.values[range].iter().copied())
    }

    /// The first layer's output [batch, outputs], from the few inputs that are not zero.
    pub fn first_layer(&self, layer: &Layer) -> Vec<f32> {
        let mut output = Vec::with_capacity(self.len() * layer.outputs);
        for picture in 0..self.len() {
            output.extend_from_slice(&layer.bias);
            let sums = &mut output[picture * layer.outputs..];
            for (pixel, value) in self.glimpse(picture) {
                let (mask, light) = (layer.row(pixel), layer.row(PIXELS + pixel));
                for ((sum, mask), light) in sums.iter_mut().zip(mask).zip(light) {
                    *sum += mask + value * light;
                }
            }
        }
        output
    }

    /// Adds to the first layer's gradient what comes from the `slope` [batch, outputs] of the loss by its output.
    pub fn first_gradient(&self, slope: &[f32], gradient: &mut Layer) {
        let outputs = gradient.outputs;
        for (picture, slope) in slope.chunks_exact(outputs).enumerate() {
            add_scaled(&mut gradient.bias, slope, 1.0);
            for (pixel, value) in self.glimpse(picture) {
                add_scaled(&mut gradient.weight[pixel * outputs..][..outputs], slope, 1.0);
                add_scaled(&mut gradient.weight[(PIXELS + pixel) * outputs..][..outputs], slope, value);
            }
        }
    }

    /// The two planes [pictures, 1568] of some pictures as they are.
    #[cfg(any(test, feature = "large"))]
    pub fn planes(&self, some: std::ops::Range<usize>) -> Vec<f32> {
        let mut planes = vec![0.0; some.len() * 2 * PIXELS];
        for (picture, planes) in some.zip(planes.chunks_exact_mut(2 * PIXELS)) {
            for (pixel, value) in self.glimpse(picture) {
                planes[pixel] = 1.0;
                planes[PIXELS + pixel] = value;
            }
        }
        planes
    }
}
