//! Debaters: each chooses the next pixel to show.

mod endgame;
mod exact;
mod greedy;
mod random;
mod search;
mod solve;
#[cfg(test)]
pub mod tests;

use super::{event::Candidate, judge::PictureJudge, rules::Game};
use crate::{
    lab::{Breath, Failure},
    seed::Rng,
};

/// How a debater plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Player {
    /// Any pixel that may be shown.
    Random,
    /// The pixel after which the judge leans most to the mover.
    Greedy,
    /// Greedy, but the last two plies are solved.
    Endgame,
    /// Solves the game where its tree is small enough, and plays like [`Player::Endgame`] where it is not.
    Exact,
    /// PUCT Monte Carlo tree search with this many rollouts a move.
    Search { rollouts: u32 },
}

/// What a debater chose, and what it looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The pixel to show.
    pub pixel: u16,
    /// The preferred moves, best first, at most [`MOST_CANDIDATES`]; the first is the chosen one.
    pub candidates: Vec<Candidate>,
    /// Judge evaluations that it took.
    pub evaluations: u32,
}

/// Candidates that a debater reports at most.
pub const MOST_CANDIDATES: usize = 5;

impl Player {
    /// Chooses among the pixels that may be shown. `None` when the game is over. `candidates` says how many of the
    /// preferred moves to report (1 to [`MOST_CANDIDATES`]; fewer is faster); it never changes the choice.
    ///
    /// # Errors
    /// [`Failure::Cancelled`], where `breath` says so.
    pub async fn choose(
        self,
        game: &Game,
        candidates: usize,
        judge: &mut PictureJudge,
        breath: &Breath,
        rng: &mut Rng,
    ) -> Result<Option<Choice>, Failure> {
        if game.is_over() {
            return Ok(None);
        }
        let asked = judge.asked();
        let keep = candidates.clamp(1, MOST_CANDIDATES);
        let found = match self {
            Player::Random => random::choose(game, rng),
            Player::Greedy => greedy::choose(game, keep, judge),
            Player::Endgame => endgame::choose(game, keep, judge, breath).await?,
            Player::Exact => exact::choose(game, keep, judge, breath).await?,
            Player::Search { rollouts } => search::choose(game, keep, rollouts, judge, breath, rng).await?,
        };
        breath.take().await?;
        let evaluations = (judge.asked() - asked) as u32;
        Ok(found.first().map(|best| best.pixel).map(|pixel| Choice { pixel, candidates: found, evaluations }))
    }
}

/// The best few of a growing list of moves; of equals the earlier stays ahead.
struct Best {
    keep: usize,
    list: Vec<Candidate>,
}

impl Best {
    fn new(keep: usize) -> Self {
        Self { keep, list: Vec::with_capacity(keep + 1) }
    }

    /// A move must be worth more than this to be kept.
    fn bar(&self) -> f32 {
        if self.list.len() < self.keep { f32::NEG_INFINITY } else { self.list[self.keep - 1].value }
    }

    fn offer(&mut self, candidate: Candidate) {
        let at = self.list.partition_point(|kept| kept.value >= candidate.value);
        self.list.insert(at, candidate);
        self.list.truncate(self.keep);
    }
}
