//! Perfect play, where the tree is small enough; the oracle that the tests hold the search to.

use super::{endgame, solve};
use crate::{
    debate::{event::Candidate, judge::PictureJudge, rules::Game},
    lab::{Breath, Failure},
};

/// Most orders of the remaining moves for which the game is solved. A picture of 150 pixels has 3.3 million orders
/// of its last three moves, of which alpha-beta looks at a few in a hundred.
pub const MOST_LINES: u64 = 20_000_000;

/// The best few pixels by perfect play, or by [`endgame`] where the tree is larger than [`MOST_LINES`].
pub async fn choose(
    game: &Game,
    keep: usize,
    judge: &mut PictureJudge,
    breath: &Breath,
) -> Result<Vec<Candidate>, Failure> {
    if lines(game) > MOST_LINES {
        return endgame::choose(game, keep, judge, breath).await;
    }
    solve::choose(game, keep, judge, breath).await
}

/// In how many orders the rest of the game can be played.
pub fn lines(game: &Game) -> u64 {
    let (open, left) = (game.open().count() as u64, (game.turns() - game.shown().len()) as u64);
    (0..left).fold(1, |lines, ply| lines.saturating_mul(open - ply))
}
