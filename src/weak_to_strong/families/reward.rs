//! Reward modelling: which of two replies is better? The supervisor sees signs on the replies' surface, the student
//! the sum of their word vectors as well. What both learn from as the truth is as noisy as people are: a quarter of the
//! preferences is turned round. The test is not.

use super::{
    EXAMPLES, Eyes, Family, Numbers, Order, Set, TEST,
    reading::{Reading, read},
    text::DIMENSIONS,
    yes_or_no,
};
use crate::{
    lab::{Breath, Failure, Scenario},
    models::{
        head::{self, Matrix},
        ranker::{Pairs, Ranker},
    },
    seed,
    tasks::world::{
        self,
        replies::{Comparison, comparison},
    },
    weak_to_strong::event::{Example, Shown},
};
use rand::Rng as _;
use std::rc::Rc;

/// Comparisons that may be learned from, and texts that the student has read elsewhere.
const POOL: usize = 15_000;
const ELSEWHERE: usize = 2_200;
/// Share of preferences that are turned round, in percent.
const TURNED: u32 = 25;
/// Signs that a supervisor sees, by its size.
const SIGNS: [usize; 3] = [4, 7, 10];

/// See the module's text.
pub struct Reward {
    order: Order,
    numbers: Numbers,
    comparisons: Rc<Vec<Comparison>>,
    reading: Reading,
}

thread_local! {
    static COMPARISONS: Rc<Vec<Comparison>> = Rc::new((0..(POOL + TEST) as u64).map(comparison).collect());
}

/// Texts about every question of the world in turn.
fn elsewhere() -> impl Iterator<Item = String> {
    let questions = world::QUESTIONS.len();
    (0..ELSEWHERE).map(move |index| world::text(&world::QUESTIONS[index % questions], (index / questions) as u64).0)
}

impl Reward {
    /// The comparisons, and a student that has read texts from elsewhere or (`generative`) dialogues as well.
    ///
    /// # Errors
    /// Where the run is cancelled.
    pub async fn open(scenario: &Scenario, order: Order, breath: &Breath) -> Result<Self, Failure> {
        let comparisons = COMPARISONS.with(Rc::clone);
        let replies = || comparisons.iter().flat_map(|c| c.replies.iter().cloned()).collect::<Vec<_>>();
        let reading = if scenario.choice("read") == "dialogues" {
            // Replies of the test are not among the first two thirds.
            read("dialogues", replies, 2 * POOL * 2 / 3, breath).await?
        } else {
            let texts = || elsewhere().chain(replies()).collect();
            read("elsewhere, then dialogues", texts, ELSEWHERE, breath).await?.without(ELSEWHERE)
        };
        let numbers = Numbers::draw(order, POOL, (POOL..POOL + TEST).collect());
        Ok(Self { order, numbers, comparisons, reading })
    }

    fn features(&self, number: usize, second: usize, eyes: Eyes) -> Vec<f32> {
        let signs = signs(&self.comparisons[number].replies[second]);
        match eyes {
            Eyes::Weak => signs[..SIGNS[self.order.weak]].to_vec(),
            Eyes::Strong(size) => [self.reading.vector(2 * number + second, DIMENSIONS[size]), signs.to_vec()].concat(),
        }
    }

    /// Whether the second reply is said to be better; by people, unless it is for the test.
    fn prefers_second(&self, number: usize, by_people: bool) -> bool {
        let mut rng = seed::rng(self.order.seed, "preferences turned round", number as u64);
        self.comparisons[number].second != (by_people && rng.random_range(0..100) < TURNED)
    }
}

impl Family for Reward {
    type Net = Ranker;

    fn untrained(&self, eyes: Eyes) -> Ranker {
        Ranker(match eyes {
            Eyes::Weak => head::initial(self.order.seed, "supervisor", SIGNS[self.order.weak], &[]),
            Eyes::Strong(size) => head::initial(self.order.seed, "student", DIMENSIONS[size] + SIGNS[2], &[]),
        })
    }

    fn frozen(&self, size: usize) -> u32 {
        (self.reading.words() * DIMENSIONS[size]) as u32
    }

    fn rate(&self, eyes: Eyes) -> f32 {
        if eyes == Eyes::Weak { 0.02 } else { 3e-3 }
    }

    fn weak_epochs(&self) -> u32 {
        5
    }

    async fn see(&self, eyes: Eyes, set: Set, breath: &Breath) -> Result<Pairs, Failure> {
        let mut rows = [Vec::new(), Vec::new()];
        for number in self.numbers.of(set) {
            for (second, rows) in rows.iter_mut().enumerate() {
                rows.push(self.features(*number, second, eyes));
            }
            breath.take().await?;
        }
        let [first, second] = rows.map(Matrix::of_rows);
        Ok(Pairs { first, second })
    }

    fn right(&self, set: Set) -> Vec<Vec<u8>> {
        let numbers = self.numbers.of(set).iter();
        numbers.map(|number| yes_or_no(self.prefers_second(*number, set != Set::Test))).collect()
    }

    fn examples(&self) -> Vec<Example> {
        let example = |number: &usize| {
            let Comparison { dialogue, replies, second } = &self.comparisons[*number];
            Example { shown: Shown::Dialogue(dialogue.clone()), answers: replies.to_vec(), right: yes_or_no(*second) }
        };
        self.numbers.of(Set::Test)[..EXAMPLES].iter().map(example).collect()
    }
}

/// Ten signs on a reply's surface: its length in words and sentences, some words, the length of its words.
fn signs(reply: &str) -> [f32; 10] {
    let words: Vec<String> = crate::models::words::tokens(reply);
    let count = |word: &str| words.iter().filter(|other| *other == word).count() as f32;
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    [
        words.len() as f32,
        count("."),
        count("i"),
        count("the"),
        count("you"),
        count("it"),
        letters as f32 / words.len().max(1) as f32,
        count("in"),
        count("will"),
        count("would"),
    ]
}
