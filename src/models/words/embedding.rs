//! Word vectors without labels: positive pointwise mutual information of words that stand near each other (Levy and
//! Goldberg 2014), and its largest singular directions.

use super::{
    Vocabulary,
    svd::{self, Sparse},
};
use crate::lab::experiment::{Breath, Failure};
use std::collections::BTreeMap;

/// Words this far apart, at most, count as near.
const WINDOW: usize = 4;
/// Contexts count by their frequency to this power, so that rare ones do not count too much.
const SMOOTHING: f32 = 0.75;

/// A vector for every word of a vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    vectors: Vec<f32>,
    dimensions: usize,
}

impl Embedding {
    /// Learns vectors of `dimensions` numbers from texts, each given as its places in the vocabulary.
    ///
    /// # Errors
    /// Where the run is cancelled.
    pub async fn learn(
        vocabulary: &Vocabulary,
        texts: &[Vec<u32>],
        dimensions: usize,
        seed: u64,
        breath: &Breath,
    ) -> Result<Self, Failure> {
        let mut near = vec![BTreeMap::<u32, f32>::new(); vocabulary.len()];
        for text in texts {
            for (at, word) in text.iter().enumerate() {
                for other in &text[(at + 1).min(text.len())..(at + 1 + WINDOW).min(text.len())] {
                    *near[*word as usize].entry(*other).or_default() += 1.0;
                    *near[*other as usize].entry(*word).or_default() += 1.0;
                }
            }
            breath.take().await?;
        }
        let information = information(&near);
        let (directions, strengths) = svd::largest(&information, dimensions, seed, breath).await?;
        let found = strengths.len();
        let mut vectors = vec![0.0; vocabulary.len() * dimensions];
        for word in 0..vocabulary.len() {
            for (i, strength) in strengths.iter().enumerate() {
                vectors[word * dimensions + i] = directions[word * found + i] * strength.max(0.0).sqrt();
            }
        }
        Ok(Self { vectors, dimensions })
    }

    /// The sum of a text's word vectors, each times the word's idf, brought to length 1; zero for a text without a
    /// known word. The first `dimensions` numbers of the vectors count.
    pub fn text(&self, vocabulary: &Vocabulary, places: &[u32], dimensions: usize) -> Vec<f32> {
        let mut sum = vec![0.0; dimensions.min(self.dimensions)];
        for place in places {
            let vector = &self.vectors[*place as usize * self.dimensions..][..self.dimensions];
            crate::models::rows::add_scaled(&mut sum, vector, vocabulary.idf(*place));
        }
        let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
        if length > 0.0 {
            for value in &mut sum {
                *value /= length;
            }
        }
        sum
    }
}

/// max(0, ln p(word, context) / (p(word) · p(context))), with the contexts' frequencies smoothed.
fn information(near: &[BTreeMap<u32, f32>]) -> Sparse {
    let sums: Vec<f32> = near.iter().map(|row| row.values().sum()).collect();
    let smooth: Vec<f32> = sums.iter().map(|sum| libm::powf(*sum, SMOOTHING)).collect();
    let (all, all_smooth) = (sums.iter().sum::<f32>().max(1.0), smooth.iter().sum::<f32>().max(1.0));
    let row = |(row, sum): (&BTreeMap<u32, f32>, &f32)| {
        let entry = |(context, count): (&u32, &f32)| {
            let (word, context_share) = (sum / all, smooth[*context as usize] / all_smooth);
            let value = libm::logf(count / all / (word * context_share));
            (value > 0.0).then_some((*context, value))
        };
        row.iter().filter_map(entry).collect()
    };
    Sparse::new(near.iter().zip(&sums).map(row).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::models::words::tokens;

    /// Half of the texts are of fruit, half of tools.
    fn texts() -> Vec<Vec<String>> {
        let text = |i: usize| {
            let kinds = [["pear", "plum", "apple", "sweet"], ["saw", "drill", "hammer", "loud"]];
            let words = kinds[i % 2];
            tokens(&format!("the {} and the {} is {}", words[i / 2 % 3], words[i / 6 % 3], words[3]))
        };
        (0..400).map(text).collect()
    }

    #[test]
    fn words_of_a_kind_are_near_each_other() {
        let texts = texts();
        let words = Vocabulary::of(&texts);
        let places: Vec<Vec<u32>> = texts.iter().map(|text| words.places(text)).collect();
        let learn = || pollster::block_on(Embedding::learn(&words, &places, 4, 1, &Breath::endless())).unwrap();
        let embedding = learn();
        let vector = |word: &str| embedding.text(&words, &words.places(&tokens(word)), 4);
        let near = |a, b| vector(a).iter().zip(vector(b)).map(|(a, b)| a * b).sum::<f32>();
        assert!(near("pear", "plum") > 0.9 && near("saw", "hammer") > 0.9);
        assert!(near("pear", "hammer") < 0.5, "{}", near("pear", "hammer"));
        assert_eq!(embedding, learn(), "it replays to the bit");
        assert_eq!(vector("moon"), [0.0; 4]);
    }
}
