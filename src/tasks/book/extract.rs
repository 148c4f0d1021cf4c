//! Which sentences stand for all, after `SumBasic` (Nenkova and Vanderwende 2005): a word weighs as much as it is common
//! among the sentences at hand and rare in the book, a name twice as much (Kupiec, Pedersen and Chen 1995 count
//! capitals too, and leave short sentences out). The sentence whose words weigh most for its length is taken; words that have been told weigh less from
//! then on, so that the same is not said twice; until a budget of words is used up.

use super::words::words;
use std::collections::{BTreeMap, BTreeSet};
use unicode_segmentation::UnicodeSegmentation as _;

/// How much more a name weighs than another word.
const NAME: f32 = 2.0;
/// Sentences of fewer words, such as “He was right.”, say nothing by themselves; they are taken where there is no other.
const SHORTEST: usize = 5;

/// How words are used in a book.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    known: BTreeMap<String, Usage>,
    sentences: u32,
}

/// How a word is used.
#[derive(Debug, Clone, Copy, Default)]
struct Usage {
    /// Sentences that hold it.
    sentences: u32,
    /// How often it stands elsewhere than at the beginning of one, and how often of these with a capital letter.
    inside: u32,
    capital: u32,
}

impl Frequencies {
    /// Counts one more sentence.
    pub fn count(&mut self, sentence: &str) {
        self.sentences += 1;
        let mut own = BTreeSet::new();
        for (at, word) in sentence.unicode_words().enumerate() {
            let Some(term) = term(word) else { continue };
            let usage = self.known.entry(term.clone()).or_default();
            usage.inside += u32::from(at > 0);
            usage.capital += u32::from(at > 0 && word.starts_with(char::is_uppercase));
            usage.sentences += u32::from(own.insert(term));
        }
    }

    /// How much a word says. One of every sentence says next to nothing; one that was never counted, such as those of a
    /// reader's own summary, is as rare as one that was counted once.
    fn weight(&self, term: &str) -> f32 {
        let usage = self.known.get(term).copied().unwrap_or_default();
        let rare = libm::logf((self.sentences + 1) as f32 / (usage.sentences.max(1) as f32 + 0.5)).max(0.0);
        if 2 * usage.capital > usage.inside { NAME * rare } else { rare }
    }
}

/// A word as it is compared: in small letters, without their last “s”, and no word of one letter unless its script has
/// such.
fn term(word: &str) -> Option<String> {
    let small = word.to_lowercase();
    if small.is_ascii() && small.len() < 2 {
        return None;
    }
    let stem = small.strip_suffix("’s").or(small.strip_suffix("'s")).or(small.strip_suffix('s')).unwrap_or(&small);
    Some(if stem.chars().count() < 3 { small } else { stem.to_owned() })
}

/// The words of some sentences by number, with what they weigh among them.
struct Terms {
    /// The words of each sentence, each once.
    of: Vec<BTreeSet<usize>>,
    /// What share of the sentences holds a word.
    share: Vec<f32>,
    weight: Vec<f32>,
    told: Vec<bool>,
}

impl Terms {
    fn of(sentences: &[String], frequencies: &Frequencies) -> Self {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut number = |term: String| {
            let next = numbers.len();
            *numbers.entry(term).or_insert(next)
        };
        let of: Vec<BTreeSet<usize>> = sentences
            .iter()
            .map(|sentence| sentence.unicode_words().filter_map(term).map(&mut number).collect())
            .collect();
        let (mut share, mut weight) = (vec![0.0; numbers.len()], vec![0.0; numbers.len()]);
        for term in of.iter().flatten() {
            share[*term] += 1.0 / sentences.len() as f32;
        }
        for (term, number) in &numbers {
            weight[*number] = frequencies.weight(term);
        }
        Self { of, told: vec![false; share.len()], share, weight }
    }

    /// What a sentence of so many words tells for its length: by the mean word the shortest would win, by the sum the
    /// longest.
    fn worth(&self, sentence: usize, words: usize) -> f32 {
        let sum: f32 = self.of[sentence].iter().map(|term| self.weight[*term] * self.share[*term]).sum();
        sum / (words.max(1) as f32).sqrt()
    }

    /// A word that has been told is worth telling again as far as two sentences would both hold it.
    fn tell(&mut self, sentence: usize) {
        for term in &self.of[sentence] {
            if !std::mem::replace(&mut self.told[*term], true) {
                self.share[*term] *= self.share[*term];
            }
        }
    }
}

/// The places of the sentences that stand for all, in order, with at most `budget` words, but at least one sentence.
pub fn summary(sentences: &[String], frequencies: &Frequencies, budget: usize) -> Vec<usize> {
    let mut terms = Terms::of(sentences, frequencies);
    let lengths: Vec<usize> = sentences.iter().map(|sentence| words(sentence)).collect();
    let (mut taken, mut left) = (Vec::new(), budget);
    let (mut open, short): (Vec<usize>, Vec<usize>) = (0..sentences.len()).partition(|at| lengths[*at] >= SHORTEST);
    if open.is_empty() {
        open = short;
    }
    loop {
        let fits = |at: &usize| taken.is_empty() || lengths[*at] <= left;
        // The first of equals, so that the same text always has the same summary.
        let best = open.iter().copied().filter(fits).fold(None, |best: Option<(usize, f32)>, at| {
            let worth = terms.worth(at, lengths[at]);
            if best.is_none_or(|(_, most)| worth > most) { Some((at, worth)) } else { best }
        });
        let Some((best, _)) = best else { break };
        left = left.saturating_sub(lengths[best]);
        terms.tell(best);
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
    fn a_sentence_of_common_words_is_taken() {
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
    fn a_short_sentence_is_taken_only_where_there_is_no_other() {
        let texts = owned(&["The lamp!", "The keeper lit the lamp of the tower.", "The lamp burns."]);
        assert_eq!(summary(&texts, &counted(&texts), 40), [1]);
        let texts = owned(&["The lamp!", "It burns."]);
        assert_eq!(summary(&texts, &counted(&texts), 40), [0, 1]);
    }

    #[test]
    fn names_weigh_more_and_are_known_by_their_capitals() {
        let texts = owned(&[
            "It rained on Oda today.",
            "It was the sea today.",
            "The ship of Oda sank.",
            "The night was dark.",
        ]);
        let counted = counted(&texts);
        assert!((counted.weight("oda") - NAME * counted.weight("today")).abs() < 1e-6);
        assert!(counted.weight("the") < counted.weight("sank") && counted.weight("unseen") >= counted.weight("sank"));
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
