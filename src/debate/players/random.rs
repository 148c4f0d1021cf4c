//! Shows any pixel.

use crate::{
    debate::{event::Candidate, rules::Game},
    seed::Rng,
};
use rand::Rng as _;

/// One of the pixels that may be shown, each as likely. It expects nothing.
pub fn choose(game: &Game, rng: &mut Rng) -> Vec<Candidate> {
    let open: Vec<u16> = game.open().collect();
    let at = rng.random_range(0..open.len().max(1) as u32) as usize;
    open.get(at).map(|pixel| Candidate { pixel: *pixel, visits: 0, value: 0.0, line: Vec::new() }).into_iter().collect()
}
