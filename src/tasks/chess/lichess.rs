//! Puzzles from the Lichess database (CC0), as a CSV file that the user brings: `PuzzleId,FEN,Moves,…`. The FEN stands
//! before the opponent's move: the first of `Moves` leads to the puzzle.

use super::{Puzzle, Step, told};
use crate::{seed::seed, tasks::unpack::unpack};
use cozy_chess::{Board, util::parse_uci_move};
use std::collections::BTreeSet;

/// Larger files are not read.
const MOST_BYTES: usize = 256 << 20;
/// Puzzles beyond these are not used.
const MOST: usize = 60_000;
/// Fewer are too few to train, to stop and to test by.
pub const LEAST: usize = 1000;

/// What a puzzle may be used for. It depends on the puzzle's name alone, so that whatever the shipped networks learned
/// from is never asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What a fifth of the puzzles is for: pretraining.
    Pretraining,
    /// What a tenth is for: choosing settings.
    Tuning,
    /// What a tenth is for: results.
    Test,
    /// The others.
    Pool,
}

/// The part of a puzzle, by its name.
pub fn part(id: &str) -> Part {
    match seed(1, id, 0) % 10 {
        0 | 1 => Part::Pretraining,
        2 => Part::Tuning,
        3 => Part::Test,
        _ => Part::Pool,
    }
}

/// The puzzles with a mate in one of one or more files, by what they may be used for.
#[derive(Debug, Clone, Default)]
pub struct Lichess {
    pools: [Vec<Puzzle>; 4],
    /// Positions of puzzles of every kind with the solver's move; none that a puzzle with a mate in one begins with.
    plies: Vec<(Board, Step)>,
    /// What was left out, in words; empty where nothing was.
    skipped: String,
}

impl Lichess {
    /// Reads files. A row that cannot be used is left out.
    ///
    /// # Errors
    /// A sentence that says what is wrong, with the line.
    pub fn from_files(files: Vec<(String, Vec<u8>)>) -> Result<Self, String> {
        let (mut pools, mut plies, mut left) = (<[Vec<Puzzle>; 4]>::default(), Vec::new(), Left::default());
        let mut known = BTreeSet::new();
        for (name, bytes) in files {
            let text = unpack(&name, &bytes, MOST_BYTES, "256 MB")?;
            for (line, row) in rows(&text) {
                if let Ok(row) = &row
                    && plies.len() < MOST
                {
                    row.solve(&mut plies);
                }
                let puzzle = row.and_then(|row| Ok((row.id.to_owned(), row.puzzle()?)));
                match puzzle {
                    Err(Unusable::Wrong(why)) => left.wrong(&name, line, why),
                    Err(Unusable::NoMate) => left.without_mate += 1,
                    Ok(_) if known.len() >= MOST => left.beyond += 1,
                    Ok((id, puzzle)) => {
                        if known.insert(id.clone()) {
                            pools[part(&id) as usize].push(puzzle);
                        } else {
                            left.doubles += 1;
                        }
                    }
                }
            }
        }
        let skipped = left.words();
        if known.len() < LEAST {
            let found = counted(known.len(), "with a mate in one", "found");
            return Err(format!(
                "{found}; at least {LEAST} are needed, as lines of PuzzleId,FEN,Moves like those of the Lichess \
                 database.{skipped}"
            ));
        }
        Ok(Self { pools, plies, skipped })
    }

    /// The puzzles of a part, in the files' order.
    pub fn puzzles(&self, part: Part) -> &[Puzzle] {
        &self.pools[part as usize]
    }

    /// Positions with a good move, for pretraining; none that a puzzle with a mate in one begins with.
    pub fn plies(&self) -> &[(Board, Step)] {
        &self.plies
    }

    /// What it holds, in a sentence.
    pub fn summary(&self) -> String {
        let all: usize = self.pools.iter().map(Vec::len).sum();
        let pretraining = self.puzzles(Part::Pretraining).len();
        format!(
            "{all} puzzles with a mate in one, of which {pretraining} are left out: the shipped networks may know them.{}",
            self.skipped
        )
    }
}

/// Why a row is not used.
enum Unusable {
    Wrong(&'static str),
    NoMate,
}

struct Row<'a> {
    id: &'a str,
    fen: &'a str,
    moves: &'a str,
}

impl Row<'_> {
    fn puzzle(&self) -> Result<Puzzle, Unusable> {
        let mut board: Board = self.fen.parse().map_err(|_| Unusable::Wrong("has a FEN that is no legal position"))?;
        let first = self.moves.split(' ').next().unwrap_or_default();
        let step = parse_uci_move(&board, first).map_err(|_| Unusable::Wrong("has no move such as e2e4"))?;
        board.try_play(step).map_err(|_| Unusable::Wrong("has a first move that is not legal"))?;
        Puzzle::of(&board).ok_or(Unusable::NoMate)
    }

    /// Adds the solver's moves to `plies`, as far as they can be read.
    fn solve(&self, plies: &mut Vec<(Board, Step)>) {
        let Ok(mut board) = self.fen.parse::<Board>() else { return };
        for (ply, text) in self.moves.split(' ').enumerate() {
            let Ok(step) = parse_uci_move(&board, text) else { return };
            // Every second move is the solver's.
            if ply % 2 == 1 && (ply > 1 || Puzzle::of(&board).is_none()) {
                plies.push((board.clone(), told(step, board.side_to_move())));
            }
            if board.try_play(step).is_err() {
                return;
            }
        }
    }
}

/// A file's rows with their lines; the heading, should there be one, is none.
fn rows(text: &[u8]) -> Vec<(usize, Result<Row<'_>, Unusable>)> {
    let lines = text.split(|byte| *byte == b'\n').enumerate().map(|(at, line)| (at + 1, line.trim_ascii()));
    let row = |line| {
        // No field that is used here can hold a comma or a quote.
        let text = std::str::from_utf8(line).map_err(|_| Unusable::Wrong("is not UTF-8"))?;
        let mut fields = text.trim_start_matches('\u{feff}').split(',');
        match (fields.next(), fields.next(), fields.next()) {
            (Some(id), Some(fen), Some(moves)) => Ok(Row { id, fen, moves }),
            _ => Err(Unusable::Wrong("has fewer than three columns (PuzzleId,FEN,Moves)")),
        }
    };
    lines
        .filter(|(_, line)| !line.is_empty() && !line.trim_ascii_start().starts_with(b"PuzzleId"))
        .map(|(at, line)| (at, row(line)))
        .collect()
}

/// What was left out.
#[derive(Default)]
struct Left {
    first: Option<String>,
    wrong: usize,
    without_mate: usize,
    doubles: usize,
    beyond: usize,
}

impl Left {
    fn wrong(&mut self, name: &str, line: usize, why: &str) {
        self.wrong += 1;
        self.first.get_or_insert_with(|| format!("“{name}”, line {line}, {why}"));
    }

    fn words(&self) -> String {
        let wrong = self.first.as_ref().map(|first| match self.wrong {
            1 => format!(" One line was skipped: {first}."),
            n => format!(" {n} lines were skipped; the first, {first}."),
        });
        let skipped = |n: usize, which: &str| (n > 0).then(|| format!(" {}.", counted(n, which, "skipped")));
        let rest = [
            skipped(self.without_mate, "without a mate in one"),
            skipped(self.doubles, "that came twice"),
            (self.beyond > 0).then(|| format!(" Only the first {MOST} are used.")),
        ];
        wrong.into_iter().chain(rest.into_iter().flatten()).collect()
    }
}

/// "1 puzzle that came twice was skipped".
fn counted(n: usize, which: &str, done: &str) -> String {
    if n == 1 { format!("1 puzzle {which} was {done}") } else { format!("{n} puzzles {which} were {done}") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// White to move blunders with its king, and Black's rook mates on the back rank.
    fn good(id: usize) -> String {
        format!("p{id},r5k1/5ppp/8/8/8/8/5PPP/5K2 w - - 0 1,f1g1 a8a1,600\n")
    }

    fn read(text: String) -> Result<Lichess, String> {
        Lichess::from_files(vec![("mine.csv".to_owned(), text.into_bytes())])
    }

    #[test]
    fn the_puzzle_stands_after_the_opponents_move() {
        let all: String = (0..1000).map(good).collect();
        let set = read(format!("PuzzleId,FEN,Moves,Rating\n{all}")).unwrap();
        let puzzle = &set.puzzles(Part::Pool)[0];
        assert!(puzzle.is_black());
        assert_eq!(puzzle.names()[usize::from(puzzle.mates[0])], "Ra1#");
        let sizes = [Part::Pretraining, Part::Tuning, Part::Test, Part::Pool].map(|part| set.puzzles(part).len());
        assert_eq!(sizes.iter().sum::<usize>(), 1000);
        assert!(sizes[0] > 140 && sizes[0] < 260 && sizes[2] > 60 && sizes[2] < 140, "{sizes:?}");
        assert!(set.summary().starts_with("1000 puzzles with a mate in one"), "{}", set.summary());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_the_rest_is_used() {
        let all: String = (0..1000).map(good).collect();
        let bad = "x,not a position,e2e4\ny,r5k1/5ppp/8/8/8/8/5PPP/5K2 w - - 0 1,f1f5 a8a1\nz,only two\n\
                   q,r5k1/5ppp/8/8/8/8/5PPP/5K2 w - - 0 1,f1e2 a8a1\n";
        let set = read(format!("{bad}{all}{}", good(3))).unwrap();
        let said = set.summary();
        assert!(said.contains("3 lines were skipped; the first, “mine.csv”, line 1, has a FEN"), "{said}");
        assert!(said.contains("1 puzzle without a mate in one was skipped"), "{said}");
        assert!(said.contains("1 puzzle that came twice was"), "{said}");
        let few = read(good(1)).unwrap_err();
        assert!(few.contains("1 puzzle with a mate in one was found") && few.contains("at least 1000"), "{few}");
        assert!(read("\u{0}\u{1}\u{2}".to_owned()).unwrap_err().contains("fewer than three columns"));
    }

    #[test]
    fn solutions_are_the_solvers_moves_but_for_what_may_be_asked() {
        let longer = "a,r5k1/5ppp/8/8/8/8/5PPP/5K2 w - - 0 1,f1e2 a8a2 e2e3 a2a3,600\n";
        let set = read((0..1000).map(good).collect::<String>() + longer).unwrap();
        let found = set.plies();
        assert_eq!(found.len(), 2);
        // a8 to a2, as Black tells it: a1 to a7.
        assert_eq!(found[0].1, Step { from: 0, to: 48 });
    }
}
