//! Families of questions: what supervisor and students see of each, and the right answers.

mod chess;
mod digits;
#[cfg_attr(not(feature = "large"), path = "no_large.rs")]
mod large;
mod overlap;
mod reading;
mod reward;
mod text;

pub use chess::Chess;
pub use digits::Digits;
pub use overlap::Overlap;
pub use reward::Reward;
pub use text::Text;

use super::event::Example;
use crate::{
    lab::{Breath, Failure},
    models::fit::Network,
};

/// Questions for the supervisor's own training, and for choosing when to stop.
const FOR_WEAK: usize = 2000;
const VALIDATION: usize = 1000;
/// Test questions, and how many of them are shown.
const TEST: usize = 2000;
const EXAMPLES: usize = 96;

/// Some of a repetition's questions. No question is in two of these, but for [`Set::All`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Set {
    /// The supervisor learns from these, with the truth.
    ForWeak,
    /// The supervisor, or a model of the chain, answers these for the next one: a set for each, from 0. The ceiling
    /// learns from the first with the truth.
    Fresh(usize),
    /// All of [`Set::Fresh`].
    All,
    /// For choosing when to stop.
    Validation,
    /// For the results; nothing is chosen by them.
    Test,
}

/// Who looks at a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// The supervisor.
    Weak,
    /// A student of this size, 0 to 2.
    Strong(usize),
}

/// How much of everything one repetition asks for.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// The repetition's own seed.
    pub seed: u64,
    /// The supervisor's size, 0 to 2.
    pub weak: usize,
    /// Questions that each student learns from; a family with too few for all gives each as many as it can.
    pub labelled: usize,
    /// How many sets of these.
    pub fresh: usize,
}

/// One repetition's questions of a family.
pub trait Family {
    /// The networks that learn here.
    type Net: Network;

    /// Whoever looks, before it has learned; students of one size start equal.
    fn untrained(&self, eyes: Eyes) -> Self::Net;
    /// Whether students could answer before they learn, so that their first answers are a baseline (zero-shot).
    fn is_pretrained(&self) -> bool {
        false
    }
    /// Weights of the frozen network below a student's own; 0: there is none.
    fn frozen(&self, size: usize) -> u32;
    /// Adam's step size for whoever looks.
    fn rate(&self, eyes: Eyes) -> f32;
    /// How often the supervisor sees every question that it learns from.
    fn weak_epochs(&self) -> u32;
    /// What somebody sees of some questions.
    ///
    /// # Errors
    /// Where the run is cancelled, or what it takes is missing.
    async fn see(&self, eyes: Eyes, set: Set, breath: &Breath) -> Result<<Self::Net as Network>::Seen, Failure>;
    /// The right answers to some questions that somebody has seen, in the order of [`Family::see`]: at least one each.
    fn right(&self, set: Set) -> Vec<Vec<u8>>;
    /// How many questions each student learns from.
    fn labelled(&self) -> usize {
        self.right(Set::Fresh(0)).len()
    }
    /// The first test questions, to look at.
    fn examples(&self) -> Vec<Example>;
}

/// What is seen of some questions, in their order.
async fn rows(numbers: &[usize], see: impl Fn(usize) -> Vec<f32>, breath: &Breath) -> Result<Vec<Vec<f32>>, Failure> {
    let mut rows = Vec::with_capacity(numbers.len());
    for number in numbers {
        rows.push(see(*number));
        breath.take().await?;
    }
    Ok(rows)
}

/// Right answers of a question of yes or no.
fn yes_or_no(yes: bool) -> Vec<u8> {
    vec![u8::from(yes)]
}

/// Where the sets of a repetition stand in the shuffled numbers of a pool of `pool` questions, and of `test` numbers.
#[derive(Debug, Clone)]
struct Numbers {
    order: Vec<usize>,
    test: Vec<usize>,
    labelled: usize,
    fresh: usize,
}

impl Numbers {
    /// Draws `order` from a pool.
    fn draw(order: Order, pool: usize, test: Vec<usize>) -> Self {
        let fresh = order.fresh.max(1);
        let labelled = order.labelled.min(pool.saturating_sub(FOR_WEAK + VALIDATION) / fresh);
        let mut rng = crate::seed::rng(order.seed, "questions to label", 0);
        Self { order: crate::models::fit::shuffled(pool, &mut rng), test, labelled, fresh }
    }

    /// The numbers of a set.
    fn of(&self, set: Set) -> &[usize] {
        let after = FOR_WEAK + VALIDATION;
        let range = match set {
            Set::ForWeak => 0..FOR_WEAK,
            Set::Validation => FOR_WEAK..after,
            Set::Fresh(n) => after + n * self.labelled..after + (n + 1) * self.labelled,
            Set::All => after..after + self.fresh * self.labelled,
            Set::Test => return &self.test,
        };
        // A small pool gives what it has.
        let clamp = |at: usize| at.min(self.order.len());
        &self.order[clamp(range.start)..clamp(range.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_share_no_question_and_a_small_pool_is_divided() {
        let order = Order { seed: 1, weak: 0, labelled: 4000, fresh: 3 };
        let numbers = Numbers::draw(order, 9000, vec![9001]);
        assert_eq!((numbers.of(Set::ForWeak).len(), numbers.of(Set::Fresh(2)).len()), (2000, 2000));
        assert_eq!(numbers.of(Set::All).len(), 6000);
        let mut all: Vec<usize> = [Set::ForWeak, Set::Validation, Set::All, Set::Test]
            .iter()
            .flat_map(|set| numbers.of(*set))
            .copied()
            .collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 9001);
        assert_eq!(numbers.of(Set::All)[2000..4000], *numbers.of(Set::Fresh(1)));
        let tiny = Numbers::draw(order, 100, Vec::new());
        assert_eq!((tiny.of(Set::ForWeak).len(), tiny.of(Set::Fresh(0)).len()), (100, 0));
    }
}
