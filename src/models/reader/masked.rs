//! Pretraining a reader without labels: guessing words that are hidden (after Devlin and others 2019). A word in six is
//! hidden; the guess is the word whose embedding is nearest to what the reader makes of the gap.
//!
//! Adam, 100 steps of warm-up to 3e-3, then a cosine to 0; 64 texts a step.

use super::{IN_BLOCK, LONGEST, Reader, Size, unlabelled};
use crate::{
    lab::experiment::{Breath, Failure},
    models::{
        device::numbers,
        judge::Linear,
        losses::largest,
        on_device::{self, Descent, Weights, attended, normalised},
    },
    seed::{self, Rng},
};
use burn::tensor::{Device, Int, Tensor, TensorData, activation::log_softmax};
use rand::Rng as _;
use std::f32::consts::PI;

const BATCH: usize = 64;
const RATE: f32 = 3e-3;
const WARM_UP: u32 = 100;
/// Adam as Kingma and Ba 2015 have it.
const DESCENT: Descent = Descent { beta_2: 0.999, clip: None };
/// Lengths and numbers of gaps are filled up to whole multiples: a GPU prepares itself for each that it has not met.
const LENGTHS: usize = 8;
const GAPS: usize = 64;
/// One word in so many is hidden.
const HIDDEN_ONE_IN: u32 = 6;
/// Texts to learn from; those after are held out.
const TEXTS: u64 = 44_000;

/// Pretrains a reader where Burn computes; `progress` hears each step's loss.
///
/// # Errors
/// Where the run is cancelled, or the device fails.
pub async fn train(
    run: u64,
    size: Size,
    steps: u32,
    device: &Device,
    breath: &Breath,
    mut progress: impl FnMut(u32, f32),
) -> Result<Reader, Failure> {
    let mut learner = Learner::new(Reader::initial(run, size), device);
    for step in 0..steps {
        progress(step + 1, learner.advance(run, step, steps).await?);
        breath.take().await?;
    }
    learner.read_back().await
}

/// Adam's step size.
fn rate(step: u32, steps: u32) -> f32 {
    let warm_up = WARM_UP.min(steps / 5);
    if step < warm_up {
        return RATE * (step + 1) as f32 / warm_up as f32;
    }
    RATE * 0.5 * (1.0 + libm::cosf(PI * (step - warm_up) as f32 / (steps - warm_up) as f32))
}

/// A reader in training on a device.
pub struct Learner {
    reader: Reader,
    /// Inputs and outputs of each layer.
    layers: Vec<(usize, usize)>,
    weights: Weights,
}

impl Learner {
    /// Before the first step.
    pub fn new(reader: Reader, device: &Device) -> Self {
        let weights = Weights::upload(&on_device::parts_of(&reader.layers), DESCENT, device);
        let layers = reader.layers.iter().map(|layer| (layer.inputs, layer.outputs)).collect();
        Self { reader, layers, weights }
    }

    /// Texts of the usual number, or a few.
    #[cfg(feature = "gpu")]
    pub fn batch(&self, texts: Option<usize>) -> Batch {
        Batch::draw(&self.reader, texts.unwrap_or(BATCH), &mut seed::rng(1, "a trial", 0), |rng| {
            rng.random_range(0..TEXTS)
        })
    }

    /// One step of a pretraining of so many, on a batch of its own; the loss before it, in nats.
    ///
    /// # Errors
    /// Where the device fails.
    pub async fn advance(&mut self, run: u64, step: u32, steps: u32) -> Result<f32, Failure> {
        let mut rng = seed::rng(run, "masked batch", step.into());
        let batch = Batch::draw(&self.reader, BATCH, &mut rng, |rng| rng.random_range(0..TEXTS));
        self.step(&batch, rate(step, steps)).await
    }

    /// How many weights and biases there are up to a block.
    pub fn parameters(&self, blocks: usize) -> usize {
        self.reader.parameters(blocks)
    }

    /// What is made of some texts after so many blocks, as [`Reader::features`] has it.
    ///
    /// # Errors
    /// Where the device fails.
    pub async fn features(&self, texts: &[&str], blocks: usize) -> Result<Vec<Vec<f32>>, Failure> {
        let shown = texts.iter().map(|text| self.reader.places(text)).collect();
        let (batch, device) = (Batch { shown, hidden: Vec::new() }, self.weights.device());
        let layers = on_device::layered(self.weights.parts(&self.weights.values()), &self.layers);
        let Size { width, heads, .. } = self.reader.size;
        let words = states(&layers[..2 + blocks * IN_BLOCK], heads, &batch, &device);
        let words = words.reshape([texts.len(), batch.longest(), width]);
        // What is behind a text's end counts for nothing in the mean, and is never the largest.
        let [there, far] = batch.inside(&device);
        let mean = (words.clone() * there.clone()).sum_dim(1) / there.sum_dim(1);
        let most = (words + far).max_dim(1);
        let features = numbers(Tensor::cat(vec![mean, most], 2)).await?;
        Ok(features.chunks_exact(2 * width).map(<[f32]>::to_vec).collect())
    }

    /// One step; the loss before it.
    ///
    /// # Errors
    /// Where the device fails.
    pub async fn step(&mut self, batch: &Batch, rate: f32) -> Result<f32, Failure> {
        let (loss, slopes) = self.slopes(batch);
        self.weights.learn(slopes, rate);
        // Waiting for the loss keeps the device from falling behind what it is asked to do.
        Ok(numbers(loss).await?.first().copied().unwrap_or(f32::NAN))
    }

    /// The loss, and its slopes by every number, in one row.
    pub fn slopes(&self, batch: &Batch) -> (Tensor<1>, Tensor<1>) {
        let (device, parts) = (self.weights.device(), self.weights.learning());
        let network = on_device::layered(parts.clone(), &self.layers);
        let guesses = log_softmax(guesses(&network, self.reader.size.heads, batch, &device), 1);
        let loss = (guesses * batch.wanted(self.layers[0].0, &device)).sum().neg();
        let slopes = on_device::slopes(&parts, &loss.backward());
        (loss.inner(), slopes)
    }

    async fn read_back(mut self) -> Result<Reader, Failure> {
        on_device::read_back(self.weights.values(), &mut self.reader.layers).await?;
        Ok(self.reader)
    }
}

/// Right guesses of hidden words of some held-out texts, and how many were hidden.
pub fn ask(reader: &Reader, texts: u64) -> (u32, u32) {
    let (mut right, mut of) = (0, 0);
    let mut rng = seed::rng(0, "held-out words", 0);
    for text in 0..texts {
        let batch = Batch::draw(reader, 1, &mut rng, |_| TEXTS + text);
        let states = reader.states(&batch.shown[0], reader.size.blocks);
        for (at, truth) in &batch.hidden[0] {
            let near =
                |word: usize| states[*at].iter().zip(reader.layers[0].row(word)).map(|(a, b)| a * b).sum::<f32>();
            let guess = largest(&(0..reader.vocabulary.len()).map(near).collect::<Vec<_>>());
            right += u32::from(guess == *truth);
            of += 1;
        }
    }
    (right, of)
}

/// Texts with hidden words.
pub struct Batch {
    /// The words' places, as they are shown.
    shown: Vec<Vec<usize>>,
    /// Where a word is hidden, and which.
    hidden: Vec<Vec<(usize, usize)>>,
}

impl Batch {
    fn draw(reader: &Reader, texts: usize, rng: &mut Rng, mut which: impl FnMut(&mut Rng) -> u64) -> Self {
        let mut batch = Self { shown: Vec::new(), hidden: Vec::new() };
        let gap = reader.vocabulary.len();
        for _ in 0..texts {
            let index = which(rng);
            let mut shown = reader.places(&unlabelled(index));
            let first = rng.random_range(0..shown.len() as u32) as usize;
            let mut hidden = Vec::new();
            for (at, place) in shown.iter_mut().enumerate() {
                // At least one of every text.
                if *place != gap && (at == first || rng.random_range(0..HIDDEN_ONE_IN) == 0) {
                    hidden.push((at, *place));
                    *place = gap;
                }
            }
            batch.shown.push(shown);
            batch.hidden.push(hidden);
        }
        batch
    }

    fn longest(&self) -> usize {
        self.shown.iter().map(Vec::len).max().unwrap_or(1).next_multiple_of(LENGTHS).min(LONGEST)
    }

    /// [texts · longest]: every word's place; what is behind a text's end has the gap's.
    fn places(&self, gap: usize, device: &Device) -> Tensor<1, Int> {
        let longest = self.longest();
        let padded =
            self.shown.iter().flat_map(|text| (0..longest).map(move |at| text.get(at).copied().unwrap_or(gap) as i32));
        let places: Vec<i32> = padded.collect();
        let length = places.len();
        Tensor::from_data(TensorData::new(places, [length]), device)
    }

    /// [texts, 1, 1, longest]: what is behind a text's end is not looked at.
    fn ends(&self, device: &Device) -> Tensor<4> {
        let longest = self.longest();
        let [_, far] = self.inside(device);
        far.reshape([self.shown.len(), 1, 1, longest])
    }

    /// [texts, longest, 1], twice: 1 at a text's words and 0 behind its end; 0 and far below.
    fn inside(&self, device: &Device) -> [Tensor<3>; 2] {
        let longest = self.longest();
        [[1.0, 0.0], [0.0, -1e4]].map(|[inside, behind]| {
            let at = |text: &Vec<usize>| {
                (0..longest).map(|at| if at < text.len() { inside } else { behind }).collect::<Vec<f32>>()
            };
            let all: Vec<f32> = self.shown.iter().flat_map(at).collect();
            Tensor::from_data(TensorData::new(all, [self.shown.len(), longest, 1]), device)
        })
    }

    /// Where the hidden words stand in [texts · longest], filled up with the first word.
    fn gaps(&self, device: &Device) -> Tensor<1, Int> {
        let longest = self.longest();
        let gaps = self.hidden.iter().enumerate();
        let mut gaps: Vec<i32> =
            gaps.flat_map(|(text, gaps)| gaps.iter().map(move |(at, _)| (text * longest + at) as i32)).collect();
        let length = gaps.len().next_multiple_of(GAPS);
        gaps.resize(length, 0);
        Tensor::from_data(TensorData::new(gaps, [length]), device)
    }

    /// [gaps, words]: how much the hidden word of each counts.
    fn wanted(&self, words: usize, device: &Device) -> Tensor<2> {
        let hidden: Vec<usize> = self.hidden.iter().flatten().map(|(_, word)| *word).collect();
        let rows = hidden.len().next_multiple_of(GAPS);
        let mut wanted = vec![0.0; rows * words];
        for (row, word) in wanted.chunks_exact_mut(words).zip(&hidden) {
            row[*word] = 1.0 / hidden.len() as f32;
        }
        Tensor::from_data(TensorData::new(wanted, [rows, words]), device)
    }
}

/// [gaps, words]: how near every word is to what the reader makes of the gaps.
fn guesses(layers: &[Linear], heads: usize, batch: &Batch, device: &Device) -> Tensor<2> {
    let words = states(layers, heads, batch, device).select(0, batch.gaps(device));
    words.matmul(layers[0].weight.clone().transpose())
}

/// [texts · longest, width], as [`Reader::states`] has it.
fn states(layers: &[Linear], heads: usize, batch: &Batch, device: &Device) -> Tensor<2> {
    let (texts, longest) = (batch.shown.len(), batch.longest());
    let (embedding, positions) = (layers[0].weight.clone(), layers[1].weight.clone());
    let gap = embedding.dims()[0] - 1;
    let at = Tensor::<1, Int>::arange(0..longest as i64, device).repeat_dim(0, texts);
    let words = embedding.select(0, batch.places(gap, device)) + positions.select(0, at);
    let ends = batch.ends(device);
    let blocks = layers[2..].chunks_exact(IN_BLOCK);
    normalised(blocks.fold(words, |words, block| attended(block, words, None, texts, heads, Some(&ends))))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{super::SMALL, *};
    use crate::models::judge::Judge;

    #[test]
    fn burn_and_the_plain_reader_agree() {
        let (reader, device) = (Reader::initial(3, SMALL), Device::flex());
        let batch = Batch::draw(&reader, 4, &mut seed::rng(1, "a test", 0), |rng| rng.random_range(0..TEXTS));
        let network = Judge::upload(&reader.layers, &device);
        let burn = states(&network.layers, SMALL.heads, &batch, &device).into_data().try_to_vec::<f32>().unwrap();
        for (text, burn) in batch.shown.iter().zip(burn.chunks_exact(batch.longest() * SMALL.width)) {
            let plain = reader.states(text, SMALL.blocks).concat();
            for (plain, burn) in plain.iter().zip(burn) {
                assert!((plain - burn).abs() < 1e-3, "{plain} and {burn}");
            }
        }
    }

    #[test]
    fn many_texts_have_the_features_that_each_has_by_itself() {
        let reader = Reader::initial(3, SMALL);
        let texts = ["Anna helped Ben in the harbour.", "", "Nobody knew why the baker had sold the old boat to her."];
        for blocks in 0..=SMALL.blocks {
            let learner = Learner::new(reader.clone(), &Device::flex());
            let found = pollster::block_on(learner.features(&texts, blocks)).unwrap();
            for (text, found) in texts.iter().zip(&found) {
                let own = reader.features(text, blocks);
                assert_eq!(found.len(), own.len());
                assert!(found.iter().zip(&own).all(|(found, own)| (found - own).abs() < 1e-3), "{text}");
            }
        }
    }

    #[test]
    fn a_few_steps_guess_better() {
        let mut losses = Vec::new();
        let (device, breath) = (Device::flex(), Breath::endless());
        let training = train(1, SMALL, 40, &device, &breath, |_, loss| losses.push(loss));
        let reader = pollster::block_on(training).unwrap();
        assert!(losses[30..].iter().all(|loss| *loss < losses[0] - 0.8), "{losses:?}");
        let (right, of) = ask(&reader, 5);
        assert!(of >= 5 && right <= of);
    }
}
