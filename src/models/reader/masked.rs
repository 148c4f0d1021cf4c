//! Pretraining a reader without labels: guessing words that are hidden (after Devlin and others 2019). A word in six is
//! hidden; the guess is the word whose embedding is nearest to what the reader makes of the gap.
//!
//! Adam, 100 steps of warm-up to 3e-3, then a cosine to 0; 64 texts a step.

use super::{BLOCKS, HEADS, IN_BLOCK, LONGEST, Reader, unlabelled};
use crate::{
    lab::experiment::Failure,
    models::{
        adam::Adam,
        judge::Judge,
        losses::largest,
        mlp::Layer,
        on_device::{attended, normalised},
        training::{broken, gradients_of},
    },
    seed::{self, Rng},
};
use burn::tensor::{Device, Int, Tensor, TensorData, loss::cross_entropy_with_logits};
use rand::Rng as _;
use std::f32::consts::PI;

const BATCH: usize = 64;
const RATE: f32 = 3e-3;
const WARM_UP: u32 = 100;
/// One word in so many is hidden.
const HIDDEN_ONE_IN: u32 = 6;
/// Texts to learn from; those after are held out.
const TEXTS: u64 = 44_000;

/// Trains a reader; `progress` hears each step's loss.
///
/// # Errors
/// None in practice; a sentence, should the computation fail.
pub async fn train(run: u64, steps: u32, mut progress: impl FnMut(u32, f32)) -> Result<Reader, Failure> {
    let device = Device::flex().autodiff();
    let mut reader = Reader::initial(run);
    let mut adam = Adam::new(reader.layers.iter().map(|layer| Layer::zeros(layer.inputs, layer.outputs)).collect());
    for step in 0..steps {
        let mut rng = seed::rng(run, "masked batch", step.into());
        let batch = Batch::draw(&reader, BATCH, &mut rng, |rng| rng.random_range(0..TEXTS));
        let network = Judge::upload(&reader.layers, &device);
        let loss = cross_entropy_with_logits(guesses(&network, &batch, &device), batch.truths(&network, &device));
        let slopes = loss.backward();
        let rate = if step < WARM_UP {
            RATE * (step + 1) as f32 / WARM_UP as f32
        } else {
            RATE * 0.5 * (1.0 + libm::cosf(PI * (step - WARM_UP) as f32 / (steps - WARM_UP) as f32))
        };
        adam.step(&mut reader.layers, &gradients_of(&network, &slopes).await?, rate);
        progress(step + 1, loss.into_scalar_async::<f32>().await.map_err(|why| broken(&why))?);
    }
    Ok(reader)
}

/// Right guesses of hidden words of some held-out texts, and how many were hidden.
pub fn ask(reader: &Reader, texts: u64) -> (u32, u32) {
    let (mut right, mut of) = (0, 0);
    let mut rng = seed::rng(0, "held-out words", 0);
    for text in 0..texts {
        let batch = Batch::draw(reader, 1, &mut rng, |_| TEXTS + text);
        let states = reader.states(&batch.shown[0], BLOCKS);
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
struct Batch {
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
        self.shown.iter().map(Vec::len).max().unwrap_or(1).min(LONGEST)
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
        let ends = self.shown.iter().flat_map(|text| (0..longest).map(|at| if at < text.len() { 0.0 } else { -1e4 }));
        Tensor::from_data(TensorData::new(ends.collect::<Vec<f32>>(), [self.shown.len(), 1, 1, longest]), device)
    }

    /// Where the hidden words stand in [texts · longest].
    fn gaps(&self, device: &Device) -> Tensor<1, Int> {
        let longest = self.longest();
        let gaps = self.hidden.iter().enumerate();
        let gaps: Vec<i32> =
            gaps.flat_map(|(text, gaps)| gaps.iter().map(move |(at, _)| (text * longest + at) as i32)).collect();
        let length = gaps.len();
        Tensor::from_data(TensorData::new(gaps, [length]), device)
    }

    /// [hidden, words]: 1 at the hidden word.
    fn truths(&self, network: &Judge, device: &Device) -> Tensor<2> {
        let words = network.layers[0].weight.dims()[0];
        let hidden: Vec<usize> = self.hidden.iter().flatten().map(|(_, word)| *word).collect();
        let mut truths = vec![0.0; hidden.len() * words];
        for (row, word) in truths.chunks_exact_mut(words).zip(&hidden) {
            row[*word] = 1.0;
        }
        Tensor::from_data(TensorData::new(truths, [hidden.len(), words]), device)
    }
}

/// [hidden, words]: how near every word is to what the reader makes of the gaps.
fn guesses(network: &Judge, batch: &Batch, device: &Device) -> Tensor<2> {
    let words = states(network, batch, device).select(0, batch.gaps(device));
    words.matmul(network.layers[0].weight.clone().transpose())
}

/// [texts · longest, width], as [`Reader::states`] has it.
fn states(network: &Judge, batch: &Batch, device: &Device) -> Tensor<2> {
    let (texts, longest) = (batch.shown.len(), batch.longest());
    let (embedding, positions) = (network.layers[0].weight.clone(), network.layers[1].weight.clone());
    let gap = embedding.dims()[0] - 1;
    let at = Tensor::<1, Int>::arange(0..longest as i64, device).repeat_dim(0, texts);
    let words = embedding.select(0, batch.places(gap, device)) + positions.select(0, at);
    let ends = batch.ends(device);
    let blocks = network.layers[2..].chunks_exact(IN_BLOCK);
    normalised(blocks.fold(words, |words, block| attended(block, words, None, texts, HEADS, Some(&ends))))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{super::WIDTH, *};

    #[test]
    fn burn_and_the_plain_reader_agree() {
        let (reader, device) = (Reader::initial(3), Device::flex());
        let batch = Batch::draw(&reader, 4, &mut seed::rng(1, "a test", 0), |rng| rng.random_range(0..TEXTS));
        let network = Judge::upload(&reader.layers, &device);
        let burn = states(&network, &batch, &device).into_data().try_to_vec::<f32>().unwrap();
        for (text, burn) in batch.shown.iter().zip(burn.chunks_exact(batch.longest() * WIDTH)) {
            let plain = reader.states(text, BLOCKS).concat();
            for (plain, burn) in plain.iter().zip(burn) {
                assert!((plain - burn).abs() < 1e-3, "{plain} and {burn}");
            }
        }
    }

    #[test]
    fn a_few_steps_guess_better() {
        let mut losses = Vec::new();
        let reader = pollster::block_on(train(1, 40, |_, loss| losses.push(loss))).unwrap();
        assert!(losses[30..].iter().all(|loss| *loss < losses[0] - 0.8), "{losses:?}");
        let (right, of) = ask(&reader, 5);
        assert!(of >= 5 && right <= of);
    }
}
