//! A small transformer (Vaswani and others 2017) that answers questions about facts it has not seen before: the facts
//! are tokens that look at each other in [`READING`] blocks, and every question looks at them in [`ASKING`] more.
//! Questions do not look at each other, so that any number can be asked about the same facts at once.
//!
//! Trained and evaluated in plain Rust with sums in one order: the same weights everywhere.

mod attention;
mod block;
#[cfg(feature = "large")]
pub mod on_device;
#[cfg(test)]
mod tests;

use super::{
    descent::Descent,
    linear::{back, back_embedded, embedded, through},
    mlp::Layer,
    product::Panel,
    rows::add_scaled,
    table::{Marks, Target, descend},
    weights,
};
use crate::seed;
use block::{IN_BLOCK, Normalised, Trace, backward, forward};
use std::ops::Range;

/// Numbers for each token and question.
pub const WIDTH: usize = 64;
/// Heads of attention in each block.
pub const HEADS: usize = 4;
/// Hidden numbers between a block's last two layers.
pub const HIDDEN: usize = 128;
/// Blocks in which facts look at each other.
pub const READING: usize = 2;
/// Blocks in which questions look at the facts.
pub const ASKING: usize = 3;
/// Sets of facts that are asked about at once where nothing is learned.
const TOGETHER: usize = 16;

/// What a transformer is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shape {
    /// Tokens of one set of facts.
    pub tokens: usize,
    /// Marks that can be on in a token.
    pub facts: usize,
    /// Marks that can be on in a question.
    pub questions: usize,
    /// Answers that a question can have.
    pub answers: usize,
}

/// See the module's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Transformer {
    shape: Shape,
    /// Marks of facts, marks of questions, then the blocks, then the answers.
    layers: Vec<Layer>,
}

/// Facts [contexts · tokens] and the questions about them [contexts · as many about each].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// The marks of every token.
    pub facts: Marks,
    /// The marks of every question.
    pub questions: Marks,
}

impl Asked {
    /// What is asked about some of the contexts, which have so many tokens and questions each.
    fn part(&self, contexts: Range<usize>, tokens: usize, each: usize) -> Self {
        let of = |marks: &Marks, n: usize| marks.part(contexts.start * n..contexts.end * n);
        Self { facts: of(&self.facts, tokens), questions: of(&self.questions, each) }
    }
}

/// What was computed on the way to the logits.
struct Pass {
    reading: Vec<Trace>,
    memory: Normalised,
    asking: Vec<Trace>,
    last: Normalised,
    logits: Vec<f32>,
}

impl Transformer {
    /// Before training. The start depends on `run` and `name` alone.
    pub fn initial(run: u64, name: &str, shape: Shape) -> Self {
        let block = [(WIDTH, WIDTH), (WIDTH, WIDTH), (WIDTH, WIDTH), (WIDTH, WIDTH), (WIDTH, HIDDEN), (HIDDEN, WIDTH)];
        let marks = [(shape.facts, WIDTH), (shape.questions, WIDTH)];
        let sizes = marks.into_iter().chain([block; READING + ASKING].concat()).chain([(WIDTH, shape.answers)]);
        let layer = |(i, (inputs, outputs)): (usize, (usize, usize))| {
            let mut layer = Layer::zeros(inputs, outputs);
            // Marks are rows of their own; what is added to a row starts small.
            let spread = match i.checked_sub(2).map(|i| i % IN_BLOCK) {
                None => 0.7,
                Some(3 | 5) => (0.2 / inputs as f32).sqrt(),
                Some(_) => (1.0 / inputs as f32).sqrt(),
            };
            let mut rng = seed::rng(seed::seed(run, name, 0), "initial transformer", i as u64);
            layer.weight.iter_mut().for_each(|weight| *weight = seed::normal(&mut rng, spread));
            layer
        };
        Self { shape, layers: sizes.enumerate().map(layer).collect() }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn from_file(bytes: &[u8], shape: Shape) -> Result<Self, String> {
        let (layers, expected) = (weights::from_file(bytes)?, Self::initial(0, "", shape));
        if !weights::fit(&layers, &expected.layers) {
            return Err("The transformer’s layers do not fit the questions that it is asked.".to_owned());
        }
        Ok(Self { shape, layers })
    }

    /// The file, with weights of 8 bits.
    ///
    /// # Errors
    /// A sentence, should the writer refuse.
    pub fn to_file(&self) -> Result<Vec<u8>, String> {
        weights::to_i8_file(&self.layers)
    }

    /// How many weights and biases there are.
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(|layer| layer.weight.len() + layer.bias.len()).sum()
    }

    /// The logits [questions, answers] of all that is asked.
    pub fn logits(&self, asked: &Asked) -> Vec<f32> {
        let contexts = asked.facts.len() / self.shape.tokens;
        let each = asked.questions.len() / contexts.max(1);
        let mut panel = Panel::new();
        let mut logits = Vec::with_capacity(asked.questions.len() * self.shape.answers);
        for from in (0..contexts).step_by(TOGETHER) {
            let to = (from + TOGETHER).min(contexts);
            let part = asked.part(from..to, self.shape.tokens, each);
            logits.append(&mut self.pass(&part, &mut panel).logits);
        }
        logits
    }

    fn blocks(&self) -> (&[Layer], &[Layer]) {
        self.layers[2..2 + (READING + ASKING) * IN_BLOCK].split_at(READING * IN_BLOCK)
    }

    fn answers(&self) -> &Layer {
        &self.layers[2 + (READING + ASKING) * IN_BLOCK]
    }

    fn pass(&self, asked: &Asked, panel: &mut Panel) -> Pass {
        let (reading, asking) = self.blocks();
        let tokens = self.shape.tokens;
        let mut facts = embedded(&self.layers[0], asked.facts.rows());
        let reading =
            reading.chunks_exact(IN_BLOCK).map(|block| forward(block, &mut facts, None, tokens, panel)).collect();
        let memory = Normalised::of(&facts);
        let mut questions = embedded(&self.layers[1], asked.questions.rows());
        let asking = asking
            .chunks_exact(IN_BLOCK)
            .map(|block| forward(block, &mut questions, Some(&memory.rows), tokens, panel))
            .collect();
        let last = Normalised::of(&questions);
        let logits = through(self.answers(), &last.rows, panel);
        Pass { reading, memory, asking, last, logits }
    }

    /// Fills the gradient, from the slopes by the logits.
    fn backward(&self, asked: &Asked, pass: &Pass, slopes: &[f32], gradient: &mut [Layer], panel: &mut Panel) {
        let (reading, asking) = self.blocks();
        let tokens = self.shape.tokens;
        let [of_facts, of_questions, rest @ ..] = gradient else { return };
        let (of_reading, rest) = rest.split_at_mut(READING * IN_BLOCK);
        let (of_asking, of_answers) = rest.split_at_mut(ASKING * IN_BLOCK);
        let last = back(self.answers(), &pass.last.rows, slopes, &mut of_answers[0], panel);
        let mut questions = pass.last.back(&last);
        let mut memory = vec![0.0; pass.memory.rows.len()];
        let blocks = asking.chunks_exact(IN_BLOCK).zip(of_asking.chunks_exact_mut(IN_BLOCK)).zip(&pass.asking);
        for ((block, gradient), trace) in blocks.rev() {
            let read = Some(pass.memory.rows.as_slice());
            if let Some(slopes) = backward(block, trace, read, tokens, &mut questions, gradient, panel) {
                add_scaled(&mut memory, &slopes, 1.0);
            }
        }
        back_embedded(asked.questions.rows(), &questions, of_questions);
        let mut facts = pass.memory.back(&memory);
        let blocks = reading.chunks_exact(IN_BLOCK).zip(of_reading.chunks_exact_mut(IN_BLOCK)).zip(&pass.reading);
        for ((block, gradient), trace) in blocks.rev() {
            backward(block, trace, None, tokens, &mut facts, gradient, panel);
        }
        back_embedded(asked.facts.rows(), &facts, of_facts);
    }
}

/// A transformer in training, and its Polyak average.
#[derive(Clone)]
pub struct Learner {
    /// The network.
    pub network: Transformer,
    /// Its running average.
    pub average: Transformer,
    descent: Descent,
    panel: Panel,
}

impl Learner {
    /// Before the first step.
    pub fn new(network: Transformer) -> Self {
        let descent = Descent::new(&network.layers);
        Self { average: network.clone(), network, descent, panel: Panel::new() }
    }

    /// One step towards the targets (whose rows are the questions), and the average follows by 1/`horizon` of the way.
    /// Returns the weighted cross-entropy before the step, in nats.
    pub fn step(&mut self, asked: &Asked, targets: &[Target], rate: f32, horizon: f32) -> f32 {
        let (loss, _) = self.slopes(asked, targets);
        self.descent.step(&mut self.network.layers, &mut self.average.layers, rate, horizon);
        loss
    }

    /// The loss, and its slopes by every layer.
    pub fn slopes(&mut self, asked: &Asked, targets: &[Target]) -> (f32, &[Layer]) {
        let pass = self.network.pass(asked, &mut self.panel);
        let (loss, slopes) = descend(&pass.logits, targets, self.network.shape.answers);
        self.network.backward(asked, &pass, &slopes, &mut self.descent.gradient, &mut self.panel);
        (loss, &self.descent.gradient)
    }
}
