//! The same transformer where Burn computes, for a GPU: the numbers are near those of the plain one, and not the same
//! to the bit.

use super::{ASKING, Asked, HEADS, READING, Shape, Transformer, WIDTH, block::IN_BLOCK};
use crate::{
    lab::experiment::Failure,
    models::{
        descent,
        device::numbers,
        judge::Linear,
        on_device::{self, Weights, attended, normalised, row},
        table::{Marks, Target},
    },
};
use burn::tensor::{Device, Tensor, TensorData, activation::log_softmax};

/// Sets of facts that are asked about at once where nothing is learned.
const TOGETHER: usize = 64;

/// A transformer in training on a device, and its Polyak average.
pub struct Learner {
    shape: Shape,
    /// Inputs and outputs of each layer.
    layers: Vec<(usize, usize)>,
    weights: Weights,
    average: Tensor<1>,
}

impl Learner {
    /// Before the first step.
    pub fn new(network: &Transformer, device: &Device) -> Self {
        let weights = Weights::upload(&on_device::parts_of(&network.layers), descent::ON_DEVICE, device);
        let layers = network.layers.iter().map(|layer| (layer.inputs, layer.outputs)).collect();
        Self { shape: network.shape, layers, average: weights.values(), weights }
    }

    /// How many weights and biases there are.
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(|(inputs, outputs)| (inputs + 1) * outputs).sum()
    }

    /// The average's logits [questions, answers] of all that is asked.
    ///
    /// # Errors
    /// Where the device fails.
    pub async fn logits(&self, asked: &Asked) -> Result<Vec<f32>, Failure> {
        let contexts = asked.facts.len() / self.shape.tokens;
        let each = asked.questions.len() / contexts.max(1);
        let layers = on_device::layered(self.weights.parts(&self.average), &self.layers);
        let mut logits = Vec::with_capacity(asked.questions.len() * self.shape.answers);
        for from in (0..contexts).step_by(TOGETHER) {
            let some = from..(from + TOGETHER).min(contexts);
            logits.append(&mut numbers(self.forward(&layers, &asked.part(some, self.shape.tokens, each))).await?);
        }
        Ok(logits)
    }

    /// One step towards the targets (whose rows are the questions), and the average follows by 1/`horizon` of the way.
    /// Returns the weighted cross-entropy before the step, in nats.
    ///
    /// # Errors
    /// Where the device fails.
    pub async fn step(&mut self, asked: &Asked, targets: &[Target], rate: f32, horizon: f32) -> Result<f32, Failure> {
        let (loss, slopes) = self.slopes(asked, targets);
        self.weights.learn(slopes, rate);
        self.average = self.average.clone() + (self.weights.values() - self.average.clone()) / horizon.max(1.0);
        // Waiting for the loss keeps the device from falling behind what it is asked to do.
        Ok(numbers(loss).await?.first().copied().unwrap_or(f32::NAN))
    }

    /// The loss, and its slopes by every number, in one row.
    pub fn slopes(&self, asked: &Asked, targets: &[Target]) -> (Tensor<1>, Tensor<1>) {
        let parts = self.weights.learning();
        let logits = self.forward(&on_device::layered(parts.clone(), &self.layers), asked);
        let loss = (log_softmax(logits, 1) * self.wanted(targets, asked.questions.len())).sum().neg();
        let slopes = on_device::slopes(&parts, &loss.backward());
        (loss.inner(), slopes)
    }

    fn forward(&self, layers: &[Linear], asked: &Asked) -> Tensor<2> {
        let contexts = asked.facts.len() / self.shape.tokens;
        let block = |at: usize| &layers[2 + at * IN_BLOCK..][..IN_BLOCK];
        let facts = layers[0].through(self.on(&asked.facts, self.shape.facts));
        let facts = (0..READING).fold(facts, |facts, at| attended(block(at), facts, None, contexts, HEADS, None));
        let memory = normalised(facts);
        let questions = layers[1].through(self.on(&asked.questions, self.shape.questions));
        let questions = (READING..READING + ASKING)
            .fold(questions, |questions, at| attended(block(at), questions, Some(&memory), contexts, HEADS, None));
        debug_assert_eq!(questions.dims()[1], WIDTH);
        layers[layers.len() - 1].through(normalised(questions))
    }

    /// [rows, marks]: 1 where a mark is on.
    fn on(&self, marks: &Marks, width: usize) -> Tensor<2> {
        let mut on = vec![0.0; marks.len() * width];
        for (row, marks) in on.chunks_exact_mut(width).zip(marks.rows()) {
            for mark in marks {
                row[*mark as usize] += 1.0;
            }
        }
        let rows = marks.len();
        Tensor::from_data(TensorData::new(on, [rows, width]), &self.weights.device())
    }

    /// [questions, answers]: how much the right answer of each counts. Every question has all of the answers.
    fn wanted(&self, targets: &[Target], questions: usize) -> Tensor<2> {
        let answers = self.shape.answers;
        let mut wanted = vec![0.0; questions * answers];
        for target in targets {
            wanted[target.row as usize * answers + target.answer as usize] = target.weight;
        }
        row(wanted, &self.weights.device()).reshape([questions, answers])
    }
}
