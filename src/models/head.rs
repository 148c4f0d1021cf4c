//! A small network on fixed features, for questions of yes or no (answers 0 and 1).
//!
//! Plain Rust throughout, with sums in one order: at these sizes a tensor library's fixed cost is most of a step, and
//! these trainings replay bit for bit on every machine.

use super::{
    dense,
    fit::{Answer, Network},
    losses,
    mlp::{Layer, Mlp},
    rectifier::rectify,
    rows::add_scaled,
};
use crate::seed;

/// Rows that are asked about at once: what goes through the layers stays in the processor's cache.
const AT_ONCE: usize = 64;

/// What a network looks at: rows of as many numbers each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matrix {
    numbers: Vec<f32>,
    columns: usize,
}

impl Matrix {
    /// Rows of one length, one after the other.
    pub fn of_rows(rows: impl IntoIterator<Item = Vec<f32>>) -> Self {
        let mut matrix = Self::default();
        for row in rows {
            matrix.columns = row.len();
            matrix.numbers.extend(row);
        }
        matrix
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.numbers.len().checked_div(self.columns).unwrap_or(0)
    }

    /// How many numbers in each.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// One row.
    pub fn row(&self, index: usize) -> &[f32] {
        &self.numbers[index * self.columns..][..self.columns]
    }

    /// Some rows, one after the other.
    pub fn of(&self, rows: &[usize]) -> Vec<f32> {
        let mut numbers = Vec::with_capacity(rows.len() * self.columns);
        for row in rows {
            numbers.extend_from_slice(self.row(*row));
        }
        numbers
    }

    /// Moves and scales every column to mean 0 and standard deviation 1 *of this matrix*; returns how, for others.
    pub fn standards(&self) -> Standards {
        let n = self.rows().max(1) as f32;
        let (mut mean, mut square) = (vec![0.0; self.columns], vec![0.0; self.columns]);
        for row in 0..self.rows() {
            add_scaled(&mut mean, self.row(row), 1.0 / n);
        }
        for row in 0..self.rows() {
            for ((square, value), mean) in square.iter_mut().zip(self.row(row)).zip(&mean) {
                *square += (value - mean) * (value - mean) / n;
            }
        }
        // A column that never changes says nothing, and must not be blown up.
        let scale = square.iter().map(|square| if *square > 1e-8 { 1.0 / square.sqrt() } else { 0.0 }).collect();
        Standards { mean, scale }
    }
}

/// How to bring columns to mean 0 and standard deviation 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standards {
    mean: Vec<f32>,
    scale: Vec<f32>,
}

impl Standards {
    /// The matrix in these standards.
    pub fn apply(&self, matrix: &Matrix) -> Matrix {
        Matrix::of_rows((0..matrix.rows()).map(|row| self.row(matrix.row(row))))
    }

    /// One row in these standards.
    pub fn row(&self, row: &[f32]) -> Vec<f32> {
        let columns = row.iter().zip(&self.mean).zip(&self.scale);
        columns.map(|((value, mean), scale)| (value - mean) * scale).collect()
    }

    /// The slopes by a row, from those by the row in these standards.
    pub fn back(&self, slopes: &[f32]) -> Vec<f32> {
        slopes.iter().zip(&self.scale).map(|(slope, scale)| slope * scale).collect()
    }
}

/// An untrained network with one output: weights start as He et al. 2015 have it, those of the last layer at 0.
/// `hidden` may be empty: logistic regression. The start depends on `run` and on `name` alone.
pub fn initial(run: u64, name: &str, inputs: usize, hidden: &[usize]) -> Mlp {
    let mut network = Mlp::zeros(&[&[inputs], hidden, &[1]].concat());
    for (i, layer) in network.layers_mut()[..hidden.len()].iter_mut().enumerate() {
        let spread = (2.0 / layer.inputs as f32).sqrt();
        let mut rng = seed::rng(seed::seed(run, name, 0), "initial weights", i as u64);
        for weight in &mut layer.weight {
            *weight = seed::normal(&mut rng, spread);
        }
    }
    network
}

/// A network's belief in *yes* for every row, 0 to 1.
pub fn beliefs(network: &Mlp, features: &Matrix) -> Vec<f32> {
    outputs(network.layers(), features).into_iter().map(losses::sigmoid).collect()
}

/// Answers from beliefs in *yes*.
pub fn answers(beliefs: &[f32]) -> Vec<Answer> {
    let answer = |yes: &f32| {
        if *yes > 0.5 { Answer { choice: 1, belief: *yes } } else { Answer { choice: 0, belief: 1.0 - yes } }
    };
    beliefs.iter().map(answer).collect()
}

/// Labels from beliefs in *yes*: as they are, or rounded.
pub fn hardened(beliefs: Vec<f32>, hard: bool) -> Vec<f32> {
    if hard { beliefs.iter().map(|yes| f32::from(u8::from(*yes > 0.5))).collect() } else { beliefs }
}

/// Labels from right answers.
pub fn truth(right: &[Vec<u8>]) -> Vec<f32> {
    right.iter().map(|right| f32::from(u8::from(right.contains(&1)))).collect()
}

impl Network for Mlp {
    type Seen = Matrix;
    type Standards = Standards;
    type Label = f32;

    fn layers(&self) -> &[Layer] {
        Mlp::layers(self)
    }

    fn layers_mut(&mut self) -> &mut [Layer] {
        Mlp::layers_mut(self)
    }

    fn count(seen: &Matrix) -> usize {
        seen.rows()
    }

    fn standards(seen: &Matrix) -> Standards {
        seen.standards()
    }

    fn scaled(standards: &Standards, seen: &Matrix) -> Matrix {
        standards.apply(seen)
    }

    fn descend(&self, seen: &Matrix, labels: &[f32], batch: &[usize], alpha: f32, gradient: &mut [Layer]) -> f32 {
        let weak: Vec<f32> = batch.iter().map(|row| labels[*row]).collect();
        descend(self.layers(), seen.of(batch), &weak, alpha, gradient).0
    }

    fn mean_loss(&self, seen: &Matrix, labels: &[f32]) -> f32 {
        losses::mean(&outputs(self.layers(), seen), labels)
    }

    fn answers(&self, seen: &Matrix) -> Vec<Answer> {
        answers(&beliefs(self, seen))
    }

    fn labels(&self, seen: &Matrix, hard: bool) -> Vec<f32> {
        hardened(beliefs(self, seen), hard)
    }

    fn truth(_: &Matrix, right: &[Vec<u8>]) -> Vec<f32> {
        truth(right)
    }
}

/// The gradient of a batch of rows: overwrites `gradient` with it, and returns the mean loss against the labels with
/// the slopes by the first layer's outputs. See [`Network::descend`].
pub fn descend(layers: &[Layer], rows: Vec<f32>, weak: &[f32], alpha: f32, gradient: &mut [Layer]) -> (f32, Vec<f32>) {
    let values = forward(layers, rows);
    let (loss, slopes) = losses::descend(&values[layers.len()], weak, alpha);
    (loss, backward(layers, &values, slopes, gradient))
}

/// What goes into each layer, row by row; the last entry holds the outputs.
pub fn forward(layers: &[Layer], rows: Vec<f32>) -> Vec<Vec<f32>> {
    let mut values = vec![rows];
    for (i, layer) in layers.iter().enumerate() {
        let mut output = dense::forward(layer, &values[i]);
        if i + 1 < layers.len() {
            rectify(&mut output);
        }
        values.push(output);
    }
    values
}

/// Overwrites `gradient` with that of every layer, from the values of [`forward`] and the slopes by the outputs.
/// Returns the slopes by the first layer's outputs.
pub fn backward(layers: &[Layer], values: &[Vec<f32>], mut slopes: Vec<f32>, gradient: &mut [Layer]) -> Vec<f32> {
    for (i, layer) in layers.iter().enumerate().rev() {
        dense::gradient(&values[i], &slopes, &mut gradient[i]);
        if i > 0 {
            slopes = dense::below(layer, &values[i], &slopes);
        }
    }
    slopes
}

/// The one output of a network for every row.
pub fn outputs(layers: &[Layer], features: &Matrix) -> Vec<f32> {
    let some = features.numbers.chunks(AT_ONCE * features.columns.max(1));
    some.flat_map(|rows| forward(layers, rows.to_vec()).pop().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        lab::experiment::Breath,
        models::fit::{self, Recipe},
    };
    use rand::Rng as _;

    fn now<T>(future: impl Future<Output = T>) -> T {
        let mut future = std::pin::pin!(future);
        match future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
            std::task::Poll::Ready(value) => value,
            std::task::Poll::Pending => panic!("it waited"),
        }
    }

    const RECIPE: Recipe =
        Recipe { seed: 1, name: "test", epochs: 20, batch: 16, rate: 0.05, alpha: 0.0, measures: 10 };

    /// Two numbers; yes where exactly one of them is positive, which no line can tell.
    fn crossed(n: usize) -> (Matrix, Vec<f32>) {
        let mut rng = seed::rng(1, "crossed", 0);
        let rows: Vec<Vec<f32>> =
            (0..n).map(|_| vec![rng.random_range(-1.0..1.0), rng.random_range(-1.0..1.0)]).collect();
        let labels = rows.iter().map(|row| f32::from(u8::from((row[0] > 0.0) != (row[1] > 0.0)))).collect();
        (Matrix::of_rows(rows), labels)
    }

    fn right(network: &Mlp, features: &Matrix, labels: &[f32]) -> f64 {
        let right =
            network.answers(features).into_iter().zip(labels).filter(|(a, label)| (a.choice == 1) == (**label > 0.5));
        right.count() as f64 / labels.len() as f64
    }

    #[test]
    fn a_hidden_layer_learns_what_a_line_cannot() {
        let (features, labels) = crossed(400);
        let mut seen = Vec::new();
        let learn = |hidden: &[usize], seen: &mut Vec<u32>| {
            let start = initial(RECIPE.seed, RECIPE.name, 2, hidden);
            let measure = async |moment: fit::Moment<'_, Mlp>| {
                seen.push(moment.step);
                Ok(())
            };
            now(fit::train(&RECIPE, start, &features, &labels, &Breath::endless(), measure)).unwrap()
        };
        let network = learn(&[16], &mut seen);
        assert!(right(&network, &features, &labels) > 0.95);
        assert_eq!(seen, [0, 5, 20, 45, 80, 125, 180, 245, 320, 405, 500]);
        assert!(right(&learn(&[], &mut Vec::new()), &features, &labels) < 0.7);
        assert_eq!(network, learn(&[16], &mut Vec::new()), "it replays to the bit");
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let (features, labels) = crossed(12);
        let batch: Vec<usize> = (0..12).collect();
        let mut network = initial(1, "test", 2, &[5, 3]);
        network.layers_mut()[2].weight.fill(0.3);
        let mut gradient = Mlp::zeros(&[2, 5, 3, 1]);
        network.descend(&features, &labels, &batch, 0.0, gradient.layers_mut());
        for (layer, weight) in [(0, 0), (0, 7), (1, 4), (1, 14), (2, 1)] {
            let at = |shift: f32| {
                let mut moved = network.clone();
                moved.layers_mut()[layer].weight[weight] += shift;
                moved.mean_loss(&features, &labels)
            };
            let slope = (at(1e-2) - at(-1e-2)) / 2e-2;
            let found = gradient.layers()[layer].weight[weight];
            assert!((slope - found).abs() < 2e-3, "layer {layer}, weight {weight}: {slope} and {found}");
        }
    }

    #[test]
    fn standards_make_columns_comparable() {
        let matrix = Matrix::of_rows([vec![1.0, 5.0], vec![3.0, 5.0]]);
        let scaled = matrix.standards().apply(&matrix);
        assert_eq!((scaled.row(0), scaled.row(1)), (&[-1.0, 0.0][..], &[1.0, 0.0][..]));
    }

    #[test]
    fn nothing_to_learn_from_is_said() {
        let start = initial(1, "test", 2, &[]);
        let none = now(fit::train(&RECIPE, start, &Matrix::default(), &[], &Breath::endless(), async |_| Ok(())));
        assert!(none.unwrap_err().to_string().contains("no examples"));
    }
}
