//! What a device is tried with: the networks that Burn can train, as they are before training, each with a batch of the
//! usual size.

use super::{
    batch::{Batch, Pool},
    batched::Batched,
    convnet::{self, Network},
    device::numbers,
    judge::{self, PIXELS, SIZES},
    reader::{LARGE, Reader, masked},
    table::Target,
    training::{BATCH, Layers, Learner as _, nothing_to_learn_from},
    transformer::{self, Asked, Shape, Transformer},
};
use crate::{
    lab::experiment::Failure,
    seed::{self, Rng},
    tasks::Pictures,
};
use burn::tensor::Device;
use rand::Rng as _;

/// Of a smaller batch: pictures or sets of facts.
const SMALL: usize = 4;
/// Pixels shown of a picture.
const SHOWN: usize = 6;
/// Sets of pixels that are asked about at once.
pub const SETS: usize = 65_536;
const RATE: f32 = 1e-3;

/// Which network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A judge of three layers, of which the first is sums over few inputs: it judges debates too.
    Layers,
    /// The paper's kind of judge, see [`super::convnet`].
    Convolutional,
    /// One that answers questions about facts; so many sets of facts a step, and questions about each.
    Transformer {
        /// What it is asked about.
        shape: Shape,
        /// Sets of facts.
        contexts: usize,
        /// Questions about each.
        each: usize,
    },
    /// One that guesses hidden words, see [`super::reader::masked`].
    Reader,
    /// A judge that is asked, and not trained: see [`super::batched`].
    Judging,
}

/// A network on a device, with its batch.
pub enum Trial {
    /// See [`Kind::Layers`].
    Layers(Box<Layers>, Batch),
    /// See [`Kind::Convolutional`].
    Convolutional(Box<Network>, Batch),
    /// See [`Kind::Transformer`]: on the CPU it is plain Rust.
    Plain(Box<transformer::Learner>, Asked, Vec<Target>),
    /// The same where Burn computes.
    Transformer(Box<transformer::on_device::Learner>, Asked, Vec<Target>),
    /// See [`Kind::Reader`].
    Reader(Box<masked::Learner>, masked::Batch),
    /// See [`Kind::Judging`]; and sets of six pixels.
    Judging(Box<Batched>, Vec<i32>),
}

impl Trial {
    /// The network as the CPU computes it, or as a GPU does; with a batch of the usual size or a small one.
    ///
    /// # Errors
    /// None with the built-in pictures.
    pub fn new(kind: Kind, small: bool, gpu: Option<&Device>) -> Result<Self, Failure> {
        let device = || gpu.cloned().unwrap_or_else(Device::flex);
        let size = |usual: usize| if small { SMALL.min(usual) } else { usual };
        Ok(match kind {
            Kind::Layers => Self::Layers(Box::new(Layers::new(1, device())), pictures(size(BATCH))?),
            Kind::Convolutional => {
                Self::Convolutional(Box::new(Network::new(1, &device())), pictures(size(convnet::BATCH))?)
            }
            Kind::Reader => {
                let learner = masked::Learner::new(Reader::initial(1, LARGE), &device());
                let batch = learner.batch(small.then_some(SMALL));
                Self::Reader(Box::new(learner), batch)
            }
            Kind::Judging => {
                let pixels: Vec<(u16, f32)> = (0..PIXELS as u16).step_by(5).map(|pixel| (pixel, 0.5)).collect();
                let batched = Batched::new(&judge::initial(1, &SIZES), &pixels, &device());
                let mut rng = seed::rng(1, "sets of a trial", 0);
                let mut place = |_| rng.random_range(0..pixels.len() as i32);
                Self::Judging(Box::new(batched), (0..size(SETS) * SHOWN).map(&mut place).collect())
            }
            Kind::Transformer { shape, contexts, each } => {
                let network = Transformer::initial(1, "trial", shape);
                let (asked, targets) = questions(shape, size(contexts), each);
                match gpu {
                    None => Self::Plain(Box::new(transformer::Learner::new(network)), asked, targets),
                    Some(device) => {
                        let learner = transformer::on_device::Learner::new(&network, device);
                        Self::Transformer(Box::new(learner), asked, targets)
                    }
                }
            }
        })
    }

    /// The loss of the batch, and the slopes by every weight; of a judge that is asked, its answers.
    ///
    /// # Errors
    /// Where the device fails.
    pub async fn slopes(&mut self) -> Result<Vec<f32>, Failure> {
        let (loss, slopes) = match self {
            Self::Layers(layers, batch) => return layers.slopes(batch).await,
            Self::Judging(batched, sets) => return batched.logits(sets, SHOWN).await,
            Self::Plain(learner, asked, targets) => {
                let (loss, gradient) = learner.slopes(asked, targets);
                let slopes = gradient.iter().flat_map(|layer| layer.weight.iter().chain(&layer.bias));
                return Ok(std::iter::once(loss).chain(slopes.copied()).collect());
            }
            Self::Convolutional(network, batch) => network.slopes(batch),
            Self::Transformer(learner, asked, targets) => learner.slopes(asked, targets),
            Self::Reader(learner, batch) => learner.slopes(batch),
        };
        let mut all = numbers(loss).await?;
        all.append(&mut numbers(slopes).await?);
        Ok(all)
    }

    /// One step of training, or one batch of questions.
    ///
    /// # Errors
    /// Where the device fails.
    pub async fn step(&mut self) -> Result<(), Failure> {
        match self {
            Self::Judging(batched, sets) => return batched.logits(sets, SHOWN).await.map(|_| ()),
            Self::Layers(layers, batch) => layers.step(batch, RATE).await?,
            Self::Convolutional(network, batch) => network.step(batch, RATE).await?,
            Self::Plain(learner, asked, targets) => learner.step(asked, targets, RATE, 10.0),
            Self::Transformer(learner, asked, targets) => learner.step(asked, targets, RATE, 10.0).await?,
            Self::Reader(learner, batch) => learner.step(batch, RATE).await?,
        };
        Ok(())
    }
}

fn pictures(size: usize) -> Result<Batch, Failure> {
    let mut pool = Pool::default();
    for index in 0..size as u32 {
        pool.push(&Pictures::Builtin.train(index).ok_or_else(nothing_to_learn_from)?);
    }
    Ok(pool.all(SHOWN, &mut seed::rng(1, "pixels", 0)))
}

/// Random facts, and random answers to random questions about them.
fn questions(shape: Shape, contexts: usize, each: usize) -> (Asked, Vec<Target>) {
    let mut rng = seed::rng(1, "questions of a trial", 0);
    let draw = |rng: &mut Rng, below: usize| rng.random_range(0..below as u32);
    let mut asked = Asked::default();
    for _ in 0..contexts * shape.tokens {
        asked.facts.push([draw(&mut rng, shape.facts)]);
    }
    let (mut targets, weight) = (Vec::new(), 1.0 / (contexts * each) as f32);
    for row in 0..(contexts * each) as u32 {
        asked.questions.push([draw(&mut rng, shape.questions)]);
        let answer = draw(&mut rng, shape.answers);
        targets.push(Target { row, from: 0, answers: shape.answers as u32, answer, weight });
    }
    (asked, targets)
}
