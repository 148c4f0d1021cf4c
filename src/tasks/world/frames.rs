//! What sentences of the world are made of: people, things, places, and the small words that they begin with.

use crate::seed::Rng;
use rand::Rng as _;

const PEOPLE: &str = "Anna Ben Clara David Emma Felix Grace Henry Iris Jonas Karla Leo Maria Nils Olga Paul Rosa Simon \
    Tina Viktor";
const THINGS: &str = "kettle lamp chair coat book bridge window basket clock table mirror boat ladder blanket drawer \
    bottle fence carpet radio bicycle wallet suitcase curtain bench";
const PLACES: &str = "harbour market library station square valley courtyard village theatre museum workshop school \
    chapel stable tower meadow";
const WITH_YES: [&str; 3] = ["Then", "Here", "So"];
const WITH_NO: [&str; 3] = ["Still", "There", "But"];

/// A small word to begin a sentence with.
pub fn opening(goes_with_yes: bool, rng: &mut Rng) -> &'static str {
    let words = if goes_with_yes { WITH_YES } else { WITH_NO };
    words[rng.random_range(0..3_u32) as usize]
}

/// Whether a small word is of those that go with *yes*.
#[cfg(test)]
pub fn goes_with_yes(word: &str) -> bool {
    WITH_YES.contains(&word)
}

/// One of some words that are separated by spaces.
pub fn one(words: &'static str, rng: &mut Rng) -> &'static str {
    let count = words.split_whitespace().count() as u32;
    words.split_whitespace().nth(rng.random_range(0..count.max(1)) as usize).unwrap_or_default()
}

/// Two of them that differ.
pub fn two(words: &'static str, rng: &mut Rng) -> [&'static str; 2] {
    let first = one(words, rng);
    loop {
        let second = one(words, rng);
        if second != first {
            return [first, second];
        }
    }
}

/// A frame with its gaps filled: `{x}` and `{y}` by the two words given, the others from the world.
pub fn filled(frame: &str, [x, y]: [&str; 2], rng: &mut Rng) -> String {
    let [who, other] = two(PEOPLE, rng);
    let (thing, place) = (one(THINGS, rng), one(PLACES, rng));
    let gaps = [("{x}", x), ("{y}", y), ("{who}", who), ("{other}", other), ("{thing}", thing), ("{place}", place)];
    gaps.into_iter().fold(frame.to_owned(), |text, (gap, word)| text.replace(gap, word))
}
