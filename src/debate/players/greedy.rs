//! One ply: shows the pixel after which the judge leans most to the mover, as if the game ended there.

use super::Best;
use crate::debate::{event::Candidate, judge::PictureJudge, rules::Game};

/// The best few pixels; `value` is the mover's margin afterwards. At most 784 evaluations, so no breath is due.
pub fn choose(game: &Game, keep: usize, judge: &mut PictureJudge) -> Vec<Candidate> {
    let Some(mover) = game.mover() else { return Vec::new() };
    let mut best = Best::new(keep);
    for pixel in game.open() {
        let value = game.margin_for(mover, &judge.logits(&game.shown().with(pixel)));
        best.offer(Candidate { pixel, visits: 0, value, line: Vec::new() });
    }
    best.list
}
