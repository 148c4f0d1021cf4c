//! How H errs: by chance, or always in the same way; and a vote over several answers of H.

use crate::{
    amplification::{
        event::Errs,
        tasks::{Answer, Question, Reply, Task},
    },
    lab::Scenario,
    seed::{self, Rng},
};
use rand::{Rng as _, SeedableRng as _};

/// See the module's text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mistakes {
    /// How H errs.
    pub kind: Errs,
    /// How often, 0 to 1.
    pub rate: f32,
    /// How many answers of H are asked for.
    pub vote: u8,
    /// What the systematic mistakes depend on besides what H sees.
    key: u64,
}

impl Mistakes {
    /// The mistakes of a scenario, in a run of this seed.
    pub fn of(scenario: &Scenario, run: u64) -> Self {
        let kind = if scenario.choice("kind") == "systematic" { Errs::Systematic } else { Errs::Random };
        Self::new(kind, scenario.int("error") as u8, scenario.int("vote") as u8, run)
    }

    /// Mistakes in so many percent of H's answers.
    pub fn new(kind: Errs, percent: u8, vote: u8, run: u64) -> Self {
        Self {
            kind,
            rate: f32::from(percent) / 100.0,
            vote: vote.max(1),
            key: seed::seed(run, "systematic mistakes", 0),
        }
    }

    /// What H says where it should say `answer`: of `vote` answers the most frequent, of equals the one given first.
    pub fn say(&self, task: &dyn Task, question: Question, replies: &[Reply], answer: Answer, rng: &mut Rng) -> Answer {
        if self.rate <= 0.0 {
            return answer;
        }
        if self.kind == Errs::Systematic {
            // However often H is asked, it says the same.
            let mut own = Rng::seed_from_u64(self.seen(question, replies));
            return if own.random::<f32>() < self.rate { task.another(question, answer, &mut own) } else { answer };
        }
        let mut votes: Vec<(Answer, u8)> = Vec::with_capacity(usize::from(self.vote));
        for _ in 0..self.vote {
            let said = if rng.random::<f32>() < self.rate { task.another(question, answer, rng) } else { answer };
            match votes.iter_mut().find(|(other, _)| *other == said) {
                Some((_, count)) => *count += 1,
                None => votes.push((said, 1)),
            }
        }
        let most = votes.iter().map(|(_, count)| *count).max();
        votes.iter().find(|(_, count)| Some(*count) == most).map_or(answer, |(said, _)| *said)
    }

    /// A number that is the same whenever H sees the same: the question, and what came back.
    fn seen(&self, question: Question, replies: &[Reply]) -> u64 {
        let numbers = std::iter::once(u64::from(question)).chain(replies.iter().map(|reply| reply.answer as u64));
        numbers.fold(self.key, |hash, number| {
            // SplitMix64 (Steele, Lea and Flood 2014).
            let mut z = (hash ^ number).wrapping_add(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amplification::tasks::Powering;

    /// How often of `n` times H is right.
    fn right(kind: Errs, vote: u8, n: u64) -> f64 {
        let (task, mistakes) = (Powering::new(7), Mistakes::new(kind, 20, vote, 5));
        let mut rng = seed::rng(1, "test", 0);
        let said = (0..n).filter(|at| mistakes.say(&task, *at as Question, &[], 3, &mut rng) == 3);
        said.count() as f64 / n as f64
    }

    #[test]
    fn a_majority_helps_against_chance_alone() {
        let (once, thrice) = (right(Errs::Random, 1, 4000), right(Errs::Random, 3, 4000));
        assert!((once - 0.8).abs() < 0.02, "{once}");
        // At least two of three: 0.8³ + 3 · 0.8² · 0.2 = 0.896, and a tie of three goes to the first.
        assert!(thrice > 0.88, "{thrice}");
        let (once, thrice) = (right(Errs::Systematic, 1, 4000), right(Errs::Systematic, 3, 4000));
        assert!((once - 0.8).abs() < 0.02 && (once - thrice).abs() < 1e-12, "{once} {thrice}");
    }

    #[test]
    fn the_same_sight_gives_the_same_mistake() {
        let (task, mistakes) = (Powering::new(7), Mistakes::new(Errs::Systematic, 50, 1, 9));
        let mut rng = seed::rng(1, "test", 0);
        for question in 0..50 {
            let replies = [Reply { asked: 1, answer: 2 }];
            let first = mistakes.say(&task, question, &replies, 4, &mut rng);
            assert_eq!(first, mistakes.say(&task, question, &replies, 4, &mut rng));
        }
    }
}
