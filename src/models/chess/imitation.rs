//! Pretraining a trunk and its head: imitating good moves. Two more heads that are thrown away afterwards read the same
//! trunk: one finds mates in one, one counts the attackers of every square. The trunk therefore knows more of mates
//! than its own head shows; the page says so. (A few of the good moves are mates too, at the end of a longer solution.)
//!
//! Adam, a cosine from 3e-3 to 0; each step 88 positions with a good move and 40 with a mate. The loss is the imitation
//! head's cross-entropy, plus half of the mate head's, plus the mean squared error of the attackers.

use super::{SIDE, Size, Trunk, mover::Mover};
use crate::{
    lab::experiment::Failure,
    models::{
        adam::Adam,
        convolution::TAPS,
        device::broken,
        judge::{Judge, Linear},
        mlp::Layer,
        training::gradients_of,
    },
    seed::{self, Rng},
    tasks::chess::{KINDS, Position, Puzzle, SQUARES, Step, attackers},
};
use burn::tensor::{
    Device, Tensor, TensorData, activation::relu, loss::cross_entropy_with_logits, module::conv2d, ops::ConvOptions,
};
use cozy_chess::Board;
use rand::Rng as _;
use std::f32::consts::PI;

const PLIES: usize = 88;
const MATES: usize = 40;
const BATCH: usize = PLIES + MATES;
const RATE: f32 = 3e-3;
/// What the mate head's loss counts beside the imitation head's.
const MATE_SHARE: f32 = 0.5;
/// Added to the logit of a move that is not legal.
const ILLEGAL: f32 = -1e4;
const MOVES: usize = SQUARES * SQUARES;

/// What is imitated.
pub struct Lessons<'a> {
    /// Positions with a good move.
    pub plies: &'a [(Board, Step)],
    /// Positions with a mate in one.
    pub mates: &'a [Puzzle],
}

/// Trains a network of this size; `progress` hears each step's loss.
///
/// # Errors
/// Where there is nothing to imitate.
pub async fn train(
    run: u64,
    size: Size,
    steps: u32,
    lessons: &Lessons<'_>,
    mut progress: impl FnMut(u32, f32),
) -> Result<(Trunk, Mover), Failure> {
    if lessons.plies.is_empty() || lessons.mates.is_empty() {
        return Err(Failure::Because("There are no chess positions to learn from.".to_owned()));
    }
    let device = Device::flex().autodiff();
    let (trunk, head) = (Trunk::initial(run, size), Mover::initial(run, size));
    let mate_head = Mover::initial(seed::seed(run, "mate head", 0), size);
    let counts = Layer::zeros(size.channels, 2);
    let (below, above) = (trunk.layers.len(), head.head().len());
    let mut layers = [trunk.layers, head.head().to_vec(), mate_head.head().to_vec(), vec![counts]].concat();
    let mut adam = Adam::new(layers.iter().map(|layer| Layer::zeros(layer.inputs, layer.outputs)).collect());
    for step in 0..steps {
        let batch = Batch::draw(lessons, &mut seed::rng(run, "chess batch", step.into()));
        let network = Judge::upload(&layers, &device);
        let seen = features(&network.layers[..below], batch.planes(&device));
        let heads = network.layers[below..].chunks(above).collect::<Vec<_>>();
        let (plies, mates) = (seen.clone().narrow(0, 0, PLIES), seen.clone().narrow(0, PLIES, MATES));
        let imitation = batch.loss(0..PLIES, logits(heads[0], plies), &device);
        let mate = batch.loss(PLIES..BATCH, logits(heads[1], mates), &device);
        let error = linear(&heads[2][0], seen) - batch.attackers(&device);
        let loss = imitation + mate * MATE_SHARE + (error.clone() * error).mean();
        let slopes = loss.backward();
        let rate = RATE * 0.5 * (1.0 + libm::cosf(PI * step as f32 / steps as f32));
        adam.step(&mut layers, &gradients_of(&network, &slopes).await?, rate);
        progress(step + 1, loss.into_scalar_async::<f32>().await.map_err(|why| broken(&why))?);
    }
    layers.truncate(below + above);
    let head = layers.split_off(below);
    Ok((Trunk { layers }, Mover::of(head)))
}

/// Positions of one step: first those with a good move, then those with a mate.
struct Batch {
    positions: Vec<Position>,
    /// The places of the right steps.
    right: Vec<Vec<u8>>,
    attackers: Vec<f32>,
}

impl Batch {
    fn draw(lessons: &Lessons, rng: &mut Rng) -> Self {
        let mut batch = Self { positions: Vec::new(), right: Vec::new(), attackers: Vec::new() };
        for _ in 0..PLIES {
            let (board, step) = &lessons.plies[rng.random_range(0..lessons.plies.len() as u32) as usize];
            let position = Position::of(board);
            let right = position.steps.iter().position(|other| other == step).map(|at| at as u8);
            batch.push(board, position, right.into_iter().collect());
        }
        for _ in 0..MATES {
            let puzzle = &lessons.mates[rng.random_range(0..lessons.mates.len() as u32) as usize];
            batch.push(puzzle.board(), puzzle.position.clone(), puzzle.mates.clone());
        }
        batch
    }

    fn push(&mut self, board: &Board, position: Position, right: Vec<u8>) {
        self.attackers.extend(attackers(board).iter().flatten().map(|count| f32::from(*count)));
        self.positions.push(position);
        self.right.push(right);
    }

    /// [batch, 13, 8, 8]
    fn planes(&self, device: &Device) -> Tensor<4> {
        let mut planes = vec![0.0; self.positions.len() * KINDS * SQUARES];
        for (position, planes) in self.positions.iter().zip(planes.chunks_exact_mut(KINDS * SQUARES)) {
            for (square, kind) in position.squares.iter().enumerate() {
                planes[usize::from(*kind) * SQUARES + square] = 1.0;
            }
        }
        Tensor::from_data(TensorData::new(planes, [self.positions.len(), KINDS, SIDE, SIDE]), device)
    }

    /// [batch, 64, 2]
    fn attackers(&self, device: &Device) -> Tensor<3> {
        Tensor::from_data(TensorData::new(self.attackers.clone(), [self.positions.len(), SQUARES, 2]), device)
    }

    /// The mean cross-entropy of some positions' logits [n, 4096] over their legal moves.
    fn loss(&self, range: std::ops::Range<usize>, logits: Tensor<2>, device: &Device) -> Tensor<1> {
        let n = range.len();
        let (mut masks, mut targets) = (vec![ILLEGAL; n * MOVES], vec![0.0; n * MOVES]);
        for (row, at) in range.enumerate() {
            let place = |step: &Step| row * MOVES + usize::from(step.from) * SQUARES + usize::from(step.to);
            let (position, right) = (&self.positions[at], &self.right[at]);
            position.steps.iter().for_each(|step| masks[place(step)] = 0.0);
            for at in right {
                targets[place(&position.steps[usize::from(*at)])] = 1.0 / right.len() as f32;
            }
        }
        let [masks, targets] =
            [masks, targets].map(|data| Tensor::<2>::from_data(TensorData::new(data, [n, MOVES]), device));
        cross_entropy_with_logits(logits + masks, targets)
    }
}

/// [batch, 13, 8, 8] to [batch, 64, channels], as [`Trunk::features`] has it.
fn features(trunk: &[Linear], planes: Tensor<4>) -> Tensor<3> {
    let convolve = |Linear { weight, bias }: &Linear, values: Tensor<4>| {
        let [inputs, outputs] = weight.dims();
        let filters = weight.clone().reshape([3, 3, inputs / TAPS, outputs]).permute([3, 2, 0, 1]);
        conv2d(values, filters, Some(bias.clone()), ConvOptions::new([1, 1], [1, 1], [1, 1], 1))
    };
    let mut values = relu(convolve(&trunk[0], planes));
    let [batch, channels, ..] = values.dims();
    let blocks = &trunk[2..];
    for (i, block) in blocks.iter().enumerate() {
        if i + 1 == blocks.len() {
            let flat = values.clone().reshape([batch, channels, SQUARES]);
            let pooled = Tensor::cat(vec![flat.clone().mean_dim(2), flat.max_dim(2)], 1).reshape([batch, 2 * channels]);
            let whole = trunk[1].through(pooled);
            values = relu(values + whole.reshape([batch, channels, 1, 1]));
        }
        values = relu(values.clone() + convolve(block, values));
    }
    values.reshape([batch, channels, SQUARES]).swap_dims(1, 2)
}

fn linear(layer: &Linear, values: Tensor<3>) -> Tensor<3> {
    let [batch, squares, channels] = values.dims();
    let outputs = layer.bias.dims()[0];
    let rows = layer.through(values.reshape([batch * squares, channels]));
    rows.reshape([batch, squares, outputs])
}

/// [batch, 64, channels] to [batch, 4096], as [`Mover`] has it.
fn logits(head: &[Linear], seen: Tensor<3>) -> Tensor<2> {
    let batch = seen.dims()[0];
    let [query, key, from, to] = [0, 1, 2, 3].map(|i| linear(&head[i], seen.clone()));
    (query.matmul(key.swap_dims(1, 2)) + from + to.swap_dims(1, 2)).reshape([batch, MOVES])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::mover::Glance;
    use super::*;
    use crate::{
        models::{chess::SIZES, fit::Network as _, losses},
        tasks::chess::games,
    };
    use std::rc::Rc;

    fn lessons() -> (Vec<(Board, Step)>, Vec<Puzzle>) {
        let plies = (0..2).flat_map(|number| games::advice("a test", number)).collect();
        (plies, (0..8).flat_map(|number| games::puzzles("a test", number)).collect())
    }

    #[test]
    fn burn_and_the_plain_network_choose_the_same() {
        let (plies, mates) = lessons();
        let batch = Batch::draw(&Lessons { plies: &plies, mates: &mates }, &mut seed::rng(1, "a test", 0));
        let (trunk, head, device) = (Trunk::initial(5, SIZES[1]), Mover::initial(5, SIZES[1]), Device::flex());
        let seen = features(&Judge::upload(&trunk.layers, &device).layers, batch.planes(&device));
        let burn = logits(&Judge::upload(head.head(), &device).layers, seen).into_data().try_to_vec::<f32>().unwrap();
        for (position, burn) in batch.positions.iter().zip(burn.chunks_exact(MOVES)) {
            let legal: Vec<f32> =
                position.steps.iter().map(|s| burn[usize::from(s.from) * 64 + usize::from(s.to)]).collect();
            let glance = Rc::new(Glance::new(&trunk.features(&position.squares), &position.steps));
            let beliefs = &head.labels(&vec![glance], false)[0];
            for (plain, burn) in beliefs.iter().zip(losses::softmax(&legal)) {
                // The plain head reads 16-bit channels, and before training its logits are large.
                assert!((plain - burn).abs() < 2e-2, "{plain} and {burn}");
            }
        }
    }

    #[test]
    fn a_few_steps_imitate() {
        let (plies, mates) = lessons();
        let mut losses = Vec::new();
        let lessons = Lessons { plies: &plies, mates: &mates };
        pollster::block_on(train(1, SIZES[0], 30, &lessons, |_, loss| losses.push(loss))).unwrap();
        assert!(losses[29] < losses[0] - 0.5, "{losses:?}");
        let none = Lessons { plies: &[], mates: &mates };
        assert!(pollster::block_on(train(1, SIZES[0], 1, &none, |_, _| {})).is_err());
    }
}
