//! Words as numbers: a vocabulary, the presence of frequent words, and an embedding from which words are near.

mod embedding;
mod svd;

pub use embedding::Embedding;

use std::collections::BTreeMap;

/// Lower-case words, digits and signs of a text, in order.
pub fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut word = String::new();
    for sign in text.chars() {
        if sign.is_alphanumeric() || sign == '\'' || sign == '’' {
            word.extend(sign.to_lowercase());
        } else {
            if !word.is_empty() {
                tokens.push(std::mem::take(&mut word));
            }
            if !sign.is_whitespace() {
                tokens.push(sign.to_string());
            }
        }
    }
    if !word.is_empty() {
        tokens.push(word);
    }
    tokens
}

/// The words of a collection of texts, most frequent first (equally frequent ones by the alphabet).
#[derive(Debug, Clone, PartialEq)]
pub struct Vocabulary {
    places: BTreeMap<String, u32>,
    /// In how many texts each word stands.
    texts_with: Vec<u32>,
    texts: usize,
}

/// Rarer words are not in a vocabulary.
const LEAST_COUNT: u32 = 3;
/// Nor are words beyond this many.
const MOST_WORDS: usize = 12_000;

impl Vocabulary {
    /// The words of these texts, each given as its tokens.
    pub fn of(texts: &[Vec<String>]) -> Self {
        let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for text in texts {
            for word in text {
                counts.entry(word).or_default().0 += 1;
            }
            let mut once: Vec<&str> = text.iter().map(String::as_str).collect();
            once.sort_unstable();
            once.dedup();
            for word in once {
                counts.entry(word).or_default().1 += 1;
            }
        }
        let mut words: Vec<(&str, (u32, u32))> = counts.into_iter().filter(|(_, (n, _))| *n >= LEAST_COUNT).collect();
        words.sort_by(|(a, (n, _)), (b, (m, _))| m.cmp(n).then_with(|| a.cmp(b)));
        words.truncate(MOST_WORDS);
        Self {
            places: words.iter().enumerate().map(|(place, (word, _))| ((*word).to_owned(), place as u32)).collect(),
            texts_with: words.iter().map(|(_, (_, texts))| *texts).collect(),
            texts: texts.len(),
        }
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.texts_with.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.texts_with.is_empty()
    }

    /// The place of a word.
    pub fn place(&self, word: &str) -> Option<u32> {
        self.places.get(word).copied()
    }

    /// The places of a text's words; words that are not in it are left out.
    pub fn places(&self, text: &[String]) -> Vec<u32> {
        text.iter().filter_map(|word| self.place(word)).collect()
    }

    /// Whether each of the `k` most frequent words stands in a text: 1 or 0.
    pub fn presence(&self, places: &[u32], k: usize) -> Vec<f32> {
        let mut present = vec![0.0; k];
        for place in places {
            if let Some(present) = present.get_mut(*place as usize) {
                *present = 1.0;
            }
        }
        present
    }

    /// ln(texts / texts with the word), in nats.
    pub fn idf(&self, place: u32) -> f32 {
        let with = self.texts_with.get(place as usize).copied().unwrap_or(1).max(1);
        libm::logf(self.texts as f32 / with as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_words_and_signs() {
        assert_eq!(tokens("It’s late, Anna: 3 o'clock!"), ["it’s", "late", ",", "anna", ":", "3", "o'clock", "!"]);
        assert!(tokens(" \n").is_empty());
    }

    #[test]
    fn frequent_words_come_first_and_rare_ones_not_at_all() {
        let texts: Vec<Vec<String>> = ["the cat", "the dog the", "a cat the", "cat a a"].map(tokens).to_vec();
        let words = Vocabulary::of(&texts);
        let places = |text| words.places(&tokens(text));
        assert_eq!((places("the"), places("a"), places("cat"), places("dog")), (vec![0], vec![1], vec![2], vec![]));
        assert_eq!(words.presence(&places("cat the cat"), 2), [1.0, 0.0]);
        assert!((words.idf(0) - (4.0_f32 / 3.0).ln()).abs() < 1e-6);
    }
}
