//! Puzzles that this program makes itself: games between two players who look two moves ahead at the pieces alone and
//! are wrong at random, and of these the positions in which one of them could mate.
//!
//! Whatever comes out is a pure function of the game's number.

use super::{Puzzle, told};
use crate::seed::{self, Rng};
use cozy_chess::{Board, Color, Move, Piece};
use rand::Rng as _;

/// Plies after which a game is broken off.
const LONGEST: usize = 120;
/// Random plies at the start.
const OPENING: u32 = 8;
/// Plies between two puzzles of a game, and the most of them.
const APART: usize = 8;
const MOST: usize = 4;
/// What a mate counts for a player who wants it, in pawns; a stalemate is the opposite.
const MATES: f32 = 30.0;
/// How wrong a player may be about a move, in pawns.
const NOISE: [f32; 3] = [0.3, 2.0, 6.0];

/// The puzzles of a game. `purpose` names what they are for: games for two purposes have nothing in common.
pub fn puzzles(purpose: &str, number: u64) -> Vec<Puzzle> {
    let (mut found, mut last) = (Vec::new(), 0);
    play(purpose, number, |board, ply, _| {
        let is_due = found.is_empty() || ply >= last + APART;
        if is_due
            && found.len() < MOST
            && let Some(puzzle) = Puzzle::of(board)
        {
            found.push(puzzle);
            last = ply;
        }
    });
    found
}

/// The positions of a game after its opening, each with the move of a player who is never wrong at random and mates
/// where that is possible.
pub fn advice(purpose: &str, number: u64) -> Vec<(Board, super::Step)> {
    let mut found = Vec::new();
    play(purpose, number, |board, _, rng| {
        if let Some(best) = choose(board, 0.01, MATES, rng) {
            found.push((board.clone(), told(best, board.side_to_move())));
        }
    });
    found
}

/// Plays a game; `look` sees every position after the opening, before its move.
fn play(purpose: &str, number: u64, mut look: impl FnMut(&Board, usize, &mut Rng)) {
    let mut rng = seed::rng(number, purpose, 0);
    let mut board = Board::startpos();
    let opening = rng.random_range(2..OPENING);
    for _ in 0..opening {
        let all = super::moves(&board);
        match all.len() {
            0 => return,
            n => board.play_unchecked(all[rng.random_range(0..n as u32) as usize]),
        }
    }
    let noise = [(); 2].map(|()| NOISE[rng.random_range(0..NOISE.len() as u32) as usize]);
    for ply in 0..LONGEST {
        look(&board, ply, &mut rng);
        let noise = noise[usize::from(board.side_to_move() == Color::Black)];
        // A mate is passed over where there is another move, so that the game goes on.
        let Some(step) = choose(&board, noise, -MATES, &mut rng) else { return };
        board.play_unchecked(step);
    }
}

/// The move that seems to win most: what it takes, less the most that can be taken in answer, give or take `noise`
/// pawns.
fn choose(board: &Board, noise: f32, mates: f32, rng: &mut Rng) -> Option<Move> {
    let mut best: Option<(f32, Move)> = None;
    for step in super::moves(board) {
        let doubt = (rng.random::<f32>() + rng.random::<f32>() - 1.0) * noise;
        let seems = gain(board, step, mates) + doubt;
        if best.is_none_or(|(most, _)| seems > most) {
            best = Some((seems, step));
        }
    }
    best.map(|(_, step)| step)
}

/// What a move wins, in pawns; `mates` is what a mate counts.
fn gain(board: &Board, step: Move, mates: f32) -> f32 {
    let mut after = board.clone();
    after.play_unchecked(step);
    let answers = super::moves(&after);
    if answers.is_empty() {
        return if after.checkers().is_empty() { -MATES } else { mates };
    }
    let own = after.colors(board.side_to_move());
    let losses = answers.iter().filter(|answer| own.has(answer.to)).map(|answer| worth(after.piece_on(answer.to)));
    let worst = losses.fold(0.0, f32::max);
    let castles = board.colors(board.side_to_move()).has(step.to);
    let taken = if castles { 0.5 } else { worth(board.piece_on(step.to)) };
    let check = if after.checkers().is_empty() { 0.0 } else { 0.3 };
    let promoted = if step.promotion.is_some() { worth(step.promotion) - 1.0 } else { 0.0 };
    taken + promoted + check - worst
}

fn worth(piece: Option<Piece>) -> f32 {
    match piece {
        Some(Piece::Pawn) => 1.0,
        Some(Piece::Knight | Piece::Bishop) => 3.0,
        Some(Piece::Rook) => 5.0,
        Some(Piece::Queen) => 9.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn games_repeat_and_every_puzzle_has_a_mate_and_another_move() {
        let all: Vec<Puzzle> = (0..20).flat_map(|number| puzzles("a test", number)).collect();
        assert_eq!(all, (0..20).flat_map(|number| puzzles("a test", number)).collect::<Vec<_>>());
        assert!(all.len() >= 10, "{} puzzles in 20 games", all.len());
        assert!(
            all.iter().all(|puzzle| !puzzle.mates.is_empty() && puzzle.names().iter().any(|name| name.ends_with('#')))
        );
        assert_ne!(puzzles("a test", 3), puzzles("another test", 3));
    }

    #[test]
    fn a_player_takes_what_is_free_and_leaves_what_is_guarded() {
        let choice = |fen: &str| {
            let board: Board = fen.parse().unwrap_or_default();
            choose(&board, 0.01, MATES, &mut seed::rng(1, "a test", 0)).map(|step| step.to_string())
        };
        assert_eq!(choice("4k3/8/8/3q4/4P3/8/8/4K3 w - - 0 1").as_deref(), Some("e4d5"));
        assert_ne!(choice("4k3/8/4p3/3p4/8/8/3Q4/4K3 w - - 0 1").as_deref(), Some("d2d5"));
        assert_eq!(choice("6k1/5ppp/8/8/8/8/5PPP/R5K1 w - - 0 1").as_deref(), Some("a1a8"));
    }
}
