//! Which sentences stand for all: each is a vector of its words' TF-IDF weights, and the central ones, which are like
//! many others, are taken (`LexRank`: Erkan and Radev 2004), without saying the same twice (maximal marginal relevance:
//! Carbonell and Goldstein 1998), until a budget of words is used up.

use super::sentences::words;
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation as _;

/// How much of a sentence's rank comes from sentences that are like it; the rest is the same for all.
const DAMPING: f32 = 0.85;
/// After so many rounds ranks have settled to three digits.
const ROUNDS: usize = 25;
/// How much being like what has been taken counts against being central.
const REPETITION: f32 = 0.4;

/// In how many sentences of a book each word occurs.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    known: BTreeMap<String, (u32, u32)>,
    sentences: u32,
}

/// Words by number with their weights, in the order of the numbers; of length 1, or empty.
pub type Vector = Vec<(u32, f32)>;

impl Frequencies {
    /// Counts one more sentence.
    pub fn count(&mut self, sentence: &str) {
        self.sentences += 1;
        let mut own: Vec<String> = terms(sentence).collect();
        own.sort_unstable();
        own.dedup();
        for term in own {
            let next = self.known.len() as u32;
            self.known.entry(term).or_insert((next, 0)).1 += 1;
        }
    }

    /// A sentence as a vector. Words that were never counted, such as those of a reader's own summary, are the rarest.
    pub fn vector(&self, sentence: &str) -> Vector {
        let mut counts: BTreeMap<u32, (f32, f32)> = BTreeMap::new();
        for term in terms(sentence) {
            let Some((number, sentences)) = self.known.get(&term) else { continue };
            // A word of every sentence weighs next to nothing, so that “the” makes no two sentences alike.
            let idf = libm::logf((self.sentences + 1) as f32 / (*sentences as f32 + 0.5));
            counts.entry(*number).or_insert((0.0, idf)).0 += 1.0;
        }
        let weighted: Vector = counts.into_iter().map(|(number, (count, idf))| (number, count.sqrt() * idf)).collect();
        let length = weighted.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        weighted.into_iter().map(|(number, weight)| (number, weight / length)).collect()
    }
}

/// The words that are compared: small letters, without their last “s”, and no word of one letter unless its script has
/// such.
fn terms(sentence: &str) -> impl Iterator<Item = String> + '_ {
    let term = |word: &str| {
        let small = word.to_lowercase();
        if small.is_ascii() && small.len() < 2 {
            return None;
        }
        let stem = small.strip_suffix("’s").or(small.strip_suffix("'s")).or(small.strip_suffix('s')).unwrap_or(&small);
        Some(if stem.chars().count() < 3 { small } else { stem.to_owned() })
    };
    sentence.unicode_words().filter_map(term)
}

/// The cosine between two vectors of length 1.
pub fn likeness(a: &Vector, b: &Vector) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some((left, x)), Some((right, y))) = (a.get(i), b.get(j)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += x * y;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// How central each sentence is; together 1.
fn ranks(like: &[Vec<f32>]) -> Vec<f32> {
    let n = like.len();
    let outward: Vec<f32> = like.iter().map(|row| row.iter().sum::<f32>().max(f32::MIN_POSITIVE)).collect();
    let mut ranks = vec![1.0 / n as f32; n];
    for _ in 0..ROUNDS {
        let next = |to: usize| {
            let from: f32 = (0..n).map(|from| ranks[from] * like[from][to] / outward[from]).sum();
            (1.0 - DAMPING) / n as f32 + DAMPING * from
        };
        ranks = (0..n).map(next).collect();
    }
    ranks
}

/// The places of the sentences that stand for all, in order, with at most `budget` words, but at least one sentence.
pub fn summary(sentences: &[String], frequencies: &Frequencies, budget: usize) -> Vec<usize> {
    let vectors: Vec<Vector> = sentences.iter().map(|sentence| frequencies.vector(sentence)).collect();
    let like: Vec<Vec<f32>> = vectors.iter().map(|a| vectors.iter().map(|b| likeness(a, b)).collect()).collect();
    let ranks = ranks(&like);
    let most = ranks.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    let (mut taken, mut left) = (Vec::new(), budget);
    let mut open: Vec<usize> = (0..sentences.len()).collect();
    loop {
        let worth = |at: usize| {
            let same = taken.iter().map(|other: &usize| like[at][*other]).fold(0.0, f32::max);
            (1.0 - REPETITION) * ranks[at] / most - REPETITION * same
        };
        let fits = |at: &&usize| taken.is_empty() || words(&sentences[**at]) <= left;
        // The first of equals, so that the same text always has the same summary.
        let best = open.iter().filter(fits).copied().fold(None, |best: Option<(usize, f32)>, at| {
            let worth = worth(at);
            if best.is_none_or(|(_, most)| worth > most) { Some((at, worth)) } else { best }
        });
        let Some((best, _)) = best else { break };
        left = left.saturating_sub(words(&sentences[best]));
        taken.push(best);
        open.retain(|at| *at != best);
    }
    taken.sort_unstable();
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn counted(sentences: &[String]) -> Frequencies {
        let mut frequencies = Frequencies::default();
        for sentence in sentences {
            frequencies.count(sentence);
        }
        frequencies
    }

    #[test]
    fn the_central_sentence_is_taken() {
        let texts = owned(&[
            "The keeper lit the lamp of the tower.",
            "Bread was dear that year.",
            "The lamp of the tower showed ships the rocks.",
            "The keeper of the tower feared the rocks and the ships.",
        ]);
        let chosen = summary(&texts, &counted(&texts), 11);
        assert_ne!(chosen, [1]);
        assert_eq!(chosen.len(), 1);
    }

    #[test]
    fn the_same_is_not_said_twice() {
        let texts = owned(&["The cat sat on the mat.", "The cat sat on the mat.", "A dog ran after the cat."]);
        assert_eq!(summary(&texts, &counted(&texts), 12), [0, 2]);
    }

    #[test]
    fn one_sentence_is_taken_though_it_is_too_long_and_none_from_nothing() {
        let texts = owned(&["one two three four five six"]);
        assert_eq!(summary(&texts, &counted(&texts), 2), [0]);
        assert_eq!(summary(&[], &Frequencies::default(), 10), Vec::<usize>::new());
    }

    #[test]
    fn texts_without_common_words_or_with_unknown_ones_have_a_summary() {
        let texts = owned(&["今日は雨です。", "犬", "x"]);
        assert!(!summary(&texts, &counted(&texts), 20).is_empty());
        assert!(!summary(&texts, &Frequencies::default(), 20).is_empty());
    }

    proptest! {
        #[test]
        fn a_summary_keeps_its_budget_and_the_order(texts in prop::collection::vec("[a-d ]{1,30}x", 1..20), budget in 1_usize..60) {
            let chosen = summary(&texts, &counted(&texts), budget);
            let length: usize = chosen.iter().map(|at| words(&texts[*at])).sum();
            prop_assert!(length <= budget || chosen.len() == 1);
            prop_assert!(chosen.is_sorted_by(|a, b| a < b));
        }
    }
}
