//! Solves the rest of a game: minimax over the final margin, with alpha-beta.
//!
//! Both sides are taken to want the largest margin, which contains wanting to win. Moves are tried in the order of
//! what a greedy player would like, and the reply that last refuted a move is tried first against the next.

use super::Best;
use crate::{
    debate::{
        event::{Candidate, Side},
        judge::PictureJudge,
        rules::{Game, MOST_SHOWN, Shown},
    },
    lab::{Breath, Failure, experiment::Task},
};

/// Evaluations between two breaths.
const STRETCH: u64 = 256;

/// The best few moves by perfect play of both; `value` is the mover's final margin.
pub async fn choose(
    game: &Game,
    keep: usize,
    judge: &mut PictureJudge,
    breath: &Breath,
) -> Result<Vec<Candidate>, Failure> {
    let Some(mover) = game.mover() else { return Ok(Vec::new()) };
    let mut solver = Solver { rested: judge.asked(), game, judge, breath, killers: [0; MOST_SHOWN] };
    let mut best = Best::new(keep);
    for pixel in solver.ordered(game.shown(), mover) {
        let bar = best.bar();
        let (value, line) = solver.after(game.shown().with(pixel), mover, bar, f32::INFINITY).await?;
        // At or below the bar, alpha-beta gives only a bound.
        if value > bar || bar == f32::NEG_INFINITY {
            best.offer(Candidate { pixel, visits: 0, value, line });
        }
    }
    Ok(best.list)
}

struct Solver<'a> {
    game: &'a Game,
    judge: &'a mut PictureJudge,
    breath: &'a Breath,
    /// The last good move at each depth.
    killers: [u16; MOST_SHOWN],
    /// Evaluations asked for when the last breath was taken.
    rested: u64,
}

impl Solver<'_> {
    /// The value for `mover`, who has just brought about `shown`, and the best line from there. Exact strictly
    /// between `alpha` and `beta`, a bound outside.
    async fn after(&mut self, shown: Shown, mover: Side, alpha: f32, beta: f32) -> Result<(f32, Vec<u16>), Failure> {
        let left = self.game.turns() - shown.len();
        if left == 0 {
            return Ok((self.game.margin_for(mover, &self.judge.logits(&shown)), Vec::new()));
        }
        let next = self.game.mover_at(shown.len());
        let (alpha, beta) = if next == mover { (alpha, beta) } else { (-beta, -alpha) };
        let (value, line) = if left == 1 {
            self.rest().await?;
            let (value, pixel) = self.last(shown, next, beta);
            (value, vec![pixel])
        } else {
            self.best(shown, next, alpha, beta).await?
        };
        Ok((if next == mover { value } else { -value }, line))
    }

    /// The value for `mover`, who is to move, two or more turns before the end.
    fn best(
        &mut self,
        shown: Shown,
        mover: Side,
        mut alpha: f32,
        beta: f32,
    ) -> Task<'_, Result<(f32, Vec<u16>), Failure>> {
        Box::pin(async move {
            let mut best = (f32::NEG_INFINITY, Vec::new());
            for pixel in self.ordered(shown, mover) {
                let (value, mut line) = self.after(shown.with(pixel), mover, alpha, beta).await?;
                if value > best.0 || best.1.is_empty() {
                    line.insert(0, pixel);
                    best = (value, line);
                    alpha = alpha.max(value);
                }
                if value >= beta {
                    self.killers[shown.len()] = pixel;
                    break;
                }
            }
            Ok(best)
        })
    }

    /// The last move of the game: its value for `mover`, at least `beta` where it stopped early, and the pixel.
    fn last(&mut self, shown: Shown, mover: Side, beta: f32) -> (f32, u16) {
        let killer = self.killers[shown.len()];
        let mut best = (f32::NEG_INFINITY, 0);
        let others = self.game.allowed().iter().copied();
        // The killer comes first and again in its turn; the second time the judge remembers.
        let first = self.game.allowed().binary_search(&killer).ok().map(|_| killer);
        for pixel in first.into_iter().chain(others).filter(|pixel| !shown.holds(*pixel)) {
            let value = self.game.margin_for(mover, &self.judge.logits(&shown.with(pixel)));
            if value > best.0 || best.0 == f32::NEG_INFINITY {
                best = (value, pixel);
            }
            if value >= beta {
                break;
            }
        }
        self.killers[shown.len()] = best.1;
        best
    }

    /// The pixels that may be shown, the last good move first and then the greedy player's order.
    fn ordered(&mut self, shown: Shown, mover: Side) -> Vec<u16> {
        let killer = self.killers[shown.len()];
        let open = self.game.allowed().iter().copied().filter(|pixel| !shown.holds(*pixel));
        let mut ranked: Vec<(bool, f32, u16)> = open
            .map(|pixel| {
                let value = self.game.margin_for(mover, &self.judge.logits(&shown.with(pixel)));
                (pixel == killer, value, pixel)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
        ranked.into_iter().map(|(_, _, pixel)| pixel).collect()
    }

    async fn rest(&mut self) -> Result<(), Failure> {
        if self.judge.asked() - self.rested >= STRETCH {
            self.rested = self.judge.asked();
            self.breath.take().await?;
        }
        Ok(())
    }
}
