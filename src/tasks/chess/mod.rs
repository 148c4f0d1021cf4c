//! Chess puzzles: positions in which the side to move can mate in one.
//!
//! A puzzle is told from the mover's side: its pieces move up the board, and squares are numbered 0 to 63 from the
//! corner at its left hand, rank by rank. Moves that differ only in what a pawn becomes count as one.

pub mod games;
pub mod lichess;

use cozy_chess::{Board, Color, Move, Piece, Square, util::display_san_move};

/// Squares of a board.
pub const SQUARES: usize = 64;
/// What can stand on a square: nothing, six pieces of one's own, six of the other side.
pub const KINDS: usize = 13;

/// A move from square to square.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Where it starts, 0 to 63.
    pub from: u8,
    /// Where it ends, 0 to 63; a king that castles takes its own rook.
    pub to: u8,
}

/// A position as its mover sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// What stands on each square, 0 to 12: nothing, then pawn, knight, bishop, rook, queen and king of the mover, then
    /// of the other side.
    pub squares: [u8; SQUARES],
    /// Every legal move once, in order.
    pub steps: Vec<Step>,
}

/// A position with a mate in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Puzzle {
    board: Board,
    /// What the mover sees.
    pub position: Position,
    /// The places of the mating moves among the steps; at least one.
    pub mates: Vec<u8>,
}

impl Position {
    /// The position of a board.
    pub fn of(board: &Board) -> Self {
        let mover = board.side_to_move();
        let mut squares = [0; SQUARES];
        for square in board.occupied() {
            if let (Some(piece), Some(color)) = (board.piece_on(square), board.color_on(square)) {
                squares[seen(square, mover)] = 1 + piece as u8 + if color == mover { 0 } else { 6 };
            }
        }
        let mut steps: Vec<Step> = moves(board).into_iter().map(|step| told(step, mover)).collect();
        steps.sort_unstable();
        steps.dedup();
        Self { squares, steps }
    }
}

impl Puzzle {
    /// The puzzle of a board; `None` where nothing mates.
    pub fn of(board: &Board) -> Option<Self> {
        let mating: Vec<Move> = moves(board).into_iter().filter(|step| is_mate(board, *step)).collect();
        if mating.is_empty() {
            return None;
        }
        let position = Position::of(board);
        let mover = board.side_to_move();
        let is_one = |step: &Step| mating.iter().any(|mate| told(*mate, mover) == *step);
        // No position has more than 218 legal moves.
        let mates = (0..position.steps.len()).filter(|at| is_one(&position.steps[*at])).map(|at| at as u8).collect();
        Some(Self { board: board.clone(), position, mates })
    }

    /// The board as it stands.
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// Whether Black is to move.
    pub fn is_black(&self) -> bool {
        self.board.side_to_move() == Color::Black
    }

    /// Every step as chess players write it, such as `Qxf7#`; a pawn becomes a queen, or whatever mates.
    pub fn names(&self) -> Vec<String> {
        let mover = self.board.side_to_move();
        let all = moves(&self.board);
        let name = |step: &Step| {
            let same = all.iter().filter(|other| told(**other, mover) == *step);
            let best = same.max_by_key(|step| (is_mate(&self.board, **step), step.promotion == Some(Piece::Queen)));
            best.map_or_else(String::new, |step| display_san_move(&self.board, *step).to_string())
        };
        self.position.steps.iter().map(name).collect()
    }
}

/// How many pieces of the mover and of the other side attack each square, own pieces' squares included. For pretraining
/// alone: every place that names the tables of sliding moves would bring a copy of them into the worker.
#[cfg(feature = "terminal")]
pub fn attackers(board: &Board) -> [[u8; 2]; SQUARES] {
    let mover = board.side_to_move();
    let mut counts = [[0; 2]; SQUARES];
    for from in board.occupied() {
        let (Some(piece), Some(color)) = (board.piece_on(from), board.color_on(from)) else { continue };
        let reach = match piece {
            Piece::Pawn => cozy_chess::get_pawn_attacks(from, color),
            Piece::Knight => cozy_chess::get_knight_moves(from),
            Piece::Bishop => cozy_chess::get_bishop_moves(from, board.occupied()),
            Piece::Rook => cozy_chess::get_rook_moves(from, board.occupied()),
            Piece::Queen => {
                cozy_chess::get_bishop_moves(from, board.occupied())
                    | cozy_chess::get_rook_moves(from, board.occupied())
            }
            Piece::King => cozy_chess::get_king_moves(from),
        };
        for to in reach {
            counts[seen(to, mover)][usize::from(color != mover)] += 1;
        }
    }
    counts
}

/// Every legal move. Whoever else would ask the board would bring a copy of its tables into the worker.
fn moves(board: &Board) -> Vec<Move> {
    let mut all = Vec::new();
    board.generate_moves(|of_piece| {
        all.extend(of_piece);
        false
    });
    all
}

fn is_mate(board: &Board, step: Move) -> bool {
    let mut after = board.clone();
    after.play_unchecked(step);
    !after.checkers().is_empty() && moves(&after).is_empty()
}

/// A square as the mover numbers it.
fn seen(square: Square, mover: Color) -> usize {
    if mover == Color::White { square as usize } else { square as usize ^ 0x38 }
}

/// A move as the mover tells it.
pub(crate) fn told(step: Move, mover: Color) -> Step {
    Step { from: seen(step.from, mover) as u8, to: seen(step.to, mover) as u8 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn puzzle(fen: &str) -> Option<Puzzle> {
        Puzzle::of(&fen.parse().unwrap())
    }

    #[test]
    fn a_back_rank_mate_is_found_by_either_side() {
        let white = puzzle("6k1/5ppp/8/8/8/8/5PPP/R5K1 w - - 0 1").unwrap();
        let black = puzzle("r5k1/5ppp/8/8/8/8/5PPP/6K1 b - - 0 1").unwrap();
        assert_eq!(white.position, black.position);
        assert_eq!((white.is_black(), black.is_black()), (false, true));
        let mate = |puzzle: &Puzzle| (puzzle.mates.len(), puzzle.names()[usize::from(puzzle.mates[0])].clone());
        assert_eq!((mate(&white), mate(&black)), ((1, "Ra8#".to_owned()), (1, "Ra1#".to_owned())));
        // Own rook (4) on a1, own king (6) on g1, their king (12) on g8.
        assert_eq!((white.position.squares[0], white.position.squares[6], white.position.squares[62]), (4, 6, 12));
        assert_eq!(puzzle("6k1/5pp1/7p/8/8/8/5PPP/R5K1 w - - 0 1"), None);
    }

    #[test]
    fn promotions_are_one_move_and_any_mate_counts() {
        // The pawn mates as a queen or as a rook.
        let found = puzzle("7k/P5pp/8/8/8/8/8/K7 w - - 0 1").unwrap();
        let pawn: Vec<usize> =
            (0..found.position.steps.len()).filter(|at| found.position.steps[*at].from == 48).collect();
        assert_eq!((pawn.len(), found.mates.clone()), (1, vec![pawn[0] as u8]));
        assert_eq!(found.names()[pawn[0]], "a8=Q#");
    }

    #[cfg(feature = "terminal")]
    #[test]
    fn attackers_are_counted_from_the_mover_s_side() {
        let counts = attackers(&"6k1/5ppp/8/8/8/8/5PPP/R5K1 b - - 0 1".parse().unwrap());
        // Black's f7 (told as f2, square 13) is guarded by its king; the white rook reaches a8, told as a1.
        assert_eq!((counts[13], counts[0]), ([1, 0], [0, 1]));
    }
}
