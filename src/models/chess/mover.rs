//! The head that chooses a move: every square gets a query, a key and two numbers of its own, and a move from one
//! square to another is worth `query[from] · key[to] + a[from] + b[to]`. Only legal moves are weighed.
//!
//! The trunk below is frozen, and its channels are what the head sees; or it learns as well, and boards are seen.

use super::{Size, Trunk, collect, stages};
use crate::{
    models::{
        convolution,
        fit::{Answer, BELOW, Network},
        losses,
        mlp::Layer,
        rows::add_scaled,
    },
    seed,
    tasks::chess::{SQUARES, Step},
};
use half::f16;
use std::rc::Rc;

/// See the module's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mover {
    /// The trunk's layers, if it learns, and then four from a square's channels: query, key, `a` and `b`.
    layers: Vec<Layer>,
    trunk: usize,
}

/// A position as it is seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Glance {
    view: View,
    /// The legal moves.
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
enum View {
    /// The channels of every square; 16 bits each, as many positions are kept.
    Channels(Vec<f16>),
    /// What stands on every square.
    Squares([u8; SQUARES]),
}

/// Positions, shared by all who have the same trunk.
pub type Boards = Vec<Rc<Glance>>;

impl Glance {
    /// What a trunk's `features` say of a position with these legal moves.
    pub fn new(features: &[f32], steps: &[Step]) -> Self {
        let channels = features.iter().map(|value| f16::from_f32(*value)).collect();
        Self { view: View::Channels(channels), steps: steps.to_vec() }
    }

    /// A position for a network whose trunk learns as well.
    pub fn of_board(squares: &[u8; SQUARES], steps: &[Step]) -> Self {
        Self { view: View::Squares(*squares), steps: steps.to_vec() }
    }
}

/// What is computed on the way to a position's logits.
struct Weighed {
    /// What the trunk's layers make of a board; the last entry is what the head sees.
    stages: Vec<Vec<f32>>,
    /// Of every square that a move starts from or ends on: query, key, `a`, `b`; the others are empty.
    of: [Vec<Vec<f32>>; 4],
    logits: Vec<f32>,
}

/// Whether a move starts (or ends) on a square.
fn used(steps: &[Step]) -> [[bool; SQUARES]; 2] {
    let mut used = [[false; SQUARES]; 2];
    for step in steps {
        used[0][usize::from(step.from)] = true;
        used[1][usize::from(step.to)] = true;
    }
    used
}

impl Mover {
    /// Before training.
    pub fn initial(run: u64, size: Size) -> Self {
        let layer = |(i, outputs): (usize, usize)| {
            let mut layer = Layer::zeros(size.channels, outputs);
            if outputs > 1 {
                let mut rng = seed::rng(run, "initial head", i as u64);
                let spread = (1.0 / size.channels as f32).sqrt();
                layer.weight.iter_mut().for_each(|weight| *weight = seed::normal(&mut rng, spread));
            }
            layer
        };
        Self::of([size.keys, size.keys, 1, 1].into_iter().enumerate().map(layer).collect())
    }

    /// The head of these four layers.
    pub(super) fn of(layers: Vec<Layer>) -> Self {
        Self { layers, trunk: 0 }
    }

    /// This head and the trunk below it, to be trained together.
    #[must_use]
    pub fn on(&self, trunk: &Trunk) -> Self {
        Self { layers: [&trunk.layers, self.head()].concat(), trunk: trunk.layers.len() }
    }

    /// The four layers of the head.
    pub(super) fn head(&self) -> &[Layer] {
        &self.layers[self.trunk..]
    }

    fn weigh(&self, glance: &Glance) -> Weighed {
        let stages = match &glance.view {
            View::Channels(channels) => vec![channels.iter().map(|value| value.to_f32()).collect()],
            View::Squares(squares) => stages(&self.layers[..self.trunk], squares),
        };
        let (head, values) = (self.head(), &stages[stages.len() - 1]);
        let (width, used) = (head[0].inputs, used(&glance.steps));
        let of = [0, 1, 2, 3].map(|i| {
            let here = |square: usize| used[i % 2][square].then(|| &values[square * width..][..width]);
            (0..SQUARES).map(|square| here(square).map_or_else(Vec::new, |row| head[i].forward(row))).collect()
        });
        let [query, key, a, b]: &[Vec<Vec<f32>>; 4] = &of;
        let logit = |step: &Step| {
            let (from, to) = (usize::from(step.from), usize::from(step.to));
            let product: f32 = query[from].iter().zip(&key[to]).map(|(query, key)| query * key).sum();
            product + a[from][0] + b[to][0]
        };
        let logits = glance.steps.iter().map(logit).collect();
        Weighed { stages, of, logits }
    }

    /// Adds the gradient of one position, from the slopes by its logits; `turned` are the trunk's layers turned round.
    fn collect(&self, glance: &Glance, weighed: &Weighed, slopes: &[f32], turned: &[Vec<f32>], gradient: &mut [Layer]) {
        let back = back(&glance.steps, weighed, slopes);
        let (trunk, head) = gradient.split_at_mut(self.trunk);
        let values = &weighed.stages[weighed.stages.len() - 1];
        collect_head(head, values, &back);
        if let View::Squares(squares) = &glance.view {
            let slopes = self.below(values.len(), &back);
            collect((&self.layers[..self.trunk], turned), squares, &weighed.stages, slopes, trunk);
        }
    }

    /// The slopes by what the head sees.
    fn below(&self, len: usize, back: &[Vec<Vec<f32>>; 4]) -> Vec<f32> {
        let mut below = vec![0.0; len];
        for (layer, back) in self.head().iter().zip(back) {
            for (square, slope) in back.iter().enumerate().filter(|(_, slope)| !slope.is_empty()) {
                for (i, below) in below[square * layer.inputs..][..layer.inputs].iter_mut().enumerate() {
                    *below += layer.row(i).iter().zip(slope).map(|(weight, slope)| weight * slope).sum::<f32>();
                }
            }
        }
        below
    }
}

/// The slopes by every square's query, key, `a` and `b`, from those by the logits.
fn back(steps: &[Step], weighed: &Weighed, slopes: &[f32]) -> [Vec<Vec<f32>>; 4] {
    let mut back: [Vec<Vec<f32>>; 4] =
        [0, 1, 2, 3].map(|i| weighed.of[i].iter().map(|values| vec![0.0; values.len()]).collect());
    for (step, slope) in steps.iter().zip(slopes) {
        let (from, to) = (usize::from(step.from), usize::from(step.to));
        add_scaled(&mut back[0][from], &weighed.of[1][to], *slope);
        add_scaled(&mut back[1][to], &weighed.of[0][from], *slope);
        back[2][from][0] += slope;
        back[3][to][0] += slope;
    }
    back
}

/// Adds a position's gradient to that of the head.
fn collect_head(gradient: &mut [Layer], values: &[f32], back: &[Vec<Vec<f32>>; 4]) {
    for (gradient, back) in gradient.iter_mut().zip(back) {
        let width = gradient.inputs;
        for (square, slope) in back.iter().enumerate().filter(|(_, slope)| !slope.is_empty()) {
            add_scaled(&mut gradient.bias, slope, 1.0);
            let row = &values[square * width..][..width];
            for (channel, value) in row.iter().enumerate().filter(|(_, value)| **value != 0.0) {
                add_scaled(&mut gradient.weight[channel * gradient.outputs..][..slope.len()], slope, *value);
            }
        }
    }
}

impl Network for Mover {
    type Seen = Boards;
    /// A trunk's channels are taken as they are: the head was pretrained on them.
    type Standards = ();
    /// How likely every legal move is to be right; they add up to 1.
    type Label = Vec<f32>;

    fn layers(&self) -> &[Layer] {
        &self.layers
    }

    fn layers_mut(&mut self) -> &mut [Layer] {
        &mut self.layers
    }

    fn pace(&self, layer: usize) -> f32 {
        if layer < self.trunk { BELOW } else { 1.0 }
    }

    fn count(seen: &Boards) -> usize {
        seen.len()
    }

    fn standards(_: &Boards) {}

    fn scaled((): &(), seen: &Boards) -> Boards {
        seen.clone()
    }

    fn descend(&self, seen: &Boards, labels: &[Vec<f32>], batch: &[usize], alpha: f32, gradient: &mut [Layer]) -> f32 {
        gradient.iter_mut().for_each(Layer::clear);
        let turned: Vec<_> = self.layers[..self.trunk].iter().map(convolution::turned).collect();
        let (mut sum, share) = (0.0, 1.0 / batch.len().max(1) as f32);
        for row in batch {
            let weighed = self.weigh(&seen[*row]);
            let (loss, mut slopes) = losses::descend_choice(&weighed.logits, &labels[*row], alpha);
            for slope in &mut slopes {
                *slope *= share;
            }
            self.collect(&seen[*row], &weighed, &slopes, &turned, gradient);
            sum += loss * share;
        }
        sum
    }

    fn mean_loss(&self, seen: &Boards, labels: &[Vec<f32>]) -> f32 {
        let loss = |(glance, label): (&Rc<Glance>, &Vec<f32>)| {
            losses::cross_entropy_of(&losses::softmax(&self.weigh(glance).logits), label)
        };
        seen.iter().zip(labels).map(loss).sum::<f32>() / seen.len().max(1) as f32
    }

    fn answers(&self, seen: &Boards) -> Vec<Answer> {
        let answer = |glance: &Rc<Glance>| {
            let beliefs = losses::softmax(&self.weigh(glance).logits);
            let choice = losses::largest(&beliefs);
            Answer { choice: choice as u8, belief: beliefs.get(choice).copied().unwrap_or(0.0) }
        };
        seen.iter().map(answer).collect()
    }

    fn labels(&self, seen: &Boards, hard: bool) -> Vec<Vec<f32>> {
        let label = |glance: &Rc<Glance>| {
            let beliefs = losses::softmax(&self.weigh(glance).logits);
            if hard { shares(beliefs.len(), &[losses::largest(&beliefs) as u8]) } else { beliefs }
        };
        seen.iter().map(label).collect()
    }

    fn truth(seen: &Boards, right: &[Vec<u8>]) -> Vec<Vec<f32>> {
        seen.iter().zip(right).map(|(glance, right)| shares(glance.steps.len(), right)).collect()
    }
}

/// Equal shares for some of `n` moves.
fn shares(n: usize, some: &[u8]) -> Vec<f32> {
    let mut shares = vec![0.0; n];
    for at in some {
        shares[usize::from(*at)] = 1.0 / some.len() as f32;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::chess::SIZES;

    fn boards() -> Boards {
        let step = |from, to| Step { from, to };
        let features: Vec<f32> = (0..64 * 6).map(|i| (i * 37 % 11) as f32 / 8.0).collect();
        let glance = |steps: &[Step]| Rc::new(Glance::new(&features, steps));
        vec![glance(&[step(0, 8), step(0, 9), step(5, 9)]), glance(&[step(1, 2), step(3, 2)])]
    }

    #[test]
    fn a_logit_as_by_hand() {
        let mut mover = Mover::initial(1, SIZES[0]);
        for layer in &mut mover.layers {
            layer.weight.fill(0.0);
        }
        // Query and key are constants, and the two biases as well: 4 · (2 · 0.5) + 1 + 0.25.
        for (layer, bias) in mover.layers.iter_mut().zip([2.0, 0.5, 1.0, 0.25]) {
            layer.bias.fill(bias);
        }
        assert_eq!(mover.weigh(&boards()[0]).logits, [5.25; 3]);
        let answers = mover.answers(&boards());
        assert_eq!((answers[0].choice, answers[1].belief), (0, 0.5));
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let (mover, boards) = (Mover::initial(2, SIZES[0]), boards());
        let labels = vec![vec![0.5, 0.0, 0.5], vec![0.0, 1.0]];
        let mut gradient: Vec<Layer> = mover.layers.iter().map(|l| Layer::zeros(l.inputs, l.outputs)).collect();
        let loss = mover.descend(&boards, &labels, &[0, 1], 0.0, &mut gradient);
        assert!((loss - mover.mean_loss(&boards, &labels)).abs() < 1e-5);
        for (layer, weight) in [(0, 5), (1, 9), (2, 2), (3, 4)] {
            let loss_after = |by: f32| {
                let mut other = mover.clone();
                other.layers[layer].weight[weight] += by;
                other.mean_loss(&boards, &labels)
            };
            let slope = (loss_after(0.01) - loss_after(-0.01)) / 0.02;
            assert!((slope - gradient[layer].weight[weight]).abs() < 1e-3, "layer {layer}: {slope}");
        }
    }

    #[test]
    fn a_trunk_that_learns_starts_as_the_frozen_one_and_its_gradient_is_the_slope_of_the_loss() {
        for size in [SIZES[0], SIZES[1]] {
            let (trunk, head) = (Trunk::initial(5, size), Mover::initial(2, size));
            let step = |from, to| Step { from, to };
            let steps = [step(0, 8), step(0, 9), step(5, 9), step(63, 40)];
            let squares = std::array::from_fn(|i| (i * i % 13) as u8);
            let (whole, boards) = (head.on(&trunk), vec![Rc::new(Glance::of_board(&squares, &steps))]);
            let frozen = vec![Rc::new(Glance::new(&trunk.features(&squares), &steps))];
            let labels = vec![vec![0.0, 0.25, 0.75, 0.0]];
            let loss = whole.mean_loss(&boards, &labels);
            assert!((loss - head.mean_loss(&frozen, &labels)).abs() < 5e-3);
            let mut gradient: Vec<Layer> = whole.layers.iter().map(|l| Layer::zeros(l.inputs, l.outputs)).collect();
            whole.descend(&boards, &labels, &[0], 0.0, &mut gradient);
            for (layer, gradient) in gradient.iter().enumerate() {
                // The weight with the steepest slope.
                let all = 0..gradient.weight.len();
                let slope = |weight: &usize| gradient.weight[*weight].abs();
                let weight = all.max_by(|a, b| slope(a).total_cmp(&slope(b))).unwrap_or(0);
                let after = |by: f32| {
                    let mut other = whole.clone();
                    other.layers[layer].weight[weight] += by;
                    other.mean_loss(&boards, &labels)
                };
                let (slope, found) = ((after(1e-3) - after(-1e-3)) / 2e-3, gradient.weight[weight]);
                assert!((slope - found).abs() < 0.05 * found.abs().max(0.1), "layer {layer}: {slope} and {found}");
            }
        }
    }

    #[test]
    fn labels_are_soft_hard_or_true() {
        let (mover, boards) = (Mover::initial(2, SIZES[0]), boards());
        let soft = mover.labels(&boards, false);
        assert!((soft[0].iter().sum::<f32>() - 1.0).abs() < 1e-5);
        let hard = mover.labels(&boards, true);
        assert_eq!(losses::largest(&soft[0]), losses::largest(&hard[0]));
        assert_eq!(hard[0].iter().filter(|share| **share > 0.9).count(), 1);
        assert_eq!(Mover::truth(&boards, &[vec![0, 2], vec![1]]), [vec![0.5, 0.0, 0.5], vec![0.0, 1.0]]);
    }
}
