//! Greedy, until two turns are left: those are solved.
//!
//! Near the end greedy play errs most for whoever does not have the last word, because the answer to its pixel
//! matters more than the pixel.

use super::{greedy, solve};
use crate::{
    debate::{event::Candidate, judge::PictureJudge, rules::Game},
    lab::{Breath, Failure},
};

/// Plies solved.
const SOLVED: usize = 2;

/// The best few pixels; `value` is the mover's margin after best play (solved) or after the pixel (greedy).
pub async fn choose(
    game: &Game,
    keep: usize,
    judge: &mut PictureJudge,
    breath: &Breath,
) -> Result<Vec<Candidate>, Failure> {
    if game.turns() - game.shown().len() > SOLVED {
        return Ok(greedy::choose(game, keep, judge));
    }
    solve::choose(game, keep, judge, breath).await
}
