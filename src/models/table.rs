//! A network that answers many questions at once: what goes in are a few marks that are on (facts, one-hot), what comes
//! out are logits, of which a question owns a stretch.
//!
//! Plain Rust with sums in one order: the same weights everywhere.

use super::{
    descent::Descent,
    exponential::{exponentials, shares},
    linear,
    mlp::Mlp,
    product::Panel,
    rectifier::{larger, rectify, rectify_back},
};
use crate::seed;

/// Rows of marks that are on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    on: Vec<u32>,
    ends: Vec<usize>,
}

impl Marks {
    /// Adds a row; every mark is below the network's inputs.
    pub fn push(&mut self, on: impl IntoIterator<Item = u32>) {
        self.on.extend(on);
        self.ends.push(self.on.len());
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The rows, first to last.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        (0..self.len()).map(|row| self.row(row))
    }

    /// Some of the rows, by themselves.
    #[must_use]
    pub fn part(&self, rows: std::ops::Range<usize>) -> Self {
        let mut part = Self::default();
        rows.for_each(|row| part.push(self.row(row).iter().copied()));
        part
    }

    fn row(&self, row: usize) -> &[u32] {
        let from = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.on[from..self.ends[row]]
    }
}

/// What one question should be answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// The row that is asked.
    pub row: u32,
    /// Where the question's logits begin.
    pub from: u32,
    /// How many answers it has.
    pub answers: u32,
    /// Which is right, from 0.
    pub answer: u32,
    /// How much it counts; the weights of a batch should add up to 1.
    pub weight: f32,
}

/// A network in training, and its Polyak average.
#[derive(Clone)]
pub struct Learner {
    /// The network.
    pub network: Mlp,
    /// Its running average.
    pub average: Mlp,
    descent: Descent,
    panel: Panel,
}

/// An untrained network of these sizes: normal weights of variance 2/inputs (He et al. 2015), of the last layer
/// 1/inputs. `on` is how many inputs are on in a row. The start depends on `run` and `name` alone.
pub fn initial(run: u64, name: &str, sizes: &[usize], on: usize) -> Mlp {
    let mut network = Mlp::zeros(sizes);
    let last = sizes.len().saturating_sub(2);
    for (i, layer) in network.layers_mut().iter_mut().enumerate() {
        let inputs = if i == 0 { on } else { layer.inputs };
        let gain = if i == last { 1.0 } else { 2.0 };
        let mut rng = seed::rng(seed::seed(run, name, 0), "initial weights", i as u64);
        for weight in &mut layer.weight {
            *weight = seed::normal(&mut rng, (gain / inputs.max(1) as f32).sqrt());
        }
    }
    network
}

/// The logits of every row, one row after the other.
pub fn logits(network: &Mlp, marks: &Marks) -> Vec<f32> {
    forward(network, marks, &mut Vec::new()).pop().unwrap_or_default()
}

/// What comes out of every layer, rectified but for the last.
fn forward(network: &Mlp, marks: &Marks, panel: &mut Panel) -> Vec<Vec<f32>> {
    let layers = network.layers();
    let mut values: Vec<Vec<f32>> = Vec::with_capacity(layers.len());
    for (i, layer) in layers.iter().enumerate() {
        let mut output = match values.last() {
            Some(below) => linear::through(layer, below, panel),
            None => linear::embedded(layer, marks.rows()),
        };
        if i + 1 < layers.len() {
            rectify(&mut output);
        }
        values.push(output);
    }
    values
}

impl Learner {
    /// Before the first step.
    pub fn new(network: Mlp) -> Self {
        let descent = Descent::new(network.layers());
        Self { average: network.clone(), network, descent, panel: Panel::new() }
    }

    /// One step towards the targets, and the average follows by 1/`horizon` of the way. Returns the weighted
    /// cross-entropy before the step, in nats.
    pub fn step(&mut self, marks: &Marks, targets: &[Target], rate: f32, horizon: f32) -> f32 {
        let mut values = forward(&self.network, marks, &mut self.panel);
        let outputs = values.pop().unwrap_or_default();
        let (loss, slopes) = descend(&outputs, targets, outputs.len() / marks.len().max(1));
        self.backward(marks, &values, slopes);
        self.descent.step(self.network.layers_mut(), self.average.layers_mut(), rate, horizon);
        loss
    }

    /// Fills the gradient, from the rectified values below each layer but the first, and the slopes by the logits.
    fn backward(&mut self, marks: &Marks, values: &[Vec<f32>], mut slopes: Vec<f32>) {
        for (i, layer) in self.network.layers().iter().enumerate().rev() {
            let gradient = &mut self.descent.gradient[i];
            let Some(below) = i.checked_sub(1).map(|below| &values[below]) else {
                return linear::back_embedded(marks.rows(), &slopes, gradient);
            };
            slopes = linear::back(layer, below, &slopes, gradient, &mut self.panel);
            rectify_back(&mut slopes, below);
        }
    }
}

/// The weighted loss of a batch, and its slope by every logit.
pub(super) fn descend(logits: &[f32], targets: &[Target], outputs: usize) -> (f32, Vec<f32>) {
    let stretch = |target: &Target| {
        let from = target.row as usize * outputs + target.from as usize;
        from..from + target.answers as usize
    };
    // As in [`beliefs`], but with the exponentials of all questions in one go.
    let (mut powers, mut largest) = (Vec::with_capacity(logits.len()), Vec::with_capacity(targets.len()));
    for target in targets {
        let own = &logits[stretch(target)];
        let most = own.iter().copied().fold(f32::NEG_INFINITY, larger);
        powers.extend(own.iter().map(|logit| logit - most));
        largest.push(most);
    }
    exponentials(&mut powers);
    let (mut loss, mut slopes, mut powers) = (0.0, vec![0.0; logits.len()], &powers[..]);
    for (target, most) in targets.iter().zip(largest) {
        let (own, rest) = powers.split_at(target.answers as usize);
        powers = rest;
        let sum: f32 = own.iter().sum();
        let (slopes, right) = (&mut slopes[stretch(target)], target.answer as usize);
        slopes.iter_mut().zip(own).for_each(|(slope, power)| *slope = power / sum * target.weight);
        loss += target.weight * (most + libm::logf(sum) - logits[stretch(target)][right]);
        slopes[right] -= target.weight;
    }
    (loss, slopes)
}

/// Fills `beliefs` with the softmax of these logits; returns the logarithm of their summed exponentials.
pub fn beliefs(logits: &[f32], beliefs: &mut [f32]) -> f32 {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, larger);
    for (belief, logit) in beliefs.iter_mut().zip(logits) {
        *belief = logit - most;
    }
    most + libm::logf(shares(beliefs))
}

/// The place of the largest logit, of equals the first.
pub fn likeliest(logits: &[f32]) -> usize {
    (0..logits.len()).fold(0, |best, at| if logits[at] > logits[best] { at } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three rows over five marks, with two questions each: of two and of three answers.
    fn batch() -> (Marks, Vec<Target>) {
        let mut marks = Marks::default();
        for row in [[0, 3], [1, 4], [2, 3]] {
            marks.push(row);
        }
        let target = |row, from, answers, answer| Target { row, from, answers, answer, weight: 1.0 / 6.0 };
        let first = (0..3).map(|row| target(row, 0, 2, row % 2));
        (marks, first.chain((0..3).map(|row| target(row, 2, 3, row))).collect())
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let (marks, targets) = batch();
        let mut learner = Learner::new(initial(3, "test", &[5, 7, 6, 5], 2));
        let loss_of = |network: &Mlp| descend(&logits(network, &marks), &targets, 5).0;
        let mut values = forward(&learner.network, &marks, &mut Vec::new());
        let outputs = values.pop().unwrap_or_default();
        let slopes = descend(&outputs, &targets, 5).1;
        learner.backward(&marks, &values, slopes);
        for (layer, weight) in [(0, 0), (0, 30), (1, 4), (1, 40), (2, 0), (2, 29)] {
            let at = |shift: f32| {
                let mut moved = learner.network.clone();
                moved.layers_mut()[layer].weight[weight] += shift;
                loss_of(&moved)
            };
            let (slope, found) = ((at(1e-2) - at(-1e-2)) / 2e-2, learner.descent.gradient[layer].weight[weight]);
            assert!((slope - found).abs() < 1e-3, "layer {layer}, weight {weight}: {slope} and {found}");
        }
    }

    #[test]
    fn it_learns_what_it_is_told_and_the_average_follows() {
        let (marks, targets) = batch();
        let mut learner = Learner::new(initial(3, "test", &[5, 16, 5], 2));
        let first = learner.step(&marks, &targets, 0.01, 10.0);
        let last = (0..300).map(|_| learner.step(&marks, &targets, 0.01, 10.0)).last();
        assert!(first > 0.5 && last.is_some_and(|loss| loss < 0.02), "{first} {last:?}");
        for network in [&learner.network, &learner.average] {
            let logits = logits(network, &marks);
            for target in &targets {
                let own = &logits[target.row as usize * 5 + target.from as usize..][..target.answers as usize];
                assert_eq!(likeliest(own), target.answer as usize);
            }
        }
    }

    #[test]
    fn beliefs_add_up_and_large_logits_do_not_overflow() {
        let mut found = [0.0; 3];
        let sum = beliefs(&[1000.0, 1000.0, -1000.0], &mut found);
        assert!((found[0] - 0.5).abs() < 1e-6 && found[2].abs() < 1e-6);
        assert!((sum - 1_000.693_1).abs() < 1e-3);
        assert_eq!(likeliest(&[1.0, 3.0, 3.0]), 1);
    }
}
