//! Stories whose facts are known: people of a small town buy, lend, hide and find things, between sentences in which
//! nothing happens. How many of the facts a summary still tells can then be counted.

use super::{Book, Chapter, Fact, Page};
use crate::seed::{self, Rng};
use rand::{
    Rng as _,
    seq::{IndexedRandom as _, SliceRandom as _},
};

/// Chapters of a story.
const CHAPTERS: usize = 6;
/// Pages of a chapter.
const PAGES: usize = 5;
/// Facts on a page; between them are [`QUIET`] sentences each.
const FACTS: usize = 3;
const QUIET: usize = 2;

const PEOPLE: [&str; 12] =
    ["Ada", "Bruno", "Clara", "Dimitri", "Edith", "Farid", "Greta", "Hassan", "Irene", "Jonas", "Kalina", "Leo"];
const THINGS: [&str; 16] = [
    "boat",
    "clock",
    "violin",
    "ladder",
    "lantern",
    "letter",
    "map",
    "mirror",
    "painting",
    "ring",
    "saddle",
    "telescope",
    "trunk",
    "umbrella",
    "wheel",
    "goat",
];
const KINDS: [&str; 10] =
    ["red", "broken", "silver", "heavy", "old", "painted", "borrowed", "green", "wooden", "small"];
const PLACES: [&str; 12] = [
    "mill",
    "harbour",
    "chapel",
    "market",
    "bakery",
    "station",
    "orchard",
    "library",
    "tavern",
    "quarry",
    "lighthouse",
    "school",
];
/// What quiet sentences are made of: each has one of each.
const WHAT: [&str; 16] = [
    "The wind",
    "A dog",
    "The river",
    "Smoke",
    "The bell",
    "A cart",
    "The fog",
    "A gull",
    "The moon",
    "Dust",
    "The tide",
    "A shutter",
    "Snow",
    "The mill wheel",
    "A child’s kite",
    "The lamp at the corner",
];
const DOES: [&str; 14] = [
    "turned slowly",
    "was heard for a while",
    "came and went",
    "kept nobody awake",
    "stood still",
    "moved on",
    "was gone by noon",
    "grew quieter",
    "hung low",
    "drifted about",
    "was late as always",
    "lay there",
    "passed by",
    "went unnoticed",
];
const WHERE: [&str; 14] = [
    "over the roofs",
    "behind the hill",
    "along the quay",
    "under the bridge",
    "beyond the fields",
    "near the well",
    "above the square",
    "in the lane",
    "between the sheds",
    "down by the ford",
    "on the far bank",
    "past the last house",
    "among the reeds",
    "before dawn",
];

/// The story of a seed, with its facts in order.
pub fn story(run: u64) -> Book {
    let mut rng = seed::rng(run, "story", 0);
    let mut facts = Vec::new();
    let chapter = |number: usize| {
        // A chapter is about a few people and a place: its facts have names in common.
        let mut people = PEOPLE;
        people.shuffle(&mut rng);
        let place = pick(&PLACES, &mut rng);
        let pages = (0..PAGES).map(|_| page(&people[..4], place, &mut facts, &mut rng)).collect();
        Chapter { title: format!("Chapter {}: at the {place}", number + 1), pages }
    };
    Book { chapters: (0..CHAPTERS).map(chapter).collect(), facts }
}

fn page(cast: &[&str], place: &str, facts: &mut Vec<Fact>, rng: &mut Rng) -> Page {
    let mut sentences = Vec::new();
    for _ in 0..FACTS {
        let (mut sentence, mut fact) = fact(cast, place, rng);
        // The same thing does not happen twice.
        while facts.iter().any(|other: &Fact| other.names == fact.names) {
            (sentence, fact) = self::fact(cast, place, rng);
        }
        sentences.push(sentence);
        facts.push(fact);
        sentences.extend((0..QUIET).map(|_| quiet(rng)));
    }
    Page { sentences }
}

/// A sentence in which nothing happens.
fn quiet(rng: &mut Rng) -> String {
    format!("{} {} {}.", pick(&WHAT, rng), pick(&DOES, rng), pick(&WHERE, rng))
}

/// A fact, and the sentence that tells it.
fn fact(cast: &[&str], place: &str, rng: &mut Rng) -> (String, Fact) {
    let who = pick(cast, rng);
    let whom = loop {
        let other = pick(cast, rng);
        if other != who {
            break other;
        }
    };
    let (kind, thing) = (pick(&KINDS, rng), pick(&THINGS, rng));
    let (sentence, names) = match rng.random_range(0..5) {
        0 => (format!("{who} sold the {kind} {thing} to {whom} at the {place}."), vec![who, "sold", thing, whom]),
        1 => (format!("{who} hid the {kind} {thing} behind the {place}."), vec![who, "hid", kind, thing]),
        2 => (format!("{who} lent {whom} a {kind} {thing} for the winter."), vec![who, "lent", thing, whom]),
        3 => (format!("At the {place} {who} found the {kind} {thing} of {whom}."), vec![who, "found", thing, whom]),
        _ => (format!("{who} told {whom} that the {kind} {thing} was stolen."), vec![who, "told", thing, whom]),
    };
    (sentence, Fact { names: names.into_iter().map(str::to_owned).collect() })
}

fn pick<'a>(all: &[&'a str], rng: &mut Rng) -> &'a str {
    all.choose(rng).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_story_tells_each_of_its_facts_once_and_another_seed_another_story() {
        let book = story(7);
        let all: Vec<String> =
            book.chapters.iter().flat_map(|c| &c.pages).flat_map(|page| page.sentences.clone()).collect();
        assert_eq!((book.chapters.len(), book.facts.len()), (CHAPTERS, CHAPTERS * PAGES * FACTS));
        assert!(book.facts.iter().all(|fact| fact.is_told(&all)));
        let names: BTreeSet<_> = book.facts.iter().map(|fact| fact.names.clone()).collect();
        assert_eq!(names.len(), book.facts.len());
        assert_eq!(story(7), book);
        assert_ne!(story(8), book);
    }

    #[test]
    fn quiet_sentences_tell_no_fact() {
        let mut rng = seed::rng(1, "test", 0);
        let quiet: Vec<String> = (0..500).map(|_| quiet(&mut rng)).collect();
        assert!(story(3).facts.iter().all(|fact| !fact.is_told(&quiet)));
    }
}
