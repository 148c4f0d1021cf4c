//! What a training step takes: the labs' own loops, on numbers of the right form.

use super::{
    Clock,
    networks::{Kind, Network},
};
use crate::{
    lab::{Breath, Failure},
    models::{
        chess::{
            Size, Trunk,
            mover::{Boards, Glance, Mover},
        },
        encoder::{
            Encoder,
            tuned::{Sight, Tuned},
        },
        fit::{self, Recipe},
        head::{self, Matrix},
        mlp::Mlp,
        ranker::{Pairs, Ranker},
        table::{self, Learner, Marks, Target},
        training::{self, Training},
        transformer::{self, Asked, Transformer},
    },
    seed,
    tasks::{
        Pictures,
        chess::{SQUARES, Step},
    },
};
use rand::Rng as _;
use std::{cell::Cell, rc::Rc};

/// Questions that a network learns from here. Their number decides only how often they are shuffled.
const QUESTIONS: usize = 2000;
/// The same for a network that looks at whole pictures or boards.
const LOOKED_AT: usize = 320;
/// Pixels that the judge is shown of each picture.
const SHOWN: u8 = 6;
/// Legal moves of a position.
const MOVES: usize = 32;

/// Trains a network for about `steps` steps; milliseconds a step.
///
/// # Errors
/// Where the training cannot go on.
pub async fn step_ms(network: &Network, steps: u32, clock: Clock, breath: &Breath) -> Result<f64, Failure> {
    let timing = Timing { network, steps, clock, breath };
    match (network.kind, network.size()) {
        (Kind::Judge, _) => timing.judge().await,
        (Kind::Table, _) => timing.table().await,
        (Kind::Transformer, _) => timing.transformer().await,
        (Kind::Encoder, _) => timing.encoder().await,
        (Kind::Mover, Some(size)) => timing.mover(size).await,
        (Kind::Player, Some(size)) => timing.player(size).await,
        (Kind::Ranker, _) => {
            let pairs = Pairs { first: timing.rows("rows"), second: timing.rows("other rows") };
            timing.fit(Ranker(timing.head()), pairs, beliefs(QUESTIONS)).await
        }
        _ => timing.fit(timing.head(), timing.rows("rows"), beliefs(QUESTIONS)).await,
    }
}

struct Timing<'a> {
    network: &'a Network,
    steps: u32,
    clock: Clock,
    breath: &'a Breath,
}

impl Timing<'_> {
    fn rows(&self, name: &str) -> Matrix {
        let mut rng = seed::rng(1, name, 0);
        let mut row = |_| (0..self.network.sizes[0]).map(|_| seed::normal(&mut rng, 1.0)).collect();
        Matrix::of_rows((0..QUESTIONS).map(&mut row))
    }

    fn head(&self) -> Mlp {
        let sizes = &self.network.sizes;
        head::initial(1, "student", sizes[0], &sizes[1..sizes.len() - 1])
    }

    async fn encoder(&self) -> Result<f64, Failure> {
        let encoder = Encoder::initial(1, self.network.sizes[1]);
        let pictures: Vec<Vec<f32>> =
            (0..LOOKED_AT).map(|number| Pictures::Builtin.test(number as u32).brightness()).collect();
        let head = head::initial(1, "student", encoder.features_len(), &[]);
        let whole = Tuned::whole(&encoder, &head, &pictures[..1]);
        self.fit(whole, Sight::Pictures(Matrix::of_rows(pictures)), beliefs(LOOKED_AT)).await
    }

    async fn mover(&self, size: Size) -> Result<f64, Failure> {
        let mut rng = seed::rng(1, "channels", 0);
        // As a trunk gives them: rectified.
        let mut glance = |steps: Vec<Step>| {
            let channels: Vec<f32> =
                (0..SQUARES * size.channels).map(|_| seed::normal(&mut rng, 1.0).max(0.0)).collect();
            Rc::new(Glance::new(&channels, &steps))
        };
        let boards: Boards = steps(LOOKED_AT).map(&mut glance).collect();
        self.fit(Mover::initial(1, size), boards, choices(LOOKED_AT)).await
    }

    async fn player(&self, size: Size) -> Result<f64, Failure> {
        let mut rng = seed::rng(1, "boards", 0);
        // Half of the squares are empty.
        let mut board = |steps: Vec<Step>| {
            let squares = std::array::from_fn(|_| rng.random_range(0..24_u8).saturating_sub(11));
            Rc::new(Glance::of_board(&squares, &steps))
        };
        let boards: Boards = steps(LOOKED_AT).map(&mut board).collect();
        self.fit(Mover::initial(1, size).on(&Trunk::initial(1, size)), boards, choices(LOOKED_AT)).await
    }

    /// From the measure before the first step to the one after the last.
    async fn fit<N: fit::Network>(&self, start: N, seen: N::Seen, labels: Vec<N::Label>) -> Result<f64, Failure> {
        let Network { batch, rate, .. } = *self.network;
        let epochs = self.steps.div_ceil((labels.len() / batch) as u32).max(1);
        let recipe = Recipe { seed: 1, name: "student", epochs, batch, rate, alpha: 0.0, measures: 1 };
        let (mut began, mut took) = (0.0, 0.0);
        fit::train(&recipe, start, &seen, &labels, self.breath, async |moment| {
            if moment.step == 0 {
                began = (self.clock)();
            } else {
                took = ((self.clock)() - began) / f64::from(moment.steps);
            }
            Ok(())
        })
        .await?;
        Ok(took)
    }

    /// A batch of facts, and a target for every question about them. How the targets are made is no part of it.
    async fn table(&self) -> Result<f64, Failure> {
        let Network { sizes, batch, answers, rate, .. } = self.network;
        let (inputs, outputs) = (sizes[0], sizes[sizes.len() - 1]);
        let on = inputs.isqrt().max(4);
        let mut rng = seed::rng(1, "marks", 0);
        let (mut marks, mut targets) = (Marks::default(), Vec::new());
        for row in 0..*batch as u32 {
            marks.push((0..on).map(|mark| (mark * (inputs / on)) as u32 + rng.random_range(0..(inputs / on) as u32)));
            for from in (0..outputs as u32).step_by(*answers) {
                let (answer, weight) = (rng.random_range(0..*answers as u32), 1.0 / (outputs / answers * batch) as f32);
                targets.push(Target { row, from, answers: *answers as u32, answer, weight });
            }
        }
        let mut learner = Learner::new(table::initial(1, "X", sizes, on));
        self.again(|| learner.step(&marks, &targets, *rate, 30.0)).await
    }

    /// Tokens and questions with two marks each, and a target for every question.
    async fn transformer(&self) -> Result<f64, Failure> {
        let Network { sizes, batch, answers, rate, .. } = self.network;
        let shape = self.network.shape();
        let mut rng = seed::rng(1, "facts", 0);
        let mut marks = |rows: usize, of: usize| {
            let mut all = Marks::default();
            let half = of as u32 / 2;
            (0..rows).for_each(|_| all.push([rng.random_range(0..half), half + rng.random_range(0..half)]));
            all
        };
        let questions = batch * sizes[3];
        let asked =
            Asked { facts: marks(batch * shape.tokens, shape.facts), questions: marks(questions, shape.questions) };
        let target = |row| {
            let answer = rng.random_range(0..*answers as u32);
            Target { row, from: 0, answers: *answers as u32, answer, weight: 1.0 / questions as f32 }
        };
        let targets: Vec<Target> = (0..questions as u32).map(target).collect();
        let mut learner = transformer::Learner::new(Transformer::initial(1, "X", shape));
        self.again(|| learner.step(&asked, &targets, *rate, 50.0)).await
    }

    /// One step again and again.
    async fn again(&self, mut step: impl FnMut() -> f32) -> Result<f64, Failure> {
        let began = (self.clock)();
        for _ in 0..self.steps.max(1) {
            step();
            self.breath.take().await?;
        }
        Ok(((self.clock)() - began) / f64::from(self.steps.max(1)))
    }

    /// From a measure in the middle of the training to the one at its end. The step holds all that it holds in the lab:
    /// pictures are drawn, generated where there are too few, and reduced to the pixels that are shown.
    async fn judge(&self) -> Result<f64, Failure> {
        let steps = self.steps.max(1);
        let training = Training { seed: 1, pixels: SHOWN, steps: 2 * steps, measure_every: steps, held_out: 1 };
        let (began, took) = (Cell::new(None), Cell::new(0.0));
        training::train(&training, &Pictures::Builtin, self.breath, |_| match began.get() {
            None => began.set(Some((self.clock)())),
            Some(began) => took.set(((self.clock)() - began) / f64::from(steps)),
        })
        .await?;
        Ok(took.get())
    }
}

/// Labels for questions of yes or no.
fn beliefs(n: usize) -> Vec<f32> {
    let mut rng = seed::rng(1, "labels", 0);
    (0..n).map(|_| rng.random_range(0.0..1.0)).collect()
}

/// The legal moves of so many positions.
fn steps(n: usize) -> impl Iterator<Item = Vec<Step>> {
    let mut rng = seed::rng(1, "moves", 0);
    let mut step = move || Step { from: rng.random_range(0..64), to: rng.random_range(0..64) };
    (0..n).map(move |_| (0..MOVES).map(|_| step()).collect())
}

/// Labels for as many positions.
fn choices(n: usize) -> Vec<Vec<f32>> {
    (0..n).map(|right| (0..MOVES).map(|at| f32::from(u8::from(at == right % MOVES))).collect()).collect()
}
