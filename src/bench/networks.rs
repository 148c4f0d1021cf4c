//! The networks that the labs train while somebody waits.

use crate::models::{
    chess::{SIZES, Size, Trunk, mover::Mover},
    encoder::Encoder,
    fit::Network as _,
    judge, training,
    transformer::{ASKING, HEADS, HIDDEN, READING, Shape, Transformer, WIDTH},
};
use serde::Serialize;

/// What is learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Yes or no, from one row of numbers.
    Head,
    /// Which of two rows is better.
    Ranker,
    /// Which digit, from the few pixels that are shown.
    Judge,
    /// Yes or no, from a picture: an encoder's convolutions, and a head on their means and maxima.
    Encoder,
    /// Which of the legal moves, from the channels of every square.
    Mover,
    /// Which of the legal moves, from a board: a trunk of residual convolutions and a mover on it.
    Player,
    /// The answers to all questions about some facts at once, from a few marks that are on.
    Table,
    /// The answers to some questions about facts, which are tokens that look at each other; a few marks are on in each.
    Transformer,
}

/// A network as a lab trains it.
#[derive(Debug, Clone, Serialize)]
pub struct Network {
    /// The lab.
    pub lab: &'static str,
    /// Whose it is.
    pub name: &'static str,
    /// What it learns.
    pub kind: Kind,
    /// What goes in, what comes out of each layer. Of an encoder the channels; of a mover the channels of a square and
    /// the numbers of a key; of a player these and its residual convolutions. Of a transformer the marks of facts and of
    /// questions, tokens, questions about them, numbers of a token, heads, hidden numbers, and the blocks in which facts
    /// and in which questions look at facts.
    pub sizes: Vec<usize>,
    /// Answers of a table's or a transformer's questions; of other networks 1.
    pub answers: usize,
    /// Questions, pairs, pictures or sets of facts a step.
    pub batch: usize,
    /// Adam's step size.
    pub rate: f32,
}

/// Every network that a lab trains in the browser.
pub fn all() -> Vec<Network> {
    let judge = Network {
        lab: "debate",
        name: "judge",
        kind: Kind::Judge,
        sizes: judge::SIZES.to_vec(),
        answers: 1,
        batch: training::BATCH,
        rate: training::RATE,
    };
    heads().into_iter().chain(convnets()).chain([judge]).chain(tables()).chain([transformer()]).collect()
}

fn student(name: &'static str, kind: Kind, sizes: &[usize], rate: f32) -> Network {
    Network { lab: "weak-to-strong", name, kind, sizes: sizes.to_vec(), answers: 1, batch: 32, rate }
}

/// What stands on frozen networks, or on none.
fn heads() -> Vec<Network> {
    let small: [(&'static str, Kind, &[usize]); 24] = [
        ("digits, small supervisor", Kind::Head, &[16, 1]),
        ("digits, medium supervisor", Kind::Head, &[49, 1]),
        ("digits, large supervisor", Kind::Head, &[196, 1]),
        ("digits, small student", Kind::Head, &[32, 1]),
        ("digits, medium student", Kind::Head, &[96, 1]),
        ("digits, large student", Kind::Head, &[256, 1]),
        ("text, small supervisor", Kind::Head, &[20, 1]),
        ("text, medium supervisor", Kind::Head, &[60, 1]),
        ("text, large supervisor", Kind::Head, &[200, 1]),
        ("text, small student", Kind::Head, &[10, 1]),
        ("text, medium student", Kind::Head, &[30, 32, 1]),
        ("text, large student", Kind::Head, &[60, 32, 1]),
        ("reward, small supervisor", Kind::Ranker, &[4, 1]),
        ("reward, medium supervisor", Kind::Ranker, &[7, 1]),
        ("reward, large supervisor", Kind::Ranker, &[10, 1]),
        ("reward, small student", Kind::Ranker, &[20, 1]),
        ("reward, medium student", Kind::Ranker, &[40, 1]),
        ("reward, large student", Kind::Ranker, &[70, 1]),
        ("overlap, small supervisor", Kind::Head, &[2, 1]),
        ("overlap, medium supervisor", Kind::Head, &[4, 1]),
        ("overlap, large supervisor", Kind::Head, &[6, 1]),
        ("overlap, small student", Kind::Head, &[32, 4, 1]),
        ("overlap, medium student", Kind::Head, &[32, 32, 1]),
        ("overlap, large student", Kind::Head, &[32, 128, 1]),
    ];
    let rate = |name: &str| if name.ends_with("supervisor") { 0.02 } else { 2e-3 };
    let small = small.into_iter().map(|(name, kind, sizes)| student(name, kind, sizes, rate(name)));
    let names = ["chess, smallest head", "chess, small head", "chess, medium head", "chess, large head"];
    let movers = names.into_iter().zip(SIZES);
    small.chain(movers.map(|(name, size)| student(name, Kind::Mover, &[size.channels, size.keys], 3e-3))).collect()
}

/// Networks of which all weights learn.
fn convnets() -> Vec<Network> {
    let encoders = [
        ("digits, small encoder and head", 4),
        ("digits, medium encoder and head", 12),
        ("digits, large encoder and head", 32),
    ];
    let encoders = encoders.map(|(name, width)| student(name, Kind::Encoder, &[1, width, 2 * width, 4 * width], 2e-3));
    let names = ["chess, smallest network", "chess, small network", "chess, medium network", "chess, large network"];
    let players = names.into_iter().zip(SIZES);
    let player = |(name, size): (_, Size)| student(name, Kind::Player, &[size.channels, size.keys, size.blocks], 3e-3);
    encoders.into_iter().chain(players.map(player)).collect()
}

fn tables() -> [Network; 2] {
    let table = |name, sizes: &[usize], answers, rate| Network {
        lab: "amplification",
        name,
        kind: Kind::Table,
        sizes: sizes.to_vec(),
        answers,
        batch: 64,
        rate,
    };
    [table("powering, X", &[49, 256, 256, 735], 7, 3e-3), table("wildcard search, X", &[8, 64, 459], 17, 1e-2)]
}

fn transformer() -> Network {
    Network {
        lab: "amplification",
        name: "held-out permutations, X",
        kind: Kind::Transformer,
        sizes: vec![16, 23, 8, 16, WIDTH, HEADS, HIDDEN, READING, ASKING],
        answers: 8,
        batch: 64,
        rate: 2e-3,
    }
}

impl Network {
    /// How many weights and biases there are.
    pub fn parameters(&self) -> usize {
        match self.kind {
            Kind::Encoder => {
                let encoder = Encoder::initial(1, self.sizes[1]);
                encoder.parameters() + encoder.features_len() + 1
            }
            Kind::Mover => self.size().map_or(0, |size| Mover::initial(1, size).parameters()),
            Kind::Player => self
                .size()
                .map_or(0, |size| Trunk::initial(1, size).parameters() + Mover::initial(1, size).parameters()),
            Kind::Transformer => Transformer::initial(1, "X", self.shape()).parameters(),
            _ => self.sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum(),
        }
    }

    /// The chess network's size, by its channels.
    pub fn size(&self) -> Option<Size> {
        SIZES.into_iter().find(|size| size.channels == self.sizes[0])
    }

    /// What a transformer is asked.
    pub fn shape(&self) -> Shape {
        Shape { facts: self.sizes[0], questions: self.sizes[1], tokens: self.sizes[2], answers: self.answers }
    }
}
