//! A small transformer that reads the built-in texts: word and place embeddings, then blocks of attention (Vaswani and
//! others 2017) over what is left and right alike, each normalised before it is read and without numbers of its own for
//! that. It is pretrained, without labels, to guess words that are hidden from it ([`masked`]), and then frozen.
//!
//! Burn trains it; it is evaluated here, in plain Rust that gives the same numbers on every machine.

#[cfg(feature = "large")]
pub mod masked;

use super::{
    losses::softmax,
    mlp::Layer,
    rectifier::{larger, rectify},
    rows::add_scaled,
    weights,
    words::{Vocabulary, tokens},
};
use crate::{seed, tasks::world};

/// How large a reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size {
    /// Numbers for each word.
    pub width: usize,
    /// Heads of attention in each block.
    pub heads: usize,
    /// Hidden numbers between a block's two other layers.
    pub hidden: usize,
    /// Blocks.
    pub blocks: usize,
}

/// The one that is shipped.
pub const SMALL: Size = Size { width: 32, heads: 4, hidden: 64, blocks: 2 };
/// One with more than ten times the weights, pretrained before the reader's eyes.
pub const LARGE: Size = Size { width: 112, heads: 7, hidden: 224, blocks: 4 };

/// Words of a text that are read; a built-in text is shorter.
const LONGEST: usize = 64;
/// Layers in a block: query, key, value, output, and two for each word by itself.
const IN_BLOCK: usize = 6;
/// Texts that the vocabulary is taken from.
const TEXTS: u64 = 8800;

/// See the module's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Reader {
    /// How large it is.
    pub size: Size,
    vocabulary: Vocabulary,
    /// Words (and one for a word that is not known or hidden), places, then the blocks.
    layers: Vec<Layer>,
}

/// A text without a label, about each question in turn; none of them is asked about.
pub fn unlabelled(index: u64) -> String {
    let questions = &world::QUESTIONS;
    let at = index as usize % questions.len();
    // Labelled texts have small numbers.
    world::text(&questions[at], (1 << 32) + index / questions.len() as u64).0
}

fn vocabulary() -> Vocabulary {
    let texts: Vec<Vec<String>> = (0..TEXTS).map(|index| tokens(&unlabelled(index))).collect();
    Vocabulary::of(&texts)
}

impl Reader {
    /// Before training.
    pub fn initial(run: u64, size: Size) -> Self {
        let vocabulary = vocabulary();
        let Size { width, hidden, blocks, .. } = size;
        let block = [(width, width), (width, width), (width, width), (width, width), (width, hidden), (hidden, width)];
        let shapes = [(vocabulary.len() + 1, width), (LONGEST, width)].into_iter().chain(block.repeat(blocks));
        let layer = |(i, (inputs, outputs)): (usize, (usize, usize))| {
            let mut layer = Layer::zeros(inputs, outputs);
            // Embeddings are rows of their own; what is added to a word starts small.
            let spread = if i < 2 { 0.5 } else { (0.5 / inputs as f32).sqrt() };
            let mut rng = seed::rng(run, "initial reader", i as u64);
            layer.weight.iter_mut().for_each(|weight| *weight = seed::normal(&mut rng, spread));
            layer
        };
        let layers = shapes.enumerate().map(layer).collect();
        Self { size, vocabulary, layers }
    }

    /// Reads the file of a small one.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn from_file(bytes: &[u8]) -> Result<Self, String> {
        let (layers, reader) = (weights::from_file(bytes)?, Self::initial(0, SMALL));
        if !weights::fit(&layers, &reader.layers) {
            return Err("The reader’s layers do not fit this build’s texts.".to_owned());
        }
        Ok(Self { layers, ..reader })
    }

    /// The file, with weights of 8 bits.
    ///
    /// # Errors
    /// A sentence, should the writer refuse.
    pub fn to_file(&self) -> Result<Vec<u8>, String> {
        weights::to_i8_file(&self.layers)
    }

    /// How many weights and biases there are up to a block (0: the embeddings alone).
    pub fn parameters(&self, blocks: usize) -> usize {
        let below = self.layers.iter().take(2 + IN_BLOCK * blocks);
        below.map(|layer| layer.weight.len() + layer.bias.len()).sum()
    }

    /// What is made of a text after so many blocks: the mean over its words of each of a word's numbers, then the
    /// largest of each.
    pub fn features(&self, text: &str, blocks: usize) -> Vec<f32> {
        let words = self.states(&self.places(text), blocks);
        let (mut mean, mut most) = (vec![0.0; self.size.width], vec![f32::NEG_INFINITY; self.size.width]);
        for word in &words {
            add_scaled(&mut mean, word, 1.0 / words.len() as f32);
            most.iter_mut().zip(word).for_each(|(most, value)| *most = larger(*most, *value));
        }
        mean.append(&mut most);
        mean
    }

    /// The places of a text's words in the vocabulary; one that is not known has the last.
    fn places(&self, text: &str) -> Vec<usize> {
        let unknown = self.vocabulary.len();
        let place = |word: &String| self.vocabulary.place(word).map_or(unknown, |place| place as usize);
        let places: Vec<usize> = tokens(text).iter().take(LONGEST).map(place).collect();
        if places.is_empty() { vec![unknown] } else { places }
    }

    /// What every word is after so many blocks, normalised.
    fn states(&self, places: &[usize], blocks: usize) -> Vec<Vec<f32>> {
        let embedded = |(at, place): (usize, &usize)| {
            let mut word = self.layers[0].row(*place).to_vec();
            add_scaled(&mut word, self.layers[1].row(at), 1.0);
            word
        };
        let mut words: Vec<Vec<f32>> = places.iter().enumerate().map(embedded).collect();
        for block in self.layers[2..].chunks_exact(IN_BLOCK).take(blocks) {
            attend(block, self.size, &mut words);
            for word in &mut words {
                let mut hidden = block[4].forward(&normalised(word));
                rectify(&mut hidden);
                add_scaled(word, &block[5].forward(&hidden), 1.0);
            }
        }
        words.iter().map(|word| normalised(word)).collect()
    }
}

/// A block's attention: every word takes in what it looks at.
fn attend(block: &[Layer], Size { width, heads, .. }: Size, words: &mut [Vec<f32>]) {
    let through = |layer: &Layer| words.iter().map(|word| layer.forward(&normalised(word))).collect::<Vec<_>>();
    let [queries, keys, values] = [0, 1, 2].map(|i| through(&block[i]));
    let size = width / heads;
    for (word, query) in words.iter_mut().zip(&queries) {
        let mut taken = vec![0.0; width];
        for head in (0..width).step_by(size) {
            let near = |key: &Vec<f32>| {
                let pairs = query[head..head + size].iter().zip(&key[head..head + size]);
                pairs.map(|(query, key)| query * key).sum::<f32>() / (size as f32).sqrt()
            };
            let shares = softmax(&keys.iter().map(near).collect::<Vec<_>>());
            for (share, value) in shares.iter().zip(&values) {
                add_scaled(&mut taken[head..head + size], &value[head..head + size], *share);
            }
        }
        add_scaled(word, &block[3].forward(&taken), 1.0);
    }
}

/// Numbers with mean 0 and variance 1.
fn normalised(word: &[f32]) -> Vec<f32> {
    let n = word.len() as f32;
    let mean = word.iter().sum::<f32>() / n;
    let variance = word.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / n;
    let scale = 1.0 / (variance + 1e-5).sqrt();
    word.iter().map(|value| (value - mean) * scale).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn order_matters_to_blocks_and_places_and_words_do_not_see_each_other_without() {
        let mut reader = Reader::initial(1, SMALL);
        let both = ["Anna helped Ben in the harbour.", "Ben helped Anna in the harbour."];
        assert_ne!(reader.features(both[0], 1), reader.features(both[1], 1));
        reader.layers[1].weight.fill(0.0);
        for blocks in [0, 2] {
            let [one, other] = both.map(|text| reader.features(text, blocks));
            for (one, other) in one.iter().zip(&other) {
                assert!((one - other).abs() < 1e-4, "without places a text is a bag of words");
            }
        }
    }

    #[test]
    fn a_reader_comes_back_from_its_file_and_reads_anything() {
        let reader = Reader::initial(2, SMALL);
        let back = Reader::from_file(&reader.to_file().unwrap()).unwrap();
        assert_eq!(back.vocabulary, reader.vocabulary);
        assert!(reader.parameters(0) < reader.parameters(1) && reader.vocabulary.len() > 300);
        assert!(Reader::initial(2, LARGE).parameters(4) > 10 * reader.parameters(2));
        for text in ["", "unheard-of words Ω", &"word ".repeat(500)] {
            assert!(back.features(text, SMALL.blocks).iter().all(|value| value.is_finite()));
        }
        assert!(
            Reader::from_file(&weights::to_i8_file(&reader.layers[..3]).unwrap()).unwrap_err().contains("do not fit")
        );
    }

    #[test]
    fn what_is_normalised_has_mean_0_and_variance_1() {
        let values = normalised(&[1.0, 2.0, 3.0, 6.0]);
        assert!(values.iter().sum::<f32>().abs() < 1e-5);
        assert!((values.iter().map(|value| value * value).sum::<f32>() / 4.0 - 1.0).abs() < 1e-4);
    }
}
