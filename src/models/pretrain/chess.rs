//! The chess networks of the weak-to-strong lab: they imitate good moves, and are asked for mates.

use super::{Made, at_once};
use crate::{
    models::{
        chess::{
            self, SIZES, Trunk,
            imitation::{self, Lessons},
            mover::{Glance, Mover},
        },
        fit::Network as _,
    },
    tasks::chess::{
        Puzzle, games,
        lichess::{Lichess, Part},
    },
};
use std::rc::Rc;

const STEPS: u32 = 1000;
/// Games that built-in lessons are taken from: every position, and every mate.
const GAMES_FOR_PLIES: u64 = 600;
const GAMES_FOR_MATES: u64 = 6000;
/// Puzzles that a network is asked, and games to find as many.
const ASKED: usize = 2000;
const GAMES_TO_ASK: u64 = 2000;

/// Trains a network of the size that is named, on Lichess puzzles where there are some, and asks it for mates in
/// positions that it has not seen.
pub fn make(size: &str, lichess: Option<&Lichess>, mut progress: impl FnMut(u32, u32, String)) -> Result<Made, String> {
    let size = *SIZES.iter().find(|known| known.name == size).ok_or("There is no chess network of this size.")?;
    let built_in = || (0..GAMES_FOR_PLIES).flat_map(|game| games::advice("imitation", game)).collect();
    let (plies, mates, asked) = match lichess {
        Some(set) => (
            set.plies().to_vec(),
            set.puzzles(Part::Pretraining).to_vec(),
            set.puzzles(Part::Tuning).iter().take(ASKED).cloned().collect(),
        ),
        None => (built_in(), found("imitation", GAMES_FOR_MATES), found("tuning", GAMES_TO_ASK)),
    };
    let lessons = Lessons { plies: &plies, mates: &mates };
    let (trunk, head) = at_once(imitation::train(1, size, STEPS, &lessons, |step, loss| {
        if step % 20 == 0 {
            progress(step, STEPS, format!("loss {loss:.3}"));
        }
    }))?;
    let file = chess::to_file(&trunk, &head)?;
    let parameters = trunk.parameters() + head.parameters();
    let asked: Vec<Puzzle> = asked.into_iter().take(ASKED).collect();
    let before = ask(&trunk, &head, &asked);
    progress(STEPS, STEPS, format!("{before} of {} before rounding", asked.len()));
    let (rounded, rounded_head) = chess::from_file(&file, size)?;
    let right = ask(&rounded, &rounded_head, &asked);
    Ok(Made { right, n: asked.len() as u32, file, parameters, steps: STEPS })
}

fn found(purpose: &str, games: u64) -> Vec<Puzzle> {
    (0..games).flat_map(|game| games::puzzles(purpose, game)).collect()
}

/// How many of some puzzles a network solves.
fn ask(trunk: &Trunk, head: &Mover, puzzles: &[Puzzle]) -> u32 {
    let glance = |puzzle: &Puzzle| {
        let position = &puzzle.position;
        Rc::new(Glance::new(&trunk.features(&position.squares), &position.steps))
    };
    let answers = head.answers(&puzzles.iter().map(glance).collect());
    let right = answers.iter().zip(puzzles).filter(|(answer, puzzle)| puzzle.mates.contains(&answer.choice));
    right.count() as u32
}
