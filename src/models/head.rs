//! Training a small network on fixed features, for questions of yes or no.
//!
//! Plain Rust throughout, with sums in one order: at these sizes a tensor library's fixed cost is most of a step, and
//! these trainings replay bit for bit on every machine.

use super::{
    adam::Adam,
    losses,
    mlp::{Layer, Mlp, add_scaled},
};
use crate::{
    lab::experiment::{Breath, Failure},
    seed::{self, Rng},
};
use rand::Rng as _;

/// What a network looks at: rows of as many numbers each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matrix {
    numbers: Vec<f32>,
    columns: usize,
}

/// How to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recipe {
    /// The run's seed; initial weights and the order of examples come from it.
    pub seed: u64,
    /// What the network is called in the run: another name gives other chances.
    pub name: &'static str,
    /// How often every example is seen.
    pub epochs: u32,
    /// Examples a step.
    pub batch: usize,
    /// Adam's step size; it falls in a line to 0.
    pub rate: f32,
    /// The most weight that the student's own answers get (auxiliary confidence loss); 0: none.
    pub alpha: f32,
    /// Measures over the training besides one before the first step, closer together at its start: the k-th of n
    /// comes after (k/n)² of all steps.
    pub measures: u32,
}

/// A training at a measure.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// Steps done.
    pub step: u32,
    /// Of how many.
    pub steps: u32,
    /// Mean cross-entropy against the labels since the last measure, in nats; before the first step over all of them.
    pub loss: f32,
    /// The weight of the student's own answers in the step that was just done.
    pub alpha: f32,
    /// The network as it is now.
    pub network: &'a Mlp,
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
#[derive(Debug, Clone, PartialEq)]
pub struct Standards {
    mean: Vec<f32>,
    scale: Vec<f32>,
}

impl Standards {
    /// The matrix in these standards.
    pub fn apply(&self, matrix: &Matrix) -> Matrix {
        let scaled = |row: &[f32]| {
            let columns = row.iter().zip(&self.mean).zip(&self.scale);
            columns.map(|((value, mean), scale)| (value - mean) * scale).collect()
        };
        Matrix::of_rows((0..matrix.rows()).map(|row| scaled(matrix.row(row))))
    }
}

/// A network's belief in *yes* for every row, 0 to 1.
pub fn beliefs(network: &Mlp, features: &Matrix) -> Vec<f32> {
    (0..features.rows()).map(|row| losses::sigmoid(network.forward(features.row(row))[0])).collect()
}

/// Trains a network of these hidden sizes (none: logistic regression) to give `labels` (0 to 1, one for each row of
/// `features`); `measure` hears how it goes. Weights start as He et al. 2015 have it, those of the last layer at 0.
///
/// # Errors
/// Where the run is cancelled, or there is nothing to learn from.
pub async fn train(
    recipe: &Recipe,
    hidden: &[usize],
    features: &Matrix,
    labels: &[f32],
    breath: &Breath,
    mut measure: impl FnMut(Moment),
) -> Result<Mlp, Failure> {
    let n = features.rows().min(labels.len());
    if n == 0 {
        return Err(Failure::Because("There are no examples to learn from.".to_owned()));
    }
    let sizes: Vec<usize> = [&[features.columns()], hidden, &[1]].concat();
    let mut network = initial(recipe, &sizes);
    let mut gradient = Mlp::zeros(&sizes);
    let mut adam = Adam::new(gradient.layers().to_vec());
    let per_epoch = (n / recipe.batch.max(1)).max(1);
    let steps = per_epoch as u32 * recipe.epochs;
    let start = mean_loss(&network, features, labels);
    measure(Moment { step: 0, steps, loss: start, alpha: 0.0, network: &network });
    let (mut order, mut since, mut told) = (Vec::new(), (0.0, 0), 1_u32);
    for step in 0..steps {
        let at = step as usize % per_epoch;
        if at == 0 {
            order = shuffled(n, &mut seed::rng(recipe.seed, recipe.name, u64::from(step)));
        }
        let batch = &order[at * recipe.batch..((at + 1) * recipe.batch).min(n)];
        let alpha = losses::alpha(step, steps, recipe.alpha);
        since.0 += descend(&network, features, labels, batch, alpha, &mut gradient);
        since.1 += 1;
        adam.step(network.layers_mut(), gradient.layers(), recipe.rate * (1.0 - step as f32 / steps as f32));
        let done = step + 1;
        if u64::from(done) * u64::from(recipe.measures).pow(2) >= u64::from(told).pow(2) * u64::from(steps)
            || done == steps
        {
            measure(Moment { step: done, steps, loss: since.0 / since.1 as f32, alpha, network: &network });
            since = (0.0, 0);
            while u64::from(done) * u64::from(recipe.measures).pow(2) >= u64::from(told).pow(2) * u64::from(steps) {
                told += 1;
            }
        }
        breath.take().await?;
    }
    Ok(network)
}

fn initial(recipe: &Recipe, sizes: &[usize]) -> Mlp {
    let mut network = Mlp::zeros(sizes);
    let hidden = sizes.len() - 2;
    for (i, layer) in network.layers_mut()[..hidden].iter_mut().enumerate() {
        let spread = (2.0 / layer.inputs as f32).sqrt();
        let mut rng = seed::rng(seed::seed(recipe.seed, recipe.name, 0), "initial weights", i as u64);
        for weight in &mut layer.weight {
            *weight = seed::normal(&mut rng, spread);
        }
    }
    network
}

/// 0 to `n` − 1 in a random order.
pub fn shuffled(n: usize, rng: &mut Rng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for at in (1..n).rev() {
        order.swap(at, rng.random_range(0..=at as u32) as usize);
    }
    order
}

/// The mean cross-entropy of a network against labels (0 to 1, one for each row), in nats.
pub fn mean_loss(network: &Mlp, features: &Matrix, labels: &[f32]) -> f32 {
    let rows = (0..features.rows()).zip(labels);
    let sum: f32 = rows.map(|(row, label)| losses::cross_entropy(network.forward(features.row(row))[0], *label)).sum();
    sum / features.rows().max(1) as f32
}

/// The gradient of one batch; returns the mean loss against the labels alone.
fn descend(network: &Mlp, features: &Matrix, labels: &[f32], batch: &[usize], alpha: f32, gradient: &mut Mlp) -> f32 {
    let layers = network.layers();
    // What goes into each layer, row by row; the last entry holds the logits.
    let mut values = vec![batch.iter().flat_map(|row| features.row(*row)).copied().collect::<Vec<f32>>()];
    for (i, layer) in layers.iter().enumerate() {
        let mut output = Vec::with_capacity(batch.len() * layer.outputs);
        for row in values[i].chunks_exact(layer.inputs) {
            output.extend(layer.forward(row));
        }
        if i + 1 < layers.len() {
            for value in &mut output {
                *value = value.max(0.0);
            }
        }
        values.push(output);
    }
    let logits = &values[layers.len()];
    let weak: Vec<f32> = batch.iter().map(|row| labels[*row]).collect();
    let loss = logits.iter().zip(&weak).map(|(logit, label)| losses::cross_entropy(*logit, *label)).sum::<f32>();
    let targets = losses::confident_targets(logits, &weak, alpha);
    let share = 1.0 / batch.len() as f32;
    let mut slopes: Vec<f32> =
        logits.iter().zip(&targets).map(|(logit, target)| (losses::sigmoid(*logit) - target) * share).collect();
    for (i, layer) in layers.iter().enumerate().rev() {
        slopes = backward(layer, &values[i], &slopes, &mut gradient.layers_mut()[i], i > 0);
    }
    loss * share
}

/// A layer's gradient from the slopes by its outputs; returns those by its inputs, through the `ReLU` below, where
/// they are wanted.
fn backward(layer: &Layer, inputs: &[f32], slopes: &[f32], gradient: &mut Layer, further: bool) -> Vec<f32> {
    gradient.weight.fill(0.0);
    gradient.bias.fill(0.0);
    let mut below = Vec::with_capacity(if further { inputs.len() } else { 0 });
    for (input, slope) in inputs.chunks_exact(layer.inputs).zip(slopes.chunks_exact(layer.outputs)) {
        add_scaled(&mut gradient.bias, slope, 1.0);
        for (i, value) in input.iter().enumerate() {
            if *value != 0.0 {
                add_scaled(&mut gradient.weight[i * layer.outputs..][..layer.outputs], slope, *value);
            }
            if further {
                let back = if *value > 0.0 { dot(layer.row(i), slope) } else { 0.0 };
                below.push(back);
            }
        }
    }
    below
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

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
        let beliefs = beliefs(network, features);
        let right = beliefs.iter().zip(labels).filter(|(belief, label)| (**belief > 0.5) == (**label > 0.5)).count();
        right as f64 / labels.len() as f64
    }

    #[test]
    fn a_hidden_layer_learns_what_a_line_cannot() {
        let (features, labels) = crossed(400);
        let mut seen = Vec::new();
        let learn = |hidden: &[usize], seen: &mut Vec<u32>| {
            now(train(&RECIPE, hidden, &features, &labels, &Breath::endless(), |moment| seen.push(moment.step)))
                .unwrap()
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
        let mut network = initial(&RECIPE, &[2, 5, 3, 1]);
        network.layers_mut()[2].weight.fill(0.3);
        let mut gradient = Mlp::zeros(&[2, 5, 3, 1]);
        descend(&network, &features, &labels, &batch, 0.0, &mut gradient);
        for (layer, weight) in [(0, 0), (0, 7), (1, 4), (1, 14), (2, 1)] {
            let at = |shift: f32| {
                let mut moved = network.clone();
                moved.layers_mut()[layer].weight[weight] += shift;
                mean_loss(&moved, &features, &labels)
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
        let none = now(train(&RECIPE, &[], &Matrix::default(), &[], &Breath::endless(), |_| {}));
        assert!(none.unwrap_err().to_string().contains("no examples"));
    }
}
